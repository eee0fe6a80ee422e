"""``Within(Within(A, P), P)`` is ``Within(A, P)``: a question often names its place twice."""

from __future__ import annotations

from ontology.model import Ontology
from queries.logical_form import LogicalForm, Within


def nested_within(form: LogicalForm, ontology: Ontology) -> LogicalForm:
    if isinstance(form, Within) and isinstance(form.source, Within) and form.place == form.source.place:
        return form.source
    return form
