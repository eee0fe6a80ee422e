"""Files → facts, without a store: what a load begins with, and all of ``nqi extract``."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from loaders.archives import ARCHIVES, members, read_member
from loaders.check import check
from loaders.documents.document import Document
from loaders.documents.read import SUFFIXES, document_from_bytes
from loaders.facts import Fact, Rejection
from loaders.origin import Origin, origin_of_document, origin_of_table
from loaders.tables.extract import extract_table
from loaders.tables.mapping import TableMapping, beside, bundled, mapping_from_text, own_mapping
from loaders.tables.read import TABLE_SUFFIXES, Table, table_from_bytes
from ontology.errors import SourceError
from ontology.model import Ontology
from ontology.own_files import fingerprint

#: goes up with every change that lets a document yield other facts
EXTRACTOR: Final = "1"

#: hex digits of each half of a digest
_HALF: Final = 32

READABLE: Final = (*SUFFIXES, *TABLE_SUFFIXES)


@dataclass(frozen=True)
class SourceFile:
    """A file and the document id under which it is known."""

    path: Path
    id: str
    #: its name inside the archive ``path``, empty where it is no member of one
    member: str = ""

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.member or self.path.name).suffix.lower()

    @property
    def place(self) -> str:
        """What tells this file from every other."""
        return f"{self.path.resolve()}!{self.member}"

    def read(self) -> bytes:
        """Its bytes; SourceError where they cannot be had."""
        if self.member:
            return read_member(self.path, self.member, self.id)
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise SourceError(f"{self.id} cannot be read: {error.strerror}", where=self.id) from error


@dataclass(frozen=True)
class Extracted:
    """What one file says: kept facts, rejections, and what its node is made of."""

    origin: Origin
    facts: Sequence[Fact]
    rejections: tuple[Rejection, ...]


def extract_paths(
    paths: Sequence[Path], ontology: Ontology, mapping: Path | Sequence[Path] | None = None
) -> Iterator[tuple[str, Sequence[Fact], tuple[Rejection, ...]]]:
    """(document id, facts, rejections) of every file under ``paths``. A file that cannot be read
    gives no facts and a rejection that says why."""
    given = files_given(mapping)
    mappings = mappings_with(*given)
    files, rejections = source_files(paths, aside=given)
    for rejection in rejections:
        yield rejection.document, (), (rejection,)
    for file in files:
        try:
            extracted = extract_file(file, ontology, mappings)
        except SourceError as error:
            yield file.id, (), (rejection_of(file.id, error),)
        else:
            yield file.id, extracted.facts, extracted.rejections


def files_given(mapping: Path | Sequence[Path] | None) -> tuple[Path, ...]:
    """One mapping, several or none."""
    return (mapping,) if isinstance(mapping, Path) else tuple(mapping or ())


def mappings_with(*own: Path | None) -> tuple[TableMapping, ...]:
    """The bundled mappings, and the user's own, which win wherever they fit."""
    return (*(own_mapping(path) for path in own if path is not None), *bundled())


def mappings_for(file: Path, mappings: Sequence[TableMapping]) -> Sequence[TableMapping]:
    """These, and the one that lies beside the table."""
    found = beside(file) if file.suffix.lower() in TABLE_SUFFIXES else None
    return mappings if found is None else (own_mapping(found), *mappings)


def source_files(
    paths: Sequence[Path], as_name: str = "", aside: Sequence[Path] = ()
) -> tuple[list[SourceFile], list[Rejection]]:
    """The files under ``paths`` with their document ids (contract §1), in the order of the ids.

    The id is the path relative to the folder that was given, or the file's name where a file was;
    ``as_name`` stands for a file's name and in front of a folder's. Hidden files and folders are
    left out, and so is the README of a folder, which tells of the files and not of the world. A file
    of a type that nothing reads is a rejection; a mapping beside its table is none, nor are the
    files ``aside`` (mappings, ontologies), which tell how the others are read.
    """
    found: dict[str, list[SourceFile]] = {}
    rejections: list[Rejection] = []
    known = {path.resolve() for path in aside}
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.is_file()]
            mappings = {beside(file) for file in inside if file.suffix.lower() in TABLE_SUFFIXES}
            for file in inside:
                relative = file.relative_to(path)
                if file in mappings or (known and file.resolve() in known):
                    continue
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
        if len({file.place for file in same}) > 1 and len({_digest(file) for file in same}) > 1:
            both = " and ".join(str(file.path / file.member) for file in same)
            rejections.append(Rejection(name, "", "duplicate_id", f"{both} would both be the document {name}:"
                                        " load one of them with --as NAME"))
        else:
            files.append(same[0])
    return files, rejections


def extract_file(file: SourceFile, ontology: Ontology, mappings: Sequence[TableMapping]) -> Extracted:
    """Read one file and check what it says; SourceError where it cannot be read."""
    return extract_bytes(file.read(), file.id, file.suffix, ontology, mappings_for(file.path, mappings))


def extract_bytes(data: bytes, document: str, suffix: str, ontology: Ontology,
                  mappings: Sequence[TableMapping]) -> Extracted:
    """The same for bytes that are at hand (an upload)."""
    digest = digest_of(data, suffix, mappings, ontology)
    if suffix in TABLE_SUFFIXES:
        return extract_rows(table_from_bytes(data, document, suffix), digest, ontology, mappings)
    return extract_prose(document_from_bytes(data, document, suffix), digest, ontology)


def extract_rows(
    table: Table, digest: str, ontology: Ontology, mappings: Sequence[TableMapping]
) -> Extracted:
    """The same for a table that was read; ``digest`` is kept with its node."""
    said = extract_table(table, mappings, ontology)
    origin = origin_of_table(table, said.title, said.sources, said.coverage)
    origin = replace(origin, mapping=mappings_text(mappings))
    return _checked(origin, digest, said.facts, said.rejections, ontology)


def extract_prose(document: Document, digest: str, ontology: Ontology) -> Extracted:
    """The same for a document that was read."""
    from loaders.documents import extract as prose  # brings the whole lexicon: only for prose

    unread = tuple(Rejection(document.id, part.where, "unread_part", part.reason) for part in document.unread)
    found = prose.facts_of(document, ontology)
    return _checked(origin_of_document(document), digest, found, unread, ontology)


def _checked(
    origin: Origin, digest: str, found: Iterable[Fact], rejections: Sequence[Rejection], ontology: Ontology
) -> Extracted:
    kept, refused = check(found, ontology, origin.id)
    reasons = tuple(dict.fromkeys((*rejections, *refused)))  # one wrong name spoils several facts of a row
    return Extracted(replace(origin, digest=digest), kept, reasons)


def digest_of(data: bytes, suffix: str, mappings: Sequence[TableMapping], ontology: Ontology) -> str:
    """What decides whether a document is as it was: its bytes in the first half; the extractor, the
    user's own ontology and a table's mappings in the second."""
    return hashlib.sha256(data).hexdigest()[:_HALF] + reader_digest(
        suffix in TABLE_SUFFIXES, mappings, ontology)


def reader_digest(table: bool, mappings: Sequence[TableMapping], ontology: Ontology) -> str:
    """What a document is read with: the second half of its digest."""
    state = hashlib.sha256(f"extractor {EXTRACTOR}\n{fingerprint(ontology.own)}\n".encode())
    if table:
        state.update(repr(sorted(mappings, key=lambda mapping: mapping.name)).encode())
    return state.hexdigest()[:_HALF]


def digest_read_anew(digest: str, reader: str) -> str:
    """The digest of the same bytes when they are read with something else."""
    return digest[:_HALF] + reader


def mappings_text(mappings: Sequence[TableMapping]) -> str:
    """The user's own mappings among these as one text, to be kept with the table; "" for none."""
    own = sorted((mapping.name, mapping.text) for mapping in mappings if mapping.text)
    return json.dumps(own, ensure_ascii=False) if own else ""


def mappings_of_text(text: str) -> tuple[TableMapping, ...]:
    """The mappings behind :func:`mappings_text` and the bundled ones."""
    own = (replace(mapping_from_text(said, f"{name}.yaml"), preferred=True, text=said)
           for name, said in (json.loads(text) if text else ()))
    return (*own, *bundled())


def rejection_of(document: str, error: SourceError) -> Rejection:
    """A file that could not be read, as a rejection with its place."""
    where = error.where.removeprefix(document).lstrip("#@: ")
    code = "no_mapping" if error.message.startswith("no mapping") else "unreadable"
    return Rejection(document, where, code, f"{error.message}; {error.hint}" if error.hint else error.message)


def _is_readme(path: Path) -> bool:
    return path.stem.casefold() == "readme"


def _take(file: SourceFile, found: dict[str, list[SourceFile]], rejections: list[Rejection]) -> None:
    suffix = file.suffix
    if suffix in READABLE:
        found.setdefault(file.id, []).append(file)
    elif suffix in ARCHIVES and not file.member:
        try:
            names = members(file.path, file.id)
        except SourceError as error:
            rejections.append(rejection_of(file.id, error))
            return
        for member, name in names:
            _take(SourceFile(file.path, unicodedata.normalize("NFC", f"{file.id}/{name}"), member),
                  found, rejections)
    else:
        rejections.append(Rejection(
            file.id, "", "unknown_type", f"no reader for {suffix or 'files without a suffix'}; "
            f"files are read from {', '.join((*READABLE, *ARCHIVES))}"))


def _digest(file: SourceFile) -> str:
    try:
        return hashlib.sha256(file.read()).hexdigest()
    except SourceError:
        return ""
