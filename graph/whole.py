"""A whole graph: read from one store, counted, put into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from graph.dialect import quoted
from graph.hashing import GraphHash
from graph.merge import Ends, hashed
from graph.schema import Schema
from graph.write import UNHASHED, Change, Session, kept, returned
from ontology.own_files import OwnFile

#: items that a store puts in at once
_AT_ONCE = 50_000


@dataclass(frozen=True)
class GraphCopy:
    """A whole graph on its way from one store into another. ``schema``: as ``Schema.text()``."""

    hash: str
    schema: str
    extractor: str
    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    documents: Mapping[str, str]
    ontology: tuple[OwnFile, ...]
    items: Iterable[Change]


def parts_of(copy: GraphCopy) -> Iterator[list[Change]]:
    """What a store puts in at once."""
    items = iter(copy.items)
    while part := list(islice(items, _AT_ONCE)):
        yield part


def everything(session: Session, schema: Schema) -> Iterator[Change]:
    """All that is there, nodes before relationships, each as ``Writer.restore`` puts it in."""
    for name, table in schema.nodes.items():
        for row in session.rows(f"MATCH (n:{quoted(name)}) RETURN {returned('n', table)}"):
            values = kept(table, row)
            yield Change(name, str(values["id"]), None, values, False)
    for name, table in schema.relationships.items():
        if not table.pairs:
            continue
        query = (
            f"MATCH (a)-[r:{quoted(name)}]->(b) RETURN a.id, a.class, b.id, b.class, {returned('r', table)}"
        )
        for row in session.rows(query):
            values = kept(table, row[4:])
            source, source_class, target, target_class = (str(v) for v in row[:4])
            ends = Ends(source, source_class, target, target_class, str(values.get("polarity", "")))
            yield Change(name, str(values["id"]), ends, values, False)


def recomputed_hash(session: Session, schema: Schema) -> str:
    """The graph hash over everything that is there, from nothing (``nqi doctor``, tests)."""
    total = GraphHash()
    for item in everything(session, schema):
        if item.name not in UNHASHED and item.before is not None:
            total.add(hashed(item.name, item.before, item.ends))
    return total.hex()
