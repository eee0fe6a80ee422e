"""Does this fit what can be said? Claims → violations: values, never exceptions.

``shapes.ttl`` says the same in SHACL, for whoever holds facts in RDF; a test holds the two
against each other. This is the fast way: some microseconds a claim.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ontology import structure
from ontology.model import Metric, Ontology

#: nothing is called by so many characters: a sentence was taken for a name
LONGEST_NAME = 120
#: years that a period of this field can lie in
YEARS = (1900, 2200)

_LEXICAL = {
    "xsd:gYear": re.compile(r"\d{4}"),
    "xsd:integer": re.compile(r"[+-]?\d+"),
    "xsd:decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "xsd:double": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"),
    "xsd:boolean": re.compile("true|false|0|1"),
    "xsd:date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "xsd:anyURI": re.compile(r"\S+"),
}
_PERCENT = frozenset({"%", "‰", "百分点", "个百分点"})
_MEASURED = frozenset({"actual", "baseline", "target"})


@dataclass(frozen=True)
class Violation:
    """What does not fit: a stable ``code`` and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True)
class EntityClaim:
    """There is a thing of this class and name."""

    cls: str
    name: str
    subtype: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RelationClaim:
    """A thing of one class stands in a relation to one of another. The keys are needed only
    to see that nothing is related to itself."""

    relation: str
    subject: str
    object: str
    polarity: str = structure.STATED
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    subject_key: str = ""
    object_key: str = ""


@dataclass(frozen=True)
class ObservationClaim:
    """A figure, a range or a text about a thing; ``metric`` is the key of the ontology's
    metric where its label is exactly the phrase, else empty."""

    subject: str
    phrase: str
    metric: str = ""
    kind: str = "actual"
    bound: str = "="
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""
    unit: str = ""
    start: date | None = None
    end: date | None = None


Claim = EntityClaim | RelationClaim | ObservationClaim


def violations(claim: Claim, ontology: Ontology) -> tuple[Violation, ...]:
    """Everything about the claim that the ontology does not allow; empty where it fits.

    >>> from ontology.read import load_ontology
    >>> violations(RelationClaim("SUPPLIES", "Region", "Enterprise"), load_ontology())[0].code
    'against_ontology'
    """
    match claim:
        case EntityClaim():
            return tuple(_entity(claim, ontology))
        case RelationClaim():
            return tuple(_relation(claim, ontology))
        case ObservationClaim():
            return tuple(_observation(claim, ontology))


def closing_edges(edges: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of the (narrower, wider) edges that close a circle with edges before them.

    >>> closing_edges([("a", "b"), ("b", "c"), ("c", "a"), ("a", "c")])
    (('c', 'a'),)
    """
    wider: dict[str, set[str]] = {}
    closing = []
    for narrow, wide in edges:
        if narrow == wide or _reaches(wider, wide, narrow):
            closing.append((narrow, wide))
        else:
            wider.setdefault(narrow, set()).add(wide)
    return tuple(closing)


def fits_datatype(value: str, datatype: str) -> bool:
    """Whether these characters are a value of the xsd type (``xsd:gYear``: four digits)."""
    lexical = _LEXICAL.get(datatype)
    if lexical is not None and not lexical.fullmatch(value):
        return False
    if datatype == "xsd:date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


def _entity(claim: EntityClaim, ontology: Ontology) -> Iterable[Violation]:
    cls = ontology.classes.get(claim.cls)
    if cls is None:
        yield Violation("unknown_class", f"“{claim.cls}” is no class of the ontology.")
    if not claim.name.strip():
        yield Violation("no_name", "A thing without a name.")
    elif len(claim.name) > LONGEST_NAME:
        yield Violation("no_name", f"A name of {len(claim.name)} characters is no name.")
    if claim.subtype:
        subtype = ontology.subtypes.get(claim.subtype)
        if subtype is None or subtype.cls != claim.cls:
            yield Violation("unknown_subtype", f"“{claim.subtype}” is no subtype of {claim.cls}.")
    for name, value in claim.attributes.items():
        attribute = ontology.attributes.get(name)
        if attribute is None or claim.cls not in attribute.domain:
            yield Violation("bad_attribute", f"{claim.cls} has no attribute “{name}”.")
        elif not fits_datatype(value, attribute.datatype):
            yield Violation("bad_attribute", f"“{value}” of {name} is no {attribute.datatype}.")


def _relation(claim: RelationClaim, ontology: Ontology) -> Iterable[Violation]:
    for cls in dict.fromkeys((claim.subject, claim.object)):
        if cls not in ontology.classes:
            yield Violation("unknown_class", f"“{cls}” is no class of the ontology.")
    if claim.polarity not in (structure.STATED, structure.DENIED):
        yield Violation("unknown_polarity", f"“{claim.polarity}” is neither stated nor denied.")
    relation = ontology.relations.get(claim.relation)
    if relation is None:
        yield Violation("unknown_relation", f"“{claim.relation}” is no relation of the ontology.")
        return
    if claim.subject in ontology.classes and claim.object in ontology.classes:
        if claim.subject not in relation.domain:
            yield Violation("against_ontology", f"A {claim.subject} has no {relation.name}.")
        elif claim.object not in relation.range_for(claim.subject):
            yield Violation("against_ontology",
                            f"{relation.name} does not lead from {claim.subject} to {claim.object}.")
    if claim.subject_key and (claim.subject, claim.subject_key) == (claim.object, claim.object_key):
        yield Violation("to_itself", f"{claim.subject_key} {relation.name} itself.")
    for name, value in claim.qualifiers.items():
        datatype = relation.qualifiers.get(name)
        if datatype is None:
            yield Violation("bad_qualifier", f"{relation.name} has no qualifier “{name}”.")
        elif not fits_datatype(value, datatype):
            yield Violation("bad_qualifier", f"“{value}” of {name} is no {datatype}.")


def _observation(claim: ObservationClaim, ontology: Ontology) -> Iterable[Violation]:
    about = ontology.relations[structure.ABOUT]
    if claim.subject not in ontology.classes:
        yield Violation("unknown_class", f"“{claim.subject}” is no class of the ontology.")
    elif claim.subject not in about.range:
        yield Violation("against_ontology", f"Nothing is observed about a {claim.subject}.")
    if not claim.phrase.strip():
        yield Violation("no_name", "An observation without the words for what was measured.")
    if claim.kind not in structure.VALUE_KINDS:
        yield Violation("unknown_kind", f"“{claim.kind}” is no value kind.")
    if claim.bound not in structure.BOUNDS:
        yield Violation("bad_bound", f"“{claim.bound}” is no bound.")
    metric = ontology.metrics.get(claim.metric) if claim.metric else None
    if claim.metric and metric is None:
        yield Violation("unknown_metric", f"“{claim.metric}” is no metric of the ontology.")
    yield from _period(claim)
    yield from _figures(claim, metric)


def _period(claim: ObservationClaim) -> Iterable[Violation]:
    for day in (claim.start, claim.end):
        if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
            yield Violation("bad_period", f"{day.isoformat()} lies outside {YEARS[0]} to {YEARS[1]}.")
    if claim.start is not None and claim.end is not None and claim.end < claim.start:
        yield Violation("bad_period", "The period ends before it starts.")


def _figures(claim: ObservationClaim, metric: Metric | None) -> Iterable[Violation]:
    figures = [f for f in (claim.value, claim.low, claim.high) if f is not None]
    if not figures and not claim.text.strip():
        yield Violation("no_value", "An observation without figure and text.")
    if any(not math.isfinite(f) for f in figures):
        yield Violation("out_of_range", "A figure that is no finite number.")
        return
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        yield Violation("out_of_range", f"The range ends at {claim.high:g}, before {claim.low:g}.")
    if claim.kind == "rank" and any(f < 1 or f != int(f) for f in figures):
        yield Violation("out_of_range", "A rank is a whole number from 1.")
        return
    rate = metric is not None and metric.unit == "%" and claim.kind in _MEASURED
    if rate and claim.unit and claim.unit not in _PERCENT:
        yield Violation("bad_unit", f"“{claim.phrase}” is a rate in %, not in {claim.unit}.")
        return
    lowest, highest = limits(metric, claim.kind, claim.unit)
    for figure in figures:
        if not lowest <= figure <= highest:
            yield Violation("out_of_range", f"{figure:g}{claim.unit} cannot be: {lowest:g} to {highest:g}.")


def limits(metric: Metric | None, kind: str, unit: str) -> tuple[float, float]:
    """Between which figures a value can be true.

    A rate lies between 0 and 100 % unless the ontology says otherwise; a share too; nothing
    falls by more than 100 %; a change or comparison is otherwise free.
    """
    if unit not in ("%", ""):
        return -math.inf, math.inf
    if kind in _MEASURED and metric is not None and metric.unit == "%" and not metric.change_of:
        return (0.0 if metric.lowest is None else metric.lowest,
                100.0 if metric.highest is None else metric.highest)
    if kind == "share" and unit == "%":
        return 0.0, 100.0
    falls = kind == "change" or (metric is not None and bool(metric.change_of) and kind in _MEASURED)
    return (-100.0, math.inf) if falls and unit == "%" else (-math.inf, math.inf)


def _reaches(wider: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, open_ = {start}, [start]
    while open_:
        key = open_.pop()
        if key == goal:
            return True
        fresh = wider.get(key, set()) - seen
        seen |= fresh
        open_.extend(fresh)
    return False
