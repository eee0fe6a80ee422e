"""Is X a wetland reserve? Where X is recorded as a forest reserve, the answer is no."""

from __future__ import annotations

from dataclasses import dataclass

from graph.types import CypherStatement
from ontology.model import Subtype
from qa_service.answering.evidence import Reference, references_of
from qa_service.session import Session
from queries.logical_form import Both, Entity, Exists, Instances, LogicalForm

_QUERY = """\
MATCH (x)
WHERE x.id = $id
RETURN x.subtype AS subtype, x.passages AS passages, x.sources AS sources"""


@dataclass(frozen=True)
class OtherKind:
    """The finer class that a thing is recorded as, and where that stands."""

    subtype: Subtype
    references: tuple[Reference, ...]
    statement: CypherStatement


def other_kind(form: LogicalForm, session: Session) -> OtherKind | None:
    """The recorded finer class of a thing that is asked to be of another one, where the ontology says
    that nothing can be of both (owl:disjointWith); else None."""
    if not isinstance(form, Exists) or not isinstance(form.source, Both):
        return None
    thing, kind = form.source.left, form.source.right
    if not isinstance(thing, Entity) or not isinstance(kind, Instances) or not kind.subtype:
        return None
    statement = CypherStatement(_QUERY, {"id": thing.id})
    for recorded, passages, sources in session.store.read(statement).rows:
        known = session.ontology.subtypes.get(str(recorded or ""))
        if known is not None and session.ontology.exclude_each_other(known.key, kind.subtype):
            return OtherKind(known, tuple(references_of(passages, sources)), statement)
    return None
