"""``Both(A, A)`` and ``Either(A, A)`` are ``A``."""

from __future__ import annotations

from ontology.model import Ontology
from queries.logical_form import Both, Either, LogicalForm


def same_sides(form: LogicalForm, ontology: Ontology) -> LogicalForm:
    if isinstance(form, Both | Either) and form.left == form.right:
        return form.left
    return form
