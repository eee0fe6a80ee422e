"""Firms called by the beginning of their names: 广东长青环保能源股份有限公司 is 长青环保 further on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from ontology.lexicon.name_cues import name_cues
from ontology.lexicon.name_index import NameIndex
from ontology.lexicon.name_reading import pattern
from ontology.lexicon.names import place_index

_SUFFIX: Final = re.compile("(?:股份|集团|控股)*(?:有限责任公司|有限公司|公司)(?:[(].*)?$")
_SHORTEST: Final = 3
_LONGEST: Final = 40
#: words before and behind which nothing more of a name stands
_ALONE: Final = re.compile("(?:^|[^一-鿿])(?:其中|而|和|与)?$")
_SPOKEN_OF: Final = re.compile("为|则|也|产值|营收|营业收入|销售|投资|已|[,，、]")
_TRADE_BEHIND: Final = re.compile("产业|企业|园|城|领域|集群|行业|项目|平台")
#: (CATL) behind a name
_LETTERS: Final = re.compile("[(（]([A-Z][A-Za-z]{1,7})[)）]")


def abbreviated(firms: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """The firms' own names, or beginnings of them, that stand by themselves in the texts → the full name.

    >>> abbreviated(["广东长青环保能源股份有限公司"], ["其中,长青环保签订了32份合同。"])
    {'长青环保': '广东长青环保能源股份有限公司'}
    """
    full: dict[str, str] = {}
    whole: set[str] = set()
    stems: set[str] = set()
    for firm in filter(is_full, firms):
        kept = _SUFFIX.sub("", firm)
        stem = own_name(kept)
        whole.add(firm)
        if stem != kept and len(stem) > _SHORTEST:
            stems.add(stem)
        for size in range(_SHORTEST, len(stem) + 1):
            short = stem[:size]
            full[short] = firm if full.get(short, firm) == firm else ""  # of two firms: of neither
    if not whole:
        return {}
    shorts = {short: firm for short, firm in full.items() if firm and short not in whole and _is_own(short)}
    # 甲市新能源科技有限公司, 新能源科技为394亿元: words of a trade are the firm's name where they stand alone
    plain = {stem: full[stem] for stem in stems if full[stem] and stem not in shorts and stem not in whole}
    index = NameIndex((word, "entity", word) for word in {*shorts, *plain, *whole})
    found: dict[str, str] = {}
    trades: set[str] = set()
    for text in texts:
        for m in index.find(text):
            if m.text in shorts:
                found[m.text] = shorts[m.text]
            elif m.text in plain:
                if _TRADE_BEHIND.match(text, m.end):
                    trades.add(m.text)
                elif _ALONE.search(text[max(0, m.start - 3) : m.start]) and _SPOKEN_OF.match(text, m.end):
                    found[m.text] = plain[m.text]
        for letters in _LETTERS.finditer(text):
            firm = _ends_with(whole, text[max(0, letters.start() - _LONGEST) : letters.start()])
            if firm:
                found.setdefault(letters[1], firm)
    return {short: found[short] for short in sorted(found.keys() - trades)}


def _ends_with(firms: Collection[str], text: str) -> str:
    """The firm, by its whole name, that the text ends with: 宁德时代新能源科技股份有限公司(CATL)."""
    return next((text[at:] for at in range(len(text)) if text[at:] in firms), "")


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
