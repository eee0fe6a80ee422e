"""The same unusual number for another thing (1796 批次 and 1796 起): no contradiction, but one of the
two may have been copied from the other. For people who check a record (``nqi audit``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from graph.near_metrics import meaning
from graph.observation_rows import ObservationRow, Read, observation_rows

#: significant digits from which a number is unusual with the same unit, and with any unit
_UNUSUAL: Final = 3
_STRIKING: Final = 4
#: a number that so many things have is a usual one
_MOST: Final = 6
#: and so is one that is told so often
_REPEATED: Final = 60
#: characters in a row that two phrases share where they say the same
_ALIKE: Final = 5


@dataclass(frozen=True)
class Coincidence:
    """Observations of different things with one number. ``unit``: empty where they have several."""

    value: float
    unit: str
    observations: tuple[ObservationRow, ...]


def coincidences_among(rows: Iterable[ObservationRow]) -> tuple[Coincidence, ...]:
    """Unusual numbers that several things share, the most unusual first.

    A figure that is told again of the same thing is none, nor are two figures of one passage.
    """
    by_number: dict[tuple[float, str], list[ObservationRow]] = defaultdict(list)
    for row in rows:
        digits = significant(row.value)
        if row.value is None or row.low is not None or digits < _UNUSUAL:
            continue
        by_number[row.value, "" if digits >= _STRIKING else row.unit].append(row)
    found = []
    for (value, _), group in by_number.items():
        if len(group) > _REPEATED or len({meaning(row) for row in group}) > 2 * _MOST:
            continue  # a usual number
        strange = _of_different_things(group)
        if strange and len({meaning(row) for row in strange}) <= _MOST:
            units = {row.unit for row in strange}
            found.append(Coincidence(value, units.pop() if len(units) == 1 else "", strange))
    return tuple(sorted(found, key=lambda c: (-significant(c.value), -len(c.observations), c.value, c.unit)))


def find_coincidences(read: Read, classes: Iterable[str] = ()) -> tuple[Coincidence, ...]:
    """The same in a store."""
    return coincidences_among(observation_rows(read, classes=classes))


def significant(value: float | None) -> int:
    """How many digits tell a number from its neighbours.

    >>> [significant(v) for v in (1796.0, 32.3, 300.0, 0.05, 100.5)]
    [4, 3, 1, 1, 4]
    """
    if value is None:
        return 0
    return len(f"{abs(value):.10f}".rstrip("0").replace(".", "").strip("0"))


def _of_different_things(group: Sequence[ObservationRow]) -> tuple[ObservationRow, ...]:
    strange: dict[str, ObservationRow] = {}
    for a, b in combinations(sorted(group, key=lambda row: row.id), 2):
        if a.id != b.id and set(a.passages).isdisjoint(b.passages) and not _same_thing(a, b):
            strange[a.id], strange[b.id] = a, b
    return tuple(strange.values())


def _same_thing(a: ObservationRow, b: ObservationRow) -> bool:
    (place_a, core_a), (place_b, core_b) = meaning(a), meaning(b)
    if place_a != place_b:
        return False
    alike = SequenceMatcher(None, core_a, core_b, autojunk=False).find_longest_match()
    return alike.size >= min(_ALIKE, len(core_a), len(core_b))
