"""Words in the phrase of a metric that say something else than what is measured (``metric_words.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from ontology.lexicon.name_cues import alternation

_DATA = Path(__file__).with_suffix(".toml")


@cache
def metric_words(key: str) -> re.Pattern[str]:
    """The words of one sort (``vague``, ``scope``, ``predicate``, ``kept``), the longest first.

    >>> metric_words("vague").sub("", "产品平均合格率")
    '合格率'
    """
    words: dict[str, list[str]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return re.compile(alternation(words[key]))
