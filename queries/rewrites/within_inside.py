"""``Within(Except(A, B), P)`` is ``Except(Within(A, P), B)``: what is asked of a place is asked
before the gap, so that coverage is looked up for that place."""

from __future__ import annotations

from ontology.model import Ontology
from queries.logical_form import Except, LogicalForm, Within


def within_inside(form: LogicalForm, ontology: Ontology) -> LogicalForm:
    if isinstance(form, Within) and isinstance(form.source, Except):
        return Except(Within(form.source.source, form.place), form.source.excluded)
    return form
