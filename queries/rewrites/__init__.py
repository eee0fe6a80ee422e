"""Normal form: small rewrites, one a file, each a function of one node whose parts are
normal already. They are kept to those that make the Cypher shorter or faster.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Final

from ontology.model import Ontology
from queries.logical_form import LogicalForm
from queries.rewrites.merge_instances import merge_instances
from queries.rewrites.nested_within import nested_within
from queries.rewrites.same_sides import same_sides
from queries.rewrites.within_inside import within_inside

Rewrite = Callable[[LogicalForm, Ontology], LogicalForm]

REWRITES: Final[tuple[Rewrite, ...]] = (same_sides, merge_instances, within_inside, nested_within)


def rewrite(form: LogicalForm, ontology: Ontology) -> LogicalForm:
    """``form`` in normal form: from the leaves up, until nothing changes."""
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(form):
        value = getattr(form, field.name)
        if dataclasses.is_dataclass(value):
            new = rewrite(value, ontology)  # type: ignore[arg-type]
            if new is not value:
                changed[field.name] = new
    if changed:
        form = dataclasses.replace(form, **changed)
    for one in REWRITES:
        new = one(form, ontology)
        if new != form:
            return rewrite(new, ontology)
    return form
