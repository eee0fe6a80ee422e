"""What a question's characters mean before anything is asked of a graph."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.questions.question import Question, Vocabulary, analyse


def read(text: str) -> Question:
    return analyse(text, Vocabulary(()), lambda text: [], date(2025, 6, 1))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("甲园区十三五做到了多少产值", "2016/2020"),
        ("十四五全省要建几个中心", "2021/2025"),
        ("“十三五”产值多少", "2016/2020"),
        ("甲园区 产值 2024", "2024"),
    ],
)
def test_periods_as_people_type_them(text: str, period: str) -> None:
    assert [p.text for p in read(text).periods()] == [period]


@pytest.mark.parametrize("text", ["二十三五个", "十三五百家", "三十五五家"])
def test_what_is_no_plan(text: str) -> None:
    assert not read(text).periods()
