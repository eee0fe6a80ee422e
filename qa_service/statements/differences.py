"""Constructs of hand-written Cypher that mean something else on Neo4j, without an error on either
engine (docs/architecture.md §6). They are looked for in the statement's tokens: a warning, no proof."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from qa_service.settings import words
from qa_service.statements.forgotten import forgotten
from qa_service.statements.tokens import Token, cut

_OPERAND_ENDS: Final = (")", "]")
#: clauses that end what belongs to one MATCH
_CLAUSES: Final = frozenset({"MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "UNION", "WHERE", "CALL"})


def differences(query: str) -> tuple[str, ...]:
    """Warnings in the order of the statement, each once.

    >>> len(differences("MATCH (n) RETURN labels(n)"))
    1
    """
    tokens = cut(query)
    return tuple(
        dict.fromkeys(
            [
                *_functions(tokens),
                *_lists(tokens),
                *_labels(tokens),
                *_patterns(tokens),
                *forgotten(tokens),
            ]
        )
    )


def _functions(tokens: list[Token]) -> Iterator[str]:
    for token, following in pairwise(tokens):
        if following.text != "(":
            continue
        if token.word == "SUM":
            yield words(
                "sum() 在没有行时：Neo4j 得 0，这里得空值；可写 coalesce(sum(…), 0)。",
                "sum() of nothing is 0 on Neo4j and null here; write coalesce(sum(…), 0).",
            )
        elif token.word in ("SUBSTRING", "SUBSTR"):
            yield words(
                "substring() 在 Neo4j 从 0 数起，在这里从 1 数起。",
                "substring() counts from 0 on Neo4j and from 1 here.",
            )
        elif token.word == "LABELS":
            yield words(
                "labels(n) 在 Neo4j 是列表，在这里是文字；属性 class 两边相同。",
                "labels(n) is a list on Neo4j and a text here; the property class is the same on both.",
            )


def _lists(tokens: list[Token]) -> Iterator[str]:
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if token.text != "[" or before is None:
            continue
        inside = _until(tokens, place)
        if before.kind in ("name", "quoted") and before.word not in ("IN", "RETURN", "AS", "UNWIND", "WITH"):
            indexed = not before.word or place < 2 or tokens[place - 2].text != "-"
        else:
            indexed = before.text in _OPERAND_ENDS
        if indexed and not any(t.text in (":", "-") and t.kind == "sign" for t in inside[:1]):
            yield words(
                "列表下标在 Neo4j 从 0 数起，在这里从 1 数起。",
                "Positions in a list count from 0 on Neo4j and from 1 here.",
            )
        if before.word == "IN" and any(t.word == "NULL" for t in inside):
            yield words(
                "x IN [.., null]：没有相等的值时 Neo4j 得空值，这里得 false。",
                "x IN [.., null] without an equal value is null on Neo4j and false here.",
            )


def _labels(tokens: list[Token]) -> Iterator[str]:
    for place in range(len(tokens) - 3):
        first, second = tokens[place], tokens[place + 2]
        if first.text == ":" == second.text and tokens[place + 1].kind in ("name", "quoted"):
            if tokens[place + 3].kind not in ("name", "quoted") or _in_relationship(tokens, place):
                continue
            yield words(
                "(n:A:B) 在 Neo4j 是既 A 又 B，在这里是 A 或 B。",
                "(n:A:B) is A and B on Neo4j and A or B here.",
            )


def _patterns(tokens: list[Token]) -> Iterator[str]:
    seen: set[str] = set()
    for place, token in enumerate(tokens):
        if token.word in _CLAUSES:
            seen.clear()
        if token.text != "[" or place == 0 or tokens[place - 1].text != "-":
            continue
        inside = _until(tokens, place)
        end = place + len(inside) + 1
        types = _types(inside)
        if any(t.text == "*" for t in inside) or (types or {""}) & seen or (not types and seen):
            yield words(
                "同一个 MATCH 里一条关系：Neo4j 不会走两次，这里会；请加 a.id <> b.id。",
                "Within one MATCH Neo4j never takes a relationship twice, this engine may; add a.id <> b.id.",
            )
        seen |= types or {""}
        arrow = place > 1 and tokens[place - 2].text == "<"
        arrow = arrow or (end + 2 < len(tokens) and tokens[end + 2].text == ">")
        if not arrow:
            yield words(
                "不分方向的关系若首尾是同一节点：Neo4j 计一次，这里计两次。",
                "A relationship of a thing with itself counts once on Neo4j without a direction, twice here.",
            )


def _until(tokens: list[Token], place: int) -> list[Token]:
    """What stands in the brackets that open at ``place``."""
    depth = 0
    for end in range(place, len(tokens)):
        depth += (tokens[end].text == "[") - (tokens[end].text == "]")
        if depth == 0:
            return tokens[place + 1 : end]
    return tokens[place + 1 :]


def _types(inside: list[Token]) -> set[str]:
    found = set()
    for before, token in pairwise(inside):
        if before.text in (":", "|") and token.kind in ("name", "quoted"):
            found.add(token.name)
        if token.text in ("{", "*"):
            break
    return found


def _in_relationship(tokens: list[Token], place: int) -> bool:
    for before in reversed(tokens[:place]):
        if before.text in ("(", "{"):
            return before.text == "{"
        if before.text == "[":
            return True
    return False
