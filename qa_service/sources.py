"""The sources of readings, tried as one ranked list and never as silent fallbacks
(architecture §4): typed forms over the graph, observations matched by meaning, the recorded
structure of documents, spans of prose, passages for open questions."""

from __future__ import annotations

from collections.abc import Callable

from qa_service.observed import observed
from qa_service.outlines import outlined
from qa_service.parse import parse
from qa_service.question import Question
from qa_service.reading import Reading
from qa_service.session import Session
from qa_service.spans import spanned

#: proposes readings of a question
Source = Callable[[Question, Session], list[Reading]]


def _typed(question: Question, session: Session) -> list[Reading]:
    return parse(question, session.grammar)


def _observed(question: Question, session: Session) -> list[Reading]:
    return observed(question, session.cards, session.ontology)


def _outlined(question: Question, session: Session) -> list[Reading]:
    return outlined(question, session.library, session.ontology)


def _spanned(question: Question, session: Session) -> list[Reading]:
    return spanned(question, session.library, session.ontology, session.cards.main_year)


#: another source is one function with a line here
SOURCES: tuple[Source, ...] = (_typed, _observed, _outlined, _spanned)
