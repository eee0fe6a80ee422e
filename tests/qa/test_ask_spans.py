"""Typed spans over made-up documents on paper making: quantities of a dimension, shares, persons by their
post, what something is called, who acts together, examples; and what must not be answered.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.session import Session
from tests.asked import Case, asked, cases, session_over

FLOOR = 45


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_spans", tmp_path_factory.mktemp("spans")) as opened:
        yield opened


def test_floor() -> None:
    assert len(list(cases("spans"))) >= FLOOR


@pytest.mark.parametrize("case", list(cases("spans")), ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    asked(case, session)
