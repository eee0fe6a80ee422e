"""The store on a Neo4j server: a ``GraphStore`` in one of its databases.

Beside the graph stand three kinds of nodes that are none of it:

    (:GraphState)   one: version, hash, counts, schema of the graph as it is now
    (:GraphLock)    one: locked by the transaction of whoever loads, so that loads take turns
    (:GraphUndo)    what the last loads changed, to be put back by undo (neo4j_state.py)

Documents are written in groups, each group one transaction that also moves the state, so a
reader or a crash sees whole groups with their own hash and version.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.conflicts import count_conflicts
from graph.dialect import NEO4J, quoted
from graph.entity_index import EntityIndex, Named, build
from graph.groups import next_group
from graph.hashing import GraphHash
from graph.ids import document_id
from graph.schema import UNNAMED, Schema, constraints, schema_of
from graph.store import GraphStore, Progress
from graph.stores.bolt import Address, Bolt, BoltSession
from graph.stores.neo4j_state import (
    NO_GRAPH,
    State,
    counted,
    keep_undo,
    last_load,
    locked,
    properties,
    save,
    state_of,
    undo_of,
)
from graph.types import Contribution, CypherStatement, Limits, Rows, Status, Value
from graph.uncollected import uncollected
from graph.whole import GraphCopy, everything, parts_of, recomputed_hash
from graph.write import Change, Writer
from ontology import structure
from ontology.cache_folder import cache_folder
from ontology.errors import NoStore, StoreError, Unavailable
from ontology.model import Ontology
from ontology.own_files import OwnFile, packed, unpacked

#: nodes deleted in one transaction by reset
_SWEPT = 10_000
#: from so many seconds on, somebody who waits is told
_PATIENCE = 0.5

_LOADED = f"(d:{structure.DOCUMENT}) WHERE d.digest IS NOT NULL"


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
            if self._bolt.reading(state_of) is None:
                if not writable:
                    raise NoStore(NO_GRAPH, where=at.uri, hint="nqi load PATH… makes one")
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
        state = self._bolt.reading(state_of)
        return unpacked(state.ontology or "") if state else ()

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

    def _now(self) -> State:
        state = self._bolt.reading(state_of)
        if state is None:
            raise NoStore(NO_GRAPH, where=self._bolt.at.uri, hint="nqi load PATH… makes one")
        if state.sweeping:
            raise Unavailable(
                "the graph is being emptied or restored, or that was broken off", where=self._bolt.at.uri,
                hint="wait until it is done; where nobody does it any more, nqi reset or nqi restore again",
            )
        return state

    def _indexed(self, state: State) -> EntityIndex:
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
            load = 1 + self._bolt.reading(last_load)
            more = True
            while more:
                group, more = next_group(coming, complete=True)
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
            load = self._bolt.reading(last_load)
            while load and self._bolt.writing(partial(self._back, load=load)):
                pass
            return bool(load)

    def reset(self) -> None:
        """Take away everything, and what could be undone too."""
        with self._writing():
            self._bolt.writing(self._emptied)
            self._sweep()
            self._bolt.writing(_swept)

    @contextmanager
    def copied(self) -> Iterator[GraphCopy]:
        """All that is there, for another store; nobody loads meanwhile."""
        with self._writing():
            state = self._now()
            schema = Schema({}, {}).grown_from(state.schema)
            nodes, relationships = state.counts()
            items = self._bolt.reading(lambda session: list(everything(session, schema)))
            yield GraphCopy(
                state.hash, state.schema, state.extractor, nodes, relationships, self.documents(),
                self.own_ontology(), items,
            )

    def become(self, copy: GraphCopy) -> None:
        """Hold what another store holds, in place of what is here. Readers are refused until it is done;
        where it is broken off the next one who writes finds an empty graph."""
        self._schema = self._schema.grown_from(copy.schema)
        with self._writing():
            self._ready()
            self._bolt.writing(self._emptied)
            self._sweep()
            for number, part in enumerate(parts_of(copy), 1):
                self._bolt.writing(partial(self._place, part=part, number=number))
            found = self._bolt.reading(lambda session: recomputed_hash(session, self._schema))
            if found != copy.hash:
                raise StoreError(f"the graph that was put in has the hash {found}, not {copy.hash}")
            self._bolt.writing(partial(self._placed, copy=copy))

    def _place(self, session: BoltSession, *, part: list[Change], number: int) -> None:
        """Run again after it was done, it changes nothing."""
        state = locked(session)
        if (state.placed or 0) < number:
            Writer(session, self._schema, NEO4J, self._broader, GraphHash(), {}, {}, {}).restore(part)
            save(session, replace(state, placed=number))

    def _placed(self, session: BoltSession, *, copy: GraphCopy) -> None:
        state = locked(session)
        version = state.version + 1
        save(session, State(
            uuid=state.uuid, version=version, names=version, hash=copy.hash,
            schema=self._schema.grown_from(state.schema).text(), extractor=copy.extractor,
            nodes=counted(copy.nodes), relationships=counted(copy.relationships),
            ontology=packed(copy.ontology),
        ))

    def _create(self) -> None:
        for kind in ("GraphState", "GraphLock"):
            self._bolt.alone(
                f"CREATE CONSTRAINT nqi_{kind.lower()} IF NOT EXISTS FOR (s:{kind}) REQUIRE s.key IS UNIQUE"
            )
        self._bolt.writing(lambda session: session.rows(
            "MERGE (s:GraphState {key: 'state'}) ON CREATE SET s += $new, s.uuid = randomUUID()",
            {"new": properties(State())},
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
                state = self._bolt.reading(state_of)
                if state is not None and state.sweeping:  # by somebody who was interrupted
                    self._sweep()
                    self._bolt.writing(_swept)
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

    @uncollected()
    def _step(
        self, session: BoltSession, *, group: list[Contribution], removed: list[str], load: int
    ) -> None:
        """One group of documents. Run again after it was done, it changes nothing."""
        state = locked(session)
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
        keep_undo(session, load, state, writer.changes)
        version = state.version + 1
        save(session, replace(
            state, version=version, hash=writer.graph_hash.hex(), schema=schema.text(),
            extractor=self._extractor or state.extractor,
            nodes=counted(writer.nodes), relationships=counted(writer.relationships),
            names=version if writer.renamed or not state.names else state.names,
            ontology=packed(self.ontology.own) or state.ontology,
        ))

    def _back(self, session: BoltSession, *, load: int) -> bool:
        """Put back the last group of documents of a load; False where nothing of it is left."""
        state = locked(session)
        parts = session.rows(
            "MATCH (u:GraphUndo) WHERE u.load = $load RETURN u.step, u.data ORDER BY u.step DESC, u.part",
            {"load": load},
        )
        if not parts:
            return False
        step = parts[0][0]
        before, changes = undo_of("".join(str(data) for of, data in parts if of == step))
        schema = self._schema.grown_from(state.schema)
        Writer(session, schema, NEO4J, self._broader, GraphHash(), {}, {}, {}).restore(changes)
        session.rows(
            "MATCH (u:GraphUndo) WHERE u.load = $load AND u.step = $step DELETE u",
            {"load": load, "step": step},
        )
        version = state.version + 1
        save(session, replace(
            before, uuid=state.uuid, version=version, schema=state.schema, names=version
        ))
        return True

    def _emptied(self, session: BoltSession) -> None:
        state = locked(session)
        version = state.version + 1
        save(session, replace(
            State(), uuid=state.uuid, version=version, names=version, schema=state.schema, sweeping=True
        ))

    def _sweep(self) -> None:
        """Delete every node that is ours, a part at a time; what others keep here stays."""
        state = self._bolt.reading(state_of)
        labels = Schema({}, {}).grown_from(state.schema if state else "").nodes
        ours = "|".join(quoted(label) for label in sorted({*labels, *self._schema.nodes, "GraphUndo"}))
        query = f"MATCH (n:{ours}) WITH n LIMIT {_SWEPT} DETACH DELETE n RETURN count(*)"
        while self._bolt.writing(lambda session: session.rows(query))[0][0]:
            pass

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


def _swept(session: BoltSession) -> None:
    save(session, replace(locked(session), sweeping=False))


def _document(node_id: Value) -> str:
    return str(node_id)[len(document_id("")):]


def _forget_older(file: Path, state: State) -> None:
    """Delete the cached indexes of this graph's earlier names, those that nobody has open."""
    for other in file.parent.glob(f"{state.uuid}-*.names"):
        if other != file and time.time() - other.stat().st_mtime > 60:
            other.unlink(missing_ok=True)
