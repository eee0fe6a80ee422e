"""What the sources say of one figure: whether they agree, and of several years each.

甲市合格率各份材料对得上吗 · 报告和报道里分别是多少 · 2020年和2024年分别是多少. All figures on record of the
thing, metric, sort and time are given, whatever their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ontology.lexicon.mention import Period
from qa_service.calculations.figures import Figures, coverage
from qa_service.questions.calculation_words import words as said
from qa_service.questions.figure_words import spans_of
from qa_service.questions.parts import bits
from qa_service.questions.scope import kind_words
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.observed import Match
from qa_service.readings.reading import Reading
from qa_service.readings.vetoes import period_fits
from queries.logical_form import Recorded

_LEAST = 0.72
_CLOSE = 0.6
_LEVELS = ("actual", "baseline", "share")


def by_sources(figures: Figures) -> Iterator[Reading]:
    """The figures of all sources, where the question sets sources beside each other."""
    agree = figures.says("agree")
    words = spans_of(figures.text, kind_words())
    two_kinds = len({figures.text[s:e] for s, e in words}) > 1 and (agree or figures.says("each", "sides"))
    if not (agree or two_kinds) or (len(figures.question.scope.documents) == 1 and not two_kinds):
        return
    mask = figures.mask_of("agree", "agree_aside", "each", "sides", "beside") | _of_sources(figures)
    for start, end in words:
        mask |= bits(start, end)
    wanted = figures.without(mask, kinds=figures.wanted.kinds & {"target", "change"})
    for best in _fitting(figures, wanted)[:3]:
        found = of_one_time(best.card, figures)
        if agree and not figures.question.periods():
            found = of_any_time(best.card, figures)
        if len({d for c in found for d in _documents(c)}) < 2:
            continue
        yield _reading(figures, "sources", found, best, coverage(wanted, best.strong, best.explained), 0.06)
        return


def of_years(figures: Figures) -> Iterator[Reading]:
    """One figure for each of the years that the question names."""
    periods = each_of_stretch(figures) or tuple(dict.fromkeys(figures.question.periods()))
    if len(periods) < 2 or figures.than() or figures.says("times", "share", "derived", "sum", "mean"):
        return
    if not figures.says("each") and (figures.says("grown", "apart") or re.search("多少|几", figures.text)):
        return
    mask = figures.mask_of("each", "beside")
    if figures.says("each"):
        mask |= figures.mask_of("grown")
    wanted = figures.without(mask, kinds=(), keep_periods=False)
    for best in _fitting(figures, wanted)[:3]:
        found: list[Card] = []
        for period in periods:
            found += _of_year(best.card, period, figures)
        if all(any(period_fits(c, p, figures.session.cards) for c in found) for p in periods):
            told = coverage(wanted, best.strong, best.explained)
            yield _reading(figures, "years", found, best, told, 0.08)
            return


def each_of_stretch(figures: Figures) -> tuple[Period, ...]:
    """Both ends of a stretch of years of which the figures are asked for: 从2020年到2024年, *各是多少*."""
    periods = figures.question.periods()
    years = re.fullmatch(r"(\d{4})/(\d{4})", periods[0].text) if len(periods) == 1 else None
    each = "|".join(map(re.escape, said()["each"]))
    if years is None or not re.search(rf"(?:{each})(?:是|为|有)?(?:多少|几)", figures.text):
        return ()
    return tuple(Period(y, date(int(y), 1, 1), date(int(y), 12, 31)) for y in years.groups())


def of_one_time(card: Card, figures: Figures) -> list[Card]:
    """What all sources say of the card's thing and metric at its time."""
    return _ordered(
        c
        for c in figures.session.cards.of_subject(card.subject)
        if (c.metric_id, c.metric, c.period, c.kind) == (card.metric_id, card.metric, card.period, card.kind)
        and c.value is not None
        and _one_scope(c, card)
    )


def of_any_time(card: Card, figures: Figures) -> list[Card]:
    """What all sources say of the card's thing and metric, under whichever of its labels, that is
    reached or planned as the card is."""
    # where a plan began is no other view of how it stands
    levels = ("actual", "share") if card.kind in ("actual", "share") else (card.kind,)
    return _ordered(
        c
        for c in figures.session.cards.of_subject(card.subject)
        if c.metric_id == card.metric_id and c.kind in levels and c.value is not None and _one_scope(c, card)
    )


def _of_sources(figures: Figures) -> int:
    """The characters of clauses that only say that sources differ: 几份材料好像写的都不一样."""
    mask = 0
    for clause in re.finditer(r"[^,;?!。]+", figures.text):
        span = bits(*clause.span())
        differ = any(w in clause[0] for w in said()["agree"])
        named = any(
            bits(a[0].start, a[0].end) & span and any(m.kind in ("metric", "entity", "quantity") for m in a)
            for a in figures.question.segments
        )
        if differ and not named and span != bits(0, len(figures.text)):
            mask |= span
    return mask


def _documents(card: Card) -> set[str]:
    return {p.rpartition("#")[0] for p in card.passages}


def _of_year(card: Card, period: Period, figures: Figures) -> list[Card]:
    return _ordered(
        c
        for c in figures.session.cards.of_subject(card.subject)
        if (c.metric_id, c.metric) == (card.metric_id, card.metric)
        and c.kind in _LEVELS
        and c.value is not None
        and period_fits(c, period, figures.session.cards)
    )


def _one_scope(a: Card, b: Card) -> bool:
    return a.scope == b.scope or not a.scope or not b.scope


def _ordered(cards: Iterable[Card]) -> list[Card]:
    return sorted(cards, key=lambda c: (c.start, c.document, c.id))


def _fitting(figures: Figures, wanted: Wanted) -> list[Match]:
    """Levels that fit, the latest of a plan and its outcome first."""
    found = [
        m
        for m in figures.fits(wanted, scoped=False)
        if m.coverage >= _LEAST and m.closeness >= _CLOSE and m.card.value is not None
        and m.card.kind not in ("comparison", "rank")
    ]  # fmt: skip
    return sorted(found, key=lambda m: (m.card.kind == "baseline", -m.score, m.card.id))


def _reading(
    figures: Figures, rule: str, found: Sequence[Card], best: Match, told: float, sure: float
) -> Reading:
    ids = tuple(dict.fromkeys(c.id for c in found))
    return figures.reading(rule, Recorded(ids), [best], told, shown=("value",), whole=True, sure=sure)
