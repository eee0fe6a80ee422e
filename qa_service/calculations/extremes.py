"""Which of several is highest or lowest: of those that the question names, or of all on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from ontology.gazetteer import Level, gazetteer
from ontology.lexicon.mention import Mention
from ontology.structure import REGION
from qa_service.calculations.each import counted, figure_of_each, several, told_apart
from qa_service.calculations.figures import Figures, coverage
from qa_service.questions.calculation_words import words
from qa_service.questions.parts import bits
from qa_service.questions.places import region_code
from qa_service.questions.wanted import Wanted
from qa_service.readings.match import Match
from qa_service.readings.reading import Reading, Shown
from queries.logical_form import Least, Most, Recorded

#: places are asked for
_WHERE = re.compile(
    r"哪个?(?:市州|市|州|县|区|地区|地方)|什么地方|(?:的|是)(?:市州|市|州|县|区|地区)(?:是|为)?哪"
)
#: 合格率最低的市, and of named ones 产值最高的: what is asked for stands last
_SORT = re.compile(r"[最一先](?:[高低多少大小差好快慢强长短])?的(?:市州|市|州|县|区|地区)?[?。]?$")


#: levels of places, as the gazetteer and the ontology call them
_LEVELS = frozenset(get_args(Level))
#: one of several kinds is asked for, and the characters of a metric's phrase that all of them have
_WHICH_KIND = re.compile("哪一?[类种]|什么(?:样的)?(?:产品|种类|类型)|which kind")
_TAIL = 3
#: one of the things that a question sets side by side
_LISTED = re.compile(r"[^、,，和与及跟?？]+(?=[、,，和与及跟])")


def extreme(figures: Figures) -> Iterator[Reading]:
    """The thing with the greatest or least figure of one metric.

    >>> extreme(…"甲市、乙市、丙市里合格率最高的是哪个市")                        # doctest: +SKIP
    """
    named = several(figures, figures.wanted)
    most, least = figures.says("most"), figures.says("least")
    if most == least and len(named) > 1 and "target" in figures.wanted.kinds:
        most, least = (bool(_ahead(figures, rule)) for rule in ("more", "less"))
    if most == least or not (re.search("哪|谁|什么|还是|which", figures.text) or _SORT.search(figures.text)):
        return
    cues = (
        figures.mask_of("most", "least", "which", "beside")
        | _ahead(figures, "more", "less")
        | _asked_sort(figures)
        | counted(figures, named)
    )
    wanted = figures.without(cues, kinds=figures.wanted.kinds)
    if len(named) > 1:
        found = figure_of_each(figures, replace(wanted, named=named))
    else:
        found = _of_all(figures, wanted) or _of_one_tail(figures, wanted)
    if len(found) < 2:
        return
    form = (Most if most else Least)(Recorded(tuple(m.card.id for m in found)))
    told = 0
    for m in found:
        told |= m.strong
    for mention, _ in named:
        told |= bits(mention.start, mention.end)
    one = len({m.card.subject for m in found}) == 1
    tail = _tail_said(figures, found) if len(named) < 2 else ""
    name: Shown = "metric" if one else "subject"
    shown: tuple[Shown, ...] = (name, "value") if re.search("多少|几", figures.text) else (name,)
    reading = figures.reading("extreme", form, found, coverage(wanted, told, told), shown=shown, whole=True)
    if one:
        cards = [m.card for m in found]
        names = [c.metric.removesuffix(tail) if tail else told_apart(c, cards, figures.text) for c in cards]
        reading = replace(reading, written=tuple(zip((c.id for c in cards), names, strict=True)))
    elif len(named) > 1:
        reading = replace(reading, written=tuple(_as_listed(figures, found, named)))
    yield reading


def _as_listed(
    figures: Figures, found: list[Match], named: Iterable[tuple[Mention, frozenset[str]]]
) -> Iterator[tuple[str, str]]:
    """What the question sets side by side is more than the places of it: 甲县黄桃、乙县花炮, 哪个产值高."""
    for match in found:
        for mention, meant in named:
            if match.card.subject not in meant:
                continue
            item = _LISTED.match(figures.text, mention.start)
            thing = item[0][len(mention.text) :].lstrip("的") if item else ""
            if len(thing) > 1 and thing in match.card.metric:
                yield match.card.id, f"{mention.text}{thing}"


def _ahead(figures: Figures, *rules: str) -> int:
    """The characters of 哪个 *定得高*: which of several is ahead."""
    words_of = "|".join(map(re.escape, (w for r in rules for w in words()[r])))
    m = re.search(
        rf"(?:哪个|哪家|哪一个|哪项|谁)(?:的)?(?:目标)?((?:定|设|要求|给)?(?:得|的)?更?(?:{words_of}))(?:一?些|一点)?(?=[,;?。]|$)",
        figures.text,
    )
    return bits(*m.span(1)) if m else 0


def _asked_sort(figures: Figures) -> int:
    """哪个 *市*: what sort of thing the named ones are."""
    mask = 0
    for alternatives in figures.question.segments:
        m = alternatives[0]
        asked = re.search(r"(?:哪个|哪家|哪一个|哪一家|哪种|哪类|哪)$", figures.text[: m.start])
        if asked and any(a.kind in ("class", "subtype") for a in alternatives):
            mask |= bits(m.start, m.end)
    return mask


def _of_one_tail(figures: Figures, wanted: Wanted) -> list[Match]:
    """哪类农机 抽检不合格率最高: of one thing and time the figures of all metrics that end in what the
    question asks for, and begin in what it does not name."""
    if not _WHICH_KIND.search(figures.text):
        return []
    fitting = [m for m in figures.fits(wanted) if m.card.kind == "actual" and m.card.value is not None]
    tails = {t for m in fitting for t in _ends(m.card.metric[2:]) if t and t in figures.text}
    for tail in sorted(tails, key=lambda t: (-len(t), t)):
        groups: dict[tuple[str, str, str], dict[str, Match]] = {}
        for m in fitting:
            if m.card.metric.endswith(tail) and m.card.metric != tail:
                key = (m.card.subject, m.card.period, m.card.base_unit)
                groups.setdefault(key, {}).setdefault(m.card.metric, m)
        best = max(groups.values(), key=len, default={})
        if len(best) > 2:
            return list(best.values())
    return []


def _tail_said(figures: Figures, found: list[Match]) -> str:
    """The end that all their metrics have, as the question says it: from where a word begins."""
    common = next(t for t in _ends(found[0].card.metric) if all(m.card.metric.endswith(t) for m in found))
    names = [a[0].text for a in figures.question.segments if any(m.kind == "metric" for m in a)]
    whole = [n for n in names if common.endswith(n)]
    return max(whole, key=len) if whole else next(t for t in _ends(common) if t in figures.text)


def _ends(text: str) -> Iterator[str]:
    """The ends of a text, longest first; the empty one last."""
    return (text[n:] for n in (*range(max(0, len(text) - _TAIL + 1)), len(text)))


def _levels_asked(figures: Figures) -> frozenset[str]:
    """The levels of places that are asked for: 哪个 *市州*; none where any will do."""
    asked = _asked_sort(figures)
    said = (m for a in figures.question.segments for m in a if m.kind == "subtype")
    return frozenset(str(m.value) for m in said if bits(m.start, m.end) & asked) & _LEVELS


def _of_all(figures: Figures, wanted: Wanted) -> list[Match]:
    """The figures of all regions that are on record for the metric, one each."""
    if not (_WHERE.search(figures.text) or _SORT.search(figures.text)):
        return []
    levels = _levels_asked(figures)
    found: dict[str, Match] = {}
    for m in figures.fits(wanted):
        card = m.card
        if (
            card.subject_class != REGION
            or card.value is None
            or m.closeness < 0.8
            or card.subject.endswith("0000")
        ):
            continue
        place = gazetteer().place(region_code(card.subject))
        if levels and place is not None and place.level not in levels:
            continue
        found.setdefault(card.subject, m)
    keys = {m.card.metric_id for m in found.values()}
    return list(found.values()) if len(keys) == 1 and len(found) > 2 else []
