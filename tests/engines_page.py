"""docs/engines.md: what runs on both engines in the test suite.

    python -m tests.engines_page > docs/engines.md
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from graph.dialect import EMBEDDED, NEO4J
from queries.catalog import catalogue
from queries.notation import _FORMS  # the forms that have a notation

ROOT = Path(__file__).parents[1]

_TOP = """\
# Two engines, one meaning

Made by `python -m tests.engines_page` from the tests themselves; do not edit it here.

Everything below runs on the embedded engine (LadybugDB) and on a real Neo4j (5.26 LTS Community,
started by the run) and has to give the same rows in the same order, the same evidence, and after the
same load the same graph hash. Neo4j's behaviour is the meaning; where the embedded engine differs
silently, the compiler writes what both read alike.
"""

_TRAPS = """\
## Found on the way

- The embedded engine joins a subquery by the outer values that it names: where such a value is null,
  the subquery finds nothing, not even behind `coalesce()` or `IS NULL`. A condition on a null of the
  outer row stands outside the subquery.
- It orders by no list and by no node; a column must not be named like a node variable that the ORDER BY
  means.
- It may forget a condition on one of two relationships that meet at a node of several labels, or of none:
  `(p:Policy)<-[:FOLLOWS {polarity: 'stated'}]-(x:Policy|Region)-[:FOLLOWS]->(q:Policy)` lets denied ones in,
  depending on where its planner begins. `WITH *` between the two parts them. The compiler does so; a
  person's own statement is warned of.
- It aggregates any rows where all that stands behind `ORDER BY … LIMIT` is an aggregate:
  `WITH n ORDER BY n.name DESC LIMIT 1 RETURN max(n.name)` is not the last name. A column to group by
  (`RETURN 1 AS one, max(n.name)`) keeps the order. A person's own statement is warned of.
  (`tests/cypher/test_forgotten.py` shows both.)
- `only`, `single` and other words of its grammar are no names there.
- Neo4j finds a node by id through an index of its label only: patterns by id name the labels that the
  ids tell.
- Neo4j reads committed data statement by statement: two statements of one question may see two versions
  while a load is committed.
- An unknown label, type or property is an error on the embedded engine, a warning on Neo4j; the console
  and `nqi query` show it.
"""


def page() -> str:
    """The whole page."""
    suite = "".join(
        (ROOT / "tests/conformance" / name).read_text(encoding="utf-8")
        for name in ("test_store.py", "test_in_parts.py", "test_copies.py")
    )
    promises = re.findall(r"^def test_(\w+)", suite, re.MULTILINE)
    parts = [
        _TOP, "## What a store promises (tests/conformance)\n",
        *(f"- {name.replace('_', ' ')}" for name in promises), "",
        "## Logical forms (tests/queries)\n", ", ".join(f"`{name}`" for name in sorted(_FORMS)) + ".", "",
        "Sets of entities and of observations also at random, against an evaluator without any engine.", "",
        "## Catalogue (queries/catalog)\n", ", ".join(f"`{name}`" for name in catalogue()) + ".", "",
        "## What is spelt differently (graph/dialect.py)\n", "| flag | embedded | Neo4j |", "|---|---|---|",
    ]
    for flag in fields(EMBEDDED):
        if flag.name != "name":
            one, other = (_cell(getattr(d, flag.name)) for d in (EMBEDDED, NEO4J))
            parts.append(f"| `{flag.name}` | {one} | {other} |")
    return "\n".join([*parts, "", _TRAPS])


def _cell(value: object) -> str:
    text = str(value).replace("\n", " ").replace("|", "\\|")
    return f"`{text}`" if text else "–"


if __name__ == "__main__":
    print(page(), end="")
