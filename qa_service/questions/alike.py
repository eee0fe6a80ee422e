"""What else the words of a question may stand as in a document: words that say the same
(``rules/alike.yaml``, and the labels of one term of the ontology) and names in fewer characters
(锂电池 for 锂离子电池)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.model import Ontology
from qa_service.questions.figure_words import spans_of
from qa_service.questions.parts import bits
from qa_service.rules.files import longest_first, word_file

#: characters of a shortened name; of what it stands for so many more may lie between two of them
_SHORTENED = (3, 6)
_LEFT_OUT = 2
#: stands before every source, and in none
_BEGINS = "\0"
#: texts whose words are kept
_KEPT = 20_000


@dataclass(frozen=True)
class Alike:
    """The characters ``[start, end)`` of a text, and the words that say the same; of a ``term`` of
    the ontology they begin what they stand in (质检中心 is no 国家级质检中心)."""

    start: int
    end: int
    words: tuple[str, ...]
    term: bool = False

    def stands_in(self, sources: str) -> bool:
        """Whether one of the words does, in texts that each begin with ``_BEGINS``."""
        return any((_BEGINS + w if self.term else w) in sources for w in self.words)


class Thesaurus:
    """Groups of words that say the same.

    >>> general().alike("是谁举办的")[0].words
    ('主办', '举行', '召开', '承办')
    """

    def __init__(self, groups: Iterable[Sequence[str]], terms: Iterable[Sequence[str]] = ()) -> None:
        self.groups = tuple(longest_first(group) for group in groups)
        self.terms = tuple(longest_first(group) for group in terms)
        self._said: dict[str, tuple[Alike, ...]] = {}

    def alike(self, text: str) -> tuple[Alike, ...]:
        """The words of a text that have others of the same meaning."""
        found = self._said.get(text)
        if found is None:
            if len(self._said) > _KEPT:
                self._said.clear()
            found = self._said[text] = tuple(self._alike(text))
        return found

    def _alike(self, text: str) -> Iterable[Alike]:
        for groups, term in ((self.groups, False), (self.terms, True)):
            for group in groups:
                for start, end in spans_of(text, group):
                    others = tuple(w for w in group if w != text[start:end] and len(w) > 1)
                    if others:
                        yield Alike(start, end, others, term)

    def within(self, text: str, mask: int, sources: Iterable[str]) -> int:
        """The masked characters of ``text`` whose words stand in a source as others of the same
        meaning, or as the longer name that they shorten.

        >>> bin(general().within("锂电池产量", 0b1, ["锂离子电池产量"]))
        '0b1'
        """
        sources = tuple(sources)
        together = "".join([_BEGINS + source for source in sources])
        found = 0
        for word in self.alike(text):
            span = bits(word.start, word.end) & mask
            if span & ~found and word.stands_in(together):
                found |= span
        for source in sources:
            # what a name shortens has all of its characters
            for run_start, run_end in _runs_in(text, source):
                if not bits(run_start, run_end) & mask & ~found:
                    continue
                for start, end in _stretches(run_start, run_end):
                    span = bits(start, end) & mask
                    if span & ~found and _stands_for(text[start:end], source):
                        found |= span
        return found


@cache
def general() -> Thesaurus:
    """The words of every domain."""
    return Thesaurus(word_file("alike"))


#: by ontology; one that is kept keeps its id
_THESAURI: dict[int, tuple[Ontology, Thesaurus]] = {}


def thesaurus(ontology: Ontology) -> Thesaurus:
    """The words of every domain and, a group each, the labels of every term of the ontology."""
    kept = _THESAURI.get(id(ontology))
    if kept is None:
        if len(_THESAURI) > 8:
            _THESAURI.clear()
        kept = (ontology, Thesaurus(general().groups, ontology.synonyms))
        _THESAURI[id(ontology)] = kept
    return kept[1]


@lru_cache(maxsize=_KEPT)
def _runs_in(text: str, source: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a text as long as a shortened name or longer, of characters that the source has. The
    same sentences and titles stand around many figures."""
    found = []
    start = 0
    # a sentinel that no source has ends the last one
    for end, ch in enumerate(f"{text}\0"):
        if ch not in source or not "\u4e00" <= ch <= "\u9fff":
            if end - start >= _SHORTENED[0]:
                found.append((start, end))
            start = end + 1
    return tuple(found)


def _stretches(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of ``[start, end)`` that are as long as a shortened name."""
    least, most = _SHORTENED
    for first in range(start, end - least + 1):
        for last in range(first + least, min(end, first + most) + 1):
            yield first, last


def _stands_for(piece: str, source: str) -> bool:
    """Whether the source has the same characters in the same order with a few between them."""
    return any(len(m[0]) > len(piece) for m in _longer(piece).finditer(source))


@lru_cache(maxsize=_KEPT)
def _longer(piece: str) -> re.Pattern[str]:
    return re.compile(f"[^\\W\\d_]{{0,{_LEFT_OUT}}}".join(piece))
