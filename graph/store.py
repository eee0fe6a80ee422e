"""What a store promises (``GraphStore``); ``graph/open.py`` opens one.

Both engines hold the same graph and give the same answers; the conformance suite in
``tests/conformance`` is run on each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from graph.dialect import Dialect
from graph.entity_index import EntityIndex
from graph.types import Contribution, CypherStatement, Limits, Rows, Status
from graph.whole import GraphCopy
from ontology.model import Ontology
from ontology.own_files import OwnFile

#: (done, total, what): called while documents are written
Progress = Callable[[int, int, str], None]


class GraphStore(Protocol):
    """One graph, readable by many, written by one at a time."""

    engine: str  # "embedded" | "neo4j"
    dialect: Dialect

    def read(
        self, statement: CypherStatement, *, limit: int | None = None, seconds: float | None = None
    ) -> Rows:
        """Rows of a statement that only reads. StatementError, StatementTimeout."""
        ...

    def read_confined(self, statement: CypherStatement, limits: Limits) -> Rows:
        """Rows of a statement that a person wrote and that was admitted: it can neither write nor take
        more than the limits, whatever it is. StatementError, StatementTimeout."""
        ...

    def pinned(self) -> GraphStore:
        """The graph as it is now, whatever is loaded while it is read; close it when done. Where the
        engine cannot hold a version, each read sees what is current."""
        ...

    def apply(
        self, contributions: Iterable[Contribution], *, remove: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> None:
        """Put in each document's contribution in place of what that document said before,
        and take back the documents in ``remove``. One new version; all or nothing
        (a long load publishes a version every so many documents)."""
        ...

    def undo(self) -> bool:
        """Back to the version before the last load; False where there is none."""
        ...

    def status(self) -> Status: ...

    def own_ontology(self) -> tuple[OwnFile, ...]:
        """The user's own ontology files that the graph, as it is now, was made with."""
        ...

    def adopt(self, ontology: Ontology) -> None:
        """Go on with another ontology, as when a load has brought one."""
        ...

    def documents(self) -> Mapping[str, str]:
        """Document id → digest of the bytes it was loaded from: what is loaded now."""
        ...

    def version(self) -> int:
        """Changes with every load, undo and reset."""
        ...

    def entity_index(self) -> EntityIndex:
        """The names of the graph as it is now; ask for it anew when ``version`` has changed."""
        ...

    def content_hash(self) -> str:
        """The graph hash of contract §1, 64 hex digits."""
        ...

    def recomputed_hash(self) -> str:
        """The graph hash counted from nothing: differs from ``content_hash`` only by a defect."""
        ...

    def copied(self) -> AbstractContextManager[GraphCopy]:
        """All that is there, for another store."""
        ...

    def become(self, copy: GraphCopy) -> None:
        """Hold what another store holds, in place of what is here; undo does not reach behind it."""
        ...

    def reset(self) -> None:
        """Take away everything."""
        ...

    def close(self) -> None: ...
