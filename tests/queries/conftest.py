from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.store import GraphStore
from ontology.model import Ontology
from ontology.read import load_ontology
from tests.small_graph import SmallGraph, read_graph, small_store


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def graph(ontology: Ontology) -> SmallGraph:
    return read_graph(ontology)


# a module's own, because the Neo4j of the run holds one graph at a time
@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(
    request: pytest.FixtureRequest, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GraphStore]:
    on_server = request.param == "neo4j"
    folder = tmp_path_factory.mktemp("small") / "store"
    store = small_store(request.getfixturevalue("neo4j_url") if on_server else folder, ontology)
    yield store
    store.close()
