"""Hand-written Cypher on the store that is open: admitted, confined, read-only (contract §6)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from graph.store import GraphStore
from graph.types import CypherStatement, Limits
from qa_service.statements.admit import admit
from qa_service.statements.differences import differences


@dataclass(frozen=True)
class CypherResult:
    """Rows of a statement, with what to know about them (contract §4)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
    elapsed_ms: float
    engine: str
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "columns": list(self.columns),
            "rows": [[plain(v) for v in row] for row in self.rows],
            "truncated": self.truncated,
            "elapsed_ms": round(self.elapsed_ms, 1),
            "engine": self.engine,
            "warnings": list(self.warnings),
        }


def run_cypher(
    query: str, params: Mapping[str, object], url: str, *, limit: int = 1000, seconds: float = 10.0
) -> CypherResult:
    """Opens the store at ``url`` for one statement."""
    admitted = admit(query)  # first, so that a refusal opens nothing

    from graph.open import open_store
    from graph.own_ontology import ontology_of

    store = open_store(url, ontology_of(url), writable=False)
    try:
        return read_cypher(admitted, params, store, limit=limit, seconds=seconds)
    finally:
        store.close()


def read_cypher(
    query: str, params: Mapping[str, object], store: GraphStore, *, limit: int = 1000, seconds: float = 10.0
) -> CypherResult:
    """Rows of one statement; StatementError where it is not let through."""
    admitted = admit(query)
    started = time.perf_counter()
    rows = store.read_confined(CypherStatement(admitted, params), Limits(rows=limit, seconds=seconds))
    elapsed = (time.perf_counter() - started) * 1000
    warnings = differences(admitted) if store.dialect.OWN_MEANINGS else ()
    return CypherResult(
        rows.columns, rows.rows, rows.truncated, elapsed, store.engine, (*warnings, *rows.warnings)
    )


def plain(value: object) -> object:
    """A value as JSON can hold it: dates and other engine types as text."""
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(v) for v in value]
    return str(value)
