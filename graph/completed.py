"""A document's contribution with what it implies, or a refusal of what has no provenance."""

from __future__ import annotations

from dataclasses import replace

from graph.ids import document_id
from graph.types import Contribution, NodeStatement, RelationshipStatement, Support
from ontology import structure
from ontology.errors import StoreError


def completed(contribution: Contribution) -> Contribution:
    """With the document's own node and its digest, and a node for each end of a relationship
    that is not named by itself; refuses what would have no provenance. A later part of a document is
    complete: its ends are named in an earlier one."""
    document = contribution.document
    statements: list[NodeStatement | RelationshipStatement] = [
        *contribution.nodes, *contribution.relationships,
    ]
    for statement in statements:
        if not statement.supports:
            raise StoreError(f"{statement.id} has no support", where=document,
                             hint="a fact without provenance is refused")
        for support in statement.supports:
            if support.document != document:
                raise StoreError(f"{statement.id} is supported by {support.passage}", where=document,
                                 hint="a contribution holds what its own document says")
    own = document_id(document)
    named = {n.id for n in contribution.nodes}
    implied: dict[str, tuple[str, set[str]]] = {}
    for r in contribution.relationships if contribution.begins else ():
        for end, cls in ((r.source, r.source_class), (r.target, r.target_class)):
            if end not in named:
                implied.setdefault(end, (cls, set()))[1].update(s.passage for s in r.supports)
    if contribution.begins:
        implied.setdefault(own, (structure.DOCUMENT, set()))
    nodes = [
        replace(n, properties={**n.properties, "digest": contribution.digest}) if n.id == own else n
        for n in contribution.nodes
    ]
    for end, (cls, passages) in implied.items():
        if end == own and own in named:
            continue
        nodes.append(NodeStatement(
            end, cls, tuple(Support(p) for p in sorted(passages or {f"{document}#"})),
            {"digest": contribution.digest} if end == own else {},
        ))
    return replace(contribution, nodes=tuple(nodes))
