"""What ``words.yaml`` holds: ordinary words that mean much the same, and contrasts that no
likeness of characters may bridge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from qa_service.rules.files import read_words

_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class Words:
    """``alike``: groups of words; ``contrasts``: name → sides, each a list of words. A contrast
    with an empty last side is one of denial: two such words in a phrase cancel each other."""

    alike: tuple[tuple[str, ...], ...]
    contrasts: Mapping[str, tuple[tuple[str, ...], ...]]


@cache
def words() -> Words:
    """The file, read once."""
    raw: dict[str, object] = read_words(_FILE)
    alike, contrasts = raw["alike"], raw["contrasts"]
    assert isinstance(alike, list)
    assert isinstance(contrasts, dict)
    return Words(_texts(alike), {str(name): _texts(sides) for name, sides in contrasts.items()})


def _texts(lists: list[list[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(w) for w in words) for words in lists)


def contrary(left: str, right: str) -> bool:
    """Whether two phrases stand on different sides of a contrast: one denies, the other does not;
    one gives, the other gets; one is more, the other less.

    >>> contrary("不达标率", "合格率"), contrary("达标率", "合格率")
    (True, False)
    >>> contrary("买家", "供应商")
    True
    """
    for sides, one, other in zip(words().contrasts.values(), _sides(left), _sides(right), strict=True):
        if not sides[-1]:
            if len(one) % 2 != len(other) % 2:
                return True
        elif one and other and not set(one) & set(other):
            return True
    return False


@cache
def _pattern(sides: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """The words of all sides, the longest first, so that one hides the shorter ones inside it."""
    every = {w: n for n, side in enumerate(sides) for w in side}
    return re.compile("|".join(sorted(every, key=lambda w: (-len(w), w)))), every


@lru_cache(maxsize=65_536)
def _sides(text: str) -> tuple[tuple[int, ...], ...]:
    """For each contrast the sides of the words that a text has, one for each word."""
    found = []
    for sides in words().contrasts.values():
        pattern, side_of = _pattern(sides)
        found.append(tuple(side_of[m[0]] for m in pattern.finditer(text)))
    return tuple(found)
