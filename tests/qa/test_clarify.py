"""Asking back: names that several things bear or begin with; what could be asked instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.open import open_store
from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.session import Session
from tests.small_graph import contribution, read_graph, small_store

CORPUS = Path(__file__).parents[1] / "corpus"
CASES: list[dict[str, Any]] = yaml.safe_load((CORPUS / "clarify" / "names.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("names") / "store"), ontology, writable=True)
    store.apply([contribution(read_graph(ontology, CORPUS / "graphs" / "names.yaml"), ontology)])
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = small_store(tmp_path_factory.mktemp("small"), ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["ask"])
def test_names(case: dict[str, Any], names: Session) -> None:
    answer = ask(case["ask"], names)
    assert answer.status == case.get("status", "ambiguous" if "choices" in case else "answered")
    assert sorted(answer.answers) == sorted(case.get("answers", ()))
    if "choices" in case:
        assert sorted(answer.suggestions) == sorted(case["choices"])
        given = [ask(choice, names) for choice in answer.suggestions]
        assert {a.status for a in given} == {"answered"}
        assert len({a.answers for a in given}) == len(given), "the choices have different answers"
    if "note" in case:
        assert any(case["note"] in note for note in answer.notes)


@pytest.mark.parametrize(
    "question", ["株洲的平台办事效率排名怎么样", "株洲市的合格率达标没达标率", "南车一厂的员工满意度怎么看"]
)
def test_choices_have_an_answer(question: str, small: Session) -> None:
    answer = ask(question, small)
    assert answer.status == "not_understood"
    assert 0 < len(answer.suggestions) <= 3
    assert [q for q in answer.suggestions if ask(q, small).status != "answered"] == []
    assert all(q in answer.text for q in answer.suggestions)


@pytest.mark.parametrize("question", ["今天天气怎么样", "帮我写一首诗", "一二三四五"])
def test_nothing_near(question: str, small: Session) -> None:
    answer = ask(question, small)
    assert (answer.status, answer.suggestions) == ("not_understood", ())
