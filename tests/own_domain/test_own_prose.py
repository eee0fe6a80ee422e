"""Prose about things of a user's own ontology: one case a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from loaders.documents.own_things import own_facts
from loaders.documents.read import document_from_text
from loaders.facts import EntityFact, ObservationFact, RelationFact
from ontology.read import load_ontology

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = yaml.safe_load((CORPUS / "own_prose" / "sentences.yaml").read_text("utf-8"))
ONTOLOGY = CORPUS / "own_domain" / "reserves.ttl"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_sentence(case: dict[str, object]) -> None:
    document = document_from_text(str(case["text"]), "a.md")
    facts = own_facts(document, load_ontology([ONTOLOGY]))
    things = [
        f"{f.entity.cls}{'/' if f.entity.subtype else ''}{f.entity.subtype} {f.entity.name}"
        for f in facts if isinstance(f, EntityFact)
    ]
    relations = [
        f"{f.subject.name} {f.relation} {f.object.name}" for f in facts if isinstance(f, RelationFact)
    ]
    figures = [
        f"{f.subject.name} {f.metric} {f.period.text} {f.quantity.value:g}{f.quantity.unit}"
        for f in facts if isinstance(f, ObservationFact) and f.period and f.quantity and f.quantity.value
    ]
    assert things == case.get("things", [])
    assert sorted(relations) == sorted(case.get("relations", []))  # type: ignore[call-overload]
    assert sorted(figures) == sorted(case.get("figures", []))  # type: ignore[call-overload]
    assert all(f.quote in document.text for f in facts)


def test_without_an_ontology_of_ones_own_nothing_is_read() -> None:
    for case in CASES:
        assert own_facts(document_from_text(case["text"], "a.md"), load_ontology()) == []


def test_floor() -> None:
    assert len(CASES) >= 10
