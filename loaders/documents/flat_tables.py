"""A table of which every cell stands on a line of its own → rows.

    序号        ┐ as many head cells as there are columns,
    产品        │ then the rows, cell by cell
    不合格率    ┘
    1
    童鞋
    4.2%

It is known by a column of numbers that count on (1 … 2 … 3 at one distance), or by a head cell that says
what is named (指标, 产品, 地区) and columns that hold figures from top to bottom. Anything less certain
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.documents.clean import CleanText
from loaders.documents.layout_block import Block
from loaders.documents.places import joined

_MOST_COLUMNS = 12
_LONGEST_CELL = 30
_NO_CELL = re.compile(r"[。；;！!？?]|[，,](?!\d{3})|[:：]$")
_FIGURE = re.compile(r"[≥≤<>＜＞~约]?\s?-?\d[\d,]*(?:\.\d+)?\s?[^\d\s]{0,6}|[-—–/]+|无")
_YEAR = re.compile(r"(?:19|20)\d\d年?.{0,6}")
_ORDINAL = re.compile(r"序号|编号|排名|名次|No\.?")
_NAMED = re.compile(
    r"(?:主要|重点|抽查|受检)?(?:指标|产品|地区|县区|县市区|市州|行业|企业|单位|产业链|领域|类别|园区|项目|品种|机构)(?:名称|类别|种类)?"
)


def folded(lines: Sequence[Block]) -> Iterator[Block]:
    """The lines, those of a flattened table put together to rows."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_cell(lines[end]):
            end += 1
        if end - at >= 6:
            yield from _with_rows(lines[at:end])
        else:
            yield from lines[at:end]
        if end < len(lines):
            yield lines[end]
        at = end + 1


def _is_cell(line: Block) -> bool:
    return (
        line.kind == "text"
        and not (line.hashes or line.bulleted or line.marker)
        and len(line.text) <= _LONGEST_CELL
        and _NO_CELL.search(line.text) is None
    )


def _with_rows(cells: Sequence[Block]) -> Iterator[Block]:
    tables = [table for table in (_counted(cells), _named(cells)) if table is not None]
    if not tables:
        yield from cells
        return
    table = min(tables, key=lambda table: table[0])
    start, width, rows = table
    yield from cells[:start]
    for n in range(rows + 1):
        yield _row(cells[start + n * width : start + (n + 1) * width])
    yield from _with_rows(cells[start + (rows + 1) * width :])


def _counted(cells: Sequence[Block]) -> tuple[int, int, int] | None:
    """(where its head begins, columns, rows) of a table whose rows are numbered."""
    for first, cell in enumerate(cells):
        if cell.text != "1":
            continue
        for width in range(2, min(first, _MOST_COLUMNS) + 1):
            rows = 0
            while first + (rows + 1) * width <= len(cells):
                if cells[first + rows * width].text != str(rows + 1):
                    break
                rows += 1
            head = cells[first - width : first]
            if rows >= 2 and _ORDINAL.fullmatch(head[0].text) and not any(map(_is_figure, head[1:])):
                return first - width, width, rows
    return None


def _named(cells: Sequence[Block]) -> tuple[int, int, int] | None:
    """The same for a table whose first column names something and another one holds figures."""
    for start, cell in enumerate(cells):
        if not _NAMED.fullmatch(cell.text):
            continue
        tried = [(_rows(cells, start, width), width) for width in range(2, _MOST_COLUMNS + 1)]
        found = [(rows, width) for rows, width in tried if rows >= 2]
        if found:
            rows, width = max(found, key=lambda table: (table[0] * table[1], table[0]))
            return start, width, rows
    return None


def _rows(cells: Sequence[Block], start: int, width: int) -> int:
    """How many rows there are if the table has so many columns: each of figures or of words throughout."""
    head = cells[start : start + width]
    if len(head) < width or any(map(_is_figure, head)):
        return 0
    kinds: list[bool] | None = None
    rows = 0
    while start + (rows + 2) * width <= len(cells):
        at = start + (rows + 1) * width
        row = [_is_figure(cell) for cell in cells[at : at + width]]
        if row[0] or not any(row) or (kinds is not None and row != kinds):
            break
        kinds = row
        rows += 1
    return rows


def _is_figure(cell: Block) -> bool:
    return _FIGURE.fullmatch(cell.text) is not None and _YEAR.fullmatch(cell.text) is None


def _row(cells: Sequence[Block]) -> Block:
    parts: list[Sequence[int]] = []
    for n, cell in enumerate(cells):
        parts += [(cell.start - 1,)] if n else []
        parts.append(cell.clean.offsets)
    cites = tuple(cite for cell in cells for cite in cell.clean.cites)
    clean = CleanText("\t".join(cell.text for cell in cells), joined(*parts), cites)
    spans = tuple(span for cell in cells for span in cell.spans)
    return replace(cells[0], kind="row", spans=spans, clean=clean, head=0, emphatic=False)
