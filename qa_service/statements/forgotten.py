"""What the embedded engine's planner forgets of a hand-written statement: a condition on a relationship where
two of them meet at a node of several labels, and an order behind which everything is aggregated
(docs/architecture.md §6). Looked for in the statement's tokens: a warning, no proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qa_service.settings import words
from qa_service.statements.tokens import Token

_AGGREGATES: Final = frozenset({"AVG", "COLLECT", "COUNT", "MAX", "MIN", "SUM"})
#: clauses; what stands behind WHERE up to the next one is its condition
_CLAUSES: Final = frozenset(
    {
        "CALL",
        "LIMIT",
        "MATCH",
        "OPTIONAL",
        "ORDER",
        "RETURN",
        "SKIP",
        "UNION",
        "UNWIND",
        "WHERE",
        "WITH",
    }
)
_NAMES: Final = ("name", "quoted")


def forgotten(tokens: list[Token]) -> Iterator[str]:
    """Warnings, each as often as it is found.

    >>> text = "MATCH (n) WITH n ORDER BY n.name LIMIT 1 RETURN max(n.name) AS m"
    >>> len(list(forgotten(cut(text))))                                       # doctest: +SKIP
    1
    """
    if _condition_lost(tokens):
        yield words(
            "两段关系在有几个标签或没有标签的节点相接：其中一段的条件在 Neo4j 有效，在这里可能被忘记；"
            "请在两段之间写 WITH *，或把一段写成 EXISTS { MATCH … }。",
            "Two relationships meet at a node of several labels, or of none: a condition on one of them "
            "holds on Neo4j and may be forgotten here; part them by WITH *, or write one as EXISTS {…}.",
        )
    if _order_lost(tokens):
        yield words(
            "ORDER BY … LIMIT 之后直接聚合：Neo4j 取排在前面的行，这里取任意的行；"
            "请加一列分组，如 RETURN 1 AS one, max(…)。",
            "An aggregate right behind ORDER BY … LIMIT is of the first rows on Neo4j and of any rows here; "
            "group by something, as in RETURN 1 AS one, max(…).",
        )


# ---- a condition on a relationship --------------------------------------------------------------


@dataclass(frozen=True)
class _Hop:
    """A relationship of a pattern: where it stands, its two nodes (the variable, or the place of the
    parenthesis), and whether something is asked of it."""

    place: int
    nodes: tuple[str, str]
    asked: bool


def _condition_lost(tokens: list[Token]) -> bool:
    labels = _labels(tokens)
    scopes = _scopes(tokens)
    meeting: dict[tuple[int, str], list[_Hop]] = defaultdict(list)
    for hop in _hops(tokens):
        for node in hop.nodes:
            if len(labels.get(node, ())) != 1:
                meeting[scopes[hop.place], node].append(hop)
    return any(len(hops) > 1 and any(hop.asked for hop in hops) for hops in meeting.values())


def _hops(tokens: list[Token]) -> Iterator[_Hop]:
    named = _asked_in_conditions(tokens)
    for place, token in enumerate(tokens):
        if token.text != "-" or place < 2:
            continue
        left = place - 1 - (tokens[place - 1].text == "<")
        inside: list[Token] = []
        end = place + 1
        if end < len(tokens) and tokens[end].text == "[":
            end = _closing(tokens, end) + 1
            inside = tokens[place + 2 : end - 1]
        if end >= len(tokens) or tokens[end].text != "-" or tokens[left].text != ")":
            continue
        right = end + 1 + (end + 1 < len(tokens) and tokens[end + 1].text == ">")
        if right < len(tokens) and tokens[right].text == "(":
            variable = inside[0].name if inside and inside[0].kind in _NAMES else ""
            asked = any(t.text == "{" for t in inside) or variable in named
            nodes = (_node(tokens, _opening(tokens, left)), _node(tokens, right))
            yield _Hop(place, nodes, asked)


def _node(tokens: list[Token], opening: int) -> str:
    first = tokens[opening + 1]
    return first.name if first.kind in _NAMES else f"({opening}"


def _labels(tokens: list[Token]) -> dict[str, set[str]]:
    """The labels of each node as it is narrowest."""
    found: dict[str, set[str]] = {}
    for place, token in enumerate(tokens):
        if token.text != "(":
            continue
        inside = tokens[place + 1 : _closing(tokens, place)]
        labels = set()
        for before, label in pairwise(inside):
            if before.text == "{":
                break
            if before.text in (":", "|", "&") and label.kind in _NAMES:
                labels.add(label.name)
        node = _node(tokens, place) if inside else f"({place}"
        if labels and (node not in found or len(labels) < len(found[node])):
            found[node] = labels
    return found


def _scopes(tokens: list[Token]) -> list[int]:
    """For each token a number of what is planned together: up to the next WITH, a subquery by itself."""
    scopes, last, stack = [], 0, [0]
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.text == "{" and before is not None and before.kind == "name":
            last += 1
            stack.append(last)
        elif token.text == "{":
            stack.append(stack[-1])
        elif token.text == "}" and len(stack) > 1:
            stack.pop()
        elif token.word in ("WITH", "UNION"):
            last += 1
            stack[-1] = last
        scopes.append(stack[-1])
    return scopes


def _asked_in_conditions(tokens: list[Token]) -> set[str]:
    """Variables of whose properties something is asked behind WHERE."""
    found, condition = set(), False
    for token, following in pairwise(tokens):
        if token.word in _CLAUSES:
            condition = token.word == "WHERE"
        elif condition and token.kind in _NAMES and following.text == ".":
            found.add(token.name)
    return found


# ---- an order that everything is aggregated behind -----------------------------------------------


def _order_lost(tokens: list[Token]) -> bool:
    ordered = lost = False
    for clause in _clauses(tokens):
        word, rest = clause[0].word, clause[1:]
        if word in ("LIMIT", "SKIP"):
            ordered |= lost
        elif word == "ORDER":
            lost = True
        elif word in ("UNWIND", "UNION", "CALL") or (word == "MATCH" and any(t.text == "-" for t in rest)):
            ordered = lost = False
        elif word in ("WITH", "RETURN"):
            columns = _columns(rest)
            aggregated = [_aggregate(column) for column in columns]
            if ordered and all(aggregated) and "any" in aggregated:
                return True
            distinct = bool(rest) and rest[0].word == "DISTINCT"
            ordered, lost = ordered and not distinct and not any(aggregated), False
    return False


def _clauses(tokens: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if token.word in _CLAUSES and clause:
            yield clause
            clause = []
        clause.append(token)
    if clause:
        yield clause


def _columns(tokens: list[Token]) -> list[list[Token]]:
    columns: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if token.text == "," and depth == 0:
            columns.append([])
        else:
            columns[-1].append(token)
    return columns


def _aggregate(column: list[Token]) -> str:
    """``any`` where the column aggregates and it matters of which rows, ``number`` where only how many
    there are matters, else nothing."""
    found = ""
    for place, (token, following) in enumerate(pairwise(column)):
        if token.word in _AGGREGATES and following.text == "(":
            inside = column[place + 2 : _closing(column, place + 1)]
            if token.word != "COUNT" or len(inside) > 1:
                return "any"
            found = "number"
    return found


# ---- brackets ------------------------------------------------------------------------------------


def _closing(tokens: list[Token], opening: int) -> int:
    """The place of the bracket that closes the one at ``opening``."""
    pair = {"(": ")", "[": "]"}
    first, last = tokens[opening].text, pair[tokens[opening].text]
    depth = 0
    for place in range(opening, len(tokens)):
        depth += (tokens[place].text == first) - (tokens[place].text == last)
        if depth == 0:
            return place
    return len(tokens)


def _opening(tokens: list[Token], closing: int) -> int:
    """The place of the parenthesis that the one at ``closing`` closes."""
    depth = 0
    for place in range(closing, -1, -1):
        depth += (tokens[place].text == ")") - (tokens[place].text == "(")
        if depth == 0:
            return place
    return 0
