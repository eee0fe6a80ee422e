"""Kinds of questions over made-up documents on ceramics: several things at once, two years, targets
given in the question, months without a year, who does what, what a number means, where it stands.

Each phrasing is its own test.
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
FLOOR = 60


@dataclass(frozen=True)
class Case:
    question: str
    answers: tuple[str, ...]
    status: str


def cases() -> Iterator[Case]:
    for file in sorted((CORPUS / "ask" / "kinds").glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text("utf-8")):
            for question in entry["phrasings"]:
                answers = tuple(str(a) for a in entry["answers"])
                yield Case(question, answers, entry.get("status", "answered"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("kinds") / "store"), ontology, writable=True)
    load([CORPUS / "asked_kinds"], store, ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


def test_floor() -> None:
    assert len(list(cases())) >= FLOOR


@pytest.mark.parametrize("case", list(cases()), ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    answer = ask(case.question, session)
    if case.status == "refused":
        assert (answer.answers, answer.status in ("no_data", "not_understood")) == ((), True)
        return
    assert (answer.status, sorted(answer.answers)) == (case.status, sorted(case.answers))
    assert answer.evidence
