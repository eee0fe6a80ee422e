"""A section while it is being built, and the form of a block that opens one."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.documents.document import NumberedSource


@dataclass
class Opened:
    """A section while it is being built."""

    number: str
    label: str
    title: str
    kind: str
    rank: float
    start: int
    body: int
    parent: Opened | None
    level: int
    form: str = ""
    hashes: int = 0
    end: int = 0
    lead: str = ""
    sources: list[NumberedSource] = field(default_factory=list)
    children: int = 0
    unnumbered: int = 0
    has_units: bool = False
    #: a box cut it: it ends before the box, and what comes behind the box belongs to it all the same
    cut: bool = False


@dataclass(frozen=True)
class Form:
    """What a block opens: a section of this rank, with the title in ``text[a:b]``."""

    rank: float
    kind: str
    a: int
    b: int
    heading: int
    form: str = ""
    number: str = ""


def letters(n: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    out = ""
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(97 + rest) + out
    return out
