"""Which characters of one text stand in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import add

from qa_service.questions.parts import bits


def covered(text: str, mask: int, sources: Iterable[str]) -> int:
    """The masked characters of ``text`` that stand in one of the sources, in stretches of at
    least two (a stretch may run over characters that are not masked).

    >>> bin(covered("株洲市合格率", 0b111111, ["株洲的合格率"]))
    '0b111011'
    """
    own = pairs_at(text)
    found = 0
    for pair in _pairs_in(tuple(sources)).intersection(own):
        found |= own[pair]
    return found & mask


@lru_cache(maxsize=8192)
def pairs_at(text: str) -> Mapping[str, int]:
    """Neighbouring characters, and the mask of all places where they stand.

    >>> bin(pairs_at("质量和质量")["质量"])
    '0b11011'
    """
    found: dict[str, int] = {}
    for i, pair in enumerate(pairs(text)):
        found[pair] = found.get(pair, 0) | bits(i, i + 2)
    return found


@lru_cache(maxsize=8192)
def _pairs_in(sources: tuple[str, ...]) -> frozenset[str]:
    """Every pair of neighbours in the texts; the words of a figure are asked of for every question."""
    return frozenset(p for s in sources for p in pairs(s))


def pairs(text: str) -> Iterator[str]:
    """Neighbouring characters, two at a time."""
    return map(add, text, text[1:])
