"""The words of figures (``rules/figures.yaml``): kinds of values, opposites, denials, what only
joins a period to what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from qa_service.rules.files import longest_first, word_file

#: weight of a character of a vague word (产品, 质量 …) beside 1 for others
VAGUE = 0.35


@dataclass(frozen=True)
class FigureWords:
    kinds: Mapping[str, tuple[str, ...]]
    opposites: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    vague: tuple[str, ...]
    whole: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    denials: re.Pattern[str]
    harmless: re.Pattern[str]
    affirms: re.Pattern[str]
    against: tuple[str, ...]
    asked_units: Mapping[str, tuple[str, ...]]
    shares: tuple[str, ...]
    counters: frozenset[str]
    reaching: tuple[str, ...]
    now: tuple[str, ...]
    before_period: re.Pattern[str]
    after_period: re.Pattern[str]
    outside: re.Pattern[str]
    #: words of one standing each, of which no phrase has another's: 省级, 国家级
    levels: tuple[re.Pattern[str], ...]
    done: re.Pattern[str]


@cache
def figure_words() -> FigureWords:
    """The word lists of ``rules/figures.yaml``; longer words first."""
    raw = word_file("figures")
    return FigureWords(
        kinds={k: longest_first(v) for k, v in raw["kinds"].items()},
        opposites=tuple((tuple(a), tuple(b)) for a, b in raw["opposites"]),
        vague=longest_first(raw["vague"]),
        whole={level: tuple(said) for level, said in raw["whole"].items()},
        measures=longest_first(raw["measures"]),
        denials=re.compile(
            "|".join([*map(re.escape, longest_first(raw["denials"]["words"])), *raw["denials"]["patterns"]])
        ),
        harmless=re.compile("|".join(raw["denials"]["harmless"])),
        affirms=re.compile("|".join(raw["denials"]["affirms"])),
        against=tuple(raw["against"]),
        asked_units={k: tuple(v) for k, v in raw["asked_units"].items()},
        shares=longest_first(raw["shares"]),
        counters=frozenset(raw["counters"]),
        reaching=longest_first(raw["reaching"]),
        now=tuple(raw["now"]),
        before_period=re.compile(f"(?:{'|'.join(longest_first(raw['before_period']))})$"),
        after_period=re.compile("|".join(longest_first(raw["after_period"]))),
        outside=re.compile(raw["outside"]),
        levels=tuple(map(re.compile, raw["levels"])),
        done=re.compile(raw["done"]),
    )


def spans_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand, longer ones first, none inside another."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            if not any(s < at + len(word) and at < e for s, e in found):
                found.append((at, at + len(word)))
            at = text.find(word, at + 1)
    return found


def denies(text: str) -> bool:
    """Whether a word turns the text round: 尚未建立, 拿不出 (有没有 does not); where a last clause asks
    for those who do (六成做不到, 能做到的占多少), whether that one has such a word.

    >>> denies("六成企业做不到"), denies("六成企业做不到,能做到的占多少")
    (True, False)
    """
    words = figure_words()
    clauses = re.split("[,;。]", text.rstrip("?!。 "))
    if len(clauses) > 1 and words.affirms.match(clauses[-1]):
        text = clauses[-1]
    for marked, _ in words.opposites:
        for word in longest_first(marked):
            text = text.replace(word, "")  # 没过关: a rate's other side, and nothing denied
    return words.denials.search(words.harmless.sub("", text)) is not None
