"""The loaded documents, and one of them to open evidence in."""

from __future__ import annotations

import json

from graph.content import read_content
from graph.dialect import quoted
from graph.ids import document_id
from graph.types import CypherStatement
from ontology import structure
from ontology.errors import QueryError
from qa_service.browse.reading import text, whole
from qa_service.browse.shapes import DocumentList, DocumentPage, DocumentRow, SectionRow
from qa_service.session import Session
from qa_service.settings import words

_PREFIX = document_id("")
_OWN = ("number", "issuer", "dated", "draft")
_CONTENT = (
    f"MATCH (c:{structure.CONTENT}) WHERE c.part = 0 RETURN c.document AS document, c.kind AS kind, "
    "c.size AS size ORDER BY document"
)
_SECTIONS = (
    f"MATCH (s:{structure.SECTION}) WHERE s.document = $document RETURN s.id AS id, s.number AS number, "
    "s.label AS label, s.title AS title, s.level AS level, s.start AS start, s.`end` AS finish, "
    "s.`order` AS place ORDER BY place, id"
)


class NoDocument(QueryError):
    """No document of that id was loaded."""

    code = "no_document"


def documents(session: Session, *, prefix: str = "", limit: int = 200, offset: int = 0) -> DocumentList:
    """What is loaded, in the order of ids."""
    found = [row for row in _rows(session) if row.id.startswith(prefix) or row.title.startswith(prefix)]
    return DocumentList(tuple(found[offset : offset + limit]), len(found) > offset + limit)


def document(ident: str, session: Session) -> DocumentPage:
    """A document with its text or rows and its sections; NoDocument where none has this id.
    Offsets of evidence and of sections point into ``text``."""
    row = next((r for r in _rows(session) if r.id == ident), None)
    if row is None:
        raise NoDocument(
            words(f"没有读入过文档 {ident}", f"No document {ident} was loaded"),
            hint=words("读入了哪些文档：/api/documents。", "The loaded documents are in /api/documents."),
            where=ident,
        )
    content = read_content(session.store.read, ident)
    sections = session.store.read(CypherStatement(_SECTIONS, {"document": ident})).rows
    return DocumentPage(
        row.id,
        row.title,
        row.kind,
        row.number,
        row.issuer,
        row.dated,
        row.draft,
        row.size,
        text=content if row.kind != "rows" else None,
        rows=json.loads(content) if row.kind == "rows" and content is not None else None,
        sections=tuple(
            SectionRow(text(s[0]), text(s[1]), text(s[2]), text(s[3]), whole(s[4]), whole(s[5]), whole(s[6]))
            for s in sections
        ),
    )


def _rows(session: Session) -> list[DocumentRow]:
    contents = {str(r[0]): r for r in session.store.read(CypherStatement(_CONTENT)).rows}
    known = session.ontology.attributes
    own = [n for n in _OWN if n in known and structure.DOCUMENT in known[n].domain]
    columns = "".join(f", d.{quoted(n)} AS {quoted(n)}" for n in own)
    query = f"MATCH (d:{structure.DOCUMENT}) RETURN d.id AS id, d.name AS name{columns} ORDER BY id"
    found = []
    for ident, name, *values in session.store.read(CypherStatement(query)).rows:
        key = str(ident).removeprefix(_PREFIX)
        told = dict(zip(own, values, strict=True))
        _, kind, size = contents.get(key, (key, "", 0))
        found.append(
            DocumentRow(
                key,
                text(name) or key,
                text(kind),
                text(told.get("number")),
                text(told.get("issuer")),
                text(told.get("dated")),
                bool(told.get("draft")),
                whole(size),
            )
        )
    return found
