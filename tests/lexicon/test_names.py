"""Names: the corpus of phrasings, the trie, and that nothing overlaps."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.lexicon import name_firms
from ontology.lexicon.name_reading import OpenName
from ontology.lexicon.names import NameIndex, open_names
from ontology.lexicon.normalise import clean

CORPUS = Path(__file__).parents[1] / "corpus" / "names"
CASES = [
    case
    for file in sorted(CORPUS.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def test_no_case_was_lost() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:24] for c in CASES])
def test_open_names(case: dict[str, object]) -> None:
    found = {
        m.value.name: m.value.cls for m in open_names(str(case["text"])) if isinstance(m.value, OpenName)
    }
    assert found == case["names"]


@pytest.mark.parametrize("key", name_firms._NEEDS)
def test_what_a_pattern_needs_is_in_all_that_it_finds(key: str) -> None:
    texts = (
        *(str(case["text"]) for case in CASES),
        "新昌泵业荣获省长质量奖。",
        "作为轴承产业链的链主企业，新昌泵业带动一批小厂改进工艺。",
        "这家小厂是新昌泵业的长期供应商。",
    )
    found = [t for text in texts if name_firms._pattern(key).search(t := clean(text).text)]
    assert found
    assert all(any(word in text for word in name_firms._NEEDS[key]) for text in found)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("台州市椒江区市场监管局开展帮扶。", "台州市椒江区市场监管局", "331002"),
        ("株洲高新区企业众多。", "株洲高新区", "430200"),
        ("由县农业农村局牵头。", "县农业农村局", "县"),
        ("衡山实验室揭牌。", "衡山实验室", ""),
        ("中国信通院参与。", "中国信通院", ""),
    ],
)
def test_place_of_a_name(text: str, name: str, place: str) -> None:
    found = {m.value.name: m.value.place for m in open_names(text) if isinstance(m.value, OpenName)}
    assert found == {name: place}


def test_document_number_and_subtype() -> None:
    policy, platform = (
        m.value for m in open_names("《强链意见》(湘市监质〔2024〕6号)提出用好质量基础设施“一站式”服务平台。")
    )
    assert isinstance(policy, OpenName)
    assert isinstance(platform, OpenName)
    assert policy.number == "湘市监质〔2024〕6号"
    assert platform.subtype == "one_stop"


def test_a_mention_remembers_its_rule() -> None:
    rules = {m.text: m.rule for m in open_names("以青岭汽车为龙头,区统计局发布《意见》。")}
    assert rules == {"青岭汽车": "firm_as_leader", "区统计局": "agency", "《意见》": "policy_in_brackets"}


LETTERS = "三一重工、等龙头企业和“一站式”服务平台长沙市经开区《》产业链有限公司的在以为,。 12个"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(LETTERS), max_size=60))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    mentions = open_names(text, industries=True)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)


INDEX = NameIndex(
    [
        ("株洲", "entity", "430200"),
        ("株洲市", "entity", "430200"),
        ("天元区", "entity", "430211"),
        ("鼓楼区", "entity", "320106"),
        ("鼓楼区", "entity", "350102"),
        ("质量基础设施一站式服务平台", "subtype", "one_stop"),
        ("one-stop platform", "subtype", "one_stop"),
        ("链", "class", "Chain"),
        ("链主", "relation", "LEADS"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("株洲市天元区", [("株洲市", "430200"), ("天元区", "430211")]),
        ("株洲的", [("株洲", "430200")]),
        ("鼓楼区", [("鼓楼区", "320106"), ("鼓楼区", "350102")]),
        ("质量基础设施“一站式”服务平台", [("质量基础设施“一站式”服务平台", "one_stop")]),
        ("a One-Stop Platform in", [("One-Stop Platform", "one_stop")]),
        ("a one-stop platforms", []),
        ("强链", [("链", "Chain")]),
        ("链主", [("链主", "LEADS")]),
        ("", []),
    ],
)
def test_given_names(text: str, found: list[tuple[str, str]]) -> None:
    assert [(m.text, m.value) for m in INDEX.find(text)] == found


@pytest.mark.parametrize(
    "unit",
    [
        "和",
        "甲和",
        "甲、",
        "以甲和乙和",
        ",甲乙和丙丁",
        "《",
        "“",
        "公司",
        "市",
        "湖南省",
        "从甲和",
        "书记张",
    ],
)
def test_hostile_text_takes_no_long_time(unit: str) -> None:
    begun = monotonic()
    open_names(unit * (20000 // len(unit)), industries=True)
    assert monotonic() - begun < 5
