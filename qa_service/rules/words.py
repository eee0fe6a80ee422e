"""Structural words of questions, read from ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qa_service.rules.files import word_file


@cache
def structural_words() -> Mapping[str, tuple[str, ...]]:
    """Rule → its words, e.g. ``structural_words()["ask.who"]`` → ("是谁", "谁", …)."""
    raw = word_file("words")
    return {rule: tuple(str(w) for w in words) for rule, words in raw.items()}


@cache
def verbal_endings() -> tuple[str, ...]:
    """How words of relations end that want an object behind them (生活在, lives in)."""
    raw = word_file("suffixes")
    return tuple(str(w) for w in raw["verbal"])


@cache
def transitive() -> frozenset[str]:
    """Words of relations that what stands right behind them is the object of (采购)."""
    return frozenset(str(w) for w in word_file("suffixes")["transitive"])
