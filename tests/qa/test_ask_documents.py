"""Questions over the recorded structure of documents, about responsibility, points and sources.

The documents of ``tests/corpus/asked_documents`` are made up; each phrasing is its own test.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.ask import ask
from qa_service.session import Session
from tests.asked import CORPUS, Case, asked, cases, session_over

CASES = list(
    cases("scope", "responsibility", "phase", "outline", "rubric", "provenance", "document", "indicator")
)
FLOOR = 172


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_documents", tmp_path_factory.mktemp("documents")) as opened:
        yield opened


def test_floor() -> None:
    assert len(CASES) >= FLOOR


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    asked(case, session)


def test_quotes_stand_in_their_documents(session: Session) -> None:
    for question in ("茶叶抽检合格率97.3%出自哪里", "茶叶公共品牌谁牵头", "获得优等加几分"):
        for evidence in ask(question, session).evidence:
            text = (CORPUS / "asked_documents" / evidence.document).read_text("utf-8")
            assert evidence.quote == text[evidence.start : evidence.end]
