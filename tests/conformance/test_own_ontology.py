"""A user's own ontology goes with the graph, on every store."""

from __future__ import annotations

from collections.abc import Callable

from graph.content import MAPPING, content_kind, content_parts, read_content
from graph.store import GraphStore
from graph.types import Contribution, NodeStatement, Support
from ontology.own_files import OwnFile
from ontology.read import load_ontology

LAKES = OwnFile("lakes.ttl", """\
@prefix ex: <urn:example:> . @prefix nqi: <urn:nqi:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Lake a owl:Class ; rdfs:label "湖泊"@zh , "lake"@en ; nqi:placedBy ( nqi:LOCATED_IN ) .
""")


def lake(document: str) -> Contribution:
    return Contribution(document, "d", (
        NodeStatement("lake:镜湖", "Lake", (Support(f"{document}#Sheet1!A2:B2", "name=镜湖"),)),
    ), ())


def test_it_is_kept_with_the_graph(store: GraphStore, reopen: Callable[[], GraphStore]) -> None:
    assert store.own_ontology() == ()
    store.adopt(load_ontology([LAKES]))
    store.apply([lake("a.csv")])
    assert store.own_ontology() == (LAKES,)
    again = reopen()  # by somebody who knows nothing of it
    try:
        assert again.own_ontology() == (LAKES,)
        again.apply([Contribution("b.md", "d", content_parts("b.md", "湖"), ())])
        assert again.own_ontology() == (LAKES,)
    finally:
        again.close()


def test_undo_goes_back_to_the_words_of_before(store: GraphStore) -> None:
    store.apply([Contribution("b.md", "d", content_parts("b.md", "湖"), ())])
    store.adopt(load_ontology([LAKES]))
    store.apply([lake("a.csv")])
    assert store.undo()
    assert store.own_ontology() == ()


def test_mappings_are_kept_beside_the_rows(store: GraphStore) -> None:
    rows = content_parts("a.csv", "[]", kind="rows")
    mapping = content_parts("a.csv", "headers: [x]", kind=MAPPING)
    nodes = (*rows, *mapping)
    store.apply([Contribution("a.csv", "d", nodes, ())])
    assert read_content(store.read, "a.csv") == "[]"
    assert read_content(store.read, "a.csv", MAPPING) == "headers: [x]"
    assert content_kind(store.read, "a.csv") == "rows"
    store.apply([], remove=["a.csv"])
    assert read_content(store.read, "a.csv", MAPPING) is None
