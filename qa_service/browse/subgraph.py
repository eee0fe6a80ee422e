"""The neighbourhood of some things, as far as a picture can show it."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ids import label_pattern
from graph.types import CypherStatement
from qa_service.browse.reading import Quotes, facts_of, ref, relations_of
from qa_service.browse.shapes import GraphEdgeView, GraphNodeView, Ref, Subgraph, labelled, no_such_thing
from qa_service.session import Session


def subgraph(
    ids: Sequence[str], session: Session, *, depth: int = 1, limit: int = 100, types: Sequence[str] = ()
) -> Subgraph:
    """Things up to ``depth`` relationships away from ``ids``, at most ``limit`` of them, nearest
    first, and all relationships of the domain between those that are shown.

    ``types`` keeps to some relations. NoSuchThing where one of the ids is not in the graph.
    """
    layer = _heads(ids, session)
    nodes: dict[str, Ref] = {}
    edges: dict[str, GraphEdgeView] = {}
    truncated = False
    for step in range(depth + 1):
        for node in layer:
            if len(nodes) < limit:
                nodes.setdefault(node.id, node)
            else:
                truncated |= node.id not in nodes
        layer = [n for n in layer if n.id in nodes]
        if not layer:
            break
        reached, cut = _around(layer, session, edges, limit, types)
        layer = [n for n in reached if n.id not in nodes]
        # behind the last layer only relationships are looked for that join what is shown
        truncated |= cut and step < depth
    shown = [e for e in edges.values() if e.source in nodes and e.target in nodes]
    return Subgraph(
        tuple(GraphNodeView(n.id, n.cls, n.name) for n in nodes.values()),
        tuple(sorted(shown, key=lambda e: (e.type, e.source, e.target, e.id))),
        truncated,
    )


def _heads(ids: Sequence[str], session: Session) -> list[Ref]:
    label = label_pattern(ids, session.ontology.classes)
    query = (
        f"MATCH (n{label}) WHERE n.id IN $ids RETURN n.id AS id, n.class AS cls, n.name AS name ORDER BY id"
    )
    rows = session.store.read(CypherStatement(query, {"ids": list(ids)})).rows
    found = {str(row[0]): ref(*row) for row in rows if row[1] in session.ontology.classes}
    for ident in ids:
        if ident not in found:
            raise no_such_thing(ident)
    return [found[ident] for ident in dict.fromkeys(ids)]


def _around(
    layer: Sequence[Ref], session: Session, edges: dict[str, GraphEdgeView], limit: int, types: Sequence[str]
) -> tuple[list[Ref], bool]:
    """The neighbours of a layer; their relationships go into ``edges``."""
    quotes = Quotes(session)  # references only: nothing is read
    reached: dict[str, Ref] = {}
    truncated = False
    for cls in sorted({n.cls for n in layer}):
        ids = [n.id for n in layer if n.cls == cls]
        for relation, direction in relations_of(cls, session):
            if types and relation.name not in types:
                continue
            facts, cut = facts_of(ids, cls, relation, direction, session, quotes, limit=4 * limit)
            truncated |= cut
            for own, some in facts.items():
                for fact in some:
                    reached.setdefault(fact.other.id, fact.other)
                    ends = (own, fact.other.id) if direction == "out" else (fact.other.id, own)
                    edges[fact.id] = GraphEdgeView(
                        fact.id, relation.name, labelled(relation.labels), *ends, fact.polarity, fact.passages
                    )
    return list(reached.values()), truncated
