"""The confidence: its weights come from the questions that are in the repository."""

from __future__ import annotations

import math

from benchmarks.calibrate import MATERIAL, is_right, questions
from qa_service.answering.answer_types import Answer
from qa_service.readings.belief import NAMES, fitted, origin

ALL = [question for name in MATERIAL for question in questions(name)]


def test_the_questions() -> None:
    assert len(ALL) >= 250
    assert len({q.text for q in ALL}) == len(ALL)
    refused = [q for q in ALL if not q.items]
    assert len(refused) >= 60, "what has no answer belongs to it"


def test_the_weights_are_of_these_questions() -> None:
    source, threshold, curve = origin()
    assert source.startswith(f"{len(ALL)} questions"), "python -m benchmarks.calibrate --write"
    assert 0.5 <= threshold < 1
    assert [p.coverage for p in curve] == sorted((p.coverage for p in curve), reverse=True)
    assert min(p.risk for p in curve if p.threshold >= threshold) <= 0.05


def test_probability() -> None:
    belief = fitted()
    assert len(belief.weights) == len(NAMES) + 1
    assert all(map(math.isfinite, belief.weights))
    sure = [1.0 if name in ("score", "explained", "links", "sure", "told") else 0.0 for name in NAMES]
    unsure = [0.5 if name == "score" else 0.0 for name in NAMES]
    assert belief.probability(sure) > belief.threshold
    assert belief.probability(unsure) < belief.probability(sure)


def test_judging() -> None:
    question = next(q for q in ALL if len(q.items) == 2)
    items = tuple(min(group) for group in question.items)

    def answer(*said: str) -> Answer:
        return Answer(id="", question="", status="answered" if said else "no_data", text="", answers=said)

    assert is_right(answer(*items), question)
    assert not is_right(answer(items[0]), question)
    assert not is_right(answer(*items, "another"), question)
    nothing = next(q for q in ALL if not q.items)
    assert is_right(answer(), nothing)
    assert not is_right(answer("something"), nothing)
