"""A table of indicators with years as columns → observations: baseline for the earlier year, target
for the later ones.

    序号 指标名称 2020年 2025年 属性
    1   产值（亿元） 800   1000  预期性   → 产值, 2020, 800 亿元, baseline; 2025, 1000 亿元, target

Rows are read from the right, because merged cells on the left are lost when a table is made text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from loaders.documents.document import Document, Passage, Table
from loaders.documents.rubric import cells
from loaders.facts import Fact, ObservationFact, Thing
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions import period as periods
from ontology.lexicon.dimensions import quantity as quantities
from ontology.lexicon.mention import Period, Quantity
from ontology.model import Ontology

_YEAR = re.compile(
    r"^(?:到)?((?:19|20)\d{2})(?:年)?(?:底|末)?(?:[(（]?(?:基期|目标|现状|基数|实际|预期)?(?:值|数)?[)）]?)?$"
)
_NAME = re.compile(r"指标|名称|项目|内容")
_ORDINAL = re.compile(r"^(?:序号|编号|No\.?|\d{1,3})$")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_UNIT = re.compile(r"[(（]([^()（）]{1,12})[)）]\s?$")
_FIGURE = re.compile(
    r"^(?P<bound>[≥≤<>＞＜＝=~约]|不低于|不少于|不超过|不高于|超过|低于|高于|达到|以内)?\s?"
    r"(?P<number>-?\d[\d,，]*(?:\.\d+)?)\s?(?P<unit>[^\d\s]{0,8})$"
)
_BOUNDS = {
    **dict.fromkeys(("≥", "不低于", "不少于"), ">="),
    **dict.fromkeys(("≤", "不超过", "不高于", "以内"), "<="),
    **dict.fromkeys((">", "高于", "超过"), ">"),
    **dict.fromkeys(("<", "低于"), "<"),
    **dict.fromkeys(("~", "约"), "~"),
}


@dataclass(frozen=True)
class _Columns:
    """What the columns to the right of the name are, from left to right: a period, ``unit``, or words."""

    right: tuple[Period | str, ...]

    @property
    def years(self) -> tuple[Period, ...]:
        return tuple(column for column in self.right if isinstance(column, Period))


def indicators(document: Document, table: Table, ontology: Ontology) -> list[Fact]:
    """Observations of an indicator table; nothing for any other table."""
    facts: list[Fact] = []
    columns: _Columns | None = None
    group = ""
    for row in table.rows:
        spans = [(a, b) for a, b in cells(row.text)]
        words = [row.text[a:b].strip() for a, b in spans]
        head = _columns(words)
        if head is not None:
            columns, group = head, ""
            continue
        if columns is None:
            continue
        row_facts, group = _row(document, row, words, columns, group)
        facts.extend(row_facts)
    return facts


def _columns(words: Sequence[str]) -> _Columns | None:
    """The head row: a name column and at least two years."""
    kinds = [_year(word) or ("unit" if _UNIT_HEAD.match(word) else word) for word in words]
    years = [i for i, kind in enumerate(kinds) if isinstance(kind, Period)]
    name = next((i for i, word in enumerate(words) if _NAME.search(word)), None)
    if len(years) < 2 or name is None or name > years[0]:
        return None
    first = min([*years, *(i for i, kind in enumerate(kinds) if kind == "unit" and i > name)])
    right = kinds[first:]
    while right and right[-1] == "":
        right.pop()
    return _Columns(tuple(right))


def _year(word: str) -> Period | None:
    found = _YEAR.match(word)
    return periods.parse(found.group(1) + "年", date(2000, 1, 1)) if found else None


def _row(
    document: Document, row: Passage, words: list[str], columns: _Columns, group: str
) -> tuple[list[Fact], str]:
    while words and words[-1] == "":
        words.pop()
    left, right = _split(words, columns)
    if left is None:
        return [], group
    names = [word for word in left if word and not _ORDINAL.match(word)]
    if not names:
        return [], group
    if len(names) > 1:
        group = re.sub(r"\s", "", names[-2])
    unit = _UNIT.search(names[-1])
    metric = names[-1][: unit.start()].strip() if unit else names[-1]
    unit_words = (
        unit.group(1).strip()
        if unit
        else next((w for w, c in zip(right, columns.right, strict=True) if c == "unit"), "")
    )
    scope = {
        kind: word
        for word, kind in zip(right, columns.right, strict=True)
        if isinstance(kind, str) and kind != "unit" and word and kind
    }
    if group:
        scope["类别"] = group
    earliest = min(period.start for period in columns.years)
    facts: list[Fact] = []
    for word, period in zip(right, columns.right, strict=True):
        if not isinstance(period, Period) or not word or not word.strip("-—–/…· "):
            continue
        quantity = figure(word, unit_words)
        facts.append(
            ObservationFact(
                subject=subject_of(document),
                metric=metric,
                passage=document.reference(row),
                quote=document.quote(row).strip(),
                kind="baseline" if period.start == earliest else "target",
                period=period,
                quantity=quantity,
                text="" if quantity else word,
                scope=scope,
            )
        )
    return facts, group


def _split(words: Sequence[str], columns: _Columns) -> tuple[list[str] | None, list[str]]:
    """Cells of the left (number, group, name) and of the right (as many as the head has there).

    Where words at the end are missing (the attribute in a merged cell), the figures tell."""
    count = len(columns.right)
    if len(words) > count:
        right = list(words[-count:])
        if _fits(right, columns):
            return list(words[:-count]), right
    trailing = sum(1 for kind in reversed(columns.right) if isinstance(kind, str))
    short = count - trailing
    if trailing and len(words) > short:
        right = [*words[-short:], *[""] * trailing]
        if _fits(right, columns):
            return list(words[:-short]), right
    if len(words) > count:
        return list(words[:-count]), list(words[-count:])
    return None, []


def _fits(right: Sequence[str], columns: _Columns) -> bool:
    """At least one figure under a year, and none under words."""
    figures = [bool(_FIGURE.match(word)) for word in right]
    under = [isinstance(kind, Period) for kind in columns.right]
    return any(f and u for f, u in zip(figures, under, strict=True)) and not any(
        f and not u for f, u in zip(figures, under, strict=True)
    )


def figure(word: str, unit: str) -> Quantity | None:
    """``≥99`` with the unit ``%`` → at least 99 %; None where the cell holds words."""
    found = _FIGURE.match(word)
    if found is None:
        return None
    number = found.group("number").replace(",", "").replace("，", "")
    own = found.group("unit") or unit
    bound = _BOUNDS.get(found.group("bound") or "", "=")
    parsed = quantities.parse(number + own)
    if parsed is not None:
        return replace(parsed, bound=bound)
    decimals = len(number.partition(".")[2])
    return Quantity(float(number), own, bound, base_value=float(number), base_unit=own, decimals=decimals)


def subject_of(document: Document) -> Thing:
    place = gazetteer().place(document.place) if document.place else None
    if place is not None:
        return Thing(structure.REGION, place.name, code=place.code)
    return Thing(structure.DOCUMENT, document.title or document.id, id=f"document:{document.id}")
