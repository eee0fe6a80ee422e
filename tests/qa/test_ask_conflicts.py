"""Figures of which the sources say several things, over made-up documents on fireworks: a figure that
another bears out, two targets for one gap, a count under other words, a level worked back.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.ask import ask
from qa_service.session import Session
from tests.asked import Case, asked, cases, session_over

FLOOR = 47


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_conflicts", tmp_path_factory.mktemp("conflicts")) as opened:
        yield opened


def test_floor() -> None:
    assert len(list(cases("conflicts"))) >= FLOOR


@pytest.mark.parametrize("case", list(cases("conflicts")), ids=lambda c: c.question)
def test_phrasing(case: Case, session: Session) -> None:
    asked(case, session)


def test_what_is_borne_out_is_not_said_to_be_disputed(session: Session) -> None:
    answer = ask("江西省2024年烟花产品合格率是多少", session)
    assert "说法不一" not in answer.text
    assert any("超过91%" in note for note in answer.notes)


def test_each_target_is_told_with_its_section(session: Session) -> None:
    answer = ask("赣州和萍乡的合格率差距，三年内要缩小到几个百分点以内", session)
    told = "".join(answer.notes)
    assert "第1章 第2节" in told
    assert "第2章 第1节" in told
