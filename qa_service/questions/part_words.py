"""Words by which questions ask of the parts of documents, read from ``rules/parts.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from qa_service.questions.parts import bits
from qa_service.rules.files import longest_first, word_file

#: 几项, 多少家, 任务数量; but not 哪几项, which asks for them
COUNTED = re.compile(
    r"(?<![哪第])(?:几|多少)\s?大?(?:项|块|个|家|条|步|档|章|节|块|级|种|类|处|次|大)"
    r"|(?:数量|个数|数目)(?=[是为有?。]|$)|how many"
)

_AMOUNT = re.compile("多少|几")

@cache
def part_words() -> Mapping[str, tuple[str, ...]]:
    """The lists; longer words first."""
    raw = word_file("parts")
    return {k: longest_first(v) for k, v in raw.items()}


def aside_words(text: str) -> int:
    """The characters that only lead on to what is asked: 一共, 明确写, 能拿."""
    return stands(text, (*part_words()["aside"], *part_words()["part"]))


def bar_asked(text: str) -> bool:
    """Whether it is asked how much is enough: 多少分以上才算入选. What there is to be had does not say that.

    >>> bar_asked("评多少分以上才算入选"), bar_asked("质量举措多少分")
    (True, False)
    """
    return bool(_AMOUNT.search(text)) and any(word in text for word in part_words()["bar"])


def stands(text: str, words: Iterable[str]) -> int:
    """A mask of the characters of the words that stand in a text.

    >>> bin(stands("一共几项", ["一共"]))
    '0b11'
    """
    found = 0
    for word in words:
        at = text.find(word) if word else -1
        while at >= 0:
            found |= bits(at, at + len(word))
            at = text.find(word, at + 1)
    return found
