"""In which language a request is answered: the one that its ``Accept-Language`` puts first."""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa_service.settings import Language, speaking

_FIRST: Final = re.compile(r"(?:^|,)\s*(zh|en)\b", re.IGNORECASE)


class Spoken:
    """Answers, errors and warnings of a request in Chinese or English, as it wishes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speaking(first_language(Headers(scope=scope).get("accept-language", ""))):
            await self.app(scope, receive, send)


def first_language(accepted: str) -> Language | None:
    """The first of the two languages that a header names; None where it names neither.

    >>> first_language("en-GB,en;q=0.9,zh;q=0.8")
    'en'
    >>> first_language("*")
    """
    found = _FIRST.search(accepted[:200])
    if found is None:
        return None
    return "en" if found[1].lower() == "en" else "zh"
