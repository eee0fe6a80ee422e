"""What the sets of entities and observations denote, computed over the facts themselves:
no Cypher, no compiler, only the definitions of the contract (§2)."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.model import Ontology, Step
from ontology.structure import PART_OF, STATED
from queries import logical_form as lf
from queries.period import bounds
from tests.small_graph import Link, Seen, SmallGraph


class Evaluator:
    def __init__(self, graph: SmallGraph, ontology: Ontology) -> None:
        self.graph = graph
        self.ontology = ontology

    def entities(self, form: lf.EntitySet) -> set[str]:
        everything = set(self.graph.nodes)
        match form:
            case lf.Entity(node):
                return {node} & everything
            case lf.Instances(cls, subtype):
                return {
                    n.id for n in self.graph.nodes.values()
                    if n.cls == cls and (not subtype or self._is_a(n.subtype, subtype))
                }
            case lf.Follow():
                return self._follow(form)
            case lf.Where():
                return {i for i in self.entities(form.source) if self._holds(i, form)}
            case lf.Within(source, place):
                at = self.entities(place)
                return {i for i in self.entities(source) if self._places(i) & at}
            case lf.Both(left, right):
                return self.entities(left) & self.entities(right)
            case lf.Either(left, right):
                return self.entities(left) | self.entities(right)
            case lf.Except(source, excluded):
                return self.entities(source) - self.entities(excluded)
            case lf.Subjects(source):
                return {seen.subject for seen in self.observations(source)}
            case lf.Qualifying(cls, relation, qualifier):
                said = {x.qualifiers.get(qualifier) for x in self._stated(relation)}
                return {n.id for n in self.graph.nodes.values() if n.cls == cls and n.name in said}

    def observations(self, form: lf.ObservationSet) -> list[Seen]:
        if isinstance(form, lf.Compared):
            return [
                s for s in self.observations(form.source)
                if (not form.unit or s.properties["base_unit"] == form.unit)
                and _compares(s.properties["base_value"], form.op, form.value)
            ]
        subjects = self.entities(form.subject)
        alike = [s for s in self.graph.observations if s.subject in subjects and self._alike(s, form)]
        kept = []
        for seen in alike:
            same = [o for o in alike if (o.subject, o.metric) == (seen.subject, seen.metric)]
            if not form.period:
                if str(seen.properties["end"]) == max(str(o.properties["end"]) for o in same):
                    kept.append(seen)
            elif seen.properties["period"] == form.period:
                kept.append(seen)
            elif seen.properties["period"] and not any(o.properties["period"] == form.period for o in same):
                first, last = bounds(form.period) or ("", "")
                if first <= str(seen.properties["start"]) and str(seen.properties["end"]) <= last:
                    kept.append(seen)
        return kept

    def _alike(self, seen: Seen, form: lf.Observations) -> bool:
        p = seen.properties
        if form.metric and seen.metric != form.metric:
            return False
        if form.kind and p["value_kind"] != form.kind:
            return False
        if not form.kind and not form.period and p["value_kind"] == "target":
            return False
        return all(word in f"{p['metric']}\n{p['scope']}" for word in form.scope)

    def _follow(self, form: lf.Follow) -> set[str]:
        near = self.entities(form.source)
        relation = self.ontology.relations[form.relation]
        steps = [Step(form.relation, "out"), *relation.also]
        found = set()
        for step in steps:
            qualifiers = self.ontology.relations[step.relation].qualifiers
            if any(name not in qualifiers for name, _, _ in form.where):
                continue
            for link in self._stated(step.relation):
                subject, obj = link.source, link.target
                if step.direction != form.direction:
                    subject, obj = obj, subject
                if subject in near and all(
                    name in link.qualifiers and _compares(link.qualifiers[name], op, value)
                    for name, op, value in form.where
                ):
                    found.add(obj)
        return {i for i in found if not form.cls or self.graph.nodes[i].cls == form.cls}

    def _places(self, node: str) -> set[str]:
        """All places that a thing is of: the ends of the ontology's ways, and what they are part of."""
        known = self.ontology.classes[self.graph.nodes[node].cls]
        ways = [*known.placed_by]
        found: set[str] = set()
        for way in ways:
            ends = {node}
            for step in way:
                ends = {far for end in ends for far in self._step(end, step)}
            ends = {i for i in ends if self.ontology.classes[self.graph.nodes[i].cls].is_place}
            while ends:
                found |= ends
                ends = {far for end in ends for far in self._step(end, Step(PART_OF, "out"))} - found
        return found

    def _step(self, node: str, step: Step) -> Iterator[str]:
        for link in self._stated(step.relation):
            near, far = (link.source, link.target) if step.direction == "out" else (link.target, link.source)
            if near == node:
                yield far

    def _stated(self, relation: str) -> Iterator[Link]:
        return (x for x in self.graph.links if x.relation == relation and x.polarity == STATED)

    def _is_a(self, subtype: str, wanted: str) -> bool:
        while subtype:
            if subtype == wanted:
                return True
            subtype = self.ontology.subtypes[subtype].broader
        return False

    def _holds(self, node: str, form: lf.Where) -> bool:
        known = self.graph.nodes[node]
        value = {"name": known.name, "subtype": known.subtype}[form.property]
        return bool(value) and _compares(value, form.op, form.value)


def _compares(left: object, op: lf.Op, right: object) -> bool:
    if op == "contains":
        return str(right) in str(left)
    if isinstance(left, float) and isinstance(right, float):
        a: float | str = left
        b: float | str = right
    else:
        a, b = str(left), str(right)
    return {"=": a == b, "!=": a != b, ">": a > b, "<": a < b, ">=": a >= b, "<=": a <= b}[op]  # type: ignore[operator]
