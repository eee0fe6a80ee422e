"""（牵头单位：甲，责任单位：乙、丙按职责分工负责） → who is responsible, in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LEADS: Final = "牵头"
ANSWERS: Final = "责任"

_ROLE = re.compile(
    r"(?P<role>牵头|主办|责任|配合|协办|参与|参加|承办|落实)(?P<both>[及和、]?(?:责任|配合))?(?:单位|部门)\s?[:：]\s?"
)
#: 甲局牵头，乙局、丙局配合 / 由甲局负责, inside the brackets at the end of a task
_ACTS = re.compile(r"[(（]([^()（）]{2,300}?)(?P<verb>牵头|负责|配合|参与|落实)(?:[^()（）]{0,300})[)）]\s?$")
_STOP = re.compile(r"[(（)）。;；\n]")
_SPLIT = re.compile(r"[、，,]|(?<=[局委厅部办院])[及和与]")
#: 各县、市、区人民政府: one group, whatever its list marks
_ALL_OF_LEVEL = re.compile(
    r"各?[省市县区州旗乡镇](?:[、/和(（][省市县区州旗乡镇街道]{1,2}[)）]?)+"
    r"(?:人民政府|政府|党委|管委会|[\u4e00-\u9fff]{2,8}[局委办])"
)
_TAIL = re.compile(
    r"(?:等)?(?:按照?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|落实)?|分工负责|(?:等)?(?:有关|相关)(?:单位|部门)|负责|牵头|配合|参与|等)+$"
)
_GENERIC = re.compile(r"^(?:各|有关|相关)|^$")


@dataclass(frozen=True)
class Responsible:
    """A unit as named, its role (牵头 or 责任), and where it stands in the text."""

    name: str
    role: str
    start: int
    end: int


def responsibilities(text: str) -> Iterator[Responsible]:
    """Units named as responsible in a clean sentence.

    >>> [(u.name, u.role) for u in responsibilities("(牵头单位:县科技局,责任单位:县工信局、县教育局)")]
    [('县科技局', '牵头'), ('县工信局', '责任'), ('县教育局', '责任')]
    """
    heads = list(_ROLE.finditer(text))
    for i, head in enumerate(heads):
        limit = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        end = _end_of_units(text, head.end(), limit)
        role = LEADS if head.group("role") in ("牵头", "主办") else ANSWERS
        yield from _units(text, head.end(), end, role)
    if not heads:
        acts = _ACTS.search(text)
        if acts:
            yield from _acting(text, acts.start(1), acts.end())


def _end_of_units(text: str, start: int, limit: int) -> int:
    """Where the units behind a role end; 各县(市、区)人民政府 goes on behind its bracket."""
    opened = 0
    for mark in _STOP.finditer(text, start, limit):
        if mark[0] in "(（":
            opened += 1
        elif mark[0] in ")）" and opened:
            opened -= 1
        else:
            return mark.start()
    return limit


def _acting(text: str, start: int, end: int) -> Iterator[Responsible]:
    """甲局牵头，乙局、丙局配合: the verb behind a group of units is their role."""
    at = start
    for verb in re.finditer(r"(?:按(?:照)?职责分工)?(牵头|负责|配合|参与|落实)", text[start:end]):
        stop = start + verb.start()
        if stop > at:
            yield from _units(text, at, stop, LEADS if verb.group(1) == "牵头" else ANSWERS)
        at = start + verb.end()


def _units(text: str, start: int, end: int, role: str) -> Iterator[Responsible]:
    at = start
    groups = [group.span() for group in _ALL_OF_LEVEL.finditer(text, start, end)]
    cuts = (c for c in _SPLIT.finditer(text, start, end) if not any(a < c.start() < b for a, b in groups))
    for cut in [*cuts, None]:
        stop = cut.start() if cut else end
        name = text[at:stop]
        lead = len(name) - len(name.lstrip(" 由"))
        bare = _TAIL.sub("", name.strip(" 由,，")).strip()
        if not _GENERIC.search(bare) and 2 <= len(bare) <= 30 and re.search(r"[\u4e00-\u9fff]", bare):
            yield Responsible(bare, role, at + lead, at + lead + len(bare))
        at = cut.end() if cut else end
