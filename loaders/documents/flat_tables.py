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
    firms = _of_firms(cells) if not tables else None
    if firms is not None:
        start, told, stop = firms
        yield from cells[:start]
        yield from (_row_with_gaps(row) for row in told)
        yield from _with_rows(cells[stop:])
        return
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


def _row_with_gaps(row: Sequence[Block | None]) -> Block:
    """The same where some cells are empty."""
    told = [cell for cell in row if cell is not None]
    texts: list[str] = []
    parts: list[Sequence[int]] = []
    at = told[0].start
    for n, cell in enumerate(row):
        if n:
            texts.append("\t")
            parts.append((max(at, cell.start - 1) if cell is not None else at,))
        if cell is None and not n:  # a line does not begin with nothing
            texts.append("—")
            parts.append((max(0, at - 1),))
        if cell is not None:
            texts.append(cell.text)
            parts.append(cell.clean.offsets)
            at = cell.clean.offsets[-1] + 1
    clean = CleanText("".join(texts), joined(*parts), tuple(c for cell in told for c in cell.clean.cites))
    spans = tuple(span for cell in told for span in cell.spans)
    return replace(told[0], kind="row", spans=spans, clean=clean, head=0, emphatic=False)


# -- tables of firms whose cells may be empty

#: heads of columns, by what stands in them: a firm, a place, words, a figure
_HEAD_FIRM = re.compile(r"(?:链主|龙头|入选|认定|受检|生产|获奖)?(?:企业|单位|公司)(?:名称)?")
_HEAD_PLACE = re.compile(
    r"所在地?(?:区|县|市|镇街?|乡镇|县区|县市区)?(?:[(（].*[)）])?|属地|注册地|地址|所属(?:地区?|区域|县区|县市区|园区)|县区|县市区|市州"
    r"|地区"
)
_HEAD_FIGURE = re.compile(
    r"(?:19|20)\d\d年.{2,14}|.{0,10}(?:收入|产值|税收|投资额?|面积|人数|金额|数量)(?:[(（].*[)）])?"
)
_HEAD_WORDS = re.compile(
    r"(?:所属)?(?:产业链|集群|行业|领域|类别|链条)(?:名称)?|主要产品|产品名称|备注|说明|等级|级别|类型|荣誉"
)
_UNIT_OF_HEAD = re.compile(r"[(（].{1,10}[)）]")
_FIRM = re.compile(r".{2,}(?:公司|集团|厂|合作社)(?:[(（].{1,12}[)）])?")
_PLACE_CELL = re.compile(r"[一-鿿]{2,14}(?:省|市|县|区|州|旗|镇|乡|街道|园|新城)(?:[(（].*[)）])?")


def _of_firms(cells: Sequence[Block]) -> tuple[int, list[list[Block | None]], int] | None:
    """A table of firms of which cells may be empty or merged with the one above: (where its head begins,
    its rows, where it ends). Each row begins around the name of its firm; what stands between two of them
    goes to the columns by its sort: a place, a figure, words."""
    for start in range(len(cells)):
        heads, end = _heads(cells, start)
        kinds = [_kind_of_head(head.text) for head in heads]
        if len(heads) < 3 or kinds.count("firm") != 1:
            continue
        rows, stop = _rows_of_firms(cells, end, kinds)
        if len(rows) >= 2:
            return start, [list(heads), *rows], stop
    return None


def _heads(cells: Sequence[Block], start: int) -> tuple[list[Block], int]:
    """The cells from ``start`` on that are heads of columns; a unit on a line of its own bel"
    "ongs to the one before."""
    heads: list[Block] = []
    at = start
    while at < len(cells) and len(heads) < _MOST_COLUMNS:
        if heads and _UNIT_OF_HEAD.fullmatch(cells[at].text):
            heads[-1] = _glued(heads[-1], cells[at])
        elif _kind_of_head(cells[at].text):
            heads.append(cells[at])
        else:
            break
        at += 1
    return heads, at


def _kind_of_head(text: str) -> str:
    kinds = (("firm", _HEAD_FIRM), ("place", _HEAD_PLACE), ("words", _HEAD_WORDS), ("figure", _HEAD_FIGURE))
    return next((kind for kind, head in kinds if head.fullmatch(text)), "")


def _rows_of_firms(
    cells: Sequence[Block], first: int, kinds: Sequence[str]
) -> tuple[list[list[Block | None]], int]:
    firm = kinds.index("firm")
    anchors = [n for n in range(first, len(cells)) if _FIRM.fullmatch(cells[n].text)]
    rows: list[list[Block | None]] = []
    ahead = list(cells[first : anchors[0]]) if anchors else []
    if not anchors or len(ahead) > firm:
        return [], first
    stop = first
    for k, anchor in enumerate(anchors):
        row: list[Block | None] = [None] * len(kinds)
        row[firm - len(ahead) : firm] = ahead
        row[firm] = cells[anchor]
        behind = cells[anchor + 1 : anchors[k + 1] if k + 1 < len(anchors) else len(cells)]
        used, ahead = _behind(behind, row, kinds, firm, last=k + 1 == len(anchors))
        rows.append(row)
        stop = anchor + 1 + used
        if len(ahead) > firm or (used + len(ahead) < len(behind) and k + 1 < len(anchors)):
            return rows, stop
    return rows, stop


def _behind(
    cells: Sequence[Block], row: list[Block | None], kinds: Sequence[str], firm: int, last: bool
) -> tuple[int, list[Block]]:
    """The cells behind a firm, put into its row → how many were used, and those that are the next row's."""
    column = firm + 1
    used = 0
    for cell in cells:
        sort = "figure" if _is_figure(cell) else "place" if _PLACE_CELL.fullmatch(cell.text) else "words"
        at = next((c for c in range(column, len(kinds)) if kinds[c] == sort), None)
        # an empty line stands for an empty cell: what follows belongs to the next row
        skipped = sort == "words" and cell.blank > 0 and used > 0 and not last
        if at is None or skipped:
            break
        row[at], column = cell, at + 1
        used += 1
    rest = list(cells[used:])
    return used, [] if last else rest


def _glued(a: Block, b: Block) -> Block:
    clean = CleanText(a.clean.text + b.clean.text, joined(a.clean.offsets, b.clean.offsets), a.clean.cites)
    return replace(a, spans=(*a.spans, *b.spans), clean=clean)
