"""A document as read: its text, its sections and its passages. Offsets always point
into ``Document.text``, which is the document as given (decoded, newlines as they are)."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """An entry ``[n] title：url`` of a section's source list (资料来源)."""

    number: int
    title: str
    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, section, 专栏, numbered task … ``number`` is its path (``2.1``);
    ``id`` is ``section:DOC/2.1``.

    ``kind``: chapter section box task phase list part. A *list* is a group of items with
    the words that introduce it as its title (改进措施应重点关注); a *part* is one of them, or
    a paragraph that opens with a title in bold (**现代金融。**…).
    """

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
    #: place among all sections of the document, from 1
    order: int = 0
    #: where the text behind the title begins
    body: int = 0
    #: the sentence that introduces the list of which this is an item, or that a list's title was taken from
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, list item, heading or flattened table row.

    ``text`` is the clean text (markup dropped, line breaks inside the sentence joined,
    full width folded, simplified characters); ``offsets[i]`` is where ``text[i]`` stands
    in the document, so any span of clean characters maps back to ``[offsets[a],
    offsets[b-1]+1)``. ``cites`` are the numbers [n] that stand in or behind it.
    ``kind``: sentence item heading row source. The cells of a row are parted by tabs.
    """

    start: int
    end: int
    text: str
    offsets: Sequence[int]
    section: str
    kind: str = "sentence"
    cites: tuple[int, ...] = ()
    #: place among all passages of the document, from 1
    order: int = 0

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Document offsets of the clean characters ``text[a:b]``."""
        return self.offsets[a], self.offsets[b - 1] + 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table inside the document; each row is a passage of kind ``row``."""

    rows: Sequence[Passage]
    section: str = ""


@dataclass(frozen=True)
class Unread:
    """A part of a file that gave no text: where (``page 3``) and why."""

    where: str
    reason: str


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
    passages: Sequence[Passage] = ()
    aliases: dict[str, str] = field(default_factory=dict)  # 以下简称: short → full
    tables: tuple[Table, ...] = ()
    #: what of the file gave no text
    unread: tuple[Unread, ...] = ()

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """Sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def _starts(self) -> Sequence[int]:
        return array("L", (passage.start for passage in self.passages))

    def first_from(self, place: int) -> Passage | None:
        """The first passage that begins at this place or behind it."""
        at = bisect_left(self._starts, place)
        return self.passages[at] if at < len(self.passages) else None

    def ancestors(self, section: str) -> Iterator[Section]:
        """The section with this id, then the wider ones around it."""
        found = self.section_of.get(section)
        while found is not None:
            yield found
            found = self.section_of.get(found.parent)

    def children(self, section: str) -> tuple[Section, ...]:
        """Sections directly inside the one with this id, in order."""
        return tuple(s for s in self.sections if s.parent == section)

    def cited(self, passage: Passage) -> tuple[NumberedSource, ...]:
        """The sources behind the numbers of a passage: those of its own section's list, else of
        the nearest wider section that has a list."""
        if not passage.cites:
            return ()
        for section in self.ancestors(passage.section):
            if section.sources:
                known = {source.number: source for source in section.sources}
                return tuple(known[n] for n in passage.cites if n in known)
        return ()

    def reference(self, passage: Passage) -> str:
        """``DOC#120-180``."""
        return f"{self.id}#{passage.start}-{passage.end}"

    def written(self, passage: Passage, a: int, b: int) -> str:
        """The clean characters ``text[a:b]`` as the document writes them (width, traditional)."""
        return "".join(self.text[o] for o in dict.fromkeys(passage.offsets[a:b])).strip()

    def quote(self, passage: Passage) -> str:
        """The passage as the document has it."""
        return self.text[passage.start : passage.end]
