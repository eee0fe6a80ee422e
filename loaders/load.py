"""THE LOADING SPINE: paths → documents → facts → checked → resolved → written → LoadReport.

What cannot be read or does not fit is in the report with its place and reason, and
everything else is loaded.
"""

from __future__ import annotations

import difflib
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graph.store import GraphStore
from graph.types import Contribution, CypherStatement
from loaders.extract_files import (
    Extracted,
    SourceFile,
    digest_of,
    extract_bytes,
    files_given,
    mappings_for,
    mappings_with,
    rejection_of,
    source_files,
)
from loaders.facts import Rejection
from loaders.report import DocumentReport, LoadReport, Outcome
from loaders.resolve import resolve_in_parts
from loaders.tables.mapping import TableMapping
from ontology import structure
from ontology.errors import SourceError
from ontology.model import Ontology

#: (documents done, documents in all, what is being done)
Progress = Callable[[int, int, str], None]


def load(
    paths: Sequence[Path], store: GraphStore, ontology: Ontology, *, as_name: str = "",
    mapping: Path | Sequence[Path] | None = None, preview: bool = False, progress: Progress | None = None,
    aside: Sequence[Path] = (),
) -> LoadReport:
    """Put every file under ``paths`` into the store.

    A document that the store has with the same bytes is left alone; with other bytes it takes the
    place of what was there. With ``preview`` nothing is written. ``aside``: files under ``paths`` that
    are no sources (the user's ontology). SourceError only for a mapping that cannot be read;
    StoreError where the store cannot be written.
    """
    own = files_given(mapping)
    files, refused = source_files(paths, as_name, (*own, *aside))
    return _Load(store, ontology, mappings_with(*own), preview, progress).run(files, refused)


def unload(document: str, store: GraphStore) -> None:
    """Take back what this document alone supported. SourceError where the store has no such one."""
    known = documents_in(store)
    if document not in known:
        near = difflib.get_close_matches(document, known, n=3, cutoff=0.3)
        hint = f"did you mean {' or '.join(near)}?" if near else "nqi status --json lists the documents"
        raise SourceError(f"no document {document} in the store", where=document, hint=hint)
    store.apply((), remove=(document,))


def documents_in(store: GraphStore) -> dict[str, str]:
    """Document id → digest of what the store has."""
    rows = store.read(CypherStatement(
        f"MATCH (d:{structure.DOCUMENT}) RETURN d.id AS id, d.digest AS digest ORDER BY d.id"))
    prefix = len(structure.DOCUMENT) + 1
    return {str(row[0])[prefix:]: str(row[1]) for row in rows.rows}


class _Load:
    def __init__(self, store: GraphStore, ontology: Ontology, mappings: Sequence[TableMapping],
                 preview: bool, progress: Progress | None) -> None:
        self.store, self.ontology, self.preview = store, ontology, preview
        self.mappings = mappings
        self.progress = progress or (lambda done, total, what: None)
        self.known = documents_in(store)
        self.documents: list[DocumentReport] = []
        self.rejections: list[Rejection] = []

    def run(self, files: Sequence[SourceFile], refused: Sequence[Rejection]) -> LoadReport:
        began = time.perf_counter()
        for rejection in refused:
            self.documents.append(DocumentReport(rejection.document, "failed"))
            self.rejections.append(rejection)
        contributions = self.contributions(files)
        first = next(contributions, None)
        if first is not None:  # nothing new: no new version
            self.store.apply(itertools.chain((first,), contributions))
        self.progress(len(files), len(files), "done")
        documents = sorted(self.documents, key=lambda document: document.id)
        return LoadReport(tuple(documents), tuple(self.rejections), time.perf_counter() - began)

    def contributions(self, files: Sequence[SourceFile]) -> Iterator[Contribution]:
        """What is to be written, one document after the other, a long one in parts: the store takes them as
        they come, and publishes a version every so many documents."""
        for done, file in enumerate(files):
            self.progress(done, len(files), file.id)
            extracted = self.read(file)
            if extracted is not None and not self.preview:
                yield from resolve_in_parts(extracted.facts, extracted.origin, self.ontology)

    def read(self, file: SourceFile) -> Extracted | None:
        """What one file says; None where it cannot be read or is there already."""
        try:
            suffix, data = file.suffix, file.read()
            mappings = mappings_for(file.path, self.mappings)
            if self.known.get(file.id) == digest_of(data, suffix, mappings, self.ontology):
                self.documents.append(DocumentReport(file.id, "unchanged"))
                return None
            extracted = extract_bytes(data, file.id, suffix, self.ontology, mappings)
        except SourceError as error:
            self.documents.append(DocumentReport(file.id, "failed"))
            self.rejections.append(rejection_of(file.id, error))
            return None
        status: Outcome = "replaced" if file.id in self.known else "loaded"
        self.documents.append(DocumentReport(file.id, status, len(extracted.facts)))
        self.rejections.extend(extracted.rejections)
        return extracted
