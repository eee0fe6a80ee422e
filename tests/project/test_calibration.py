"""The confidence: its weights come from the questions that are in the repository."""

from __future__ import annotations

import math

from benchmarks.calibrate import MATERIAL, RISK, is_right, kept, questions
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
    assert next(p.risk for p in curve if p.threshold == threshold) <= RISK


def test_the_judged_sets() -> None:
    judged = kept()
    assert len({j.source for j in judged}) >= 5
    assert len(judged) >= 400
    assert f"and {len(judged)} in" in origin()[0], "python -m benchmarks.calibrate --write"
    assert all(len(j.signs) in (0, len(NAMES)) for j in judged)
    assert any(not j.answerable for j in judged), "what has no answer belongs to it"
    wrong = [j for j in judged if j.signs and not j.right]
    assert wrong, "what is answered wrongly is what there is to learn from"


def test_the_curve_tells_wrong_from_right() -> None:
    _, used, curve = origin()
    assert curve[0].threshold == 0
    assert curve[0].risk > 1.3 * next(p.risk for p in curve if p.threshold == used)
    assert curve[0].risk > 1.5 * next(p.risk for p in curve if p.threshold == 0.9)


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
