"""A loaded document, so that evidence can be opened in it."""

from __future__ import annotations

import json

from graph.content import read_content
from graph.store import GraphStore
from graph.types import CypherStatement
from ontology import structure
from ontology.errors import QueryError
from qa_service.settings import words

_HEAD = f"MATCH (d:{structure.DOCUMENT} {{id: $id}}) RETURN d.name AS name"
_KIND = (
    f"MATCH (c:{structure.CONTENT}) WHERE c.document = $document RETURN DISTINCT c.kind AS kind ORDER BY kind"
)


class NoDocument(QueryError):
    """No document of that id was loaded."""

    code = "no_document"


def document_json(document: str, store: GraphStore) -> dict[str, object]:
    """Id, title and text of a document (rows where it is a table), for ``GET /api/documents``.

    Offsets of evidence point into ``text``. Both are null where a table was loaded without content.
    """
    head = store.read(CypherStatement(_HEAD, {"id": f"document:{document}"})).rows
    if not head:
        raise NoDocument(
            words(f"没有读入过文档 {document}", f"No document {document} was loaded"),
            hint=words("文档的 id 见答案的 evidence。", "Ids of documents stand in the evidence of answers."),
        )
    kinds = store.read(CypherStatement(_KIND, {"document": document})).rows
    is_table = bool(kinds) and kinds[0][0] == "rows"
    content = read_content(store.read, document)
    return {
        "id": document,
        "title": head[0][0],
        "text": None if is_table else content,
        "rows": json.loads(content) if is_table and content is not None else None,
    }
