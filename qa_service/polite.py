"""Politeness around a question: 麻烦帮我查一下，…，谢谢."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_MARKS = r"[\s,，。.!！;；:：、~]*"


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw = yaml.safe_load((Path(__file__).parent / "rules" / "polite.yaml").read_text("utf-8"))
    before, after = (
        "|".join(re.escape(str(w)) for w in sorted(raw[side], key=lambda w: -len(str(w))))
        for side in ("before", "after")
    )
    return (
        re.compile(rf"{_MARKS}(?:(?:{before}){_MARKS})+(?=.)", re.IGNORECASE),
        re.compile(rf"(?:{_MARKS}(?:{after}))+{_MARKS}$", re.IGNORECASE),
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
