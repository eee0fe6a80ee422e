"""Is a logical form well typed, and what does it denote?

>>> check(read("Count(Within(Instances(Chain), Entity(\\"region:430200\\")))"), load_ontology())
Denotation(kind='number', classes=frozenset())
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeGuard, get_args

from ontology.errors import IllTypedForm
from ontology.model import Ontology
from ontology.structure import ABOUT, METRIC, OBSERVATION, VALUE_KINDS
from queries import logical_form as lf
from queries.logical_form import LogicalForm
from queries.period import bounds
from queries.terms import across, alternatives, class_of, labels, place_paths, places

Kind = Literal["entities", "observations", "values", "number", "rows", "truth"]

#: properties that every node has (contract §2) and their datatype
COMMON_PROPERTIES: Final = {
    "id": "string", "name": "string", "class": "string", "subtype": "string", "code": "string",
    "aliases": "strings",
}
_NUMBERS: Final = frozenset(
    ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "decimal", "double", "float")
)


_WHOLE: Final[dict[type[object], Kind]] = {
    lf.Value: "values", lf.Rest: "number", lf.Count: "number", lf.Sum: "number", lf.Average: "number",
    lf.Exists: "truth", lf.Describe: "rows", lf.Cite: "rows", lf.Passages: "rows",
}


@dataclass(frozen=True)
class Denotation:
    """What a form denotes: things of ``classes``, observations (about things of
    ``classes``), values, a number, rows or a truth value."""

    kind: Kind
    classes: frozenset[str] = frozenset()


def check(form: LogicalForm, ontology: Ontology) -> Denotation:
    """What ``form`` denotes; IllTypedForm says what is wrong and where."""
    if isinstance(form, lf.Passages):
        return Denotation("rows")
    if is_entity_set(form):
        return Denotation("entities", classes_of(form, ontology))
    if isinstance(form, lf.ObservationSet):
        return Denotation("observations", _subjects(form, ontology))
    if isinstance(form, lf.Property):
        datatype(form.property, classes_of(form.source, ontology), ontology)
        return Denotation("values")
    if isinstance(form, lf.Qualifier):
        far = _reached(classes_of(form.source, ontology), form.relation, form.direction, ontology)
        if form.qualifier not in ontology.relations[form.relation].qualifiers:
            raise IllTypedForm(f"{form.relation} has no qualifier {form.qualifier!r}", where="Qualifier")
        if form.to is not None and not classes_of(form.to, ontology) & far:
            raise IllTypedForm(f"{form.relation} leads to none of {form.to}", where="Qualifier")
        return Denotation("values")
    if isinstance(form, lf.GroupBy):
        reached = _reached(classes_of(form.source, ontology), form.relation, form.direction, ontology)
        _qualified(form, ontology)
        return Denotation("rows", reached)
    if isinstance(form, lf.Least | lf.Most | lf.Top):
        if isinstance(form, lf.Top) and form.k < 1:
            raise IllTypedForm(f"the first {form.k} are nothing", where="Top")
        inner = check(form.source, ontology)
        return Denotation("rows" if inner.kind == "rows" else "observations", inner.classes)
    if isinstance(form, lf.Difference | lf.Ratio | lf.Shifted | lf.Attained):
        for side in sides(form):
            check(side, ontology)
        return Denotation("number")
    if isinstance(form, lf.Against):
        _operator(form.op)
        if form.op == "contains":
            raise IllTypedForm("a number contains nothing", where="Against")
        check(form.other, ontology)
        return Denotation("observations", _subjects(form.source, ontology))
    if isinstance(form, lf.Path):
        for end in (form.start, form.end):
            classes_of(end, ontology)
        if form.start == form.end:
            raise IllTypedForm(f"a way from {form.start.id} to itself", where="Path")
        return Denotation("rows")
    if isinstance(
        form, lf.Value | lf.Rest | lf.Count | lf.Sum | lf.Average | lf.Exists | lf.Describe | lf.Cite
    ):
        check(form.source, ontology)
        return Denotation(_WHOLE[type(form)])
    raise IllTypedForm(f"{type(form).__name__} is no form")


def sides(
    form: lf.Difference | lf.Ratio | lf.Shifted | lf.Attained
) -> tuple[lf.ObservationSet, lf.ObservationSet]:
    """The two sets of observations that are set against each other."""
    if isinstance(form, lf.Shifted):
        return form.level, form.gap
    if isinstance(form, lf.Attained):
        return form.actual, form.target
    return form.left, form.right


def is_entity_set(form: LogicalForm) -> TypeGuard[lf.EntitySet]:
    return isinstance(form, get_args(lf.EntitySet))


def classes_of(form: lf.EntitySet, ontology: Ontology) -> frozenset[str]:
    """The labels that the things of a set can have; never empty."""
    if isinstance(form, lf.Entity):
        cls = class_of(ontology, form.id)
        if not cls:
            raise IllTypedForm(f"{form.id!r} names no class of the ontology", where="Entity",
                               hint="an id is class:key, region:430200")
        return frozenset({cls})
    if isinstance(form, lf.Instances):
        return _instances(form, ontology)
    if isinstance(form, lf.Follow):
        return _follow(form, ontology)
    if isinstance(form, lf.Where):
        return _where(form, ontology)
    if isinstance(form, lf.Within):
        source, place = classes_of(form.source, ontology), classes_of(form.place, ontology)
        if not place & places(ontology):
            raise IllTypedForm(f"{_names(place)} is no place", where="Within")
        placed = frozenset(c for c in source if place_paths(ontology, c))
        if not placed:
            raise IllTypedForm(f"nothing says at which place {_names(source)} is", where="Within")
        return placed
    if isinstance(form, lf.Whereabouts):
        source = classes_of(form.source, ontology)
        if not any(place_paths(ontology, c) for c in source):
            raise IllTypedForm(f"nothing says at which place {_names(source)} is", where="Whereabouts")
        return places(ontology)
    if isinstance(form, lf.Both):
        both = classes_of(form.left, ontology) & classes_of(form.right, ontology)
        if not both:
            raise IllTypedForm("nothing is both: the classes have nothing in common", where="Both")
        return both
    if isinstance(form, lf.Either):
        return classes_of(form.left, ontology) | classes_of(form.right, ontology)
    if isinstance(form, lf.Except):
        source = classes_of(form.source, ontology)
        if not source & classes_of(form.excluded, ontology):
            raise IllTypedForm(f"takes from {_names(source)} what is none of it", where="Except")
        return source
    if isinstance(form, lf.Qualifying):
        return _qualifying(form, ontology)
    return _subjects(form.source, ontology)


def datatype(name: str, classes: frozenset[str], ontology: Ontology) -> str:
    """``string``, ``strings`` or ``number``: what a property of things of ``classes`` holds."""
    if name in COMMON_PROPERTIES:
        return COMMON_PROPERTIES[name]
    attribute = ontology.attributes.get(name)
    if attribute is None or not labels(ontology, attribute.domain) & classes:
        raise IllTypedForm(f"{_names(classes)} has no property {name!r}", where="Where")
    return "number" if attribute.datatype.rpartition("#")[2].rpartition(":")[2] in _NUMBERS else "string"


def _instances(form: lf.Instances, ontology: Ontology) -> frozenset[str]:
    if form.cls not in ontology.classes:
        raise IllTypedForm(f"no class {form.cls!r}", where="Instances")
    found = labels(ontology, (form.cls,))
    if form.subtype:
        subtype = ontology.subtypes.get(form.subtype)
        if subtype is None or not labels(ontology, (subtype.cls,)) & found:
            raise IllTypedForm(f"{form.cls} has no subtype {form.subtype!r}", where="Instances")
        found = found & labels(ontology, (subtype.cls,))
    return found


def _reached(
    source: frozenset[str], name: str, direction: lf.Direction, ontology: Ontology
) -> frozenset[str]:
    """Labels at the far end of the relation, and of what it may be answered by."""
    relation = ontology.relations.get(name)
    if relation is None:
        raise IllTypedForm(f"no relation {name!r}", where="Follow")
    far: frozenset[str] = frozenset()
    for step in alternatives(relation, direction):
        far = far | across(ontology, ontology.relations[step.relation], step.direction, source)
    if not far:
        raise IllTypedForm(f"{name} ({direction}) does not start at {_names(source)}", where="Follow")
    return far


def _follow(form: lf.Follow, ontology: Ontology) -> frozenset[str]:
    far = _reached(classes_of(form.source, ontology), form.relation, form.direction, ontology)
    _qualified(form, ontology)
    if form.cls:
        if form.cls not in ontology.classes:
            raise IllTypedForm(f"no class {form.cls!r}", where="Follow")
        far = far & labels(ontology, (form.cls,))
        if not far:
            raise IllTypedForm(f"{form.relation} ({form.direction}) leads to no {form.cls}", where="Follow")
    return far


def _qualified(form: lf.Follow | lf.GroupBy, ontology: Ontology) -> None:
    relation = ontology.relations[form.relation]
    for name, op, _ in form.where:
        if name not in (relation.qualifiers or {}):
            raise IllTypedForm(f"{form.relation} has no qualifier {name!r}", where=type(form).__name__)
        _operator(op)


def _qualifying(form: lf.Qualifying, ontology: Ontology) -> frozenset[str]:
    if form.cls not in ontology.classes:
        raise IllTypedForm(f"no class {form.cls!r}", where="Qualifying")
    relation = ontology.relations.get(form.relation)
    if relation is None:
        raise IllTypedForm(f"no relation {form.relation!r}", where="Qualifying")
    if form.qualifier not in relation.qualifiers:
        raise IllTypedForm(f"{form.relation} has no qualifier {form.qualifier!r}", where="Qualifying")
    return labels(ontology, (form.cls,))


def _where(form: lf.Where, ontology: Ontology) -> frozenset[str]:
    source = classes_of(form.source, ontology)
    kind = datatype(form.property, source, ontology)
    _operator(form.op)
    if kind == "number" and isinstance(form.value, str):
        raise IllTypedForm(f"{form.property} is a number, {form.value!r} is none", where="Where")
    if kind != "number" and not isinstance(form.value, str):
        raise IllTypedForm(f"{form.property} is a text, {form.value!r} is none", where="Where")
    if form.op == "contains" and kind == "number":
        raise IllTypedForm(f"{form.property} is a number and contains nothing", where="Where")
    if kind == "strings" and form.op not in ("=", "!=", "contains"):
        raise IllTypedForm(f"{form.property} is a list: = != contains", where="Where")
    if form.property in COMMON_PROPERTIES:
        return source
    return source & labels(ontology, ontology.attributes[form.property].domain)


def _subjects(form: lf.ObservationSet, ontology: Ontology) -> frozenset[str]:
    while isinstance(form, lf.Compared):
        _operator(form.op)
        if form.op == "contains":
            raise IllTypedForm("a number contains nothing", where="Compared")
        form = form.source
    if isinstance(form, lf.Recorded):
        if not form.ids:
            raise IllTypedForm("no observation is named", where="Recorded")
        return labels(ontology, ontology.relations[ABOUT].range)
    if form.kind and form.kind not in VALUE_KINDS:
        raise IllTypedForm(f"no value kind {form.kind!r}; there are {', '.join(VALUE_KINDS)}",
                           where="Observations")
    if form.period and bounds(form.period) is None:
        raise IllTypedForm(f"{form.period!r} is no period", where="Observations",
                           hint="2024, 2024-H1, 2022-Q1, 2026-03, 2024-01/2024-11, 2024-06-30")
    if form.metric and ":" in form.metric and class_of(ontology, form.metric) != METRIC:
        raise IllTypedForm(f"{form.metric!r} is no metric", where="Observations", hint="metric:pass_rate")
    subject = classes_of(form.subject, ontology)
    if subject <= labels(ontology, (OBSERVATION,)):
        raise IllTypedForm("observations are about things, not about observations", where="Observations")
    return subject


def _operator(op: str) -> None:
    if op not in get_args(lf.Op):
        raise IllTypedForm(f"no comparison {op!r}", where="Where")


def _names(classes: frozenset[str]) -> str:
    return "|".join(sorted(classes))
