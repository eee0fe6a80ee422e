"""``python -m loaders.documents.outline [-p] FILE``: sections and tables, with -p passages, to look at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from loaders.documents.document import Document
from loaders.documents.read import read_document


def outline(document: Document, passages: bool = False) -> Iterator[str]:
    """One line a section (indented by level), with its sources; the passages below it if asked for."""
    yield (
        f"{document.id}: {document.title} | {document.number} | {document.issuer} | {document.dated} | "
        f"{document.place}{' | draft' if document.draft else ''}"
    )
    for section in document.sections:
        indent = "  " * section.level
        yield f"{indent}{section.kind} {section.number} [{section.label}] {section.title}"
        if section.lead and section.kind == "list":
            yield f"{indent}  lead: {section.lead}"
        for source in section.sources:
            yield f"{indent}  [{source.number}] {source.title} <{source.url}>"
        if passages:
            for passage in document.passages:
                if passage.section == section.id:
                    cites = list(passage.cites) or ""
                    yield f"{indent}  ({passage.kind}{cites}) {passage.text}"
    if passages:
        for passage in document.passages:
            if not passage.section:
                yield f"-- ({passage.kind}) {passage.text}"
    for table in document.tables:
        yield f"table of {len(table.rows)} rows in {table.section}"


def main() -> None:
    for name in sys.argv[1:]:
        if name != "-p":
            for line in outline(read_document(Path(name), Path(name).name), "-p" in sys.argv):
                print(line)


if __name__ == "__main__":
    main()
