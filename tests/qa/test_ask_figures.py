"""Questions that take more than one figure: gaps, other sides, remainders, targets, several at once.

The documents of ``tests/corpus/asked_figures`` are made up; each phrasing is its own test.
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
CATEGORIES = ("gap_of_figures", "other_side", "remainder", "target", "beside", "extreme")
FLOOR = 45


@dataclass(frozen=True)
class Case:
    """``answers`` in any order; ``quote`` stands in the evidence; ``refused``: nothing is claimed."""

    question: str
    answers: tuple[str, ...]
    status: str
    quote: str


def cases() -> Iterator[Case]:
    for category in CATEGORIES:
        for file in sorted((CORPUS / "ask" / category).glob("*.yaml")):
            for entry in yaml.safe_load(file.read_text("utf-8")):
                for question in entry["phrasings"]:
                    answers = tuple(str(a) for a in entry["answers"])
                    yield Case(question, answers, entry.get("status", "answered"), entry.get("quote", ""))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("figures") / "store"), ontology, writable=True)
    load([CORPUS / "asked_figures"], store, ontology)
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
    if case.quote:
        assert any(case.quote in e.quote for e in answer.evidence)


def test_the_working_is_shown_with_every_input(session: Session) -> None:
    answer = ask("传统企业的产品一次检验合格率推算是多少", session)
    assert "96.2% − 5.3个百分点 = 90.9%" in answer.text
    assert answer.logical_form.startswith("Shifted(")
    assert {row[3] for row in answer.rows} == {"96.2%", "5.3个百分点"}
    assert answer.evidence
    assert answer.notes


def test_both_documents_are_cited_for_a_target(session: Session) -> None:
    answer = ask("竹木制品创新平台2025年的目标完成了吗", session)
    assert {e.document for e in answer.evidence} == {"report.txt", "programme.txt"}
