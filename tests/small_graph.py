"""The small made-up graph of ``tests/corpus/graphs/small.yaml``, as facts and as a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from graph.ids import node_id, observation_id, relationship_id
from graph.open import open_store
from graph.store import GraphStore
from graph.types import Contribution, NodeStatement, RelationshipStatement, Support, Value
from ontology.model import Ontology
from ontology.structure import ABOUT, MEASURES, METRIC, OBSERVATION, STATED
from qa_service.exam import world
from qa_service.exam.world import Fact, Figure, Thing, World
from queries.period import bounds
from queries.terms import class_of

FILE = Path(__file__).parent / "corpus" / "graphs" / "small.yaml"


@dataclass(frozen=True)
class Node:
    id: str
    cls: str
    name: str
    subtype: str = ""


@dataclass(frozen=True)
class Link:
    source: str
    relation: str
    target: str
    qualifiers: dict[str, str] = field(default_factory=dict)
    polarity: str = STATED


@dataclass(frozen=True)
class Seen:
    """An observation."""

    id: str
    subject: str
    metric: str
    properties: dict[str, Value]


@dataclass(frozen=True)
class SmallGraph:
    """The facts, for those who compute over them without a store."""

    document: str
    nodes: dict[str, Node]
    links: tuple[Link, ...]
    observations: tuple[Seen, ...]
    metrics: dict[str, str]


def read_graph(ontology: Ontology, file: Path = FILE) -> SmallGraph:
    """The facts of a graph file."""
    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    nodes = {row[0]: Node(row[0], class_of(ontology, row[0]), *row[1:]) for row in data["nodes"]}
    links = tuple(Link(*row) for row in data["relationships"])
    return SmallGraph(
        data["document"], nodes, links,
        tuple(_seen(row) for row in data["observations"]), {row[0]: row[1] for row in data["metrics"]})


def _seen(row: list[Any]) -> Seen:
    subject, metric, phrase, period, value, unit = row[:6]
    more = row[6] if len(row) > 6 else {}
    days = bounds(period) or ("", "")
    properties: dict[str, Value] = {
        "metric": phrase, "period": period, "start": days[0], "end": days[1], "value": float(value),
        "unit": unit, "base_value": float(value), "base_unit": unit, "bound": "=", "value_kind": "actual",
        "scope": "", **more,
    }
    properties["base_value"] = base = float(str(properties["base_value"]))
    key = observation_id(
        subject, metric, period=period, kind=str(properties["value_kind"]), base_value=base,
        base_unit=str(properties["base_unit"]), bound=str(properties["bound"]),
        scope=str(properties["scope"]))
    return Seen(key, subject, metric, properties)


def facts_of(graph: SmallGraph) -> World:
    """The same facts for the evaluator of forms."""
    facts: list[Fact] = [Thing(n.id, n.cls, n.name, n.subtype) for n in graph.nodes.values()]
    facts += [world.Link(x.source, x.relation, x.target, x.qualifiers, x.polarity) for x in graph.links]
    facts += [Figure(o.id, o.subject, o.metric, o.properties) for o in graph.observations]
    return World(tuple((graph.document, fact) for fact in facts), graph.metrics)


def contribution(graph: SmallGraph, ontology: Ontology) -> Contribution:
    """The facts as what one document contributes."""
    lines = iter(range(10_000))

    def support(stated_as: str = "") -> Support:
        at = 10 * next(lines)
        return Support(f"{graph.document}#{at}-{at + 9}", stated_as)

    nodes = []
    for node in graph.nodes.values():
        supports = [support(f"name={node.name}")]
        if node.subtype:
            supports.append(support(f"subtype={node.subtype}"))
        nodes.append(NodeStatement(node.id, node.cls, tuple(supports)))
    nodes += [NodeStatement(i, METRIC, (support(f"name={name}"),)) for i, name in graph.metrics.items()]
    relationships = [
        RelationshipStatement(
            relationship_id(ontology.relations[link.relation], link.source, link.target, link.polarity,
                            link.qualifiers),
            link.relation, link.source, class_of(ontology, link.source), link.target,
            class_of(ontology, link.target), (support(),), link.polarity, link.qualifiers)
        for link in graph.links
    ]
    for seen in graph.observations:
        nodes.append(NodeStatement(seen.id, OBSERVATION, (support(),), seen.properties))
        for relation, target in ((ABOUT, seen.subject), (MEASURES, seen.metric)):
            key = relationship_id(ontology.relations[relation], seen.id, target)
            relationships.append(RelationshipStatement(
                key, relation, seen.id, OBSERVATION, target, class_of(ontology, target), (support(),)))
    return Contribution(graph.document, node_id("x", graph.document), tuple(nodes), tuple(relationships))


def small_store(url: str | Path, ontology: Ontology) -> GraphStore:
    """A store with the small graph in it and nothing else."""
    store = open_store(str(url), ontology, writable=True)
    store.reset()
    store.apply([contribution(read_graph(ontology), ontology)])
    return store
