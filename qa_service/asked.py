"""What sort of answer a question asks for, and the noun that it asks after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ontology.lexicon.dimensions.number import chinese
from qa_service.question import Question

#: characters at which the noun behind 哪个 … ends
_ENDS = "的是在有由被把将给对从向和与及或,;?!。、:吗呢了里中上时能会要可不没占被属算写列"
_HEAD = re.compile(
    rf"(?:哪(?:一|几|些|[两二三四五六七八九十]+)?(?:个|家|条|项|类|种|所|座|份|些|位|批|章|步)?|什么|何种)([^\W\d_{_ENDS}]{{1,8}})"
)
_COUNTED = re.compile(r"([两二三四五六七八九十]+|\d{1,2})(?:大|个|条|项|类|种|家|章|步|方面)")


@dataclass(frozen=True)
class Asked:
    """``sort``: number, list, thing …; ``head``: the noun asked after (哪个基地 → 基地), "" where
    none; ``counts``: numbers of items that the question itself names (哪四条 → 4)."""

    sort: str
    head: str = ""
    counts: frozenset[int] = frozenset()


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    raw = yaml.safe_load((Path(__file__).parent / "rules" / "asked.yaml").read_text("utf-8"))
    return {sort: re.compile("|".join(f"(?:{p})" for p in patterns)) for sort, patterns in raw.items()}


def asked_by(question: Question) -> Asked:
    """What the question asks for.

    >>> asked_by(analysed("衡山实验室是依托哪个基地打造的？")).head          # doctest: +SKIP
    '基地'
    """
    text = question.clean
    sort = next((name for name, pattern in _patterns().items() if pattern.search(text)), "")
    head = _HEAD.search(text)
    counts = set()
    for m in _COUNTED.finditer(text):
        value = int(m[1]) if m[1].isdigit() else chinese(m[1].replace("两", "二"))
        if value and value <= 60:
            counts.add(int(value))
    return Asked(sort, head[1] if head else "", frozenset(counts))
