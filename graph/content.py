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
            id=content_id(document, number), cls=structure.CONTENT,
            supports=(Support(f"{document}#"),),
            properties={
                "document": document, "part": number, "kind": kind,
                "size": len(data), "data": packed[at : at + PART_CHARACTERS],
            },
        )
        for number, at in enumerate(range(0, len(packed), PART_CHARACTERS))
    )


def read_content(read: Callable[[CypherStatement], Rows], document: str) -> str | None:
    """The text that was kept of a document, None where it was loaded without.

    >>> read_content(store.read, "a.md")                                  # doctest: +SKIP
    '长沙'
    """
    data = read_content_bytes(read, document)
    return None if data is None else data.decode("utf-8", "replace")


def read_content_bytes(read: Callable[[CypherStatement], Rows], document: str) -> bytes | None:
    """The same as bytes."""
    query = (
        f"MATCH (c:{structure.CONTENT}) WHERE c.document = $document "
        "RETURN c.part, c.data ORDER BY c.part"
    )
    rows = read(CypherStatement(query, {"document": document})).rows
    if not rows:
        return None
    return zlib.decompress(base64.b64decode("".join(str(data) for _, data in rows)))
