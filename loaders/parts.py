"""The parts of a document as nodes: itself, its sections and passages, its content; and how they
hang together. A table has a document and content only: its rows are never nodes."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from graph.content import MAPPING, content_parts
from graph.ids import document_id
from graph.types import NodeStatement, Support, Value
from loaders.documents.document import Passage
from loaders.origin import Origin, SourceInfo
from ontology import structure


@dataclass(frozen=True)
class Link:
    """A relationship of the structure."""

    type: str
    source: str
    target: str
    support: Support


def parts_of(origin: Origin) -> Iterable[NodeStatement]:
    """The nodes of the document, its sections, passages and content."""
    named = Support(origin.reference, f"name={origin.title or origin.id}")
    yield _node(document_id(origin.id), structure.DOCUMENT, (named,), {
        "title": origin.title, "number": origin.number, "issuer": origin.issuer, "dated": origin.dated,
        "draft": origin.draft or None, "place": origin.place, "digest": origin.digest})
    for order, section in enumerate(origin.sections):
        at = f"{origin.id}#{section.start}-{section.end}"
        name = " ".join(word for word in (section.label, section.title) if word)
        yield _node(section.id, structure.SECTION, (Support(at, f"name={name}" if name else ""),), {
            "number": section.number, "label": section.label, "title": section.title, "level": section.level,
            "kind": section.kind, "document": origin.id, "start": section.start, "end": section.end,
            "order": order})
    for order, passage in enumerate(origin.passages):
        reference = passage_reference(origin, passage)
        yield _node(reference, structure.PASSAGE, (Support(reference),), {
            "text": origin.content[passage.start:passage.end], "document": origin.id,
            "section": passage.section, "start": passage.start, "end": passage.end, "order": order,
            "kind": passage.kind, "cites": list(passage.cites)})
    yield from content_parts(origin.id, origin.content, kind=origin.content_kind)
    if origin.mapping:
        yield from content_parts(origin.id, origin.mapping, kind=MAPPING)


def passage_reference(origin: Origin, passage: Passage) -> str:
    """``DOC#120-180``: the id of the passage's node too."""
    return f"{origin.id}#{passage.start}-{passage.end}"


class PassageFinder:
    """The passages of a document by place, and the numbered sources that they cite."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.passages = origin.passages  # in the order of the text
        self.starts = array("L", (passage.start for passage in self.passages))
        self.sections = {section.id: section for section in origin.sections}

    def nodes(self, reference: str) -> list[str]:
        """Ids of the passage nodes that hold the span of a reference; none for a table's."""
        return [passage_reference(self.origin, passage) for passage in self._at(reference)]

    def source(self, reference: str) -> str:
        """The id of the first source that the passage at this place cites, empty where none."""
        return next((info.id for passage in self._at(reference) for info in self._cited(passage)), "")

    def links(self) -> Iterable[Link]:
        """Passage → section → wider section → document, passage → source."""
        document = document_id(self.origin.id)
        for section in self.origin.sections:
            at = Support(f"{self.origin.id}#{section.start}-{section.end}")
            if section.parent in self.sections:
                yield Link(structure.IN_SECTION, section.id, section.parent, at)
            yield Link(structure.IN_DOCUMENT, section.id, document, at)
        for passage in self.passages:
            reference = passage_reference(self.origin, passage)
            at = Support(reference)
            if passage.section in self.sections:
                yield Link(structure.IN_SECTION, reference, passage.section, at)
            else:
                yield Link(structure.IN_DOCUMENT, reference, document, at)
            for info in self._cited(passage):
                yield Link(structure.FROM_SOURCE, reference, info.id, at)

    def _at(self, reference: str) -> list[Passage]:
        start, _, end = reference.rpartition("#")[2].partition("-")
        if not (self.starts and start.isdigit() and end.isdigit()):
            return []
        first = max(bisect.bisect_right(self.starts, int(start)) - 1, 0)
        for at in range(first, min(first + 2, len(self.starts))):
            passage = self.passages[at]
            if passage.start < int(end) and int(start) < passage.end:
                return [passage]
        return []

    def _cited(self, passage: Passage) -> Iterable[SourceInfo]:
        """The sources behind the passage's [n]: in its section's list, or a wider section's."""
        for number in passage.cites:
            section = self.sections.get(passage.section)
            while section is not None:
                entry = next((source for source in section.sources if source.number == number), None)
                if entry is not None:
                    yield SourceInfo(entry.title, entry.url)
                    break
                section = self.sections.get(section.parent)


def _node(key: str, cls: str, supports: tuple[Support, ...], properties: dict[str, Value]) -> NodeStatement:
    return NodeStatement(key, cls, supports,
                         {name: value for name, value in properties.items() if value not in (None, "", [])})
