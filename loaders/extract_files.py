"""Files → facts, without a store: what a load begins with, and all of ``nqi extract``."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from loaders.check import check
from loaders.documents.read import SUFFIXES, document_from_bytes
from loaders.facts import Fact, Rejection
from loaders.origin import Origin, origin_of_document, origin_of_table
from loaders.tables.extract import extract_table
from loaders.tables.mapping import TableMapping, bundled, read_mapping
from loaders.tables.read import TABLE_SUFFIXES, table_from_bytes
from ontology.errors import SourceError
from ontology.model import Ontology

#: goes up with every change that lets a document yield other facts
EXTRACTOR: Final = "1"

READABLE: Final = (*SUFFIXES, *TABLE_SUFFIXES)


@dataclass(frozen=True)
class SourceFile:
    """A file and the document id under which it is known."""

    path: Path
    id: str


@dataclass(frozen=True)
class Extracted:
    """What one file says: kept facts, rejections, and what its node is made of."""

    origin: Origin
    facts: tuple[Fact, ...]
    rejections: tuple[Rejection, ...]


def extract_paths(
    paths: Sequence[Path], ontology: Ontology, mapping: Path | None = None
) -> Iterator[tuple[str, tuple[Fact, ...], tuple[Rejection, ...]]]:
    """(document id, facts, rejections) of every file under ``paths``. A file that cannot be read
    gives no facts and a rejection that says why."""
    mappings = mappings_with(mapping)
    files, rejections = source_files(paths)
    for rejection in rejections:
        yield rejection.document, (), (rejection,)
    for file in files:
        try:
            extracted = extract_file(file, ontology, mappings)
        except SourceError as error:
            yield file.id, (), (rejection_of(file.id, error),)
        else:
            yield file.id, extracted.facts, extracted.rejections


def mappings_with(mapping: Path | None = None) -> tuple[TableMapping, ...]:
    """The bundled mappings, and the user's own, which wins wherever it fits."""
    return bundled() if mapping is None else (replace(read_mapping(mapping), preferred=True), *bundled())


def source_files(paths: Sequence[Path], as_name: str = "") -> tuple[list[SourceFile], list[Rejection]]:
    """The files under ``paths`` with their document ids (contract §1), in the order of the ids.

    The id is the path relative to the folder that was given, or the file's name where a file was;
    ``as_name`` stands for a file's name and in front of a folder's. Hidden files and folders are
    left out, and so is the README of a folder, which tells of the files and not of the world. A file
    of a type that nothing reads is a rejection.
    """
    found: dict[str, list[SourceFile]] = {}
    rejections: list[Rejection] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file())
            for file in inside:
                relative = file.relative_to(path)
                if not (any(part.startswith(".") for part in relative.parts) or _is_readme(file)):
                    name = f"{as_name.rstrip('/')}/{relative.as_posix()}" if as_name else relative.as_posix()
                    _take(SourceFile(file, unicodedata.normalize("NFC", name)), found, rejections)
        elif path.exists():
            _take(SourceFile(path, unicodedata.normalize("NFC", as_name or path.name)), found, rejections)
        else:
            rejections.append(Rejection(path.name, "", "unreadable", f"{path.name}: no such file or folder"))
    files = []
    for name in sorted(found):
        same = found[name]
        if len({file.path.resolve() for file in same}) > 1 and len({_digest(file.path) for file in same}) > 1:
            both = " and ".join(str(file.path) for file in same)
            rejections.append(Rejection(name, "", "duplicate_id", f"{both} would both be the document {name}:"
                                        " load one of them with --as NAME"))
        else:
            files.append(same[0])
    return files, rejections


def extract_file(file: SourceFile, ontology: Ontology, mappings: Sequence[TableMapping]) -> Extracted:
    """Read one file and check what it says; SourceError where it cannot be read."""
    suffix = file.path.suffix.lower()
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise SourceError(f"{file.id} cannot be read: {error.strerror}", where=file.id) from error
    return extract_bytes(data, file.id, suffix, ontology, mappings)


def extract_bytes(data: bytes, document: str, suffix: str, ontology: Ontology,
                  mappings: Sequence[TableMapping]) -> Extracted:
    """The same for bytes that are at hand (an upload)."""
    found: Sequence[Fact]
    rejections: list[Rejection] = []
    if suffix in TABLE_SUFFIXES:
        table = table_from_bytes(data, document, suffix)
        said = extract_table(table, mappings, ontology)
        origin, found = origin_of_table(table, said.title, said.sources, said.coverage), said.facts
        rejections.extend(said.rejections)
    else:
        from loaders.documents import extract as prose  # brings the whole lexicon: only for prose

        read = document_from_bytes(data, document)
        origin, found = origin_of_document(read), prose.extract(read, ontology)
    kept, refused = check(found, ontology, document)
    fingerprint = digest_of(data, suffix, mappings)
    reasons = tuple(dict.fromkeys((*rejections, *refused)))  # one wrong name spoils several facts of a row
    return Extracted(replace(origin, digest=fingerprint), tuple(kept), reasons)


def digest_of(data: bytes, suffix: str, mappings: Sequence[TableMapping]) -> str:
    """What decides whether a document is as it was: its bytes, the extractor and the mappings."""
    state = hashlib.sha256(data)
    state.update(f"\nextractor {EXTRACTOR}".encode())
    if suffix in TABLE_SUFFIXES:
        state.update(repr(sorted(mappings, key=lambda mapping: mapping.name)).encode())
    return state.hexdigest()


def rejection_of(document: str, error: SourceError) -> Rejection:
    """A file that could not be read, as a rejection with its place."""
    where = error.where.removeprefix(document).lstrip("#@: ")
    code = "no_mapping" if error.message.startswith("no mapping") else "unreadable"
    return Rejection(document, where, code, f"{error.message}; {error.hint}" if error.hint else error.message)


def _is_readme(path: Path) -> bool:
    return path.stem.casefold() == "readme"


def _take(file: SourceFile, found: dict[str, list[SourceFile]], rejections: list[Rejection]) -> None:
    suffix = file.path.suffix.lower()
    if suffix in READABLE:
        found.setdefault(file.id, []).append(file)
    else:
        rejections.append(Rejection(
            file.id, "", "unknown_type",
            f"no reader for {suffix or 'files without a suffix'}; files are read from {', '.join(READABLE)}"))


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
