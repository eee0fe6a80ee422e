"""Characters as they are written → characters as they are compared.

``clean`` prepares a text for reading and keeps the way back to the original characters;
``fold`` makes keys: two spellings of one name fold to the same string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

#: dots that do not stand between two digits carry no meaning in a key
_LOOSE_DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")


#: corner brackets quote as the others do
_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’"}
#: simplified as they stand where they mean something else: 乾 in 乾县 is not 干
_SIMPLIFIED_TOO = "乾"


@dataclass(frozen=True)
class Clean:
    """A text made ready for reading; ``offsets[i]`` is the place of ``text[i]`` in the original.

    ``offsets`` has one entry more than ``text`` has characters, so that an end can be looked up:

    >>> c = clean("合格率９５％，面积3㎡")
    >>> c.text
    '合格率95%,面积3m2'
    >>> c.original(9, 12)
    (9, 11)
    """

    text: str
    offsets: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that ``text[start:end]`` was made from."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str) -> Clean:
    """Full-width → half-width, compatibility forms → plain, traditional → simplified.

    Each character is treated by itself, so places are kept. Numbers in circles (①) stay:
    made plain they would run into the figures behind them.
    """
    table = _clean_table()
    out = text.translate(table)
    if len(out) == len(text):  # no character ever vanishes here, so equal length is 1:1
        return Clean(out, range(len(text) + 1))
    offsets: list[int] = []
    for place, char in enumerate(text):
        offsets.extend([place] * len(table[ord(char)]))
    offsets.append(len(text))
    return Clean(out, tuple(offsets))


def fold(text: str) -> str:
    """A key for comparing names: NFKC, simplified, lower case, no spaces, quotes or punctuation.

    >>> fold("「泰檢易」 平臺（１．０版）"), fold("R&D 投入强度")
    ('泰检易平台1.0版', 'rd投入强度')
    """
    return _LOOSE_DOT.sub("", text.translate(_fold_table()))


class _Table(dict[int, str]):
    """A translation table for ``str.translate`` that is filled as characters are met."""

    def __init__(self, folding: bool) -> None:
        super().__init__()
        self._folding = folding

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if self._folding:
            plain = "".join(_simplified(c) for c in unicodedata.normalize("NFKC", char)).lower()
            made = "".join(c for c in plain if c == "." or unicodedata.category(c)[0] in "LNS"
                           or unicodedata.category(c) == "Mc")
        elif 0x2460 <= code <= 0x24FF:
            made = char
        else:
            made = "".join(_simplified(_QUOTES.get(c, c)) for c in unicodedata.normalize("NFKC", char))
        self[code] = made
        return made


def _simplified(char: str) -> str:
    """The simplified form of one character; other scripts are left alone."""
    code = ord(char)
    if char in _SIMPLIFIED_TOO:
        return char
    if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF:
        made = _converter().convert(char)
        return made if len(made) == 1 else char
    return char


@cache
def _converter() -> Any:
    import opencc  # loads a dictionary: only when a Chinese character is met

    return opencc.OpenCC("t2s")


@cache
def _clean_table() -> _Table:
    return _Table(folding=False)


@cache
def _fold_table() -> _Table:
    return _Table(folding=True)
