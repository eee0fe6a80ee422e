"""A question beside a passage, and the spans of the passage that may answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.entity_index import EntityIndex
from ontology.lexicon.names import OpenName, open_names
from ontology.lexicon.normalise import fold
from ontology.model import Ontology
from qa_service.passages.frame import class_of_head
from qa_service.passages.prose import CLAUSE, Anchor, is_glue, prose_words
from qa_service.questions.asked import Asked
from qa_service.questions.parts import bits
from qa_service.questions.wanted import Wanted

#: names in a text: (start, end, classes)
Namer = Callable[[str], list[tuple[int, int, frozenset[str]]]]


@dataclass(frozen=True)
class Span:
    """``items`` as (start, end) in the passage's words, ``fit`` to the sort asked, ``side``: how
    directly it stands where the question asks."""

    items: tuple[tuple[int, int], ...]
    start: int
    end: int
    fit: float
    side: float
    rule: str


@dataclass(frozen=True)
class Beside:
    """A question beside a passage."""

    words: str
    text: str
    asked: Asked
    head: str
    noun: str
    wanted: Wanted
    anchors: tuple[Anchor, ...]
    ontology: Ontology
    names: Namer
    #: the characters of the question that have to be accounted for
    mask: int

    @property
    def head_class(self) -> str:
        """The class that the noun asked after denotes, "" where none: names of its things need not
        end in the noun."""
        return class_of_head(self.head, self.ontology)

    @property
    def who(self) -> bool:
        """Whether the question asks who."""
        return not self.head and any(w in self.text for w in prose_words().agents)

    def near(self, a: Anchor) -> bool:
        """Whether nothing of content stands between what is shared and the asking words."""
        if a.q1 <= self.asked.start:
            start, end = a.q1, self.asked.start
        elif a.q0 >= self.asked.end:
            start, end = self.asked.end, a.q0
        else:
            return False
        return is_glue(self.text[start:end]) or not self.mask & bits(start, end)

    def side(self, start: int, end: int) -> float:
        """How directly a span stands where the question has its asking words: 1 beside the words
        that they stand beside, 0.6 beside other shared words, less farther off."""
        best = 0.0
        for a in self.anchors:
            if a.s0 < end and start < a.s1:
                continue
            before = a.q1 <= self.asked.start
            near = self.near(a)
            between = self.words[a.s1 : start] if a.s1 <= start else self.words[end : a.s0]
            touching = is_glue(between)
            same_side = (a.s1 <= start) == before
            if near and touching:
                best = max(best, (1.0 if same_side else 0.85) - (0.15 if a.alike else 0.0))
            elif touching:
                best = max(best, 0.6)
            elif not CLAUSE.search(between):
                best = max(best, (0.6 if near else 0.45) - 0.01 * len(between))
        return best


def span_at(b: Beside, start: int, end: int, fit: float, rule: str, side: float | None = None) -> Span:
    """One item at a place of the passage."""
    return Span(((start, end),), start, end, fit, b.side(start, end) if side is None else side, rule)


def namer(index: EntityIndex, things: frozenset[str]) -> Namer:
    """Names of the graph of these classes in a clean text and, beside them, open ones; each text
    is read once."""
    known: dict[str, list[tuple[int, int, frozenset[str]]]] = {}

    def names(words: str) -> list[tuple[int, int, frozenset[str]]]:
        if words not in known:
            known[words] = _names(words, index, things)
        return known[words]

    return names


def _names(words: str, index: EntityIndex, things: frozenset[str]) -> list[tuple[int, int, frozenset[str]]]:
    kept, at = [], []
    for i, ch in enumerate(words):
        for c in fold(ch):
            kept.append(c)
            at.append(i)
    found: list[tuple[int, int, frozenset[str]]] = []
    for start, end, candidates in index.within("".join(kept)):
        classes = frozenset(c.cls for c in candidates) & things
        if end - start >= 2 and classes:
            found.append((at[start], at[end - 1] + 1, classes))
    for m in open_names(words):
        if isinstance(m.value, OpenName):
            found.append((m.start, m.end, frozenset([m.value.cls])))
    # of names inside one another the longest
    found.sort(key=lambda n: (n[0] - n[1], n[0]))
    longest: list[tuple[int, int, frozenset[str]]] = []
    for n in found:
        if not any(k[0] < n[1] and n[0] < k[1] and k[:2] != n[:2] for k in longest):
            longest.append(n)
    return sorted(longest, key=lambda n: n[:2])
