"""A table of points → criteria: what is judged, its parts, and the levels of each part.

Cells are told by what they say and not by their column, since a page break moves them: a short
cell with a total (机制 (14分)) is a criterion, a statement with points (…。(4-9分)) a level of the
criterion before it, a number in front of a criterion makes it a main one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from loaders.documents.document import Document, Passage, Table
from loaders.facts import EntityFact, Fact, ObservationFact, RelationFact, Thing
from ontology import structure
from ontology.lexicon.mention import Quantity

CRITERION: Final = "Criterion"
#: the metric of the points that a criterion or a level gives
POINTS: Final = "分值"
_POINTS = re.compile(
    r"[(（]\s?(\d{1,3}(?:\.\d+)?)(?:\s?[-—–~至到]\s?(\d{1,3}(?:\.\d+)?))?\s?分\s?[)）]\s?[。.]?$"
)
_LONGEST_NAME = 100


@dataclass
class _Criterion:
    number: str
    title: str
    low: float
    high: float
    passage: Passage
    span: tuple[int, int]
    parent: _Criterion | None = None
    children: int = 0
    level: bool = False
    text: str = field(default="")


def criteria(document: Document, table: Table) -> list[Fact]:
    """Criteria of a rubric with their points; nothing for any other table."""
    found = list(_read(document, table.rows))
    if sum(1 for c in found if c.level) < 2 or not any(not c.level for c in found):
        return []
    _name_levels(found)
    facts: list[Fact] = []
    for criterion in found:
        facts.extend(_facts(document, criterion))
    return facts


def _name_levels(found: Sequence[_Criterion]) -> None:
    """Levels that differ in a few characters only (… 获得甲级 · … 获得乙级) are called by these."""
    levels: dict[int, list[_Criterion]] = {}
    for criterion in found:
        if criterion.level and criterion.parent is not None:
            levels.setdefault(id(criterion.parent), []).append(criterion)
    for fellows in levels.values():
        texts = [level.text.rstrip("。；; ") for level in fellows]
        shared = sum(1 for _ in takewhile(lambda chars: len(set(chars)) == 1, zip(*texts, strict=False)))
        rests = [text[shared:] for text in texts]
        if len(texts) > 1 and shared >= 12 and all(2 <= len(rest) <= 20 for rest in rests):
            for level, rest in zip(fellows, rests, strict=True):
                level.title = rest


def _read(document: Document, rows: Sequence[Passage]) -> Iterator[_Criterion]:
    main: _Criterion | None = None
    part: _Criterion | None = None
    mains = 0
    numbered = False
    for row in rows:
        for a, b in cells(row.text):
            text = row.text[a:b].strip()
            if not text:
                continue
            if text.isdigit():
                numbered = True
                continue
            points = _POINTS.search(text)
            if points is None:
                continue
            low, high = float(points.group(1)), float(points.group(2) or points.group(1))
            span = (a + len(row.text[a:b]) - len(row.text[a:b].lstrip()), b)
            title = document.written(row, span[0], span[0] + points.start())
            statement = points.group(2) is not None or len(title) > 30 or title.endswith(("。", ";", "；"))
            if not statement and numbered:
                mains += 1
                main = _Criterion(str(mains), title, low, high, row, span)
                part, numbered = None, False
                yield main
            elif not statement:
                owner = main
                number = _next(owner) if owner else str(mains + 1)
                if owner is None:
                    mains += 1
                part = _Criterion(number, title, low, high, row, span, owner)
                yield part
            else:
                owner = part or main
                if owner is not None:
                    yield _Criterion(_next(owner), title, low, high, row, span, owner, level=True, text=title)


def _next(owner: _Criterion) -> str:
    owner.children += 1
    return f"{owner.number}.{owner.children}"


def cells(row: str) -> Iterator[tuple[int, int]]:
    """Where the cells of a flattened row stand."""
    at = 0
    mark = "\t" if "\t" in row else "|"
    for piece in row.split(mark):
        yield at, at + len(piece)
        at += len(piece) + 1


def _thing(document: Document, criterion: _Criterion) -> Thing:
    return Thing(CRITERION, _name(criterion.title), id=f"criterion:{document.id}/{criterion.number}")


def _name(title: str) -> str:
    """A level is called by its statement, a long one by as many of its clauses as make a name."""
    title = title.rstrip("。；; ")
    if len(title) <= _LONGEST_NAME:
        return title
    cut = max(title.rfind(mark, 0, _LONGEST_NAME) for mark in "，,。；;、")
    return title[: cut if cut > 20 else _LONGEST_NAME]


def _facts(document: Document, criterion: _Criterion) -> Iterator[Fact]:
    row = criterion.passage
    a, b = row.span(*criterion.span)
    passage = document.reference(row)
    quote = document.text[a:b].strip()
    thing = _thing(document, criterion)
    attributes = {
        "number": criterion.number,
        "points": _shown(criterion.high),
        "points_low": _shown(criterion.low),
        "points_high": _shown(criterion.high),
        "level": "档" if criterion.level else "评价要点" if criterion.parent is None else "评价内容",
    }
    if criterion.text:
        attributes["text"] = criterion.text
    whole = Thing(structure.DOCUMENT, document.title or document.id, id=f"document:{document.id}")
    scope = {}
    parent = criterion.parent
    if parent is not None:
        attributes["parent"] = f"criterion:{document.id}/{parent.number}"
        scope["评价内容" if criterion.level else "评价要点"] = parent.title
    yield EntityFact(thing, passage, quote, attributes=attributes)
    yield RelationFact(thing, structure.IN_DOCUMENT, whole, passage, quote)
    if parent is not None:
        yield RelationFact(thing, structure.PART_OF, _thing(document, parent), passage, quote)
    one = criterion.low == criterion.high
    quantity = Quantity(
        value=criterion.low if one else None,
        unit="分",
        low=None if one else criterion.low,
        high=None if one else criterion.high,
        base_value=criterion.low if one else None,
        base_unit="分",
    )
    yield ObservationFact(thing, POINTS, passage, quote, quantity=quantity, scope=scope)


def _shown(number: float) -> str:
    return f"{number:g}"
