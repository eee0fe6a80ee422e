"""Questions that differ in one thing (direction, negation, comparison, period, kind …): a reading that
takes one for the other answers one of them wrongly. Each pair is its own test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.session import Session
from tests.small_graph import small_store

FILE = Path(__file__).parents[1] / "corpus" / "minimal_pairs" / "small.yaml"
PAIRS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
FLOOR = 60


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = small_store(tmp_path_factory.mktemp("small"), ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


def test_floor() -> None:
    assert len(PAIRS) >= FLOOR
    assert {"direction", "negation", "comparison", "period", "kind", "count"} <= {p["kind"] for p in PAIRS}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p["pair"][0]["ask"])
def test_pair(pair: dict[str, Any], session: Session) -> None:
    for one in pair["pair"]:
        answer = ask(one["ask"], session)
        assert sorted(answer.answers) == sorted(one["answers"])
        assert (answer.status == "answered") == bool(one["answers"])
