"""Questions whose answers stand in prose and are no recorded facts, and open questions.

The bulletin of ``tests/corpus/asked_prose`` is made up; each phrasing is its own test. A phrasing
that nothing answers must be refused, in whatever words.
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
from qa_service.passages.keypoints import MOST
from qa_service.session import Session

CORPUS = Path(__file__).parents[1] / "corpus"
REFUSED = ("no_data", "not_understood", "ambiguous")


@dataclass(frozen=True)
class Case:
    """``answers`` in any order; ``holds``: what the text of an open question has."""

    question: str
    answers: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    quote: str = ""
    refused: bool = False


def cases(category: str) -> Iterator[Case]:
    for file in sorted((CORPUS / "ask" / category).glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text("utf-8")):
            for question in entry["phrasings"]:
                yield Case(
                    question,
                    tuple(entry.get("answers", ())),
                    tuple(entry.get("holds", ())),
                    entry.get("quote", ""),
                    entry.get("status") == "refused",
                )


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("prose") / "store"), ontology, writable=True)
    load([CORPUS / "asked_prose"], store, ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


@pytest.mark.parametrize("case", list(cases("prose")), ids=lambda c: c.question)
def test_read_from_the_text(case: Case, session: Session) -> None:
    answer = ask(case.question, session)
    assert sorted(answer.answers) == sorted(case.answers)
    if case.refused:
        assert answer.status in REFUSED
        return
    assert answer.status == "answered"
    assert all(len(item) <= 60 for item in answer.answers)
    if case.quote:
        assert any(case.quote in e.quote for e in answer.evidence)


@pytest.mark.parametrize("case", list(cases("open")), ids=lambda c: c.question)
def test_open_questions(case: Case, session: Session) -> None:
    answer = ask(case.question, session)
    assert answer.status == "answered"
    assert [h for h in case.holds if h not in answer.text] == []
    assert len(answer.text) <= MOST
    bulletin = (CORPUS / "asked_prose" / "bulletin.md").read_text("utf-8")
    assert answer.evidence
    assert all(e.quote == bulletin[e.start : e.end] for e in answer.evidence)


def test_what_a_number_says(session: Session) -> None:
    answer = ask("“63家”这个数说的究竟是什么事", session)
    assert len(answer.answers) == 2
    assert any("胶黏剂" in a for a in answer.answers)
    assert any("窑口" in a for a in answer.answers)


def test_what_is_read_from_the_text_says_so(session: Session) -> None:
    answer = ask("哪家企业获批省级绿色制造示范单位", session)
    assert any("从原文中读出" in note for note in answer.notes) or answer.logical_form.startswith("Follow")
