"""The answer that a question goes on from, as far as it matters for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ontology.errors import NotationError
from qa_service.answering.answer_types import Evidence
from queries.logical_form import LogicalForm
from queries.notation import read


@dataclass(frozen=True)
class Before:
    """An answer that was given. ``question`` is what it answered, complete by itself; "" where
    the answer is not kept any more. ``form`` is None where it has none that can be edited."""

    id: str
    question: str = ""
    form: LogicalForm | None = None
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    #: the form as it was given, also one of several parts
    notation: str = ""
    #: the periods of the figures that were shown
    periods: tuple[str, ...] = ()

    @classmethod
    def kept(cls, ident: str, answer: Mapping[str, object] | None) -> Before:
        """From the JSON that is kept of an answer (``answers.py``).

        >>> Before.kept("a1", None).question
        ''
        """
        if answer is None:
            return cls(ident)
        given = cast("Mapping[str, Any]", answer)
        return cls(
            ident,
            str(given.get("asked") or given["question"]),
            _form(str(given["logical_form"])),
            tuple(map(str, given["answers"])),
            _evidence(given["evidence"]),
            float(given["confidence"]),
            str(given["logical_form"]),
            _periods(given["columns"], given["rows"]),
        )


def _form(text: str) -> LogicalForm | None:
    """None for the forms of several parts, and for none."""
    try:
        return read(text)
    except NotationError:
        return None


def _evidence(rows: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**{k: row.get(k) for k in Evidence.__dataclass_fields__}) for row in rows)  # type: ignore[arg-type]


def _periods(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    at = next((n for n, name in enumerate(columns) if name in ("时间", "period")), None)
    return () if at is None else tuple(dict.fromkeys(row[at] for row in rows if row[at]))
