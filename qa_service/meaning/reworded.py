"""A question said again in the words of the graph, where it has words that nothing explains.

Nothing is replaced in silence: what is read of such a question is ranked among the readings of
the question as it stands, is worth less the less alike the words are, and the answer says which
words were taken for which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ontology.lexicon.names import open_names
from qa_service.meaning.near import Likeness, Terms
from qa_service.meaning.phrases import ordinary
from qa_service.questions.figure_words import figure_words, spans_of
from qa_service.questions.parts import bits
from qa_service.questions.question import Question

#: a stretch that is read as one term has so many characters
_SHORTEST, _LONGEST = 2, 10
#: how alike what has the form of a name has to be to a term to be no name
_SURE_OF_A_NAME = 0.9
#: the share of a stretch that has to be unknown: 县级一站式平台 is known but for 级
_NEW = 0.25
#: longer questions have several parts, which are asked one by one
_LONGEST_QUESTION = 40
#: other wordings of one question that are tried, and words put for others in each
_MOST = 4
_MOST_WORDS = 3
#: kinds of mentions that are no unknown words and no part of one
_FIRM = frozenset(("entity", "period", "value", "quantity", "number", "date", "comparison", "ordinal"))
#: what asks for a share of what follows is part of no term: 占|全省
_SHARES = "占"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: characters that no term begins or ends with, and those that may be left unread beside one
_LOOSE = frozenset("的了着过吗呢啊吧是在")
_PASSING = frozenset("更把被会能要将已曾再仅只很最做到出个些来去")


@dataclass(frozen=True)
class Rewording:
    """``text`` is the question in the graph's words; ``read`` what was put for what, ``mask`` where."""

    text: str
    read: tuple[Likeness, ...]
    mask: int

    @property
    def sure(self) -> float:
        """As sure as its least sure word."""
        return min(x.sure for x in self.read)

    def notes(self, english: bool) -> tuple[str, ...]:
        """What was read as what, for the answer."""
        return tuple(
            f"“{x.said}” read as “{x.term.surface}” (likeness {x.sure:.2f})"
            if english
            else f"“{x.said}”按“{x.term.surface}”理解（相近度{x.sure:.2f}）"
            for x in self.read
        )


def unknown(question: Question) -> int:
    """The characters that have to be explained and that no word, name, number or period explains."""
    told = 0
    for alternatives in question.segments:
        told |= bits(alternatives[0].start, alternatives[0].end)
    return question.content() & ~told


def rewordings(question: Question, terms: Terms) -> list[Rewording]:
    """The question with unknown stretches put as the terms that they are nearest to, best first."""
    text, left = question.clean, unknown(question)
    if not left or len(text) > _LONGEST_QUESTION or 2 * left.bit_count() > question.content().bit_count():
        return []
    windows = list(_windows(question, left))
    # each unknown character has to count: all of them, the one at the beginning, the one at the end
    bare = ["".join(text[i] for i in range(a, b) if not left >> i & 1) for a, b in windows]
    first = [text[a + 1 : b] if left >> a & 1 else "" for a, b in windows]
    last = [text[a : b - 1] if left >> b - 1 & 1 else "" for a, b in windows]
    found = terms.nearest([text[a:b] for a, b in windows], less=(bare, first, last))
    # what has the form of a name may be one that is not on record: 星沙检测中心, 国字号质检中心
    named = sum(bits(name.start, name.end) for name in open_names(text))
    placed = [
        (likeness.sure * (left & bits(a, b)).bit_count(), a, b, likeness)
        for (a, b), near in zip(windows, found, strict=True)
        for likeness in near
        if likeness.term.surface != likeness.said
        and (likeness.sure >= _SURE_OF_A_NAME or not named & left & bits(a, b))
    ]
    placed.sort(key=lambda p: (-p[0], -p[3].sure, p[1], p[2], p[3].term.surface))
    return [r for r in _combined(text, placed[:12]) if _whole(text, left, r)][:_MOST]


def _windows(question: Question, left: int) -> Iterable[tuple[int, int]]:
    """Stretches of which enough is unknown, that cut no word and hold nothing firm."""
    text = question.clean
    firm, inside = 0, 0
    for alternatives in question.segments:
        first = alternatives[0]
        span = bits(first.start, first.end)
        wide = first.end - first.start > 1
        asks = all(m.kind == "word" and m.rule.startswith("ask.") for m in alternatives)
        named = any(m.kind in _FIRM for m in alternatives)
        if named or (asks and wide) or question.inside_scope(alternatives):
            firm |= span
        elif wide:
            inside |= span & ~(1 << first.start)  # a stretch may begin or end at its edges only
    for at, ch in enumerate(text):
        firm |= bits(at, at + 1) if ch == _SHARES else 0
    for start, end in spans_of(text, figure_words().whole):
        firm |= bits(start, end)
    for start, end in ordinary(text):
        inside |= bits(start + 1, end)
    for start in range(len(text)):
        if inside >> start & 1 or text[start] in _LOOSE:
            continue
        for end in range(start + _SHORTEST, min(len(text), start + _LONGEST) + 1):
            span = bits(start, end)
            if firm & span or not _HAN.fullmatch(text[start:end]):
                break
            new = (left & span).bit_count() >= _NEW * (end - start)
            if new and not inside >> end & 1 and text[end - 1] not in _LOOSE:
                yield start, end


def _combined(text: str, placed: list[tuple[float, int, int, Likeness]]) -> list[Rewording]:
    """Sets of stretches that do not overlap, those that explain most first."""
    sets: list[tuple[float, list[tuple[float, int, int, Likeness]]]] = [(0.0, [])]
    for one in placed:
        for worth, others in list(sets):
            if len(others) < _MOST_WORDS and all(one[2] <= o[1] or o[2] <= one[1] for o in others):
                sets.append((worth + one[0], [*others, one]))
        sets.sort(key=lambda s: -s[0])
        del sets[64:]
    made: dict[str, Rewording] = {}
    for _, chosen in sets:
        put = sorted(chosen, key=lambda o: o[1])
        said, at = "", 0
        for _, start, end, likeness in put:
            said += text[at:start] + likeness.term.surface
            at = end
        if put:
            mask = sum(bits(start, end) for _, start, end, _ in put)
            made.setdefault(said + text[at:], Rewording(said + text[at:], tuple(o[3] for o in put), mask))
    return list(made.values())


def _whole(text: str, left: int, other: Rewording) -> bool:
    """Whether of each unknown stretch that is touched all is read: 车场 is no part of 停车场."""
    touched = False
    rest = False
    for i in range(len(text) + 1):
        if i < len(text) and left >> i & 1:
            touched |= bool(other.mask >> i & 1)
            rest |= not other.mask >> i & 1 and text[i] not in _PASSING
            continue
        if touched and rest:
            return False
        touched = rest = False
    return True
