"""Suggestions while a question is typed: they fit what was typed, and the questions have an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.session import Session
from qa_service.suggest import Suggestion, suggest
from tests.small_graph import small_store

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = small_store(tmp_path_factory.mktemp("small"), ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("figures") / "store"), ontology, writable=True)
    load([CORPUS / "asked_figures"], store, ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


def texts(found: tuple[Suggestion, ...], kind: str) -> list[str]:
    return [s.text for s in found if s.kind == kind]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("南车", "entity", "南车一厂"),
        ("株", "entity", "株洲市"),
        ("谁给齿轮", "entity", "齿轮社"),
        ("株洲有哪", "question", "株洲市有哪些产业链？"),
        ("株洲合格", "question", "株洲市2024年产品合格率是多少？"),
        ("合格", "metric", "产品合格率"),
        ("合格率", "question", "株洲市2024年产品合格率是多少？"),
        ("南车一厂供应", "question", "南车一厂的供应商有哪些？"),
        ("zzs", "entity", "株洲市"),
        ("企业", "question", "株洲市有哪些企业？"),
    ],
)
def test_fits_what_is_typed(typed: str, kind: str, text: str, small: Session) -> None:
    assert text in texts(suggest(typed, small, 12), kind)


@pytest.mark.parametrize("typed", ["", "  ", "？", "今天天气", "qqqq"])
def test_nothing_fits(typed: str, small: Session) -> None:
    assert suggest(typed, small) == ()


def test_so_many_at_most(small: Session) -> None:
    assert len(suggest("株洲", small, 3)) == 3


@pytest.mark.parametrize("graph", ["small", "figures"])
def test_every_question_has_an_answer(graph: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(graph)
    asked: set[str] = set()
    for name in session.index.surfaces():
        asked.update(texts(suggest(name, session, 50), "question"))
    assert len(asked) > 10
    assert [q for q in sorted(asked) if ask(q, session).status != "answered"] == []
