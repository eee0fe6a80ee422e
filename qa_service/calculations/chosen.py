"""The things whose recorded figure is as the question says: 哪条产业链产值占全国三成以上.

Metrics of the ontology are read by ``figured_sets``; this finds figures under whatever words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from qa_service.calculations.each import Named, counted, figure_of_each, several
from qa_service.calculations.figures import Figures, coverage
from qa_service.calculations.whether import given
from qa_service.questions.parts import bits
from qa_service.questions.side_by_side import joins
from qa_service.readings.reading import Reading
from queries.logical_form import Compared, Recorded, Subjects

_LEAST = 0.72
_WHICH = re.compile(r"哪(?:[一几]?[个家条座项类份]|些)?$|which $")


def chosen(figures: Figures) -> Iterator[Reading]:
    """Things of the class asked for whose figure lies where the question says."""
    given_ = given(figures)
    asked = _asked_class(figures)
    if given_ is None or asked is None or re.search("多少|[^哪]几", figures.text):
        return
    bound, mask = given_
    classes, span = asked
    named = several(figures, figures.wanted)
    named = named if _beside(figures, named) else ()
    so_many = counted(figures, named) if named else 0
    wanted = figures.without(mask | span | so_many, kinds=figures.wanted.kinds)
    # 长沙、株洲、湘潭三市里哪个市…: of those, one figure each
    found = figure_of_each(figures, replace(wanted, named=named)) if named else figures.fits(wanted)
    fitting = [
        m
        for m in found
        if m.coverage >= _LEAST
        and m.closeness >= 0.4
        and m.card.subject_class in classes
        and m.card.value is not None
        and bound.fits(m.card)
    ]
    if not fitting:
        return
    best = fitting[0]
    alike = [m for m in fitting if m.card.kind == best.card.kind and m.coverage >= best.coverage - 0.05]
    ids = tuple(sorted(m.card.id for m in alike))
    strong = best.strong
    for mention, _ in named:
        strong |= bits(mention.start, mention.end)
    told = coverage(wanted, strong, best.explained | strong)
    form = Subjects(Compared(Recorded(ids), bound.op, bound.value, bound.unit))
    yield figures.reading("chosen", form, alike, told, shown=(), whole=True, sure=0.03)


def _beside(figures: Figures, named: Named) -> bool:
    """Whether the things stand side by side, or are the members of a group."""
    pairs = list(pairwise(m for m, _ in named))
    return bool(pairs) and all(a == b or figures.text[a.end : b.start] in joins("figures") for a, b in pairs)


def _asked_class(figures: Figures) -> tuple[frozenset[str], int] | None:
    """哪条 *产业链*: the classes asked for and the characters that do."""
    for alternatives in figures.question.segments:
        first = alternatives[0]
        which = _WHICH.search(figures.text[: first.start])
        classes = {str(m.value) for m in alternatives if m.kind == "class"}
        subtypes = figures.session.ontology.subtypes
        classes |= {subtypes[str(m.value)].cls for m in alternatives if m.kind == "subtype"}
        if which and classes:
            return frozenset(classes), bits(which.start(), first.end)
    return None
