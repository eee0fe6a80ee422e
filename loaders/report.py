"""What a load did: ``LoadReport`` (contract §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from loaders.facts import Rejection

Outcome = Literal["loaded", "replaced", "unchanged", "failed"]

#: exit codes of the command line (contract §5)
DONE: Final = 0
FAILED: Final = 1
PARTLY: Final = 3


@dataclass(frozen=True)
class DocumentReport:
    """``replaced``: a document of this id was there with other bytes. ``unchanged``: with these."""

    id: str
    status: Outcome
    facts: int = 0


@dataclass(frozen=True)
class LoadReport:
    """Every document with what came of it, and everything that did not reach the graph."""

    documents: tuple[DocumentReport, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    seconds: float = 0.0

    @property
    def facts(self) -> int:
        return sum(document.facts for document in self.documents)

    @property
    def exit_code(self) -> int:
        """0 all done · 3 some of it rejected · 1 nothing could be loaded."""
        if self.documents and all(document.status == "failed" for document in self.documents):
            return FAILED
        return PARTLY if self.rejections else DONE

    def to_json(self) -> Mapping[str, object]:
        """The object that ``--report``, ``--json`` and the API give."""
        return {
            "documents": [{"id": d.id, "status": d.status, "facts": d.facts} for d in self.documents],
            "facts": self.facts,
            "rejections": [{"document": r.document, "where": r.where, "code": r.code, "reason": r.reason}
                           for r in self.rejections],
            "seconds": round(self.seconds, 3),
        }
