"""Answers of the parts of one question → one answer."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.answer_types import Answer
from qa_service.questions.question import Question


def together(question: Question, parts: Sequence[Answer]) -> Answer:
    """One answer that says what each part gave; a part without an answer says so in the text."""
    answered = [p for p in parts if p.status == "answered"]
    same = len({p.columns for p in answered}) == 1
    rows = _rows(answered) if same else {}
    return Answer(
        id="",
        question=question.text,
        status="answered",
        text=" ".join(dict.fromkeys(p.text for p in parts)),
        answers=tuple(dict.fromkeys(a for p in answered for a in p.answers)),
        reading="；".join(dict.fromkeys(p.reading for p in answered if p.reading)),
        logical_form="; ".join(dict.fromkeys(p.logical_form for p in answered if p.logical_form)),
        confidence=min(p.confidence for p in answered),
        signs=min(answered, key=lambda p: p.confidence).signs,
        notes=tuple(dict.fromkeys(n for p in parts for n in p.notes)),
        columns=answered[0].columns if same else (),
        rows=tuple(rows),
        row_basis=tuple(None for _ in rows),
        row_ids=tuple(ident for ident, _ in rows.values()),
        row_passages=tuple(passages for _, passages in rows.values()),
        total=len(rows) + sum(max(0, p.total - len(p.rows)) for p in answered if same),
        evidence=tuple(dict.fromkeys(e for p in answered for e in p.evidence)),
        conflicts=tuple(dict.fromkeys(c for p in answered for c in p.conflicts)),
        cypher=tuple(c for p in answered for c in p.cypher),
        nodes=tuple({n.id: n for p in answered for n in p.nodes}.values()),
        edges=tuple({e.id: e for p in answered for e in p.edges}.values()),
        engine=answered[0].engine,
        lacking=len(parts) - len(answered),
    )


_Row = tuple[str | None, tuple[str, ...]]


def _rows(parts: Sequence[Answer]) -> dict[tuple[str, ...], _Row]:
    """The rows of all parts, each once, with the thing that it names and its passages."""
    found: dict[tuple[str, ...], _Row] = {}
    for part in parts:
        of = zip(part.row_ids, part.row_passages, strict=True)
        for row, (ident, passages) in zip(part.rows, of, strict=True):
            found.setdefault(row, (ident, passages))
    return found
