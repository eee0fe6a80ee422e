"""Firms called by the beginning of their names: 广东长青环保能源股份有限公司 is 长青环保 further on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.name_index import NameIndex
from ontology.lexicon.name_reading import pattern
from ontology.lexicon.names import place_index

_SUFFIX: Final = re.compile("(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)(?:[(].*)?$")
_SHORTEST: Final = 3


def abbreviated(firms: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """The firms' own names, or beginnings of them, that stand by themselves in the texts → the full name.

    >>> abbreviated(["广东长青环保能源股份有限公司"], ["其中,长青环保签订了32份合同。"])
    {'长青环保': '广东长青环保能源股份有限公司'}
    """
    full: dict[str, str] = {}
    whole: set[str] = set()
    for firm in filter(is_full, firms):
        stem = own_name(_SUFFIX.sub("", firm))
        whole.add(firm)
        for size in range(_SHORTEST, len(stem) + 1):
            short = stem[:size]
            full[short] = firm if full.get(short, firm) == firm else ""  # of two firms: of neither
    shorts = {short: firm for short, firm in full.items() if firm and short not in whole and _is_own(short)}
    if not shorts:
        return {}
    index = NameIndex((word, "entity", word) for word in (*shorts, *whole))
    found = {m.text for text in texts for m in index.find(text)}
    return {short: shorts[short] for short in sorted(found & shorts.keys())}


def is_full(name: str) -> bool:
    """Whether a firm's name has its legal form at the end."""
    return _SUFFIX.search(name) is not None


def own_name(name: str) -> str:
    """A firm's name without the places that it begins with."""
    at = 0
    for m in place_index().find(name[:24]):
        if m.start > at:
            break
        at = m.end
    return name[at:] or name


def _is_own(short: str) -> bool:
    """Whether it can be the name of a firm, and is no more than words of a trade."""
    cues = name_cues()
    if pattern("adjectives").fullmatch(short) or short in cues.trades or short in cues.generic:
        return False
    return not any(short.startswith(word) for word in cues.trades if len(word) > 1)
