"""Figures that disagree (contract §2), told apart: a **conflict** is about the same thing,
metric, period, kind and scope; a **divergence** differs in scope or unit, and so need not be
an error. What rounding or a bound reconciles is neither.

Pure functions over observation rows, and the one query that fetches these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from graph.near_metrics import derived_conflicts, near_disagreements
from graph.observation_rows import (
    BASIS,
    Disagreement,
    ObservationRow,
    Read,
    observation_rows,
    scope_of,
    unit_of,
)
from ontology.lexicon.normalise import fold

#: how far 约/近/左右 reaches, as a share of the value
_ABOUT_SHARE = 0.05
_NEVER = float("inf")


def disagreements(rows: Iterable[ObservationRow]) -> tuple[Disagreement, ...]:
    """All conflicts and divergences among the rows, also of one thing under other words: conflicts
    first, then what differs in scope or wording, last what has no year of its own."""
    rows = list(rows)
    exact = (*conflicts_among(rows), *divergences_among(rows))
    near = (*near_disagreements(rows, reconciled), *derived_conflicts(rows, reconciled))
    found = _without_repeats((*exact, *near))
    return tuple(sorted(found, key=lambda d: (d.kind, "period" in d.differs_in, len(d.differs_in))))


def conflicts_among(rows: Iterable[ObservationRow]) -> tuple[Disagreement, ...]:
    """Same subject, metric, period, kind, scope and unit; values that nothing reconciles."""
    groups: dict[tuple[str, ...], list[ObservationRow]] = defaultdict(list)
    for row in rows:
        key = (row.subject, _metric(row), row.period, row.kind, row.scope, unit_of(row))
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
        basis = scope_of(row.scope).get(BASIS, "")  # another gap, measured against something else
        groups[row.subject, _metric(row), row.period, row.kind, basis].append(row)
    found = []
    for (subject, metric, period, *_), group in sorted(groups.items()):
        if len({(row.scope, unit_of(row)) for row in group}) < 2:
            continue
        differing = _with_opponent(group, _diverge)
        if differing:
            keys = {k for row in differing for k in differs_in(next(iter(differing)), row)}
            found.append(Disagreement(
                "divergence", subject, metric, period, _ordered(differing), tuple(sorted(keys)),
            ))
    return tuple(found)


def _without_repeats(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Each set of observations once, and none that is part of another of its kind."""
    sets = [(d, frozenset(o.id for o in d.observations)) for d in found]
    holding: dict[str, list[int]] = defaultdict(list)
    for number, (_, ids) in enumerate(sets):
        for ident in ids:
            holding[ident].append(number)
    kept = []
    for number, (one, ids) in enumerate(sets):
        rivals = (n for n in holding[min(ids)] if n != number)
        if not any(
            ids <= sets[n][1] and (ids < sets[n][1] or n < number)
            and (one.kind == sets[n][0].kind or sets[n][0].kind == "conflict")
            for n in rivals
        ):
            kept.append(one)
    return kept


def reconciled(a: ObservationRow, b: ObservationRow) -> bool:
    """Whether both can be true at once.

    94.1 and 94.12 are (one is the other rounded), 95.2 and 95.3 are not; ≥95 and 95.3 are.
    A text (达到国家考核目标) says nothing against a number. Two targets are reconciled only where
    they are the same number: within 3 and within 4 is not one target.
    """
    if _number(a) is None and a.low is None and a.high is None:
        return not (a.text and b.text) or fold(a.text) in fold(b.text) or fold(b.text) in fold(a.text)
    if _number(b) is None and b.low is None and b.high is None:
        return True
    if (_exact(a) and _exact(b)) or _two_targets(a, b):
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


def borne_out(rows: Iterable[ObservationRow]) -> frozenset[str]:
    """The ids of figures that another one says more closely: 超过94% and 94% beside 94.12% of the same
    thing, metric, period, kind and scope. They bear it out and are no second figure. Targets stand as
    they are.

    >>> closer = ObservationRow("b", "region:1", "metric:m", period="2024", value=94.12, unit="%")
    >>> borne_out([closer, ObservationRow("a", "region:1", "metric:m", period="2024", value=94, unit="%")])
    frozenset({'a'})
    """
    groups: dict[tuple[str, ...], list[ObservationRow]] = defaultdict(list)
    for row in rows:
        if row.kind != "target":
            groups[row.subject, _metric(row), row.period, row.kind, row.scope, unit_of(row)].append(row)
    return frozenset(
        row.id
        for group in groups.values()
        for row in group
        if any(_closer(other, row) and reconciled(other, row) for other in group)
    )


def _closer(a: ObservationRow, b: ObservationRow) -> bool:
    """Whether ``a`` is an exact figure and ``b`` a bound, an about or one with fewer decimals."""
    if not _exact(a) or _number(b) is None:
        return False
    return not _exact(b) or _ulp(b) > _ulp(a) * (1 + 1e-9)


def differs_in(a: ObservationRow, b: ObservationRow) -> tuple[str, ...]:
    """The keys of the scope in which two observations differ, and ``unit`` if they do there."""
    first, second = scope_of(a.scope), scope_of(b.scope)
    keys = {k for k in first.keys() | second.keys() if first.get(k) != second.get(k)}
    if unit_of(a) != unit_of(b):
        keys.add("unit")
    return tuple(sorted(keys))


def find_disagreements(
    read: Read, subjects: Sequence[str] = (), metric: str = "", classes: Iterable[str] = ()
) -> tuple[Disagreement, ...]:
    """Conflicts and divergences in a store, for given things and a metric or for everything.

    >>> find_disagreements(store.read, ["region:430100"], "metric:pass_rate")      # doctest: +SKIP
    """
    return disagreements(observation_rows(read, subjects, metric, classes))


def count_conflicts(read: Read) -> int:
    """How many conflicts (not divergences) a store holds."""
    return sum(d.kind == "conflict" for d in find_disagreements(read))


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


def _two_targets(a: ObservationRow, b: ObservationRow) -> bool:
    return a.kind == b.kind == "target" and all(
        _number(row) is not None and row.low is None and row.high is None and row.bound != "~"
        for row in (a, b)
    )


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
    if unit_of(a) != unit_of(b):
        return True
    return a.scope != b.scope and not reconciled(a, b)


def _one_breath(a: ObservationRow, b: ObservationRow) -> bool:
    """One passage does not contradict itself: two figures in it speak of two things."""
    return not set(a.passages).isdisjoint(b.passages)


def _ordered(rows: Iterable[ObservationRow]) -> tuple[ObservationRow, ...]:
    return tuple(sorted(rows, key=lambda r: r.id))
