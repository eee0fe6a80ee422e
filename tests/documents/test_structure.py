"""What a document's structure states, against the real ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from loaders.documents.read import document_from_text
from loaders.documents.structure import structure_facts
from loaders.facts import EntityFact, Fact, ObservationFact, RelationFact
from ontology.read import load_ontology

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
CASES: list[dict[str, object]] = yaml.safe_load((CORPUS / "structure.yaml").read_text("utf-8"))
#: relations that say where in its document a part stands: too many to list
_PLACES = ("IN_DOCUMENT", "IN_SECTION", "PART_OF")


def facts_of(text: object) -> list[Fact]:
    return structure_facts(document_from_text(str(text).replace("⇥", "\t"), "a.txt"), load_ontology())


def shown(fact: Fact) -> str:
    if isinstance(fact, RelationFact):
        said = [f"{k}={v}" for k, v in fact.qualifiers.items()]
        return " ".join([fact.subject.name, fact.relation, fact.object.name, *said])
    if isinstance(fact, EntityFact):
        found = fact.attributes
        if fact.entity.cls == "Criterion":
            return (
                f"Criterion {found['number']} {fact.entity.name} {found['points_low']}-{found['points_high']}"
            )
        said = [f"{k}={found[k]}" for k in ("begins", "ends") if k in found]
        return " ".join([fact.entity.cls, fact.entity.name, *said])
    q = fact.quantity
    value = f"{q.bound}{q.value}{q.unit}" if q else fact.text
    period = fact.period.text if fact.period else ""
    return " ".join(
        [
            fact.subject.name,
            fact.metric,
            period,
            fact.kind,
            value,
            *(f"{k}={v}" for k, v in fact.scope.items()),
        ]
    )


@pytest.mark.parametrize("case", CASES, ids=[str(c["name"]) for c in CASES])
def test_facts(case: dict[str, object]) -> None:
    facts = [f for f in facts_of(case["text"]) if not (isinstance(f, RelationFact) and f.relation in _PLACES)]
    if "rubric" in str(case["name"]):
        facts = [f for f in facts if isinstance(f, EntityFact)]
    assert sorted(map(shown, facts)) == sorted(map(str, case["facts"]))  # type: ignore[call-overload]


def test_points_are_observations_too() -> None:
    case = next(c for c in CASES if "rubric" in str(c["name"]))
    points = [f for f in facts_of(case["text"]) if isinstance(f, ObservationFact)]
    first = next(f for f in points if f.subject.name == "机制初步建立")
    assert first.quantity is not None
    assert (first.quantity.low, first.quantity.high, first.quantity.unit) == (1, 7, "分")
    assert first.scope == {"评价内容": "机制"}


def test_a_policy_with_number_and_issuer() -> None:
    text = "# 安徽省市场监督管理局文件\n\n皖市监〔2022〕8号\n\n# 安徽省认证提升方案\n\n一、要求\n\n坚持。\n"
    facts = [f for f in facts_of(text) if not (isinstance(f, RelationFact) and f.relation in _PLACES)]
    numbered = next(f for f in facts if isinstance(f, EntityFact) and "number" in f.attributes)
    assert numbered.entity.name == "安徽省认证提升方案"
    assert numbered.attributes["number"] == "皖市监〔2022〕8号"
    assert numbered.quote.strip() == "皖市监〔2022〕8号"
    issued = [f for f in facts if isinstance(f, RelationFact)]
    assert {(f.subject.cls, f.relation, f.object.name) for f in issued} == {
        ("Policy", "ISSUED_BY", "安徽省市场监督管理局"),
        ("Document", "ISSUED_BY", "安徽省市场监督管理局"),
    }


@pytest.mark.parametrize("text", ["甲\t乙\n1\t2\n", "产值(分)\t3\n", "名称\t2020年\n甲\t3\n", "一行(3分)\n"])
def test_other_tables_state_nothing(text: str) -> None:
    assert facts_of(text) == []


@pytest.mark.parametrize("case", CASES, ids=[str(c["name"]) for c in CASES])
def test_quotes_are_real(case: dict[str, object]) -> None:
    text = str(case["text"]).replace("⇥", "\t")
    document = document_from_text(text, "a.txt")
    references = {document.reference(p) for p in document.passages}
    for fact in structure_facts(document, load_ontology()):
        assert fact.quote in text
        assert fact.passage in references
