"""The session that questions are put to: moves on when the store has a new version."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.versions import Versions

if TYPE_CHECKING:
    from qa_service.ask import Session


class Current:
    """Opens the store at ``url`` when it is first asked, and again after each load.

    One question at a time is put to a session; the others wait for their turn.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._session: Session | None = None
        self._version = 0
        self._turn = threading.Lock()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The session on the version that is current now."""
        from qa_service.ask import open_session

        with self._turn:
            version = self._current()
            if self._session is None or version != self._version:
                fresh = open_session(self.url)
                self._session, self._version = fresh, version
            yield self._session

    def _current(self) -> int:
        """The number of the version that counts; a load moves it in one step."""
        return 0 if "://" in self.url else Versions(Path(self.url)).current()
