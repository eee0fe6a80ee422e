"""A document's text or rows, kept in the store (contract §1): so that evidence opens, a better
extractor can read again, and a copy of the store is whole.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable

from graph.ids import content_id
from graph.types import CypherStatement, NodeStatement, Rows, Support
from ontology import structure

#: characters of one part (of the compressed, base64 text; a multiple of four)
PART_CHARACTERS = 1_000_000
#: the kind of content that is no text of the document's: the mappings that a table was read by
MAPPING = "mapping"


def content_parts(document: str, content: str | bytes, *, kind: str = "text") -> tuple[NodeStatement, ...]:
    """The nodes that hold a document's content, in parts of 1 MB.

    ``kind`` says what it is to a reader: ``text``, ``rows`` (csv) …

    >>> [n.id for n in content_parts("a.md", "长沙")]
    ['content:a.md/0']
    """
    data = content.encode() if isinstance(content, str) else content
    packed = base64.b64encode(zlib.compress(data, 9)).decode("ascii")
    return tuple(
        NodeStatement(
            id=content_id(document, number, MAPPING if kind == MAPPING else ""), cls=structure.CONTENT,
            supports=(Support(f"{document}#"),),
            properties={
                "document": document, "part": number, "kind": kind,
                "size": len(data), "data": packed[at : at + PART_CHARACTERS],
            },
        )
        for number, at in enumerate(range(0, len(packed), PART_CHARACTERS))
    )


def read_content(read: Callable[[CypherStatement], Rows], document: str, kind: str = "") -> str | None:
    """The text that was kept of a document, None where it was loaded without.

    >>> read_content(store.read, "a.md")                                  # doctest: +SKIP
    '长沙'
    """
    data = read_content_bytes(read, document, kind)
    return None if data is None else data.decode("utf-8", "replace")


def read_content_bytes(
    read: Callable[[CypherStatement], Rows], document: str, kind: str = ""
) -> bytes | None:
    """The same as bytes; ``kind`` MAPPING gives the mappings instead."""
    query = (
        f"MATCH (c:{structure.CONTENT}) WHERE c.document = $document "
        f"AND {'c.kind = $kind' if kind else 'c.kind <> $mapping'} "
        "RETURN c.part, c.data ORDER BY c.part"
    )
    wanted = {"kind": kind} if kind else {"mapping": MAPPING}
    rows = read(CypherStatement(query, {"document": document, **wanted})).rows
    if not rows:
        return None
    return zlib.decompress(base64.b64decode("".join(str(data) for _, data in rows)))


def content_kind(read: Callable[[CypherStatement], Rows], document: str) -> str:
    """``text`` or ``rows``; "" where a document was loaded without its content."""
    query = (
        f"MATCH (c:{structure.CONTENT}) WHERE c.document = $document AND c.kind <> $mapping "
        "RETURN DISTINCT c.kind ORDER BY c.kind"
    )
    rows = read(CypherStatement(query, {"document": document, "mapping": MAPPING})).rows
    return str(rows[0][0]) if rows else ""
