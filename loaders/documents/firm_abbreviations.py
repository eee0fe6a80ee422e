"""Firms called by the beginning of their names: 广东长青环保能源股份有限公司 is 长青环保 further on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.name_index import NameIndex
from ontology.lexicon.name_reading import pattern
from ontology.lexicon.names import place_index

_SUFFIX: Final = re.compile("(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)(?:[(].*)?$")
_SHORTEST: Final = 3
#: what stands behind a name of which something is said
_SPOKEN_OF: Final = "(?=为|则|也|产值|营收|营业收入|销售|投资|已|[,，、])"
#: (CATL) behind a name
_LETTERS: Final = re.compile("[(（]([A-Z][A-Za-z]{1,7})[)）]")


def abbreviated(firms: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """The firms' own names, or beginnings of them, that stand by themselves in the texts → the full name.

    >>> abbreviated(["广东长青环保能源股份有限公司"], ["其中,长青环保签订了32份合同。"])
    {'长青环保': '广东长青环保能源股份有限公司'}
    """
    full: dict[str, str] = {}
    whole: set[str] = set()
    firms, texts = tuple(filter(is_full, firms)), tuple(texts)
    certain = _in_letters(firms, texts) | _without_place(firms, texts)
    for firm in firms:
        stem = own_name(_SUFFIX.sub("", firm))
        whole.add(firm)
        for size in range(_SHORTEST, len(stem) + 1):
            short = stem[:size]
            full[short] = firm if full.get(short, firm) == firm else ""  # of two firms: of neither
    shorts = {short: firm for short, firm in full.items() if firm and short not in whole and _is_own(short)}
    if not shorts:
        return certain
    index = NameIndex((word, "entity", word) for word in (*shorts, *whole))
    found = {m.text for text in texts for m in index.find(text)}
    return {short: shorts[short] for short in sorted(found & shorts.keys())} | certain


def _without_place(firms: Iterable[str], texts: Sequence[str]) -> dict[str, str]:
    """其中甲市新能源科技有限公司…, 新能源科技为394亿元: the name without its place, where it stands alone."""
    called: dict[str, str] = {}
    for firm in firms:
        stem = _SUFFIX.sub("", firm)
        short = own_name(stem)
        if short == stem or len(short) < 4:
            continue
        alone = re.compile(rf"(?<![一-鿿])(?:其中|而|和|与)?{re.escape(short)}{_SPOKEN_OF}")
        more = re.compile(re.escape(short) + "(?:产业|企业|园|城|领域|集群|行业|项目|平台)")
        if any(alone.search(text) for text in texts) and not any(more.search(text) for text in texts):
            called[short] = "" if short in called else firm  # of two firms: of neither
    return {short: firm for short, firm in called.items() if firm}


def _in_letters(firms: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """宁德时代新能源科技股份有限公司(CATL): firms that are called by letters behind their names."""
    called: dict[str, str] = {}
    for text in texts:
        for m in _LETTERS.finditer(text):
            named = [firm for firm in firms if text.endswith(firm, 0, m.start())]
            if named:
                called.setdefault(m[1], max(named, key=len))
    return called


def is_full(name: str) -> bool:
    """Whether a firm's name has its legal form at the end."""
    return _SUFFIX.search(name) is not None


def is_behind_itself(text: str, start: int, end: int) -> bool:
    """Whether a short name stands in the bracket that gives it: 甲公司(CATL)."""
    inside = text[start - 1 : start] in ("(", "（") and text[end : end + 1] in (")", "）")
    return inside and text[start:end].isascii()


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
