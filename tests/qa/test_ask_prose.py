"""Questions whose answers stand in prose and are no recorded facts, and open questions.

The bulletin of ``tests/corpus/asked_prose`` is made up; each phrasing is its own test. A phrasing
that nothing answers must be refused, in whatever words.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.ask import ask
from qa_service.passages.keypoints import MOST
from qa_service.session import Session
from tests.asked import CORPUS, Case, asked, cases, session_over


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_prose", tmp_path_factory.mktemp("prose")) as opened:
        yield opened


@pytest.mark.parametrize("case", list(cases("prose")), ids=lambda c: c.question)
def test_read_from_the_text(case: Case, session: Session) -> None:
    answer = asked(case, session)
    assert all(len(item) <= 60 for item in answer.answers)


@pytest.mark.parametrize("case", list(cases("open")), ids=lambda c: c.question)
def test_open_questions(case: Case, session: Session) -> None:
    answer = asked(case, session)
    assert len(answer.text) <= MOST
    bulletin = (CORPUS / "asked_prose" / "bulletin.md").read_text("utf-8")
    assert all(e.quote == bulletin[e.start : e.end] for e in answer.evidence)


def test_what_a_number_says(session: Session) -> None:
    answer = ask("“63家”这个数说的究竟是什么事", session)
    assert len(answer.answers) == 2
    assert any("胶黏剂" in a for a in answer.answers)
    assert any("窑口" in a for a in answer.answers)


def test_what_is_read_from_the_text_says_so(session: Session) -> None:
    answer = ask("哪家企业获批省级绿色制造示范单位", session)
    assert any("从原文中读出" in note for note in answer.notes) or answer.logical_form.startswith("Follow")
