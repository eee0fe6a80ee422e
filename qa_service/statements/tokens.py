"""Cypher text cut into tokens, and put together again in one spelling.

What an engine is given is written from the tokens: no comment, no odd space and no escape of a character is
left that one lexer might read in another way than this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ontology.errors import StatementError
from qa_service.settings import words

#: characters of the longest statement
LONGEST: Final = 100_000
#: brackets inside brackets
DEEPEST: Final = 100

Kind = Literal["name", "string", "quoted", "number", "sign"]

_NUMBER: Final = re.compile(r"0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|[0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SIGNS: Final = frozenset("()[]{}<>=+-*/%^.,:;|$&!~")
_OPEN, _CLOSED = "([{", ")]}"
#: what may stand behind a backslash, as it is written again
_ESCAPES: Final = {c: f"\\{c}" for c in "\\'\"nrtbf"} | {"/": "/", "`": "`"}
_CODES: Final = {"u": 4, "U": 8}


@dataclass(frozen=True)
class Token:
    """``text`` is written as an engine is given it; ``start`` is where it began; ``before`` is the blank
    before it (empty, one space, or line breaks)."""

    kind: Kind
    text: str
    start: int
    before: str = ""

    @property
    def word(self) -> str:
        """A name as keywords are compared: SET for set; empty for other tokens."""
        return self.text.upper() if self.kind == "name" else ""

    @property
    def name(self) -> str:
        """What a name or a quoted name is called: ``a b`` for a name in backquotes."""
        return self.text[1:-1].replace("``", "`") if self.kind == "quoted" else self.text


def refused(query: str, start: int, zh: str, en: str) -> StatementError:
    """A refusal with its place as line:column."""
    line = query.count("\n", 0, start) + 1
    column = start - (query.rfind("\n", 0, start) + 1) + 1
    return StatementError(words(zh, en), hint=hint(), where=f"{line}:{column}")


def hint() -> str:
    return words(
        "只接受读取语句：MATCH、OPTIONAL MATCH、UNWIND、WITH … RETURN。与关键字同名的变量请加反引号。",
        "Reading statements are accepted: MATCH, OPTIONAL MATCH, UNWIND, WITH … RETURN. "
        "Put backquotes around variables that are named like a keyword.",
    )


def cut(query: str) -> list[Token]:
    """The tokens of a statement; StatementError for what no statement can hold.

    >>> [t.text for t in cut("match (n) // all\\nreturn n.`a b`")]
    ['match', '(', 'n', ')', 'return', 'n', '.', '`a b`']
    """
    if len(query) > LONGEST:
        raise StatementError(
            words(
                f"语句太长：{len(query)} 个字符，最多 {LONGEST} 个",
                f"The statement is too long: {len(query)} characters, at most {LONGEST}",
            ),
            hint=words("值请用参数传入。", "Pass values as parameters."),
        )
    tokens: list[Token] = []
    at, before, depth = 0, "", 0
    while at < len(query):
        end = _blank(query, at)
        if end > at:
            lines = query.count("\n", at, end)
            before = "\n" * lines if lines else before or " "
            at = end
            continue
        kind, text, end = _token(query, at)
        depth += (text in _OPEN) - (text in _CLOSED) if kind == "sign" else 0
        if depth > DEEPEST:
            raise refused(
                query,
                at,
                f"括号套得太深，最多 {DEEPEST} 层",
                f"Brackets are nested too deeply, at most {DEEPEST}",
            )
        tokens.append(Token(kind, text, at, before))
        at, before = end, ""
    return tokens


def written(tokens: Sequence[Token]) -> str:
    """The statement in one spelling."""
    return "".join(t.before + t.text for t in tokens).strip()


def _blank(query: str, at: int) -> int:
    """Where the blank or comment that begins here ends; ``at`` where none does."""
    if query[at].isspace():
        return at + 1
    if query.startswith("//", at):
        ends = [e for e in (query.find("\n", at), query.find("\r", at)) if e >= 0]
        return min(ends, default=len(query))
    if query.startswith("/*", at):
        end = query.find("*/", at + 2)
        if end < 0:
            raise refused(query, at, "注释没有结束：/*", "/* is never closed")
        return end + 2
    return at


def _token(query: str, at: int) -> tuple[Kind, str, int]:
    char = query[at]
    if char in "'\"":
        return _string(query, at)
    if char == "`":
        return _quoted(query, at)
    number = _NUMBER.match(query, at)
    if number:
        return "number", number.group(), number.end()
    if char.isidentifier():
        end = at + 1
        while end < len(query) and f"a{query[end]}".isidentifier():
            end += 1
        text = query[at:end]
        if unicodedata.normalize("NFKC", text) != text:
            # letters that look like others: no name of ours has any, and a keyword might hide in them
            raise refused(
                query,
                at,
                f"名称里有变体字符，请加反引号：{text}",
                f"Put backquotes around a name with variant letters: {text}",
            )
        return "name", text, end
    if char in _SIGNS:
        return "sign", char, at + 1
    raise refused(
        query, at, f"这里不能有字符 U+{ord(char):04X}", f"The character U+{ord(char):04X} cannot stand here"
    )


def _string(query: str, at: int) -> tuple[Kind, str, int]:
    mark, parts, place = query[at], [query[at]], at + 1
    while place < len(query):
        char = query[place]
        if char == mark:
            return "string", "".join([*parts, mark]), place + 1
        if char == "\\":
            text, place = _escape(query, place)
            parts.append(text)
            continue
        if unicodedata.category(char) in ("Cs", "Cn") or char == "\0":
            raise refused(
                query,
                place,
                f"字符串里不能有字符 U+{ord(char):04X}",
                f"A string cannot hold the character U+{ord(char):04X}",
            )
        parts.append(char)
        place += 1
    raise refused(query, at, f"引号没有结束：{mark}", f"{mark} is never closed")


def _escape(query: str, at: int) -> tuple[str, int]:
    """An escape as it is written again, and where it ends. A character by its code is written as itself."""
    letter = query[at + 1 : at + 2]
    if letter in _CODES:
        digits = query[at + 2 : at + 2 + _CODES[letter]]
        if re.fullmatch(r"[0-9a-fA-F]+", digits) and len(digits) == _CODES[letter]:
            code = int(digits, 16)
            if code < 0x110000 and unicodedata.category(chr(code)) not in ("Cs", "Cn", "Cc"):
                char = chr(code)
                return (f"\\{char}" if char in "\\'\"" else char), at + 2 + len(digits)
    elif letter and letter in _ESCAPES:
        return _ESCAPES[letter], at + 2
    raise refused(query, at, f"不认识的转义：\\{letter}", f"No such escape: \\{letter}")


def _quoted(query: str, at: int) -> tuple[Kind, str, int]:
    place = at + 1
    while place < len(query):
        char = query[place]
        if char == "`":
            if query[place + 1 : place + 2] != "`":
                if place == at + 1:
                    raise refused(query, at, "反引号里没有名称", "There is no name in the backquotes")
                return "quoted", query[at : place + 1], place + 1
            place += 1
        elif char == "\\" or unicodedata.category(char) in ("Cc", "Cs", "Cn", "Zl", "Zp"):
            # one engine puts characters for \\uXXXX before it looks for quotes
            raise refused(
                query,
                place,
                "反引号里不能有反斜杠和控制字符",
                "Backquotes cannot hold backslashes and control characters",
            )
        place += 1
    raise refused(query, at, "反引号没有结束：`", "` is never closed")
