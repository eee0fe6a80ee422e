"""What relationships say in a qualifier: the products of a firm's supplies."""

from __future__ import annotations

from typing import Final

from graph.types import CypherStatement
from ontology.model import Ontology
from queries import logical_form as lf
from queries.check import classes_of
from queries.compile.compiled import Compiled
from queries.compile.sets import Sets
from queries.compile.text import Clause, Names, labelled, quote, statement, step, variable_for
from queries.terms import across

QUALIFIER_COLUMNS: Final = (
    "id", "value", "source", "source_name", "source_class", "target", "target_name", "target_class",
    "passages", "stated_as", "sources",
)


def qualifier(form: lf.Qualifier, ontology: Ontology) -> Compiled:
    """A row per stated relationship that has the qualifier, with both of its ends."""
    names = Names()
    sets = Sets(ontology, names)
    relation = ontology.relations[form.relation]
    near = classes_of(form.source, ontology)
    far = across(ontology, relation, form.direction, near)
    if form.to is not None:
        far = far & classes_of(form.to, ontology)
    x, y = variable_for(near, names), variable_for(far, names)
    link = names.variable("link")
    hop = step(form.relation, form.direction, variable=link, symmetric=relation.symmetric)
    said = f"{link}.{quote(form.qualifier)}"
    conditions = [f"{said} IS NOT NULL"]
    if form.to is not None:
        conditions += sets.condition(form.to, y, far)
    clauses = [*sets.bind(form.source, x, near), Clause(f"({x}){hop}({y}{labelled(far)})", conditions)]
    source, target = (x, y) if form.direction == "out" else (y, x)
    columns = {
        "id": f"{link}.id", "value": said,
        "source": f"{source}.id", "source_name": f"{source}.name", "source_class": f"{source}.class",
        "target": f"{target}.id", "target_name": f"{target}.name", "target_class": f"{target}.class",
    }
    found = ((columns.get(c, f"{link}.{quote(c)}"), c) for c in QUALIFIER_COLUMNS)
    returned = ",\n  ".join(f"{value} AS {quote(name)}" for value, name in found)
    query = statement(clauses, f"RETURN DISTINCT\n  {returned}", "ORDER BY value, id")
    return Compiled(CypherStatement(query, names.params), QUALIFIER_COLUMNS, "qualifier")
