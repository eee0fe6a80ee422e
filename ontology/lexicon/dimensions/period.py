"""Stretches of time: ``2024年上半年`` · ``1至9月`` · ``“十四五”末`` · ``去年`` · ``到2025年底``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ontology.lexicon.mention import Mention, Period

#: first year of each five-year plan by its word
PLANS = {
    "九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011,
    "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031,
}
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
#: words for a year, counted from the given date
YEARS = {
    "今年": 0, "本年度": 0, "本年": 0, "当年": 0, "明年": 1, "前年": -2,
    "去年": -1, "上一年度": -1, "上一年": -1, "上年度": -1, "上年": -1,
}

_DASH = r"\s?(?:至|到|[-—–~～－―]{1,2})\s?"
_PART = (
    r"(?:(?P<half>上半年|下半年|前三季度|前二季度|前两季度)"
    r"|第?(?P<quarter>[一二三四1-4])季度|Q(?P<q>[1-4])"
    rf"|(?P<m1>\d{{1,2}})\s?月?{_DASH}(?P<m2>\d{{1,2}})\s?月份?"
    r"|前(?P<first>[一二三四五六七八九十]|\d{1,2})个?月"
    r"|(?P<month>\d{1,2})\s?月(?:(?P<day>\d{1,2})\s?[日号])?份?(?P<monthend>底|末)?)"
)
#: the same where no year stands before it; the groups of one pattern need names of their own
_ALONE = re.sub(r"<(\w+?)>", r"<\1_2>", _PART)
_YEAR = r"(?<![\d.])(?P<year>(?:19|20)\d\d)"
_ABSOLUTE = re.compile(
    rf"(?:(?P<by>到|至|截至|截止|截止到|截至到)\s?)?(?:"
    rf"{_YEAR}\s?年?度?{_DASH}(?P<to>(?:19|20)\d\d)\s?年(?:度|间|期间)?(?P<rangeend>底|末)?"
    rf"|{_YEAR.replace('year', 'iy')}[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d)"
    rf"|{_YEAR.replace('year', 'oy')}\s?年度?\s?(?:全年|期间)?(?:(?P<end>年底前?|年末|底前?|末"
    rf"|前(?![三二两一四五六七八九十\d])|之?前(?=[,，]))|{_PART})?"
    r"|[“\"「]?(?P<plan>十[一二三四五六]?五)[”\"」](?P<planend>末期|末|期末|收官)?(?:期间|时期"
    r"|规划期)?(?P<planend2>末)?"
    r"|(?<![0-9一二三四五六七八九十])(?P<plan2>十[一二三四五六]五)(?:(?P<plan2end>末期|末|期末)|期间|时期"
    r"|规划)"
    r")"
)
_RELATIVE = re.compile(
    r"(?P<by>到|至|截至|截止)?(?:"
    rf"(?P<word>今年|本年度|本年|当年|去年|上一年度|上一年|(?<!以)上年度|(?<!以)上年(?!同期|均)|前年|明年)(?:以来"
    rf"|全年)?\s?(?:(?P<end>年?底|年?末)|{_PART})?"
    r"|(?P<now>截至目前|目前|现有|当前|迄今|现已|如今|至今|今年以来)"
    r"|近(?P<last>[一二两三四五六七八九十]|\d{1,2})年(?:来|间)?"
    r"|(?<![\d.])(?P<ago>[一二两三四五六七八九十]|\d{1,2})年前"
    r"|(?P<yearend>年底前?|年末|(?<![一二两三四五六七八九十几数\d])年内|全年)"
    rf"|(?<![\d.年]){_ALONE}"
    r")"
)
_HAN_YEAR = re.compile(r"(?<![〇零一二三四五六七八九十])([一二][〇零九一二三四五六七八]{3})年")
_HAN_DIGIT = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SMALL = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@dataclass(frozen=True)
class Open:
    """A period whose year depends on a date that is not known: ``去年``, ``1至9月``."""

    text: str


def year(y: int) -> Period:
    return Period(f"{y:04d}", date(y, 1, 1), date(y, 12, 31))


def years(a: int, b: int) -> Period:
    return Period(f"{a:04d}/{b:04d}", date(a, 1, 1), date(b, 12, 31))


def half(y: int, n: int) -> Period:
    return Period(f"{y:04d}-H{n}", date(y, 1 if n == 1 else 7, 1), date(y, 6, 30) if n == 1 else date(y, 12,
    31))


def quarter(y: int, n: int) -> Period:
    last = 3 * n
    return Period(f"{y:04d}-Q{n}", date(y, last - 2, 1), date(y, last, calendar.monthrange(y, last)[1]))


def months(y: int, a: int, b: int) -> Period | None:
    if not (1 <= a <= b <= 12):
        return None
    end = date(y, b, calendar.monthrange(y, b)[1])
    if (a, b) == (1, 12):
        return year(y)
    return Period(f"{y:04d}-{a:02d}" if a == b else f"{y:04d}-{a:02d}/{y:04d}-{b:02d}", date(y, a, 1), end)


def day(y: int, m: int, d: int) -> Period | None:
    try:
        at = date(y, m, d)
    except ValueError:
        return None
    return Period(at.isoformat(), at, at)


def _small(text: str) -> int:
    return int(text) if text.isdigit() else _SMALL.get(text, 0)


def _part(y: int, g: dict[str, str | None], tail: str = "") -> Period | None:
    """The part of a year that the groups of ``_PART`` name, or the whole year."""
    word = g["half" + tail]
    if word:
        if word[0] == "前":
            return months(y, 1, 9 if word[1] == "三" else 6)
        return half(y, 1 if word[0] == "上" else 2)
    q = g["quarter" + tail] or g["q" + tail]
    if q:
        return quarter(y, QUARTERS[q])
    a, b = g["m1" + tail], g["m2" + tail]
    if a and b:
        return months(y, int(a), int(b))
    first = g["first" + tail]
    if first:
        return months(y, 1, _small(first))
    m, d = g["month" + tail], g["day" + tail]
    if m:
        if d:
            return day(y, int(m), int(d))
        if g["monthend" + tail] and 1 <= int(m) <= 12:
            return day(y, int(m), calendar.monthrange(y, int(m))[1])
        return months(y, int(m), int(m))
    return year(y)


def _absolute(m: re.Match[str]) -> Period | None:
    g = m.groupdict()
    if g["to"]:
        a, b = int(g["year"] or 0), int(g["to"])
        return years(a, b) if a < b else None
    if g["iy"]:
        return day(int(g["iy"]), int(g["im"] or 0), int(g["id"] or 0))
    plan = g["plan"] or g["plan2"]
    if plan:
        first = PLANS.get(plan)
        if first is None:
            return None
        if g["planend"] or g["planend2"] or g["plan2end"]:
            return year(first + 4)
        return years(first, first + 4)
    y = int(g["oy"] or 0)
    return year(y) if g["end"] else _part(y, g)


def _relative(m: re.Match[str], today: date) -> Period | None:
    g = m.groupdict()
    if g["word"]:
        y = today.year + YEARS[g["word"]]
        return year(y) if g["end"] else _part(y, g)
    if g["now"]:
        return Period(today.isoformat(), today, today)
    if g["last"]:
        n = _small(g["last"])
        return years(today.year - n, today.year - 1) if n > 1 else year(today.year - 1)
    if g["ago"]:
        return year(today.year - _small(g["ago"]))
    if g["yearend"]:
        return year(today.year)
    return _part(today.year, g, "_2")


#: what every period holds one of
_HINT = re.compile(r"[年月季五目当迄至现如截Q]|\d{4}[-/.]")


def find(text: str, today: date | None = None) -> list[Mention]:
    """Periods in the text, in order. Relative ones are counted from ``today``; without a
    date (or where they name none) their value is :class:`Open`."""
    out: list[Mention] = []
    if not _HINT.search(text):
        return out
    end = 0
    spans: list[tuple[int, int, Period | Open | None, str]] = []
    for m in _ABSOLUTE.finditer(text):
        if m["oy"] is not None and "年" not in m[0]:
            continue
        spans.append((m.start(), m.end(), _absolute(m), "absolute"))
    for m in _HAN_YEAR.finditer(text):
        spans.append((m.start(), m.end(), year(int(m[1].translate(_HAN_DIGIT))), "chinese year"))
    for m in _RELATIVE.finditer(text):
        value = _relative(m, today) if today is not None else Open(m[0])
        spans.append((m.start(), m.end(), value, "relative"))
    spans.sort(key=lambda s: (s[0], -s[1]))
    for start, stop, value, rule in spans:
        if start < end or value is None:
            continue
        out.append(Mention("period", start, stop, text[start:stop], value, rule))
        end = stop
    return out


def parse(text: str, today: date) -> Period | None:
    """The period that is the whole text: ``2024年上半年`` → 2024-H1, ``去年`` → the year before ``today``."""
    text = text.strip()
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return year(int(text))
    for m in find(text, today):
        if m.start == 0 and m.end == len(text) and isinstance(m.value, Period):
            return m.value
    return None
