"""Ontology → tables, and what happens to a store when the ontology grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from graph.open import open_store
from graph.schema import NODE_COLUMNS, RELATIONSHIP_COLUMNS, column_type, schema_of
from graph.types import CypherStatement, Value
from ontology.errors import StoreError
from ontology.model import Attribute, Class, Labels, Ontology, Relation
from ontology.read import load_ontology
from tests.conformance.material import Material, three_documents


def grown() -> Ontology:
    """The ontology with a class, a relation, an attribute and a qualifier more."""
    known = load_ontology()
    words = Labels("新", "new")
    leads = known.relations["LEADS"]
    wider: Mapping[str, str] = {**(leads.qualifiers or {}), "votes": "xsd:integer"}
    return replace(
        known,
        classes={**known.classes, "Bridge": Class("Bridge", words)},
        relations={
            **known.relations,
            "LEADS": replace(leads, qualifiers=wider, range=leads.range | {"Bridge"}),
            "SPANS": Relation(
                "SPANS", words, words, frozenset({"Bridge"}), frozenset({"Region"}), qualifiers={}
            ),
        },
        attributes={
            **known.attributes,
            "height": Attribute("height", words, frozenset({"Bridge", "Region"}), "xsd:decimal"),
        },
    )


def _bridge(**properties: Value) -> Material:
    return (
        Material("bridge.md", grown())
        .node("Bridge", "云江大桥", "name=云江大桥", "height=12.5")
        .node("Region", "990100", "name=云江市", properties=properties)
        .relate(("Bridge", "云江大桥"), "SPANS", ("Region", "990100"))
        .relate(("Enterprise", "云江云梯有限公司"), "LEADS", ("Bridge", "云江大桥"), role="链主", votes=3)
    )


def test_every_class_and_relation_is_a_table_with_the_common_columns() -> None:
    ontology = load_ontology()
    schema = schema_of(ontology)
    assert set(ontology.classes) <= set(schema.nodes)
    assert set(ontology.relations) <= set(schema.relationships)
    assert all(NODE_COLUMNS.items() <= t.columns.items() for t in schema.nodes.values())
    assert all(RELATIONSHIP_COLUMNS.items() <= t.columns.items() for t in schema.relationships.values())
    assert all(t.pairs for t in schema.relationships.values())


@pytest.mark.parametrize(
    ("datatype", "column"),
    [
        ("xsd:string", "STRING"),
        ("xsd:integer", "INT64"),
        ("http://www.w3.org/2001/XMLSchema#decimal", "DOUBLE"),
        ("boolean", "BOOL"),
        ("xsd:gYear", "STRING"),
        ("xsd:date", "STRING"),
        ("", "STRING"),
    ],
)
def test_datatypes(datatype: str, column: str) -> None:
    assert column_type(datatype) == column


def test_a_store_grows_with_the_ontology(tmp_path: Path) -> None:
    url = str(tmp_path / "store")
    store = open_store(url, load_ontology(), writable=True)
    store.apply(three_documents())
    before = store.content_hash()
    with pytest.raises(StoreError, match="Bridge"):
        store.apply([_bridge().contribution()])
    store.close()
    store = open_store(url, grown(), writable=True)
    store.apply([_bridge(height=3).contribution()])
    assert store.content_hash() == store.recomputed_hash()
    found = store.read(
        CypherStatement(
            "MATCH (:Enterprise)-[l:LEADS]->(b:Bridge)-[:SPANS]->(r:Region) "
            "RETURN l.votes, b.height, r.height"
        )
    )
    assert found.rows == ((3, 12.5, 3.0),)
    store.apply([], remove=["bridge.md"])
    assert store.content_hash() == before
    store.close()


def test_what_the_ontology_has_got_since_can_be_asked_for_before_the_next_load(tmp_path: Path) -> None:
    url = str(tmp_path / "store")
    store = open_store(url, load_ontology(), writable=True)
    store.apply(three_documents())
    before = store.version()
    grown_store = open_store(url, grown())
    asked = "MATCH (e:Enterprise)-[:LEADS]->(b:Bridge)-[:SPANS]->(r:Region) WHERE r.height > 1 RETURN b.id"
    assert grown_store.read(CypherStatement(asked)).rows == ()
    assert grown_store.read(CypherStatement("MATCH (n:Region) RETURN n.name")).rows == (("云江市",),)
    assert grown_store.content_hash() == grown_store.recomputed_hash() == store.content_hash()
    assert store.version() == before
    grown_store.close()
    store.close()


def test_a_load_without_the_extra_ontology_takes_back_what_came_with_it(tmp_path: Path) -> None:
    url = str(tmp_path / "store")
    store = open_store(url, grown(), writable=True)
    store.apply([_bridge(height=3).contribution()])
    store.close()
    store = open_store(url, load_ontology(), writable=True)
    store.apply(three_documents())
    assert store.content_hash() == store.recomputed_hash()
    store.apply([], remove=["bridge.md"])
    assert store.content_hash() == store.recomputed_hash()
    assert "Bridge" not in store.status().nodes
    fresh = open_store(str(tmp_path / "other"), load_ontology(), writable=True)
    fresh.apply(three_documents())
    assert fresh.content_hash() == store.content_hash()
