"""Bytes → :class:`Document`: text in any encoding that Chinese offices write, and what
``loaders.documents.formats`` reads."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Final

from loaders.documents.abbreviations import abbreviations
from loaders.documents.decode import decode as decode
from loaders.documents.document import Document
from loaders.documents.formats import FORMATS, read_format
from loaders.documents.head import read_head
from loaders.documents.layout import paragraphs
from loaders.documents.passages import make_passages
from loaders.documents.sections import make_sections
from ontology.errors import SourceError

#: file names that are read as documents
SUFFIXES: Final = (".txt", ".md", ".markdown", ".text", *FORMATS)


def read_document(path: Path, id: str) -> Document:  # noqa: A002
    """The document in the file ``path``, known as ``id`` (contract §1).

    >>> read_document(Path("plan.txt"), "plan.txt").sections[0].title  # doctest: +SKIP
    '总体要求'
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(
            f"{path.name}: no reader for {path.suffix or 'files without a suffix'}",
            hint=f"documents are read from {', '.join(SUFFIXES)}",
            where=id,
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}", where=id) from error
    return document_from_bytes(raw, id, path.suffix)


def document_from_bytes(raw: bytes, id: str, suffix: str = "") -> Document:  # noqa: A002
    """The same for bytes that are at hand (an upload, a member of an archive); ``suffix``: the ending
    of the file's name, which says what they are."""
    digest = hashlib.sha256(raw).hexdigest()
    if suffix.lower() not in FORMATS:
        return document_from_text(decode(raw, id), id, digest)
    read = read_format(raw, id, suffix.lower())
    return replace(document_from_text(read.text, id, digest), unread=read.unread)


def document_from_text(text: str, id: str, digest: str = "") -> Document:  # noqa: A002
    """The same for text that was decoded before."""
    name = unicodedata.normalize("NFC", id)
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    blocks = paragraphs(text)
    document = read_head(Document(id=name, text=text, digest=digest), blocks)
    outline = make_sections(document, blocks)
    passages, tables = make_passages(document, outline)
    return replace(
        document,
        sections=outline.sections,
        passages=passages,
        tables=tables,
        aliases=abbreviations(passages),
    )
