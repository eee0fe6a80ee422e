"""LadybugDB at arm's length: opening, running, values out, and its errors in our words.

No other file imports the engine, so no foreign exception gets past this one.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import ladybug

from graph.dialect import quoted
from graph.schema import BOOLEAN, DOUBLE, INTEGER, INTEGERS, STRING, STRINGS
from graph.stores.behind import Behind
from graph.types import Rows, Value
from graph.write import Row
from ontology.errors import StatementError, StatementTimeout, Unavailable

#: what the engine's Python layer raises: its own errors, values it cannot take, no memory
_ENGINE_ERRORS = (RuntimeError, ValueError, TypeError, OverflowError, MemoryError)
_BUFFER_POOL = 1 << 30
_PARAMETER = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/|\$(\w+)", re.S)
#: A connection keeps the plan of every distinct text that it ran, up to 10 MB each, and a full
#: buffer pool fails every later read: after so many texts it is closed and another one opened, and
#: threads share so many connections.
_TEXTS_A_CONNECTION = 20
_CONNECTIONS = 4
_POOL_IS_FULL = "buffer pool is full"
#: types whose values come as Neo4j gives them
_PLAIN = frozenset({"STRING", "STRING[]", "BOOL", "INT64", "DOUBLE"})
_INTERNAL = ("_ID", "_LABEL", "_SRC", "_DST")


class Engine:
    """One open database file, with connections for the threads that use it."""

    def __init__(
        self, path: Path, *, writable: bool = False, buffer_pool: int = _BUFFER_POOL, largest: int = 0,
        threads: int = 0,
    ) -> None:
        """``largest``: address space that is set aside for the file; ``threads`` of a statement (0:
        what the engine likes)."""
        if not writable and not path.exists():
            raise Unavailable(f"{path} does not exist")
        try:
            self._database = ladybug.Database(
                str(path), read_only=not writable, buffer_pool_size=buffer_pool,
                max_db_size=largest or None, max_num_threads=threads,
            )
        except _ENGINE_ERRORS as error:
            raise Unavailable(f"{path} cannot be opened: {error}") from None
        self.path = path
        self._idle: list[Any] = []
        self._texts: dict[int, set[int]] = {}
        self._guard = threading.Lock()
        self._free = threading.Semaphore(_CONNECTIONS)

    def close(self) -> None:
        """Close the connections and the file; everything is in the one file then."""
        for connection in self._idle:
            connection.close()
        self._idle.clear()
        self._database.close()

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A connection that no other thread uses meanwhile; threads wait for one."""
        self._free.acquire()
        try:
            with self._connection() as connection:
                yield connection
        finally:
            self._free.release()

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        with self._guard:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = ladybug.Connection(self._database)
        try:
            yield connection
        finally:
            if len(self._texts.get(id(connection), ())) < _TEXTS_A_CONNECTION:
                with self._guard:
                    self._idle.append(connection)
            else:
                self._texts.pop(id(connection), None)
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[WritingSession]:
        """A session with a connection of its own."""
        session = WritingSession(ladybug.Connection(self._database))
        try:
            yield session
        finally:
            session.close()

    def read(
        self, query: str, params: Mapping[str, object], limit: int | None, seconds: float | None
    ) -> Rows:
        """Rows of one statement, at most ``limit`` of them."""
        try:
            return self._read(query, params, limit, seconds)
        except StatementError as error:
            if _POOL_IS_FULL not in error.message:
                raise
        # kept plans have filled it: without them it may do
        with self._guard:
            idle, self._idle[:] = list(self._idle), []
            self._texts.clear()
        for connection in idle:
            connection.close()
        return self._read(query, params, limit, seconds)

    def _read(
        self, query: str, params: Mapping[str, object], limit: int | None, seconds: float | None
    ) -> Rows:
        given = _used(query, params)
        with self.connection() as connection:
            self._texts.setdefault(id(connection), set()).add(hash(query))
            try:
                # 0 is the engine's word for no limit
                connection.set_query_timeout(0 if seconds is None else max(1, int(seconds * 1000)))
                result = connection.execute(query, given)
                if isinstance(result, list):
                    raise StatementError("more than one statement", hint="give one statement a call")
                with result:
                    columns = tuple(result.get_column_names())
                    types = result.get_column_data_types()
                    made = [n for n, kind in enumerate(types) if kind not in _PLAIN]
                    rows: list[tuple[object, ...]] = []
                    while result.has_next():
                        row = result.get_next()
                        if limit is not None and len(rows) >= limit:
                            return Rows(columns, tuple(rows), truncated=True)
                        for n in made:
                            row[n] = _plain(row[n], types[n])
                        rows.append(tuple(row))
            except _ENGINE_ERRORS as error:
                raise _translated(error, seconds) from None
        return Rows(columns, tuple(rows))


class WritingSession:
    """A connection that writes into a draft (``graph.write.Session``)."""

    inserts_from = 1_000
    inserts_at_once: int | None = None  # a table that has rows takes a second COPY four times as long

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._behind = Behind()

    def close(self) -> None:
        """Nothing is written any more, even where nobody waited for it."""
        with self._behind:
            pass
        self._connection.close()

    def renew(self) -> None:
        """Keep what was written, and go on with another connection: one keeps the rows of every statement
        that it ran, hundreds of megabytes for a large group of documents."""
        self.rows("COMMIT")
        used = self._connection
        self._connection = ladybug.Connection(used.database)
        used.close()
        self.rows("BEGIN TRANSACTION")

    def rows(self, query: str, params: Mapping[str, object] | None = None) -> list[list[Value]]:
        self._behind.wait()
        return self._rows(query, params)

    def _rows(self, query: str, params: Mapping[str, object] | None = None) -> list[list[Value]]:
        try:
            result = self._connection.execute(query, dict(params or {}))
            rows: list[list[Value]] = result.get_all()
        except _ENGINE_ERRORS as error:
            raise _translated(error, None) from None
        return rows

    def batch(
        self, query: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]]
    ) -> list[list[Value]]:
        return self.rows(query, {"rows": _arrow(columns, rows)})

    def insert(
        self, table: str, pair: tuple[str, str], columns: Mapping[str, str], parts: Iterable[list[Row]]
    ) -> None:
        """A COPY in a transaction of its own: rolling one back corrupts the engine's memory, so nothing
        that could fail may follow it in its transaction."""
        start, end = pair
        stored = ", ".join(quoted(c) for c in columns)
        ends = f" (from={_text(start)}, to={_text(end)})" if start else ""
        query = f"COPY {quoted(table)} ({stored}) FROM $rows{ends}"
        for rows in parts:
            filled = _arrow(columns, [values for _, _, values in rows])
            if start:
                filled = filled.add_column(0, "e_dst", [[target for _, target, _ in rows]])
                filled = filled.add_column(0, "e_src", [[source for source, _, _ in rows]])
            self._behind.do(partial(self._copy, query, filled))

    def _copy(self, query: str, filled: Any) -> None:
        self._rows("COMMIT")
        self._rows(query, {"rows": filled})
        self._rows("BEGIN TRANSACTION")


def _arrow(columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]]) -> Any:
    """Typed columns, so that missing values and empty lists are safe."""
    import pyarrow as pa  # reading needs none of it

    types = {
        STRING: pa.string(), INTEGER: pa.int64(), DOUBLE: pa.float64(), BOOLEAN: pa.bool_(),
        STRINGS: pa.list_(pa.string()), INTEGERS: pa.list_(pa.int64()),
    }
    filled = set().union(*rows)
    return pa.table({
        c: pa.array([r.get(c) for r in rows], types[t]) if c in filled else pa.nulls(len(rows), types[t])
        for c, t in columns.items()
    })


def _text(label: str) -> str:
    return "'" + label.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _used(query: str, params: Mapping[str, object]) -> dict[str, object]:
    """The parameters that the query names. The engine takes a missing one for null: refused."""
    named = {m.group(1) for m in _PARAMETER.finditer(query) if m.group(1)}
    missing = sorted(named - params.keys())
    if missing:
        raise StatementError(f"no value for parameter ${missing[0]}", hint="give every $parameter a value")
    return {n: list(v) if isinstance(v, (tuple, set, frozenset)) else v
            for n in named for v in [params[n]]}


def _translated(error: Exception, seconds: float | None) -> StatementError | StatementTimeout:
    text = str(error) or type(error).__name__
    if text.startswith("Interrupted"):
        return StatementTimeout(
            f"stopped after {seconds} s" if seconds is not None else "interrupted",
            hint="ask for less, or allow more time",
        )
    return StatementError(text)


def _plain(value: object, kind: str) -> object:
    """A value as Neo4j would give it: whole sums as int, nodes without the engine's own parts."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, str) and kind in ("INT128", "UINT128"):
        return int(value)
    if isinstance(value, list):
        return [_plain(v, kind.removesuffix("[]")) for v in value]
    if isinstance(value, dict):
        if "_NODES" in value:
            return {"nodes": _plain(value["_NODES"], ""), "relationships": _plain(value["_RELS"], "")}
        # every other table's columns come along as null
        return {k: _plain(v, "") for k, v in value.items() if k not in _INTERNAL and v is not None}
    return value
