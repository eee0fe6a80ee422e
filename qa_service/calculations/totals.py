"""What several figures give together: their sum, their mean, the one as a multiple or a share of
the other.

甲、乙、丙三市产值合计多少 · 甲乙两市合格率平均多少 · 甲市产值是乙市的几倍. The things are named side by
side, each has a figure of one metric, and all are counted alike; where one has none there is
no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa_service.calculations.each import Named, counted, figure_of_each, several
from qa_service.calculations.figures import Figures, coverage
from qa_service.questions.calculation_words import words
from qa_service.questions.parts import bits
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading, Shown
from queries.logical_form import Average, LogicalForm, Ratio, Recorded, Sum

_PERCENT = "%"
#: 甲市是乙市的几倍, 甲市占乙市的百分之几: the one that stands first is measured by the other
_OF_OTHER = re.compile(r"只有|仅|是|为|相当于|占|达到|等于|抵|顶|与|和|跟|比|、")

#: the mean of a wider whole is a figure of its own, which things are compared with
_OTHERS_MEAN = re.compile(r"(?:全国|全省|全市|全球|行业|同行|制造业|同期|历年)(?:的)?平均")


def summed(figures: Figures) -> Iterator[Reading]:
    """The sum of one figure for each of the things named; no rates, which do not add up."""
    if not figures.sums() or figures.says("mean"):
        return
    for found, told, named in _each(figures, "sum"):
        if all(m.card.base_unit != _PERCENT for m in found) and len(named) > 1:
            yield _reading(figures, "sum of each", Sum(_ids(found)), found, told)


def averaged(figures: Figures) -> Iterator[Reading]:
    """The mean of one figure for each of the things named, each counting once."""
    if not figures.says("mean") or _OTHERS_MEAN.search(figures.text):
        return
    for found, told, _ in _each(figures, "mean", "sum"):
        yield _reading(figures, "mean of each", Average(_ids(found)), found, told)


def multiple(figures: Figures) -> Iterator[Reading]:
    """The figure of one thing as a multiple or a share of that of another."""
    times, part = figures.says("times", "as_many"), figures.says("share")
    if not (times or part) or figures.says("target", "derived") or len(figures.question.periods()) > 1:
        return
    for found, told, named in _each(figures, "times", "share", "as_many", "it_again", "as_other"):
        between = figures.text[named[0][0].end : named[1][0].start]
        again = figures.text.startswith(words()["it_again"], named[1][0].end)
        if again:
            found = found[::-1]  # 乙市产值, 甲市是它的几倍
        if len(found) != 2 or not (again or _OF_OTHER.search(between)) or found[1].card.value == 0:
            continue
        form = Ratio(figures.form_of(found[0].card), figures.form_of(found[1].card))
        yield _reading(figures, "ratio", form, found, told, "times" if times else "portion")


def _each(figures: Figures, *cues: str) -> Iterator[tuple[list[Match], float, Named]]:
    """The figures of the things named, how much of the question they account for, and the things."""
    named = several(figures, figures.wanted)
    if len(named) < 2:
        return
    mask = figures.mask_of(*cues, "beside", "each") | counted(figures, named)
    wanted = figures.without(mask, kinds=figures.wanted.kinds - {"share"})
    found = figure_of_each(figures, replace(wanted, named=named))
    if len(found) < 2 or len({m.card.base_unit for m in found}) != 1:
        return
    if any(m.card.bound in ("<", ">", "<=", ">=") for m in found):
        return  # how much an open figure adds is not known
    told = 0
    for m in found:
        told |= m.strong
    for mention, _ in named:
        told |= bits(mention.start, mention.end)
    yield found, coverage(wanted, told, told), named


def _ids(found: list[Match]) -> Recorded:
    return Recorded(tuple(m.card.id for m in found))


def _reading(
    figures: Figures,
    rule: str,
    form: LogicalForm,
    found: list[Match],
    told: float,
    shown: Shown = "result",
) -> Reading:
    return figures.reading(rule, form, found, told, shown=(shown,), whole=True, sure=0.07)
