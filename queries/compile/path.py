"""A shortest way between two things: the one form without a portable spelling."""

from __future__ import annotations

from typing import Final

from graph.dialect import Dialect
from graph.types import CypherStatement
from ontology.model import Ontology
from ontology.structure import STATED
from queries import logical_form as lf
from queries.check import classes_of
from queries.compile.compiled import Compiled, Witness
from queries.compile.sets import Sets
from queries.compile.text import Clause, Names, quote, statement
from queries.compile.witnesses import induced

#: longer ways say nothing to a reader
LONGEST: Final = 6
#: of ways that are equally short so many are told
MOST: Final = 3

PATH_COLUMNS: Final = ("nodes", "names", "classes", "relationships", "types", "length")


def path(form: lf.Path, ontology: Ontology, dialect: Dialect) -> Compiled:
    """A row with the ids, names and classes along each of the shortest ways, at most ``MOST``, or
    none. Over the relationships of the domain, in either direction, none of them denied. Those
    whose ids come first, so that they are the same everywhere."""
    names = Names()
    sets = Sets(ontology, names)
    relations = sorted(r.name for r in ontology.relations.values() if not r.structural)
    types = "|".join(quote(name) for name in relations)
    clauses = [
        *sets.bind(form.start, "start", classes_of(form.start, ontology)),
        *sets.bind(form.end, "finish", classes_of(form.end, ontology)),
        Clause("way = " + dialect.SHORTEST_PATHS.format(types=types, longest=LONGEST, polarity=STATED)),
    ]
    along = dialect.ALONG_PATH
    returned = ",\n  ".join([
        along.format(items="nodes", of="x.id", property="id") + " AS nodes",
        along.format(items="nodes", of="x.name", property="name") + " AS names",
        along.format(items="nodes", of="x.class", property="class") + " AS classes",
        along.format(items="relationships", of="x.id", property="id") + " AS relationships",
        along.format(items="relationships", of="type(x)", property="_LABEL") + " AS types",
        "length(way) AS length",
    ])
    order = ", ".join(dialect.LIST_AS_TEXT.format(list=c) for c in ("nodes", "relationships"))
    query = statement(
        clauses, f"WITH\n  {returned}", f"RETURN {', '.join(PATH_COLUMNS)}", f"ORDER BY length, {order}",
        f"LIMIT {MOST}")
    found: tuple[Witness, ...] = tuple(induced(ontology.relations[name], ontology) for name in relations)
    return Compiled(CypherStatement(query, names.params), PATH_COLUMNS, "path", found)
