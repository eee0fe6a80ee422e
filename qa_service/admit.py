"""Which hand-written Cypher is let through to a store: one statement that only reads.

A statement is admitted by what it is: it is cut into tokens, has to begin with a reading
clause, and no token outside strings, quoted names, comments, labels and property names
may be a clause that writes, reads files or changes the engine. This is the plain check for
people who mean well; limits on time and memory in a process of its own come with the
service (docs/contract.md §6).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ontology.errors import StatementError
from qa_service.settings import words

#: what a statement may begin with
BEGINS: Final = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN"})
#: clauses and commands of either engine that do more than read the graph
REFUSED: Final = frozenset(
    """
    ALTER ANALYZE ATTACH BEGIN CALL CHECKPOINT COMMENT COMMIT COPY CREATE CSV CYPHER DEALLOCATE DELETE DENY
    DETACH DROP EXPLAIN EXPORT EXTENSION FOREACH FORCE GRANT IMPORT INSERT INSTALL LOAD MACRO MERGE PROFILE
    PROJECT_GRAPH REMOVE RENAME REVOKE ROLLBACK SET SHOW START STOP TERMINATE TRANSACTION TRUNCATE
    UNINSTALL UPDATE USE
    """.split()  # noqa: SIM905  easier to read than forty lines
)

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<quoted>`(?:[^`]|``)*`)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<open>['"`]|/\*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def admit(query: str) -> str:
    """The statement without a closing semicolon; StatementError where it is not let through.

    >>> admit("MATCH (c:Chain) RETURN c.name;")
    'MATCH (c:Chain) RETURN c.name'
    """
    tokens = [
        _Token(m.lastgroup or "", m.group(), m.start())
        for m in _TOKEN.finditer(query)
        if m.lastgroup != "space"
    ]
    for token in tokens:
        if token.kind == "open":
            raise _refusal(query, token, f"引号或注释没有结束：{token.text}", f"{token.text} is never closed")
    while tokens and tokens[-1].text == ";":
        query = query[: tokens.pop().start]
    if not tokens:
        raise StatementError(words("没有语句", "There is no statement"), hint=_hint())
    if tokens[0].text.upper() not in BEGINS:
        raise _refusal(
            query,
            tokens[0],
            f"语句不能以 {tokens[0].text} 开头",
            f"A statement cannot begin with {tokens[0].text}",
        )
    for place, token in enumerate(tokens):
        if token.text == ";":
            raise _refusal(query, token, "一次只能有一条语句", "Only one statement at a time")
        if token.text == "\\" or (token.kind in {"string", "quoted"} and "\\u" in token.text):
            # one engine puts characters for \\uXXXX before it looks for quotes
            raise _refusal(query, token, "不接受 \\u 转义", "Escapes of the form \\u are not let through")
        if token.kind == "name" and token.text.upper() in REFUSED and not _names_something(tokens, place):
            raise _refusal(
                query,
                token,
                f"只读查询里不能用 {token.text}",
                f"{token.text} is not let through: only reading is",
            )
    return query.strip()


def _names_something(tokens: list[_Token], place: int) -> bool:
    """True for a label, a property or a parameter: ``:Set``, ``n.set``, ``$set``."""
    before = tokens[place - 1]
    if place == 0 or before.text not in {":", ".", "$", "|"} or before.start + 1 != tokens[place].start:
        return False
    return before.text != "." or tokens[place - 2].kind in {"name", "quoted"}


def _refusal(query: str, token: _Token, zh: str, en: str) -> StatementError:
    line = query.count("\n", 0, token.start) + 1
    column = token.start - (query.rfind("\n", 0, token.start) + 1) + 1
    return StatementError(words(zh, en), hint=_hint(), where=f"{line}:{column}")


def _hint() -> str:
    return words(
        "只接受读取语句：MATCH、OPTIONAL MATCH、UNWIND、WITH … RETURN。与关键字同名的变量请加反引号。",
        "Reading statements are accepted: MATCH, OPTIONAL MATCH, UNWIND, WITH … RETURN. "
        "Put backquotes around variables that are named like a keyword.",
    )
