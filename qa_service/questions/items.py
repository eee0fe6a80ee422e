"""How many things a question asks for at the least: 产值多少,比上年增长多少 asks for two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ontology.lexicon.dimensions.number import chinese
from qa_service.questions.question import Question
from qa_service.rules.files import word_file

#: stands for each character of a name
_NAME = "某"


def items_asked(text: str) -> int:
    """How many answers a clean question in Chinese has at the least; 0 where no word asks.

    >>> items_asked("产值多少,比上年增长多少?"), items_asked("中心在哪个市的哪个区?"), items_asked("合格率")
    (2, 1, 0)
    >>> items_asked("是哪四条?"), items_asked("产值和增速"), items_asked("两县的产值分别是多少")
    (4, 2, 2)
    """
    words = _patterns()
    bare = words["nothing"].sub("", text).rstrip(" ?。!")
    asked = len(words["asks"].findall(bare))
    if words["each"].search(bare):
        asked = max(asked, 2)
    if not asked and words["named"].search(re.split("[,:;。]", bare)[-1]):
        asked = 2
    named = [n for m in words["counted"].finditer(bare) for n in m.groups() if n]
    return max(asked, *(int(chinese(n.replace("两", "二")) or 0) for n in named), 0)


def items_of(question: Question) -> int:
    """How many answers the question has at the least, whatever the names in it are made of: 共和县 is
    one place and 出口国家和地区数 one metric. Of English words nothing is known but that they ask: 1."""
    if question.english:
        return 1
    text = list(question.clean)
    for alternatives in question.segments:
        m = alternatives[0]
        if all(a.kind in ("entity", "metric") for a in alternatives):
            text[m.start : m.end] = _NAME * (m.end - m.start)
    return items_asked("".join(text))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile("|".join(said)) for name, said in word_file("items").items()}
