"""What a store promises to statements that people write, and to whom reads one version, on every store."""

from __future__ import annotations

import pytest

from graph.store import GraphStore
from graph.types import CypherStatement, Limits
from ontology.errors import StatementError, StatementTimeout
from tests.conformance.material import three_documents

COUNT = CypherStatement("MATCH (d:Document) RETURN count(d) AS n")
LOOP = (
    "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y "
    "WITH x, y WHERE (x * y) % 7 = 1 RETURN sum(x % y) AS n"
)


def test_rows_and_parameters(store: GraphStore) -> None:
    store.apply(three_documents())
    assert store.read_confined(COUNT, Limits()).rows == store.read(COUNT).rows
    given = CypherStatement("UNWIND $ids AS id RETURN id, $text AS text", {"ids": [1, 2], "text": "甲'"})
    assert store.read_confined(given, Limits()).rows == ((1, "甲'"), (2, "甲'"))


def test_rows_are_cut(store: GraphStore) -> None:
    rows = store.read_confined(CypherStatement("UNWIND range(1, 100) AS x RETURN x"), Limits(rows=5))
    assert (len(rows.rows), rows.truncated) == (5, True)


def test_time_is_bounded(store: GraphStore) -> None:
    with pytest.raises(StatementTimeout):
        store.read_confined(CypherStatement(LOOP), Limits(seconds=0.5))
    assert store.read_confined(CypherStatement("RETURN 1 AS a"), Limits()).rows == ((1,),)


def test_it_cannot_write(store: GraphStore) -> None:
    store.apply(three_documents())
    before = store.recomputed_hash()
    for query in (
        "CREATE (n:Enterprise {id: 'enterprise:x'})",
        "MATCH (n:Enterprise) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
    ):
        with pytest.raises(StatementError):
            store.read_confined(CypherStatement(query), Limits())
    assert store.recomputed_hash() == before == store.content_hash()


def test_a_pinned_store_is_read_and_closed(store: GraphStore) -> None:
    """Either it stays as it was, or its version tells that it has not."""
    store.apply(three_documents())
    pinned = store.pinned()
    before, rows = pinned.version(), pinned.read(COUNT).rows
    store.apply([], remove=["report.md"])
    assert pinned.version() != before or pinned.read(COUNT).rows == rows
    assert pinned.entity_index() is not None
    pinned.close()
    assert store.read(COUNT).rows != rows
