"""What follows from a sentence that says the opposite of what is asked: the share that is left (占31%的有 →
没有的占69%), and that none is left where all are spoken of (还有没纳入的吗 ← 全部纳入)."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.lexicon.dimensions import mentions as dimension_mentions
from ontology.lexicon.mention import Quantity
from ontology.model import Ontology
from qa_service.passages.corpus import Corpus, CorpusPassage
from qa_service.passages.frame import Fit, Frame, another_period, fitted, framed
from qa_service.passages.instead import says_another
from qa_service.passages.prose import as_written, clause_of, prose_words
from qa_service.questions.asked import asked_by, near_run
from qa_service.questions.figure_words import denies, figure_words
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.wanted import wanted_by
from qa_service.readings.reading import Quoted, Reading
from queries.logical_form import Passages

#: what an answer that only follows from the text is worth beside one that stands there
_FOLLOWS = 0.93
#: share of what is asked for that the sentence has to account for
_LEAST = 0.7
#: share of what is said of those that are asked about, which the sentence has to account for
_OF_THEM = 0.85
#: passages that are looked into
_LOOKED_INTO = 8
#: characters of the clause that is quoted
_LONGEST = 58


def left_over(frame: Frame, passage: CorpusPassage, place: tuple[int, int], fit: Fit) -> Quoted | None:
    """The share that is left of the whole by the one at ``place``, where one of question and sentence
    denies what the other says; None where that is not what is asked for."""
    words = passage.words
    first, last = clause_of(words, *place)
    if not denies(words[first:last]):
        _, last = clause_of(words, last + 1, last + 2)  # 四成仍靠经验,未建立体系
    clause = words[first:last]
    here = frame.weight(covered(frame.wanted.text, frame.mask, (clause,)))
    opposite = denies(clause) and here >= 0.5 * frame.weight(frame.mask)
    if fit.share < _LEAST or not (opposite if not denies(frame.wanted.text) else _turned(frame, words, fit)):
        return None
    value = next(
        (m.value for m in dimension_mentions(words[slice(*place)]) if isinstance(m.value, Quantity)), None
    )
    if value is None or value.base_value is None or not 0 < value.base_value < 100 or value.bound not in "=~":
        return None
    left = f"{'约' if value.bound == '~' else ''}{round(100 - value.base_value, 4):g}%"
    told = as_written(passage.text, *((first, last) if last - first <= _LONGEST else _told(words, *place)))
    return Quoted((left,), f"原文写到：{told}；其余为100%减去该比例，即{left}")


def none_left(question: Question, corpus: Corpus, ontology: Ontology) -> Iterator[Reading]:
    """That none is left, where a sentence speaks of all: 还有没纳入追溯平台的吗 ← 全部纳入追溯平台."""
    asked = asked_by(question)
    known = prose_words()
    if asked.sort != "whether" or not known.any_left.search(question.clean):
        return
    wanted = wanted_by(question, ontology)
    frame = framed(question, asked, wanted, corpus, ontology)
    if not frame.weight(frame.mask):
        return
    for passage in corpus.nearest(frame.bare, _LOOKED_INTO):
        whole = known.all_of_them.search(passage.words)
        if passage.kind == "source" or whole is None or not question.scope.holds([passage.id]):
            continue
        fit = fitted(frame, passage, corpus)
        if fit is None or another_period(passage, wanted, ""):
            continue
        first, last = clause_of(passage.words, *whole.span())
        clause = passage.words[first:last]
        here = frame.weight(covered(wanted.text, frame.mask, (clause,)))
        if denies(clause) or not _turned(frame, clause, fit) or here < 0.5 * frame.weight(frame.mask):
            continue
        if not _of_them(frame, fit) or says_another(frame, passage, fit, corpus):
            continue
        told = as_written(passage.text, *_told(passage.words, *whole.span()))
        yield Reading(
            form=Passages((passage.id,)),
            cost=round(1 - _FOLLOWS * min(1.0, fit.said), 4),
            explained=question.content() & (fit.explained | ~frame.mask),
            rule="none_left",
            tree=f"none_left share={fit.share:.2f} said={fit.said:.2f}\n  {passage.words[:80]}",
            source="span",
            quoted=Quoted(("没有",), f"原文写到：{told}；即没有"),
        )


def _of_them(frame: Frame, fit: Fit) -> bool:
    """Whether the sentence or its titles speak of all that the question says before it denies something."""
    denied = next(m.start() for m in figure_words().denials.finditer(frame.wanted.text))
    them = frame.mask & bits(0, denied)
    return frame.weight(them & fit.own) >= _OF_THEM * frame.weight(them)


def _turned(frame: Frame, words: str, fit: Fit) -> bool:
    """Whether the question denies what the words say: the words right behind its denial stand there."""
    text = frame.wanted.text
    denied = [m.end() for m in figure_words().denials.finditer(text)]
    if not denied or denies(words):
        return False
    run = near_run(text, frame.mask, denied[-1], 1)
    return bool(run) and (run & fit.own).bit_count() >= 0.5 * run.bit_count()


def _told(words: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a place, as far as it is short."""
    first, last = clause_of(words, start, end)
    return (first, last) if last - first <= _LONGEST else (max(first, end - _LONGEST), min(last, end + 12))
