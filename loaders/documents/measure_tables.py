"""A table with a measure in each row → observations: what it is, and how much it grew.

    指标              单位   1-9月   同比增长（%）
    规上工业增加值    亿元   182.6   7.2       → 规上工业增加值, 182.6 亿元; 7.2 %, change
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from loaders.documents.document import Document, Passage, Table
from loaders.documents.indicators import figure, subject_of
from loaders.documents.rubric import cells
from loaders.facts import ObservationFact
from ontology.lexicon.dimensions import period as periods
from ontology.lexicon.mention import Period

_NAMES = re.compile(r"(?:主要|统计|经济|工业)*(?:指标|项目|产品)(?:名称)?")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_UNIT = re.compile(r"[(（]\s?([^()（）]{1,10}?)\s?[)）]\s?$")
#: a column of levels that no period heads
_LEVEL = re.compile(
    r"(?:累计)?(?:绝对(?:数|量|值)|数值|总量|实绩|完成(?:数|情况|值)|累计(?:数|完成|值)?|本年累计|产量)"
)
_CHANGE = re.compile(
    r"(?:同比|比上年|较上年|比去年)?(?:同期)?(?:增长|增减|增速|增幅|±)(?:率|幅度|情况)?[%％]?"
)
#: 一、, 其中： and # before what the row is about
_LEAD = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、]|#|其中[:：]?)+\s*")
#: amounts, which no share of a hundred can be: what is given in % is how much they grew
_AMOUNT = re.compile(r"(?:增加值|产值|投资|收入|总额|零售额|用电量|产量|利润|税收)$")


def measures(document: Document, table: Table, when: Period | None) -> list[ObservationFact]:
    """The figures of such a table; nothing for any other. ``when``: the period that its titles name."""
    rows = [[row.text[a:b].strip() for a, b in cells(row.text)] for row in table.rows]
    if len(rows) < 3 or not any(_NAMES.fullmatch(word) for word in rows[0][:2]):
        return []
    head = rows[0]
    name = next(at for at, word in enumerate(head) if _NAMES.fullmatch(word))
    unit = next((at for at, word in enumerate(head) if _UNIT_HEAD.fullmatch(word)), None)
    levels = {at: _period(word, when) for at, word in enumerate(head) if at > name and _is_level(word)}
    changes = [at for at, word in enumerate(head) if _CHANGE.fullmatch(_UNIT.sub("", word).strip())]
    if (unit is None and not changes) or not (levels or changes):
        return []
    found: list[ObservationFact] = []
    for words, passage in zip(rows[1:], table.rows[1:], strict=True):
        if len(words) == len(head) and words[name]:
            found += _row(document, passage, words, (name, unit), levels, changes, when)
    return found


def _is_level(word: str) -> bool:
    words = _UNIT.sub("", word).strip()
    return _LEVEL.fullmatch(words) is not None or _within(words, None) is not None


def _within(words: str, year: int | None) -> Period | None:
    """2024年, 1-9月, 上半年 as a whole cell; of the year, where the cell names none."""
    for text in (words, f"{year or 2000}年{words}"):
        found = [m for m in periods.find(text, date(year or 2000, 12, 31)) if m.rule != "relative"]
        if found and found[0].text == text and isinstance(found[0].value, Period):
            return found[0].value
    return None


def _period(word: str, when: Period | None) -> Period | None:
    found = _within(_UNIT.sub("", word).strip(), when.end.year if when is not None else None)
    named = re.search(r"(?:19|20)\d\d", word) is not None
    return found if found is not None and (named or when is not None) else when


def _row(
    document: Document, passage: Passage, words: list[str], where: tuple[int, int | None],
    levels: dict[int, Period | None], changes: list[int], when: Period | None,
) -> Iterator[ObservationFact]:
    name, unit_at = where
    told = _UNIT.search(words[name])
    metric = re.sub(r"\s", "", _LEAD.sub("", words[name][: told.start()] if told else words[name]))
    unit = words[unit_at] if unit_at is not None else told[1] if told else ""
    if len(metric) < 2:
        return
    for at in [*levels, *changes]:
        if unit in ("%", "％") and at in levels and changes and _AMOUNT.search(metric):
            continue  # told again as how much it grew
        grew = at in changes or (unit in ("%", "％") and _AMOUNT.search(metric) is not None)
        quantity = figure(words[at], "%" if grew else unit)
        if quantity is None or not quantity.unit:
            continue
        fallen = grew and quantity.value is not None and quantity.value < 0
        if fallen:
            told_down = abs(quantity.value or 0)
            quantity = replace(quantity, value=told_down, base_value=abs(quantity.base_value or told_down))
        yield ObservationFact(
            subject=subject_of(document),
            metric=metric,
            passage=document.reference(passage),
            quote=document.quote(passage).strip(),
            kind="change" if grew else "actual",
            period=levels.get(at, next(iter(levels.values()), when)),
            quantity=quantity,
            scope={"方向": "下降"} if fallen else {},
        )
