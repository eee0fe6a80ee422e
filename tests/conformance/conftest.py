"""The stores that the suite runs on. A second engine is one more entry of ``STORES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.open import open_store
from graph.store import GraphStore
from ontology.read import load_ontology


def _embedded(folder: Path) -> GraphStore:
    return open_store(str(folder / "store"), load_ontology(), writable=True, extractor="1")


STORES: dict[str, Callable[[Path], GraphStore]] = {"embedded": _embedded}


@pytest.fixture(params=sorted(STORES))
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], GraphStore]:
    """Opens the test's store once more."""
    return lambda: STORES[request.param](tmp_path)


@pytest.fixture
def store(reopen: Callable[[], GraphStore]) -> Iterator[GraphStore]:
    """An empty store."""
    opened = reopen()
    yield opened
    opened.close()
