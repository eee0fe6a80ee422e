"""What is left of a whole: 83 of which 29 have it → 54 have it not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.calculations.figures import Figures, coverage, siblings, words
from qa_service.cards import Card
from qa_service.observed import Match
from qa_service.reading import Reading
from queries.logical_form import Difference, Ratio, Rest

_LEAST = 0.6


def remaining(figures: Figures) -> Iterator[Reading]:
    """How many (or what share) have not what is on record of a part; what share a part is."""
    share_asked = figures.says("share")
    if figures.says("denied") and re.search("几|多少|百分之", figures.text):
        yield from _left(figures, share_asked)
    if share_asked:
        yield from _share(figures)


def _left(figures: Figures, share_asked: bool) -> Iterator[Reading]:
    mask = figures.mask_of("denied", "share")
    wanted = figures.without(mask, kinds=(), keep_periods=True)
    if not wanted.mask:
        return
    for match in figures.fits(wanted)[:3]:
        part = match.card
        if match.coverage < _LEAST or part.value is None or _denies(part.metric) or match.closeness < 0.5:
            continue
        if not _denies(_metricless(figures)):
            return
        whole = _whole(part, figures)
        if part.base_unit == "%":
            if part.kind == "share" or _of_things(part):
                yield figures.reading(
                    "rest",
                    Rest(figures.form_of(part)),
                    [match],
                    coverage(wanted, match.strong, match.explained),
                    shown=("result",),
                    sure=0.02,
                )
                return
        elif whole is not None:
            form = Difference(figures.form_of(whole), figures.form_of(part))
            yield figures.reading(
                "remaining",
                form,
                [match, Match(whole, 1, 1, 1, 0)],
                coverage(wanted, match.strong, match.explained | match.strong),
                shown=("result",),
                sure=0.04,
            )
            return


def _share(figures: Figures) -> Iterator[Reading]:
    wanted = figures.without(figures.mask_of("share"), kinds=(), keep_periods=True)
    for match in figures.fits(wanted)[:3]:
        part = match.card
        if match.coverage < 0.75 or part.value is None or part.base_unit == "%" or part.kind != "actual":
            continue
        whole = _whole(part, figures)
        if whole is not None:
            form = Ratio(figures.form_of(part), figures.form_of(whole))
            yield figures.reading("share", form, [match], match.coverage, shown=("result",))
            return


def _whole(part: Card, figures: Figures) -> Card | None:
    """The number of which the part is some: in the same passage, of the same unit, greater, and
    called by what the part is of."""
    found = [
        c
        for c in siblings(part, figures.session.cards.cards, "actual")
        if c.base_unit == part.base_unit
        and c.value is not None
        and part.value is not None
        and c.value > part.value
    ]
    named = [c for c in found if f"{c.value:g}" in figures.text or c.metric[-2:] in figures.text]
    return min(named, key=lambda c: (c.value or 0, c.id)) if named else None


def _denies(text: str) -> bool:
    """Whether there is a negation that is no part of a rate's name (不合格率, 不良率)."""
    plain = re.sub(r"不(?:合格|良|达标|足|少|低|高|超|满|到)", "", text)
    return any(w in plain for w in words()["denied"])


def _metricless(figures: Figures) -> str:
    return figures.text


def _of_things(card: Card) -> bool:
    """A share of things (43%的企业采用 …), no rate of its own name."""
    return not card.metric.endswith(("率", "比", "度", "比例", "比重", "占比", "系数", "指数"))
