"""The version of the graph that requests are answered from: each of them from one, from its first read
to its last, and the next one from what is current then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from ontology.errors import StatementError, StoreError, Unavailable
from qa_service.settings import words

if TYPE_CHECKING:
    from qa_service.session import Session

_T = TypeVar("_T")
#: how often something is read that changes while it is read
_TRIES: Final = 5


class _Held:
    """A session on one version, with how many use it now."""

    def __init__(self, session: Session, number: int) -> None:
        self.session = session
        self.number = number
        self.users = 0
        self.retired = False


class Current:
    """Opens the store at ``url`` when it is first asked; follows it after each load.

    What a session reads on the way is kept in it, so questions take turns; the service sees to that.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._guard = threading.RLock()
        self._root: Session | None = None
        self._held: _Held | None = None

    def read(self, work: Callable[[Session], _T]) -> _T:
        """What ``work`` reads, all of it from one version; Unavailable where there is no store.

        Where the engine holds no version and a load ended meanwhile, it is read again.
        """
        for _ in range(_TRIES):
            with self.session() as session:
                before = session.store.version()
                try:
                    found = work(session)
                except StatementError as error:
                    # the statement is ours, so it is no fault of who asks
                    raise StoreError(error.message, hint=error.hint) from error
                if session.store.version() == before:
                    return found
        raise Unavailable(
            words("图正在不断变化", "The graph goes on changing"),
            hint=words("请稍后再试。", "Please try again in a moment."),
        )

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session on the version that is current now; Unavailable where there is no store.

        A load that ends meanwhile does not change what it reads.
        """
        held = self._borrow()
        try:
            yield held.session
        finally:
            self._release(held)

    def close(self) -> None:
        with self._guard:
            if self._held is not None:
                self._retire(self._held)
                self._held = None
            if self._root is not None:
                self._root.close()
                self._root = None

    def _borrow(self) -> _Held:
        from qa_service.session import Session, open_session

        with self._guard:
            if self._root is None:
                self._root = open_session(self.url)
            number = self._root.store.version()
            if self._held is None or self._held.number != number:
                self._root = self._root.refreshed()
                view = self._root.store.pinned()
                if self._held is not None:
                    self._retire(self._held)
                session = Session(view, self._root.ontology, models=self._root.models)
                self._held = _Held(session, view.version())
            self._held.users += 1
            return self._held

    def _release(self, held: _Held) -> None:
        with self._guard:
            held.users -= 1
            if held.retired and held.users == 0:
                held.session.close()

    def _retire(self, held: _Held) -> None:
        held.retired = True
        if held.users == 0:
            held.session.close()
