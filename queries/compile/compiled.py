"""What compiling gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.types import CypherStatement

#: entities: id name class subtype · observations, values: OBSERVATION_COLUMNS · property: id name value ·
#: number: see columns · truth: truth n · groups: id name class n · path: one row · describe · cite
Kind = Literal[
    "entities", "observations", "values", "property", "number", "truth", "groups", "path", "describe", "cite",
    "passages",
]

#: columns of every witness and denial; the relation's qualifiers follow them
WITNESS_COLUMNS = (
    "item", "id", "type", "source", "source_name", "source_class", "target", "target_name", "target_class",
    "passages", "sources",
)


@dataclass(frozen=True)
class Witness:
    """A statement that, given ``$ids`` (answers' node ids), returns the relationships that
    made each ``item`` of them an answer (or, as a denial, that deny it of them)."""

    statement: CypherStatement
    columns: tuple[str, ...]
    relation: str

    def of(self, ids: Sequence[str]) -> CypherStatement:
        """The statement for these answers; one that knows its own ids (what denies a claim)
        keeps them."""
        return CypherStatement(self.statement.query, {"ids": list(ids), **self.statement.params})


@dataclass(frozen=True)
class Cover:
    """What a coverage declaration must cover so that nothing recorded means nothing there
    (contract §3): any one of ``of`` (a relation, class or subtype), at ``place`` or a wider
    one ("" is everywhere), in ``period`` ("" is any)."""

    of: tuple[str, ...]
    place: str = ""
    period: str = ""


@dataclass(frozen=True)
class Compiled:
    """A form as one statement, with what an answer needs besides its rows.

    ``items`` is what was counted, added up or asked for: the compiled source of a Count,
    Sum, Average, Exists."""

    statement: CypherStatement
    columns: tuple[str, ...]
    kind: Kind
    witnesses: tuple[Witness, ...] = ()
    denials: tuple[Witness, ...] = ()
    covers: tuple[Cover, ...] = ()
    items: Compiled | None = None
