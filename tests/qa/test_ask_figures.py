"""Questions that take more than one figure: gaps, other sides, remainders, targets, several at once.

The documents of ``tests/corpus/asked_figures`` are made up; each phrasing is its own test.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.ask import ask
from qa_service.session import Session
from tests.asked import Case, asked, cases, session_over

CASES = list(cases("gap_of_figures", "other_side", "remainder", "target", "beside", "extreme"))
FLOOR = 45


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_figures", tmp_path_factory.mktemp("figures")) as opened:
        yield opened


def test_floor() -> None:
    assert len(CASES) >= FLOOR


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    asked(case, session)


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
