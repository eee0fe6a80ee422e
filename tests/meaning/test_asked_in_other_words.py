"""Questions to the demonstration material in words that the ontology does not have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import yaml

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.ask import ask, explain
from qa_service.session import Session
from qa_service.settings import EMBEDDING_MODEL, bundled
from tests.meaning.conftest import CORPUS

QUESTIONS = yaml.safe_load((CORPUS / "questions.yaml").read_text("utf-8"))
#: what a note of a word that was taken for another begins with
READ = "相近度"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    ontology = load_ontology()
    store = open_store(str(tmp_path_factory.mktemp("meaning") / "store"), ontology, writable=True)
    load([bundled("data")], store, ontology)
    opened = Session(store, ontology, today=date(2025, 6, 1))
    yield opened
    opened.close()


@pytest.mark.parametrize(("asked", "plain"), QUESTIONS["same"])
def test_understood(asked: str, plain: str, session: Session) -> None:
    answer, wanted = ask(asked, session), ask(plain, session)
    assert wanted.status == answer.status == "answered"
    assert sorted(answer.answers) == sorted(wanted.answers)
    assert any(READ in note for note in answer.notes), answer.notes
    assert answer.confidence < 1.0


@pytest.mark.parametrize(("asked", "contrary"), QUESTIONS["never"])
def test_never_taken_for_its_contrary(asked: str, contrary: str, session: Session) -> None:
    answer, other = ask(asked, session), ask(contrary, session)
    assert answer.status != "answered" or sorted(answer.answers) != sorted(other.answers)


@pytest.mark.parametrize("asked", QUESTIONS["unread"])
def test_what_means_no_term_is_taken_for_none(asked: str, session: Session) -> None:
    assert not [note for note in ask(asked, session).notes if READ in note]


def test_a_reading_says_what_was_taken_for_what(session: Session) -> None:
    assert "“制造业产品过关率”按“制造业产品合格率”理解" in explain("株洲的制造业产品过关率有多高", session)


def test_a_model_that_cannot_be_used_is_told_in_the_answer(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EMBEDDING_MODEL, "no-such-folder")
    fresh = Session(session.store, session.ontology, today=session.today)
    answer = ask("株洲的制造业产品过关率有多高", fresh)
    assert any("no-such-folder" in note for note in answer.notes)
    assert not any("no-such-folder" in note for note in ask("株洲市的产业链", fresh).notes)
