"""Values that pass in and out of a store. Engine-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

#: what a property or parameter may be
Value = str | int | float | bool | None | list[str] | list[float] | list[int]


@dataclass(frozen=True)
class CypherStatement:
    """One parameterised Cypher statement.

    >>> CypherStatement("MATCH (n:Chain {id: $id}) RETURN n.name AS name", {"id": "chain:工程机械"})
    """

    query: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Rows of a statement, in order. ``truncated`` where the row limit cut them; ``warnings`` is
    what the engine has to say of the statement (a label that nothing has …)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """What a statement that a person wrote may take: ``memory`` in bytes above what its process has
    anyway, ``bytes`` of the result as text."""

    rows: int = 1000
    seconds: float = 10.0
    memory: int = 1 << 30
    bytes: int = 16 << 20


class Support(NamedTuple):
    """One passage that supports a node, relationship or observation (contract §1). A tuple, as a load
    makes, hashes and sorts one for each fact.

    ``passage``: ``DOC#120-180`` · ``DOC#Sheet1!A5:F5`` · ``DOC#triple:N``.
    ``stated_as``: for nodes ``name=…``, ``alias=…``, ``code=…``, ``subtype=…`` or another
    attribute in the same spelling; for relationships and observations the keys as
    stated, ``subject>object``, empty where they are the ends' own.
    ``source``: id of a Source node, empty where none.
    """

    passage: str
    stated_as: str = ""
    source: str = ""

    @property
    def document(self) -> str:
        """Document id: what stands before the last ``#``."""
        return self.passage.rpartition("#")[0]


@dataclass(frozen=True)
class NodeStatement:
    """What one document says of a node: its id, class and supports.

    The properties name, aliases, code, subtype are *derived* from all supports of all
    documents (``graph/write.py``), so they are not given here; ``properties`` holds the
    rest, and only for nodes that a single document owns (observations, sections, passages,
    contents, coverage): those are never merged.
    """

    id: str
    cls: str
    supports: tuple[Support, ...]
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class RelationshipStatement:
    """What one document says of a relationship. ``id`` by ``graph.ids.relationship_id``."""

    id: str
    type: str
    source: str
    source_class: str
    target: str
    target_class: str
    supports: tuple[Support, ...]
    polarity: str = "stated"
    qualifiers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Contribution:
    """All that one document puts into the graph; a pure function of its bytes, the
    ontology, the gazetteer and people's decisions. The graph is the merge of the
    contributions, in whatever order (contract §1).

    A long document comes in parts, one right behind the other: ``begins`` with the first of them, which
    takes the place of what the document said before, and complete where one ``ends``. The ends of a
    later part's relationships are named in it or in an earlier one."""

    document: str
    digest: str
    nodes: tuple[NodeStatement, ...]
    relationships: tuple[RelationshipStatement, ...]
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True)
class Status:
    """``nqi status --json`` (contract §4)."""

    hash: str
    documents: int
    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    conflicts: int
    engine: str
    version: str
    extractor: str
