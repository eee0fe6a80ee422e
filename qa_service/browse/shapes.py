"""What the pages are made of. ``as_json`` writes any of them (``cls`` becomes ``class``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass

from ontology.errors import QueryError
from ontology.model import Labels
from qa_service.answering.answer_types import Evidence
from qa_service.settings import words


class NoSuchThing(QueryError):
    """Nothing in the graph has that id."""

    code = "not_found"


def no_such_thing(ident: str) -> NoSuchThing:
    """The error for an id that nothing has."""
    return NoSuchThing(
        words(f"图里没有 {ident}", f"Nothing in the graph is {ident}"),
        hint=words("按名称查找：/api/entities?prefix=…", "Look for names with /api/entities?prefix=…"),
        where=ident,
    )


def as_json(value: object) -> object:
    """A page as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {_key(f.name): as_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): as_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(v) for v in value]
    return value


def _key(name: str) -> str:
    return "class" if name == "cls" else name


@dataclass(frozen=True)
class Words:
    """A label in both languages."""

    zh: str
    en: str


def labelled(labels: Labels) -> Words:
    return Words(labels.zh, labels.en or labels.zh)


@dataclass(frozen=True)
class Ref:
    """A thing by its id, class and name."""

    id: str
    cls: str
    name: str


@dataclass(frozen=True)
class Fact:
    """One relationship of a thing. ``other`` is its other end; ``evidence`` holds the first
    passages, ``passages`` the references of all."""

    id: str
    polarity: str
    other: Ref
    qualifiers: Mapping[str, object]
    passages: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class RelationFacts:
    """The facts of one relation in one direction. ``label`` is read from the thing: 供应 (out),
    供应商 (in)."""

    relation: str
    direction: str
    label: Words
    facts: tuple[Fact, ...]
    truncated: bool = False


@dataclass(frozen=True)
class ObservationView:
    """A figure with what it is about. ``shown`` is the value as people write it: 不足80%."""

    id: str
    subject: Ref
    metric: Ref | None
    phrase: str
    period: str
    shown: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    unit: str
    bound: str
    value_kind: str
    scope: str
    passages: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class EntityRow:
    """A line of a list of things."""

    id: str
    cls: str
    name: str
    subtype: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class EntityList:
    entities: tuple[EntityRow, ...]
    truncated: bool


@dataclass(frozen=True)
class EntityPage:
    """Everything that is recorded of one thing."""

    id: str
    cls: str
    label: Words
    name: str
    subtype: str
    subtype_label: Words | None
    aliases: tuple[str, ...]
    code: str
    attributes: Mapping[str, object]
    relations: tuple[RelationFacts, ...]
    observations: tuple[ObservationView, ...]
    observations_truncated: bool
    passages: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class GraphNodeView:
    id: str
    cls: str
    name: str


@dataclass(frozen=True)
class GraphEdgeView:
    id: str
    type: str
    label: Words
    source: str
    target: str
    polarity: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Subgraph:
    """Things and the relationships between them; ``truncated`` where more were there."""

    nodes: tuple[GraphNodeView, ...]
    edges: tuple[GraphEdgeView, ...]
    truncated: bool


@dataclass(frozen=True)
class GroupRow:
    """A chain in the list of chains."""

    id: str
    cls: str
    name: str
    places: tuple[Ref, ...]
    members: int
    lead_firms: int


@dataclass(frozen=True)
class GroupList:
    chains: tuple[GroupRow, ...]
    truncated: bool


@dataclass(frozen=True)
class Member:
    """A member of a chain at one stage, with all its roles there and the years that they are said of."""

    id: str
    cls: str
    name: str
    roles: tuple[str, ...]
    years: tuple[str, ...]
    leads: bool
    polarity: str
    places: tuple[Ref, ...]
    passages: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Stage:
    stage: str
    label: Words
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Link:
    """A relationship between things on a chain, or with one of them (a supplier from outside)."""

    id: str
    type: str
    label: Words
    source: Ref
    target: Ref
    polarity: str
    qualifiers: Mapping[str, object]
    passages: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Gap:
    """What a chain lacks. ``kind`` is ``stage`` or ``relation``; ``basis`` as in answers
    (contract §3): denied, covered or unrecorded."""

    kind: str
    what: Words
    stage: str
    relation: str
    cls: str
    subtype: str
    basis: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class GroupPage:
    """A chain by its stages."""

    id: str
    cls: str
    label: Words
    name: str
    aliases: tuple[str, ...]
    places: tuple[Ref, ...]
    stages: tuple[Stage, ...]
    lead_firms: tuple[Member, ...]
    suppliers: tuple[Ref, ...]
    links: tuple[Link, ...]
    relations: tuple[RelationFacts, ...]
    gaps: tuple[Gap, ...]
    observations: tuple[ObservationView, ...]
    truncated: bool


@dataclass(frozen=True)
class RegionRow:
    """A place in the graph: ``things`` counts what stands in it itself, by class."""

    id: str
    code: str
    name: str
    level: str
    parent: str
    things: Mapping[str, int]
    observations: int


@dataclass(frozen=True)
class RegionList:
    regions: tuple[RegionRow, ...]
    truncated: bool


@dataclass(frozen=True)
class MetricRow:
    """A metric with how often it was measured. ``known``: it stands in the ontology."""

    id: str
    name: str
    known: bool
    unit: str
    polarity: int
    opposite: str
    broader: str
    observations: int
    first: str
    last: str


@dataclass(frozen=True)
class MetricList:
    metrics: tuple[MetricRow, ...]
    truncated: bool


@dataclass(frozen=True)
class DisagreementView:
    """Figures that disagree: a conflict, or a divergence and in what."""

    kind: str
    of: str
    subject: Ref
    metric: str
    period: str
    values: tuple[str, ...]
    differs_in: tuple[str, ...]
    observations: tuple[ObservationView, ...]


@dataclass(frozen=True)
class DisagreementList:
    conflicts: tuple[DisagreementView, ...]
    truncated: bool


@dataclass(frozen=True)
class DocumentRow:
    """A loaded document. ``kind`` is ``text`` or ``rows`` (a table), empty without content."""

    id: str
    title: str
    kind: str
    number: str
    issuer: str
    dated: str
    draft: bool
    size: int


@dataclass(frozen=True)
class DocumentList:
    documents: tuple[DocumentRow, ...]
    truncated: bool


@dataclass(frozen=True)
class ClassTerm:
    """A class with its words; ``attributes`` are the properties that such a thing may have."""

    name: str
    label: Words
    attributes: tuple[str, ...]
    structural: bool


@dataclass(frozen=True)
class RelationTerm:
    """A relation with the words that lead from subject to object, and back."""

    name: str
    label: Words
    inverse: Words
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    qualifiers: tuple[str, ...]
    structural: bool


@dataclass(frozen=True)
class Term:
    """A metric, a finer class, a role, a property or a qualifier, by the name that the graph has."""

    name: str
    label: Words


@dataclass(frozen=True)
class Terms:
    """The ontology's words in both languages."""

    classes: tuple[ClassTerm, ...]
    relations: tuple[RelationTerm, ...]
    subtypes: tuple[Term, ...]
    roles: tuple[Term, ...]
    properties: tuple[Term, ...]
    metrics: tuple[Term, ...]


@dataclass(frozen=True)
class FigureList:
    """Figures of things, the latest first."""

    figures: tuple[ObservationView, ...]
    truncated: bool


@dataclass(frozen=True)
class SectionRow:
    """A part of a document; ``start`` and ``end`` are offsets into its text."""

    id: str
    number: str
    label: str
    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True)
class DocumentPage:
    """A document to open evidence in: ``text``, or ``rows`` where it is a table; both are null
    where a table was loaded without content."""

    id: str
    title: str
    kind: str
    number: str
    issuer: str
    dated: str
    draft: bool
    size: int
    text: str | None
    rows: object
    sections: tuple[SectionRow, ...]
