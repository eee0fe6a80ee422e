"""The store on a Neo4j server: a ``GraphStore`` in one of its databases.

Beside the graph stand three kinds of nodes that are none of it:

    (:GraphState)   one: version, hash, counts, schema of the graph as it is now
    (:GraphLock)    one: locked by the transaction of whoever loads, so that loads take turns
    (:GraphUndo)    what the last loads changed, to be put back by undo

Documents are written in groups, each group one transaction that also moves the state, so a
reader or a crash sees whole groups with their own hash and version.
"""

from __future__ import annotations

import base64
import json
import os
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from graph.conflicts import count_conflicts
from graph.dialect import NEO4J, quoted
from graph.entity_index import EntityIndex, Named, build
from graph.groups import next_group
from graph.hashing import GraphHash
from graph.ids import document_id
from graph.merge import Ends
from graph.schema import UNNAMED, Schema, constraints, schema_of
from graph.store import GraphStore, Progress
from graph.stores.bolt import Address, Bolt, BoltSession
from graph.types import Contribution, CypherStatement, Limits, Rows, Status, Value
from graph.versions import KEPT
from graph.write import Change, Writer, recomputed_hash
from ontology import structure
from ontology.cache_folder import cache_folder
from ontology.errors import NoStore, Unavailable
from ontology.model import Ontology
from ontology.own_files import OwnFile, packed, unpacked

#: characters of one part of an undo step
_PART = 1_000_000
#: nodes deleted in one transaction by reset
_SWEPT = 10_000
#: from so many seconds on, somebody who waits is told
_PATIENCE = 0.5

_STATE = "MATCH (s:GraphState {key: 'state'})"
_LOADED = f"(d:{structure.DOCUMENT}) WHERE d.digest IS NOT NULL"
_NO_GRAPH = "there is no graph in this database yet"


@dataclass(frozen=True)
class _State:
    """The properties of the GraphState node. ``names``: the version at which names last changed."""

    uuid: str = ""
    version: int = 0
    hash: str = "0" * 64
    schema: str = ""
    extractor: str = ""
    nodes: str = "{}"
    relationships: str = "{}"
    names: int = 0
    sweeping: bool = False
    ontology: str | None = ""  # the user's own files; databases of before have none

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        return json.loads(self.nodes), json.loads(self.relationships)


_ORPHANS = (
    "SHOW INDEXES YIELD name, owningConstraint "
    "WHERE owningConstraint IS NULL AND name STARTS WITH 'nqi_' AND name ENDS WITH '_id' RETURN name"
)


class Neo4jStore:
    """A ``GraphStore`` in a database of a Neo4j server. Safe for the threads of a server.

    ``waiting`` is told once when somebody else is loading and this load has to wait.
    """

    engine = "neo4j"
    dialect = NEO4J

    def __init__(
        self, at: Address, ontology: Ontology, *, writable: bool = False, extractor: str = "",
        waiting: Callable[[str], None] | None = None,
    ) -> None:
        self.ontology = ontology
        self._schema = schema_of(ontology)
        self._broader = {key: s.broader for key, s in ontology.subtypes.items() if s.broader}
        self._known = self._names_known(self._schema)
        self._extractor = extractor
        self._waiting = waiting
        self._guard = threading.Lock()
        self._index: tuple[tuple[str, int], EntityIndex] | None = None
        self._conflicts: tuple[tuple[str, int], int] | None = None
        self._bolt = Bolt(at)
        with ExitStack() as refused:
            refused.callback(self._bolt.close)
            if self._bolt.reading(_state) is None:
                if not writable:
                    raise NoStore(_NO_GRAPH, where=at.uri, hint="nqi load PATH… makes one")
                self._create()
            refused.pop_all()

    # ---- reading ---------------------------------------------------------------------------

    def read(
        self, statement: CypherStatement, *, limit: int | None = None, seconds: float | None = None
    ) -> Rows:
        """Rows of a statement, in a transaction that cannot write. StatementError, StatementTimeout."""
        return self._bolt.read(statement.query, statement.params, limit, seconds, self._known)

    def read_confined(self, statement: CypherStatement, limits: Limits) -> Rows:
        """Rows of a statement that a person wrote, in a transaction that cannot write. What it may take of
        the server's memory is the server's setting (``db.memory.transaction.max``)."""
        return self._bolt.read(statement.query, statement.params, limits.rows, limits.seconds, self._known)

    def pinned(self) -> GraphStore:
        """This store, but that closing it leaves the connection open: the server holds no version, so a
        reader looks whether ``version`` is still the same when it has read."""
        return _View(self)

    def entity_index(self) -> EntityIndex:
        """The names of the graph as it is now, kept in the user's cache until they change."""
        state = self._now()
        key = (state.uuid, state.names)
        with self._guard:
            if self._index is None or self._index[0] != key:
                self._index = (key, self._indexed(state))
            return self._index[1]

    def own_ontology(self) -> tuple[OwnFile, ...]:
        """The user's own ontology files that the graph, as it is now, was made with."""
        return unpacked(self._now().ontology or "")

    def adopt(self, ontology: Ontology) -> None:
        """Go on with another ontology, as when a load has brought one."""
        with self._guard:
            self.ontology = ontology
            self._schema = schema_of(ontology)
            self._broader = {key: s.broader for key, s in ontology.subtypes.items() if s.broader}
            self._known = self._names_known(self._schema)

    def documents(self) -> Mapping[str, str]:
        """Document id → digest of the bytes it was loaded from."""
        query = f"MATCH {_LOADED} RETURN d.id, d.digest ORDER BY d.id"
        return {_document(i): str(d) for i, d in self._bolt.reading(lambda session: session.rows(query))}

    def version(self) -> int:
        """Changes with every load, undo and reset."""
        return self._now().version

    def content_hash(self) -> str:
        """The graph hash of contract §1, as kept with the graph."""
        return self._now().hash

    def recomputed_hash(self) -> str:
        """The graph hash counted from nothing; differs from ``content_hash`` only by a defect."""
        schema = Schema({}, {}).grown_from(self._now().schema)
        return self._bolt.reading(lambda session: recomputed_hash(session, schema))

    def status(self) -> Status:
        state = self._now()
        key = (state.uuid, state.version)
        with self._guard:
            kept = self._conflicts
        if kept is None or kept[0] != key:
            kept = (key, count_conflicts(self.read))
            with self._guard:
                self._conflicts = kept
        nodes, relationships = state.counts()
        return Status(
            hash=state.hash, documents=len(self.documents()), nodes=nodes, relationships=relationships,
            conflicts=kept[1], engine=self.engine, version=f"{state.version:04d}", extractor=state.extractor,
        )

    def close(self) -> None:
        self._bolt.close()

    def _now(self) -> _State:
        state = self._bolt.reading(_state)
        if state is None:
            raise NoStore(_NO_GRAPH, where=self._bolt.at.uri, hint="nqi load PATH… makes one")
        return state

    def _indexed(self, state: _State) -> EntityIndex:
        for folder in (cache_folder(), Path(tempfile.gettempdir())):
            if folder is None:
                continue
            file = folder / "names" / f"{state.uuid}-{state.names}.names"
            try:
                if not file.exists():
                    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                    made = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
                    build(self._named(), made)
                    os.replace(made, file)
                    _forget_older(file, state)
            except OSError:
                continue
            return EntityIndex(file)
        raise Unavailable("the index of names cannot be kept anywhere", hint="set NQI_CACHE to a folder")

    def _named(self) -> Iterator[Named]:
        labels = "|".join(quoted(label) for label in self._schema.nodes if label not in UNNAMED)
        query = f"MATCH (n:{labels}) WHERE n.name IS NOT NULL RETURN n.id, n.class, n.name, n.aliases"
        for id_, cls, name, aliases in self._bolt.reading(lambda session: session.rows(query)):
            others = tuple(str(a) for a in aliases) if isinstance(aliases, list) else ()
            yield Named(str(id_), str(cls), str(name), others)

    # ---- writing ---------------------------------------------------------------------------

    def apply(
        self, contributions: Iterable[Contribution], *, remove: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> None:
        """Put in each document's contribution in place of what that document said before, and
        take back the documents in ``remove``. A group of documents is one transaction: all or
        nothing; undo goes back to before all of them."""
        total = len(contributions) if isinstance(contributions, (list, tuple)) else 0
        removed = list(remove)
        coming = iter(contributions)
        done = 0
        with self._writing():
            self._ready()
            load = 1 + self._bolt.reading(_last_load)
            more = True
            while more:
                group, more = next_group(coming)
                if done and not group:
                    break
                self._bolt.writing(partial(self._step, group=group, removed=removed, load=load))
                removed = []
                done += len(group)
                if progress and group:
                    progress(done, total, group[-1].document)

    def undo(self) -> bool:
        """Back to before the last load; False where there is none that can be undone."""
        with self._writing():
            load = self._bolt.reading(_last_load)
            while load and self._bolt.writing(partial(self._back, load=load)):
                pass
            return bool(load)

    def reset(self) -> None:
        """Take away everything, and what could be undone too."""
        with self._writing():
            self._bolt.writing(self._emptied)
            self._sweep()

    def _create(self) -> None:
        for kind in ("GraphState", "GraphLock"):
            self._bolt.alone(
                f"CREATE CONSTRAINT nqi_{kind.lower()} IF NOT EXISTS FOR (s:{kind}) REQUIRE s.key IS UNIQUE"
            )
        self._bolt.writing(lambda session: session.rows(
            "MERGE (s:GraphState {key: 'state'}) ON CREATE SET s += $new, s.uuid = randomUUID()",
            {"new": _properties(_State())},
        ))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Loads take turns. The one that waits is told; the lock ends with its holder."""
        told = threading.Timer(_PATIENCE, self._tell)
        told.daemon = True
        told.start()
        try:
            held = self._bolt.holding("MERGE (l:GraphLock {key: 'lock'}) SET l.held = randomUUID()")
            with held:
                told.cancel()
                if self._now().sweeping:
                    self._sweep()  # a reset that was interrupted
                yield
        finally:
            told.cancel()

    def _tell(self) -> None:
        if self._waiting:
            self._waiting(f"{self._bolt.at.uri} is being written by somebody else; waiting")

    def _ready(self) -> None:
        """Constraints and indexes for all that the ontology declares."""
        state = self._now()
        schema = self._schema.grown_from(state.schema)
        if schema.text() != state.schema:
            # a server that dies while it makes a constraint keeps its index, whose name bars the constraint
            orphans = self._bolt.reading(lambda session: session.rows(_ORPHANS, {}))
            for (name,) in orphans:
                self._bolt.alone(f"DROP INDEX {quoted(str(name))} IF EXISTS")
            for statement in constraints(schema):
                self._bolt.alone(statement)
            self._bolt.alone("CALL db.awaitIndexes(300)")
            self._known = self._names_known(schema)

    def _step(
        self, session: BoltSession, *, group: list[Contribution], removed: list[str], load: int
    ) -> None:
        """One group of documents. Run again after it was done, it changes nothing."""
        state = _locked(session)
        nodes, relationships = state.counts()
        schema = self._schema.grown_from(state.schema)
        touched = [document_id(d) for d in (*removed, *(c.document for c in group))]
        loaded = session.rows(
            f"MATCH {_LOADED} AND d.id IN $ids RETURN d.id, d.digest", {"ids": touched}
        )
        writer = Writer(
            session, schema, NEO4J, self._broader, GraphHash(state.hash), nodes, relationships,
            {_document(i): str(d) for i, d in loaded}, journal=True,
        )
        writer.apply(group, removed)
        _keep_undo(session, load, state, writer.changes)
        version = state.version + 1
        _save(session, replace(
            state, version=version, hash=writer.graph_hash.hex(), schema=schema.text(),
            extractor=self._extractor or state.extractor,
            nodes=_counted(writer.nodes), relationships=_counted(writer.relationships),
            names=version if writer.names_changed or not state.names else state.names,
            ontology=packed(self.ontology.own) or state.ontology,
        ))

    def _back(self, session: BoltSession, *, load: int) -> bool:
        """Put back the last group of documents of a load; False where nothing of it is left."""
        state = _locked(session)
        parts = session.rows(
            "MATCH (u:GraphUndo) WHERE u.load = $load RETURN u.step, u.data ORDER BY u.step DESC, u.part",
            {"load": load},
        )
        if not parts:
            return False
        step = parts[0][0]
        before, changes = _unpacked("".join(str(data) for of, data in parts if of == step))
        schema = self._schema.grown_from(state.schema)
        Writer(session, schema, NEO4J, self._broader, GraphHash(), {}, {}, {}).restore(changes)
        session.rows(
            "MATCH (u:GraphUndo) WHERE u.load = $load AND u.step = $step DELETE u",
            {"load": load, "step": step},
        )
        version = state.version + 1
        _save(session, replace(
            before, uuid=state.uuid, version=version, schema=state.schema, names=version
        ))
        return True

    def _emptied(self, session: BoltSession) -> None:
        state = _locked(session)
        version = state.version + 1
        _save(session, replace(
            _State(), uuid=state.uuid, version=version, names=version, schema=state.schema, sweeping=True
        ))

    def _sweep(self) -> None:
        """Delete every node that is ours, a part at a time; what others keep here stays."""
        labels = Schema({}, {}).grown_from(self._now().schema).nodes
        ours = "|".join(quoted(label) for label in sorted({*labels, *self._schema.nodes, "GraphUndo"}))
        query = f"MATCH (n:{ours}) WITH n LIMIT {_SWEPT} DETACH DELETE n RETURN count(*)"
        while self._bolt.writing(lambda session: session.rows(query))[0][0]:
            pass
        self._bolt.writing(lambda session: _save(session, replace(_locked(session), sweeping=False)))

    @staticmethod
    def _names_known(schema: Schema) -> frozenset[str]:
        tables = (*schema.nodes.values(), *schema.relationships.values())
        return frozenset({t.name for t in tables} | {c for t in tables for c in t.columns})


class _View(Neo4jStore):
    """A store that shares all with another one."""

    def __init__(self, of: Neo4jStore) -> None:
        self.__dict__ = of.__dict__

    def close(self) -> None:
        """The other one is closed by who opened it."""


def _state(session: BoltSession) -> _State | None:
    """The state as it is; None where there is none."""
    names = list(_State.__dataclass_fields__)
    rows = session.rows(f"{_STATE} RETURN {', '.join(f's.{name}' for name in names)}")
    return _State(**dict(zip(names, rows[0], strict=True))) if rows else None  # type: ignore[arg-type]


def _locked(session: BoltSession) -> _State:
    """The state, which nobody else changes until this transaction ends."""
    session.rows(f"{_STATE} SET s.locked = timestamp()")
    state = _state(session)
    if state is None:
        raise NoStore(_NO_GRAPH)
    return state


def _save(session: BoltSession, state: _State) -> None:
    session.rows(f"{_STATE} SET s += $new", {"new": _properties(state)})


def _properties(state: _State) -> dict[str, Value]:
    return {name: getattr(state, name) for name in _State.__dataclass_fields__ if name != "uuid"}


def _counted(counts: Mapping[str, int]) -> str:
    return json.dumps({name: count for name, count in sorted(counts.items()) if count})


def _document(node_id: Value) -> str:
    return str(node_id)[len(document_id("")):]


# ---- undo ------------------------------------------------------------------------------------


def _last_load(session: BoltSession) -> int:
    """The number of the last load that can be undone, 0 for none."""
    ((last,),) = session.rows("MATCH (u:GraphUndo) RETURN coalesce(max(u.load), 0)")
    return int(str(last))


def _keep_undo(session: BoltSession, load: int, before: _State, changes: list[Change]) -> None:
    """Keep what a step changed; forget loads that are too long ago to be undone."""
    data = _packed(before, changes)
    ((step,),) = session.rows(
        "MATCH (u:GraphUndo) WHERE u.load = $load RETURN coalesce(max(u.step), 0) + 1", {"load": load}
    )
    parts = [data[at : at + _PART] for at in range(0, len(data), _PART)]
    session.rows(
        "UNWIND $rows AS row CREATE (u:GraphUndo) SET u = row",
        {"rows": [{"load": load, "step": step, "part": n, "data": d} for n, d in enumerate(parts)]},
    )
    session.rows(
        "MATCH (u:GraphUndo) WITH DISTINCT u.load AS load ORDER BY load DESC SKIP $kept "
        "MATCH (old:GraphUndo) WHERE old.load = load DELETE old", {"kept": KEPT},
    )


def _packed(before: _State, changes: list[Change]) -> str:
    rows = [
        [c.name, c.id, None if c.ends is None else [
            c.ends.source, c.ends.source_class, c.ends.target, c.ends.target_class, c.ends.polarity
        ], c.before, c.there]
        for c in changes
    ]
    text = json.dumps([_properties(before), rows], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode())).decode("ascii")


def _unpacked(data: str) -> tuple[_State, list[Change]]:
    state, rows = json.loads(zlib.decompress(base64.b64decode(data)))
    return _State(**state), [
        Change(name, id_, None if ends is None else Ends(*ends), before, there)
        for name, id_, ends, before, there in rows
    ]


def _forget_older(file: Path, state: _State) -> None:
    """Delete the cached indexes of this graph's earlier names, those that nobody has open."""
    for other in file.parent.glob(f"{state.uuid}-*.names"):
        if other != file and time.time() - other.stat().st_mtime > 60:
            other.unlink(missing_ok=True)
