"""Turns of speech are said plainly, and what only looks like one is left alone."""

from __future__ import annotations

import pytest

from qa_service.questions.plain import said_plainly


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("哪条链一家配套企业都没有登记", "哪条链没有登记配套企业"),
        ("哪些产业链一个龙头企业都没有", "哪些产业链没有龙头企业"),
        ("哪些县连一个检测中心也没建", "哪些县没有建检测中心"),
        ("双峰县一项国家标准都没有吗", "双峰县没有国家标准吗"),
        ("哪个市州半个国检中心都没有", "哪个市州没有国检中心"),
        ("甲厂的铜是从哪家进的", "甲厂的铜由谁供应"),
        ("甲厂的变速箱从谁那里来", "甲厂的变速箱由谁供应"),
        ("甲厂的铸件从哪些企业采购？", "甲厂的铸件由哪些企业供应？"),
        ("变速箱是哪家供的？", "变速箱由谁供？"),
        ("检测中心是谁牵头建的", "检测中心由谁牵头建"),
        ("县科技局在双峰方案里牵头的是哪一项", "双峰方案里县科技局牵头的是哪一项"),
        ("变速箱是哪家企业生产的", "变速箱由哪家企业生产"),
    ],
)
def test_said_plainly(text: str, plain: str) -> None:
    assert said_plainly(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "哪些县一站式平台都没有",
        "一家企业有几个产品",
        "一共几家企业没有平台",
        "每一家企业都有产品",
        "统一标准都没有落实吗",
        "甲厂从哪里来",
        "这个数是谁的",
        "甲厂是不是谁控股的",
        "这项任务是哪个单位负责的工作",
    ],
)
def test_left_alone(text: str) -> None:
    assert said_plainly(text) == text


def test_whom_a_firm_gets_its_goods_from() -> None:
    assert said_plainly("甲厂从哪家拿货") == "甲厂由谁供应"
