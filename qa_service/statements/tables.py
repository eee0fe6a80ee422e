"""Rows into a file that a spreadsheet or a program opens."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from qa_service.statements.cypher import plain

Rows = Sequence[Sequence[object]]

#: what a spreadsheet would take for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(columns: Sequence[str], rows: Rows, file: Path) -> None:
    """By the ending of the file's name: ``.xlsx``, ``.csv`` (with a mark that Excel needs to read
    Chinese) or ``.json``."""
    WRITERS[file.suffix.lower()](columns, rows, file)


def _xlsx(columns: Sequence[str], rows: Rows, file: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [_cell(v) for v in row])
        sheet.freeze_panes(1, 0)
        sheet.autofit()


def _csv(columns: Sequence[str], rows: Rows, file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_inert(_cell(v)) for v in row])


def _json(columns: Sequence[str], rows: Rows, file: Path) -> None:
    found = [dict(zip(columns, (plain(v) for v in row), strict=True)) for row in rows]
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


WRITERS: Final[dict[str, Callable[[Sequence[str], Rows, Path], None]]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
}


def _cell(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return "\n".join(str(v) for v in value)
    return json.dumps(plain(value), ensure_ascii=False)


def _inert(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
