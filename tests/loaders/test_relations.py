"""Entities and relations in prose: each phrasing of the corpus, quotes, and the lines of extraction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.documents.document import Document
from loaders.documents.joint_issuers import jointly
from loaders.documents.read import document_from_text
from loaders.documents.relation_rules import rules
from loaders.documents.relations import relations
from loaders.facts import EntityFact, RelationFact
from ontology.model import Ontology
from ontology.read import load_ontology

CORPUS = Path(__file__).parents[1] / "corpus" / "relations"
CASES: list[dict[str, Any]] = [
    case
    for file in sorted(CORPUS.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def _document(text: str) -> Document:
    return document_from_text(text, "x.txt")


def _matches(line: str, fact: RelationFact) -> bool:
    subject, relation, thing, *more = (part.strip() for part in line.split("|"))
    if (subject, relation, thing) != (fact.subject.name, fact.relation, fact.object.name):
        return False
    qualifiers = dict(m.split("=") for m in more if "=" in m)
    return fact.polarity == ("denied" if "denied" in more else "stated") and all(
        fact.qualifiers.get(k) == v for k, v in qualifiers.items()
    )


def test_no_case_was_lost() -> None:
    assert len(CASES) >= 48


@pytest.mark.parametrize("case", CASES, ids=[c["title"] for c in CASES])
def test_prose(case: dict[str, Any], ontology: Ontology) -> None:
    found = [f for f in relations(_document(case["text"]), ontology) if isinstance(f, RelationFact)]
    shown = [
        f"{f.subject.name} | {f.relation} | {f.object.name} | {f.polarity} {dict(f.qualifiers)}"
        for f in found
    ]
    for line in case["facts"]:
        assert any(_matches(line, f) for f in found), (line, shown)
    listed = [*case["facts"], *case.get("allowed", ())]
    for fact in found:
        if fact.relation in case.get("only", ()):
            assert any(_matches(line, fact) for line in listed), shown


@pytest.mark.parametrize("case", CASES, ids=[c["title"] for c in CASES])
def test_quotes_and_references(case: dict[str, Any], ontology: Ontology) -> None:
    document = _document(case["text"])
    spans = {f"x.txt#{p.start}-{p.end}" for p in document.passages}
    for fact in relations(document, ontology):
        assert fact.quote
        assert fact.quote in document.text
        assert fact.passage in spans


def test_every_rule_has_its_own_name_and_a_relation_of_the_ontology(ontology: Ontology) -> None:
    names = [r.name for r in rules(ontology)]
    assert len(names) == len(set(names))
    assert {r.relation for r in rules(ontology)} <= set(ontology.relations)


def test_rules_are_typed_by_the_ontology(ontology: Ontology) -> None:
    for case in CASES:
        for fact in relations(_document(case["text"]), ontology):
            if isinstance(fact, RelationFact):
                relation = ontology.relations[fact.relation]
                assert fact.subject.cls in relation.domain
                assert fact.object.cls in relation.range


def test_a_county_office_has_the_place_of_its_document(ontology: Ontology) -> None:
    document = _document("澧县质量强县实施方案\n\n全县质量工作由县发改局、县市场监管局牵头。")
    places = {
        f.entity.name: f.entity.place for f in relations(document, ontology) if isinstance(f, EntityFact)
    }
    assert places["县发改局"] == "430723"
    assert places["县市场监管局"] == "430723"


def test_a_chain_carries_the_place_that_its_name_states(ontology: Ontology) -> None:
    facts = relations(_document("株洲轨道交通装备产业链发展很快。"), ontology)
    (chain,) = (f.entity for f in facts if isinstance(f, EntityFact) and f.entity.cls == "Chain")
    assert (chain.name, chain.place, chain.aliases) == ("轨道交通装备", "430200", ("株洲轨道交通装备产业链",))


def test_a_generic_platform_is_that_of_its_region(ontology: Ontology) -> None:
    facts = relations(_document("株洲市已建成4个质量基础设施“一站式”服务平台。"), ontology)
    (fact,) = (f for f in facts if isinstance(f, RelationFact) and f.relation == "HAS_PLATFORM")
    assert (fact.object.place, fact.object.subtype) == ("430200", "one_stop")


def test_document_number(ontology: Ontology) -> None:
    facts = relations(_document("《质量强链若干措施》(湘市监质〔2024〕6号)已公布。"), ontology)
    (policy,) = (f for f in facts if isinstance(f, EntityFact) and f.entity.cls == "Policy")
    assert policy.attributes == {"document_number": "湘市监质〔2024〕6号"}


def test_party_and_government_are_one_line(ontology: Ontology) -> None:
    document = _document("落实中共中央、国务院印发的《质量纲要》,省市场监管局、省财政厅印发《若干措施》。")
    facts = jointly(relations(document, ontology))
    issuers = [f.object.name for f in facts if isinstance(f, RelationFact) and f.relation == "ISSUED_BY"]
    assert issuers == ["中共中央、国务院", "省市场监管局", "省财政厅"]
