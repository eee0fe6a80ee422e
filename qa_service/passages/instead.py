"""What a sentence says in place of a word of the question: of *乡镇*纸厂 when *城区*纸厂 is asked of, of what
*乙厂* set up when *甲厂* is."""

from __future__ import annotations

import re
from collections import defaultdict

from qa_service.passages.corpus import Corpus, CorpusPassage
from qa_service.passages.frame import Fit, Frame
from qa_service.passages.prose import Anchor, clause_of, prose_words
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.overlap import covered
from qa_service.questions.parts import bits

#: characters that make a word
_WORD = 2


def says_another(
    frame: Frame, passage: CorpusPassage, fit: Fit, corpus: Corpus, answer: tuple[int, int] = (0, 0)
) -> bool:
    """Whether the clause that asks has a word before a shared one, that neither the sentence nor its titles
    account for, where the sentence has another one; but 园区 after a sentence on 衡器产业园 is that one, and
    what stands at ``answer`` takes the place of the asking words."""
    words, found, told = passage.words, fit.anchors, fit.own
    text = frame.wanted.text
    first, last = _asking(frame)
    for denial in figure_words().denials.finditer(text):
        told |= bits(*denial.span())  # whether it denies is looked at by itself
    for start, end in spans_of(text, (w for w in prose_words().any_thing if len(w) > 1)):
        told |= bits(start, end)
    behind: dict[int, list[Anchor]] = defaultdict(list)
    for a in found:
        if first <= a.q0 < last:
            behind[a.q0].append(a)
    for at, shared in behind.items():
        start = at
        while start > first and not told >> (start - 1) & 1:
            start -= 1
        joint = text[max(first, at - _WORD) : at + _WORD]
        if any(joint in p.words for p in (*corpus.beside(passage), *corpus.before(passage))):
            continue
        untold = sum(frame.mask >> i & 1 for i in range(start, at))
        if untold >= _WORD and all(_content(words, a, found, text, answer) for a in shared):
            return True
    return False


def _asking(frame: Frame) -> tuple[int, int]:
    """The clause that asks, with the one before it where it says nothing itself."""
    text, asked = frame.wanted.text, frame.asked
    first, last = clause_of(text, asked.start, max(asked.start, asked.end))
    while first > 0 and sum(frame.mask >> i & 1 for i in range(first, last)) < _WORD:
        first, _ = clause_of(text, max(0, first - 2), max(0, first - 1))
    return first, last


def _content(words: str, a: Anchor, found: tuple[Anchor, ...], text: str, answer: tuple[int, int]) -> bool:
    """Whether a word that the question has not stands right before what is shared, in its clause."""
    first, _ = clause_of(words, a.s0, a.s1)
    ends = [o.s1 for o in found if o.s1 <= a.s0]
    start = max([first, *ends])
    left = "".join(words[i] for i in range(start, a.s0) if not answer[0] <= i < answer[1])
    for word in prose_words().leading:
        left = left.replace(word, " ")
    left = re.sub(r"\d[\d.,]*|[^\w]", "", prose_words().glue.sub("", left))
    new = ~covered(left, (1 << len(left)) - 1, (text,)) & ((1 << len(left)) - 1)
    return new.bit_count() >= _WORD
