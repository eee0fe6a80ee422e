"""The sources of readings, tried as one ranked list and never as silent fallbacks
(architecture §4): typed forms over the graph, observations matched by meaning, the recorded
structure of documents, spans of prose, passages for open questions."""

from __future__ import annotations

from collections.abc import Callable

from qa_service.calculations import calculated
from qa_service.passages.beside import namer
from qa_service.passages.credited import credited
from qa_service.passages.definitions import defined
from qa_service.passages.derived import none_left
from qa_service.passages.keypoints import keypoints
from qa_service.passages.meanings import meanings
from qa_service.passages.of_class import of_class_asked
from qa_service.passages.spans import spanned
from qa_service.questions.asked import asked_by
from qa_service.questions.calculation_words import calculates
from qa_service.questions.part_words import bar_asked
from qa_service.questions.question import Question
from qa_service.readings.asked_for import asked_for
from qa_service.readings.cited import cited
from qa_service.readings.document_facts import of_documents
from qa_service.readings.document_parts import about_parts
from qa_service.readings.figured_sets import figured_sets
from qa_service.readings.observed import observed
from qa_service.readings.outlines import outlined
from qa_service.readings.put_under import put_under
from qa_service.readings.qualifiers import qualified
from qa_service.readings.reading import Reading
from qa_service.readings.source_lists import listed_sources
from qa_service.readings.typed import typed
from qa_service.session import Session

#: proposes readings of a question
Source = Callable[[Question, Session], list[Reading]]


def _observed(question: Question, session: Session) -> list[Reading]:
    return [*observed(question, session.cards, session.ontology), *asked_for(question, session.ontology)]


def _calculated(question: Question, session: Session) -> list[Reading]:
    return calculated(question, session)


def _outlined(question: Question, session: Session) -> list[Reading]:
    found = outlined(question, session.corpus, session.ontology)
    return [r for r in found if of_class_asked(question, r, session)]


def _spanned(question: Question, session: Session) -> list[Reading]:
    if bar_asked(question.clean):
        return []  # how much is enough is a bound, which is recorded; a number in prose is none
    if calculates(question.outside_names()) and asked_by(question).sort == "number":
        return []  # nor is it what comes out: 现在比上年多了几家
    names = namer(session.index, session.ontology.things())
    found = spanned(question, session.corpus, session.ontology, session.cards.main_year, names)
    return [
        *(r for r in found if of_class_asked(question, r, session)),
        *none_left(question, session.corpus, session.ontology),
        *credited(question, session.corpus),
        *meanings(question, session.corpus, session.ontology),
        *defined(question, session.corpus),
    ]


def _keypoints(question: Question, session: Session) -> list[Reading]:
    return keypoints(question, session.corpus, session.ontology)


#: another source is one function with a line here
SOURCES: tuple[Source, ...] = (
    typed,
    figured_sets,
    _observed,
    _calculated,
    _outlined,
    about_parts,
    put_under,
    of_documents,
    cited,
    listed_sources,
    qualified,
    _spanned,
    _keypoints,
)

#: those that go by what is recorded; the others compare the question's very words with a text
RECORDED: tuple[Source, ...] = (typed, figured_sets, _observed, _calculated, of_documents)
