"""One thing as a whole (Describe), and where things and observations stand (Cite)."""

from __future__ import annotations

from typing import Final

from graph.types import CypherStatement
from ontology.model import Ontology
from ontology.structure import (
    FROM_SOURCE,
    IN_SECTION,
    PASSAGE,
    SECTION,
    SOURCE,
    SUPPORT_LISTS,
)
from queries import logical_form as lf
from queries.check import classes_of
from queries.compile.bind import bind_observed
from queries.compile.compiled import Compiled, Witness
from queries.compile.sets import Sets
from queries.compile.text import Clause, Names, labelled, quote, statement, variable_for
from queries.compile.witnesses import touching
from queries.terms import labels

PASSAGE_COLUMNS: Final = ("id", "text", "document", "section", "start", "end")
CITE_COLUMNS: Final = (
    "item", "name", "passage", "text", "start", "end", "document", "section", "section_label",
    "section_title", "source", "source_title", "url", "grade", "stated_as", "sources",
)


def describe(form: lf.Describe, ontology: Ontology) -> Compiled:
    """One row: the thing with all properties of its class. Its relationships are the witnesses."""
    names = Names()
    classes = classes_of(form.source, ontology)
    x = variable_for(classes, names)
    own = sorted(a.name for a in ontology.attributes.values() if labels(ontology, a.domain) & classes)
    common = ("id", "name", "class", "subtype", "aliases", "code")
    columns = tuple(dict.fromkeys((*common, *own, *SUPPORT_LISTS)))
    returned = ",\n  ".join(f"{x}.{quote(c)} AS {quote(c)}" for c in columns)
    query = statement(Sets(ontology, names).bind(form.source, x), f"RETURN\n  {returned}")
    found: list[Witness] = []
    for relation in sorted(ontology.relations.values(), key=lambda r: r.name):
        if not relation.structural:
            found += touching(relation, classes, ontology)
    return Compiled(CypherStatement(query, names.params), columns, "describe", tuple(found))


def cite(form: lf.Cite, ontology: Ontology) -> Compiled:
    """A row per passage, and per numbered source that it cites. A table's passages have no
    node: their text, section and source are empty, ``passage`` says which cells."""
    names = Names()
    sets = Sets(ontology, names)
    if isinstance(form.source, lf.ObservationSet):
        clauses, x, _, _ = bind_observed(form.source, sets)
        name = f"{x}.metric"
    else:
        x = variable_for(classes_of(form.source, ontology), names)
        clauses = sets.bind(form.source, x)
        name = f"{x}.name"
    query = statement(
        clauses,
        f"WITH DISTINCT {x}",
        f"UNWIND {x}.passages AS reference",
        f"OPTIONAL MATCH (passage{labelled((PASSAGE,))} {{id: reference}})",
        f"OPTIONAL MATCH (passage)-[:{IN_SECTION}]->(section{labelled((SECTION,))})",
        f"OPTIONAL MATCH (passage)-[:{FROM_SOURCE}]->(source{labelled((SOURCE,))})",
        f"RETURN DISTINCT\n  {x}.id AS item, {name} AS name, reference AS passage, passage.text AS text,\n"
        "  passage.start AS start, passage.`end` AS `end`, passage.document AS document,\n"
        "  section.id AS section, section.label AS section_label, section.title AS section_title,\n"
        "  source.id AS source, source.title AS source_title, source.url AS url, source.grade AS grade,\n"
        f"  {x}.stated_as AS stated_as, {x}.sources AS sources",
        "ORDER BY item, passage, source")
    return Compiled(CypherStatement(query, names.params), CITE_COLUMNS, "cite")


def passages(form: lf.Passages) -> Compiled:
    """A row per passage, in the order of the document."""
    names = Names()
    query = statement(
        [Clause(f"(passage{labelled((PASSAGE,))})", [f"passage.id IN {names.value('ids', list(form.ids))}"])],
        "RETURN\n  passage.id AS id, passage.text AS text, passage.document AS document,\n"
        "  passage.section AS section, passage.start AS start, passage.`end` AS `end`",
        "ORDER BY document, start, id")
    return Compiled(CypherStatement(query, names.params), PASSAGE_COLUMNS, "passages")
