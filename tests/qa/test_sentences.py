"""The sentence of an answer: unit, period, scope and source in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.answering.attributed import Clause, Told, attributed, short_title
from qa_service.answering.figure_told import figure_told, period_told
from qa_service.ask import ask
from qa_service.session import Session
from tests.asked import session_over


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"metric": "产品合格率", "value": 95.2, "unit": "%"}, "2024年甲市产品合格率为95.2%"),
        ({"metric": "检测机构", "value": 20.0, "unit": "家", "bound": ">"}, "2024年甲市检测机构超过20家"),
        ({"metric": "检测机构", "value": 20.0, "unit": "家"}, "2024年甲市检测机构有20家"),
        (
            {"metric": "案件金额", "value": 43.0, "unit": "%", "value_kind": "change", "scope": "方向=下降"},
            "2024年甲市案件金额下降43%",
        ),
        (
            {
                "metric": "合格率",
                "value": 1.2,
                "unit": "个百分点",
                "value_kind": "change",
                "scope": "比较=上年",
            },
            "2024年甲市合格率比上年提高1.2个百分点",
        ),
        (
            {
                "metric": "合格率",
                "value": 3.0,
                "unit": "个百分点",
                "value_kind": "comparison",
                "scope": "方向=低于;比较=乙市",
            },
            "2024年甲市合格率比乙市低3个百分点",
        ),
        (
            {"metric": "产值", "value": 4.0, "unit": "位", "value_kind": "rank", "scope": "范围=全国"},
            "2024年甲市产值居全国第4位",
        ),
        ({"metric": "产值", "value": 9.0, "unit": "%", "value_kind": "share"}, "2024年甲市产值的占比为9%"),
        (
            {"metric": "合格率", "value": 94.0, "unit": "%", "value_kind": "target", "bound": ">="},
            "2024年甲市合格率的目标不低于94%",
        ),
        (
            {"metric": "合格率", "value": 94.0, "unit": "%", "scope": "规模=200人以下"},
            "2024年甲市合格率（规模：200人以下）为94%",
        ),
        (
            {
                "metric": "合格率",
                "value": 94.0,
                "unit": "%",
                "value_kind": "baseline",
                "scope": "属性=预期性",
            },
            "2024年甲市合格率（预期性，基期）为94%",
        ),
        ({"metric": "新增企业", "value": 7.0, "unit": "家"}, "2024年甲市新增企业7家"),
        (
            {"metric": "产值", "value": 7.0, "unit": "%", "value_kind": "change", "scope": "地区=乙省"},
            "2024年乙省甲市产值增长7%",
        ),
        ({"metric": "水质", "text": "达到考核要求"}, "2024年甲市水质：达到考核要求"),
    ],
)
def test_a_figure_in_words(row: dict[str, object], told: str) -> None:
    assert figure_told({"subject_name": "甲市", "period": "2024", **row}) == told


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2022-Q1", "2022年第一季度"),
        ("2024-01/2024-11", "2024年1—11月"),
        ("2016/2020", "“十三五”时期"),
        ("2012/2019", "2012年至2019年"),
        ("2024-06-30", "截至2024年6月30日"),
        ("", ""),
    ],
)
def test_a_period_in_words(period: str, told: str) -> None:
    assert period_told(period) == told


def test_each_source_is_named_once_for_what_it_states() -> None:
    titles = {"a.txt": "甲报告", "b.txt": "乙报道", "source:c": "丙名录"}
    of_a, of_b, of_table = (("a.txt#0-9", ""),), (("b.txt#0-9", ""),), (("t.csv#Sheet1!A2:B2", "source:c"),)
    clauses = (Clause("一", of_a), Clause("二", of_a), Clause("三", of_b), Clause("四", of_table))
    told = attributed(Told(clauses, before="是。"), titles, english=False)
    assert told == "是。据《甲报告》，一；二；据《乙报道》，三；据《丙名录》，四。"
    assert attributed(Told((Clause("x", ()),)), titles, english=True) == "x."


def test_a_title_is_cited_short() -> None:
    assert short_title("某局关于印发《某地“十五五”〈质量〉规划》的通知") == "某地“十五五”〈质量〉规划"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_over("asked_planners", tmp_path_factory.mktemp("sentences")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("常德农机产品合格率", "据《农机质量总体状况》，2024年常德市农机产品合格率为95.6%。"),
        ("常德农机产品合格率超过95%了吗", "是。据《农机质量总体状况》，2024年常德市农机产品合格率为95.6%。"),
        ("收割机产业链有几家企业", "图谱中记录了3个收割机的成员企业。据《湖南农机名录》，有"),
        (
            "what is the 农机产品合格率 of 常德",
            "According to “农机质量总体状况”: 常德市, 农机产品合格率 (2024): 95.6%.",
        ),
    ],
)
def test_an_answer_says_where_it_is_from(question: str, told: str, session: Session) -> None:
    assert ask(question, session).text.startswith(told)


def test_two_sources_are_told_apart(session: Session) -> None:
    text = ask("2024年湖南农机产品合格率是多少", session).text
    assert "据《农机质量总体状况》，2024年湖南省农机产品合格率为93.8%" in text
    assert "据《农机强省 湘农机的质量之路》，2024年湖南省农机产品合格率为93.1%" in text
