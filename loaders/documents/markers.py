"""The numbers and marks that open a heading or a list item: 第二章 一、 （三） 4. ① 专栏 5 —— •"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "一二三四五六七八九十百"


@dataclass(frozen=True)
class Marker:
    """``（三）`` → kind ``cn_bracket``, rank 4, number ``3``, label as written; ``end``: clean
    characters that it takes. A smaller rank is a wider section."""

    kind: str
    rank: float
    number: str
    end: int


#: ranks between and below the numbered ones
BOX_RANK = 8.0
BOLD_LINE_RANK = 8.5
BOLD_LEAD_RANK = 9.0
LIST_RANK = 9.2
ITEM_RANK = 9.5

_FORMS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("part", 0.5, re.compile(rf"第([{_CN}\d]{{1,4}})(?:部分|篇|编)[ :、]?")),
    ("chapter", 1, re.compile(rf"第([{_CN}\d]{{1,4}})章[ :、]?")),
    ("section", 2, re.compile(rf"第([{_CN}\d]{{1,4}})节[ :、]?")),
    ("clause", 3.5, re.compile(rf"第([{_CN}\d]{{1,4}})条[ :、]?")),
    ("box", BOX_RANK, re.compile(rf"专[栏欄][ ]?(\d{{1,2}}(?!\d)|[{_CN}]{{1,3}}(?![{_CN}]))[ :.、]?")),
    ("attachment", 0.8, re.compile(rf"附(?:件|录|表)[ ]?([{_CN}\d]{{0,3}})(?:[ :.、]|$)")),
    (
        "decimal",
        0,
        re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?=[ 、\u3400-\u9fff])(?![ ]?[%万亿个家项千])[ 、]?"),
    ),
    ("cn", 3, re.compile(rf"([{_CN}]{{1,3}})(?:、|\.(?!\d)|．)[ ]?")),
    ("case", 3.2, re.compile(rf"【?案例([{_CN}\d]{{1,3}})(?:】|[ :、.])[ ]?")),
    ("cn_bracket", 4, re.compile(rf"[(（〔]([{_CN}]{{1,3}})[)）〕][ 、]?")),
    ("number", 5, re.compile(r"(\d{1,2})(?:[.．](?![\d])|、)[ ]?")),
    ("number_bracket", 6, re.compile(r"[(（](\d{1,2})[)）][ 、]?")),
    ("number_close", 6, re.compile(r"(\d{1,2})[)）][ ]?")),
)

_BULLET = re.compile(
    r"[ \t\u3000]{0,12}(?:[-*+•·●◆■○□▪➢✓][ \t\u3000]{1,4}|[•●◆■○□▪➢✓]|\[\*\]|[—－–-]{2}(?![—－–-]))"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def marker(clean: str, raw_first: str) -> Marker | None:
    """The number that opens a clean line. ``raw_first`` is its first character as written."""
    if raw_first in _CIRCLED and raw_first:
        number = str(_CIRCLED.index(raw_first) + 1)
        return Marker("circled", 7, number, len(number))
    for kind, rank, form in _FORMS:
        found = form.match(clean)
        if not found:
            continue
        number = found.group(1)
        if kind == "decimal":
            rank = 2.0 + number.count(".")
        return Marker(kind, rank, arabic(number), found.end())
    return None


def bullet(raw: str) -> int:
    """How many characters a mark of a list item (- • ——) takes at the start of a line; 0 if none."""
    found = _BULLET.match(raw)
    return found.end() if found else 0


def arabic(number: str) -> str:
    """十二 → 12; 3 and 2.1 stay."""
    if not number or number[0].isdigit():
        return number
    total, unit = 0, 0
    for char in number:
        if char == "十":
            total += (unit or 1) * 10
            unit = 0
        elif char == "百":
            total += (unit or 1) * 100
            unit = 0
        else:
            unit = "零一二三四五六七八九".find(char)
    return str(total + unit)
