"""Under which part of a document something is put: 甲试点归在哪项任务下面.

What is put there is told by the question's other words. The passage that has them stands in a section, and
the innermost part around it of the class asked for is the answer.
"""

from __future__ import annotations

import re
from functools import cache

from ontology.lexicon.mention import Mention
from ontology.structure import SECTION
from qa_service.passages.corpus import CorpusPassage
from qa_service.questions.named_parts import NamedPart
from qa_service.questions.overlap import covered
from qa_service.questions.part_words import part_words, stands
from qa_service.questions.parts import bits
from qa_service.questions.question import Question
from qa_service.questions.scope import part_classes
from qa_service.readings.reading import Quoted, Reading
from qa_service.session import Session
from queries.logical_form import Passages

#: passages that are looked at
_LOOKED_AT = 40
#: share of the question's other words that the passage has, with the titles around it
_LEAST = 0.7
#: 哪|项 任务, 哪几个任务: behind the words that say it is put there
_WHICH = r"(?:了|着)?(?:在|于|入|到|进|给)?[^,;?。]{0,4}?哪(?:一|几)?(?:个|项|条|步|方面)?(?:重点|主要)?$"


def put_under(question: Question, session: Session) -> list[Reading]:
    """The part of a document of the class asked for under which it says what the question repeats."""
    text = question.clean
    asked = _asked(question, session)
    if asked is None or any(m.value == "not" for a in question.segments for m in a if m.kind == "word"):
        return []
    part, start = asked
    told = bits(start, part.end) | question.scope.mask
    told |= stands(text, part_words()["put_aside"])
    for alternatives in question.segments:
        if any(m.kind == "word" and str(m.value).startswith("ask.") for m in alternatives):
            told |= bits(alternatives[0].start, alternatives[0].end)
    need = question.content() & ~told
    corpus, weights = session.corpus, session.corpus.weights(text)
    total = sum(w for i, w in enumerate(weights) if need >> i & 1)
    if need.bit_count() < 4 or not total:
        return []
    by_section = {p.section: p for p in session.parts.parts if p.cls == part.value}
    found: list[tuple[float, NamedPart, CorpusPassage, int]] = []
    said = "".join(ch if need >> i & 1 else " " for i, ch in enumerate(text))
    for passage in corpus.nearest(said, _LOOKED_AT):
        inner = next((s for s in corpus.around(passage.section) if s.id in by_section), None)
        if inner is None or not question.scope.holds([passage.id]):
            continue
        titles = tuple(s.words for s in corpus.around(passage.section))
        document = corpus.documents.get(passage.document)
        own = covered(text, need, (passage.words,))
        there = own | covered(text, need, (*titles, document.words if document else ""))
        share = sum(w for i, w in enumerate(weights) if there >> i & 1) / total
        if share >= _LEAST and own.bit_count() >= 4:
            found.append((share, by_section[inner.id], passage, there))
    if not found:
        return []
    share, holder, passage, there = max(found, key=lambda f: (f[0], f[2].id))
    if any(p.id != holder.id and s >= share for s, p, _, _ in found):
        return []  # said under several alike
    return [
        Reading(
            form=Passages((passage.id,)),
            cost=round((1 - share) * 0.5, 4),
            explained=there | told,
            rule="put_under",
            tree=f"put_under {holder.id}: share {share:.2f}",
            source="structure",
            quoted=Quoted((holder.name,), f"写在“{holder.name}”下：{passage.text.strip()}"),
        )
    ]


def _asked(question: Question, session: Session) -> tuple[Mention, int] | None:
    """The word of the class of parts that is asked for, and where the words begin that ask for it."""
    of_parts = part_classes(session.ontology) - {SECTION}
    for alternatives in question.segments:
        for m in alternatives:
            if m.kind != "class" or m.value not in of_parts:
                continue
            put = _put().search(question.clean[: m.start])
            if put:
                return m, put.start()
    return None


@cache
def _put() -> re.Pattern[str]:
    words = "|".join(map(re.escape, part_words()["put"]))
    return re.compile(f"(?:{words}){_WHICH}")
