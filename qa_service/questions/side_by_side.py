"""Questions that ask the same of several things named side by side: 甲市和乙市各有多少家企业,
甲市、乙市哪个的平台多, 除了甲市还有哪些市有国检中心."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from qa_service.questions.question import Question
from qa_service.rules.files import word_file


@dataclass(frozen=True)
class SideBySide:
    """``asked``: each thing's name with the question of it alone. ``sort``: what is made of the answers:
    each is given, or the one with the most or the fewest."""

    sort: Literal["each", "most", "fewest"]
    asked: tuple[tuple[str, str], ...]


@cache
def joins(of: Literal["names", "figures"]) -> frozenset[str]:
    """What stands between things named side by side, whose numbers or whose figures are asked for."""
    raw = word_file("side_by_side")
    return frozenset([*raw["joins"], *raw[of]])


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """A pattern of ``rules/side_by_side.yaml``."""
    return re.compile(word_file("side_by_side")[rule])


def side_by_side(question: Question) -> SideBySide | None:
    """The numbers that are asked of several things at once; None where none are, or figures are.

    >>> side_by_side(analysed("长沙和株洲哪个市的企业多", session)).asked                     # doctest: +SKIP
    (('长沙', '长沙有多少企业'), ('株洲', '株洲有多少企业'))
    """
    text = question.clean.rstrip(" ?。!")
    if any(m.kind == "metric" for a in question.segments for m in a):
        return None
    named = _named(question)
    if len(named) < 2:
        return None
    start, end = named[0][0], named[-1][1]
    names = [text[a:b] for a, b in named]
    rest = pattern("so_many").sub("", text[end:])
    more = pattern("more").match(rest) or pattern("where_more").match(rest)
    if more:
        asked = tuple((name, f"{text[:start]}{name}有多少{more['what']}") for name in names)
        return SideBySide("most" if more["end"] == "多" else "fewest", asked)
    counts = any(m.kind == "word" and m.value == "ask.count" for a in question.segments for m in a)
    if counts and pattern("each").search(rest):
        behind = pattern("each").sub("", rest).lstrip(",")
        return SideBySide("each", tuple((name, f"{text[:start]}{name}{behind}") for name in names))
    return None


def one_or_other(text: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Either of what a thing may be, with the question whether it is that.

    >>> one_or_other("甲厂算整车企业还是配套企业")
    (('整车企业', '甲厂是整车企业吗'), ('配套企业', '甲厂是配套企业吗'))
    """
    m = pattern("either").match(text)
    if m is None:
        return None
    one, other = m["one"], m["other"]
    return (one, f"{m['thing']}是{one}吗"), (other, f"{m['thing']}是{other}吗")


@dataclass(frozen=True)
class BothOf:
    """Two sets of which what is in both is asked for, each as a question of its own, and whether that is
    counted or asked for as yes or no."""

    one: str
    other: str
    counted: bool
    whether: bool


def both_of(text: str) -> BothOf | None:
    """What two things something is to be at once.

    >>> both_of("长沙哪些企业既是链主又是供应商")
    BothOf(one='长沙的链主有哪些', other='长沙的供应商有哪些', counted=False, whether=False)
    """
    m = next(filter(None, (pattern(p).match(text) for p in ("both", "both_of", "both_in"))), None)
    if m is None:
        return None
    where = pattern("both_asks").sub("", pattern("both_asks").sub("", m["who"])).removesuffix("的")
    place = f"{where}的" if where else ""
    return BothOf(
        f"{place}{m['one']}有哪些",
        f"{place}{m['other']}有哪些",
        pattern("both_counted").search(text) is not None,
        pattern("both_whether").search(text) is not None,
    )


def beside_that(text: str) -> tuple[str, str] | None:
    """What is left out and what is asked of the others.

    >>> beside_that("除了长沙还有哪些市有国检中心")
    ('长沙', '哪些市有国检中心')
    >>> beside_that("除了长沙那几家,工程机械产业链还有哪些龙头")
    ('长沙', '工程机械产业链有哪些龙头')
    >>> beside_that("工程机械产业链除了甲厂还有哪些龙头"), beside_that("甲局除了这项还负责哪些任务")
    (('甲厂', '工程机械产业链有哪些龙头'), ('这项', '甲局负责哪些任务'))
    """
    m = pattern("others").match(text)
    if m:
        return m["thing"], m["rest"].removeprefix("有")
    m = pattern("others_first").match(text)
    if m:
        return m["thing"], f"{m['before']}有{m['rest'].removeprefix('有')}"
    m = pattern("others_between").match(text)
    if not m:
        return None
    have = "有" if m["more"] != "还" and not m["rest"].startswith("有") else ""
    return m["thing"], f"{m['before']}{have}{m['rest']}"


def between(text: str) -> bool:
    """Whether what is left out stands in the middle: 甲局除了这项还负责哪些任务."""
    return pattern("others_between").match(text) is not None


def _named(question: Question) -> list[tuple[int, int]]:
    """The longest run of names with nothing but joining words between them."""
    best: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for a in question.segments:
        if not all(m.kind == "entity" for m in a):
            continue
        between = question.clean[run[-1][1] : a[0].start] if run else ""
        if not run or between not in joins("names"):
            run = []
        run.append((a[0].start, a[0].end))
        best = max(best, list(run), key=len)
    return best
