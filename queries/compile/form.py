"""Every form as one statement: the main function, and one function per group of forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.dialect import Dialect
from graph.types import CypherStatement
from ontology.errors import UnsupportedForm
from ontology.model import Ontology
from queries import logical_form as lf
from queries.check import check, classes_of, is_entity_set
from queries.compile.bind import bind_observed
from queries.compile.calculated import against, rest, two_sided
from queries.compile.compiled import Compiled, Witness
from queries.compile.path import path
from queries.compile.qualifier import qualifier
from queries.compile.sets import Sets
from queries.compile.text import Clause, Names, any_of, exists, labelled, quote, statement, variable_for
from queries.compile.whole import cite, describe, passages
from queries.compile.witnesses import (
    covers,
    denials,
    denials_of_claim,
    observation_witnesses,
    witnesses,
)
from queries.logical_form import LogicalForm
from queries.rewrites import rewrite
from queries.terms import across, alternatives

ENTITY_COLUMNS: Final = ("id", "name", "class", "subtype")
OBSERVATION_COLUMNS: Final = (
    "id", "subject", "subject_name", "subject_class", "metric_id", "metric_name", "metric", "period", "start",
    "end", "value", "low", "high", "text", "unit", "base_value", "base_unit", "bound", "value_kind", "scope",
    "passages", "stated_as", "sources",
)


def compile(  # noqa: A001 (the room's word for it)
    form: LogicalForm, ontology: Ontology, dialect: Dialect
) -> Compiled:
    """``form`` as one parameterised statement in the portable core.

    IllTypedForm where the ontology does not allow it, UnsupportedForm where it has no Cypher.
    The statement only reads, names every column, and orders its rows with the id last.
    """
    check(form, ontology)
    return _compiled(rewrite(form, ontology), ontology, dialect)


def _compiled(form: LogicalForm, ontology: Ontology, dialect: Dialect) -> Compiled:
    if is_entity_set(form):
        return _entities(form, ontology)
    if isinstance(form, lf.ObservationSet):
        return _observations(form, ontology)
    if isinstance(form, lf.Value):
        inner = _observations(form.source, ontology)
        return Compiled(inner.statement, inner.columns, "values", inner.witnesses)
    if isinstance(form, lf.Least | lf.Most | lf.Top):
        return _extreme(form, ontology)
    if isinstance(form, lf.GroupBy):
        return _groups(form, ontology)
    if isinstance(form, lf.Count | lf.Exists):
        return _counted(form, ontology)
    if isinstance(form, lf.Sum | lf.Average):
        return _added(form, ontology)
    if isinstance(form, lf.Difference | lf.Ratio | lf.Shifted | lf.Attained):
        return two_sided(form, ontology)
    if isinstance(form, lf.Rest):
        return rest(form, ontology)
    if isinstance(form, lf.Against):
        return _against(form, ontology)
    if isinstance(form, lf.Property):
        return _property(form, ontology)
    if isinstance(form, lf.Qualifier):
        return qualifier(form, ontology)
    if isinstance(form, lf.Path):
        return path(form, ontology, dialect)
    if isinstance(form, lf.Describe):
        return describe(form, ontology)
    if isinstance(form, lf.Cite):
        return cite(form, ontology)
    if isinstance(form, lf.Passages):
        return passages(form)
    raise UnsupportedForm(f"{type(form).__name__} has no Cypher yet")


def _entities(form: lf.EntitySet, ontology: Ontology) -> Compiled:
    names = Names()
    x = variable_for(classes_of(form, ontology), names)
    clauses = Sets(ontology, names).bind(form, x)
    returned = ",\n  ".join(f"{x}.{quote(c)} AS {quote(c)}" for c in ENTITY_COLUMNS)
    query = statement(clauses, f"RETURN DISTINCT\n  {returned}", "ORDER BY name, id")
    return Compiled(CypherStatement(query, names.params), ENTITY_COLUMNS, "entities",
                    witnesses(form, ontology), denials(form, ontology), covers(form, ontology))


def _property(form: lf.Property, ontology: Ontology) -> Compiled:
    names = Names()
    x = variable_for(classes_of(form.source, ontology), names)
    field = f"{x}.{quote(form.property)}"
    clauses = Sets(ontology, names).bind(form.source, x)
    columns = ("id", "name", "value", "passages", "stated_as", "sources")
    query = statement(
        clauses, f"WITH DISTINCT {x}", f"WHERE {field} IS NOT NULL",
        f"RETURN {x}.id AS id, {x}.name AS name, {field} AS value,\n  "
        f"{x}.passages AS passages, {x}.stated_as AS stated_as, {x}.sources AS sources",
        "ORDER BY name, id")
    found = witnesses(form.source, ontology)
    return Compiled(CypherStatement(query, names.params), columns, "property", found)


# ---- observations -----------------------------------------------------------


def _observation_columns(o: str, subject: str, metric: str) -> str:
    from_other = {
        "subject": f"{subject}.id", "subject_name": f"{subject}.name", "subject_class": f"{subject}.class",
        "metric_id": f"{metric}.id", "metric_name": f"{metric}.name",
    }
    return ",\n  ".join(f"{from_other.get(c, f'{o}.{quote(c)}')} AS {quote(c)}" for c in OBSERVATION_COLUMNS)


def _observations(form: lf.ObservationSet, ontology: Ontology, rest: tuple[str, ...] = (),
                  more: str = "") -> Compiled:
    names = Names()
    clauses, o, subject, metric = bind_observed(form, Sets(ontology, names))
    if more:
        clauses[-1].conditions.append(f"{o}.{more}")
    query = statement(clauses, f"RETURN DISTINCT\n  {_observation_columns(o, subject, metric)}",
                      *(rest or ("ORDER BY subject_name, metric_id, start, id",)))
    return Compiled(CypherStatement(query, names.params), OBSERVATION_COLUMNS, "observations",
                    observation_witnesses(form, ontology))


def _extreme(form: lf.Least | lf.Most | lf.Top, ontology: Ontology) -> Compiled:
    count = form.k if isinstance(form, lf.Top) else 1
    least = isinstance(form, lf.Least)
    if isinstance(form.source, lf.GroupBy):
        return replace(_groups(form.source, ontology, least=least), first=count)
    order = "ORDER BY base_value, id" if least else "ORDER BY base_value DESC, id"
    ranked = _observations(form.source, ontology, (order,), more="base_value IS NOT NULL")
    return replace(ranked, first=count)


def _added(form: lf.Sum | lf.Average, ontology: Ontology) -> Compiled:
    """By unit: what has another unit cannot be added. No row where there is nothing to add."""
    names = Names()
    clauses, o, _, _ = bind_observed(form.source, Sets(ontology, names))
    clauses[-1].conditions.append(f"{o}.base_value IS NOT NULL")
    function = "sum" if isinstance(form, lf.Sum) else "avg"
    query = statement(
        clauses, f"WITH DISTINCT {o}",
        f"RETURN {function}({o}.base_value) AS value, {o}.base_unit AS unit, count({o}.id) AS n",
        "ORDER BY n DESC, unit")
    items = _observations(form.source, ontology)
    return Compiled(CypherStatement(query, names.params), ("value", "unit", "n"), "number",
                    items.witnesses, items=items)


def _against(form: lf.Against, ontology: Ontology) -> Compiled:
    names = Names()
    clauses, o, subject, metric = against(form, Sets(ontology, names))
    query = statement(clauses, f"RETURN DISTINCT\n  {_observation_columns(o, subject, metric)}",
                      "ORDER BY subject_name, metric_id, start, id")
    return Compiled(CypherStatement(query, names.params), OBSERVATION_COLUMNS, "observations",
                    observation_witnesses(form.source, ontology))


# ---- counts -----------------------------------------------------------------


def _counted(form: lf.Count | lf.Exists, ontology: Ontology) -> Compiled:
    names = Names()
    source = form.source
    denied: tuple[Witness, ...] = ()
    if isinstance(source, lf.ObservationSet):
        clauses, x, _, _ = bind_observed(source, Sets(ontology, names))
        items = _observations(source, ontology)
    else:
        x = variable_for(classes_of(source, ontology), names)
        clauses = Sets(ontology, names).bind(source, x)
        items = _entities(source, ontology)
        denied = items.denials or denials_of_claim(source, ontology)
    number = f"count(DISTINCT {x}.id)"
    if isinstance(form, lf.Count):
        query = statement(clauses, f"RETURN {number} AS n")
        return Compiled(CypherStatement(query, names.params), ("n",), "number", items.witnesses,
                        items.denials, items.covers, items)
    query = statement(clauses, f"RETURN {number} > 0 AS truth, {number} AS n")
    return Compiled(CypherStatement(query, names.params), ("truth", "n"), "truth", items.witnesses,
                    denied, items.covers, items)


def _groups(form: lf.GroupBy, ontology: Ontology, *, least: bool = False) -> Compiled:
    names = Names()
    near = classes_of(form.source, ontology)
    x = variable_for(classes_of(form.source, ontology), names)
    sets = Sets(ontology, names)
    clauses = sets.bind(form.source, x)
    relation = ontology.relations[form.relation]
    hops = [
        (hop, far) for hop in alternatives(relation, form.direction)
        if (far := across(ontology, ontology.relations[hop.relation], hop.direction, near))
    ]
    group = names.variable("group" if len(hops) > 1 else relation.name.lower())
    if len(hops) == 1:
        (hop, far) = hops[0]
        link, conditions = sets.link(form, ontology.relations[hop.relation], hop)
        clauses.append(Clause(f"({x}){link}({group}{labelled(far)})", conditions))
    else:
        links = [sets.link(form, ontology.relations[hop.relation], hop) for hop, _ in hops]
        choices = [exists(f"({x}){link}({group})", conditions) for link, conditions in links]
        together = frozenset().union(*(far for _, far in hops))
        clauses.append(Clause(f"({group}{labelled(together)})", [any_of(choices)]))
    order = "ORDER BY n, name, id" if least else "ORDER BY n DESC, name, id"
    query = statement(
        clauses,
        f"RETURN {group}.id AS id, {group}.name AS name, {group}.class AS class, count(DISTINCT {x}.id) AS n",
        order)
    items = _entities(form.source, ontology)
    return Compiled(CypherStatement(query, names.params), ("id", "name", "class", "n"), "groups",
                    items.witnesses, items=items)

