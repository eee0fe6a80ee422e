"""What the sources say of one figure: whether they agree, and of several years each.

甲市合格率各份材料对得上吗 · 报告和报道里分别是多少 · 2020年和2024年分别是多少. All figures on record of the
thing, metric, sort and time are given, whatever their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from graph.conflicts import disagreements
from graph.near_metrics import DERIVED
from graph.observation_rows import observation_rows, unit_of
from ontology.lexicon.mention import Mention, Period
from ontology.structure import DOCUMENT, SECTION
from qa_service.calculations.figures import Figures, coverage
from qa_service.questions.calculation_words import words as said
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.parts import bits
from qa_service.questions.scope import kind_words
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading
from qa_service.readings.vetoes import period_fits
from queries.logical_form import Recorded

_LEAST = 0.72
_CLOSE = 0.6
_LEVELS = ("actual", "baseline", "share")


def by_sources(figures: Figures) -> Iterator[Reading]:
    """The figures of all sources, where the question sets sources beside each other."""
    agree = figures.says("agree")
    words = (*spans_of(figures.text, kind_words()), *_sections_named(figures))
    several = len({figures.text[s:e] for s, e in words}) > 1 and (agree or figures.says("each", "sides"))
    if not (agree or several):
        return
    mask = figures.mask_of("agree", "agree_aside", "each", "sides", "beside") | _of_sources(figures, words)
    for start, end in words:
        mask |= bits(start, end)
    wanted = figures.without(
        mask | figures.mask_of("number_of"), kinds=_kinds_said(figures, mask), keep_periods=False
    )
    wanted = replace(
        wanted,
        periods=_periods_outside(figures, mask),
        named=tuple(n for n in wanted.named if (n[0].start, n[0].end) not in words),
    )
    for best in _fitting(figures, wanted)[:3]:
        found = of_one_time(best.card, figures)
        if not wanted.periods and (agree or not _documents_differ(found)):
            found = of_any_time(best.card, figures)
        if agree and not _documents_differ(found):
            found = _ordered({c.id: c for c in (*found, *_otherwise(best.card, figures))}.values())
        if len(figures.question.scope.documents) == 1 and not several:
            found = [c for c in found if figures.question.scope.holds(c.passages)]
        if not _documents_differ(found) and not (agree and _values_differ(found)):
            continue
        yield _reading(figures, "sources", found, best, coverage(wanted, best.strong, best.explained), 0.06)
        return


def _documents_differ(found: Sequence[Card]) -> bool:
    return len({d for c in found for d in _documents(c)}) > 1


def _values_differ(found: Sequence[Card]) -> bool:
    """Whether two places of one document do not say the same of one time; what is rounded or a bound of the
    other does, and another year's figure is another."""
    exact = [c for c in found if c.bound == "=" and c.value is not None]
    return any(_at_odds(a, b) for a, b in combinations(exact, 2))


def _at_odds(a: Card, b: Card) -> bool:
    if a.period != b.period and a.period and b.period:
        return False
    x, y = sorted((a.value or 0.0, b.value or 0.0), key=lambda v: len(f"{v:g}".partition(".")[2]))
    return a.base_unit != b.base_unit or round(y, len(f"{x:g}".partition(".")[2])) != x


def _otherwise(card: Card, figures: Figures) -> list[Card]:
    """Figures that the graph holds to disagree with the card though they have other words: two targets of
    one thing, one count of the things themselves and one of what is done with them."""
    near = {c.id: c for c in figures.cards if c.kind == card.kind}
    session = figures.session
    subjects = sorted({c.subject for c in near.values() if c.subject_class == card.subject_class})
    rows = [r for r in observation_rows(session.store.read, subjects) if r.id in near or r.id == card.id]
    found: list[Card] = []
    for d in disagreements(rows):
        ids = [o.id for o in d.observations]
        counts = all(unit_of(o) == "#" for o in d.observations)
        alike = d.kind == "conflict" or (counts and set(d.differs_in) <= {"wording", "period"})
        if card.id in ids and alike and DERIVED not in d.differs_in:
            found += [near[i] for i in ids if i in near]
    return found


def _sections_named(figures: Figures) -> list[tuple[int, int]]:
    """Where the question names parts of documents: “数”说湖南质量."""
    own = (f"{SECTION.lower()}:", f"{DOCUMENT.lower()}:")
    return [
        (m.start, m.end) for m, ids in figures.wanted.named if ids and all(i.startswith(own) for i in ids)
    ]


def _kinds_said(figures: Figures, mask: int) -> frozenset[str]:
    """Whether a target or a change is asked for, by words that name no source: 规划 is a document here."""
    kinds = figures.wanted.kinds & {"target", "change"}
    said = figure_words().kinds
    return frozenset(
        k for k in kinds if any(bits(*span) & ~mask for span in spans_of(figures.text, said[k]))
    )


def _periods_outside(figures: Figures, mask: int) -> tuple[Period, ...]:
    """The periods that the question names, but for those that only tell a source."""
    return tuple(
        m.value
        for alternatives in figures.question.segments
        for m in alternatives
        if m.kind == "period"
        and isinstance(m.value, Period)
        and bits(m.start, m.end) & ~mask
        and m.value.text != figures.question.today.isoformat()  # 现有 is no time of which figures are
        and not figures.question.inside_scope(alternatives)
    )


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


def _of_sources(figures: Figures, sources: Sequence[tuple[int, int]]) -> int:
    """The characters of clauses that only say which sources there are, and that they differ: 几份材料好像写的
    都不一样, 规划的2020年数和报道里的最新数."""
    mask = 0
    own = {bits(*span) for span in sources}
    for clause in re.finditer(r"[^,;?!。]+", figures.text):
        span = bits(*clause.span())
        differ = any(w in clause[0] for w in (*said()["agree"], *said()["each"]))
        named = any(
            bits(a[0].start, a[0].end) & span
            and bits(a[0].start, a[0].end) not in own
            and not figures.question.inside_scope(a)
            and any(_names(m, clause[0]) for m in a)
            for a in figures.question.segments
        )
        if (differ or any(s & span for s in own)) and not named and span != bits(0, len(figures.text)):
            mask |= span
    return mask


def _names(mention: Mention, clause: str) -> bool:
    """Whether a word of a clause is of what is asked, not 两个 of 两个数: how many figures there are."""
    if mention.kind == "quantity":
        return re.search(f"{re.escape(mention.text)}(?:不同的?)?(?:数|说法)|处$", clause) is None
    return mention.kind in ("metric", "entity", "class")


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
