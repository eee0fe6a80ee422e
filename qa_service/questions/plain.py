"""Turns of speech said plainly: 哪条链一家配套企业都没有 is 哪条链没有配套企业, 是谁供应的 is 由谁供应."""

from __future__ import annotations

import re
from functools import cache, partial

from qa_service.rules.files import word_file


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and plain words of ``rules/plain.yaml``, in its order."""
    return tuple((re.compile(turn["said"]), turn["plain"]) for turn in word_file("plain")["turns"])


def said_plainly(text: str) -> str:
    r"""The question without turns of speech that the rules of phrases do not know.

    >>> said_plainly("哪条链一家配套企业都没有登记"), said_plainly("甲厂的铜是从哪家进的")
    ('哪条链没有登记配套企业', '甲厂的铜由谁供应')
    """
    for pattern, plain in _turns():
        text = pattern.sub(partial(_filled, plain), text)
    return text


def _filled(plain: str, said: re.Match[str]) -> str:
    return plain.format(**{name: words or "" for name, words in said.groupdict().items()})
