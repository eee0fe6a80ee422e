"""The catalogue: named, documented Cypher that analysts, reports and pages run.

A file ``NAME.cypher`` begins with comment lines: ``title: zh | en``, ``description:`` (one
line each language), ``parameter: name type = example | zh | en`` for every parameter, and
``engines: neo4j`` where it runs on one engine only. Types: string, integer, number, strings.

>>> catalogue()["chain_members"].title_en
'The firms on a chain and their roles'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from graph.types import CypherStatement
from ontology.errors import QueryError

Type = Literal["string", "integer", "number", "strings"]

FOLDER: Final = Path(__file__).parent
ENGINES: Final = ("embedded", "neo4j")

_PARAMETER = re.compile(r"(\w+) (\w+) = ([^|]*) \| ([^|]*) \| ([^|]*)")


@dataclass(frozen=True)
class Parameter:
    name: str
    type: Type
    example: str
    title_zh: str
    title_en: str


@dataclass(frozen=True)
class CatalogueQuery:
    """One file of the catalogue. ``query`` is its text without the head."""

    name: str
    title_zh: str
    title_en: str
    description: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    query: str
    engines: tuple[str, ...] = ENGINES

    def statement(self, given: Mapping[str, str]) -> CypherStatement:
        """With parameters as text (from a command line or a form). QueryError where one is
        missing, unknown or not of its type.

        >>> catalogue()["chain_members"].statement({"chain": "chain:工程机械"}).params
        {'chain': 'chain:工程机械'}
        """
        known = {p.name for p in self.parameters}
        if unknown := sorted(set(given) - known):
            raise QueryError(f"{self.name} has no parameter {', '.join(unknown)}",
                             hint=f"it has {', '.join(sorted(known)) or 'none'}")
        if missing := [p.name for p in self.parameters if p.name not in given]:
            raise QueryError(f"{self.name} needs {', '.join(missing)}")
        return CypherStatement(self.query, {p.name: _value(p, given[p.name]) for p in self.parameters})


@cache
def catalogue(folder: Path = FOLDER) -> Mapping[str, CatalogueQuery]:
    """All queries by name, sorted. QueryError, with file and line, where a head is wrong."""
    return {file.stem: load(file) for file in sorted(folder.glob("*.cypher"))}


def load(file: Path) -> CatalogueQuery:
    """One file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    head: dict[str, list[str]] = {}
    end = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    for at, line in enumerate(lines[:end]):
        key, colon, text = line.removeprefix("//").strip().partition(":")
        if not colon or key not in ("title", "description", "parameter", "engines"):
            raise QueryError(f"no such line in the head of a query: {line!r}", where=f"{file.name}:{at + 1}")
        head.setdefault(key, []).append(text.strip())
    query = "\n".join(lines[end:]).strip()
    zh, bar, en = (head.get("title") or [""])[0].partition(" | ")
    if not bar or not query or not head.get("description"):
        raise QueryError("a query has a title (zh | en), a description and a text", where=file.name)
    parameters = tuple(_parameter(text, file) for text in head.get("parameter", []))
    used = set(re.findall(r"\$(\w+)", query))
    if used != {p.name for p in parameters}:
        raise QueryError(f"the head declares other parameters than {sorted(used)}", where=file.name)
    engines = tuple(e.strip() for text in head.get("engines", []) for e in text.split(",")) or ENGINES
    if not set(engines) <= set(ENGINES):
        raise QueryError(f"engines are {', '.join(ENGINES)}", where=file.name)
    return CatalogueQuery(file.stem, zh, en, tuple(head["description"]), parameters, query, engines)


def _parameter(text: str, file: Path) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    for kind in get_args(Type):
        if match and match[2] == kind:
            return Parameter(match[1], kind, match[3], match[4], match[5])
    raise QueryError(f"a parameter is 'name type = example | zh | en', not {text!r}", where=file.name)


def _value(parameter: Parameter, text: str) -> str | int | float | list[str]:
    try:
        if parameter.type == "integer":
            return int(text)
        if parameter.type == "number":
            return float(text)
    except ValueError:
        raise QueryError(f"{parameter.name} is {parameter.type}, {text!r} is none") from None
    return [part.strip() for part in text.split(",")] if parameter.type == "strings" else text
