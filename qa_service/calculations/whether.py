"""Yes/no questions about a figure: 合格率超过95%了吗, 产值是260亿元吗, 高于全国平均吗.

The answer is yes or no with the figure on record. What a target is, targets.py compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.lexicon.dimensions.number import chinese
from ontology.lexicon.mention import Quantity
from qa_service.calculations.figures import Figures, compared_with, coverage
from qa_service.calculations.sources import of_one_time
from qa_service.questions.bounds import bound_said
from qa_service.questions.calculation_words import words
from qa_service.questions.parts import bits
from qa_service.readings.cards import Card
from qa_service.readings.reading import Reading
from queries.compile.calculated import LOWER
from queries.logical_form import Compared, Exists, Op, Recorded

#: 到95%没有, 超过92%没: whether, said at the end
_ENDS = re.compile(r"(?:没有?|不|否)[?。!]?$")
_LEAST = 0.74
#: 三成: 30 %
_TENTHS = "成"


@dataclass(frozen=True)
class Bound:
    """What a question says that a figure is: above 95 %, 260亿元."""

    op: Op
    value: float
    unit: str

    def fits(self, card: Card) -> bool:
        """Whether the card's figure is of the unit and lies so; a number without a unit but 亿 or
        万 may be of any but a share."""
        if card.base_unit != self.unit and (self.unit or card.base_unit == "%"):
            return False
        value = card.base_value if card.base_value is not None else card.value or 0.0
        holds = {
            ">": value > self.value,
            ">=": value >= self.value,
            "<": value < self.value,
            "<=": value <= self.value,
        }
        return holds.get(self.op, abs(value - self.value) < 1e-9)


def figure_whether(figures: Figures) -> Iterator[Reading]:
    """Whether a figure lies above, below or at the number that the question gives."""
    told = given(figures)
    if told is None or not asks_whether(figures) or figures.says("target", "derived"):
        return
    if re.search("[哪谁何]|什么", figures.text):
        return  # which two it is, not whether it is two
    bound, mask = told
    cues = mask | figures.mask_of("whether") | _end(figures)
    wanted = figures.without(cues, kinds=figures.wanted.kinds - {"target", "comparison"})
    fitting = figures.fits(wanted)[:4]
    if not figures.question.periods():  # where a plan began is not how it stands
        fitting.sort(key=lambda m: m.card.kind == "baseline")
    for match in fitting:
        card = match.card
        if match.coverage < _LEAST or match.closeness < 0.5 or card.value is None or card.kind == "rank":
            continue
        if card.base_unit != bound.unit and (bound.unit or card.base_unit == "%"):
            continue
        found = of_one_time(card, figures)
        yield figures.reading(
            "figure whether",
            Exists(Compared(Recorded(tuple(c.id for c in found)), bound.op, bound.value, card.base_unit)),
            [match],
            coverage(wanted, match.strong, match.explained),
            shown=("verdict",),
            whole=True,
            sure=0.05,
        )
        return


def gap_whether(figures: Figures) -> Iterator[Reading]:
    """Whether a thing is above or below what a gap on record compares it with (高于全国平均吗)."""
    higher = re.search("高于|超过|好于|高过|(?:比|较).{2,12}(?:高|好|多)", figures.text)
    lower = re.search("低于|不如|(?:比|较).{2,12}(?:低|差|少)", figures.text)
    if bool(higher) == bool(lower) or not asks_whether(figures) or re.search("多少|几", figures.text):
        return
    wanted = figures.without(
        figures.mask_of("whether", "than", "more", "less") | _end(figures), kinds=("comparison",)
    )
    for match in figures.fits(wanted)[:3]:
        card = match.card
        core = re.sub(r"(?:的)?(?:平均水平|平均值|平均|水平|均值)$", "", compared_with(card))
        if card.kind != "comparison" or match.coverage < _LEAST or not core or core not in figures.text:
            continue
        above = not any(word in card.scope for word in LOWER)
        yield figures.reading(
            "gap whether",
            figures.form_of(card),
            [match],
            match.coverage,
            shown=("verdict", "value"),
            sides=("yes" if above == bool(higher) else "no", ""),
            whole=True,
            sure=0.05,
        )
        return


def asks_whether(figures: Figures) -> bool:
    """Whether the question wants yes or no."""
    return figures.says("whether") or _ENDS.search(figures.text.rstrip("?？ ")) is not None


def _end(figures: Figures) -> int:
    m = _ENDS.search(figures.text)
    return bits(*m.span()) if m else 0


def given(figures: Figures) -> tuple[Bound, int] | None:
    """The one number that the question gives with how it is to be compared, and their characters."""
    found = [
        a[0]
        for a in figures.question.segments
        if any(m.kind == "quantity" and isinstance(m.value, Quantity) for m in a)
    ]
    if not found:
        return _round(figures)
    if len(found) != 1 or not isinstance(found[0].value, Quantity):
        return None
    quantity = found[0].value
    value = quantity.base_value if quantity.base_value is not None else quantity.value
    if value is None:
        return None
    said, mask = bound_said(figures.text, found[0])
    op = said or "="
    if quantity.base_unit == _TENTHS:
        return Bound(op, 10.0 * value, "%"), mask
    return Bound(op, float(value), quantity.base_unit), mask


def _round(figures: Figures) -> tuple[Bound, int] | None:
    """破百亿, 超千万: a round number behind a word of comparison, said in Chinese numerals alone."""
    for rule, op in (("at_least", ">="), ("over", ">"), ("under", "<")):
        for word in words()[rule]:
            m = re.search(rf"{re.escape(word)}了?(?P<number>[十百千]+[万亿])", figures.text)
            value = chinese(m["number"]) if m else None
            if m and value is not None:
                said: Op = op  # type: ignore[assignment]
                return Bound(said, value, ""), bits(*m.span())
    return None
