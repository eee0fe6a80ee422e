"""Settings from the environment. Every name here is in the README's table of settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

STORE: Final = "NQI_STORE"
LANGUAGE: Final = "NQI_LANG"

#: the store where neither an option nor a setting names one
DEFAULT_STORE: Final = "./nqi-store"
#: the first port that is tried for the service
DEFAULT_PORT: Final = 8700

_ROOM = Path(__file__).resolve().parent

Language = Literal["zh", "en"]


def store_url(given: str = "") -> str:
    """The store to use: ``--store``, else ``NQI_STORE``, else ``./nqi-store``."""
    return given or os.environ.get(STORE, "") or DEFAULT_STORE


def language(question: str = "") -> Language:
    """The language of what is said to people: ``NQI_LANG``, else that of the question.

    >>> language("which chains lack a platform?")
    'en'
    >>> language("哪些产业链没有平台？")
    'zh'
    """
    chosen = os.environ.get(LANGUAGE, "").lower()
    if chosen.startswith("en"):
        return "en"
    if chosen.startswith("zh") or not question:
        return "zh"
    return "zh" if any("㐀" <= c <= "鿿" for c in question) else "en"


def words(zh: str, en: str, question: str = "") -> str:
    """The one of two texts that is in the language of :func:`language`."""
    return en if language(question) == "en" else zh


def bundled(name: Literal["data", "web"]) -> Path:
    """The folder of the demonstration material or of the page.

    In a checkout they stand beside the rooms; in a built package inside this one.
    """
    packed = _ROOM / "bundled" / name
    return packed if packed.is_dir() else _ROOM.parent / name
