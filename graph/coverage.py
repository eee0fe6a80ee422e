"""What was declared to be read or listed completely (contract §2): the difference between
"there is none" and "nothing is recorded" in answers about gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.types import CypherStatement, NodeStatement, Rows, Support
from ontology import structure

Read = Callable[[CypherStatement], Rows]


@dataclass(frozen=True)
class Coverage:
    """``source`` lists completely what ``covers`` (a class or a relation, local name; for a finer
    class ``Platform/one_stop``) names, in ``region`` (a node id, "" for everywhere) and
    ``period`` ("" for any). ``author`` declared it;
    ``passages`` is where."""

    id: str
    covers: str
    region: str = ""
    period: str = ""
    source: str = ""
    author: str = ""
    passages: tuple[str, ...] = ()


def coverage_statement(document: str, passage: str, coverage: Coverage) -> NodeStatement:
    """A declaration as the node that holds it. ``id`` may be empty: it follows from the rest."""
    key = "/".join((document, coverage.covers, coverage.region, coverage.period)).rstrip("/")
    return NodeStatement(
        id=coverage.id or f"coverage:{key}", cls=structure.COVERAGE, supports=(Support(passage),),
        properties={
            "covers": coverage.covers, "region": coverage.region, "period": coverage.period,
            "source": coverage.source, "author": coverage.author,
        },
    )


def declared(read: Read, covers: Iterable[str], region: str = "", period: str = "") -> tuple[Coverage, ...]:
    """The declarations that reach ``region`` and ``period`` for one of the names ``covers``.

    What covers a wider region covers its parts; what covers a whole class covers its subtypes.

    >>> declared(store.read, ["HAS_PLATFORM", "Platform/one_stop"], "region:430200")   # doctest: +SKIP
    """
    regions = _with_wider(read, region)
    return tuple(c for c in all_declared(read) if reaches(c, covers, regions, period))


def all_declared(read: Read) -> tuple[Coverage, ...]:
    """Every declaration in a store, in the order of their ids."""
    query = (
        f"MATCH (c:{structure.COVERAGE}) "
        "RETURN c.id, c.covers, c.region, c.period, c.source, c.author, c.passages ORDER BY c.id"
    )
    found = []
    for *own, passages in read(CypherStatement(query)).rows:
        ident, covers, region, period, source, author = (str(v) if v is not None else "" for v in own)
        found.append(Coverage(ident, covers, region, period, source, author, _texts(passages)))
    return tuple(found)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else ()


def reaches(coverage: Coverage, covers: Iterable[str], regions: Sequence[str], period: str = "") -> bool:
    """Whether a declaration holds for one of the names, the first of ``regions`` (the others are
    wider ones) and the period. Asked without a region, only a declaration without one reaches."""
    names = set(covers)
    names |= {name.partition("/")[0] for name in names}
    # a compiled question names the finer class by its key alone (one_stop)
    if coverage.covers not in names and coverage.covers.partition("/")[2] not in names:
        return False
    if coverage.region and coverage.region not in regions:
        return False
    return not (coverage.period and period) or _within(period, coverage.period)


def _with_wider(read: Read, region: str) -> tuple[str, ...]:
    """The region and all that it is a part of."""
    found: list[str] = []
    layer = [region] if region else []
    while layer:
        found.extend(layer)
        query = (
            f"MATCH (a)-[:{structure.PART_OF}]->(b) WHERE a.id IN $ids "
            "RETURN DISTINCT b.id ORDER BY b.id"
        )
        rows = read(CypherStatement(query, {"ids": layer})).rows
        layer = [str(r[0]) for r in rows if r[0] not in found]
    return tuple(found)


def _within(period: str, wider: str) -> bool:
    """2024-03 lies within 2024, and within 2021/2025; compared by year and prefix."""
    if period == wider or period.startswith(f"{wider}-"):
        return True
    start, slash, end = wider.partition("/")
    if not slash:
        return False
    first, _, last = period.partition("/")
    last = last or first
    return start <= first[: len(start)] and last[: len(end)] <= end
