"""Facts as lines for other programs: what ``nqi extract`` writes (docs/contract.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.store import Progress
from loaders.documents.joint_issuers import jointly
from loaders.extract_files import extract_paths
from loaders.facts import EntityFact, Fact, ObservationFact, Rejection, RelationFact
from ontology.lexicon.mention import Period
from ontology.model import Ontology

#: value kinds that the lines call otherwise: a gap beside something is a change, a place in a list a level
_KINDS = {"comparison": "change", "rank": "actual"}

#: 同比下降2.4%, 增长-2.4%: a growth below zero; 缩短40% is told by how much it is less
_FALLS = re.compile(r"(?!.*(?:缩短|降低|压缩|节约|节省))(?:.*(?:下降|回落|下滑|负增长|[-−－]\d))", re.DOTALL)


def facts_of(
    paths: Sequence[Path], progress: Progress, ontology: Ontology, mapping: Sequence[Path] | None = None
) -> Iterator[dict[str, object] | Rejection]:
    """Every fact under ``paths`` as an object, and every rejection as it is."""
    for number, (document, facts, rejections) in enumerate(extract_paths(paths, ontology, mapping), 1):
        progress(number, number, document)
        yield from rejections
        for fact in jointly(facts):
            yield fact_json(document, fact, ontology)


def fact_json(document: str, fact: Fact, ontology: Ontology) -> dict[str, object]:
    """One fact: classes and relations by the names that the ontology gives for this purpose."""
    if isinstance(fact, EntityFact):
        return {
            "doc": document,
            "type": "entity",
            "name": fact.entity.name,
            "entity_type": class_name(fact.entity.cls, ontology),
            "subtype": fact.entity.subtype or None,
            "quote": fact.quote,
        }
    if isinstance(fact, RelationFact):
        return {
            "doc": document,
            "type": "relation",
            "subject": fact.subject.name,
            "subject_type": class_name(fact.subject.cls, ontology),
            "predicate": relation_name(fact.relation, ontology),
            "object": fact.object.name,
            "object_type": class_name(fact.object.cls, ontology),
            "polarity": fact.polarity,
            "qualifiers": dict(fact.qualifiers),
            "quote": fact.quote,
        }
    return _observation(document, fact, ontology)


def _observation(document: str, fact: ObservationFact, ontology: Ontology) -> dict[str, object]:
    quantity = fact.quantity
    value: float | str | None = fact.text or None
    if quantity is not None:
        value = quantity.value
        if value is None and quantity.low is not None and quantity.high is not None:
            value = f"{quantity.low:g}至{quantity.high:g}"
    unit = quantity.unit if quantity else ""
    if unit == "成" and quantity is not None and quantity.value is not None:
        value, unit = quantity.base_value, quantity.base_unit  # 三成: 30 %
    fallen = fact.kind == "change" and fact.scope.get("方向") == "下降" and _FALLS.search(fact.quote)
    if fallen and isinstance(value, float):
        value = -value
    return {
        "doc": document,
        "type": "observation",
        # several things that have one figure together are named together
        "subject": fact.scope.get("对象") or fact.subject.name,
        "subject_type": class_name(fact.subject.cls, ontology),
        "metric": fact.metric,
        "year": year(fact.period),
        "period": fact.period.text if fact.period else None,
        "value": value,
        "unit": unit,
        "kind": _KINDS.get(fact.kind, fact.kind),
        "value_kind": fact.kind,
        "op": quantity.bound if quantity else "=",
        "scope": dict(fact.scope),
        "quote": fact.quote,
    }


def class_name(cls: str, ontology: Ontology) -> str:
    """``Cluster`` → ``chain``, ``Enterprise`` → ``enterprise``."""
    known = ontology.classes.get(cls)
    return (known.extract_name if known else "") or cls.lower()


def relation_name(relation: str, ontology: Ontology) -> str:
    """``LEADS`` → ``leads_chain``; a relation without a name of its own in lower case."""
    known = ontology.relations.get(relation)
    return (known.extract_name if known else "") or relation.lower()


def year(period: Period | None) -> int | None:
    """The year that a period lies in or ends with.

    >>> from datetime import date
    >>> year(Period("2021/2025", date(2021, 1, 1), date(2025, 12, 31)))
    2025
    """
    return period.end.year if period else None
