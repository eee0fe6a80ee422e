"""Figures that disagree (contract §2), told apart: a **conflict** is about the same thing,
metric, period, kind and scope; a **divergence** differs in scope or unit, and so need not be
an error. What rounding or a bound reconciles is neither.

Pure functions over observation rows, and the one query that fetches these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.ids import label_pattern
from graph.types import CypherStatement, Rows
from ontology import structure
from ontology.lexicon.normalise import fold

Read = Callable[[CypherStatement], Rows]

#: how far 约/近/左右 reaches, as a share of the value
_ABOUT_SHARE = 0.05
_NEVER = float("inf")


@dataclass(frozen=True)
class ObservationRow:
    """An observation as it is compared. ``metric``: the id of the ontology's metric, else the
    phrase. ``decimals``: as written (94.12 → 2), None where it is not known."""

    id: str
    subject: str
    metric: str
    phrase: str = ""
    period: str = ""
    kind: str = "actual"
    scope: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""
    unit: str = ""
    base_value: float | None = None
    base_unit: str = ""
    bound: str = "="
    decimals: int | None = None
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Disagreement:
    """Observations of one subject and metric that disagree, in the order of their ids.

    ``differs_in``: for a divergence the keys of the scope (or ``unit``) in which they differ.
    """

    kind: Literal["conflict", "divergence"]
    subject: str
    metric: str
    period: str
    observations: tuple[ObservationRow, ...]
    differs_in: tuple[str, ...] = ()


def disagreements(rows: Iterable[ObservationRow]) -> tuple[Disagreement, ...]:
    """All conflicts and divergences among the rows."""
    return (*conflicts_among(rows := list(rows)), *divergences_among(rows))


def conflicts_among(rows: Iterable[ObservationRow]) -> tuple[Disagreement, ...]:
    """Same subject, metric, period, kind, scope and unit; values that nothing reconciles."""
    groups: dict[tuple[str, ...], list[ObservationRow]] = defaultdict(list)
    for row in rows:
        key = (row.subject, _metric(row), row.period, row.kind, row.scope, row.base_unit)
        groups[key].append(row)
    found = []
    for (subject, metric, period, *_), group in sorted(groups.items()):
        at_odds = _with_opponent(group, lambda a, b: not reconciled(a, b))
        if at_odds:
            found.append(Disagreement("conflict", subject, metric, period, _ordered(at_odds)))
    return tuple(found)


def divergences_among(rows: Iterable[ObservationRow]) -> tuple[Disagreement, ...]:
    """Same subject, metric, period and kind, but another scope or unit, and other values."""
    groups: dict[tuple[str, ...], list[ObservationRow]] = defaultdict(list)
    for row in rows:
        groups[row.subject, _metric(row), row.period, row.kind].append(row)
    found = []
    for (subject, metric, period, _), group in sorted(groups.items()):
        if len({(row.scope, row.base_unit) for row in group}) < 2:
            continue
        differing = _with_opponent(group, _diverge)
        if differing:
            keys = {k for row in differing for k in differs_in(next(iter(differing)), row)}
            found.append(Disagreement(
                "divergence", subject, metric, period, _ordered(differing), tuple(sorted(keys)),
            ))
    return tuple(found)


def reconciled(a: ObservationRow, b: ObservationRow) -> bool:
    """Whether both can be true at once.

    94.1 and 94.12 are (one is the other rounded), 95.2 and 95.3 are not; ≥95 and 95.3 are.
    A text (达到国家考核目标) says nothing against a number.
    """
    if _number(a) is None and a.low is None and a.high is None:
        return not (a.text and b.text) or fold(a.text) in fold(b.text) or fold(b.text) in fold(a.text)
    if _number(b) is None and b.low is None and b.high is None:
        return True
    if _exact(a) and _exact(b):
        x, y = _number(a) or 0.0, _number(b) or 0.0
        ulp_a, ulp_b = _ulp(a), _ulp(b)
        tiny = 1e-9 * max(abs(x), abs(y), 1e-12)
        coarser = max(ulp_a, ulp_b)
        return abs(x - y) <= (tiny if abs(ulp_a - ulp_b) <= 1e-9 * coarser else coarser / 2 + tiny)
    if (a.low, a.high, b.low, b.high) != (None,) * 4 and a.unit != b.unit:
        return True  # ranges are kept in units as written
    (low_a, open_a, high_a, shut_a), (low_b, open_b, high_b, shut_b) = _interval(a), _interval(b)
    low, high = max(low_a, low_b), min(high_a, high_b)
    if low != high:
        return low < high
    # the two touch: at a bound that does not belong to its side there is nothing
    outside = (low_a == low and open_a) or (low_b == low and open_b)
    return not (outside or (high_a == high and shut_a) or (high_b == high and shut_b))


def differs_in(a: ObservationRow, b: ObservationRow) -> tuple[str, ...]:
    """The keys of the scope in which two observations differ, and ``unit`` if they do there."""
    first, second = _scope(a.scope), _scope(b.scope)
    keys = {k for k in first.keys() | second.keys() if first.get(k) != second.get(k)}
    if a.base_unit != b.base_unit:
        keys.add("unit")
    return tuple(sorted(keys))


def observation_rows(
    read: Read, subjects: Sequence[str] = (), metric: str = "", classes: Iterable[str] = ()
) -> tuple[ObservationRow, ...]:
    """The observations about ``subjects`` (all things where none are given), of ``metric``: a
    metric's node id or a phrase ("" for any). With ``classes``, the ontology's, subjects are found
    by their index."""
    where = "WHERE x.id IN $subjects " if subjects else ""
    thing = label_pattern(subjects, classes)
    about = (
        f"MATCH (o:{structure.OBSERVATION})-[:{structure.ABOUT}]->(x{thing}) {where}"
        f"OPTIONAL MATCH (o)-[:{structure.MEASURES}]->(m:{structure.METRIC}) "
        "RETURN o.id, x.id, m.id, o.metric, o.period, o.value_kind, o.scope, o.value, o.low, o.high, "
        "o.text, o.unit, o.base_value, o.base_unit, o.bound, o.decimals, o.passages ORDER BY o.id, x.id"
    )
    rows = read(CypherStatement(about, {"subjects": list(subjects)} if subjects else {})).rows
    wanted = metric if metric.startswith("metric:") else fold(metric)
    found = []
    for row in rows:
        observation = _row(row)
        if not metric or wanted in (observation.metric, fold(observation.phrase)):
            found.append(observation)
    return tuple(found)


def find_disagreements(
    read: Read, subjects: Sequence[str] = (), metric: str = "", classes: Iterable[str] = ()
) -> tuple[Disagreement, ...]:
    """Conflicts and divergences in a store, for given things and a metric or for everything.

    >>> find_disagreements(store.read, ["region:430100"], "metric:pass_rate")      # doctest: +SKIP
    """
    return disagreements(observation_rows(read, subjects, metric, classes))


def count_conflicts(read: Read) -> int:
    """How many conflicts (not divergences) a store holds."""
    return len(conflicts_among(observation_rows(read)))


def _row(row: tuple[object, ...]) -> ObservationRow:
    texts = [str(v) if v is not None else "" for v in row]
    numbers = [float(v) if isinstance(v, (int, float)) else None for v in row]
    passages = row[16]
    return ObservationRow(
        id=texts[0], subject=texts[1], metric=texts[2] or texts[3], phrase=texts[3], period=texts[4],
        kind=texts[5] or "actual", scope=texts[6], value=numbers[7], low=numbers[8], high=numbers[9],
        text=texts[10], unit=texts[11], base_value=numbers[12], base_unit=texts[13],
        bound=texts[14] or "=", decimals=row[15] if isinstance(row[15], int) else None,
        passages=tuple(str(p) for p in passages) if isinstance(passages, list) else (),
    )


def _metric(row: ObservationRow) -> str:
    return row.metric if row.metric.startswith("metric:") else fold(row.metric)


def _number(row: ObservationRow) -> float | None:
    return row.value if row.base_value is None else row.base_value


def _scale(row: ObservationRow) -> float:
    """How many base units a unit as written is."""
    if row.base_value is None or not row.value:
        return 1.0
    return abs(row.base_value / row.value)


def _ulp(row: ObservationRow) -> float:
    """One unit in the last place as written, in base units."""
    decimals = row.decimals
    if decimals is None:
        text = f"{row.value if row.value is not None else row.base_value:.10f}".rstrip("0")
        decimals = len(text.partition(".")[2])
    return float(10.0**-decimals) * _scale(row)


def _exact(row: ObservationRow) -> bool:
    return row.bound in ("=", "") and _number(row) is not None and row.low is None and row.high is None


def _interval(row: ObservationRow) -> tuple[float, bool, float, bool]:
    """(low, low excluded, high, high excluded) in base units, as far as it is known."""
    value = _number(row)
    if value is None:
        low = -_NEVER if row.low is None else row.low
        return low, False, _NEVER if row.high is None else row.high, False
    if row.bound in (">=", ">"):
        return value, row.bound == ">", _NEVER, False
    if row.bound in ("<=", "<"):
        return -_NEVER, False, value, row.bound == "<"
    reach = max(_ulp(row) / 2, abs(value) * _ABOUT_SHARE if row.bound == "~" else 0.0)
    return value - reach, False, value + reach, False


def _with_opponent(
    group: Sequence[ObservationRow], opposed: Callable[[ObservationRow, ObservationRow], bool]
) -> set[ObservationRow]:
    """The rows that some other one opposes; a row that has an opponent looks for no more."""
    found: set[ObservationRow] = set()
    for row in group:
        if row not in found:
            others = (o for o in group if o is not row and not _one_breath(row, o))
            against = next((o for o in others if opposed(row, o)), None)
            if against is not None:
                found.update((row, against))
    return found


def _diverge(a: ObservationRow, b: ObservationRow) -> bool:
    if a.base_unit != b.base_unit:
        return True
    return a.scope != b.scope and not reconciled(a, b)


def _one_breath(a: ObservationRow, b: ObservationRow) -> bool:
    """One passage does not contradict itself: two figures in it speak of two things."""
    return not set(a.passages).isdisjoint(b.passages)


def _scope(scope: str) -> dict[str, str]:
    parts = (part.partition("=") for part in scope.split(";") if part)
    return {key: value for key, _, value in parts}


def _ordered(rows: Iterable[ObservationRow]) -> tuple[ObservationRow, ...]:
    return tuple(sorted(rows, key=lambda r: r.id))
