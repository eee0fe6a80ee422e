"""PDF: the text layer page by page, tables in their place. A page that is a picture is told of."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from loaders.documents.document import Unread
from loaders.documents.formats.text_read import TextRead, rows_of
from ontology.errors import SourceError

#: what a broken file makes the parser raise
_BROKEN: Final = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    struct.error,
    zlib.error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    OSError,
)
_SCANNED: Final = "a scanned page: a picture without a text layer"


def text_of_pdf(raw: bytes, where: str) -> TextRead:
    """The text of a PDF; SourceError where it is broken, locked, or has no text at all."""
    pages: list[str] = []
    unread: list[Unread] = []
    try:
        with pdfplumber.open(io.BytesIO(raw)) as opened:
            count = len(opened.pages)
            for number, page in enumerate(opened.pages, 1):
                try:
                    said = "\n".join(_lines(page)).strip("\n")
                    pictures = bool(page.images)
                except _BROKEN as error:
                    unread.append(
                        Unread(f"page {number}", f"cannot be read: {error or type(error).__name__}")
                    )
                else:
                    if said.strip():
                        pages.append(said)
                    elif pictures:
                        unread.append(Unread(f"page {number}", _SCANNED))
                finally:
                    page.close()
    except _BROKEN as error:
        locked = "password" in repr(error).casefold()
        raise SourceError(
            f"{where} is locked with a password"
            if locked
            else f"{where} is no PDF that can be read: {error or type(error).__name__}",
            hint="save it without one" if locked else "open it in a viewer and print it to a new PDF",
            where=where,
        ) from error
    if not pages:
        first = unread[0] if unread else Unread("page 1", "no text")
        raise SourceError(
            f"{where} has no text on any of its {count} pages ({first.where}: {first.reason})",
            hint="run it through text recognition (OCR) first",
            where=f"{where}#{first.where}",
        )
    return TextRead("\n\n".join(pages) + "\n", tuple(unread))


def _lines(page: Any) -> Iterator[str]:
    """Lines and table rows from top to bottom, with an empty line where there is a wide gap."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    boxes = [table.bbox for table in tables]

    def outside(thing: Any) -> bool:
        middle, height = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(x0 <= middle <= x1 and top <= height <= bottom for x0, top, x1, bottom in boxes)

    prose = page.filter(lambda thing: thing["object_type"] != "char" or outside(thing)) if boxes else page
    blocks: list[tuple[float, float, list[str]]] = [
        (line["top"], line["bottom"], [_together(line["text"])])
        for line in prose.extract_text_lines(return_chars=False)
    ]
    blocks += [(table.bbox[1], table.bbox[3], ["", *rows_of(table.extract()), ""]) for table in tables]
    below = None
    for top, bottom, lines in sorted(blocks, key=lambda block: block[0]):
        if below is not None and top - below > 0.9 * min(bottom - top, 20):
            yield ""
        yield from lines
        below = bottom


def _together(line: str) -> str:
    """Spaces between Chinese characters are the type setting's."""
    return re.sub(r"(?<=[\u3400-\u9fff，。；：、]) (?=[\u3400-\u9fff])", "", line)
