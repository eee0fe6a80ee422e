"""Bytes of a file format → text for the reader of documents: headings as ``#``, list items as ``-``,
table rows as cells parted by tabs. Offsets of passages point into this text, which is what is kept.
"""

from __future__ import annotations

from typing import Final

from loaders.documents.formats.text_read import TextRead

#: endings of the names of files that are read here
FORMATS: Final = (".html", ".htm", ".docx", ".pdf")


def read_format(raw: bytes, where: str, suffix: str) -> TextRead:
    """The text, and what could not be read; SourceError where that is everything."""
    # each parser is brought only when a file needs it
    if suffix == ".docx":
        from loaders.documents.formats.docx import text_of_docx as read
    elif suffix == ".pdf":
        from loaders.documents.formats.pdf import text_of_pdf as read
    else:
        from loaders.documents.formats.html import text_of_html as read
    return read(raw, where)
