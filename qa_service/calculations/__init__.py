"""Readings that calculate: the other side of a recorded gap, what is left of a whole, an increase
from a start to an end, whether a target is reached, one thing beside another, several figures.

Each kind finds the figures for the parts of the question by the same meaning as figures asked
for alone (``qa_service.readings.match``) and composes them into one typed form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qa_service.calculations.chosen import chosen
from qa_service.calculations.each import for_each, gap_of_two
from qa_service.calculations.extremes import extreme
from qa_service.calculations.figures import Figures
from qa_service.calculations.gaps import compared, shifted
from qa_service.calculations.growth import against, grown, grown_most
from qa_service.calculations.joined import joined
from qa_service.calculations.narrowed import narrowed
from qa_service.calculations.qualified import qualified
from qa_service.calculations.remainders import remaining, whole_of
from qa_service.calculations.several import set_side_by_side
from qa_service.calculations.sources import by_sources, of_years
from qa_service.calculations.targets import attained, fulfilled
from qa_service.calculations.totals import averaged, multiple, summed
from qa_service.calculations.whether import figure_whether, gap_whether
from qa_service.questions.gain_of_each import gains_of_each
from qa_service.questions.question import Question
from qa_service.readings.reading import Reading
from qa_service.session import Session

#: another kind of calculation is one function with a name here
KINDS: tuple[Callable[[Figures], Iterator[Reading]], ...] = (
    attained,
    fulfilled,
    grown,
    grown_most,
    against,
    narrowed,
    shifted,
    compared,
    remaining,
    whole_of,
    extreme,
    for_each,
    gap_of_two,
    summed,
    averaged,
    multiple,
    figure_whether,
    gap_whether,
    chosen,
    by_sources,
    of_years,
    qualified,
    set_side_by_side,
    joined,
)


def calculated(question: Question, session: Session) -> list[Reading]:
    """Readings of every kind of calculation that the question's words ask for."""
    figures = Figures(question, session)
    if figures.says("spans", "starts", "target") and len(gains_of_each(question)) > 1:
        return []  # how much each is to grow is asked one by one
    return [reading for kind in KINDS for reading in kind(figures)]
