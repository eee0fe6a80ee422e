"""The text of a statement: fresh names, parameters, clauses and conditions, laid out to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from graph.dialect import quoted
from ontology.errors import UnsupportedForm
from ontology.structure import STATED

#: words that an engine reads as its own
_RESERVED: Final = frozenset({
    "all", "and", "any", "as", "asc", "ascending", "by", "call", "case", "contains", "count", "create",
    "delete", "desc", "descending", "distinct", "else", "end", "ends", "exists", "false", "group", "in",
    "is", "limit", "match", "merge", "not", "null", "on", "optional", "or", "order", "primary",
    "profile", "project", "remove", "return", "set", "skip", "starts", "table", "then", "to", "true",
    "type", "union", "unwind", "use", "when", "where", "with", "xor", "yield",
    # of the embedded engine's grammar; a user's ontology may call anything so
    "acyclic", "cast", "column", "commit_skip_checkpoint", "dbtype", "default", "for", "glob", "headers",
    "hint", "index", "install", "join", "macro", "multi_join", "none", "only", "rollback_skip_checkpoint",
    "shortest", "single", "trail", "wshortest",
})
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def quote(name: str) -> str:
    """An identifier (label, type, property, variable) as Cypher.

    >>> quote("Chain"), quote("end")
    ('Chain', '`end`')
    """
    if not name or "\\" in name or not name.isprintable():
        raise UnsupportedForm(f"{name!r} cannot be an identifier")
    return name if _PLAIN.fullmatch(name) and name.lower() not in _RESERVED else quoted(name)


@dataclass
class Names:
    """Hands out variables and parameters of one statement; values never enter its text."""

    params: dict[str, object] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)

    def variable(self, hint: str) -> str:
        hint = re.sub(r"\W", "", hint).lower() or "x"
        if not _PLAIN.fullmatch(hint) or hint in _RESERVED:
            hint = f"the_{hint}" if hint.isascii() else "x"
        self._used[hint] = count = self._used.get(hint, 0) + 1
        return hint if count == 1 else f"{hint}{count}"

    def value(self, hint: str, value: object) -> str:
        """``$name`` for ``value``; the same value under the same hint is one parameter."""
        hint = re.sub(r"[^a-z0-9_]", "", hint.lower()) or "value"
        if not _PLAIN.fullmatch(hint) or hint in _RESERVED:
            hint = f"the_{hint}"
        name, count = hint, 1
        while name in self.params and not _same(self.params[name], value):
            count += 1
            name = f"{hint}{count}"
        self.params[name] = value
        return f"${name}"


def variable_for(classes: frozenset[str], names: Names) -> str:
    """A fresh variable for a thing of ``classes``, named after its class where it is one."""
    return names.variable(next(iter(classes)) if len(classes) == 1 else "thing")


def _same(left: object, right: object) -> bool:
    return type(left) is type(right) and left == right


_VARIABLE = re.compile(r"\((\w+)")
_SEVERAL_LABELS = re.compile(r"\((\w+):[^)]*\|")


@dataclass
class Clause:
    """``MATCH pattern WHERE conditions``, and ``WITH DISTINCT`` the variables to ``keep``."""

    pattern: str
    conditions: list[str] = field(default_factory=list)
    keep: str = ""

    def text(self) -> str:
        lines = [f"MATCH {self.pattern}"]
        if self.conditions:
            lines.append(f"WHERE {_indented(all_of(self.conditions), '  ')}")
        if self.keep:
            lines.append(f"WITH DISTINCT {self.keep}")
        return "\n".join(lines)


def statement(clauses: Iterable[Clause], *rest: str) -> str:
    """Clauses and what follows them, a line each.

    Where a node of several labels stands between two hops, ``WITH *`` parts them: without it the
    embedded engine forgets what was asked of the first relationship (architecture §6)."""
    lines: list[str] = []
    open_ended: set[str] = set()
    for clause in clauses:
        if open_ended & set(_VARIABLE.findall(clause.pattern)):
            lines.append("WITH *")
            open_ended = set()
        lines.append(clause.text())
        open_ended = set() if clause.keep else open_ended | set(_SEVERAL_LABELS.findall(clause.pattern))
    return "\n".join([*lines, *rest])


def labelled(classes: Iterable[str]) -> str:
    """``:A|B``."""
    return ":" + "|".join(quote(cls) for cls in sorted(classes))


def step(relation: str, direction: str, *, variable: str = "", polarity: str = STATED, reach: str = "",
         symmetric: bool = False) -> str:
    """``-[r:REL {polarity: 'stated'}]->``, seen from the left.

    The polarity is a word of the schema, not a value of somebody's, so it stands in the text."""
    kept = f" {{polarity: '{polarity}'}}" if polarity else ""
    middle = f"[{variable}:{quote(relation)}{reach}{kept}]"
    if symmetric:
        return f"-{middle}-"
    return f"-{middle}->" if direction == "out" else f"<-{middle}-"


def exists(pattern: str, conditions: list[str]) -> str:
    """``EXISTS { MATCH … WHERE … }``: with the word MATCH, which one engine needs."""
    if not conditions:
        return f"EXISTS {{ MATCH {pattern} }}"
    return f"EXISTS {{\n  {_indented(Clause(pattern, conditions).text(), '  ')}\n}}"


def all_of(conditions: list[str]) -> str:
    return "\nAND ".join(_indented(c, "  ") for c in conditions)


def any_of(choices: list[str]) -> str:
    """One of ``choices``, each a condition that holds together by itself."""
    if len(choices) == 1:
        return choices[0]
    return "(" + "\n OR ".join(_indented(c, "  ") for c in choices) + ")"


def grouped(conditions: list[str]) -> str:
    """A conjunction that may stand beside OR or behind NOT."""
    return conditions[0] if len(conditions) == 1 else f"({all_of(conditions)})"


def _indented(text: str, blanks: str) -> str:
    return text.replace("\n", "\n" + blanks)
