"""What people tell of themselves before they ask."""

from __future__ import annotations

import pytest

from qa_service.questions.background import without_background

BARE = "怀化竹地板合格率是多少"


@pytest.mark.parametrize(
    "told",
    [
        "我在写一份竹产业材料，",
        "我们处正在做调研，想知道",
        "下周领导要去调研，想引用一个数：",
        "上个月我们在整理台账，想核实一下",
        "写汇报要用，",
        "主任催得急，",
        "刚才例会上提到，",
        "有空的话看一下，",
    ],
)
def test_taken_off(told: str) -> None:
    assert without_background(told + BARE) == BARE


def test_what_is_highest_is_asked_for_without_a_question_word() -> None:
    assert without_background("我们在写材料，2024年产量最高的两个产业") == "2024年产量最高的两个产业"


@pytest.mark.parametrize("use", ["，写材料要用", "，我要写进汇报里。", "，领导等着要", "？写报告急用"])
def test_taken_off_behind(use: str) -> None:
    assert without_background(BARE + use) == BARE


def test_what_is_only_named_is_asked_for() -> None:
    assert without_background("我在整理材料，怀化竹地板合格率") == "怀化竹地板合格率"


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        "怀化竹地板合格率，写进规划的目标是多少",
        "我想查怀化的，竹地板合格率",  # 怀化 is asked for
        "全省竹产业合格率2024年提高了，怀化是多少",  # no word of the asker
        "我省竹地板合格率，目标是多少",  # 我省 is a place
        "我想问哪些市有平台，株洲有几个",  # that clause asks
        "我们在写材料，竹产业",  # nothing is asked
        "怀化有没有平台，帮着看看",  # what comes behind is no first clause
    ],
)
def test_left_alone(text: str) -> None:
    assert without_background(text) == text


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("想写一段古丈毛尖：卖到几个国家了", "古丈毛尖，卖到几个国家了"),
        ("我要写一段关于醴陵陶瓷: 出口多少", "醴陵陶瓷，出口多少"),
    ],
)
def test_what_is_written_of_is_asked_about(text: str, bare: str) -> None:
    assert without_background(text) == bare


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("领导要一份农机链的材料，把链上的企业列出来", "把农机链上的企业列出来"),
        ("我在写收割机产业链的报告，这条链的龙头企业有哪些", "收割机产业链的龙头企业有哪些"),
        ("我要写一份关于农机链的汇报：链上有几家企业", "农机链上有几家企业"),
        ("我们在整理农机产业的材料，该产业有哪些龙头", "农机产业有哪些龙头"),
        ("我们在写双峰县的简报，该县有几个检测中心", "双峰县有几个检测中心"),
        # the chain that is asked for has a name of its own
        ("领导要一份农机链的材料，收割机链上有几家企业", "收割机链上有几家企业"),
    ],
)
def test_what_means_the_piece_is_what_it_is_of(text: str, bare: str) -> None:
    assert without_background(text) == bare
