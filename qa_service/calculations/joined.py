"""Several metrics named side by side and asked for at once: 甲行业的机构数和营收分别多少.

What is said once, before the first or behind the last, holds for all. Each is asked for with
that on its own; they are read as several only where each has a figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from qa_service.calculations.figures import Figures
from qa_service.calculations.sources import of_years
from qa_service.questions.decompose import plainly
from qa_service.questions.figure_words import figure_words
from qa_service.questions.link import analysed
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.scope import scoped
from qa_service.questions.wanted import wanted_by
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.observed import matches
from qa_service.readings.reading import Reading
from qa_service.rules.files import word_file
from queries.logical_form import Recorded, Sum

#: metrics that are asked for at once, and places where the first of them may begin, at most
_MOST = 4
_FIRM = 4
_OTHER = 4
#: how well each figure fits what is asked of it, and the share of its own words that it has
_FITS = 0.6
_OWN = 0.5
#: of a question whose every metric has a figure so much is accounted for at least
_TOLD = 0.88
#: figures whose scores are so near fit alike
_ALIKE = 0.003
#: a clause that names a figure and no more has so much of its words
_NAMED = 0.9
#: so much better the worst figure has to fit for the first metric to begin earlier
_BETTER = 0.005
#: characters of a metric that is not the first, at most
_LONGEST = 14
#: what puts one number to another
_PLUS = re.compile("加上?")
_MARKS = re.compile("[/／,;?、]")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of ``rules/joined.yaml``."""
    raw = word_file("joined")
    leads = raw.pop("leads")
    return {k: re.compile("|".join(p.replace("{leads}", leads) for p in said)) for k, said in raw.items()}


def joined(figures: Figures) -> Iterator[Reading]:
    """Figures of several metrics, one of each.

    >>> joined(figures_of("甲行业2025年的机构数和营收目标分别多少"))                    # doctest: +SKIP
    <generator object joined at …>
    """
    if figures.than():
        return
    if figures.says("agree", "apart", "which", "most", "least", "derived", "mean") or any(of_years(figures)):
        return
    total = figures.says("sum")
    if figures.sums() and not total:
        return
    said = figures.text.rstrip(" ?？。!！呢")
    if total:  # 甲标准加乙标准*总共*多少项
        mask = figures.mask_of("sum")
        said = "".join(ch for at, ch in enumerate(said) if not mask >> at & 1)
    within = _patterns()["within"]
    plain = _patterns()["joint"].sub("", _patterns()["announced"].sub("", within.sub("", said)))
    if plain != said:
        figures = replace(figures, question=_asked(plain, figures))
    text = plain
    tail = _patterns()["behind"].search(text)
    end = tail.start() if tail else len(text)
    cuts = sorted(
        {(s, e) for s, e in figures.beside() if s > 2 and e < end - 1}
        | {m.span() for m in _MARKS.finditer(text, 3, max(3, end - 1))}
        | {m.span() for m in _PLUS.finditer(text, 3, max(3, end - 1)) if total}
    )
    cuts = [cut for cut in cuts if not _inside_one(*cut, figures)]
    parted = not within.search(said) and any(text[s] in ",;?" for s, _ in cuts)
    if parted and _is_name(text[cuts[-1][1] : end], figures):
        return  # 2022年产业链数, 甲县做到了多少: of whom the one figure is
    amount = re.search("多少|几", text[end:])
    if parted and not (amount and len(cuts) == 1 and _only_names(text[: cuts[0][0]], figures)):
        return  # a clause before it that asks nothing
    if not cuts or len(cuts) >= _MOST:
        return
    later = [text[e:s] for (_, e), (s, _) in zip(cuts, [*cuts[1:], (end, end)], strict=True)]
    if any(not 2 <= len(own.strip()) <= _LONGEST or _names_no_metric(own, figures) for own in later):
        return
    sort = _sort_behind(later[-1])
    if sort:
        later[-1] = later[-1].removesuffix(sort)
    behind = sort + (text[end:] or plainly())
    # 种了多少亩, 增收多少钱: each asks in its own unit
    inner = [m[0] for m in within.finditer(said)]
    asks = [*inner, behind] if len(inner) == len(cuts) else [behind] * (len(cuts) + 1)
    when = _when(figures)
    best: tuple[float, list[Match]] | None = None
    for begin in _beginnings(figures, cuts[0][0]):
        found = _figures(text[:begin], [text[begin : cuts[0][0]], *later], asks, figures, when)
        worst = min((m.score for m in found), default=0.0)
        if found and (best is None or worst > best[0] + _BETTER):
            best = (worst, found)
    if best is None:
        return
    ids = Recorded(tuple(m.card.id for m in best[1]))
    if total and not _adds_up([m.card for m in best[1]]):
        return
    yield figures.reading(
        "sum of both" if total else "both",
        Sum(ids) if total else ids,
        best[1],
        max(_TOLD, best[0]),
        shown=("result",) if total else ("value",),
        whole=True,
        # a single figure has the others in its sentence and seems to account for all as well
        sure=0.05 if total else 0.08,
    )


#: what asks for one figure each
_EACH = re.compile("分别|各")


def _inside_one(start: int, end: int, figures: Figures) -> bool:
    """Whether what joins stands so in one figure's own words: 保护产品*和*商标有多少个."""
    left, right = figures.text[max(0, start - 2) : start], figures.text[end : end + 2]
    if len(left) + len(right) < 4 or _EACH.search(figures.text):
        return False
    own = re.compile(f"{re.escape(left)}[、和与及]{re.escape(right)}")
    return any(own.search(card.metric) for card in figures.cards)


def _adds_up(cards: Sequence[Card]) -> bool:
    """Whether the figures are numbers of one unit, none a share or open to one side."""
    return len({c.base_unit for c in cards}) == 1 and all(
        c.base_unit != "%" and c.bound not in ("<", ">", "<=", ">=") for c in cards
    )


def _is_name(text: str, figures: Figures) -> bool:
    """Whether the stretch is nothing but the name of a thing."""
    said = text.strip()
    named = (m.text for a in figures.question.segments for m in a[:1] if m.kind == "entity")
    return bool(said) and said in named


def _names_no_metric(text: str, figures: Figures) -> bool:
    """Whether the stretch says when or how many, and no more: 甲县的产值, *2024年*有多少."""
    said = text.strip()
    kinds = ("period", "quantity", "number")
    return any(said == m.text for a in figures.question.segments for m in a if m.kind in kinds)


def _only_names(clause: str, figures: Figures) -> bool:
    """Whether a clause names a figure and no more: 甲县黄桃种植面积|, 果农人均增收多少."""
    asked = _asked(f"{clause}{plainly()}", figures)
    if any(m.kind == "quantity" for a in asked.segments for m in a):
        return False
    best = next(iter(matches(asked, figures.session.cards, figures.session.ontology)), None)
    return (
        best is not None
        and best.coverage >= _NAMED
        and best.closeness >= _NAMED
        and clause.endswith(best.card.metric[-2:])
    )


def _sort_behind(last: str) -> str:
    """甲奖和乙奖*基数*: what the last metric ends in says of all which sort of figure is wanted; not where
    it is nothing else (产值和目标)."""
    kinds = figure_words().kinds
    said = (w for kind in ("baseline", "target") for w in kinds[kind] if last.endswith(w))
    sort = max(said, key=len, default="")
    return sort if len(last) - len(sort) > 2 else ""


def _when(figures: Figures) -> str:
    """The one period that the question names: what it says once holds for all."""
    said = [
        a[0].text
        for a in figures.question.segments
        if any(m.kind == "period" for m in a) and not figures.question.inside_scope(a)
    ]
    return said[0] if len(said) == 1 else ""


def _figures(head: str, named: list[str], asks: list[str], figures: Figures, when: str) -> list[Match]:
    """A figure of each of the metrics; none where one has none, or two the same."""
    found: list[Match] = []
    for own, behind in zip(named, asks, strict=True):
        before = head if when in f"{head}{own}" else f"{head}{when}"
        match = _figure(before, own, behind, figures, beside=found[0] if found else None)
        if match is None and found:  # 产值和增速: that of the metric before
            match = _figure(f"{head}{named[0]}", own, behind, figures, of=found[0])
        if match is None or any(m.card.id == match.card.id for m in found):
            return []
        found.append(match)
    first = found[0].card
    if not any(m.card.subject == first.subject for m in found[1:]):
        # of several things that have the first metric the one that has the second too
        before = head if when in f"{head}{named[0]}" else f"{head}{when}"
        again = _figure(before, named[0], asks[0], figures, beside=found[1])
        found[0] = again if again is not None and again.card.id != found[1].card.id else found[0]
    return found if _alike(found) else []


def _asked(text: str, figures: Figures) -> Question:
    session = figures.session
    asked = scoped(analysed(text, session), session.corpus, session.cards)
    return replace(asked, near=figures.question.near)


def _beginnings(figures: Figures, before: int) -> list[int]:
    """Where the first metric may begin, the nearest first: behind a place, a period, 的 and a comma,
    and where other words begin and end."""
    firm = {m.end() for m in re.finditer(r"[的,;:\s]", figures.text[:before])} | {0}
    other: set[int] = set()
    for alternatives in figures.question.segments:
        first = alternatives[0]
        if any(m.kind in ("entity", "period") for m in alternatives):
            firm.add(first.end)
        else:
            other |= {first.start, first.end}
    return [
        i
        for places, most in ((firm, _FIRM), (other - firm, _OTHER))
        for i in sorted((i for i in places if i < before - 1), reverse=True)[:most]
    ]


def _figure(
    head: str,
    own: str,
    behind: str,
    figures: Figures,
    *,
    of: Match | None = None,
    beside: Match | None = None,
) -> Match | None:
    """The figure of one of the metrics, which has most of its words. What only says which sort of
    figure (增速) is no metric: with ``of`` that sort of figure of its metric. Of those that fit alike
    the one of the thing that the figure ``beside`` is of, and of its document."""
    session = figures.session
    asked = _asked(f"{head}{own}{behind}", figures)
    wanted = wanted_by(asked, session.ontology)
    span = bits(len(head), len(head) + len(own))
    mask = span & wanted.mask & ~wanted.cues
    mask &= mask << 1 | mask >> 1  # 目标|分
    if bool(mask) == (of is not None) and not (of is None and asked.periods()):
        return None
    found = matches(asked, session.cards, session.ontology)
    if not found or found[0].score < _FITS:
        return None
    best = found[0]
    if beside is not None:
        alike = [m for m in found if m.score >= best.score - _ALIKE]
        best = max(alike, key=lambda m: _near(m.card, beside.card))
    if best.card.kind == "baseline" and "baseline" not in wanted.kinds and not asked.periods():
        # where a plan began is not how it stands
        now = (m for m in found if m.card.kind == "actual" and m.card.metric_id == best.card.metric_id)
        best = next(now, best)
    if of is not None:
        fits = best.card.metric_id == of.card.metric_id and best.card.kind != of.card.kind
        return best if fits else None
    return best if (best.strong & mask).bit_count() >= _OWN * mask.bit_count() else None


def _near(a: Card, b: Card) -> tuple[bool, bool]:
    return a.subject == b.subject, a.document == b.document


def _alike(found: list[Match]) -> bool:
    """Figures of one thing, or of several by one metric: how high it is of all, or by how much it grew."""
    subjects = {m.card.subject for m in found}
    metrics = {(m.card.metric_id, m.card.kind == "change") for m in found}
    return len(subjects) == 1 or len(metrics) == 1 or len({p for m in found for p in m.card.passages}) == 1
