"""The session that questions are put to: moves on when the store has a new version."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa_service.session import Session


class Current:
    """Opens the store at ``url`` when it is first asked; follows it after each load.

    Questions take turns (``with current.turn``): what a session reads on the way is kept in it.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.turn = threading.RLock()
        self._session: Session | None = None

    def session(self) -> Session:
        """A session on the version that is current now; Unavailable where there is no store."""
        from qa_service.session import open_session

        with self.turn:
            self._session = open_session(self.url) if self._session is None else self._session.refreshed()
            return self._session
