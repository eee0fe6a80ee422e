"""Sets of entities: as a condition on a variable, and as clauses that bind one.

A set is a *condition* over a variable that already has its labels; the clauses that bind the
variable start from the most selective end, an Entity by its id, and fall back to all nodes
of the labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ontology.errors import UnsupportedForm
from ontology.model import Ontology, Relation, Step
from ontology.structure import ABOUT, MEASURES, METRIC, OBSERVATION, PART_OF
from queries import logical_form as lf
from queries.check import classes_of, datatype
from queries.compile.observed import innermost, observed
from queries.compile.text import Clause, Names, any_of, exists, grouped, labelled, quote, step, variable_for
from queries.terms import across, alternatives, ends, narrower_subtypes, place_paths, places

#: steps of PART_OF that are followed upwards; village to country is five
REACH: Final = 6


@dataclass(frozen=True)
class Sets:
    """Compiles the sets of one statement. ``relaxed`` leaves out Within: whatever a source
    says of a thing holds, wherever the other end is placed."""

    ontology: Ontology
    names: Names
    relaxed: bool = False

    # ---- clauses ------------------------------------------------------------

    def bind(self, form: lf.EntitySet, variable: str, classes: frozenset[str] | None = None) -> list[Clause]:
        """Clauses that bind ``variable`` to the things of ``form`` (of ``classes``)."""
        own = classes_of(form, self.ontology)
        classes = own if classes is None else own & classes
        if isinstance(form, lf.Entity):
            return [Clause(self._node(form, variable, classes))]
        if isinstance(form, lf.Both):
            left, right = form.left, form.right
            if self._selective(right) > self._selective(left):
                left, right = right, left
            return self._narrowed(left, variable, classes, self.condition(right, variable, classes))
        if isinstance(form, lf.Within) and (path := self._one_path(form, classes)):
            own_labels = labelled(classes)
            pattern, more = self.path_to_place(form.place, path, variable, classes, first=own_labels)
            return [Clause(pattern, [*self.condition(form.source, variable, classes), *more])]
        if isinstance(form, lf.Where | lf.Within | lf.Except):
            return self._narrowed(form.source, variable, classes, self._layer(form, variable, classes))
        if isinstance(form, lf.Follow) and self._selective(form):
            near = classes_of(form.source, self.ontology)
            (hop,) = self._hops(form, near, classes)
            source = variable_for(near, self.names)
            clauses = self.bind(form.source, source)
            relation = self.ontology.relations[hop.relation]
            link, conditions = self.link(form, relation, hop)
            pattern = f"({source}){link}({variable}{labelled(classes)})"
            return [*clauses, Clause(pattern, conditions)]
        return [Clause(f"({variable}{labelled(classes)})", self.condition(form, variable, classes))]

    def _one_path(self, form: lf.Within, classes: frozenset[str]) -> tuple[Step, ...]:
        """The way to the place where there is only one and the place is the selective end: then
        it is a MATCH, which the embedded engine runs ten times as fast as EXISTS with a path
        of variable length (measured with 20 000 firms)."""
        if self.relaxed or not isinstance(form.place, lf.Entity) or self._selective(form.source):
            return ()
        ways = {way for cls in classes for way in place_paths(self.ontology, cls)}
        shared = all(len(place_paths(self.ontology, cls)) == 1 for cls in classes)
        return next(iter(ways)) if shared and len(ways) == 1 else ()

    def _narrowed(
        self, source: lf.EntitySet, variable: str, classes: frozenset[str], more: list[str]
    ) -> list[Clause]:
        clauses = self.bind(source, variable, classes)
        clauses[-1].conditions += more
        return clauses

    def _selective(self, form: lf.EntitySet) -> int:
        """How few things the clauses of ``form`` start from; 0 is all of a label."""
        if isinstance(form, lf.Entity):
            return 3
        if isinstance(form, lf.Both):
            return max(self._selective(form.left), self._selective(form.right))
        if isinstance(form, lf.Where | lf.Within | lf.Except):
            return self._selective(form.source)
        if isinstance(form, lf.Follow) and self._selective(form.source):
            own = classes_of(form, self.ontology)
            return 2 if len(self._hops(form, classes_of(form.source, self.ontology), own)) == 1 else 0
        return 0

    # ---- conditions ---------------------------------------------------------

    def condition(self, form: lf.EntitySet, variable: str, classes: frozenset[str]) -> list[str]:
        """What must hold, all of it, for ``variable``, known to be of ``classes``, to be in the
        set; [] where it always is."""
        if isinstance(form, lf.Entity):
            return [f"{variable}.id = {self._id(form)}"]
        if isinstance(form, lf.Instances):
            found = classes_of(form, self.ontology)
            conditions = [] if classes <= found else [self._of_class(variable, found)]
            if form.subtype:
                wanted = self.names.value(form.subtype, list(narrower_subtypes(self.ontology, form.subtype)))
                conditions.append(f"{variable}.subtype IN {wanted}")
            return conditions
        if isinstance(form, lf.Both):
            return [c for side in (form.left, form.right) for c in self.condition(side, variable, classes)]
        if isinstance(form, lf.Either):
            sides = [self.condition(side, variable, classes) for side in (form.left, form.right)]
            return [any_of([grouped(side) for side in sides])] if all(sides) else []
        if isinstance(form, lf.Follow):
            return self._followed(form, variable, classes)
        if isinstance(form, lf.Subjects):
            return self._observed(form.source, variable)
        if isinstance(form, lf.Qualifying):
            return self._qualifying(form, variable, classes)
        if isinstance(form, lf.Whereabouts):
            choices = [
                exists(*self.path_from(form.source, path, of, variable)) for path, of in self.ways(form)
            ]
            return [any_of(choices)] if choices else ["false"]
        return self.condition(form.source, variable, classes) + self._layer(form, variable, classes)

    def _layer(
        self, form: lf.Where | lf.Within | lf.Except, variable: str, classes: frozenset[str]
    ) -> list[str]:
        """What ``form`` asks beyond its source."""
        if isinstance(form, lf.Where):
            return [self._compared(form, variable, classes)]
        if isinstance(form, lf.Within):
            return [] if self.relaxed else [self._placed(form, variable, classes)]
        excluded = self.condition(form.excluded, variable, classes)
        return [f"NOT {grouped(excluded)}" if excluded else "false"]

    def _followed(self, form: lf.Follow, variable: str, classes: frozenset[str]) -> list[str]:
        near = classes_of(form.source, self.ontology)
        choices = []
        for hop in self._hops(form, near, classes):
            source = variable_for(near, self.names)
            relation = self.ontology.relations[hop.relation]
            start, _ = ends(self.ontology, relation, hop.direction)
            back = Step(hop.relation, "in" if hop.direction == "out" else "out")
            link, conditions = self.link(form, relation, back)
            node, more = self.node(form.source, source, near & start)
            choices.append(exists(f"({variable}){link}{node}", conditions + more))
        if not choices:
            return ["false"]
        found = classes_of(form, self.ontology)
        guard = [self._of_class(variable, found)] if form.cls and not classes <= found else []
        return [*guard, any_of(choices)]

    def _hops(self, form: lf.Follow, near: frozenset[str], far: frozenset[str]) -> list[Step]:
        """The steps that lead from ``near`` to ``far`` and know the qualifiers asked for."""
        relation = self.ontology.relations[form.relation]
        hops = []
        for hop in alternatives(relation, form.direction):
            known = self.ontology.relations[hop.relation]
            reached = across(self.ontology, known, hop.direction, near)
            if reached & far and all(name in known.qualifiers for name, _, _ in form.where):
                hops.append(hop)
        return hops

    def link(self, form: lf.Follow | lf.GroupBy, relation: Relation, hop: Step) -> tuple[str, list[str]]:
        """The pattern of a stated relationship that ``form`` follows, and its qualifiers."""
        variable = self.names.variable("link") if form.where else ""
        link = step(hop.relation, hop.direction, variable=variable, symmetric=relation.symmetric)
        return link, self.qualified(form, relation, variable)

    def qualified(self, form: lf.Follow | lf.GroupBy, relation: Relation, variable: str) -> list[str]:
        """The qualifiers of the relationship ``variable`` that ``form`` asks for."""
        conditions = []
        for name, op, text in form.where:
            number = "int" in relation.qualifiers.get(name, "").lower()
            try:
                value: object = int(text) if number and op != "contains" else text
            except ValueError as error:
                raise UnsupportedForm(f"{name} is a number, {text!r} is none", where="Follow") from error
            conditions.append(f"{variable}.{quote(name)} {_op(op)} {self.names.value(name, value)}")
        return conditions

    def _placed(self, form: lf.Within, variable: str, classes: frozenset[str]) -> str:
        by_path: dict[tuple[Step, ...], set[str]] = {}
        for cls in sorted(classes):
            for path in place_paths(self.ontology, cls):
                by_path.setdefault(path, set()).add(cls)
        choices = []
        for path, of in by_path.items():
            at, conditions = self.path_to_place(form.place, path, variable, frozenset(of))
            found = exists(at, conditions)
            if not of >= classes:
                found = grouped([self._of_class(variable, frozenset(of)), found])
            choices.append(found)
        return any_of(choices)

    def path_to_place(
        self, place: lf.EntitySet, path: tuple[Step, ...], variable: str, classes: frozenset[str],
        *, first: str = "",
    ) -> tuple[str, list[str]]:
        """``(x)-[…]->(y)-[:PART_OF*0..6]->(place)``

        No two hops meet at a node of several labels (architecture §6): the way goes on in a condition."""
        target = classes_of(place, self.ontology) & places(self.ontology)
        upwards = path[-1:] == (Step(PART_OF, "out"),)
        pattern = f"({variable}{first})"
        at = classes
        hops = path[:-1] if upwards else path
        for i, hop in enumerate(hops):
            relation = self.ontology.relations[hop.relation]
            far = at = across(self.ontology, relation, hop.direction, at)
            last = i == len(path) - 1
            far = far & places(self.ontology) if last else far
            pattern += step(hop.relation, hop.direction, symmetric=relation.symmetric)
            node = self.names.variable("place") if last else variable_for(far, self.names)
            pattern += f"({node}{labelled(far)})"
            if len(far) > 1 and i + 1 < len(hops):
                return pattern, [exists(*self.path_to_place(place, path[i + 1 :], node, far))]
        node, conditions = self.node(place, variable_for(target, self.names), target)
        pattern += step(PART_OF, "out", reach=f"*1..{REACH}" if upwards else f"*0..{REACH}") + node
        return pattern, conditions

    def ways(self, form: lf.Whereabouts) -> list[tuple[tuple[Step, ...], frozenset[str]]]:
        """The paths from things of the source to their places, with the classes that go each."""
        by_path: dict[tuple[Step, ...], set[str]] = {}
        for cls in sorted(classes_of(form.source, self.ontology)):
            for path in place_paths(self.ontology, cls):
                by_path.setdefault(path, set()).add(cls)
        return [(path, frozenset(of)) for path, of in by_path.items()]

    def path_from(
        self, source: lf.EntitySet, path: tuple[Step, ...], of: frozenset[str], place: str, *,
        made_by: str = "", ends: tuple[str, str] = ("", ""),
    ) -> tuple[str, list[str]]:
        """``(x)-[…]->(y)-[:PART_OF*0..6]->(place)`` from things of ``source``; ``made_by`` names
        the first relationship and ``ends`` the two things that it joins."""
        start = ends[0] or variable_for(of, self.names)
        pattern, conditions = self.node(source, start, of)
        if ends[0]:  # named, though nothing restricts it
            pattern = f"({start}{labelled(of)})"
            conditions = self.condition(source, start, of)
        way, more = self._onward(path, of, place, made_by, ends[1])
        return f"{pattern}{way}", [*conditions, *more]

    def _onward(
        self, path: tuple[Step, ...], at: frozenset[str], place: str, made_by: str = "", end: str = ""
    ) -> tuple[str, list[str]]:
        """The hops to the place, behind a node of the classes ``at``."""
        upwards = path[-1:] == (Step(PART_OF, "out"),)
        hops = path[:-1] if upwards else path
        pattern = ""
        for i, hop in enumerate(hops):
            relation = self.ontology.relations[hop.relation]
            at = across(self.ontology, relation, hop.direction, at)
            named = "" if i else made_by
            link = step(hop.relation, hop.direction, variable=named, symmetric=relation.symmetric)
            node = end if end and not i else variable_for(at, self.names)
            pattern += f"{link}({node}{labelled(at)})"
            if len(at) > 1 and i + 1 < len(hops):
                way, more = self._onward(path[i + 1 :], at, place)
                return pattern, [exists(f"({node}){way}", more)]
        reach = f"*1..{REACH}" if upwards else f"*0..{REACH}"
        return f"{pattern}{step(PART_OF, 'out', reach=reach)}({place})", []

    def _compared(self, form: lf.Where, variable: str, classes: frozenset[str]) -> str:
        kind = datatype(form.property, classes, self.ontology)
        field = f"{variable}.{quote(form.property)}"
        if form.property == "subtype" and form.op in ("=", "!="):
            wanted = self.names.value("subtypes", list(narrower_subtypes(self.ontology, str(form.value))))
            return f"{field} IN {wanted}" if form.op == "=" else f"NOT {field} IN {wanted}"
        value = self.names.value(form.property, form.value)
        if kind == "strings":
            return f"NOT {value} IN {field}" if form.op == "!=" else f"{value} IN {field}"
        return f"{field} {_op(form.op)} {value}"

    def _observed(self, form: lf.ObservationSet, variable: str) -> list[str]:
        subject = innermost(form)
        observation, metric = self.names.variable("observation"), self.names.variable("metric")
        pattern = (f"({variable})<-[:{ABOUT}]-({observation}:{OBSERVATION})"
                   f"-[:{MEASURES}]->({metric}:{METRIC})")
        conditions = observed(form, observation, variable, metric, self.ontology, self.names)
        if isinstance(subject, lf.Recorded):
            return [exists(pattern, conditions)]
        known = classes_of(subject.subject, self.ontology)
        return [*self.condition(subject.subject, variable, known), exists(pattern, conditions)]

    def _qualifying(self, form: lf.Qualifying, variable: str, classes: frozenset[str]) -> list[str]:
        """By name: a qualifier holds the words of the source, not an id."""
        relation = self.ontology.relations[form.relation]
        domain, range_ = ends(self.ontology, relation, "out")
        choices = []
        # two subqueries: with OR inside one that is joined by values alone, the embedded engine
        # finds nothing at all
        for named in (f"= {variable}.name", f"IN {variable}.aliases"):
            link = self.names.variable("link")
            hop = step(form.relation, "out", variable=link)
            said = f"{link}.{quote(form.qualifier)}"
            choices.append(exists(f"({labelled(domain)}){hop}({labelled(range_)})", [f"{said} {named}"]))
        return [*self.condition(lf.Instances(form.cls), variable, classes), any_of(choices)]

    # ---- nodes --------------------------------------------------------------

    def node(self, form: lf.EntitySet, variable: str, classes: frozenset[str]) -> tuple[str, list[str]]:
        """A node pattern for a thing of ``form``, and what must hold besides."""
        if isinstance(form, lf.Entity):
            return self._node(form, "", classes), []
        conditions = self.condition(form, variable, classes)
        return f"({variable if conditions else ''}{labelled(classes)})", conditions

    def _node(self, form: lf.Entity, variable: str, classes: frozenset[str]) -> str:
        return f"({variable}{labelled(classes)} {{id: {self._id(form)}}})"

    def _id(self, form: lf.Entity) -> str:
        return self.names.value(f"{form.id.partition(':')[0]}_id", form.id)

    def _of_class(self, variable: str, classes: frozenset[str]) -> str:
        return f"{variable}.class IN {self.names.value('classes', sorted(classes))}"



def _op(op: lf.Op) -> str:
    return {"!=": "<>", "contains": "CONTAINS"}.get(op, op)

