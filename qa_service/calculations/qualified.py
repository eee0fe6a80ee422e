"""A figure with what its source says of it beside the number: its attribute, its class.

甲指标的目标值？属约束型还是预期型 asks for the value and for one of two words that the figure's
scope holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.calculations.figures import Figures, coverage
from qa_service.questions.parts import bits
from qa_service.readings.reading import Reading, Shown

#: X还是Y, behind 属于, 是 …, each of two to six characters
_EITHER = re.compile(
    r"(?:属于|属|算|是|为)?([^,;?!。是属算为]{2,6}?)(?:的)?还是([^,;?!。]{2,6}?)(?:的|呢|吗)?(?=[,;?!。]|$)"
)
_LEAST = 0.72


def qualified(figures: Figures) -> Iterator[Reading]:
    """The figure whose scope says one of the two words that the question offers."""
    offered = _EITHER.search(figures.text)
    if offered is None:
        return
    wanted = figures.without(bits(*offered.span()), kinds=figures.wanted.kinds)
    if not wanted.mask:
        return
    for match in figures.fits(wanted)[:5]:
        said = [
            value
            for value in (part.partition("=")[2] for part in match.card.scope.lower().split(";"))
            if any(value[:2] == word[:2] for word in offered.groups())
        ]
        if match.coverage < _LEAST or len(said) != 1:
            continue
        rest = figures.text.replace(offered[0], "")
        shown: tuple[Shown, ...] = ("scope",)
        if re.search("多少|几|目标|值|基数", rest):
            shown = ("value", "scope")
        told = coverage(wanted, match.strong, match.explained)
        yield figures.reading(
            "qualified",
            figures.form_of(match.card),
            [match],
            told,
            shown=shown,
            sides=(said[0], ""),
            whole=True,
            sure=0.03,
        )
        return
