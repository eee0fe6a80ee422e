"""What the lexicon finds in characters: mentions and the values of dimensions.

A dimension (number, quantity, period …) turns characters into one of the values
below, for documents and for questions alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and bound, as written and in the base unit.

    ``约1.2万家`` → value 1.2, unit 万家, bound ~, base_value 12000, base_unit 家.
    ``3至5个百分点`` → value None, low 3, high 5. ``不足80%`` → value 80, bound <.

    ``base_unit`` is 元 for 亿元/万元, 个 stays 个, % stays %, 个百分点 stays 百分点.
    """

    value: float | None
    unit: str
    bound: str = "="
    low: float | None = None
    high: float | None = None
    base_value: float | None = None
    base_unit: str = ""
    #: decimals as written, so that roundings can be told from conflicts (94.12 → 2)
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in the notation of the contract, §2.

    ``text``: ``2024`` · ``2024-H1`` · ``2022-Q1`` · ``2026-03`` · ``2024-01/2024-11`` ·
    ``2021/2025`` (“十四五”) · ``2024-06-30`` (as of).
    """

    text: str
    start: date
    end: date

    def contains(self, other: Period) -> bool:
        """True where ``other`` lies wholly inside this period."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of a text that mean something: ``kind`` says what ``value`` is.

    ========== ===========================================================
    kind       value
    ========== ===========================================================
    entity     tuple of candidate node ids (graph or gazetteer), best first
    class      local name of an ontology class
    subtype    key of a subtype (``one_stop``)
    relation   local name of a relation; ``inverse`` tells the direction
    metric     key of an ontology metric
    quantity   :class:`Quantity`
    period     :class:`Period`
    word       a structural word: the name of its rule says which
    ========== ===========================================================
    """

    kind: str
    start: int
    end: int
    text: str
    value: object
    rule: str
    inverse: bool = False
