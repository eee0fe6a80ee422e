"""Where facts come from: documents and tables, published sources, and what somebody declares complete."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.ids import source_id
from loaders.documents.document import Document, Passage, Section
from loaders.tables.read import Table


@dataclass(frozen=True)
class SourceInfo:
    """A publication that a row or a numbered reference cites.

    ``grade``: A government or official press · B trade press · C unclear origin.

    >>> SourceInfo("统计公报", "http://example.org/a").id
    'source:http://example.org/a'

    Without an address (a repost) the title and the year of publication tell it apart.
    """

    title: str
    url: str = ""
    grade: str = ""
    published: str = ""

    @property
    def id(self) -> str:
        """The id of its node."""
        return source_id(self.title, self.url, self.published)


@dataclass(frozen=True)
class CoverageDeclaration:
    """“This source was read or listed completely for ``of`` in ``region`` and ``period``.”

    ``of`` is the local name of a class or a relation, or a finer class (``Platform/one_stop``);
    ``region`` is a six-digit code, or ``Class:name`` of a place that has none; ``author`` says so.
    ``passage`` is where the declaration stands.
    """

    of: str
    region: str
    passage: str
    author: str
    period: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Origin:
    """A document or table besides its facts: what its node, its parts and its content are made of.

    ``extent`` is the reference to all of it behind the ``#`` (``0-5120``, ``Sheet1!A1:L81``);
    ``content`` is the text, or the rows as JSON, and ``content_kind`` says which. ``mapping`` holds the
    user's own mappings that a table was read by.
    """

    id: str
    digest: str
    extent: str
    title: str = ""
    number: str = ""
    issuer: str = ""
    dated: str = ""
    place: str = ""
    draft: bool = False
    content: str = ""
    content_kind: str = "text"
    short: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    passages: Sequence[Passage] = ()
    sources: tuple[SourceInfo, ...] = ()
    coverage: tuple[CoverageDeclaration, ...] = ()
    mapping: str = ""

    @property
    def reference(self) -> str:
        """The passage reference of the whole document."""
        return f"{self.id}#{self.extent}"


def origin_of_document(document: Document) -> Origin:
    """The origin of prose."""
    return Origin(
        document.id, document.digest, f"0-{len(document.text)}", document.title, document.number,
        document.issuer, document.dated.isoformat() if document.dated else "", document.place,
        document.draft, document.text, "text", dict(document.aliases), document.sections, document.passages,
        tuple(SourceInfo(source.title, source.url)
              for section in document.sections for source in section.sources),
    )


def origin_of_table(table: Table, title: str, sources: tuple[SourceInfo, ...],
                    coverage: tuple[CoverageDeclaration, ...]) -> Origin:
    """The origin of a table; its rows are kept as JSON, sheet by sheet, the header first."""
    rows = [{"sheet": sheet.name, "rows": [list(sheet.header), *map(list, sheet.rows)]}
            for sheet in table.sheets]
    return Origin(
        table.id, table.digest, ",".join(sheet.extent for sheet in table.sheets), title or table.id,
        content=json.dumps(rows, ensure_ascii=False, separators=(",", ":")), content_kind="rows",
        sources=sources, coverage=coverage,
    )
