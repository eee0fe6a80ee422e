"""A calculated answer in words: the figures, what is done with them, what comes out.

31.7% − 16.7个百分点 = 15.0%: every input with its subject, period and kind, the result with the
decimals of the inputs, as a share of a hundred minus points is a share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ontology.model import Ontology
from ontology.structure import METRIC
from qa_service.answering.attributed import Clause, Told
from qa_service.answering.evidence import Reference, references_of
from qa_service.answering.figure_told import figure_told, period_told
from qa_service.answering.figures import figure
from qa_service.readings.reading import Reading
from queries import logical_form as lf
from queries.compile.calculated import LOWER, PERCENT, SHARE

#: columns of a two-sided calculation with the figures of the sides
_SIDES = ("left", "right")
_LONGEST = 60
#: figures of a sum or a mean that its sentence tells; the table has all
_NAMED = 8


@dataclass(frozen=True)
class Working:
    """What a calculated answer shows."""

    text: Told
    items: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    #: the passages of each row
    passages: tuple[tuple[str, ...], ...] = ()


Row = Mapping[str, object]


def inputs_of(rows: Sequence[Row]) -> list[Reference]:
    """The passages of all figures that a calculation rests on."""
    found: list[Reference] = []
    for side in _SIDES:
        for row in rows:
            found += references_of(row.get(f"{side}_passages"), row.get(f"{side}_sources"))
    return found


def worked(reading: Reading, rows: Sequence[Row], ontology: Ontology, *, english: bool) -> Working:
    """The working of a calculation over two sides, or of what is left of a whole."""
    row = _best(rows)
    left, right = _side(row, "left"), _side(row, "right")
    form = reading.form
    result = _result(form, row, left, right, english)
    verdict, _ = _verdict(form, row, left, right, ontology, english)
    items: list[str] = []
    for shown in reading.shown:
        if shown == "verdict":
            items.append(verdict)
        elif shown == "result":
            items.append(result)
        elif shown == "growth":
            items.append(f"{(float(str(row.get('value') or 1)) - 1) * 100:.1f}%")
        elif shown == "times":
            items.append(_times(row, english))
        elif shown == "portion":
            items.append(f"{_trimmed(float(str(row.get('value') or 0)) * 100, 1)}%")
        elif shown in ("greater", "lesser"):
            items.append(_greater(reading, row, english, least=shown == "lesser"))
        elif shown in _SIDES:
            items.append(figure(left if shown == "left" else right, english=english))
    sides = [side for side in (left, right) if side]
    table = tuple(_row(side, english) for side in sides)
    passages = tuple(tuple(p for p, _ in references_of(side.get("passages"), ())) for side in sides)
    columns = _columns(english)
    if "times" in reading.shown:
        result = _times(row, english)
    text = _sentence(reading, row, left, right, result, verdict, english)
    notes = ("calculated from recorded figures",) if english else ("结果由登记的数据计算得出，见算式和依据",)
    return Working(text, tuple(dict.fromkeys(i for i in items if i)), columns, table, notes, passages)


def listed(reading: Reading, rows: Sequence[Row], *, english: bool) -> Working:
    """Figures shown side by side, or their metrics where these are asked for."""
    items: list[str] = []
    if "count" in reading.shown:
        items = [str(len({str(r.get("metric_id")) for r in rows}))]
    written = dict(reading.written)
    for r, shown in ((r, s) for r in rows for s in reading.shown):
        value, phrase = figure(r, english=english), str(r.get("metric") or "")
        if shown == "subject":
            items.append(written.get(str(r.get("id")), str(r.get("subject_name") or "")))
        elif shown == "scope":
            items.append(reading.sides[0])
        elif shown == "verdict":
            items.append(_whether(reading.sides[0] == "yes", english))
        elif shown == "metric":
            items.append(written.get(str(r.get("id")), phrase)[:_LONGEST])
        elif shown == "figure":
            items.append(f"{value}（{phrase}）"[:_LONGEST] if phrase else value)
        elif shown == "value":
            items.append(value)
        elif shown == "qualifier":
            value = _qualifier(r.get("scope"), reading.sides[0])
            if reading.sides[1]:
                items.append(_whether(value == reading.sides[1], english))
            items.append(value)
    table = tuple(_row(r, english) for r in rows)
    columns = _columns(english)
    after = ""
    if "figure" in reading.shown and len({r[3] for r in table}) > 1:
        after = " The sources differ." if english else "各处口径或来源不同，并列于此。"
    told = tuple(
        Clause(figure_told(r, english=english), tuple(references_of(r.get("passages"), r.get("sources"))))
        for r in rows[:_NAMED]
    )
    return Working(Told(told, after=after), tuple(dict.fromkeys(items)), columns, table)


def _whether(true: bool, english: bool) -> str:
    return ("yes" if true else "no") if english else ("是" if true else "否")


def _qualifier(scope: object, key: str) -> str:
    """The value of a qualifier in a recorded scope: 属性 of ``属性=约束性;类别=环境``."""
    pairs = dict(pair.partition("=")[::2] for pair in str(scope or "").split(";"))
    return pairs.get(key, "")


# ---- parts ----------------------------------------------------------------------------------------


def _best(rows: Sequence[Row]) -> Row:
    """Exact figures before bounds, then the order of the statement."""
    return min(
        rows, key=lambda r: (r.get("left_bound") not in ("=", None), r.get("right_bound") not in ("=", None))
    )


def _side(row: Row, side: str) -> dict[str, object]:
    start = f"{side}_"
    return {k.removeprefix(start): v for k, v in row.items() if k.startswith(start)}


def _result(form: object, row: Row, left: Row, right: Row, english: bool) -> str:
    value = float(str(row.get("value") or 0))
    decimals = max(_decimals(left), _decimals(right))
    unit = str(left.get("unit") or "")
    if isinstance(form, lf.Ratio):
        return f"{_trimmed(value * 100, 1)}%"
    scale = _scale(left)
    if isinstance(form, lf.Difference | lf.Attained):
        value, unit = abs(value), ((" percentage points" if english else "个百分点") if unit == "%" else unit)
    if (
        isinstance(form, lf.Shifted)
        and str(right.get("base_unit")) in ("倍", "%")
        and unit != right.get("unit")
    ):
        decimals += 1
        return f"约{_trimmed(value / scale, decimals)}{unit}"
    return f"{_number(value / scale, decimals)}{unit}"


def _number(value: float, decimals: int) -> str:
    return f"{round(value, 10):.{decimals}f}"


def _decimals(side: Row) -> int:
    decimals = side.get("decimals")
    return int(str(decimals)) if decimals is not None else 0


def _scale(side: Row) -> float:
    base, value = side.get("base_value"), side.get("value")
    if isinstance(base, int | float) and isinstance(value, int | float) and value:
        return abs(base / value)
    return 1.0


def _verdict(
    form: object, row: Row, left: Row, right: Row, ontology: Ontology, english: bool
) -> tuple[str, bool]:
    if not isinstance(form, lf.Attained):
        return "", False
    key = str(right.get("metric_id") or "").removeprefix(f"{METRIC.lower()}:")
    metric = ontology.metrics.get(key)
    polarity = metric.polarity if metric is not None and metric.polarity else 1
    if str(right.get("bound")) in ("<=", "<"):
        polarity = -1
    ahead = float(str(row.get("value") or 0)) * polarity
    reached = ahead >= -1e-9
    early = bool(left.get("period")) and str(left.get("period"))[:4] < str(right.get("period") or "")[:4]
    if english:
        return ("yes, reached" if reached else "no, not reached"), reached
    if reached:
        return ("是，已提前完成" if early else "是，已完成"), True
    return "否，尚未完成", False


def _greater(reading: Reading, row: Row, english: bool, *, least: bool = False) -> str:
    value = float(str(row.get("value") or 0))
    if abs(value) < 1e-9:
        return "equal" if english else "持平"
    return reading.sides[0] if (value > 0) != least else reading.sides[1]


def _times(row: Row, english: bool) -> str:
    return f"{_trimmed(float(str(row.get('value') or 0)), 2)}{' times' if english else '倍'}"


def _trimmed(value: float, decimals: int) -> str:
    """Rounded, without needless zeros."""
    text = f"{round(value, 10):.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def added(form: object, number: Row, figures: Sequence[Row], *, english: bool) -> Working:
    """The working of a sum or a mean: every figure that goes in, then what comes out."""
    mean = isinstance(form, lf.Average)
    first = figures[0]
    units = {str(r.get("unit") or "") for r in figures}
    unit, scale = (units.pop(), _scale(first)) if len(units) == 1 else (str(number.get("unit") or ""), 1.0)
    decimals = max(len(f"{float(str(r.get('value') or 0)):g}".partition(".")[2]) for r in figures)
    value = float(str(number.get("value") or 0)) / scale
    result = f"{_trimmed(value, decimals + mean)}{unit}"
    table = tuple(_row(r, english) for r in figures)
    shown = [figure(r, english=english) for r in figures]
    one = len({str(r.get("subject")) for r in figures}) == 1
    names = [str(r.get("metric" if one else "subject_name") or "") for r in figures]
    if len(names) > _NAMED:
        names, shown = names[:_NAMED], shown[:_NAMED]
    more = len(figures) - len(names)
    last = str(first.get("subject_name" if one else "metric") or "")
    when = period_told(str(first.get("period") or ""))
    stated = tuple(r for row in figures for r in references_of(row.get("passages"), row.get("sources")))
    if english:
        listed_ = ", ".join(f"{n} {v}" for n, v in zip(names, shown, strict=True))
        listed_ += f" and {more} more" if more else ""
        what = "mean" if mean else "sum"
        told = f"{last} ({first.get('period') or 'no period stated'}): {listed_}"
        notes = ("calculated from recorded figures; each counts once",)
        text = Told((Clause(told, stated),), after=f"; {what}: {result}.")
        return Working(text, (result,), _columns(True), table, notes)
    said = f"{when}{'、'.join(names)}{last}" if not one else f"{when}{last}{'、'.join(names)}"
    end = f"等共{len(figures)}项" if more else ""
    told = f"{said}分别为{'、'.join(shown)}{end}"
    text = Told((Clause(told, stated),), after=f"；{'平均' if mean else '合计'}{result}。")
    note = "结果由登记的数据计算得出" + ("，各项等权平均，未按规模加权" if mean else "")
    return Working(text, (result,), _columns(False), table, (note,))


def _columns(english: bool) -> tuple[str, ...]:
    if english:
        return ("subject", "metric", "period", "value", "kind")
    return ("对象", "指标", "时间", "值", "性质")


def _row(side: Row, english: bool) -> tuple[str, ...]:
    return (
        str(side.get("subject_name") or ""), str(side.get("metric") or ""), str(side.get("period") or ""),
        figure(side, english=english), str(side.get("value_kind") or ""),
    )  # fmt: skip


def _sentence(
    reading: Reading, row: Row, left: Row, right: Row, result: str, verdict: str, english: bool
) -> Told:
    form = reading.form
    a, b = figure(left, english=english), figure(right, english=english)
    stop = "." if english else "。"
    then = "; " if english else "；"
    before = f"{verdict}{'. ' if english else '。'}" if verdict else ""
    first = _clause(left, english)
    if isinstance(form, lf.Rest):
        return Told((first,), before, f"{then}100% − {a} = {result}{stop}")
    if isinstance(form, lf.Shifted):
        lower = any(word in str(right.get("scope") or "") for word in LOWER)
        sign = "÷" if str(right.get("base_unit")) == "倍" else "+" if lower else "−"
        other, less = reading.sides[1], b
        whole = str(right.get("value_kind")) == SHARE
        if whole:
            sign = "÷"
        elif str(right.get("base_unit")) == PERCENT != str(left.get("base_unit")):
            sign, less = "÷", f"(1 {sign} {b})" if lower else f"(1 + {b})"
        working = f"{a} {sign} {less} = {result}"
        if english:
            return Told((first,), before, f"; {working}, which is the figure for {other}.")
        if whole:
            return Told((first, _clause(right, english)), before, f"；推算：{working}，即{other}为{result}。")
        known = replace(first, text=f"{first.text}，比“{other}”{'低' if lower else '高'}{b}")
        return Told((known,), before, f"；推算：{working}，即{other}为{result}。")
    sign = "÷" if isinstance(form, lf.Ratio) else "−"
    value = float(str(row.get("value") or 0))
    if isinstance(form, lf.Difference | lf.Attained) and value < 0:
        working = f"{b} − {a} = {result}"
    else:
        working = f"{a} {sign} {b} = {result}"
    return Told((first, _clause(right, english)), before, f"{then}{working}{stop}")


def _clause(side: Row, english: bool) -> Clause:
    references = tuple(references_of(side.get("passages"), side.get("sources")))
    return Clause(figure_told(side, english=english), references)
