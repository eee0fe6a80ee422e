"""What a number says: the sentences that have it (这个数说的是什么事)."""

from __future__ import annotations

import re

from ontology.lexicon.later import later
from ontology.model import Ontology
from qa_service.passages.corpus import Corpus
from qa_service.passages.frame import framed, placed
from qa_service.passages.prose import as_written, clause_of
from qa_service.questions.asked import asked_by
from qa_service.questions.overlap import covered
from qa_service.questions.question import Question
from qa_service.questions.wanted import wanted_by
from qa_service.readings.reading import Reading, read_from

#: a number with the sign or unit behind it; 这, 在 … are none
_NUMBER = later(r"\d[\d.,]*(?:万|亿)?(?:%|(?![这那在的说指是都到底究竟前后有代,])[\u4e00-\u9fff])?")
#: a clause that begins so says nothing of what it is about
_GOES_ON = later("占|较|比|高于|低于|高出|达|同比|增长|下降|提升|提高")
#: characters of an item that has the clause before it too
_LONG = 58
#: share of its characters from which a sentence says the same as another
_SAME = 0.8


def meanings(question: Question, corpus: Corpus, ontology: Ontology) -> list[Reading]:
    """What each sentence says that has the number asked about: 这个数说的是什么事."""
    asked = asked_by(question)
    if asked.sort != "meaning":
        return []
    wanted = wanted_by(question, ontology)
    frame = framed(question, asked, wanted, corpus, ontology)
    quoted = re.search(r"[“\"](.*?\d.*?)[”\"]", wanted.text)
    number = _NUMBER.search(quoted[1] if quoted else wanted.text)
    if number is None:
        return []
    told = quoted[1] if quoted else number[0]
    found: list[tuple[str, str]] = []
    for passage in corpus.passages:
        if passage.kind in ("source", "row", "heading") or not question.scope.holds([passage.id]):
            continue
        at = _stands(passage.words, number[0])
        if at < 0 or not all(c in passage.words for c in _unit(told, number[0])):
            continue
        document = corpus.documents.get(passage.document)
        around = [s.words for s in corpus.around(passage.section)] + [document.words if document else ""]
        home = document.place if document else ""
        if placed(frame, passage, around, home, corpus.beside(passage), ()) is None:
            continue
        first, last = clause_of(passage.words, at, at + len(number[0]))
        if first > 1 and _GOES_ON.match(passage.words, first):
            # 甲业企业众多, 占全部的32%: of what, the clause before says
            before, _ = clause_of(passage.words, first - 1, first - 1)
            first = before if last - before <= _LONG else first
        start, end = _short(passage.words, first, last, at)
        found.append((as_written(passage.text, start, end), passage.id))
    if not found or len(found) > 6:
        return []
    items: dict[str, str] = {}
    for text, ident in found:
        whole = (1 << len(text)) - 1
        if not any(covered(text, whole, (said,)).bit_count() >= _SAME * len(text) for said in items):
            items[text] = ident  # said once more in other words it is no other thing
    return [read_from(items, "meanings", 0.1, question.content())]


def _stands(words: str, number: str) -> int:
    """Where the number stands, not as a part of a longer one; -1 where it does not."""
    behind = r"(?![\d.,]*\d)" if number[-1].isdigit() else ""
    m = re.search(rf"(?<![\d.,]){re.escape(number)}{behind}", words)
    return m.start() if m else -1


def _unit(told: str, number: str) -> tuple[str, ...]:
    """What stands behind the number in the question must be in the sentence: 360家|企业."""
    behind = told[told.find(number) + len(number) :].strip()
    return (behind,) if behind else ()


def _short(words: str, first: int, last: int, at: int) -> tuple[int, int]:
    """A clause of at most 58 characters around a place."""
    if last - first <= 58:
        return first, last
    inner = [m.start() for m in re.finditer(r"[、()（）;]", words[first:last])]
    first, last = (
        max((first + i + 1 for i in inner if first + i < at), default=first),
        min((first + i for i in inner if first + i > at), default=last),
    )
    if last - first <= 58:
        return first, last
    start = max(first, at - 24)
    return start, min(last, start + 58)
