"""Which of several is highest or lowest: of those that the question names, or of all on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ontology.structure import REGION
from qa_service.calculations.figures import Figures, coverage
from qa_service.observed import Match, Wanted
from qa_service.parts import bits
from qa_service.reading import Reading, Shown
from queries.logical_form import Least, Most, Recorded

_LEAST = 0.72


def extreme(figures: Figures) -> Iterator[Reading]:
    """The thing with the greatest or least figure of one metric.

    >>> extreme(…"甲市、乙市、丙市里合格率最高的是哪个市")                        # doctest: +SKIP
    """
    most, least = figures.says("most"), figures.says("least")
    if most == least or not re.search("哪|谁|什么|which", figures.text):
        return
    wanted = figures.without(figures.mask_of("most", "least", "which", "beside"), kinds=figures.wanted.kinds)
    named = [(m, ids) for m, ids in wanted.named if ids]
    found = _of_named(figures, wanted) if len(named) > 1 else _of_all(figures, wanted)
    if len(found) < 2:
        return
    form = (Most if most else Least)(Recorded(tuple(m.card.id for m in found)))
    told = 0
    for m in found:
        told |= m.strong
    one = len({m.card.subject for m in found}) == 1
    name: Shown = "metric" if one else "subject"
    shown: tuple[Shown, ...] = (name, "value") if re.search("多少|几", figures.text) else (name,)
    yield figures.reading("extreme", form, found, coverage(wanted, told, told), shown=shown, whole=True)


def _of_named(figures: Figures, wanted: Wanted) -> list[Match]:
    """The figure of each thing named, all of one metric; none where one of them has none."""
    found: list[Match] = []
    others = 0
    for mention, _ in wanted.named:
        others |= bits(mention.start, mention.end)
    for mention, ids in wanted.named:
        if not ids:
            return []
        own = bits(mention.start, mention.end)
        alone = replace(wanted, named=((mention, ids),), mask=wanted.mask & ~(others & ~own))
        fitting = [
            m for m in figures.fits(alone)
            if m.card.value is not None and m.coverage >= _LEAST and m.closeness >= 0.6
            and (not found or _alike(m, found[0], ids))
        ]  # fmt: skip
        if not fitting:
            return []
        found.append(fitting[0])
    return found


def _alike(match: Match, first: Match, ids: frozenset[str]) -> bool:
    """Of one metric, or where each thing named is a metric of one place, counted alike."""
    a, b = match.card, first.card
    if a.metric_id == b.metric_id:
        return True
    return (
        a.subject == b.subject
        and a.subject not in ids
        and a.kind == b.kind
        and (a.base_unit == "%") == (b.base_unit == "%")
    )


def _of_all(figures: Figures, wanted: Wanted) -> list[Match]:
    """The figures of all regions that are on record for the metric, one each."""
    if not re.search("哪个?(?:市州|市|州|县|区|地区|地方)|什么地方", figures.text):
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
