"""How much each of several figures is to grow, asked at once: 甲合格率和乙合格率规划期内分别要提高几个点."""

from __future__ import annotations

import re
from functools import cache

from qa_service.questions.calculation_words import words
from qa_service.questions.question import Question

#: what joins the figures
_JOINS = re.compile("[和与及跟、]|以及")
_SENTENCE = re.compile("[,;?。!]")


def gains_of_each(question: Question) -> list[str]:
    """What is asked before that, if anything, and the growth of each figure as a question of its own; none
    where the question does not ask for it.

    >>> gains_of_each(analysed("甲合格率和乙合格率规划期内分别要提高几个百分点"))           # doctest: +SKIP
    ['甲合格率规划期内要提高几个百分点', '乙合格率规划期内要提高几个百分点']
    """
    text = question.clean.rstrip(" ?!。")
    asked = _each_grows().search(text)
    run = _side_by_side(question, asked.start() if asked else 0)
    if asked is None or len(run) < 2:
        return []
    head, between = text[: run[0][0]], text[run[-1][1] : asked.start()]
    before = [text[: asked.start()].rstrip(",;?。")] if _SENTENCE.search(between) else []
    where = "" if before else between
    return [*before, *(f"{head}{text[s:e]}{where}{text[asked.start('grows') :]}" for s, e in run)]


def _side_by_side(question: Question, end: int) -> list[tuple[int, int]]:
    """The stretches that name figures, one joined to the other, before ``end``."""
    named = sorted(
        {(a[0].start, a[0].end) for a in question.segments if any(m.kind == "metric" for m in a)}
    )
    joins = list(_JOINS.finditer(question.clean, 0, end))
    if len(named) < 2 and len(joins) == 1 and not _SENTENCE.search(question.clean, 0, end):
        # figures that no metric of the ontology names: what stands on either side
        last = _when().search(question.clean[:end])
        return [(0, joins[0].start()), (joins[0].end(), last.start() if last else end)]
    run: list[tuple[int, int]] = []
    for start, stop in (n for n in named if n[1] <= end):
        if run and not _JOINS.fullmatch(question.clean[run[-1][1] : start]):
            run = []
        run.append((start, stop))
    return run


@cache
def _when() -> re.Pattern[str]:
    spans = "|".join(map(re.escape, words()["spans"]))
    return re.compile(rf"(?:(?:规划|计划)?(?:{spans})[内里]?|[到至]?(?:19|20)\d\d年?)+$")


@cache
def _each_grows() -> re.Pattern[str]:
    grown = "|".join(map(re.escape, sorted((*words()["grown"], "提", "涨", "升"), key=len, reverse=True)))
    amount = "(?:了|出)?(?:多少|几).{0,6}"
    return re.compile(rf"(?:分别|各自|各)(?P<grows>(?:要|得|需要?|计划)?(?:{grown}){amount})$")
