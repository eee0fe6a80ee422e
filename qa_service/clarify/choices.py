"""The questions nearest to one that was not understood, of those that the graph answers."""

from __future__ import annotations

from collections import Counter

from ontology.lexicon.normalise import fold
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.session import Session
from qa_service.suggest import questions_near

#: questions that are offered
CHOICES = 3


def nearest(question: Question, session: Session) -> tuple[str, ...]:
    """At most three questions, the nearest first: about the things and metrics that the question
    names, with most of its pairs of characters. None where it names nothing that is on record.

    >>> nearest(analysed("株洲那边平台建得怎么样了"), session)                 # doctest: +SKIP
    ('株洲市有哪些平台？', …)
    """
    said = _pairs(_told(question))
    scored = []
    for other in questions_near(question.clean, session):
        own = _pairs(fold(other))
        shared = sum((said & own).values())
        if shared:
            scored.append((-shared / (1 + own.total()) ** 0.5, len(other), other))
    return tuple(dict.fromkeys(text for _, _, text in sorted(scored)))[:CHOICES]


def _told(question: Question) -> str:
    """What the question says, without the words that only ask and join."""
    asking = 0
    for alternatives in question.segments:
        if any(m.kind == "word" for m in alternatives):
            asking |= bits(alternatives[0].start, alternatives[0].end)
    return fold("".join(" " if asking >> i & 1 else ch for i, ch in enumerate(question.clean)))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))
