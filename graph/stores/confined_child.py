"""The child side of :mod:`graph.stores.confined`: reads requests from stdin, one line of JSON each, and
answers on stdout. It opens files read-only, writes none, and has its address space bounded."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from graph.stores import memory
from graph.stores.engine import Engine
from ontology.errors import StatementTimeout, StoreError

#: the engine's own memory for pages
_POOL = 512 << 20
#: the engine maps so much address space for the largest file that it would open: at least the file
_SMALLEST_MAP = 1 << 30
#: how the engine says that it got no memory
_NO_MEMORY = ("bad_alloc", "buffer pool is full", "cannot allocate")


def main() -> None:
    """Serves until stdin ends."""
    # what the engine may print must not get among the answers
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    memory.write_no_file()
    _send(out, {"ready": True})
    opened: tuple[str, Engine] | None = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            if opened is None or opened[0] != request["graph"]:
                memory.bound_address_space(None)
                if opened is not None:
                    opened[1].close()
                opened = None
                opened = (request["graph"], _opened(Path(request["graph"])))
            memory.bound_address_space(request["memory"])
            answer = _answer(opened[1], request)
        except MemoryError:
            answer = _no_memory(request)
        except StoreError as error:
            if any(word in error.message for word in _NO_MEMORY):
                answer = _no_memory(request)
            else:
                told = {"message": error.message, "hint": error.hint}
                answer = {"error": {**told, "timeout": isinstance(error, StatementTimeout)}}
        _send(out, answer)


def _no_memory(request: Mapping[str, Any]) -> dict[str, object]:
    message = f"stopped: it takes more than {request['memory'] >> 20} MB of memory"
    return {"error": {"message": message, "hint": "collect less at once", "timeout": False}}


def _opened(graph: Path) -> Engine:
    size = _SMALLEST_MAP
    while size < 2 * graph.stat().st_size:
        size *= 2
    return Engine(graph, buffer_pool=_POOL, largest=size, threads=2)


def _answer(engine: Engine, request: Mapping[str, Any]) -> dict[str, object]:
    rows = engine.read(request["query"], request["params"], request["rows"], request["seconds"])
    kept: list[str] = []
    size, truncated = 0, rows.truncated
    for row in rows.rows:
        text = json.dumps([_plain(v) for v in row], ensure_ascii=True)
        size += len(text)
        if size > request["bytes"]:
            truncated = True
            break
        kept.append(text)
    return {"columns": list(rows.columns), "rows": [json.loads(t) for t in kept], "truncated": truncated}


def _plain(value: object) -> object:
    """A value as JSON can hold it: dates and other types of the engine as text, no NaN."""
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(v) for v in value]
    return str(value)


def _send(out: IO[bytes], answer: Mapping[str, object]) -> None:
    out.write(json.dumps(answer).encode("ascii") + b"\n")
    out.flush()
