"""Work that goes on while its caller makes the next piece."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

#: seconds after which a thread that computes lets another one have the interpreter
_PROMPT = 0.0002


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
        self._running = self._thread.submit(_promptly, work)

    def wait(self) -> None:
        """Until it is done; raises what it met."""
        running, self._running = self._running, None
        if running is not None:
            running.result()


def _promptly(work: Callable[[], object]) -> object:
    """``work``, without long waits for the interpreter, of which it needs a moment now and then: an engine
    for each part of the rows that it reads, a driver for each packet. By Python's own setting each time
    takes five milliseconds while the caller computes, more than the engine needs to write such a part."""
    usual = sys.getswitchinterval()
    if usual <= _PROMPT:  # somebody else's work goes on, who puts it back
        return work()
    sys.setswitchinterval(_PROMPT)
    try:
        return work()
    finally:
        sys.setswitchinterval(usual)
