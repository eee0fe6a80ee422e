"""Words that say the same, and names in fewer characters."""

from __future__ import annotations

import pytest

from qa_service.questions.alike import general
from qa_service.questions.parts import bits


def said(text: str, source: str) -> str:
    """The characters of ``text`` that stand in ``source`` as others."""
    mask = general().within(text, bits(0, len(text)), (source,))
    return "".join(ch for i, ch in enumerate(text) if mask >> i & 1)


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("镍氢电池", "镍金属氢化物电池的产量", "镍氢电池"),
        ("药批企业", "药品批发企业实行冷链监控", "药批企业"),
        ("园区招来的厂家", "该园引进二十家", "招来"),
        ("谁主办的", "由市政府承办", "主办"),
        ("涨了多少", "同比上升两个点", "涨了"),
        ("检测机构", "检验检疫", "检测"),
    ],
)
def test_said_otherwise(text: str, source: str, found: str) -> None:
    assert said(text, source) == found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("南方航空", "东方航空公司"),  # another name
        ("超过", "不足八成"),  # the opposite
        ("提升", "下降三成"),
        ("没有建成", "已经建成"),
        ("电池厂", "厂里的电池"),  # the same characters in another order
    ],
)
def test_not_said(text: str, source: str) -> None:
    assert said(text, source) == ""


def test_only_what_has_to_be_accounted_for() -> None:
    assert general().within("招来厂家", 0b1100, ("引进企业",)) == 0b1100


def test_no_group_holds_a_word_twice_or_alone() -> None:
    for group in general().groups:
        assert len(group) == len(set(group)) > 1


def test_the_words_of_a_text() -> None:
    assert {w.words for w in general().alike("盯着")} == {("监控", "监测", "监管", "盯住", "跟踪", "追踪")}
