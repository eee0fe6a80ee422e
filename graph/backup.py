"""A whole store as one file, and back.

The file is a gzipped tar with ``backup.json`` first: the graph hash and, for each part of each
version, its size and SHA-256. Parts are the files of an embedded store itself, so a restored one is the
same to the byte: versions, ontology, people's decisions. A graph on a server is copied into an embedded
store of one version and then written like any other, so each engine takes what the other one gave.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Final

from graph.store import GraphStore
from graph.stores.embedded import EmbeddedStore
from graph.versions import GRAPH, MANIFEST, PARTS, Versions
from graph.whole import GraphCopy
from ontology.errors import NoStore, StoreError
from ontology.own_files import OwnFile

#: called with (bytes done, bytes in all, what)
Progress = Callable[[int, int, str], None]

INDEX: Final = "backup.json"
FORMAT: Final = 1
_BLOCK: Final = 1 << 20
_LONGEST_INDEX: Final = 1 << 24


@dataclass(frozen=True)
class Part:
    """One file of one version: ``0003.lbug``."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """What a backup says of itself. ``current`` is the version that counts."""

    hash: str
    current: int
    documents: int
    created: str = ""
    format: int = FORMAT
    parts: tuple[Part, ...] = field(default=())

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)


def write_backup(folder: Path, file: Path, progress: Progress | None = None) -> Backup:
    """Put the store at ``folder`` into ``file``; a file that is there is replaced when all is done."""
    versions = Versions(folder)
    if not versions.current():
        raise NoStore(f"there is no store at {folder}", hint="nqi load PATH… makes one")
    with versions.writing():
        backup = _described(versions)
        tell = _Telling(backup.size, progress)
        made = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            with made.open("wb") as out:
                with (
                    gzip.GzipFile("", "wb", 6, out, mtime=0) as packed,
                    tarfile.open(fileobj=packed, mode="w|") as tar,
                ):
                    _add(tar, INDEX, io.BytesIO(_text(backup)), len(_text(backup)))
                    for part in backup.parts:
                        with (folder / "versions" / part.name).open("rb") as source:
                            _add(tar, part.name, source, part.size)
                        tell.more(part.size, part.name)
                out.flush()
                os.fsync(out.fileno())
            os.replace(made, file)
        finally:
            made.unlink(missing_ok=True)
    return backup


def read_index(file: Path) -> Backup:
    """What a backup says of itself, without unpacking it."""
    with _opened(file) as tar:
        return _index(tar, file)


def restore_backup(folder: Path, file: Path, progress: Progress | None = None) -> Backup:
    """Make the store at ``folder`` what ``file`` holds, in one step at the end: until then, and if
    anything in the file is not as it was written, the store that is there stays."""
    versions = Versions(folder)
    with versions.writing():
        passing = folder / "writing"  # swept away with the lock
        unpacked = passing / "versions"
        unpacked.mkdir(parents=True)
        with _opened(file) as tar:
            backup = _index(tar, file)
            tell = _Telling(backup.size, progress)
            _unpack(tar, backup, unpacked, file, tell)
        (passing / "current").write_text(f"{backup.current:04d}\n", "ascii")
        _proved(passing, backup, file)
        _install(versions, Versions(passing), backup)
    return backup


def write_backup_of(store: GraphStore, file: Path, progress: Progress | None = None) -> Backup:
    """The graph of a store that is no folder, as it is now: what undo reaches there is not in the file."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as passing:
        beside = Path(passing) / "store"
        with store.copied() as copy:
            _filled(beside, copy)
        return write_backup(beside, file, progress)


def restore_backup_into(store: GraphStore, file: Path, progress: Progress | None = None) -> Backup:
    """Make the graph of a store that is no folder what ``file`` holds. The file is proved first; then the
    store takes it in, however its engine does (``GraphStore.become``)."""
    from ontology.read import load_ontology

    with tempfile.TemporaryDirectory(prefix="nqi-") as passing:
        beside = Path(passing) / "store"
        backup = restore_backup(beside, file, progress)
        versions = Versions(beside)
        ontology = load_ontology(versions.ontology(versions.current()))
        proved = EmbeddedStore(beside, ontology)
        try:
            with proved.copied() as copy:
                store.adopt(ontology)
                store.become(copy)
        finally:
            proved.close()
    return backup


def _filled(folder: Path, copy: GraphCopy) -> None:
    from ontology.read import load_ontology

    store = EmbeddedStore(folder, load_ontology(copy.ontology), writable=True)
    try:
        store.become(copy)
        found = store.recomputed_hash()
    finally:
        store.close()
    if found != copy.hash:
        raise StoreError(f"the graph that was read has the hash {found} and should have {copy.hash}",
                         hint="nqi doctor looks at the store")


def _described(versions: Versions) -> Backup:
    current = versions.current()
    manifest = versions.manifest(current)
    parts = []
    for number in _undoable(versions, current):
        for ending in PARTS:
            path = versions.file(number, ending)
            if path.exists():
                parts.append(Part(path.name, path.stat().st_size, _digest(path)))
    return Backup(manifest.hash, current, len(manifest.documents), manifest.created, parts=tuple(parts))


def _undoable(versions: Versions, number: int) -> list[int]:
    """The version and those that undo can reach from it."""
    found: list[int] = []
    while number and number not in found and versions.graph(number).exists():
        found.append(number)
        number = versions.manifest(number).parent
    return found


def _unpack(tar: tarfile.TarFile, backup: Backup, to: Path, file: Path, tell: _Telling) -> None:
    expected = {part.name: part for part in backup.parts}
    while (entry := _next(tar, file)) is not None:
        # only names that the index gives, so nothing is ever written elsewhere
        part = expected.pop(entry.name, None)
        if part is None or not entry.isfile() or entry.size != part.size:
            raise _damaged(file, f"the entry {entry.name!r} is none of its own")
        packed = tar.extractfile(entry)
        state = hashlib.sha256()
        with (to / part.name).open("wb") as out:
            for block in _blocks(packed, file):
                state.update(block)
                out.write(block)
                tell.more(len(block), part.name)
        if state.hexdigest() != part.sha256:
            raise _damaged(file, f"{part.name} is not as it was written")
    if expected:
        raise _damaged(file, f"{', '.join(sorted(expected))} is missing")


def _proved(folder: Path, backup: Backup, file: Path) -> None:
    """The unpacked store opens, and its hash, counted from nothing, is the one of the backup."""
    from ontology.read import load_ontology

    own: tuple[OwnFile, ...] = Versions(folder).ontology(backup.current)
    store = EmbeddedStore(folder, load_ontology(own))
    try:
        counted = store.recomputed_hash()
    finally:
        store.close()
    if counted != backup.hash:
        raise _damaged(file, f"its graph has the hash {counted} and should have {backup.hash}")


def _install(into: Versions, unpacked: Versions, backup: Backup) -> None:
    """Under numbers that were never used, oldest first, then ``current`` in one step."""
    first = max([0, into.current(), *into.numbers()]) + 1
    numbers = {old: first + n for n, old in enumerate(unpacked.numbers())}
    for old, new in numbers.items():
        manifest = asdict(unpacked.manifest(old))
        manifest |= {"number": new, "parent": numbers.get(int(manifest["parent"]), 0)}
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
        unpacked.file(old, MANIFEST).write_text(text, "utf-8")
        for ending in PARTS:
            if unpacked.file(old, ending).exists():
                os.replace(unpacked.file(old, ending), into.file(new, ending))
    into.move(numbers[backup.current])


class _Telling:
    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._done, self._progress = total, 0, progress

    def more(self, size: int, what: str) -> None:
        self._done += size
        if self._progress:
            self._progress(self._done, self._total, what)



def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o644
    tar.addfile(entry, source)


def _text(backup: Backup) -> bytes:
    return json.dumps(asdict(backup), ensure_ascii=False, indent=1).encode()


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with gzip.open(file, "rb") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                yield tar
            while packed.read(_BLOCK):  # to the end, where the checksum of the whole stands
                pass
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(file, str(error)) from error


def _next(tar: tarfile.TarFile, file: Path) -> tarfile.TarInfo | None:
    try:
        return tar.next()
    except OSError as error:
        raise _damaged(file, str(error)) from error


def _index(tar: tarfile.TarFile, file: Path) -> Backup:
    entry = _next(tar, file)
    if entry is None or entry.name != INDEX or entry.size > _LONGEST_INDEX:
        raise _damaged(file, f"it does not begin with {INDEX}")
    found = tar.extractfile(entry)
    try:
        tree = json.loads(b"".join(_blocks(found, file)))
        if tree["format"] != FORMAT:
            raise StoreError(
                f"{file.name} is a backup of format {tree['format']}; this program reads {FORMAT}",
                where=str(file), hint="use the version of the program that wrote it, or a newer one",
            )
        parts = tuple(Part(str(p["name"]), int(p["size"]), str(p["sha256"])) for p in tree["parts"])
        backup = Backup(str(tree["hash"]), int(tree["current"]), int(tree["documents"]),
                        str(tree["created"]), FORMAT, parts)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, f"{INDEX} says {error}") from error
    for part in backup.parts:
        stem, dot, ending = part.name.partition(".")
        if not stem.isdecimal() or dot + ending not in PARTS:
            raise _damaged(file, f"{part.name!r} is no part of a store")
    if f"{backup.current:04d}{GRAPH}" not in {part.name for part in backup.parts}:
        raise _damaged(file, "the version that counts is missing")
    return backup


def _blocks(packed: IO[bytes] | None, file: Path) -> Iterator[bytes]:
    if packed is None:
        raise _damaged(file, "an entry is no file")
    while block := packed.read(_BLOCK):
        yield block


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _damaged(file: Path, what: str) -> StoreError:
    return StoreError(f"{file.name} is no whole backup: {what}", where=str(file),
                      hint="nothing was changed; take another backup")

