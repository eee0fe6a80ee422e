"""One version of an embedded store, read as a store of its own for as long as it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from graph.conflicts import count_conflicts
from graph.dialect import EMBEDDED
from graph.entity_index import EntityIndex
from graph.store import GraphStore, Progress
from graph.stores.engine import Engine
from graph.types import Contribution, CypherStatement, Limits, Rows, Status
from graph.versions import Manifest
from graph.whole import GraphCopy
from ontology.errors import Unavailable
from ontology.model import Ontology
from ontology.own_files import OwnFile

if TYPE_CHECKING:
    from graph.stores.confined import Confined


class Snapshot(Protocol):
    """What an open version consists of."""

    number: int
    engine: Engine
    manifest: Manifest
    index: EntityIndex
    conflicts: int | None


class PinnedStore:
    """A ``GraphStore`` that goes on reading one version, whatever is loaded meanwhile. ``released`` is
    called once, when it is closed."""

    engine = "embedded"
    dialect = EMBEDDED

    def __init__(
        self, snapshot: Snapshot, confined: Confined, own: tuple[OwnFile, ...], released: Callable[[], None]
    ) -> None:
        self._snapshot = snapshot
        self._confined = confined
        self._own = own
        self._released: Callable[[], None] | None = released

    def read(
        self, statement: CypherStatement, *, limit: int | None = None, seconds: float | None = None
    ) -> Rows:
        return self._snapshot.engine.read(statement.query, statement.params, limit, seconds)

    def read_confined(self, statement: CypherStatement, limits: Limits) -> Rows:
        return self._confined.read(self._snapshot.engine.path, statement, limits)

    def entity_index(self) -> EntityIndex:
        return self._snapshot.index

    def own_ontology(self) -> tuple[OwnFile, ...]:
        return self._own

    def adopt(self, ontology: Ontology) -> None:
        """Nothing to do: what is open has its tables already."""

    def documents(self) -> Mapping[str, str]:
        return self._snapshot.manifest.documents

    def version(self) -> int:
        return self._snapshot.number

    def content_hash(self) -> str:
        return self._snapshot.manifest.hash

    def status(self) -> Status:
        return status_of(self._snapshot)

    def pinned(self) -> GraphStore:
        return self

    def close(self) -> None:
        if self._released is not None:
            self._released()
            self._released = None

    def recomputed_hash(self) -> str:
        raise _read_only()

    def apply(
        self,
        contributions: Iterable[Contribution],
        *,
        remove: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> None:
        raise _read_only()

    def undo(self) -> bool:
        raise _read_only()

    def copied(self) -> AbstractContextManager[GraphCopy]:
        raise _read_only()

    def become(self, copy: GraphCopy) -> None:
        raise _read_only()

    def reset(self) -> None:
        raise _read_only()


def status_of(snapshot: Snapshot) -> Status:
    """What is in a version; its conflicts are counted once."""
    if snapshot.conflicts is None:
        snapshot.conflicts = count_conflicts(lambda s: snapshot.engine.read(s.query, s.params, None, None))
    manifest = snapshot.manifest
    return Status(
        hash=manifest.hash,
        documents=len(manifest.documents),
        nodes=dict(manifest.nodes),
        relationships=dict(manifest.relationships),
        conflicts=snapshot.conflicts,
        engine=PinnedStore.engine,
        version=f"{manifest.number:04d}",
        extractor=manifest.extractor,
    )


def _read_only() -> Unavailable:
    return Unavailable("a version is only read", hint="open the store to change it")
