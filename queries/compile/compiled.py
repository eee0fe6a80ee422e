"""What compiling gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.types import CypherStatement, Rows

#: entities: id name class subtype · observations, values: OBSERVATION_COLUMNS · property: id name value ·
#: number: see columns · truth: truth n · groups: id name class n · path: a row a way · describe · cite
Kind = Literal[
    "entities", "observations", "values", "property", "number", "truth", "groups", "path", "describe", "cite",
    "passages", "qualifier",
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
    Sum, Average, Exists. ``first``: of ranked observations or groups so many are asked for (``cut``)."""

    statement: CypherStatement
    columns: tuple[str, ...]
    kind: Kind
    witnesses: tuple[Witness, ...] = ()
    denials: tuple[Witness, ...] = ()
    covers: tuple[Cover, ...] = ()
    items: Compiled | None = None
    first: int = 0

    def cut(self, rows: Rows) -> Rows:
        """Of rows ranked by value the first, and those level with the last of them. Several figures of one
        thing and metric are one place in the order.

        Not by LIMIT, which would keep one of several that are level; and a statement that finds the
        value first is one that the embedded engine gets wrong (it takes LIMIT without the order
        where an aggregate follows)."""
        if not self.first or len(rows.rows) <= self.first:
            return rows
        at = self.columns.index("n" if self.kind == "groups" else "base_value")
        of = [self.columns.index(c) for c in ("subject", "metric_id") if c in self.columns]
        ranked = [tuple(row[i] for i in of) or n for n, row in enumerate(rows.rows)]
        first = list(dict.fromkeys(ranked))[: self.first]
        last = rows.rows[ranked.index(first[-1])][at]
        end = next((n for n, one in enumerate(ranked) if one not in first), len(ranked))
        kept = tuple(row for n, row in enumerate(rows.rows) if n < end or row[at] == last)
        return replace(rows, rows=kept, truncated=False)
