"""Settings from the environment. Every name here is in the README's table of settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, Literal

STORE: Final = "NQI_STORE"
LANGUAGE: Final = "NQI_LANG"
KEPT: Final = "NQI_KEPT"
LOG: Final = "NQI_LOG"
EMBEDDING_MODEL: Final = "NQI_EMBEDDING_MODEL"

#: the store where neither an option nor a setting names one
DEFAULT_STORE: Final = "./nqi-store"
#: the first port that is tried for the service
DEFAULT_PORT: Final = 8700

_ROOM = Path(__file__).resolve().parent

Language = Literal["zh", "en"]

_WISHED: ContextVar[Language | None] = ContextVar("wished", default=None)


def store_url(given: str = "") -> str:
    """The store to use: ``--store``, else ``NQI_STORE``, else ``./nqi-store``."""
    return given or os.environ.get(STORE, "") or DEFAULT_STORE


def kept_folder(url: str) -> Path:
    """Where keys and answers are kept: the store's own folder; where the store is a server, the
    folder of ``NQI_KEPT``, else ``./nqi-kept``."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme == "file":
        return Path(rest if separator else url).expanduser()
    return Path(os.environ.get(KEPT, "") or "./nqi-kept").expanduser()


@contextmanager
def speaking(wished: Language | None) -> Iterator[None]:
    """Inside, people are spoken to in the language that they wish for (a request of the page).

    >>> with speaking("en"):
    ...     words("没有", "none")
    'none'
    """
    before = _WISHED.set(wished)
    try:
        yield
    finally:
        _WISHED.reset(before)


def wished() -> Language | None:
    """The language that who asks now wishes for; None where nothing was said of it."""
    return _WISHED.get()


def language(question: str = "") -> Language:
    """The language of what is said to people: the one wished for, else ``NQI_LANG``, else that of the
    question.

    >>> language("which chains lack a platform?")
    'en'
    >>> language("哪些产业链没有平台？")
    'zh'
    """
    chosen = _WISHED.get() or os.environ.get(LANGUAGE, "").lower()
    if chosen.startswith("en"):
        return "en"
    if chosen.startswith("zh") or not question:
        return "zh"
    return "zh" if any("㐀" <= c <= "鿿" for c in question) else "en"


def words(zh: str, en: str, question: str = "") -> str:
    """The one of two texts that is in the language of :func:`language`."""
    return en if language(question) == "en" else zh


def bundled(name: Literal["data", "web"]) -> Path:
    """The folder of the demonstration material or of the built page.

    The page is built inside this package. The material is packed there too; in a checkout it
    stands beside the rooms.
    """
    packed = _ROOM / "bundled" / name
    return packed if name == "web" or packed.is_dir() else _ROOM.parent / name
