"""Word documents (.docx): paragraphs and tables in the order of the text. What was deleted under
change tracking is left out, what was inserted is in; running heads are no text."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from loaders.documents.formats.docx_numbering import Numbering
from loaders.documents.formats.text_read import TextRead, rows_of
from ontology.errors import SourceError

#: bytes that a document may unpack to
LARGEST: Final = 400_000_000

#: what a broken file makes the parsers raise
_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OpcError,
    etree.LxmlError,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
    AssertionError,
)

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPERS: Final = frozenset(
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml")
)
_TEXT: Final = {
    qn("w:t"): None,
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_SKIPPED: Final = frozenset(
    (
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:pPr"),
        qn("w:rPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)


def text_of_docx(raw: bytes, where: str) -> TextRead:
    """The text of a Word document; SourceError where the file is broken or empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > LARGEST:
            raise SourceError(f"{where} unpacks to {size} bytes", hint="split the document", where=where)
        document = docx.Document(io.BytesIO(raw))
        text = "\n".join(_Writer(document).blocks(document.element.body)).strip("\n")
    except _BROKEN as error:
        raise SourceError(
            f"{where} is no Word document that can be read: {error or type(error).__name__}",
            hint="open it in a word processor and save it as .docx again",
            where=where,
        ) from error
    if not text.strip():
        raise SourceError(f"{where} is empty", hint="it may hold pictures only", where=where)
    return TextRead(text + "\n")


class _Writer:
    def __init__(self, document: Any) -> None:
        self.numbering = Numbering(document)
        self.levels = {style.style_id: _heading_level(style) for style in document.styles if style.type == 1}

    def blocks(self, around: Any) -> Iterator[str]:
        for element in around:
            if element.tag == _PARAGRAPH:
                yield self.paragraph(element)
                for box in element.iter(qn("w:txbxContent")):
                    if not any(parent.tag in _SKIPPED for parent in box.iterancestors()):
                        yield from self.blocks(box)
            elif element.tag == _TABLE:
                yield ""
                yield from rows_of(self.rows(element))
                yield ""
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)

    def paragraph(self, element: Any) -> str:
        text = re.sub(r"[ \t\xa0]+", " ", _text(element)).strip(" ")
        if not text.strip():
            return ""
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else ""
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = self.levels.get(name, 0)
        if outline is not None and (outline.get(qn("w:val")) or "9").isdigit():
            level = level or (int(outline.get(qn("w:val")) or 9) + 1) % 10
        number = self.numbering.label(element, name)
        if level:
            return f"\n{'#' * min(level, 6)} {number}{text}\n"
        return f"{number}{text}"

    def rows(self, table: Any) -> Iterator[list[str]]:
        """Cells of each row. A cell that spans columns leaves empty ones behind it, one that goes on
        from the row above is empty."""
        for row in _inside(table, _ROW):
            cells: list[str] = []
            for cell in _inside(row, _CELL):
                said = cell.find(qn("w:tcPr"))
                span = said.find(qn("w:gridSpan")) if said is not None else None
                merged = said.find(qn("w:vMerge")) if said is not None else None
                goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
                cells.append("" if goes_on else " ".join(line for line in self.blocks(cell) if line.strip()))
                width = span.get(qn("w:val"), "1") if span is not None else "1"
                cells.extend("" for _ in range(min(int(width), 200) - 1 if width.isdigit() else 0))
            yield cells


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Children of a kind, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _text(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or child.tag == qn("w:txbxContent"):
            continue
        if child.tag in _TEXT:
            written = _TEXT[child.tag]
            parts.append((child.text or "") if written is None else written)
        elif len(child):
            parts.append(_text(child))
    return "".join(parts)


def _heading_level(style: Any) -> int:
    found = re.match(r"(?:heading|标题) ?(\d)", style.name or "", re.IGNORECASE)
    return int(found.group(1)) if found else 1 if (style.name or "").casefold() == "title" else 0
