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
    about = innermost(form).subject
    subject = variable_for(classes_of(about, sets.ontology), sets.names)
    observation, metric = sets.names.variable("observation"), sets.names.variable("metric")
    clauses = sets.bind(about, subject)
    clauses.append(Clause(
        f"({subject})<-[:{ABOUT}]-({observation}:{OBSERVATION})-[:{MEASURES}]->({metric}:{METRIC})",
        observed(form, observation, subject, metric, sets.ontology, sets.names)))
    return clauses, observation, subject, metric
