"""docs/queries.md from the heads of the files.

    python -m queries.catalog.page > docs/queries.md
"""

from __future__ import annotations

from queries.catalog import ENGINES, CatalogueQuery, catalogue

_TOP = """\
# The catalogue of queries

Made from the files in `queries/catalog/` by `python -m queries.catalog.page`; do not edit it here.

`nqi query --list` lists them, `nqi query NAME --param k=v` runs one, `--out FILE.xlsx` (or `.csv`, `.json`)
writes it to a file. Each runs on the embedded engine and on Neo4j and gives the same rows there; each file is
one Cypher statement to copy and change.
"""


def page() -> str:
    """The whole page."""
    found = catalogue().values()
    rows = "\n".join(f"| [{q.name}](#{q.name}) | {q.title_en} | {q.title_zh} |" for q in found)
    parts = "\n".join(_part(q) for q in found)
    return f"{_TOP}\n| query | | |\n|---|---|---|\n{rows}\n\n{parts}"


def _part(query: CatalogueQuery) -> str:
    lines = [f"## {query.name}", "", f"{query.title_en} · {query.title_zh}", ""]
    lines += [f"{text}  " for text in query.description]
    if query.engines != ENGINES:
        lines += ["", f"Runs on {', '.join(query.engines)} only."]
    if query.parameters:
        lines += ["", "| parameter | type | example | |", "|---|---|---|---|"]
        lines += [
            f"| `{p.name}` | {p.type} | `{p.example}` | {p.title_en} · {p.title_zh} |"
            for p in query.parameters
        ]
    return "\n".join([*lines, "", "```cypher", query.query, "```", ""])


if __name__ == "__main__":
    print(page(), end="")
