"""Questions over the recorded structure of documents, about responsibility, points and sources.

The documents of ``tests/corpus/asked_documents`` are made up; each phrasing is its own test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.ask import ask
from qa_service.session import Session

CORPUS = Path(__file__).parents[1] / "corpus"
CATEGORIES = ("scope", "responsibility", "phase", "outline", "rubric", "provenance", "document", "indicator")
FLOOR = 115


@dataclass(frozen=True)
class Case:
    """``answers`` in any order; ``quote`` stands in the evidence; ``basis`` of every row."""

    question: str
    answers: tuple[str, ...]
    status: str
    quote: str
    basis: str


def cases() -> Iterator[Case]:
    for category in CATEGORIES:
        for file in sorted((CORPUS / "ask" / category).glob("*.yaml")):
            for entry in yaml.safe_load(file.read_text("utf-8")):
                for question in entry["phrasings"]:
                    yield Case(
                        question,
                        tuple(str(a) for a in entry["answers"]),
                        entry.get("status", "answered"),
                        entry.get("quote", ""),
                        entry.get("basis", ""),
                    )


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("documents") / "store"), ontology, writable=True)
    load([CORPUS / "asked_documents"], store, ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


def test_floor() -> None:
    assert len(list(cases())) >= FLOOR


@pytest.mark.parametrize("case", list(cases()), ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    answer = ask(case.question, session)
    assert (answer.status, sorted(answer.answers)) == (case.status, sorted(case.answers))
    if case.quote:
        assert any(case.quote in e.quote for e in answer.evidence)
    if case.basis:
        assert set(answer.row_basis) == {case.basis}


def test_quotes_stand_in_their_documents(session: Session) -> None:
    for question in ("茶叶抽检合格率97.3%出自哪里", "茶叶公共品牌谁牵头", "获得优等加几分"):
        for evidence in ask(question, session).evidence:
            text = (CORPUS / "asked_documents" / evidence.document).read_text("utf-8")
            assert evidence.quote == text[evidence.start : evidence.end]
