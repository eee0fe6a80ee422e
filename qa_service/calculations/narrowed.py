"""How far a gap between places is to be narrowed: 甲、乙两地的合格率差距三年内缩小到几个百分点以内.

A plan seldom names the two ends again: it speaks of 区域差距, and what its section is about says which
regions. So a target for the gap of areas answers where its section names the places that the question
does; of several such targets (one chapter says within 4 points, another within 3) all are given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from graph.near_metrics import core
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Period
from qa_service.calculations.figures import Figures, coverage, share
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.places import lies_in, places_in, region_code
from qa_service.questions.scope import kind_words
from qa_service.questions.wanted import Wanted
from qa_service.readings.cards import Card
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading
from qa_service.readings.vetoes import POINTS, period_fits
from queries.logical_form import Recorded

#: a phrase that is a gap, and of what
_GAP = re.compile("(?P<of>.*?)的?(?:差距|差异|落差)$")
#: the question's own word for it
_ASKED = re.compile("差距|差异|落差")
#: 今后三年内: by when, from the day that the plan was made
_WITHIN = re.compile(
    r"(?:今后|未来|接下来|往后|接下去)?的?(?:[一二两三四五六十几]|\d{1,2})年(?:之内|以内|内|里|间|后)?"
)
#: sections around a figure whose words tell what it is about: its own, and the one around that
_NEAR = 2
_LEAST = 0.75
#: how much less of the question another target may account for
_ALIKE = 0.15


def asks_narrowed(figures: Figures) -> bool:
    """Whether the level that a gap is to come down to is asked for, not the gap as it stands."""
    if not _ASKED.search(figures.text):
        return False
    reaching = "|".join(map(re.escape, figure_words().reaching))
    asked = f"(?:{reaching})(?:了|在)?(?:多少|几)|(?:多少|几)[^,;?。]{{0,5}}(?:以内|之内|以下)"
    return bool(re.search(asked, figures.text))


def narrowed(figures: Figures) -> Iterator[Reading]:
    """The targets for the gap between the places that the question names, of every section."""
    if not asks_narrowed(figures):
        return
    wanted = _left(figures)
    found: dict[tuple[float | None, str], Match] = {}
    for card in figures.session.cards.cards:
        if card.kind != "target" or card.base_unit != POINTS or card.value is None:
            continue
        if not _of_the_areas(card, figures) or not figures.question.scope.holds(card.passages):
            continue
        if not all(_until(card, p, figures) for p in wanted.periods):
            continue
        strong = covered(wanted.text, wanted.mask, card.strong)
        if not _gap_of(card.metric):
            # 区域质量差距 does not say by which rate: its section does
            for _, span in wanted.metrics:
                strong |= covered(wanted.text, span & wanted.mask, (_around(card, figures),))
        near = covered(wanted.text, wanted.mask & ~strong, card.weak)
        told = coverage(wanted, strong, near)
        found.setdefault((card.value, card.bound), Match(card, told, told, 1.0, strong | near, strong))
    best = max((m.coverage for m in found.values()), default=0.0)
    if best < _LEAST:
        return
    matches = [m for m in found.values() if m.coverage >= best - _ALIKE]
    matches.sort(key=lambda m: (m.card.document, _offset(m.card), m.card.id))
    reading = figures.reading(
        "narrowed",
        Recorded(tuple(m.card.id for m in matches)),
        matches,
        best,
        shown=("figure",) if len(matches) > 1 else ("value",),
        whole=True,
        sure=0.05,
    )
    yield replace(reading, notes=_whereabouts(matches, figures))


def _left(figures: Figures) -> Wanted:
    """What the question says beside places, times, the gap and how it is to be narrowed."""
    mask = figures.mask_of("sides", "agree", "agree_aside", "beside", "target", "than")
    for m in _ASKED.finditer(figures.text):
        mask |= bits(*m.span())
    for m in _WITHIN.finditer(figures.text):
        mask |= bits(*m.span())
    said = (*figure_words().reaching, *figure_words().kinds["target"], *kind_words())
    for start, end in spans_of(figures.text, said):
        mask |= bits(start, end)
    for mention, _ in figures.wanted.named:
        mask |= bits(mention.start, mention.end)
    return figures.without(mask | figures.wanted.measured | figures.wanted.whole, kinds=("target",))


def _until(card: Card, period: Period, figures: Figures) -> bool:
    """Whether the target is of that time; one that only says 三年内 is of no year that a question names."""
    if card.period:
        return period_fits(card, period, figures.session.cards)
    return "/" in period.text


def _of_the_areas(card: Card, figures: Figures) -> bool:
    """Whether the figure is of the gap between the places of the question: its phrase is nothing but a
    gap of areas, or names those; its section speaks of them."""
    of = _gap_of(card.metric)
    if of is None or (of and share(of, core(figures.text)) < 1.0):
        return False  # 产业链差距, of which the question says nothing
    named = [(m.text, [c for i in ids if (c := region_code(i))]) for m, ids in figures.wanted.named]
    if any(not codes for _, codes in named):
        return False  # the gap of a firm or a chain is another one
    own = region_code(card.subject)
    if not own:
        return False
    # 全省的区域差距: the place that all of them lie in
    ends = [(name, codes) for name, codes in named if own in codes or not any(lies_in(own, c) for c in codes)]
    return not ends or _between(ends, card, _around(card, figures))


def _between(ends: Sequence[tuple[str, list[str]]], card: Card, around: str) -> bool:
    """Whether the words around a gap speak of these places as its ends: of one of them the most, of none
    as a part of another (长沙 where 长株潭 is spoken of), of no two in one list."""
    named = Counter(code for _, _, code in places_in(around))
    asked = {code for _, codes in ends for code in codes}
    most = max(named.values(), default=0)
    if any(not named.keys() & set(codes) for _, codes in ends):
        return False
    if len(ends) > 1 and not any(named[code] == most for code in asked):
        return False
    if any(code != wider and lies_in(code, wider) and _group(wider) for code in asked for wider in named):
        return False
    sentence = card.weak[0] if card.weak else ""
    names = [re.escape(name) for name, _ in ends]
    return not any(re.search(f"{a}[^,。;]*、[^,。;]*{b}", sentence) for a, b in permutations(names, 2))


def _group(code: str) -> bool:
    place = gazetteer().place(code)
    return place is not None and place.level == "group"


def _gap_of(phrase: str) -> str | None:
    """What a gap is of, "" where its phrase does not say; None where it is no gap."""
    found = _GAP.fullmatch(core(phrase))
    return found["of"] if found else None


def _around(card: Card, figures: Figures) -> str:
    """The words of the sections that the figure stands in."""
    corpus = figures.session.corpus
    found: list[str] = []
    for passage in corpus.passages:
        if passage.id in card.passages:
            for section in corpus.around(passage.section)[:_NEAR]:
                found += [section.words, *(p.words for p in corpus.within[section.id])]
    return " ".join(found)


def _offset(card: Card) -> int:
    at = card.passages[0].rpartition("#")[2].partition("-")[0] if card.passages else ""
    return int(at) if at.isdigit() else 0


def _whereabouts(matches: list[Match], figures: Figures) -> tuple[str, ...]:
    """Which section gives which figure, where there are several."""
    corpus = figures.session.corpus
    if len(matches) < 2:
        return ()
    sections = {p.id: p.section for p in corpus.passages}
    told = []
    for m in matches:
        line = corpus.around(sections.get(m.card.passages[0], ""))
        where = " ".join(s.label or s.title for s in reversed(line))
        told.append(f"{where}：{m.card.metric}")
    return ("; ".join(told) if figures.question.english else f"各处分别见{'；'.join(told)}",)
