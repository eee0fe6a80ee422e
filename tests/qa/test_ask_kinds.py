"""Kinds of questions over made-up documents on ceramics: several things at once, two years, targets
given in the question, months without a year, who does what, what a number means, where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.session import Session
from tests.asked import Case, asked, cases, session_over

FLOOR = 60


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_kinds", tmp_path_factory.mktemp("kinds")) as opened:
        yield opened


def test_floor() -> None:
    assert len(list(cases("kinds"))) >= FLOOR


@pytest.mark.parametrize("case", list(cases("kinds")), ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    asked(case, session)
