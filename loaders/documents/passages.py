"""Units of the outline → passages: sentences, list items, headings, rows, entries of source lists."""

from __future__ import annotations

import heapq
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from loaders.documents.clean import clean_span
from loaders.documents.document import Document, Passage, Section, Table
from loaders.documents.sections import Outline, Unit
from loaders.kept_aside import KeptAside

_TERMINAL = re.compile(
    r"[。！？!?]+[”’」』\"')）》]*|(?<=[a-z\d)])\.(?= [A-Z\u3400-\u9fff])"
    # 立案.抽样工作由…承担: a half-width full stop between Chinese words
    r"|(?<=%)\.(?=\s?\d+[个家项])"
    r"|(?<=[\u3400-\u9fff%)）”])\.(?=\s?[\u3400-\u9fff“《(（]|\s?$)"
)
_FIGURE = re.compile(r"\d{2}[\d.]*\s?(?:%|[万亿余多]*[家个项件名元人户种倍位吨台套])")
_LONG = 500


def make_passages(document: Document, outline: Outline) -> tuple[Sequence[Passage], tuple[Table, ...]]:
    """All passages in the order of the text, and the tables that their rows form."""
    found = KeptAside(_in_sections(_in_order(document.text, outline.units), outline))
    return found, tuple(_tables(found))


def _in_order(text: str, units: Iterable[Unit]) -> Iterator[Passage]:
    """The passages by place: a unit may go on behind the units that cut it in two."""
    ahead: list[tuple[int, int, int, Passage]] = []
    count = 0
    for unit in units:
        while ahead and ahead[0][0] < unit.block.start:
            yield heapq.heappop(ahead)[-1]
        for passage in _of(text, unit):
            count += 1
            heapq.heappush(ahead, (passage.start, passage.end, count, passage))
    while ahead:
        yield heapq.heappop(ahead)[-1]


def _of(text: str, unit: Unit) -> Iterator[Passage]:
    block = unit.block
    clean = block.clean
    if block.kind == "source_head":
        return
    if block.kind == "source":
        whole = clean_span(text, block.start, block.end)
        yield Passage(block.start, block.end, whole.text, whole.offsets, "", "source")
        return
    if block.kind == "row":
        yield _passage(unit, 0, len(clean.text), len(clean.text), "row")
        return
    at = 0
    if unit.heading:
        yield _passage(unit, 0, unit.heading, unit.heading, "heading")
        at = unit.heading
    cuts = [at, *_ends(clean.text, at), len(clean.text)]
    for a, b in itertools.pairwise(cuts):
        if not clean.text[a:b].strip():
            continue
        # a title says what follows is about; an item or one with figures is itself a statement
        title = unit.title > 0 and b <= unit.title + 2 and (block.head > 0 or not block.bulleted)
        title = title and b < len(clean.text) and not _FIGURE.search(clean.text, a, b)
        kind = "heading" if title else "item" if block.bulleted else "sentence"
        yield _passage(unit, a, b, b, kind)


def _passage(unit: Unit, a: int, b: int, reach: int, kind: str) -> Passage:
    clean = unit.block.clean
    cut = clean.cut(a, b)
    first = cut.offsets[0]
    behind = clean.offsets[reach] if reach < len(clean.text) else unit.block.end
    low = bisect_left(clean.cites, (first, 0))
    high = bisect_left(clean.cites, (max(behind, cut.offsets[-1] + 1), 0))
    numbers = tuple(dict.fromkeys(n for _, n in clean.cites[low:high]))
    return Passage(first, cut.offsets[-1] + 1, cut.text, cut.offsets, "", kind, numbers)


def _ends(text: str, start: int) -> Iterator[int]:
    """Where sentences end. A full stop between brackets ends none; a sentence without end is cut
    at its semicolons."""
    depth_from = -1
    begin = start
    for found in re.finditer(r"[(（]|[)）]|" + _TERMINAL.pattern, text):
        at = found.start()
        if at < start:
            continue
        mark = found.group()
        if mark in "(（":
            depth_from = at
            continue
        if mark in ")）":
            depth_from = -1
            continue
        if depth_from >= 0 and at - depth_from < 120 and re.search(r"[)）]", text[at : at + 120]):
            continue
        if (
            mark[0] in "!?"
            and found.end() < len(text)
            and text[found.end()].isascii()
            and text[found.end()].isalnum()
        ):
            continue
        yield from _long(text, begin, found.end())
        begin = found.end()
        depth_from = -1
        yield begin
    yield from _long(text, begin, len(text))


def _long(text: str, begin: int, end: int) -> Iterator[int]:
    """Cuts at semicolons inside a sentence that is too long to be read as one."""
    if end - begin <= _LONG:
        return
    last = begin
    for found in re.finditer(r"[;；]", text[begin:end]):
        at = begin + found.end()
        if at - last >= 40 and at < end:
            yield at
            last = at


def _in_sections(passages: Iterable[Passage], outline: Outline) -> Iterator[Passage]:
    """The passages numbered, each in the innermost section around it. A list or an item inside a
    paragraph must hold the whole of it; a wider section holds also what a page break carried over its end."""
    sections = outline.sections
    ahead = 0
    around: list[Section] = []
    for order, passage in enumerate(passages, 1):
        while ahead < len(sections) and sections[ahead].start <= passage.start:
            around.append(sections[ahead])
            ahead += 1
        around = [s for s in around if s.end > passage.start]
        held = [s for s in around if s.end >= passage.end or s.id not in outline.inline]
        section = max(held, key=lambda s: s.level).id if held else ""
        yield replace(passage, section=section, order=order)


def _tables(passages: KeptAside[Passage]) -> Iterator[Table]:
    """Rows that follow each other are one table, over page breaks too."""
    at = 0
    for is_row, alike in itertools.groupby(passages, key=lambda passage: passage.kind == "row"):
        sections = [passage.section for passage in alike]
        if is_row:
            yield Table(passages.stretch(at, at + len(sections)), sections[0])
        at += len(sections)
