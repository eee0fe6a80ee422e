"""Figures of one thing set side by side: of two sources, in two places, under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontology.lexicon.mention import Quantity
from qa_service.calculations.figures import Figures, coverage, share
from qa_service.calculations.pairs import best_pair
from qa_service.calculations.sources import of_years
from qa_service.questions.figure_words import spans_of
from qa_service.questions.scope import kind_words
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading, Shown
from queries.logical_form import Recorded, Sum

_LEAST = 0.6
#: share of the question that two figures must account for together, and how much more than one alone
_TOGETHER = 0.82
_MORE = 0.12
#: so much of the question a figure accounts for that it gives by its value
_SAID = 0.4
#: figures shown beside each other at most
_MOST = 3


def set_side_by_side(figures: Figures) -> Iterator[Reading]:
    """What the sources say of one thing, where the question says that there are several figures."""
    if figures.says("times"):
        return
    yield from _said(figures)
    if any(of_years(figures)):
        return
    yield from _sum(figures)
    if figures.says("sides") and re.search("多少|几|对|矛盾|一致|怎么|打架|说明|口径", figures.text):
        yield from _beside(figures)


def _said(figures: Figures) -> Iterator[Reading]:
    """有说50个有说67个: the figures that the question gives, each with what it is of."""
    values = {
        (m.value.value, m.value.unit)
        for alternatives in figures.question.segments
        for m in alternatives
        if isinstance(m.value, Quantity) and m.value.value is not None
    }
    if not values or (
        not figures.says("sides") and not re.search("什么事|指什么|指的|说的|什么意思|哪来", figures.text)
    ):
        return
    if len(values) > 3 or figures.basis or re.search("(?:谁|哪里|哪儿)的", figures.text):
        return  # whose it is the sentences say
    wanted = figures.without(figures.mask_of("sides"), kinds=(), keep_periods=True)
    found: list[Match] = []
    for value, unit in sorted(values, key=str):
        alike = [
            m
            for m in figures.fits(wanted)
            if m.card.value == value and _one_unit(m.card.unit, unit)
        ]
        near = [m for m in alike if m.coverage >= _SAID]
        if len(values) > 1 and not near:
            return
        if len(values) == 1:
            near = _of_each_named(alike) or near
        found += near[: 1 if len(values) > 1 else _MOST]
    if len(found) < 2:
        return
    ids = tuple(m.card.id for m in found)
    shown: Shown = "figure" if len(values) > 1 else "metric"
    best = max(m.coverage for m in found)
    yield figures.reading("said", Recorded(ids), found, max(0.7, best), shown=(shown,), whole=True, sure=0.03)


def _of_each_named(alike: list[Match]) -> list[Match]:
    """到底是园区还是装备制造: the figures that account for something that the ones before do not; none where
    one accounts for all."""
    told, chosen = 0, []
    for m in alike:
        if (m.strong & ~told).bit_count() > 1:
            chosen.append(m)
            told |= m.strong
    return chosen if len(chosen) > 1 and max(m.coverage for m in chosen) >= _SAID else []


def _one_unit(a: str, b: str) -> bool:
    """6个点 are 6个百分点; a number without a unit may be of any."""
    return a == b or not b or (a.endswith("点") and b.endswith("点"))


def _sum(figures: Figures) -> Iterator[Reading]:
    """A与B加起来多少: the sum of two figures that account for the question together and neither alone."""
    if not figures.sums() or not figures.beside():
        return
    wanted = figures.without(figures.mask_of("sides", "sum", "beside"), kinds=figures.wanted.kinds)
    pair = best_pair(figures, wanted, _addable)
    if pair is None or pair.coverage < _TOGETHER:
        return
    alone = max(coverage(wanted, pair.by_first), coverage(wanted, pair.by_second))
    if pair.coverage < alone + _MORE or any(_one_of_two(c, figures) for c in (pair.first, pair.second)):
        return
    form = Sum(Recorded((pair.first.id, pair.second.id)))
    yield figures.reading("sum", form, pair.matches(), pair.coverage, shown=(), whole=True)


def _one_of_two(card: Card, figures: Figures) -> bool:
    """Whether its passage gives another number under the same words (two prizes, two 提名奖)."""
    return any(
        c.id != card.id
        and (c.subject, c.metric_id, c.period, c.kind)
        == (card.subject, card.metric_id, card.period, card.kind)
        and c.value != card.value
        and set(c.passages) & set(card.passages)
        for c in figures.session.cards.cards
    )


def _apart(a: Card, b: Card) -> bool:
    """Two figures that are not one: of one thing by two measures, or of two things by one."""
    return (a.subject == b.subject) != (a.metric_id == b.metric_id) or bool(set(a.passages) & set(b.passages))


def _addable(a: Card, b: Card) -> bool:
    return (
        a.base_unit == b.base_unit
        and a.base_unit != "%"
        and a.kind == b.kind
        and _apart(a, b)
        and a.period == b.period
    )


def _beside(figures: Figures) -> Iterator[Reading]:
    cues = figures.mask_of("sides")
    kinds = figures.wanted.kinds - {"target"} if not figures.question.periods() else figures.wanted.kinds
    wanted = figures.without(cues, kinds=kinds, keep_periods=False)
    if not wanted.mask:
        return
    # 2023年到底多少: of that year; 2020年的基数和报上的: of the time of each source
    sources = spans_of(figures.text, kind_words())
    years = set() if sources else {p.text for p in figures.question.periods()}
    fitting = [
        m
        for m in figures.fits(wanted)
        if m.coverage >= 0.42 and m.closeness >= 0.45 and m.card.value is not None
        and (len(years) != 1 or figures.fits_period(m.card))
    ]  # fmt: skip
    if not fitting or fitting[0].coverage < _LEAST:
        return
    best = fitting[0]
    if any(_one_measure(m.card, best.card) for m in fitting[1:]) and (
        figures.says("agree") or len(figures.question.periods()) > 1
    ):
        return  # one measure: what each source (or year) says of it
    group: list[Match] = [best]
    for m in fitting[1:]:
        if m.coverage < best.coverage - 0.25 or not _one_thing(best.card, m.card):
            continue
        if any(_same_value(m.card, g.card) for g in group):
            continue
        group.append(m)
    group = group[:_MOST]
    if len(group) < 2:
        return
    told = coverage(wanted, best.strong, best.explained)
    yield figures.reading(
        "side by side",
        Recorded(tuple(m.card.id for m in group)),
        group,
        told,
        shown=("figure",),
        whole=True,
        sure=0.03,
    )


def _one_measure(a: Card, b: Card) -> bool:
    return (a.subject, a.metric_id, a.metric) == (b.subject, b.metric_id, b.metric)


def _one_thing(a: Card, b: Card) -> bool:
    """Two figures of what may be one thing: kind and unit, and phrases that are much alike, from
    two passages."""
    if a.subject != b.subject:
        return False
    if a.kind != b.kind and {a.kind, b.kind} - {"actual", "baseline"}:
        return False
    if a.unit != b.unit and not {a.unit, b.unit} <= {"个", "家", "项", "件", "张"}:
        return False
    if set(a.passages) & set(b.passages):
        return False
    return a.metric_id == b.metric_id or max(share(a.metric, b.metric), share(b.metric, a.metric)) >= 0.35


def _same_value(a: Card, b: Card) -> bool:
    return a.value == b.value and a.base_unit == b.base_unit
