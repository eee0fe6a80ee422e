from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.stores.embedded import EmbeddedStore
from ontology.model import Ontology
from ontology.read import load_ontology
from tests.small_graph import SmallGraph, read_graph, small_store


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def graph(ontology: Ontology) -> SmallGraph:
    return read_graph(ontology)


@pytest.fixture(scope="session")
def store(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    store = small_store(tmp_path_factory.mktemp("small") / "store", ontology)
    yield store
    store.close()
