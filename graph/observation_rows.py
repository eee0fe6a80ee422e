"""Observations as they are compared, the query that fetches them, and what comes of comparing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graph.ids import label_pattern
from graph.types import CypherStatement, Rows
from ontology import structure
from ontology.lexicon.normalise import fold

Read = Callable[[CypherStatement], Rows]

#: the key of the scope under which stands what a figure is compared with
BASIS: Final = "比较"

#: counting words that differ by habit only
COUNTING: Final = frozenset("个家项种类件张座所处条台套名位款")


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


def scope_of(scope: str) -> dict[str, str]:
    """``产品=云梯;范围=省级`` as keys and values."""
    if not scope:
        return {}
    parts = (part.partition("=") for part in scope.split(";") if part)
    return {key: value for key, _, value in parts}


def unit_of(row: ObservationRow) -> str:
    """The unit in which two figures are compared; ``#`` for a count, however it is counted."""
    return "#" if row.base_unit in COUNTING else row.base_unit


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
