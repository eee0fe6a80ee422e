"""Figures in prose: each sentence of the corpus is a test of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.documents.document import Document, Passage, Section
from loaders.documents.observations import observations
from loaders.facts import ObservationFact
from ontology.lexicon.mention import Quantity
from ontology.lexicon.normalise import clean
from ontology.read import load_ontology

CORPUS = Path(__file__).parent.parent / "corpus" / "observations"
CASES: list[dict[str, Any]] = [
    case
    for path in sorted(CORPUS.glob("*.yaml")) if path.name != "nothing.yaml"
    for case in yaml.safe_load(path.read_text("utf-8"))
]
NOTHING: list[str] = yaml.safe_load((CORPUS / "nothing.yaml").read_text("utf-8"))


def document(text: str, place: str = "", dated: date | None = None, section: str = "") -> Document:
    """A document of one section, with a passage for each sentence."""
    passages: list[Passage] = []
    start = 0
    for sentence in text.splitlines(keepends=True):
        for part in sentence.replace("。", "。\0").split("\0"):
            made = clean(part.strip("\n"))
            if made.text.strip():
                offsets = tuple(start + made.offsets[i] for i in range(len(made.text)))
                end = start + len(part.rstrip("\n"))
                passages.append(Passage(start, end, made.text, offsets, "section:D/1"))
            start += len(part)
    sections = (Section("section:D/1", "1", "一、", section, 1, "section", 0, len(text)),)
    return Document(
        "D", text, "", "公报", place=place, dated=dated, sections=sections, passages=tuple(passages)
    )


def shown(fact: ObservationFact) -> str:
    q = fact.quantity or Quantity(None, fact.text)
    value = f"{q.value:.10g}" if q.value is not None else "" if q.low is None else f"{q.low:g}-{q.high:g}"
    scope = [" ".join(f"{k}={v}" for k, v in sorted(fact.scope.items()))] if fact.scope else []
    period = fact.period.text if fact.period else "-"
    bound = "" if q.bound == "=" else q.bound
    return " | ".join([fact.subject.name, fact.metric, period, f"{bound}{value}{q.unit}", fact.kind, *scope])


def facts(case: dict[str, Any]) -> list[str]:
    made = document(case["text"], case.get("place", ""), case.get("dated"), case.get("section", ""))
    return [shown(f) for f in observations(made, load_ontology())]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    assert facts(case) == case["facts"]


@pytest.mark.parametrize("text", NOTHING)
def test_no_figure(text: str) -> None:
    assert facts({"text": text, "place": "330000"}) == []


def test_a_fact_knows_its_place() -> None:
    text = "开头一句。\n2023年，全市抽检合格率为９５．１％，居前列。结尾。"
    made = document(text, "330100")
    (fact,) = observations(made)
    start, end = map(int, fact.passage.removeprefix("D#").split("-"))
    assert text[start:end] == "2023年，全市抽检合格率为９５．１％，居前列。"
    assert fact.quote == "全市抽检合格率为９５．１％"
    assert fact.quote in text
    assert (fact.subject.cls, fact.subject.code, fact.subject.mention) == ("Region", "330100", "全市")


def test_chains_and_industries_carry_the_place() -> None:
    (fact,) = observations(document("现代纺织产业集群产品合格率达96%。", "330600"))
    assert (fact.subject.cls, fact.subject.place) == ("Cluster", "330600")


def test_the_opening_of_a_section_dates_its_paragraphs_but_a_later_year_does_not() -> None:
    text = "全市质量工作扎实推进。2023年，质量稳中有进。\n2021年产品合格率为94%。\n食品合格率为98%。"
    assert [f.period.text for f in observations(document(text, "330100")) if f.period] == ["2021", "2023"]


def test_this_trade_is_the_one_of_the_sentence_before() -> None:
    text = "食品制造业质量稳步提升。酱油抽检合格率为99%。该行业产品合格率为97.5%。"
    _, fact = observations(document(text, "330100"))
    assert (fact.subject.name, fact.metric) == ("食品制造业", "产品合格率")


def test_a_first_sentence_that_is_the_title_too_is_read() -> None:
    text = "宿州市2家企业获第二届市长质量奖。"
    (fact,) = observations(replace(document(text, "341300"), title=text))
    assert (fact.subject.name, fact.metric) == ("宿州市", "企业获第二届市长质量奖")


def test_those_to_whom_a_paper_is_sent_are_no_subject() -> None:
    text = "各县(含萧县)市场监管局：\n2023年抽查产品120批次。"
    assert [f.subject.name for f in observations(document(text, "341300"))] == ["宿州市"]


def test_this_firm_is_no_place() -> None:
    assert observations(document("该公司研发投入占营业收入的比重达8.5%。", "330100")) == []


def test_a_passage_without_end_is_read() -> None:
    trades = ["食品", "纺织", "家具"] * 1500
    text = "，".join(f"{trade}产品合格率达到9{i % 10}.5%" for i, trade in enumerate(trades))
    found = observations(document(text, "330100"))
    assert len(found) == 4500
    assert found[-1].quote == "家具产品合格率达到99.5%"


def test_floor_of_the_corpora() -> None:
    assert len(CASES) >= 150
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert len(NOTHING) >= 14


def test_a_text_whose_title_begins_with_a_park_is_about_it() -> None:
    text = "近年来不断优化结构，集聚规模以上企业31家。全省评选示范园区，连续两年入选。\n新增高新技术企业6家。"
    made = replace(document(text, "340800"), title="桐城经开区：打造产业集群")
    assert [(f.subject.name, f.metric) for f in observations(made)] == [
        ("桐城经开区", "规模以上企业"), ("桐城经开区", "新增高新技术企业"),
    ]


def test_figures_of_a_work_plan_are_aimed_at() -> None:
    text = "全年培育服务业品牌30个，建设示范区2个。目前已有品牌12个。"
    made = replace(document(text, "510000"), title="2016年工作計劃")
    assert [f.kind for f in observations(made)] == ["target", "target", "actual"]
