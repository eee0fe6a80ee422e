"""What the characters of one cell say: a figure with bound and unit, or a period."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from ontology.lexicon.dimensions import period as periods
from ontology.lexicon.dimensions import quantity as quantities
from ontology.lexicon.dimensions.number import MULTIPLIERS
from ontology.lexicon.mention import Period, Quantity

_NUMBER: Final = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MULTIPLIER: Final = "|".join(sorted(map(re.escape, MULTIPLIERS), key=len, reverse=True))
_BOUND: Final = "|".join(sorted(map(re.escape, quantities.BEFORE), key=len, reverse=True))
_CELL: Final = re.compile(
    rf"(?P<bound>{_BOUND})?\s*(?P<low>{_NUMBER})(?:\s*(?:-|—|–|~|至|到)+\s*(?P<high>{_NUMBER}))?"
    rf"\s*(?P<unit>[^\d\s,;:()]{{0,8}}?)(?P<after>以上|以下|以内|左右)?")
_UNIT: Final = re.compile(rf"(?P<multiplier>{_MULTIPLIER})?(?P<unit>.*)")


def figure(cell: str, unit: str = "") -> Quantity | None:
    """The figure that a cell holds; ``unit`` is the column's where the cell states none.

    >>> figure("1,600", "亿元").base_value, figure("≥99%").bound, figure("暂无") is None
    (160000000000.0, '>=', True)
    """
    match = _CELL.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if match is None:
        return None
    shown = match["unit"] or unicodedata.normalize("NFKC", unit).strip()
    low = float(match["low"].replace(",", ""))
    value, base_unit = _base(low, shown)
    bound = quantities.AFTER.get(match["after"] or "", "") or quantities.BEFORE.get(match["bound"] or "", "=")
    decimals = len(match["low"].partition(".")[2])
    if match["high"] is None:
        return Quantity(low, shown, bound, base_value=value, base_unit=base_unit, decimals=decimals)
    high = float(match["high"].replace(",", ""))
    if high < low:
        return None
    return Quantity(None, shown, bound, low=low, high=high, base_unit=base_unit, decimals=decimals)


def _base(value: float, unit: str) -> tuple[float, str]:
    """Value and unit for comparing: as in prose where the lexicon knows the unit, else by its
    multiplier alone."""
    known = quantities.parse(f"{abs(value):f}{unit}")
    if known is not None and known.value and known.base_value is not None:
        return quantities.base(value * (known.base_value / known.value), "", known.base_unit)
    split = _UNIT.fullmatch(unit)
    multiplier, plain = (split["multiplier"] or "", split["unit"]) if split else ("", unit)
    return quantities.base(value, multiplier, plain)


_NOTATIONS: Final = (
    (re.compile(r"(\d{4})年?"), lambda y: periods.year(int(y))),
    (re.compile(r"(\d{4})-H([12])"), lambda y, n: periods.half(int(y), int(n))),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda y, n: periods.quarter(int(y), int(n))),
    (re.compile(r"(\d{4})/(\d{4})"), lambda a, b: periods.years(int(a), int(b))),
    (re.compile(r"(\d{4})[-/](\d{1,2})"), lambda y, m: periods.months(int(y), int(m), int(m))),
    (re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"), lambda y, m, d: periods.day(int(y), int(m), int(d))),
)
_SPAN: Final = re.compile(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)")


def period(cell: str) -> Period | None:
    """A period in the contract's notation or in words: ``2024`` · ``2024-H1`` · ``2024年上半年``.

    Words that need a day to count from (去年) are no period in a table.
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    span = _SPAN.fullmatch(text)
    if span and span[1] == span[3]:
        return periods.months(int(span[1]), int(span[2]), int(span[4]))
    for pattern, build in _NOTATIONS:
        match = pattern.fullmatch(text)
        if match:
            try:
                made: Period | None = build(*match.groups())
            except ValueError:
                return None
            return made
    ancient, modern = periods.parse(text, date(1900, 1, 1)), periods.parse(text, date(2000, 1, 1))
    return modern if ancient == modern else None
