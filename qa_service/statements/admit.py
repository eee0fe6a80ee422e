"""Which hand-written Cypher is let through to a store: one statement that only reads.

A statement is admitted by what it is, never by trying it. It is cut into tokens
(:mod:`qa_service.statements.tokens`), and these have to be of a shape that only reading statements have:

- it begins with a reading clause;
- where a name can only be a keyword, because it stands right behind a finished expression or pattern, it
  is one of those that reading statements have: an engine's new clause is refused, not overlooked;
- no name outside quotes is one of the words of clauses that write, read files or change the engine, unless a
  sign beside it says that it names a label, a property, a key or a parameter;
- what is called (``CALL``, and functions of a namespace) is on a list.

What an engine is given is written anew from the tokens. Limits of time, memory and rows are another matter:
they hold for every statement (contract §6).
"""

from __future__ import annotations

from typing import Final

from ontology.errors import StatementError
from qa_service.settings import words
from qa_service.statements.tokens import Token, cut, hint, refused, written

#: what a statement, and each part of a UNION, may begin with
BEGINS: Final = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
#: the keywords of reading statements
KEYWORDS: Final = BEGINS | frozenset(
    """
    WHERE UNION ALL DISTINCT ORDER BY SKIP OFFSET LIMIT AS AND OR XOR NOT IN IS STARTS ENDS CONTAINS
    ASC ASCENDING DESC DESCENDING CASE WHEN THEN ELSE END YIELD NULLS FIRST LAST
    ANY SHORTEST WSHORTEST TRAIL ACYCLIC PATH PATHS GROUP GROUPS TYPED NORMALIZED
    """.split()  # noqa: SIM905  easier to read than forty lines
)
#: clauses and commands of either engine that do more than read the graph
REFUSED: Final = frozenset(
    """
    ALTER ANALYZE ATTACH BEGIN CHECKPOINT COMMENT COMMIT COPY CREATE CSV CYPHER DEALLOCATE DELETE DENY
    DETACH DROP DRYRUN ENABLE EXPLAIN EXPORT EXTENSION FOREACH FORCE GRANT IMPORT INSERT INSTALL LOAD MACRO
    MERGE PERIODIC PRAGMA PROFILE PROJECT_GRAPH REMOVE RENAME REVOKE ROLLBACK SET SHOW START STOP TERMINATE
    TRANSACTION TRANSACTIONS TRUNCATE UNINSTALL UPDATE USE USING VACUUM
    """.split()  # noqa: SIM905
)
#: procedures and table functions that only tell of the graph's shape, or search its names
PROCEDURES: Final = frozenset(
    """
    db.labels db.relationshiptypes db.propertykeys db.schema.visualization db.schema.nodetypeproperties
    db.schema.reltypeproperties db.index.fulltext.querynodes db.index.fulltext.queryrelationships
    show_tables table_info show_connection show_indexes show_functions db_version
    """.split()  # noqa: SIM905
)
#: functions with a namespace that only calculate
NAMESPACES: Final = frozenset(
    {"date", "datetime", "localdatetime", "time", "localtime", "duration", "point", "vector"}
)
#: functions that change something, or hold for more than the statement
FUNCTIONS_REFUSED: Final = frozenset({"nextval", "currval", "setseed"})

_OPERAND_ENDS: Final = frozenset(")]}")


def admit(query: str) -> str:
    """The statement as an engine is given it; StatementError where it is not let through.

    >>> admit("MATCH (c:Chain) RETURN c.name; // all of them")
    'MATCH (c:Chain) RETURN c.name'
    """
    tokens = cut(query)
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise StatementError(words("没有语句", "There is no statement"), hint=hint())
    if tokens[0].word not in BEGINS:
        first = tokens[0]
        raise refused(
            query,
            first.start,
            f"语句不能以 {_short(first)} 开头",
            f"A statement cannot begin with {_short(first)}",
        )
    operand_before = False
    for place in range(len(tokens)):
        _check(query, tokens, place, operand_before)
        operand_before = _ends_operand(tokens, place)
    return written(tokens)


def _check(query: str, tokens: list[Token], place: int, operand_before: bool) -> None:
    """Refuses the token at ``place`` where it cannot belong to a reading statement."""
    token = tokens[place]
    if token.text == ";":
        raise refused(query, token.start, "一次只能有一条语句", "Only one statement at a time")
    names = _names_something(tokens, place)
    if token.word in REFUSED and not names:
        raise _no_reading(query, token)
    if operand_before and not names and token.word not in KEYWORDS and token.kind != "sign":
        # two finished expressions side by side: the second can only be a clause that is not known here
        raise _no_reading(query, token)
    if place and tokens[place - 1].word in ("UNION", "OPTIONAL") and not _names_something(tokens, place - 1):
        allowed = BEGINS | {"ALL", "DISTINCT"} if tokens[place - 1].word == "UNION" else {"MATCH", "CALL"}
        if token.word not in allowed:
            raise _no_reading(query, token)
    if token.word == "CALL" and not names:
        _check_call(query, tokens, place)
    elif token.kind in ("name", "quoted") and _at(tokens, place + 1) == "(":
        _check_function(query, tokens, place)


def _names_something(tokens: list[Token], place: int) -> bool:
    """Whether a sign beside a name says that it is no keyword: ``:Set``, ``n.set``, ``{set: 1}``."""
    token = tokens[place]
    if token.kind != "name":
        return False
    if place and not token.before:
        before = tokens[place - 1]
        if before.text in (":", "$", "|", "&", "!"):
            return True
        if before.text == "." and place > 1:
            owner = tokens[place - 2]
            return owner.kind in ("name", "quoted") or owner.text in _OPERAND_ENDS
    # a key of a map, or a variable with a label
    opened = place and tokens[place - 1].text in ("{", ",", "(", "[")
    return bool(opened) and _at(tokens, place + 1) == ":"


def _ends_operand(tokens: list[Token], place: int) -> bool:
    """Whether an expression or a pattern ends here, so that a name behind it is a keyword."""
    token = tokens[place]
    if token.kind == "sign":
        if token.text == "*" and place:  # RETURN *
            return tokens[place - 1].word in ("RETURN", "WITH", "DISTINCT", "YIELD")
        return token.text in _OPERAND_ENDS
    if token.kind == "name" and token.word in KEYWORDS and not _names_something(tokens, place):
        # END closes a CASE; NULLS FIRST and the like are behind what they order
        return token.word in ("END", "FIRST", "LAST")
    return True


def _check_call(query: str, tokens: list[Token], place: int) -> None:
    """``CALL {``, ``CALL (n) {`` with a reading statement inside, or a procedure of the list."""
    following = _at(tokens, place + 1)
    if following == "(":
        end = place + 2
        while end < len(tokens) and (
            tokens[end].kind in ("name", "quoted") or tokens[end].text in (",", "*")
        ):
            end += 1
        if _at(tokens, end) != ")" or _at(tokens, end + 1) != "{":
            raise _no_reading(query, tokens[place])
        following, place = "{", end
    if following == "{":
        inside = tokens[place + 2] if place + 2 < len(tokens) else tokens[place]
        if inside.word not in BEGINS:
            raise _no_reading(query, inside)
        return
    name, end = _dotted(tokens, place + 1)
    if name not in PROCEDURES or _at(tokens, end) != "(":
        what = tokens[place + 1] if place + 1 < len(tokens) else tokens[place]
        raise refused(
            query,
            what.start,
            f"不能调用 {name or _short(what)}",
            f"{name or _short(what)} is not let through to be called",
        )


def _check_function(query: str, tokens: list[Token], place: int) -> None:
    """A function of a namespace has to be of a known one; a few others are refused."""
    token = tokens[place]
    if token.name.lower() in FUNCTIONS_REFUSED:
        raise _no_reading(query, token)
    first = place
    while first > 1 and tokens[first - 1].text == "." and tokens[first - 2].kind in ("name", "quoted"):
        first -= 2
    called = first > 0 and tokens[first - 1].word == "CALL"
    if first < place and not called and tokens[first].name.lower() not in NAMESPACES:
        raise _no_reading(query, tokens[first])


def _dotted(tokens: list[Token], place: int) -> tuple[str, int]:
    """A name with its namespaces in lower case, and where it ends."""
    parts: list[str] = []
    while place < len(tokens) and tokens[place].kind in ("name", "quoted") and "." not in tokens[place].name:
        parts.append(tokens[place].name.lower())
        if _at(tokens, place + 1) != ".":
            return ".".join(parts), place + 1
        place += 2
    return "", place


def _at(tokens: list[Token], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""


def _short(token: Token) -> str:
    return token.text if len(token.text) <= 40 else f"{token.text[:40]}…"


def _no_reading(query: str, token: Token) -> StatementError:
    return refused(
        query,
        token.start,
        f"只读查询里不能有 {_short(token)}",
        f"{_short(token)} is not let through: only reading is",
    )
