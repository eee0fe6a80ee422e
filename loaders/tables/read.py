"""A csv or xlsx file → :class:`Table`: every cell as text, with its place in the sheet.

Encodings are those of documents (UTF-8 with or without a byte order mark, GB18030 …). The header
row is row 1, so the first row of data is row 2, as a person sees it in a spreadsheet.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import python_calamine

from loaders.documents.read import decode
from ontology.errors import SourceError

#: suffixes that are read as tables
TABLE_SUFFIXES: Final = (".csv", ".tsv", ".xlsx")
#: a csv has one sheet, and this is its name (contract §1)
CSV_SHEET: Final = "Sheet1"

_DELIMITERS: Final = ",\t;|，"


@dataclass(frozen=True)
class Sheet:
    """``header`` is row 1, ``rows[0]`` is row 2; every row is as wide as the sheet."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, row: int) -> str:
        """Where ``rows[row]`` stands: ``Sheet1!A2:F2``."""
        return f"{self.name}!A{row + 2}:{column_letters(self.width - 1)}{row + 2}"

    def cell(self, row: int, column: int) -> str:
        """Where one cell of ``rows[row]`` stands: ``Sheet1!C2``."""
        return f"{self.name}!{column_letters(column)}{row + 2}"

    @property
    def width(self) -> int:
        return max(1, len(self.header))

    @property
    def extent(self) -> str:
        """The whole sheet: ``Sheet1!A1:F9``."""
        return f"{self.name}!A1:{column_letters(self.width - 1)}{len(self.rows) + 1}"


@dataclass(frozen=True)
class Table:
    """A table file as read. ``digest`` is the SHA-256 of its bytes."""

    id: str
    digest: str
    sheets: tuple[Sheet, ...]


def table_from_bytes(data: bytes, document: str, suffix: str) -> Table:
    """The table in a file's bytes; ``suffix`` says the format (``.csv``). SourceError with the place
    that cannot be read."""
    if suffix == ".xlsx":
        sheets = _workbook(data, document)
    else:
        sheets = (_sheet(CSV_SHEET, _csv_rows(decode(data, document), document)),)
    sheets = tuple(sheet for sheet in sheets if any(cell for cell in sheet.header))
    if not sheets:
        raise SourceError(f"{document} has no header row", where=f"{document}#{CSV_SHEET}!A1",
                          hint="row 1 names the columns")
    return Table(document, hashlib.sha256(data).hexdigest(), sheets)


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _csv_rows(text: str, document: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SourceError(f"{document} is no well-formed csv: {error}", where=document,
                          hint="quotes inside a quoted cell are doubled") from error


def _workbook(data: bytes, document: str) -> tuple[Sheet, ...]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(
            _sheet(name, ([_shown(cell) for cell in row]
                          for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
            for name in book.sheet_names
        )
    except python_calamine.CalamineError as error:
        raise SourceError(f"{document} is no readable xlsx file: {error}", where=document) from error


def _shown(cell: object) -> str:
    """A spreadsheet's value as a person sees it: 2024.0 is 2024, midnight is no time."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _sheet(name: str, lines: Iterable[list[str]]) -> Sheet:
    cleaned = [tuple(unicodedata.normalize("NFC", cell).strip() for cell in line) for line in lines]
    while cleaned and not any(cleaned[-1]):
        cleaned.pop()
    header = cleaned[0] if cleaned else ()
    width = max((len(line) for line in cleaned), default=0)
    while header and not header[-1] and width == len(header) and not any(
        line[width - 1] for line in cleaned if len(line) >= width
    ):
        header, width = header[:-1], width - 1
    rows = tuple((line + ("",) * width)[:width] for line in cleaned[1:])
    return Sheet(name, (header + ("",) * width)[:width], rows)
