"""The stores that the suite runs on. Another engine is one more entry of ``ENGINES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.open import open_store
from graph.store import GraphStore
from ontology.read import load_ontology

ENGINES = ("embedded", "neo4j")


@pytest.fixture(params=ENGINES)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], GraphStore]:
    """Opens the test's store once more."""
    on_server = request.param == "neo4j"
    url = request.getfixturevalue("neo4j_url") if on_server else str(tmp_path / "store")
    return lambda: open_store(url, load_ontology(), writable=True, extractor="1")


@pytest.fixture
def store(reopen: Callable[[], GraphStore]) -> Iterator[GraphStore]:
    """An empty store."""
    opened = reopen()
    if opened.engine == "neo4j":  # the one server of the run has the test before in it
        opened.reset()
    yield opened
    opened.close()
