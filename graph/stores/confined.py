"""Statements that people write, run in child processes (contract §6): on a version opened read-only, with
limits on time, memory, rows and the size of the result. A child that goes over one is killed; the next
statement gets another.

The engine's own limits do not stop everything, and a statement may bring its process down, so neither may
happen in the process that serves. What a child gives back is data, never code.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from graph.stores import memory
from graph.types import CypherStatement, Limits, Rows
from ontology.errors import KnowledgeGraphError, StatementError, StatementTimeout, Unavailable

#: children at once; more statements wait
CHILDREN: Final = 2
#: how long a statement waits for a child, in seconds
PATIENCE: Final = 30.0
#: how long a child may take to start
_STARTING: Final = 60.0
#: what an engine that obeys its own limit may take longer, before the child is killed
_GRACE: Final = 0.5
_TICK: Final = 0.02
#: bytes of a statement with its parameters
_LARGEST: Final = 1 << 20
#: variables that a child gets: no address, user or password of anything is among them
_ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")

_LOG = logging.getLogger("nqi.confined")


class Busy(KnowledgeGraphError):
    """All children are at work and stay so."""

    code = "busy"


class Confined:
    """A few children, kept for the next statement. Safe for threads.

    >>> Confined().read(Path("0001.lbug"), CypherStatement("RETURN 1 AS n"), Limits()).rows  # doctest: +SKIP
    ((1,),)
    """

    def __init__(self, children: int = CHILDREN) -> None:
        self._free = threading.Semaphore(children)
        self._guard = threading.Lock()
        self._idle: list[_Child] = []
        self._closed = False

    def read(self, graph: Path, statement: CypherStatement, limits: Limits) -> Rows:
        """Rows of one statement. StatementError where it fails or takes too much memory,
        StatementTimeout where it takes too long, Busy where no child comes free."""
        request = _request(graph, statement, limits)
        if not self._free.acquire(timeout=PATIENCE):
            raise Busy("too many statements run at the moment", hint="try again in a moment")
        try:
            with ExitStack() as failed:
                child = self._take()
                failed.callback(child.kill)
                answer = child.run(request, limits)
                failed.pop_all()
            self._put_back(child)
        finally:
            self._free.release()
        return _rows(answer)

    def warm(self) -> None:
        """Starts a child for the first statement."""
        with self._guard:
            if not self._idle and not self._closed:
                self._idle.append(_Child())

    def close(self) -> None:
        with self._guard:
            self._closed = True
            for child in self._idle:
                child.kill()
            self._idle.clear()

    def _take(self) -> _Child:
        with self._guard:
            while self._idle:
                child = self._idle.pop()
                if child.alive():
                    return child
                child.kill()
        return _Child()

    def _put_back(self, child: _Child) -> None:
        with self._guard:
            if not self._closed:
                self._idle.append(child)
                return
        child.kill()


class _Child:
    """One child process: a line of JSON in, a line of JSON out."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment |= {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from graph.stores.confined_child import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=tempfile.gettempdir(),
        )
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._started = False
        assert self._process.stdout is not None
        threading.Thread(target=_pump, args=(self._process.stdout, self._lines), daemon=True).start()

    def alive(self) -> bool:
        return self._process.poll() is None

    def run(self, request: bytes, limits: Limits) -> Mapping[str, object]:
        if not self._started:
            self._line(_STARTING, None, "the process for statements does not start")
            self._started = True
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(request)
            self._process.stdin.flush()
        except OSError:
            raise _ended() from None
        line = self._line(limits.seconds + _GRACE, limits, "")
        answer: Mapping[str, object] = json.loads(line)
        return answer

    def _line(self, seconds: float, limits: Limits | None, late: str) -> bytes:
        """The next line of the child; while it works its memory is watched."""
        until = time.monotonic() + seconds
        allowed = None
        while True:
            try:
                line = self._lines.get(timeout=_TICK)
            except queue.Empty:
                now = memory.resident(self._process.pid) if limits else 0
                allowed = now + limits.memory if limits and allowed is None else allowed
                if limits and allowed is not None and now > allowed:
                    raise _too_much(limits) from None
                if time.monotonic() > until:
                    if late or limits is None:
                        raise Unavailable(late) from None
                    raise _too_long(limits) from None
                continue
            if not line:
                raise _ended()
            return line

    def kill(self) -> None:
        """Ends the child, whatever it does, and what it holds."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError as error:
                    _LOG.debug("a pipe of a killed child: %s", error)


def _pump(pipe: IO[bytes], lines: queue.Queue[bytes]) -> None:
    try:
        for line in pipe:
            lines.put(line)
    except (OSError, ValueError):
        pass  # closed, because the child was killed
    lines.put(b"")


def _request(graph: Path, statement: CypherStatement, limits: Limits) -> bytes:
    try:
        text = (
            json.dumps(
                {
                    "graph": str(graph.resolve()),
                    "query": statement.query,
                    "params": dict(statement.params),
                    "rows": limits.rows,
                    "seconds": limits.seconds,
                    "memory": limits.memory,
                    "bytes": limits.bytes,
                }
            ).encode("ascii")
            + b"\n"
        )
    except (TypeError, ValueError, RecursionError) as error:
        raise StatementError(f"a parameter cannot be passed on: {error}") from None
    if len(text) > _LARGEST:
        raise StatementError(
            "the statement with its parameters is too long", hint=f"at most {_LARGEST} bytes"
        )
    return text


def _rows(answer: Mapping[str, object]) -> Rows:
    error = answer.get("error")
    if isinstance(error, dict):
        kind = StatementTimeout if error.get("timeout") else StatementError
        raise kind(str(error.get("message")), hint=str(error.get("hint", "")))
    columns, rows = answer["columns"], answer["rows"]
    assert isinstance(columns, list)
    assert isinstance(rows, list)
    return Rows(tuple(columns), tuple(tuple(r) for r in rows), bool(answer["truncated"]))


def _ended() -> StatementError:
    return StatementError(
        "the statement brought its process down", hint="write it in another way, or ask for less"
    )


def _too_long(limits: Limits) -> StatementTimeout:
    return StatementTimeout(f"stopped after {limits.seconds:g} s", hint="ask for less, or allow more time")


def _too_much(limits: Limits) -> StatementError:
    return StatementError(
        f"stopped: it takes more than {limits.memory >> 20} MB of memory", hint="collect less at once"
    )
