"""Readings of a question said again in the words of the graph, where it has words that nothing
explains (``reworded``)."""

from __future__ import annotations

from dataclasses import replace

from qa_service.meaning.reworded import rewordings, unknown
from qa_service.questions.link import analysed
from qa_service.questions.question import Question
from qa_service.questions.scope import scoped
from qa_service.readings.rank import THRESHOLD, best_first, rank
from qa_service.readings.reading import Reading
from qa_service.readings.sources import RECORDED
from qa_service.session import Session

#: a reading of the very words so sure that unknown ones which it accounts for are not looked up
_SURE = 0.8
#: what is left of a reading that passes over words that were understood
_PASSED_OVER = 0.8
#: the share of a reworded question that may still be unknown
_MOST_UNKNOWN = 0.3


def in_other_words(question: Question, found: list[Reading], session: Session) -> list[Reading]:
    """All readings, best first, with those that take unknown words for the terms that they are nearest
    to: worth less the less alike they are, with notes of what was taken for what. ``found`` are the
    readings of the very words, best first: nothing is looked up where the best is one of what is
    recorded, sure, and accounts for all of them; one that passes over words that were understood is worth
    less than it was."""
    left = unknown(question)
    best = found[0] if found else None
    if not left or (
        best is not None
        and best.source not in ("span", "passages")  # what is recorded goes before what a text says
        and best.confidence >= _SURE
        and not left & ~best.explained
    ):
        return found
    readings: list[Reading] = []
    read = 0
    for other in rewordings(question, session.terms):
        again = analysed(other.text, session)
        if unknown(again).bit_count() > _MOST_UNKNOWN * again.content().bit_count():
            continue
        again = replace(scoped(again, session.corpus, session.cards), near=question.near, most=question.most)
        notes = tuple(n for n in (*other.notes(question.english), session.models.note(question.english)) if n)
        made = [
            replace(r, confidence=r.confidence * other.sure, sure=other.sure, notes=(*r.notes, *notes))
            for r in rank(again, [r for source in RECORDED for r in source(again, session)])
        ]
        if made and made[0].confidence >= THRESHOLD:
            read |= other.mask & left
        readings += made
    passed_over = [
        replace(r, confidence=r.confidence * _PASSED_OVER) if read & ~r.explained else r for r in found
    ]
    return best_first([*passed_over, *readings])
