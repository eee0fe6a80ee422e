"""A loaded document, so that evidence can be opened in it."""

from __future__ import annotations

import base64
import json
import zlib

from graph.store import GraphStore
from graph.types import CypherStatement
from ontology import structure
from ontology.errors import QueryError
from qa_service.settings import words

_HEAD = f"MATCH (d:{structure.DOCUMENT} {{id: $id}}) RETURN d.name AS name"
_CONTENT = (
    f"MATCH (c:{structure.CONTENT}) WHERE c.document = $document "
    "RETURN c.part AS part, c.kind AS kind, c.data AS data ORDER BY part, c.id"
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
    parts = store.read(CypherStatement(_CONTENT, {"document": document})).rows
    kind = str(parts[0][1]) if parts else ""
    content = _unpacked([str(data) for _, _, data in parts]) if parts else None
    return {
        "id": document,
        "title": head[0][0],
        "text": content if kind == "text" else None,
        "rows": json.loads(content) if kind == "rows" and content is not None else None,
    }


def _unpacked(parts: list[str]) -> str:
    return zlib.decompress(base64.b64decode("".join(parts))).decode("utf-8")
