"""Whether an answer is sure enough to be given, weighed against the whole question."""

from __future__ import annotations

from dataclasses import replace

from qa_service.answering.answer_types import Answer
from qa_service.questions.items import items_of
from qa_service.questions.question import Question
from qa_service.readings.belief import Belief, found, with_answer


def weighed(answer: Answer, question: Question, belief: Belief) -> Answer:
    """The answer with its confidence; where that is too low, none. What was found of a question that
    asks for more is told then, with its evidence, but not given as the answer."""
    # what passages say to an open question is quoted: whether that is right was not fitted
    if answer.status != "answered" or not answer.answers or not answer.signs:
        return answer
    signs = with_answer(answer.signs, question, answer)
    confidence = belief.probability(signs)
    if confidence >= belief.threshold:
        return replace(answer, confidence=confidence, signs=signs)
    asked = items_of(question)
    if question.english or (found(answer) >= asked and not answer.lacking):
        return not_understood(question, confidence, answer.engine)
    asked = max(asked, answer.lacking + 1)
    return replace(
        not_understood(question, confidence, answer.engine),
        text=f"这个问题至少问了{asked}件事，只找到其中一部分，请分开问。找到的是：{answer.text}",
        evidence=answer.evidence,
        notes=answer.notes,
    )


def not_understood(question: Question, confidence: float, engine: str) -> Answer:
    """No answer, for want of a reading that is sure enough."""
    text = (
        "The question was not understood well enough to answer."
        if question.english
        else "没有把握理解这个问题，不作回答。"
    )
    return Answer(
        id="",
        question=question.text,
        status="not_understood",
        text=text,
        confidence=confidence,
        engine=engine,
    )
