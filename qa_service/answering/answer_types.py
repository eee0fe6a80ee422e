"""The answer to a question, in the shape of AskResponse (contract §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

StatusWord = Literal["answered", "no_data", "not_understood", "ambiguous"]


@dataclass(frozen=True)
class Evidence:
    """A passage that the answer rests on. ``quote`` is an exact substring of the document
    from ``start`` to ``end``; for tables ``cells`` is given instead and quotes the row."""

    document: str
    section: str
    quote: str
    start: int | None = None
    end: int | None = None
    cells: str | None = None
    url: str | None = None
    grade: str | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "document": self.document,
            "section": self.section,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "cells": self.cells,
            "url": self.url,
            "grade": self.grade,
        }


@dataclass(frozen=True)
class Disagreement:
    """Values of one thing that differ: a conflict, or a divergence and in what."""

    of: str
    values: tuple[str, ...]
    kind: Literal["conflict", "divergence"]
    differs_in: tuple[str, ...] = ()
    #: the passages of each value
    passages: tuple[tuple[str, ...], ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "of": self.of,
            "values": list(self.values),
            "kind": self.kind,
            "differs_in": list(self.differs_in),
            "passages": [list(p) for p in self.passages],
        }


@dataclass(frozen=True)
class ShownCypher:
    query: str
    params: Mapping[str, object]

    def to_json(self) -> dict[str, object]:
        return {"query": self.query, "params": dict(self.params)}


@dataclass(frozen=True)
class GraphNode:
    id: str
    cls: str
    name: str

    def to_json(self) -> dict[str, object]:
        return {"id": self.id, "class": self.cls, "name": self.name}


@dataclass(frozen=True)
class GraphEdge:
    id: str
    type: str
    source: str
    target: str
    passages: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "type": self.type,
            "source": self.source,
            "target": self.target,
            "passages": list(self.passages),
        }


@dataclass(frozen=True)
class Answer:
    """One answer, complete: what was understood, what was found and what it rests on."""

    id: str
    question: str
    status: StatusWord
    text: str
    answers: tuple[str, ...] = ()
    reading: str = ""
    logical_form: str = ""
    confidence: float = 0.0
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    row_basis: tuple[str | None, ...] = ()
    #: the thing that a row names, and the passages that it rests on: one entry a row
    row_ids: tuple[str | None, ...] = ()
    row_passages: tuple[tuple[str, ...], ...] = ()
    #: how many rows there are; more than ``rows`` where only the first are given
    total: int = 0
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Disagreement, ...] = ()
    cypher: tuple[ShownCypher, ...] = ()
    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()
    suggestions: tuple[str, ...] = ()
    engine: str = "embedded"
    #: the question complete by itself, where it goes on from the one before
    asked: str = ""
    #: parts of the question that were not answered
    lacking: int = 0
    elapsed_ms: float = field(default=0.0, compare=False)
    #: what the confidence was made from (``readings/belief.py``)
    signs: tuple[float, ...] = ()

    @property
    def score(self) -> float:
        """What the ranking gave the reading, for comparing readings of one question."""
        return self.signs[0] if self.signs else 0.0

    def to_json(self) -> dict[str, object]:
        """The AskResponse of contract §4."""
        return {
            "id": self.id,
            "question": self.question,
            "asked": self.asked,
            "status": self.status,
            "answers": list(self.answers),
            "text": self.text,
            "reading": self.reading,
            "logical_form": self.logical_form,
            "confidence": round(self.confidence, 3),
            "notes": list(self.notes),
            "columns": list(self.columns),
            "rows": [list(r) for r in self.rows],
            "row_basis": list(self.row_basis),
            "row_ids": list(self.row_ids),
            "row_passages": [list(p) for p in self.row_passages],
            "total": max(self.total, len(self.rows)),
            "evidence": [e.to_json() for e in self.evidence],
            "conflicts": [c.to_json() for c in self.conflicts],
            "cypher": [c.to_json() for c in self.cypher],
            "graph": {
                "nodes": [n.to_json() for n in self.nodes],
                "edges": [e.to_json() for e in self.edges],
            },
            "suggestions": list(self.suggestions),
            "engine": self.engine,
            "elapsed_ms": round(self.elapsed_ms, 1),
        }
