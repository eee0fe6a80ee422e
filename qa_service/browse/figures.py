"""Figures of the members of a chain: what its board is coloured by."""

from __future__ import annotations

from graph.dialect import quoted
from graph.types import CypherStatement
from ontology.structure import STATED
from qa_service.browse.groups import leading, membership
from qa_service.browse.reading import Quotes, figures_about
from qa_service.browse.shapes import FigureList, no_such_thing
from qa_service.session import Session


def member_figures(ident: str, session: Session, *, limit: int = 1000) -> FigureList:
    """Figures about the members of a chain, the latest first, with the references of their passages;
    NoSuchThing where no chain has this id."""
    joins = (*membership(session.ontology), *leading(session.ontology))
    classes = {obj for relation in joins for _, obj in relation.pairs()}
    found = session.store.read(
        CypherStatement("MATCH (n) WHERE n.id = $id RETURN n.class AS cls ORDER BY cls", {"id": ident})
    ).rows
    if not found or found[0][0] not in classes:
        raise no_such_thing(ident)
    types = "|".join(dict.fromkeys(quoted(r.name) for r in joins))
    query = (
        f"MATCH (m)-[r:{types}]->(c:{quoted(str(found[0][0]))} {{id: $id}}) WHERE r.polarity = $stated "
        "RETURN DISTINCT m.id AS id ORDER BY id"
    )
    members = session.store.read(CypherStatement(query, {"id": ident, "stated": STATED})).rows
    figures, truncated = figures_about(
        [str(row[0]) for row in members], session, Quotes(session), limit=limit
    )
    return FigureList(figures, truncated)
