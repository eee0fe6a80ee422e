"""Facts as the lines that ``nqi extract`` writes: one JSON object a fact, no graph needed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from loaders.facts import EntityFact, Fact, ObservationFact, RelationFact, Thing
from ontology.model import Ontology

Line = dict[str, object]


def extract_lines(facts: Iterable[Fact], ontology: Ontology, document: str) -> Iterator[str]:
    """JSON lines in the order of the facts; a fact said twice in one document is one line.

    Classes and relations have the names that the ontology gives for extraction; what has
    none there is no line.
    """
    doc = PurePosixPath(document).name
    told: set[str] = set()
    for fact in _jointly(facts):
        line = extract_line(fact, ontology, doc)
        if line is None:
            continue
        key = json.dumps({k: v for k, v in line.items() if k != "quote"}, ensure_ascii=False)
        if key not in told:
            told.add(key)
            yield json.dumps(line, ensure_ascii=False)


def extract_line(fact: Fact, ontology: Ontology, doc: str) -> Line | None:
    """One fact as the object that its line holds."""
    match fact:
        case EntityFact():
            cls = _class(fact.entity, ontology)
            if not cls:
                return None
            return {
                "doc": doc,
                "type": "entity",
                "name": _name(fact.entity),
                "entity_type": cls,
                "quote": fact.quote,
            }
        case RelationFact():
            relation = ontology.relations.get(fact.relation)
            if relation is None or not relation.extract_name or fact.polarity != "stated":
                return None
            line: Line = {
                "doc": doc,
                "type": "relation",
                "subject": _name(fact.subject),
                "subject_type": _class(fact.subject, ontology),
                "predicate": relation.extract_name,
                "object": _name(fact.object),
                "object_type": _class(fact.object, ontology),
            }
            line.update({k: v for k, v in fact.qualifiers.items() if v})
            line["quote"] = fact.quote
            return line
        case ObservationFact():
            return _observation(fact, ontology, doc)


def _jointly(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Party and government issue as one (中共中央、国务院; 省委、省政府): one line for both."""
    held: Fact | None = None
    for fact in facts:
        joint = _joint(held, fact) if held is not None else None
        if held is not None and joint is None:
            yield held
        held = joint or fact
    if held is not None:
        yield held


def _joint(left: Fact, right: Fact) -> Fact | None:
    match left, right:
        case EntityFact(), EntityFact() if left.passage == right.passage:
            both = _both(left.entity, right.entity)
            return replace(left, entity=both, quote=left.quote) if both is not None else None
        case RelationFact(), RelationFact() if (left.relation, left.quote) == (right.relation, right.quote):
            both = _both(left.object, right.object)
            if both is not None and left.subject == right.subject and both.name in left.quote:
                return replace(left, object=both)
    return None


def _both(left: Thing, right: Thing) -> Thing | None:
    if left.cls != right.cls or left.cls != "Institution":
        return None
    central = (left.name, right.name) == ("中共中央", "国务院")
    if central or (left.name.endswith("委") and right.name == left.name.removesuffix("委") + "政府"):
        return replace(left, name=f"{left.name}、{right.name}", mention="", aliases=())
    return None


def _observation(fact: ObservationFact, ontology: Ontology, doc: str) -> Line:
    quantity, period = fact.quantity, fact.period
    value: object = fact.text
    if quantity is not None:
        value = quantity.value
        if value is None:
            value = f"{_number(quantity.low)}至{_number(quantity.high)}"
        elif quantity.value is not None and quantity.value == int(quantity.value):
            value = int(quantity.value)
    line: Line = {
        "doc": doc,
        "type": "observation",
        # several things that have one figure together are named together
        "subject": fact.scope.get("对象") or _name(fact.subject),
        "subject_type": _class(fact.subject, ontology),
        "metric": fact.metric,
        "year": period.end.year if period is not None else None,
        "value": value,
        "unit": quantity.unit if quantity is not None else "",
        "kind": fact.kind,
    }
    if quantity is not None and quantity.bound != "=":
        line["op"] = quantity.bound
    if period is not None:
        line["period"] = period.text
    if fact.scope:
        line["scope"] = dict(sorted(fact.scope.items()))
    line["quote"] = fact.quote
    return line


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _class(thing: Thing, ontology: Ontology) -> str:
    cls = ontology.classes.get(thing.cls)
    return cls.extract_name if cls is not None else ""


def _name(thing: Thing) -> str:
    """The fullest name that the document gives: 株洲市轨道交通产业链 rather than 轨道交通."""
    longer = [a for a in thing.aliases if thing.name in a]
    return max(longer, key=len, default=thing.name)
