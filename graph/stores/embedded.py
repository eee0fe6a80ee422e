"""The embedded store: a folder of immutable versions, each one file of the embedded engine."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph.dialect import EMBEDDED, quoted
from graph.entity_index import EntityIndex, Named, build
from graph.groups import DOCUMENTS, next_group
from graph.hashing import GraphHash
from graph.schema import UNNAMED, Schema, growth, schema_of
from graph.store import GraphStore, Progress
from graph.stores.confined import Confined
from graph.stores.engine import Engine, WritingSession
from graph.stores.pinned import PinnedStore, status_of
from graph.types import Contribution, CypherStatement, Limits, Rows, Status
from graph.uncollected import uncollected
from graph.versions import Draft, Manifest, Versions
from graph.whole import GraphCopy, everything, parts_of, recomputed_hash
from graph.write import Writer
from ontology.errors import NoStore, Unavailable
from ontology.model import Ontology
from ontology.own_files import OwnFile, packed


class _Snapshot:
    """One version that is open for reading. It closes when nobody uses it any more."""

    def __init__(
        self, number: int, engine: Engine, names: Path, manifest: Manifest,
        grown: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self.number = number
        self.engine = engine
        self._grown = grown
        self.manifest = manifest
        self.index = EntityIndex(names if names.exists() else None)
        self.users = 0
        self.retired = False
        self.conflicts: int | None = None

    def close(self) -> None:
        self.engine.close()
        if self._grown is not None:
            self._grown.cleanup()


class EmbeddedStore:
    """A ``GraphStore`` in a folder. Safe for the threads of a server.

    ``waiting`` is told once when another process is writing and this one has to wait.
    """

    engine = "embedded"
    dialect = EMBEDDED

    def __init__(
        self, folder: Path, ontology: Ontology, *, writable: bool = False, extractor: str = "",
        waiting: Callable[[str], None] | None = None,
    ) -> None:
        self.folder = folder
        self.ontology = ontology
        self._schema = schema_of(ontology)
        self._broader = {key: s.broader for key, s in ontology.subtypes.items() if s.broader}
        self._versions = Versions(folder)
        self._extractor = extractor
        self._waiting = waiting
        self._guard = threading.Lock()
        self._snapshot: _Snapshot | None = None
        self._confined = Confined()
        if not self._versions.current():
            if not writable:
                raise NoStore(f"there is no store at {folder}", hint="nqi load PATH… makes one")
            self._create()

    # ---- reading ---------------------------------------------------------------------------

    def read(
        self, statement: CypherStatement, *, limit: int | None = None, seconds: float | None = None
    ) -> Rows:
        """Rows of a statement on the current version. StatementError, StatementTimeout."""
        with self._reading() as snapshot:
            return snapshot.engine.read(statement.query, statement.params, limit, seconds)

    def read_confined(self, statement: CypherStatement, limits: Limits) -> Rows:
        """Rows of a statement that a person wrote, run in a process of its own within limits."""
        with self._reading() as snapshot:
            return self._confined.read(snapshot.engine.path, statement, limits)

    def pinned(self) -> GraphStore:
        """The current version, to be read whatever is loaded meanwhile; close it when done."""
        snapshot = self._borrow()
        try:
            own = self._versions.ontology(snapshot.number)
        except Unavailable:
            self._release(snapshot)
            raise
        return PinnedStore(snapshot, self._confined, own, lambda: self._release(snapshot))

    def entity_index(self) -> EntityIndex:
        """The names of the current version; ask for it anew after a load."""
        with self._reading() as snapshot:
            return snapshot.index

    def own_ontology(self) -> tuple[OwnFile, ...]:
        """The user's own ontology files that the current version was made with."""
        return self._versions.ontology(self._versions.current())

    def adopt(self, ontology: Ontology) -> None:
        """Go on with another ontology, as when a load has brought one."""
        with self._guard:
            self.ontology = ontology
            self._schema = schema_of(ontology)
            self._broader = {key: s.broader for key, s in ontology.subtypes.items() if s.broader}

    def documents(self) -> Mapping[str, str]:
        """Document id → digest of the bytes it was loaded from."""
        return self._versions.manifest(self._versions.current()).documents

    def version(self) -> int:
        """The number of the current version: changes with every load, undo and reset."""
        return self._versions.current()

    def content_hash(self) -> str:
        """The graph hash of contract §1, as kept with the version."""
        return self._versions.manifest(self._versions.current()).hash

    def recomputed_hash(self) -> str:
        """The graph hash counted from nothing; differs from ``content_hash`` only by a defect."""
        with self._reading() as snapshot, snapshot.engine.connection() as connection:
            schema = Schema({}, {}).grown_from(snapshot.manifest.schema)
            return recomputed_hash(WritingSession(connection), schema)

    def status(self) -> Status:
        with self._reading() as snapshot:
            return status_of(snapshot)

    @contextmanager
    def _reading(self) -> Iterator[_Snapshot]:
        snapshot = self._borrow()
        try:
            yield snapshot
        finally:
            self._release(snapshot)

    def _borrow(self) -> _Snapshot:
        """The current version, opened if it is not; the one before closes with its last user."""
        with self._guard:
            number = self._versions.current()
            if self._snapshot is None or self._snapshot.number != number:
                fresh = self._open(number)
                if self._snapshot is not None:
                    self._retire(self._snapshot)
                self._snapshot = fresh
            self._snapshot.users += 1
            return self._snapshot

    def _open(self, number: int) -> _Snapshot:
        for _ in range(10):
            if not number:
                break
            try:
                manifest = self._versions.manifest(number)
                graph, grown = self._versions.graph(number), None
                if self._schema.grown_from(manifest.schema).text() != manifest.schema:
                    grown = self._grown_copy(graph, manifest)
                    graph = Path(grown.name) / graph.name
                return _Snapshot(number, Engine(graph), self._versions.names(number), manifest, grown)
            except Unavailable:
                # several loads may have come and gone since ``current`` was read
                again = self._versions.current()
                if again == number:
                    raise
                number = again
        raise NoStore(f"there is no store at {self.folder}", hint="nqi load PATH… makes one")

    def _grown_copy(self, graph: Path, manifest: Manifest) -> tempfile.TemporaryDirectory[str]:
        """A copy with the tables that the ontology has got since the version was written, so that
        a question about a new class finds nothing instead of failing. The next load saves it."""
        folder = tempfile.TemporaryDirectory(prefix="nqi-", ignore_cleanup_errors=True)
        try:
            copy = Path(folder.name) / graph.name
            shutil.copyfile(graph, copy)
            engine = Engine(copy, writable=True)
            try:
                with engine.connection() as connection:
                    _grow(WritingSession(connection), self._schema.grown_from(manifest.schema))
            finally:
                engine.close()
        except FileNotFoundError:
            folder.cleanup()
            raise Unavailable(f"{graph} does not exist") from None
        return folder

    def _release(self, snapshot: _Snapshot) -> None:
        with self._guard:
            snapshot.users -= 1
            if snapshot.retired and snapshot.users == 0:
                snapshot.close()

    def _retire(self, snapshot: _Snapshot) -> None:
        snapshot.retired = True
        if snapshot.users == 0:
            snapshot.close()

    def close(self) -> None:
        self._confined.close()
        with self._guard:
            if self._snapshot is not None:
                self._retire(self._snapshot)
                self._snapshot = None

    # ---- writing ---------------------------------------------------------------------------

    def apply(
        self, contributions: Iterable[Contribution], *, remove: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> None:
        """Put in each document's contribution in place of what that document said before, and
        take back the documents in ``remove``. All or nothing, but that a long load publishes a
        version every so many documents, never in the middle of one; undo goes back to before all of them."""
        total = len(contributions) if isinstance(contributions, (list, tuple)) else 0
        removed = list(remove)
        coming = iter(contributions)
        done = 0
        with self._versions.writing(self._waiting):
            parent = self._versions.current()
            more = True
            while more:
                draft = self._versions.draft()
                with self._writer(draft) as (writer, session):
                    in_draft, in_use = 0, False
                    while more and in_draft < DOCUMENTS:
                        group, more = next_group(coming, DOCUMENTS - in_draft)
                        if group and in_use:  # not before: the engine writes while the group is made
                            session.renew()
                        writer.apply(group, removed)
                        in_use = True
                        removed = []
                        ended = sum(contribution.ends for contribution in group)
                        in_draft += ended
                        done += ended
                        if progress and group:
                            progress(done, total, group[-1].document)
                        del group  # before the next one is made
                self._publish(draft, writer, parent)

    def undo(self) -> bool:
        """Back to the version before the last load; False where there is none."""
        with self._versions.writing(self._waiting):
            return self._versions.undo()

    def reset(self) -> None:
        """Take away everything, the versions before too."""
        with self._versions.writing(self._waiting):
            self._empty_version()
            self._versions.forget()

    @contextmanager
    def copied(self) -> Iterator[GraphCopy]:
        """All that the current version holds, for another store."""
        with self._reading() as snapshot, snapshot.engine.connection() as connection:
            manifest = snapshot.manifest
            schema = Schema({}, {}).grown_from(manifest.schema)
            yield GraphCopy(
                manifest.hash, manifest.schema, manifest.extractor, manifest.nodes, manifest.relationships,
                manifest.documents, self._versions.ontology(snapshot.number),
                everything(WritingSession(connection), schema),
            )

    def become(self, copy: GraphCopy) -> None:
        """Hold what another store holds, in a new version that comes from none."""
        self._schema = self._schema.grown_from(copy.schema)
        self._extractor = copy.extractor
        with self._versions.writing(self._waiting):
            draft = self._versions.draft(empty=True)
            with self._writer(draft) as (writer, _):
                for part in parts_of(copy):
                    writer.restore(part)
                writer.graph_hash = GraphHash(copy.hash)
                writer.nodes.update(copy.nodes)
                writer.relationships.update(copy.relationships)
                writer.documents.update(copy.documents)
            self._publish(draft, writer, parent=0)

    def _create(self) -> None:
        with self._versions.writing(self._waiting):
            if not self._versions.current():
                self._empty_version()

    def _empty_version(self) -> None:
        draft = self._versions.draft(empty=True)
        with self._writer(draft) as (writer, _):
            pass
        self._publish(draft, writer, parent=0)

    @contextmanager
    def _writer(self, draft: Draft) -> Iterator[tuple[Writer, WritingSession]]:
        """A writer on the draft, and its session; afterwards the draft is a closed file again."""
        engine = Engine(draft.graph, writable=True)
        try:
            with engine.writing() as session:
                schema = self._schema.grown_from(draft.base.schema)
                if draft.base.schema != schema.text():
                    _grow(session, schema)
                writer = Writer(
                    session, schema, EMBEDDED, self._broader, GraphHash(draft.base.hash),
                    draft.base.nodes, draft.base.relationships, draft.base.documents,
                )
                session.rows("BEGIN TRANSACTION")
                yield writer, session
                with uncollected():
                    known = _all_named(writer)
                    if known:  # while the engine still writes
                        build(known, draft.names)
                    session.rows("COMMIT")
                    if not known and (writer.renamed or not draft.base.number):
                        build(_named(session, schema), draft.names)
                if not draft.names.exists():
                    draft.names.write_bytes(self._versions.names(draft.base.number).read_bytes())
        finally:
            engine.close()

    def _publish(self, draft: Draft, writer: Writer, parent: int) -> None:
        own = self.ontology.own or self._versions.ontology(draft.base.number)
        if own:
            draft.ontology.write_text(packed(own), "utf-8")
        self._versions.publish(draft, replace(
            draft.base, parent=parent, hash=writer.graph_hash.hex(),
            schema=self._schema.grown_from(draft.base.schema).text(),
            extractor=self._extractor or draft.base.extractor,
            nodes={n: c for n, c in sorted(writer.nodes.items()) if c},
            relationships={n: c for n, c in sorted(writer.relationships.items()) if c},
            documents=dict(sorted(writer.documents.items())),
        ))


def _grow(session: WritingSession, schema: Schema) -> None:
    tables = [str(row[0]) for row in session.rows("CALL show_tables() RETURN name")]
    session.rows("BEGIN TRANSACTION")
    for statement in growth(schema, tables):
        session.rows(statement)
    session.rows("COMMIT")


def _all_named(writer: Writer) -> list[Named]:
    """The nodes that have names, where the writer has put in all that there are; else none."""
    known = [named for named in writer.renamed.values() if named and named.cls not in UNNAMED]
    there = sum(count for label, count in writer.nodes.items() if label not in UNNAMED)
    return known if len(known) == there else []


def _named(session: WritingSession, schema: Schema) -> Iterator[Named]:
    for label in schema.nodes:
        if label in UNNAMED:
            continue
        query = f"MATCH (n:{quoted(label)}) RETURN n.id, n.name, n.aliases"
        for id_, name, aliases in session.rows(query):
            others = tuple(str(a) for a in aliases) if isinstance(aliases, list) else ()
            yield Named(str(id_), label, str(name), others)
