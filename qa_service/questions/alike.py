"""What else the words of a question may stand as in a document: words that say the same
(``rules/alike.yaml``) and names in fewer characters (锂电池 for 锂离子电池)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from qa_service.questions.figure_words import spans_of
from qa_service.questions.parts import bits
from qa_service.rules.files import longest_first, word_file

#: characters of a shortened name; of what it stands for so many more may lie between two of them
_SHORTENED = (3, 6)
_LEFT_OUT = 2


@dataclass(frozen=True)
class Alike:
    """The characters ``[start, end)`` of a text, and the words that say the same."""

    start: int
    end: int
    words: tuple[str, ...]


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """Words that say the same, a group each, longer words first."""
    return tuple(longest_first(group) for group in word_file("alike"))


@lru_cache(maxsize=4096)
def alike(text: str) -> tuple[Alike, ...]:
    """The words of a text that have others of the same meaning.

    >>> alike("是谁举办的")[0].words
    ('主办', '举行', '召开', '承办')
    """
    found = []
    for group in groups():
        for start, end in spans_of(text, group):
            others = tuple(w for w in group if w != text[start:end] and len(w) > 1)
            found.append(Alike(start, end, others))
    return tuple(found)


def alike_in(text: str, mask: int, sources: Iterable[str]) -> int:
    """The masked characters of ``text`` whose words stand in a source as others of the same
    meaning, or as the longer name that they shorten.

    >>> bin(alike_in("锂电池产量", 0b11111, ["锂离子电池产量"]))
    '0b111'
    """
    sources = tuple(sources)
    found = 0
    for word in alike(text):
        span = bits(word.start, word.end) & mask
        if span & ~found and any(w in source for w in word.words for source in sources):
            found |= span
    for start, end, pattern in _shortened(text, mask):
        if bits(start, end) & ~found and any(
            m.end() - m.start() > end - start for source in sources for m in pattern.finditer(source)
        ):
            found |= bits(start, end)
    return found & mask


@lru_cache(maxsize=1024)
def _shortened(text: str, mask: int) -> tuple[tuple[int, int, re.Pattern[str]], ...]:
    """Stretches of the masked characters with what they may shorten: the same characters in the
    same order with a few between them."""
    found = []
    least, most = _SHORTENED
    for start in range(len(text) - least + 1):
        for end in range(start + least, min(len(text), start + most) + 1):
            piece = text[start:end]
            whole = bits(start, end)
            if mask & whole != whole or not re.fullmatch(r"[\u4e00-\u9fff]+", piece):
                break
            between = f"[^\\W\\d_]{{0,{_LEFT_OUT}}}"
            found.append((start, end, re.compile(between.join(piece))))
    return tuple(found)
