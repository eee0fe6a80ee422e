"""A document as read: its text, its sections and its passages. Offsets always point
into ``Document.text``, which is the document as given (decoded, newlines as they are)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class NumberedSource:
    """An entry ``[n] title：url`` of a section's source list (资料来源)."""

    number: int
    title: str
    url: str
    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """A chapter, section, 专栏, numbered task … ``number`` is its path (``2.1``);
    ``id`` is ``section:DOC/2.1``. ``kind``: chapter section box task phase part."""

    id: str
    number: str
    label: str  # as written: 第1节, （一）, 专栏 1
    title: str
    level: int
    kind: str
    start: int
    end: int
    parent: str = ""
    sources: tuple[NumberedSource, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A sentence, list item, heading or flattened table row.

    ``text`` is the clean text (markup dropped, line breaks inside the sentence joined,
    full width folded, simplified characters); ``offsets[i]`` is where ``text[i]`` stands
    in the document, so any span of clean characters maps back to ``[offsets[a],
    offsets[b-1]+1)``. ``cites`` are the numbers [n] that stand in or behind it.
    """

    start: int
    end: int
    text: str
    offsets: tuple[int, ...]
    section: str
    kind: str = "sentence"
    cites: tuple[int, ...] = ()

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Document offsets of the clean characters ``text[a:b]``."""
        return self.offsets[a], self.offsets[b - 1] + 1


@dataclass(frozen=True)
class Document:
    """Text with what its head says of it. ``place`` is a six-digit code, or empty."""

    id: str
    text: str
    digest: str
    title: str = ""
    number: str = ""
    issuer: str = ""
    dated: date | None = None
    place: str = ""
    draft: bool = False
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)  # 以下简称: short → full
