"""Politeness around a question: 麻烦帮我查一下，…，谢谢."""

from __future__ import annotations

import re
from functools import cache

from qa_service.rules.files import longest_first, word_file

_MARKS = r"[\s,，。.!！;；:：、~]*"

#: hi, but not the hi of high-tech; tell me, but not the tell me about that asks what a thing is
_WHOLE = r"(?![a-z0-9-]| about\b)"


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw = word_file("polite")
    before, after = (
        "|".join(rf"{re.escape(w)}{_WHOLE if w.isascii() else ''}" for w in longest_first(raw[side]))
        for side in ("before", "after")
    )
    after = "|".join([*raw["closely"], after])
    return (
        re.compile(rf"{_MARKS}(?:(?:{before}){_MARKS})+(?=.)", re.IGNORECASE),
        re.compile(rf"(?:{_MARKS}(?:{after})[啦啊呀哈哦喽]*)+{_MARKS}$", re.IGNORECASE),
    )


def without_politeness(text: str) -> str:
    """The question itself; the text as it is where nothing else would be left.

    >>> without_politeness("麻烦帮我查一下，株洲有哪些产业链，谢谢！")
    '株洲有哪些产业链'
    """
    before, after = _ends()
    start = before.match(text)
    rest = text[start.end() :] if start else text
    rest = after.sub("", rest)
    return rest if sum(ch.isalnum() for ch in rest) >= 2 else text
