"""Neo4j's driver at arm's length: connecting, transactions, values out, its errors in our words.

No other file imports the driver, so no foreign exception gets past this one. Credentials come
from the URL or from ``NQI_NEO4J_USER`` and ``NQI_NEO4J_PASSWORD``; no message holds them.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

import neo4j
from neo4j import exceptions, graph

from graph.dialect import quoted
from graph.stores.behind import Behind
from graph.types import Rows, Value
from graph.write import Row
from ontology.errors import StatementError, StatementTimeout, StoreError, Unavailable

USER, PASSWORD = "NQI_NEO4J_USER", "NQI_NEO4J_PASSWORD"

#: rows of one batched statement: more gain nothing
_BATCH_ROWS = 5_000
#: the first server version that has the Cypher that is written here
_OLDEST = (5, 0)
#: how long what a server that went away may still do is tried again, in seconds
_RETRYING = 60.0
#: what a server says of a label, type or property that nothing has
_NAMED = re.compile(r"`(\w+)` does not exist")

_log = logging.getLogger("nqi.neo4j")
# the driver would tell on stderr what is kept with the rows, what it meets, and that it tries again
logging.getLogger("neo4j").setLevel(logging.CRITICAL)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Address:
    """Where a database is, and who asks. ``uri`` is free of secrets.

    >>> address("neo4j+s://me:secret@example.org:7687/plants").database
    'plants'
    """

    uri: str
    database: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


def address(url: str) -> Address:
    """A store's URL taken apart: ``neo4j://user:password@host:7687/database``."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "localhost", parts.port
    except ValueError:
        raise Unavailable("the port in the store's URL is no number") from None
    netloc = f"[{host}]" if ":" in host else host
    if port:
        netloc += f":{port}"
    return Address(
        urlunsplit((parts.scheme, netloc, "", parts.query, "")), unquote(parts.path.strip("/")),
        unquote(parts.username or "") or os.environ.get(USER, ""),
        unquote(parts.password or "") or os.environ.get(PASSWORD, ""),
    )


class Bolt:
    """A driver with its sessions. Safe for the threads of a server."""

    def __init__(self, at: Address) -> None:
        self.at = at
        auth = (at.user or "neo4j", at.password) if at.user or at.password else None
        with self.translated():
            try:
                self._driver = neo4j.GraphDatabase.driver(
                    at.uri, auth=auth, user_agent="nqi-kg", connection_timeout=10.0,
                    connection_acquisition_timeout=30.0, max_transaction_retry_time=_RETRYING,
                    initial_retry_delay=0.3, retry_delay_multiplier=1.1,
                )
            except (ValueError, exceptions.ConfigurationError) as error:
                raise Unavailable(f"{at.uri} is no address of a Neo4j: {error}") from None
            with ExitStack() as refused:
                refused.callback(self._driver.close)
                self.version = self._server_version()
                refused.pop_all()
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def close(self) -> None:
        self._driver.close()

    def read(
        self, query: str, params: Mapping[str, object], limit: int | None = None,
        seconds: float | None = None, known: frozenset[str] = frozenset(),
    ) -> Rows:
        """Rows of one statement in a transaction that cannot write. ``known``: names that may be
        asked for although nothing has them yet."""
        given = {n: list(v) if isinstance(v, (set, frozenset)) else v for n, v in params.items()}

        @neo4j.unit_of_work(timeout=seconds)
        def work(tx: neo4j.ManagedTransaction) -> Rows:
            # the query is made of parameters and quoted names, or was written by a person who
            # may read: the transaction cannot do more
            result = tx.run(query, given)
            columns = tuple(result.keys())
            if len(set(columns)) < len(columns):
                raise StatementError("two columns have the same name", hint="name them with AS")
            if limit is None:
                records, cut = list(result), False
            else:
                records = result.fetch(limit + 1)
                cut = len(records) > limit
            summary = result.consume()
            rows = tuple(tuple(_plain(v) for v in r.values()) for r in records[:limit])
            return Rows(columns, rows, cut, _warnings(summary, known))

        with self.translated(seconds), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def reading(self, work: Callable[[BoltSession], _T]) -> _T:
        """What ``work`` gives, run in one reading transaction; again where the server went away."""
        with self.translated(), self._session(neo4j.READ_ACCESS, quiet=True) as session:
            return session.execute_read(partial(_in_transaction, work=work))

    def writing(self, work: Callable[[BoltSession], _T]) -> _T:
        """``work`` as one transaction: all or nothing; again where the server went away."""
        with self.translated(), self._session(neo4j.WRITE_ACCESS, quiet=True) as session:
            return session.execute_write(partial(_in_transaction, work=work))

    def alone(self, statement: str) -> None:
        """A statement that is a transaction of its own (constraints, indexes)."""
        with self.translated(), self._session(neo4j.WRITE_ACCESS, quiet=True) as session:
            session.run(statement).consume()

    @contextmanager
    def holding(self, statement: str) -> Iterator[None]:
        """A transaction that is kept open for what it locks, and then taken back. It ends with
        this process, however that ends."""
        with self._session(neo4j.WRITE_ACCESS, quiet=True) as session:
            with self.translated():
                tx = session.begin_transaction()
                tx.run(statement).consume()
            try:
                yield
            finally:
                try:
                    tx.close()
                except exceptions.DriverError as error:
                    _log.info("the lock went with its server: %s", error)

    @contextmanager
    def translated(self, seconds: float | None = None) -> Iterator[None]:
        """The driver's errors as ours."""
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise self._translated(error, seconds) from None
        except (ValueError, TypeError, OverflowError) as error:
            # what the driver cannot pack
            raise StatementError(str(error)) from None

    # ---- inside ----------------------------------------------------------------------------

    def _session(self, mode: str, *, quiet: bool = False) -> neo4j.Session:
        options: dict[str, Any] = {"notifications_min_severity": "OFF"} if quiet else {}
        return self._driver.session(
            default_access_mode=mode, bookmark_manager=self._bookmarks, **self._database(), **options
        )

    def _database(self) -> dict[str, Any]:
        return {"database": self.at.database} if self.at.database else {}

    def _server_version(self) -> str:
        # no managed transaction: what is not there now is not waited for
        with self._driver.session(default_access_mode=neo4j.READ_ACCESS, **self._database()) as session:
            agent = session.run("RETURN 1 AS one").consume().server.agent
        found = re.search(r"/v?(\d+)\.(\d+)", agent)
        if found and (int(found[1]), int(found[2])) < _OLDEST:
            raise Unavailable(f"{agent} is too old", hint=f"Neo4j {_OLDEST[0]} or newer is needed")
        return agent.rpartition("/")[2]

    def _translated(self, error: Exception, seconds: float | None) -> StoreError:
        where, text = self.at.uri, str(getattr(error, "message", "") or error)
        code = str(getattr(error, "code", "") or "")
        if isinstance(error, exceptions.AuthError) or ".Security." in code:
            if "Forbidden" in code:
                return StatementError(text, where=where)
            return Unavailable(
                "Neo4j refuses the user or the password", where=where,
                hint=f"give them in {USER} and {PASSWORD}",
            )
        if ".Database.DatabaseNotFound" in code or "DatabaseUnavailable" in code:
            return Unavailable(
                f"there is no database {self.at.database or 'of that name'!r} on this server", where=where,
                hint="the database is the path of the URL; without one it is the server's default",
            )
        if "TransactionTimedOut" in code:
            return StatementTimeout(
                f"stopped after {seconds} s" if seconds is not None else "stopped by the server",
                hint="ask for less, or allow more time",
            )
        if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
            return StoreError(
                "this takes more memory than the server gives one transaction", where=where,
                hint="raise server.memory.heap.max_size (nqi neo4j stop, nqi neo4j start --memory 2048), "
                     "or split the document",
            )
        if ".Statement." in code or ".Procedure." in code or ".ClientError.Transaction." in code:
            return StatementError(text)
        if code:
            return StoreError(text, where=where)
        return Unavailable(
            f"there is no Neo4j, or it went away: {text}", where=where,
            hint="is it running? nqi neo4j start runs one on this machine",
        )


def _in_transaction(tx: neo4j.ManagedTransaction, work: Callable[[BoltSession], _T]) -> _T:
    with Behind() as behind:
        session = BoltSession(tx, behind)
        done = work(session)
        behind.wait()
        return done


class BoltSession:
    """A transaction (``graph.write.Session``)."""

    inserts_from = 1
    inserts_at_once: int | None = _BATCH_ROWS

    def __init__(self, tx: neo4j.ManagedTransaction, behind: Behind) -> None:
        self._tx = tx
        self._behind = behind

    def rows(self, query: str, params: Mapping[str, object] | None = None) -> list[list[Value]]:
        self._behind.wait()
        return [r.values() for r in self._tx.run(query, dict(params or {}))]

    def batch(
        self, query: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]]
    ) -> list[list[Value]]:
        found: list[list[Value]] = []
        for at in range(0, len(rows), _BATCH_ROWS):
            found.extend(self.rows(query, {"rows": rows[at : at + _BATCH_ROWS]}))
        return found

    def insert(
        self, table: str, pair: tuple[str, str], columns: Mapping[str, str], parts: Iterable[list[Row]]
    ) -> None:
        """CREATE with all properties as one map, which skips the empty ones."""
        start, end = pair
        if start:
            query = (
                f"UNWIND $rows AS row MATCH (a:{quoted(start)} {{id: row[0]}}) "
                f"MATCH (b:{quoted(end)} {{id: row[1]}}) CREATE (a)-[r:{quoted(table)}]->(b) SET r = row[2]"
            )
        else:
            query = f"UNWIND $rows AS row CREATE (n:{quoted(table)}) SET n = row[2]"
        for rows in parts:
            self._behind.do(partial(self._insert, query, rows, table))

    def _insert(self, query: str, rows: list[Row], table: str) -> None:
        counters = self._tx.run(query, {"rows": rows}).consume().counters
        made = counters.nodes_created + counters.relationships_created
        if made != len(rows):
            raise StoreError(f"{len(rows) - made} of {len(rows)} {table} have no ends in the graph")


def _warnings(summary: neo4j.ResultSummary, known: frozenset[str]) -> tuple[str, ...]:
    told = []
    for status in summary.gql_status_objects:
        if not status.is_notification:
            continue
        _log.debug("%s: %s", status.gql_status, status.status_description)
        named = _NAMED.search(status.status_description)
        if named and named[1] in known:
            continue
        if status.raw_severity == "WARNING":
            told.append(status.status_description.removeprefix("warn: "))
    return tuple(told)


def _plain(value: object) -> object:
    """A value without the driver's own types."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, (graph.Node, graph.Relationship)):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, graph.Path):
        return {
            "nodes": [_plain(n) for n in value.nodes],
            "relationships": [_plain(r) for r in value.relationships],
        }
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return str(value)
