"""Readings of all sources as one ranked list, each with a confidence.

The confidence is the share of the question's characters that the reading explains, less
what its rules cost. Below ``THRESHOLD`` a reading is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from qa_service.questions.asked import Asked, asked_by, untold, wants_thing
from qa_service.questions.calculation_words import pattern
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading
from queries.logical_form import (
    Both,
    Count,
    Describe,
    Either,
    Entity,
    Exists,
    Follow,
    Instances,
    Least,
    Most,
    Observations,
    Recorded,
    Top,
    Within,
    nodes,
)

#: confidence below which nothing is answered
THRESHOLD = 0.62
#: what a unit of rule cost takes from a typed reading's confidence
_TYPED_COST = 0.11
#: what is left of a confidence where words beside the asking ones are not explained, and where
#: the answer is of another sort than what is asked for
_UNTOLD = 0.7
_OTHER_SORT = 0.5
#: forms that give things, not figures
_SETS = (Describe, Entity, Instances, Follow, Within, Both, Either)
#: a name in Latin letters that begins no sentence
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}")
#: 里面有甲县吗: whether something is among others
_HAS_IT = re.compile(r"[里中]面?(?:有没有|有无|有|包括|包含|含)[^,;。?\d]{2,12}(?:吗|么|没有?)?[?]?$")
#: what an English question says in Chinese
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
#: confidence from which a stated number goes before a count, and how far behind it may be
_STATED = 0.8
#: the cost of a figure whose metric, thing and year are all that a question says, at most
_NAMED_OUTRIGHT = 0.055
_BEHIND = 0.25


def rank(question: Question, readings: Iterable[Reading]) -> list[Reading]:
    """The readings with their confidence, best first."""
    content = question.content()
    total = max(1, content.bit_count())
    asked = asked_by(question)
    ranked = []
    for reading in readings:
        share = (reading.explained & content).bit_count() / total
        confidence = share - _TYPED_COST * reading.cost if reading.source == "typed" else 1.0 - reading.cost
        confidence *= _believed(question, asked, reading)
        ranked.append(replace(reading, confidence=max(0.0, min(1.0, confidence))))
    return _stated_first(_recorded_first(best_first(ranked), asked))


def best_first(readings: Iterable[Reading]) -> list[Reading]:
    """By confidence; of two that account for everything the one whose rules say that it is meant
    (a cost below 0)."""
    return sorted(
        readings, key=lambda r: (-r.confidence, min(0.0, r.cost), r.source != "typed", repr(r.form))
    )


def _believed(question: Question, asked: Asked, reading: Reading) -> float:
    """What is left of the confidence where the words right beside the asking ones are not
    explained (中车株机有多少*员工*), or a figure answers a question for a thing or a list."""
    thing = wants_thing(question, asked)
    if reading.rule == "said" and thing:
        return _OTHER_SORT
    if reading.rule == "observed" and isinstance(reading.form, Observations | Recorded) and thing:
        return _OTHER_SORT
    if reading.source not in ("typed", "structure", "observed"):
        return 1.0  # these have weighed it themselves
    form = reading.form
    if reading.source == "observed" and pattern("worked_back").search(question.clean):
        return _OTHER_SORT  # 反推上年同期: what it is worked back from is no answer
    if reading.source == "typed" and _narrower_untold(question, reading):
        return _OTHER_SORT  # 石化产业链 is no 产业链 at large
    if _most_untold(question, reading):
        return _OTHER_SORT  # 哪条链企业最多: all chains with a firm are no answer
    if (
        reading.rule == "observed"
        and isinstance(form, Observations)
        and asked.sort in ("text", "meaning", "goal")
    ):
        return _OTHER_SORT
    if reading.rule == "observed" and _asks_source(question):
        return _OTHER_SORT  # 产值860亿元的出处: not the figure once more
    if reading.source == "typed" and pattern("only_so_many").search(question.clean):
        return _OTHER_SORT  # 只给一家企业供货: that it is no more than one, no form says
    if isinstance(form, Instances) and question.scope.mask:
        return _OTHER_SORT  # 甲方案是哪个县的: all counties are no answer about a document
    which, whether = _says(question, "ask.which", "ask.who"), _says(question, "ask.yesno")
    if reading.rule == "observed" and not isinstance(form, Exists) and _HAS_IT.search(question.clean):
        return _OTHER_SORT  # 名录里有甲县吗 asks for no number
    if isinstance(form, Exists) and which and not whether:
        return _OTHER_SORT  # 变压器是哪家生产的 asks for no yes
    if isinstance(form, Describe) and asked.head and question.content() & ~reading.explained:
        return _OTHER_SORT  # 甲厂得过什么奖 asks for something of it
    if reading.source == "typed" and _guessed(question, reading):
        return _UNTOLD  # 甲厂起诉了谁: which relation is meant is not known
    if reading.source == "typed" and isinstance(form, Count):
        # what is counted may be in the rows, what it is of is not
        return _UNTOLD if untold(question, asked, reading.explained, behind=False) else 1.0
    if reading.source == "typed" and isinstance(form, _SETS) and asked.sort in ("time", "number", "share"):
        return _OTHER_SORT
    return _UNTOLD if untold(question, asked, reading.explained) else 1.0


def _says(question: Question, *rules: str) -> bool:
    """Whether a word of the question is of one of these rules."""
    return any(m.kind == "word" and m.value in rules for a in question.segments for m in a)


def _asks_source(question: Question) -> bool:
    """Whether the question ends in what asks for a source; 几个来源 names several of them."""
    said = [a for a in question.segments if not all(m.rule == "filler" for m in a)]
    asks = said and any(m.kind == "word" and m.value == "ask.cite" for m in said[-1])
    return bool(asks) and not question.clean[: said[-1][0].start].endswith(("个", "各", "种", "不同"))


def _guessed(question: Question, reading: Reading) -> bool:
    """Whether a relation is only taken for meant although a word of the question, that nothing
    accounts for, may name another; or 给, 由 do not count, which say who stands at which end."""
    left = question.content() & ~reading.explained
    for alternatives in question.segments:
        m = alternatives[0]
        span = bits(m.start, m.end)
        if m.kind == "word" and m.value in ("case.to", "case.by") and span & left:
            return "fill_" in reading.tree
        if m.kind in ("word", "period"):
            left &= ~span
    return "implicit" in reading.tree and bool(left & (left >> 1))


def _narrower_untold(question: Question, reading: Reading) -> bool:
    """Whether words right before a noun of the reading, which nothing accounts for, make it another one
    (岳阳*石化*产业链, *新能源车*整车企业), or a name in Latin letters is passed over (*Zoomlion*), or a
    Chinese one in an English question."""
    left = question.content() & ~reading.explained
    for alternatives in question.segments:
        if any(m.kind in ("word", "period") for m in alternatives):
            left &= ~bits(alternatives[0].start, alternatives[0].end)
    for alternatives in question.segments:
        m = alternatives[0]
        noun = any(a.kind in ("class", "subtype", "role") for a in alternatives)
        before = bits(m.start - 2, m.start) if m.start > 1 and not m.text.isascii() else 0
        if noun and before and left & before == before and reading.explained & bits(m.start, m.end):
            return True
    chinese = _CHINESE.finditer(question.clean) if question.english else ()
    names = (bits(*n.span()) for n in (*_PROPER.finditer(question.text), *chinese))
    return any(left & name == name for name in names)


def _most_untold(question: Question, reading: Reading) -> bool:
    """Whether the question asks for the most or least, and nothing of the reading stands for that."""
    words = 0
    for alternatives in question.segments:
        if all(m.kind == "word" and str(m.value).startswith("superlative.") for m in alternatives):
            words |= bits(alternatives[0].start, alternatives[0].end)
    ordered = any(isinstance(n, Most | Least | Top) for n in nodes(reading.form))
    # the points of an outline are as many as they are
    said = 0 if reading.rule == "outlined" else reading.explained
    return bool(words & ~said) and not ordered


def _recorded_first(readings: list[Reading], asked: Asked) -> list[Reading]:
    """A figure on record that the question names outright goes before a number of the text: the latest of
    several years, with what disagrees beside it."""
    if asked.sort != "number" or not readings or readings[0].rule != "spanned":
        return readings
    first = readings[0]
    for reading in readings[1:]:
        near = reading.confidence >= first.confidence - _NAMED_OUTRIGHT
        if reading.rule == "observed" and reading.cost <= _NAMED_OUTRIGHT and near:
            return [replace(reading, confidence=first.confidence), *(r for r in readings if r is not reading)]
    return readings


def _stated_first(readings: list[Reading]) -> list[Reading]:
    """A number that a source states goes before a count of the things that happen to be on record."""
    if not readings or not isinstance(readings[0].form, Count):
        return readings
    for reading in readings[1:]:
        stated = isinstance(reading.form, Observations | Recorded) and reading.rule == "observed"
        if stated and reading.confidence >= max(_STATED, readings[0].confidence - _BEHIND):
            return [
                replace(reading, confidence=readings[0].confidence),
                *(r for r in readings if r is not reading),
            ]
    return readings
