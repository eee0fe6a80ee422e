"""Lists inside a sentence: 三个特征：一是…；二是…；三是… · （1）…（2）… · 第一，…第二，… · 首先，…其次，…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """``text[start:end]`` with its ordinal words; its title is ``text[a:b]``."""

    number: int
    start: int
    a: int
    b: int
    end: int


@dataclass(frozen=True)
class Enumeration:
    """``lead``: the words that introduce the items."""

    lead: tuple[int, int]
    items: tuple[Item, ...]


_CN = "一二三四五六七八九十"
_EDGE = r"(?:(?<=[，。；：、,;:！!])|(?<=[”)）])|^)[ ]?"
_FORMS = (
    re.compile(rf"{_EDGE}(?P<n>[{_CN}])是(?:要)?[:：，,]?"),
    re.compile(rf"{_EDGE}其(?P<n>[{_CN}])[是，,、:：]"),
    re.compile(rf"{_EDGE}第(?P<n>[{_CN}])[，,、:：]"),
    re.compile(r"[(（](?P<n>[1-9])[)）]"),
)
_FIRST = re.compile(rf"{_EDGE}(首先|其次|再次|再者|然后|第[二三四五六]|最后)[,，是]")
_TITLE_END = re.compile(r"[，,。；;:：！？!?]")
_SENTENCE_END = re.compile(r"[。！？!?]")


def enumerations(text: str) -> Iterator[Enumeration]:
    """Enumerations of at least two items that count from one."""
    for form in _FORMS:
        run: list[re.Match[str]] = []
        for found in form.finditer(text):
            n = _number(found.group("n"))
            if n == len(run) + 1:
                run.append(found)
            elif n == 1:
                if len(run) > 1:
                    yield _enumeration(text, run)
                run = [found]
        if len(run) > 1:
            yield _enumeration(text, run)
    run = []
    for found in _FIRST.finditer(text):
        if found.group(1) == "首先":
            run = [found]
        elif run:
            run.append(found)
    if len(run) > 1:
        yield _enumeration(text, run)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _CN.index(word) + 1


def _enumeration(text: str, run: Sequence[re.Match[str]]) -> Enumeration:
    first = run[0].start()
    before = max((text.rfind(mark, 0, max(0, first - 1)) for mark in "。；;！？!?"), default=-1)
    items = []
    for i, found in enumerate(run):
        a = found.end()
        if i + 1 < len(run):
            end = run[i + 1].start()
        else:
            stop = _SENTENCE_END.search(text, a)
            end = stop.end() if stop else len(text)
        title = _TITLE_END.search(text, a, end)
        b = title.start() if title else end
        b = min(max(b, a), a + 60)
        items.append(Item(i + 1, found.start(), a, b, max(end, a)))
    return Enumeration((before + 1, first), tuple(items))
