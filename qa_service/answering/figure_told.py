"""A recorded figure as a sentence: 2024年甲市产品合格率为95.2%, 检测周期下降40%, 比乙市高0.2个百分点."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.observation_rows import COUNTING
from ontology.lexicon.later import later
from qa_service.answering.figures import figure

Row = Mapping[str, object]

_HALVES = {"H1": "上半年", "H2": "下半年"}
_QUARTERS = {"Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度"}
#: the years of a five-year plan by its number
_PLANS = {f"{2001 + 5 * n}/{2005 + 5 * n}": f"十{zh}" for n, zh in enumerate("一二三四五", 1)}
_POINTS = ("个百分点", "百分点", "个点", "分", "位")
#: a phrase that names the change itself, and one that says its direction
_CHANGE = later(r"(?:[增升涨降跌]幅|增速|增长率|增量|变化|波动|差距)$")
_TURNED = later(r"(?:增长|提高|提升|上升|增加|新增|下降|降低|减少|缩短|压缩|压降)$")
_PART = later(r"(?:率|占比|比例|比重|份额)$|占[^,，]{1,16}$")
_QUANTITY = later(r"(?:数|量|额|规模|总数|值|分|人次)$")
#: a phrase that says what was done takes its number at once: 新增企业47家
_DONE = later(
    r"(?:累计|共)?(?:开展|带动|服务|新增|完成|建立|建成|提供|纳入|列入|入围|发布|制定|参与|主导|抽查|申请|培育|组织"
    r"|查处|办理|实施|获得|拥有|设立|入驻|引进|承担|节省|为企业)"
)
#: qualifiers that the sentence has words for, or that only say how a table is ordered
_SPOKEN = ("方向", "比较", "类别", "评价内容", "评价要点", "地区")
_FELL = "下降"
_LOWER = "低于"


def period_told(period: str) -> str:
    """A period in Chinese words.

    >>> period_told("2024"), period_told("2024-H1"), period_told("2021/2025")
    ('2024年', '2024年上半年', '“十四五”时期')
    """
    first, slash, last = period.partition("/")
    if period in _PLANS:
        return f"“{_PLANS[period]}五”时期"
    if slash:
        same = first[:4] == last[:4] and len(first) == len(last) == 7
        return (
            f"{first[:4]}年{int(first[5:])}—{int(last[5:])}月" if same else f"{_point(first)}至{_point(last)}"
        )
    return _point(period)


def _point(period: str) -> str:
    year, _, rest = period.partition("-")
    if not rest:
        return f"{year}年" if re.fullmatch(r"\d{4}", year) else year
    if rest in _HALVES or rest in _QUARTERS:
        return f"{year}年{(_HALVES | _QUARTERS)[rest]}"
    month, _, day = rest.partition("-")
    if not month.isdigit():
        return period
    return f"截至{year}年{int(month)}月{int(day)}日" if day else f"{year}年{int(month)}月"


def figure_told(row: Row, *, english: bool = False, metric: str = "") -> str:
    """The thing, time, measure, scope and value of a row; ``metric`` where it has another word.

    >>> row = {"subject_name": "甲市", "metric": "检测周期", "period": "2024", "value": 40.0, "unit": "%"}
    >>> figure_told({**row, "value_kind": "change", "scope": "方向=下降"})
    '2024年甲市检测周期下降40%'
    """
    metric = metric or str(row.get("metric") or "")
    if english:
        return _in_english(row, metric)
    subject = str(row.get("subject_name") or "")
    subject = "" if metric.startswith(subject) else subject
    place = _qualifiers(row).get("地区", "")
    subject = f"{place}{subject}" if place not in f"{subject}{metric}" else subject
    noted = _noted(row, f"{subject}{metric}")
    return f"{period_told(str(row.get('period') or ''))}{subject}{metric}{noted}{_predicate(row, metric)}"


def _predicate(row: Row, metric: str) -> str:
    value = figure(row)
    kind, unit = str(row.get("value_kind") or ""), str(row.get("unit") or "")
    scope = _qualifiers(row)
    being = _being(row)
    if kind == "target":
        return f"的目标{being}{value}"
    if kind == "baseline":
        return f"{being}{value}"
    if kind == "change":
        if _CHANGE.search(metric):
            return f"{being}{value}"
        than = f"比{scope['比较']}" if "比较" in scope else ""
        verb = "" if _TURNED.search(metric) else _change(scope, unit)
        return f"{than}{verb}{value}"
    if kind == "comparison" and "比较" in scope:
        lower = scope.get("方向") == _LOWER
        counted = unit in COUNTING
        verb = ("少" if lower else "多") if counted else ("低" if lower else "高")
        return f"比{scope['比较']}{verb}{value}"
    if kind == "rank":
        return f"居{scope.get('范围', '')}{value}"
    if kind == "share" and not _PART.search(metric):
        return f"的占比{being}{value}"
    if not being and not _has_number(row):
        return f"：{value}"
    if being and _DONE.match(metric) and unit != "%":
        return value
    if unit in COUNTING and being and not _QUANTITY.search(metric):
        return f"有{value}"
    return f"{being}{value}"


def _change(scope: Mapping[str, str], unit: str) -> str:
    if scope.get("方向") == _FELL:
        return _FELL
    return "提高" if unit in _POINTS else "增长" if unit in ("%", "倍") else "增加"


def _being(row: Row) -> str:
    """为, which a bound (不低于, 超过) does without."""
    return "为" if str(row.get("bound") or "=") == "=" and _has_number(row) else ""


def _has_number(row: Row) -> bool:
    return isinstance(row.get("value"), int | float) or isinstance(row.get("low"), int | float)


def _qualifiers(row: Row) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in str(row.get("scope") or "").split(";"))
    return {key: value for key, _, value in pairs if value}


def _noted(row: Row, said: str) -> str:
    """What narrows the figure, in brackets: （规模：200人以下）; nothing that is said already."""
    spoken = (*_SPOKEN, "范围") if row.get("value_kind") == "rank" else _SPOKEN
    rest = [
        value if key == "属性" else f"{key}：{value}"
        for key, value in _qualifiers(row).items()
        if key not in spoken and value not in said
    ]
    rest += ["基期"] if row.get("value_kind") == "baseline" else []
    return f"（{'，'.join(rest)}）" if rest else ""


def _in_english(row: Row, metric: str) -> str:
    kind = str(row.get("value_kind") or "")
    told = [str(row.get("period") or "no period stated")]
    told += [kind] if kind not in ("", "actual") else []
    told += [str(row["scope"])] if row.get("scope") else []
    return f"{row.get('subject_name')}, {metric} ({', '.join(told)}): {figure(row, english=True)}"
