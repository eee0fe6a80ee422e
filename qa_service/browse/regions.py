"""The places of a graph and what stands in them."""

from __future__ import annotations

from graph.dialect import quoted
from graph.ids import key_of, node_id
from graph.types import CypherStatement
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.normalise import fold
from qa_service.browse.reading import text, whole
from qa_service.browse.shapes import RegionList, RegionRow
from qa_service.session import Session


def regions(
    session: Session, *, prefix: str = "", parent: str = "", limit: int = 200, offset: int = 0
) -> RegionList:
    """Regions of the graph in the order of their codes, with counts of what is located there.

    ``parent`` keeps to those that lie directly in it, among the regions of the graph.
    """
    query = (
        f"MATCH (r:{structure.REGION}) RETURN r.id AS id, r.name AS name, r.code AS code, "
        "r.subtype AS subtype ORDER BY id"
    )
    rows = session.store.read(CypherStatement(query)).rows
    known = {str(r[0]) for r in rows}
    things = _things(session)
    measured = (
        f"MATCH (o:{structure.OBSERVATION})-[:{structure.ABOUT}]->(r:{structure.REGION}) "
        "RETURN r.id AS id, count(o.id) AS n ORDER BY id"
    )
    counted = {str(row[0]): whole(row[1]) for row in session.store.read(CypherStatement(measured)).rows}
    found = []
    for ident, name, code, subtype in rows:
        key = str(ident)
        row = RegionRow(
            key,
            text(code) or _code(key),
            text(name) or key,
            text(subtype),
            _parent(key, known),
            things.get(key, {}),
            counted.get(key, 0),
        )
        if parent and row.parent != parent:
            continue
        if prefix and not fold(row.name).startswith(fold(prefix)) and not row.code.startswith(prefix):
            continue
        found.append(row)
    return RegionList(tuple(found[offset : offset + limit]), len(found) > offset + limit)


def _things(session: Session) -> dict[str, dict[str, int]]:
    located = session.ontology.relations.get(structure.LOCATED_IN)
    counts: dict[str, dict[str, int]] = {}
    for cls in sorted(located.domain) if located else ():
        query = (
            f"MATCH (n:{quoted(cls)})-[:{structure.LOCATED_IN} {{polarity: $stated}}]->"
            f"(r:{structure.REGION}) "
            "RETURN r.id AS id, count(DISTINCT n.id) AS n ORDER BY id"
        )
        for ident, n in session.store.read(CypherStatement(query, {"stated": structure.STATED})).rows:
            counts.setdefault(str(ident), {})[cls] = whole(n)
    return counts


def _code(ident: str) -> str:
    place = gazetteer().place(key_of(ident))
    return place.code if place else ""


def _parent(ident: str, known: set[str]) -> str:
    """The nearest wider region that the graph has too."""
    for place in gazetteer().ancestors(key_of(ident)):
        wider = node_id(structure.REGION, place.code)
        if wider in known:
            return wider
    return ""
