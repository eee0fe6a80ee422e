"""What all routes share: the store, the answers kept beside it, the keys, the loads and the counts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from ontology.errors import KnowledgeGraphError
from qa_service.answers import Answers
from qa_service.api.counts import Counts
from qa_service.api.current import Current
from qa_service.keys import Keys
from qa_service.settings import words

#: how long a question waits for its turn, in seconds
PATIENCE: Final = 30.0


class Busy(KnowledgeGraphError):
    """More is asked at once than can be done; it may be asked again."""

    code = "busy"


def busy() -> Busy:
    return Busy(
        words("服务正忙", "The service is busy"),
        hint=words("请稍后再试。", "Please try again in a moment."),
    )


@dataclass
class Service:
    """One store as it is served."""

    url: str
    require_key: bool = False
    current: Current = field(init=False)
    answers: Answers = field(init=False)
    keys: Keys = field(init=False)
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self.current = Current(self.url)
        self.answers = Answers(self.url)
        self.keys = Keys(self.url)
        self.counts = Counts()
        self._turn = asyncio.Semaphore(1)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Questions take turns, in the order in which they came: one fills what the session keeps
        for all, and more at once would only share one processor. Busy where it takes too long."""
        try:
            await asyncio.wait_for(self._turn.acquire(), PATIENCE)
        except TimeoutError:
            raise busy() from None
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        self.current.close()
