"""Each phrasing of the dimension corpora is a test of its own."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ontology.lexicon.dimensions import mentions, number, period, quantity
from ontology.lexicon.dimensions.comparison import Comparison
from ontology.lexicon.dimensions.period import Open
from ontology.lexicon.dimensions.quantity import Ordinal
from ontology.lexicon.mention import Period, Quantity
from ontology.lexicon.normalise import clean

CORPUS = Path(__file__).parent.parent / "corpus" / "dimensions"
TODAY = date(2025, 4, 1)


def corpus(name: str) -> list[Any]:
    cases: list[Any] = yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))
    return cases


QUANTITIES = [(case, said) for case in corpus("quantities") for said in case["says"]]
PERIODS = [(case["period"], said) for case in corpus("periods") for said in case["says"]]
COMPARISONS = [(case, text) for case in corpus("comparisons") for text in case["texts"]]
ORDINALS = [(case, text) for case in corpus("ordinals") for text in case["texts"]]
REFUSED = corpus("refused")


def check(q: Quantity, case: dict[str, Any], said: str) -> None:
    if "万批次" not in said:
        assert (q.value, q.unit) == (case.get("value"), case["unit"])
    assert q.bound == case.get("bound", "=")
    assert (q.low, q.high) == (case.get("low"), case.get("high"))
    if "base" in case:
        assert q.base_value == pytest.approx(case["base"])
        assert q.base_unit == case.get("base_unit", "")
    elif case.get("value") is not None:
        assert q.base_value == pytest.approx(case["value"])


@pytest.mark.parametrize(("case", "said"), QUANTITIES, ids=[s for _, s in QUANTITIES])
def test_quantity(case: dict[str, Any], said: str) -> None:
    if case.get("whole", True):
        alone = quantity.parse(clean(said).text)
        assert alone is not None
        check(alone, case, said)
    text = clean(case["in"].replace("…", said, 1)).text
    found = [m.value for m in mentions(text, TODAY) if isinstance(m.value, Quantity)]
    assert len(found) == 1
    check(found[0], case, said)


@pytest.mark.parametrize(("expected", "said"), PERIODS, ids=[s for _, s in PERIODS])
def test_period(expected: str, said: str) -> None:
    alone = period.parse(said, TODAY)
    assert alone is not None
    assert alone.text == expected
    inside = [m.value for m in mentions(f"全市{said}完成产值3亿元", TODAY) if m.kind == "period"]
    assert [p.text for p in inside if isinstance(p, Period)] == [expected]


def test_relative_period_without_a_date_stays_open() -> None:
    assert [m.value for m in period.find("去年全市1至9月", None)] == [Open("去年"), Open("1至9月")]
    assert [m.value for m in period.find("2023年全市", None)] == [period.year(2023)]


@pytest.mark.parametrize(("case", "text"), COMPARISONS, ids=[t for _, t in COMPARISONS])
def test_comparison(case: dict[str, Any], text: str) -> None:
    found = [m.value for m in mentions(clean(text).text, TODAY) if isinstance(m.value, Comparison)]
    assert [(c.sort, c.direction, c.base) for c in found] == [(case["sort"], case["direction"], case["base"])]


@pytest.mark.parametrize(("case", "text"), ORDINALS, ids=[t for _, t in ORDINALS])
def test_ordinal(case: dict[str, Any], text: str) -> None:
    found = [m.value for m in mentions(text, TODAY)]
    assert [(o.value, o.bound) for o in found if isinstance(o, Ordinal)] == [(case["value"], case["bound"])]
    assert not any(isinstance(v, Quantity) for v in found)


@pytest.mark.parametrize("text", REFUSED)
def test_no_quantity(text: str) -> None:
    assert [m.text for m in mentions(text, TODAY) if isinstance(m.value, Quantity)] == []


@pytest.mark.parametrize(("text", "value"), [
    ("八千亿", 8e11), ("十二", 12), ("二十三", 23), ("一百零五", 105), ("三千二百", 3200), ("两万", 2e4),
    ("1,600", 1600), ("3.2亿", 3.2e8), ("九十五点三", 95.3), ("三五", None), ("甲", None),
])
def test_number(text: str, value: float | None) -> None:
    assert number.parse(text) == value


def test_mentions_of_one_kind_never_overlap() -> None:
    text = "".join(REFUSED) + "".join(t for _, t in COMPARISONS) + "".join(s for _, s in QUANTITIES)
    by_kind: dict[str, int] = {}
    for m in mentions(text, TODAY):
        assert m.text == text[m.start:m.end]
        assert m.start >= by_kind.get(m.kind, 0)
        by_kind[m.kind] = m.end


def test_floor_of_the_corpora() -> None:
    assert len(QUANTITIES) >= 70
    assert len(PERIODS) >= 45
    assert len(COMPARISONS) >= 20
    assert len(REFUSED) >= 30


@pytest.mark.parametrize("text", ["保持20%以上年均增速", "保持在90%以上年度目标之上"])
def test_above_and_year_are_two_words(text: str) -> None:
    assert [m.text for m in mentions(text) if m.kind == "period"] == []
