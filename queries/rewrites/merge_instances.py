"""``Both(Instances(C), A)`` is ``A`` where every thing of ``A`` is a ``C`` anyway."""

from __future__ import annotations

from ontology.model import Ontology
from queries.check import classes_of
from queries.logical_form import Both, Instances, LogicalForm


def merge_instances(form: LogicalForm, ontology: Ontology) -> LogicalForm:
    if isinstance(form, Both):
        for plain, other in ((form.left, form.right), (form.right, form.left)):
            if (isinstance(plain, Instances) and not plain.subtype
                    and classes_of(other, ontology) <= classes_of(plain, ontology)):
                return other
    return form
