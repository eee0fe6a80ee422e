"""What one store holds, put into another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.open import open_store
from graph.store import GraphStore
from graph.write import Change
from ontology.errors import Unavailable
from ontology.read import load_ontology
from tests.conformance.material import Material, three_documents


@pytest.fixture
def other(tmp_path: Path) -> Iterator[GraphStore]:
    opened = open_store(str(tmp_path / "other"), load_ontology(), writable=True)
    opened.apply([Material("old.md").node("Region", "990200", "name=旧市").contribution()])
    yield opened
    opened.close()


def test_a_copy_is_the_same_and_so_is_its_copy(store: GraphStore, other: GraphStore) -> None:
    store.apply(three_documents())
    before = store.status()
    with store.copied() as copy:
        other.become(copy)
    assert other.content_hash() == other.recomputed_hash() == before.hash
    store.reset()
    with other.copied() as copy:
        store.become(copy)
    after = store.status()
    assert store.recomputed_hash() == after.hash == before.hash
    assert (after.documents, after.nodes, after.relationships, after.extractor) == (
        before.documents, before.nodes, before.relationships, before.extractor
    )
    assert [e.id for e in store.entity_index().find("云江云梯")] == [
        e.id for e in other.entity_index().find("云江云梯")
    ]
    assert not store.undo()  # there is nothing behind a copy
    store.apply([], remove=[c.document for c in three_documents()])
    assert store.content_hash() == "0" * 64 == store.recomputed_hash()


def test_a_copy_that_breaks_off_leaves_no_half_graph(store: GraphStore, other: GraphStore) -> None:
    store.apply(three_documents())

    def broken(items: Iterator[Change]) -> Iterator[Change]:
        yield next(items)
        raise OSError("the disk is gone")

    with other.copied() as copy, pytest.raises(OSError, match="disk"):
        store.become(replace(copy, items=broken(iter(copy.items))))
    try:
        assert store.content_hash() == store.recomputed_hash()
        assert set(store.documents()) == {"report.md", "bulletin.md", "table.csv"}
    except Unavailable:  # what cannot hold two graphs at once says so, and begins anew
        assert store.engine == "neo4j"
    store.apply(three_documents())
    assert set(store.documents()) == {"report.md", "bulletin.md", "table.csv"}
    assert store.content_hash() == store.recomputed_hash()
