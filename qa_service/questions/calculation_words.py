"""The words by which questions ask for calculations (``rules/calculations.yaml``).

Where nothing can be calculated, one of the figures alone is no answer to such a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from qa_service.rules.files import longest_first, word_file


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """Words by rule; longer words first."""
    raw = word_file("calculations")
    return {k: longest_first(v) for k, v in raw.items()}


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """The patterns of a rule as one, for rules that hold patterns."""
    return re.compile("|".join(words()[rule]))


def calculates(text: str) -> bool:
    """Whether the words ask for a calculation over figures.

    >>> calculates("甲市的合格率比乙市高多少"), calculates("甲市的合格率是多少")
    (True, False)
    """
    return (
        _gap().search(text) is not None
        or _sum().search(text) is not None
        or any(w in text for w in words()["times"])
        or _verdict().search(text) is not None
    )


def works_back(text: str) -> bool:
    """Whether a figure is to be worked back from another: 倒推, 推算, 去掉2024年的提升."""
    return any(w in text for w in words()["derived"]) or bool(back_spans(text))


def back_spans(text: str) -> list[tuple[int, int]]:
    """Where a question says from what a figure is worked back: *按2024年的增幅* 倒推, *去掉2024年的提升*."""
    rules = ("works_back", "derived_from") if any(w in text for w in words()["derived"]) else ("works_back",)
    return [m.span() for rule in rules for p in words()[rule] for m in re.finditer(p, text)]


def before_change(text: str) -> bool:
    """Whether the figure before a change is asked for without its year: 增长7.5%之前, 往回推一年."""
    return pattern("before_change").search(text) is not None


def _any(*rules: str) -> str:
    return "|".join(
        re.escape(w) for w in sorted((w for r in rules for w in words()[r]), key=len, reverse=True)
    )


@cache
def _gap() -> re.Pattern[str]:
    apart = _any("apart")
    ahead = _any("more", "less")
    than = "(?<!占)(?<!同)(?<!环)(?:比(?![例重率值如])|较(?![大多高]))"
    return re.compile(f"{than}.+(?:{ahead})(?:出|了)?(?:多少|几)|{apart}")


@cache
def _sum() -> re.Pattern[str]:
    return re.compile(_any("sum_only"))


@cache
def _verdict() -> re.Pattern[str]:
    target, reached, whether = _any("target"), _any("reached"), _any("whether")
    return re.compile(
        f"(?:{target}).{{0,12}}(?:{reached}).{{0,4}}(?:{whether})|(?:{whether}).{{0,6}}(?:{reached}).{{0,8}}(?:{target})"
        f"|(?:{target}).{{0,8}}(?:{whether}).{{0,6}}(?:{reached})"
    )
