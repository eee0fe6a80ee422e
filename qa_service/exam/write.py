"""A made-up world → what its documents contribute to a store: tables whose rows can be quoted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from graph.content import content_parts
from graph.coverage import Coverage, coverage_statement
from graph.ids import document_id, node_id, relationship_id
from graph.store import GraphStore
from graph.types import Contribution, NodeStatement, RelationshipStatement, Support
from ontology.model import Ontology
from ontology.structure import ABOUT, DENIED, DOCUMENT, MEASURES, METRIC, OBSERVATION
from qa_service.exam.world import Covered, Fact, Figure, Link, Thing, World


def load(world: World, ontology: Ontology, store: GraphStore, documents: Iterable[str] | None = None) -> None:
    """Put the documents of a world (all, or those given, in their order) into a store."""
    chosen = world.documents if documents is None else tuple(documents)
    store.apply([contribution(world, document, ontology) for document in chosen])


def contribution(world: World, document: str, ontology: Ontology) -> Contribution:
    """What one document states, each fact in a row of its table.

    >>> contribution(world, "材料1.csv", load_ontology()).document                     # doctest: +SKIP
    '材料1.csv'
    """
    writer = _Writer(world, document, ontology)
    for said, fact in world.stated:
        if said == document:
            writer.add(fact)
    return writer.contribution()


class _Writer:
    def __init__(self, world: World, document: str, ontology: Ontology) -> None:
        self.world, self.document, self.ontology = world, document, ontology
        self.rows: list[list[str]] = [["对象", "关系或指标", "内容", "时间", "说明"]]
        self.supports: dict[str, list[Support]] = {}
        self.nodes: list[NodeStatement] = []
        self.relationships: list[RelationshipStatement] = []

    def add(self, fact: Fact) -> None:
        if isinstance(fact, Thing):
            self._thing(fact)
        elif isinstance(fact, Link):
            self._link(fact)
        elif isinstance(fact, Figure):
            self._figure(fact)
        else:
            self._covered(fact)

    def contribution(self) -> Contribution:
        named = [
            NodeStatement(i, self.world.things[i].cls if i in self.world.things else METRIC, tuple(s))
            for i, s in self.supports.items()
        ]
        text = json.dumps([{"sheet": "Sheet1", "rows": self.rows}], ensure_ascii=False)
        own = NodeStatement(
            document_id(self.document), DOCUMENT, (Support(f"{self.document}#", f"name={self.document}"),)
        )
        nodes = (own, *named, *self.nodes, *content_parts(self.document, text, kind="rows"))
        digest = node_id("exam", text)
        return Contribution(self.document, digest, nodes, tuple(self.relationships))

    def _row(self, *cells: str) -> str:
        """The passage of a new row."""
        self.rows.append(list(cells))
        n = len(self.rows)
        return f"{self.document}#Sheet1!A{n}:E{n}"

    def _named(self, thing: str, passage: str) -> str:
        name = self.world.things[thing].name if thing in self.world.things else self.world.metrics[thing]
        self.supports.setdefault(thing, []).append(Support(passage, f"name={name}"))
        return name

    def _thing(self, thing: Thing) -> None:
        labels = self.ontology.classes[thing.cls].labels
        finer = self.ontology.subtypes[thing.subtype].labels.zh if thing.subtype else ""
        passage = self._row(thing.name, "类别", labels.zh, "", finer)
        self._named(thing.id, passage)
        if thing.subtype:
            self.supports[thing.id].append(Support(passage, f"subtype={thing.subtype}"))

    def _link(self, link: Link) -> None:
        relation = self.ontology.relations[link.relation]
        source, target = self.world.things[link.source], self.world.things[link.target]
        said = f"没有{relation.labels.zh}" if link.polarity == DENIED else relation.labels.zh
        passage = self._row(source.name, said, target.name, "", "、".join(link.qualifiers.values()))
        for end in (source, target):
            self._named(end.id, passage)
        qualifiers = dict(link.qualifiers)
        key = relationship_id(relation, link.source, link.target, link.polarity, qualifiers)
        self.relationships.append(RelationshipStatement(
            key, link.relation, source.id, source.cls, target.id, target.cls, (Support(passage),),
            link.polarity, qualifiers,
        ))  # fmt: skip

    def _figure(self, figure: Figure) -> None:
        p = figure.properties
        subject = self.world.things[figure.subject]
        value = f"{p['value']:g}{p['unit']}"
        passage = self._row(
            subject.name, str(p["metric"]), value, str(p["period"]), f"{p['value_kind']} {p['scope']}".strip()
        )
        self._named(subject.id, passage)
        self._named(figure.metric, passage)
        self.nodes.append(NodeStatement(figure.id, OBSERVATION, (Support(passage),), p))
        ends: Mapping[str, tuple[str, str]] = {
            ABOUT: (subject.id, subject.cls), MEASURES: (figure.metric, METRIC)
        }  # fmt: skip
        for name, (target, cls) in ends.items():
            key = relationship_id(self.ontology.relations[name], figure.id, target)
            self.relationships.append(RelationshipStatement(
                key, name, figure.id, OBSERVATION, target, cls, (Support(passage),)
            ))  # fmt: skip

    def _covered(self, covered: Covered) -> None:
        passage = self._row(covered.covers, "收录完整", covered.region)
        declared = Coverage("", covered.covers, covered.region, author="exam")
        self.nodes.append(coverage_statement(self.document, passage, declared))
