"""Clauses that bind observations."""

from __future__ import annotations

from ontology.structure import ABOUT, MEASURES, METRIC, OBSERVATION
from queries import logical_form as lf
from queries.check import classes_of
from queries.compile.observed import innermost, observed
from queries.compile.sets import Sets
from queries.compile.text import Clause, variable_for


def bind_observed(form: lf.ObservationSet, sets: Sets) -> tuple[list[Clause], str, str, str]:
    """Clauses that bind an observation, its subject and its metric, and the three variables."""
    inner = innermost(form)
    if isinstance(inner, lf.Recorded):
        subject, clauses = sets.names.variable("subject"), []
    else:
        subject = variable_for(classes_of(inner.subject, sets.ontology), sets.names)
        clauses = sets.bind(inner.subject, subject)
    observation, metric = sets.names.variable("observation"), sets.names.variable("metric")
    clauses.append(Clause(
        f"({subject})<-[:{ABOUT}]-({observation}:{OBSERVATION})-[:{MEASURES}]->({metric}:{METRIC})",
        observed(form, observation, subject, metric, sets.ontology, sets.names)))
    return clauses, observation, subject, metric
