"""Patterns that are compiled when they are first used.

A process that answers one question needs half of those that it reads, and a class such as ``[一-鿿]``
alone takes half a millisecond to compile.
"""

from __future__ import annotations

import re
from typing import cast


class _Later:
    def __init__(self, text: str, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> object:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)  # the next time it is found without this
        return found


def later(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, done at first use.

    >>> later(r"\\d+").findall("3家 12家")
    ['3', '12']
    """
    return cast("re.Pattern[str]", _Later(text, flags))
