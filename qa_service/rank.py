"""Readings of all sources as one ranked list, each with a confidence.

The confidence is the share of the question's characters that the reading explains, less
what its rules cost. Below ``THRESHOLD`` a reading is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qa_service.question import Question
from qa_service.reading import Reading
from queries.logical_form import Count, Observations

#: confidence below which nothing is answered
THRESHOLD = 0.62
#: what a unit of rule cost takes from a typed reading's confidence
_TYPED_COST = 0.11
#: confidence from which a stated number goes before a count, and how far behind it may be
_STATED = 0.8
_BEHIND = 0.2


def rank(question: Question, readings: Iterable[Reading]) -> list[Reading]:
    """The readings with their confidence, best first."""
    content = question.content()
    total = max(1, content.bit_count())
    ranked = []
    for reading in readings:
        share = (reading.explained & content).bit_count() / total
        confidence = share - _TYPED_COST * reading.cost if reading.source == "typed" else 1.0 - reading.cost
        ranked.append(replace(reading, confidence=max(0.0, min(1.0, confidence))))
    ordered = sorted(ranked, key=lambda r: (-r.confidence, r.source != "typed", repr(r.form)))
    return _stated_first(ordered)


def _stated_first(readings: list[Reading]) -> list[Reading]:
    """A number that a source states goes before a count of the things that happen to be on record."""
    if not readings or not isinstance(readings[0].form, Count):
        return readings
    for reading in readings[1:]:
        stated = isinstance(reading.form, Observations) and reading.rule == "observed"
        if stated and reading.confidence >= max(_STATED, readings[0].confidence - _BEHIND):
            return [
                replace(reading, confidence=readings[0].confidence),
                *(r for r in readings if r is not reading),
            ]
    return readings
