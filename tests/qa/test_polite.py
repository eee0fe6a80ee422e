"""Politeness around a question is taken off, and nothing of the question with it."""

from __future__ import annotations

import pytest

from qa_service.questions.polite import without_politeness

BARE = "株洲有哪些产业链"


@pytest.mark.parametrize(
    "text",
    [
        "麻烦帮我查一下，株洲有哪些产业链，谢谢！",
        "请问株洲有哪些产业链",
        "你好，我想了解一下：株洲有哪些产业链",
        "能不能帮我查一下株洲有哪些产业链，谢谢",
        "Hello, 株洲有哪些产业链 please",
        "劳烦帮忙看下株洲有哪些产业链，谢谢啦",
        "株洲有哪些产业链，请保留两位小数",
        "株洲有哪些产业链，精确到小数点后2位",
        "Good morning, 株洲有哪些产业链. Many thanks in advance.",
    ],
)
def test_taken_off(text: str) -> None:
    assert without_politeness(text) == BARE


@pytest.mark.parametrize(
    "text",
    ["帮扶企业多少家", "查询平台有哪些", "可以得几分", "能否完成目标", "谢谢", "麻烦", "保留两位专家的厂"],
)
def test_left_alone(text: str) -> None:
    assert without_politeness(text) == text


def test_a_word_that_only_begins_alike_stays() -> None:
    assert without_politeness("high-tech exports of 株洲") == "high-tech exports of 株洲"
