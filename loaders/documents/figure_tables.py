"""A table of figures in a document → observations: a row for each thing, a column for each measure.

    地区    产值（亿元）  同比增长（%）
    甲县    120.5         6.1            → 甲县, 产值, 120.5 亿元; 甲县, 产值, 6.1 %, change

Goods under a head that calls them so (产品名称) are what the figures of a row are of. Where a row names no
thing that has figures of its own (a sort of complaint), it is part of the metric and the figure is the
document's place's: 餐饮 投诉件数 42件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loaders.documents.document import Document, Passage, Table
from loaders.documents.indicators import figure, subject_of
from loaders.documents.measure_tables import measures
from loaders.documents.rubric import cells
from loaders.documents.table_columns import kind_of_head
from loaders.facts import ObservationFact, Thing
from ontology import structure
from ontology.gazetteer import gazetteer
from ontology.lexicon.dimensions import period as periods
from ontology.lexicon.mention import Period, Quantity
from ontology.lexicon.names import OpenName, open_names

_ORDINAL = re.compile(r"序号|编号|No\.?")
_UNIT = re.compile(r"[(（]\s?([^()（）]{1,10}?)\s?[)）]\s?$")
_EMPTY = re.compile(r"[-—–/…·\s]*|无")
#: heads of columns that hold a measure
_MEASURE = re.compile(
    r"(?:批次|批数|家数|户数|件数|个数|数量|数|率|额|量|值|收入|利润|税收|投资|面积|得分|分值|指数|占比|比重"
    r"|份额|增速|增幅|增长|增减|排名|位次|名次|项目|产能|规模)$"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年度?(?=[一-鿿]{2})")
_CHANGE = re.compile(r"^(?:同比|比上年|较上年|比去年)?(?:同期)?(?:增长|增减|增速|增幅|±)(?:率|幅度|情况)?$")
_SHARE = re.compile(r"占比|比重|份额")
_RANK = re.compile(r"排名|位次|名次")
_ALL = re.compile(r"(?:合计|总计|全[省市县区]|总体|平均)")
#: what is counted, where the head says so and no unit is given
_COUNTED = (("批次", "批次"), ("批数", "批"), ("家数", "家"), ("企业数", "家"), ("户数", "户"))


@dataclass(frozen=True)
class _Column:
    at: int
    metric: str
    unit: str
    kind: str
    #: the year that its head names: 2022年营业收入
    when: Period | None = None


def table_figures(document: Document, table: Table) -> list[ObservationFact]:
    """The figures of a table; nothing where its columns do not hold figures from top to bottom."""
    told_by_row = measures(document, table, _period(document, table))
    if told_by_row:
        return told_by_row
    rows = [[row.text[a:b].strip() for a, b in cells(row.text)] for row in table.rows]
    if len(rows) < 3 or len(rows[0]) < 2:
        return []
    told = zip(rows[1:], table.rows[1:], strict=True)
    width = len(rows[0])
    # cells at the end of a row may be left out
    body = [(row + [""] * (width - len(row)), passage) for row, passage in told if 1 < len(row) <= width]
    if len(body) < 2:
        return []
    named = _named(rows[0], [row for row, _ in body])
    columns = list(_columns(rows[0], [row for row, _ in body], named)) if named is not None else []
    if named is None or not columns:
        return []
    when = _period(document, table)
    kind = kind_of_head(rows[0][named])
    cls = "Product" if kind == "product" else "Enterprise" if kind in ("firm", "leader") else ""
    return [
        fact for row, passage in body for fact in _row(document, passage, row, named, cls, columns, when)
    ]


def _named(head: Sequence[str], body: Sequence[Sequence[str]]) -> int | None:
    """The column that names what the rows are about: the first one of words."""
    firms = [at for at, word in enumerate(head) if kind_of_head(word) in ("firm", "leader")]
    for at, word in [(at, head[at]) for at in firms] or list(enumerate(head)):
        told = [row[at] for row in body]
        if not _ORDINAL.fullmatch(word) and all(told) and not any(map(_number, told)):
            return at if len(set(told)) == len(told) else None
    return None


def _columns(head: Sequence[str], body: Sequence[Sequence[str]], named: int) -> Iterator[_Column]:
    level = ""
    for at, word in enumerate(head):
        told = [row[at] for row in body if not _EMPTY.fullmatch(row[at])]
        if at <= named or 2 * len(told) < len(body) or not all(map(_number, told)):
            continue
        said = _UNIT.search(word)
        metric = re.sub(r"\s", "", word[: said.start()] if said else word)
        # where the head has no unit, that of the cells: 4.2%
        unit = said[1] if said else next((q.unit for cell in told if (q := _number(cell)) and q.unit), "")
        if _CHANGE.match(metric) or _RANK.fullmatch(metric):
            ranked = _RANK.fullmatch(metric) is not None
            if level:  # of the measure before it
                yield _Column(at, level, "位" if ranked else unit, "rank" if ranked else "change")
            continue
        if not _MEASURE.search(metric):
            continue
        year = _YEAR.match(metric)
        when = periods.parse(f"{year[1]}年", date(int(year[1]), 12, 31)) if year is not None else None
        metric = metric[year.end() :] if year is not None else metric
        kind = "rank" if _RANK.search(metric) else "share" if _SHARE.search(metric) else "actual"
        level = metric if kind == "actual" else level
        yield _Column(at, metric, unit or ("位" if kind == "rank" else _counted(metric)), kind, when)


def _counted(metric: str) -> str:
    return next((unit for ending, unit in _COUNTED if metric.endswith((ending, f"{ending}数"))), "")


def _number(word: str) -> Quantity | None:
    return figure(word, "")


def _period(document: Document, table: Table) -> Period | None:
    """The year, half or month that the titles around the table name."""
    titles = [section.title for section in document.ancestors(table.section)]
    for title in (*titles, document.title):
        for m in periods.find(title, document.dated):
            if isinstance(m.value, Period) and m.value.start.year == m.value.end.year:
                return m.value
    return None


def _row(
    document: Document, passage: Passage, row: Sequence[str], named: int, cls: str,
    columns: Sequence[_Column], when: Period | None,
) -> Iterator[ObservationFact]:
    name = re.sub(r"\s", "", row[named])
    thing = None if _ALL.fullmatch(name) else _thing(document, name)
    if thing is None and cls and not _ALL.fullmatch(name):
        thing = Thing(cls, name, name, place=document.place if cls == "Product" else "")
    for column in columns:
        quantity = figure(row[column.at], column.unit)
        if quantity is None or not (quantity.unit or column.kind == "actual"):
            continue
        fallen = column.kind == "change" and quantity.value is not None and quantity.value < 0
        if fallen:
            told = abs(quantity.value or 0)
            quantity = replace(quantity, value=told, base_value=abs(quantity.base_value or told))
        part = "" if thing is not None or _ALL.fullmatch(name) else name
        yield ObservationFact(
            subject=thing or subject_of(document),
            metric=part + column.metric,
            passage=document.reference(passage),
            quote=document.quote(passage).strip(),
            kind=column.kind,
            period=column.when or when,
            quantity=quantity,
            scope={"方向": "下降"} if fallen else {},
        )


def _thing(document: Document, name: str) -> Thing | None:
    """A place, firm, park or chain that the cell names as a whole."""
    known = gazetteer()
    found = known.find(name, within=document.place) if document.place else ()
    places = found or known.find(name)
    if len(places) == 1 or found:
        return Thing(structure.REGION, places[0].name, name, code=places[0].code)
    for m in open_names(name):
        if isinstance(m.value, OpenName) and (m.start, m.end) == (0, len(name)):
            return replace(Thing(m.value.cls, m.value.name, name, m.value.subtype), place=m.value.place)
    return None
