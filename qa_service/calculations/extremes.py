"""Which of several is highest or lowest: of those that the question names, or of all on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ontology.structure import REGION
from qa_service.calculations.each import counted, figure_of_each, several, told_apart
from qa_service.calculations.figures import Figures, coverage
from qa_service.questions.calculation_words import words
from qa_service.questions.parts import bits
from qa_service.questions.wanted import Wanted
from qa_service.readings.observed import Match
from qa_service.readings.reading import Reading, Shown
from queries.logical_form import Least, Most, Recorded

#: places are asked for
_WHERE = re.compile(
    r"哪个?(?:市州|市|州|县|区|地区|地方)|什么地方|(?:的|是)(?:市州|市|州|县|区|地区)(?:是|为)?哪"
)
#: 合格率最低的市, and of named ones 产值最高的: what is asked for stands last
_SORT = re.compile(r"[最一先](?:[高低多少大小差好快慢强长短])?的(?:市州|市|州|县|区|地区)?[?。]?$")


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
        found = _of_all(figures, wanted)
    if len(found) < 2:
        return
    form = (Most if most else Least)(Recorded(tuple(m.card.id for m in found)))
    told = 0
    for m in found:
        told |= m.strong
    for mention, _ in named:
        told |= bits(mention.start, mention.end)
    one = len({m.card.subject for m in found}) == 1
    name: Shown = "metric" if one else "subject"
    shown: tuple[Shown, ...] = (name, "value") if re.search("多少|几", figures.text) else (name,)
    reading = figures.reading("extreme", form, found, coverage(wanted, told, told), shown=shown, whole=True)
    if one:
        cards = [m.card for m in found]
        reading = replace(reading, written=tuple((c.id, told_apart(c, cards, figures.text)) for c in cards))
    yield reading


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


def _of_all(figures: Figures, wanted: Wanted) -> list[Match]:
    """The figures of all regions that are on record for the metric, one each."""
    if not (_WHERE.search(figures.text) or _SORT.search(figures.text)):
        return []
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
        found.setdefault(card.subject, m)
    keys = {m.card.metric_id for m in found.values()}
    return list(found.values()) if len(keys) == 1 and len(found) > 2 else []
