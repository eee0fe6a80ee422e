"""Read all documents of a store again, from what it keeps of them, with the present extractor and
ontology. What no content was kept of stays as it is, and the report says so."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator

from graph.content import MAPPING, content_kind, read_content
from graph.store import GraphStore
from graph.types import Contribution
from loaders.documents.read import document_from_text
from loaders.extract_files import (
    Extracted,
    digest_read_anew,
    extract_prose,
    extract_rows,
    mappings_of_text,
    reader_digest,
    rejection_of,
)
from loaders.facts import Rejection
from loaders.load import Progress
from loaders.report import DocumentReport, LoadReport
from loaders.resolve import resolve_in_parts
from loaders.tables.read import Sheet, Table
from ontology.errors import SourceError
from ontology.model import Ontology


def rebuild(store: GraphStore, ontology: Ontology, progress: Progress | None = None) -> LoadReport:
    """The same documents read anew: with the same extractor and ontology, the same graph."""
    return _Rebuilding(store, ontology, progress or (lambda done, total, what: None)).run()


class _Rebuilding:
    def __init__(self, store: GraphStore, ontology: Ontology, progress: Progress) -> None:
        self.store, self.ontology, self.progress = store, ontology, progress
        self.digests = dict(store.documents())
        self.documents: list[DocumentReport] = []
        self.rejections: list[Rejection] = []

    def run(self) -> LoadReport:
        began = time.perf_counter()
        contributions = self.contributions()
        first = next(contributions, None)
        if first is not None:
            self.store.apply(itertools.chain((first,), contributions))
        self.progress(len(self.digests), len(self.digests), "done")
        return LoadReport(tuple(self.documents), tuple(self.rejections), time.perf_counter() - began)

    def contributions(self) -> Iterator[Contribution]:
        for done, (document, digest) in enumerate(sorted(self.digests.items())):
            self.progress(done, len(self.digests), document)
            try:
                extracted = self.read(document, digest)
            except SourceError as error:
                self.documents.append(DocumentReport(document, "failed"))
                self.rejections.append(rejection_of(document, error))
                continue
            if extracted is None:
                self.documents.append(DocumentReport(document, "unchanged"))
                self.rejections.append(Rejection(
                    document, "", "no_content", "it was loaded without its content: load the file again"))
                continue
            self.documents.append(DocumentReport(document, "replaced", len(extracted.facts)))
            self.rejections.extend(extracted.rejections)
            yield from resolve_in_parts(extracted.facts, extracted.origin, self.ontology)

    def read(self, document: str, digest: str) -> Extracted | None:
        kind = content_kind(self.store.read, document)
        kept = read_content(self.store.read, document) if kind else None
        if kept is None:
            return None
        if kind != "rows":
            anew = digest_read_anew(digest, reader_digest(False, (), self.ontology))
            return extract_prose(document_from_text(kept, document, digest), anew, self.ontology)
        mappings = mappings_of_text(read_content(self.store.read, document, MAPPING) or "")
        anew = digest_read_anew(digest, reader_digest(True, mappings, self.ontology))
        return extract_rows(table_of(kept, document, digest), anew, self.ontology, mappings)


def table_of(rows: str, document: str, digest: str) -> Table:
    """A table as it was read, from the rows that are kept of it."""
    return Table(document, digest, tuple(
        Sheet(str(sheet["sheet"]), tuple(sheet["rows"][0]), tuple(tuple(row) for row in sheet["rows"][1:]))
        for sheet in json.loads(rows)
    ))
