"""Work that goes on while its caller makes the next piece."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class Behind:
    """One piece of work at a time, in a thread of its own, which is not started before it is needed.

    >>> with Behind() as behind:                          # doctest: +SKIP
    ...     behind.do(lambda: session.run(statement))     # comes back at once
    ...     behind.wait()                                 # raises what it met
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._running: Future[object] | None = None

    def __enter__(self) -> Behind:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing goes on any more, even where nobody waited for it."""
        self._thread.shutdown()

    def do(self, work: Callable[[], object]) -> None:
        """Begin with ``work``, once what is going on is done."""
        self.wait()
        self._running = self._thread.submit(work)

    def wait(self) -> None:
        """Until it is done; raises what it met."""
        running, self._running = self._running, None
        if running is not None:
            running.result()
