"""Sets of observations: what must hold of an observation, its subject and its metric."""

from __future__ import annotations

from typing import Final

from ontology.model import Ontology
from ontology.structure import ABOUT, MEASURES, METRIC, OBSERVATION
from queries import logical_form as lf
from queries.compile.text import Names, any_of, exists
from queries.period import bounds
from queries.terms import narrower_metrics

_PREFIX: Final = f"{METRIC.lower()}:"
#: comparison → the bounds of a figure that leave it open
_AGAINST: Final = {">": ("<", "<="), ">=": ("<", "<="), "<": (">", ">="), "<=": (">", ">=")}


def observed(
    form: lf.ObservationSet, observation: str, subject: str, metric: str, ontology: Ontology, names: Names
) -> list[str]:
    """Conditions on the three variables; the subject's own are not among them."""
    if isinstance(form, lf.Compared):
        conditions = observed(form.source, observation, subject, metric, ontology, names)
        conditions.append(_compared(form, observation, names))
        if form.unit:
            conditions.append(f"{observation}.base_unit = {names.value('unit', form.unit)}")
        return conditions
    if isinstance(form, lf.Recorded):
        return [f"{observation}.id IN {names.value('observations', list(form.ids))}"]
    conditions = []
    if form.metric:
        key = form.metric.removeprefix(_PREFIX)
        wanted = [_PREFIX + narrower for narrower in narrower_metrics(ontology, key)]
        conditions.append(f"{metric}.id IN {names.value('metrics', wanted)}")
    conditions += _alike(form, observation, names)
    return conditions + _in_period(form, observation, subject, metric, names)


def _compared(form: lf.Compared, observation: str, names: Names) -> str:
    """The figure beside a number; one with a bound only where that says it: over 8 is more than 8, and
    under 60 is not known to be more than 50."""
    figure, number = f"{observation}.base_value", names.value("value", float(form.value))
    if form.op not in _AGAINST:
        return f"{figure} {'<>' if form.op == '!=' else form.op} {number}"
    bound = f"coalesce({observation}.bound, '=')"
    beyond = f"{figure} {form.op} {number}"
    if form.op in ("<", ">"):
        beyond = f"({beyond} OR ({bound} = '{form.op}' AND {figure} = {number}))"
    return f"(NOT {bound} IN {names.value('against', list(_AGAINST[form.op]))} AND {beyond})"


def innermost(form: lf.ObservationSet) -> lf.Observations | lf.Recorded:
    while isinstance(form, lf.Compared):
        form = form.source
    return form


def _alike(form: lf.Observations, observation: str, names: Names) -> list[str]:
    """Kind and scope: what an observation shares with those that it is compared with."""
    conditions = []
    if form.kind:
        conditions.append(f"{observation}.value_kind = {names.value('kind', form.kind)}")
    elif not form.period:
        # a target lies ahead of every figure on record and would always be the latest
        conditions.append(f"{observation}.value_kind <> {names.value('not_kind', 'target')}")
    for word in form.scope:
        said = names.value("scope", word)
        scope = f"coalesce({observation}.scope, '')"
        conditions.append(f"({observation}.metric CONTAINS {said} OR {scope} CONTAINS {said})")
    return conditions


def _in_period(
    form: lf.Observations, observation: str, subject: str, metric: str, names: Names
) -> list[str]:
    """Without a period the latest on record of this subject and metric. With one, those of
    it; where there are none, those that lie inside it (of 2024 a half-year's, say)."""
    other = names.variable("other")
    pattern = f"({subject})<-[:{ABOUT}]-({other}:{OBSERVATION})-[:{MEASURES}]->({metric})"
    alike = _alike(form, other, names)
    if not form.period:
        # Two subqueries: the embedded engine joins a subquery by the outer values that it names,
        # so one that is null finds nothing there, not even behind coalesce() or IS NULL.
        later = exists(pattern, [*alike, f"{other}.`end` > {observation}.`end`"])
        dated = exists(pattern, [*alike, f"{other}.`end` IS NOT NULL"])
        return [any_of([
            f"({observation}.`end` IS NOT NULL\nAND NOT {later})",
            f"({observation}.`end` IS NULL\nAND NOT {dated})",
        ])]
    period = names.value("period", form.period)
    days = bounds(form.period)
    same = f"{observation}.period = {period}"
    if days is None:
        return [same]
    inside = (f"{observation}.start >= {names.value('first_day', days[0])}"
              f" AND {observation}.`end` <= {names.value('last_day', days[1])}")
    exact = exists(pattern, [f"{other}.period = {period}", *alike])
    return [f"({same}\n OR ({inside}\n  AND NOT {exact}))"]
