"""Things by name and class, and everything that is recorded of one."""

from __future__ import annotations

from graph.dialect import quoted
from graph.types import CypherStatement
from ontology.lexicon.normalise import fold
from qa_service.browse.reading import (
    Quotes,
    figures_about,
    quoted_figures,
    relation_facts,
    text,
    texts,
    with_evidence,
)
from qa_service.browse.shapes import EntityList, EntityPage, EntityRow, labelled, no_such_thing
from qa_service.session import Session

_ROWS = "RETURN n.id AS id, n.class AS cls, n.name AS name, n.subtype AS subtype, n.aliases AS aliases"


def entities(
    session: Session, *, prefix: str = "", cls: str = "", limit: int = 50, offset: int = 0
) -> EntityList:
    """Things whose name or alias begins with ``prefix`` (case, width and traditional characters
    aside), of a class where one is given. Without a prefix in the order of their names.

    >>> entities(session, prefix="三一").entities[0].name                       # doctest: +SKIP
    '三一集团'
    """
    if cls and cls not in session.ontology.classes:
        return EntityList((), False)
    if not fold(prefix):
        return _listed(session, cls, limit, offset)
    ids: dict[str, None] = {}
    # an alias and a name of one thing are two entries, and other classes are left out here
    wanted, asked = offset + limit + 1, 4 * (offset + limit + 1)
    while True:
        found = session.index.beginning(fold(prefix), asked)
        for _, candidate in found:
            if not cls or candidate.cls == cls:
                ids[candidate.id] = None
        if len(ids) >= wanted or len(found) < asked:
            break
        asked *= 4
    chosen = list(ids)[offset : offset + limit]
    query = f"MATCH (n) WHERE n.id IN $ids {_ROWS} ORDER BY name, id"
    rows = session.store.read(CypherStatement(query, {"ids": chosen})).rows if chosen else ()
    by_id = {str(row[0]): row for row in rows}
    return EntityList(tuple(_row(by_id[i]) for i in chosen if i in by_id), len(ids) > offset + limit)


def _listed(session: Session, cls: str, limit: int, offset: int) -> EntityList:
    classes = [cls] if cls else sorted(session.ontology.things())
    label = "|".join(quoted(c) for c in classes)
    # what is left out is read too: the engine dies of a SKIP behind the last row
    query = f"MATCH (n:{label}) {_ROWS} ORDER BY name, id LIMIT {offset + limit + 1}"
    rows = session.store.read(CypherStatement(query)).rows[offset:]
    return EntityList(tuple(_row(r) for r in rows[:limit]), len(rows) > limit)


def _row(row: tuple[object, ...]) -> EntityRow:
    ident, cls, name, subtype, aliases = row
    return EntityRow(text(ident), text(cls), text(name) or text(ident), text(subtype), texts(aliases))


def entity(ident: str, session: Session, *, limit: int = 50) -> EntityPage:
    """A thing with its facts by relation and its figures; NoSuchThing where there is none.
    ``limit`` bounds the facts of each relation."""
    head = "MATCH (n) WHERE n.id = $id RETURN n.class AS cls ORDER BY cls"
    found = session.store.read(CypherStatement(head, {"id": ident})).rows
    known = session.ontology.classes.get(text(found[0][0])) if found else None
    if known is None:
        raise no_such_thing(ident)
    own = [a for a in session.ontology.attributes.values() if known.name in a.domain]
    columns = "".join(f", n.{quoted(a.name)} AS {quoted('a_' + a.name)}" for a in own)
    query = (
        f"MATCH (n:{quoted(known.name)} {{id: $id}}) RETURN n.name AS name, n.subtype AS subtype, "
        f"n.aliases AS aliases, n.code AS code, n.passages AS passages, n.sources AS sources{columns} "
        "ORDER BY name"
    )
    row = session.store.read(CypherStatement(query, {"id": ident})).rows[0]
    name, subtype, aliases, code, passages, sources, *values = row
    quotes = Quotes(session)
    references = quotes.want(passages, sources)
    relations = relation_facts(ident, known.name, session, quotes, limit=limit)
    figures, more = figures_about([ident], session, quotes)
    quotes.read()
    finer = session.ontology.subtypes.get(text(subtype))
    return EntityPage(
        id=ident,
        cls=known.name,
        label=labelled(known.labels),
        name=text(name) or ident,
        subtype=text(subtype),
        subtype_label=labelled(finer.labels) if finer else None,
        aliases=texts(aliases),
        code=text(code),
        attributes={a.name: v for a, v in zip(own, values, strict=True) if v not in (None, "", [])},
        relations=with_evidence(relations, quotes),
        observations=quoted_figures(figures, quotes),
        observations_truncated=more,
        passages=references,
        evidence=quotes.of(references),
    )
