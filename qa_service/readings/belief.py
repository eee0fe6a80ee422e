"""How likely an answer is right: from what is measured of its reading, by weights that were fitted to
questions of our own (``benchmarks/calibrate.py``; ``belief.json`` holds the weights, the threshold and
where both come from).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ontology.lexicon.normalise import clean
from qa_service.answering.answer_types import Answer
from qa_service.questions.asked import asked_by, untold
from qa_service.questions.items import items_of
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.readings.rank import THRESHOLD
from qa_service.readings.reading import Reading

#: what is measured, in the order of the weights
NAMES: Final = (
    "score", "margin", "explained", "links", "sure", "told", "empty",
    "observed", "calculated", "structure", "span",
    "tied", "short", "borne", "asks",
)  # fmt: skip
#: the last of these are of the whole answer
_OF_ANSWER: Final = 3
#: how good it is that a name was found so; others are a name outright
_LINKS: Final = {"beginning": 0.8, "initials": 0.8, "scope": 0.9}
#: as many things asked for as make a difference
_MOST_ASKED: Final = 4
#: forms that find a thing by how many others it has
GROUPED: Final = ("Most(GroupBy(", "Least(GroupBy(", "Top(GroupBy(")
#: forms of which one thing comes out
CALCULATED: Final = ("Difference(", "Ratio(", "Shifted(", "Rest(", "Attained(")
#: a lead beyond which a greater one says no more
_LEAD: Final = 0.3


@dataclass(frozen=True)
class Belief:
    """The weights (one for each of ``NAMES``, then the constant), the confidence below which nothing
    is claimed, and the score below which a reading is not even tried."""

    weights: tuple[float, ...]
    threshold: float
    gate: float = THRESHOLD

    def probability(self, signs: Sequence[float]) -> float:
        """How likely a reading of these signs is right.

        >>> Belief((0.0,) * len(NAMES) + (0.0,), 0.5).probability((1.0,) * len(NAMES))
        0.5
        """
        total = self.weights[-1] + sum(w * s for w, s in zip(self.weights, signs, strict=False))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def fitted() -> Belief:
    """As it is shipped."""
    raw = json.loads(Path(__file__).with_name("belief.json").read_text("utf-8"))
    # a sign that nothing was fitted to yet counts for nothing
    weights = tuple(raw["weights"].get(name, 0.0) for name in (*NAMES, "constant"))
    return Belief(weights, raw["threshold"])


def signs_of(
    question: Question, reading: Reading, readings: Sequence[Reading], *, empty: bool, tied: bool
) -> tuple[float, ...]:
    """What is measured of a reading that was chosen among ``readings``; ``tied``: another that is hardly
    less likely gives something else."""
    content = question.content()
    total = max(1, content.bit_count())
    others = [r.confidence for r in readings if r.form != reading.form]
    lead = reading.confidence - max(others, default=0.0)
    links = [
        _LINKS.get(m.rule, 1.0)
        for alternatives in question.segments
        for m in alternatives[:1]
        if m.kind == "entity"
    ]
    return (
        reading.confidence,
        max(-_LEAD, min(_LEAD, lead)),
        (reading.explained & content).bit_count() / total,
        min(links, default=1.0),
        reading.sure,
        float(not untold(question, asked_by(question), reading.explained)),
        float(empty),
        *(float(reading.source == source) for source in NAMES[7:-4]),
        float(tied),
        *(0.0,) * _OF_ANSWER,
    )


def found(answer: Answer) -> int:
    """How many things an answer gives: two that are level are two, though they are one item, and what
    is found by a number has that with it."""
    if answer.logical_form.startswith(CALCULATED):
        return len(answer.answers)  # its rows are the figures that go in
    things = max(len(answer.answers), len(answer.rows))
    return 2 * things if answer.logical_form.startswith(GROUPED) else things


def with_answer(
    signs: Sequence[float], question: Question, answer: Answer, *, whole: bool = True
) -> tuple[float, ...]:
    """The signs of a reading with what is measured of its answer: whether it has fewer items than the
    (``whole``) question asks for, how much of the question its evidence bears out, how many things are
    asked for."""
    asked = items_of(question)
    return (
        *signs[:-_OF_ANSWER],
        float(whole and (answer.lacking > 0 or 0 < found(answer) < asked)),
        _borne(question, answer),
        min(asked, _MOST_ASKED) / _MOST_ASKED,
    )


def _borne(question: Question, answer: Answer) -> float:
    """The share of what the question says that stands in the passages, in the titles above them or in
    the answer itself."""
    mask = question.content()
    for alternatives in question.segments:
        if all(m.kind == "word" for m in alternatives):
            mask &= ~bits(alternatives[0].start, alternatives[0].end)
    shown = [t for e in answer.evidence for t in (e.quote, e.section, e.document)]
    texts = (*shown, *answer.answers, answer.reading)
    there = covered(question.clean, mask, (clean(t).text.lower() for t in texts if t))
    return there.bit_count() / max(1, mask.bit_count())


@dataclass(frozen=True)
class Point:
    """At a threshold: answers given for each question that has one, and the share of wrong ones."""

    threshold: float
    coverage: float
    risk: float


def origin() -> tuple[str, float, tuple[Point, ...]]:
    """Where the threshold comes from, the threshold, and the curve of risk and coverage."""
    raw = json.loads(Path(__file__).with_name("belief.json").read_text("utf-8"))
    return str(raw["origin"]), float(raw["threshold"]), tuple(Point(**p) for p in raw["curve"])
