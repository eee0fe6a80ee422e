"""The folder of an embedded store (contract §6): immutable versions, one writer, atomic change.

    STORE/
      current            the number of the version that counts, moved by one rename
      lock               held while somebody writes; says who
      writing/           what a writer works on; anything here without a writer is left over
      versions/0001.lbug each closed, complete, never written again
               0001.json its manifest;  0001.names  its entity index
               0001.ontology  the user's own ontology files, where there are any

A writer that is killed at any moment has either moved ``current`` or not, so the store holds
the version before or the one after. Undo moves ``current`` to the version that the last load
began from; the next load goes on from there under a number never used before.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from graph import file_lock
from ontology.errors import Unavailable, WriteConflict
from ontology.own_files import OwnFile, unpacked

#: how many loads can be undone: that many versions stay beside the current one
KEPT = 3
#: how long a second writer waits before it gives up, in seconds
PATIENCE = 600.0

GRAPH, MANIFEST, NAMES, ONTOLOGY = ".lbug", ".json", ".names", ".ontology"
#: the files of one version; the graph last: a number whose graph is there is complete
PARTS = (ONTOLOGY, MANIFEST, NAMES, GRAPH)


@dataclass(frozen=True)
class Manifest:
    """What is known of a version without opening it. ``parent`` is the version that the load
    which made this one began from (0: none); undo goes back there."""

    number: int = 0
    parent: int = 0
    hash: str = "0" * 64
    schema: str = ""
    extractor: str = ""
    created: str = ""
    nodes: Mapping[str, int] = field(default_factory=dict)
    relationships: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """The version that a writer works on. ``base`` is the manifest of what it was copied from."""

    folder: Path
    base: Manifest

    @property
    def graph(self) -> Path:
        return self.folder / f"draft{GRAPH}"

    @property
    def names(self) -> Path:
        return self.folder / f"draft{NAMES}"

    @property
    def ontology(self) -> Path:
        return self.folder / f"draft{ONTOLOGY}"


class Versions:
    """The versions of one store folder.

    >>> versions = Versions(Path("nqi-store"))            # doctest: +SKIP
    >>> with versions.writing() as draft: ...             # doctest: +SKIP
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._versions = folder / "versions"
        self._writing = folder / "writing"
        self._current = folder / "current"

    # ---- reading ---------------------------------------------------------------------------

    def current(self) -> int:
        """The number of the version that counts; 0 where the store has none yet."""
        try:
            return int(self._current.read_text("ascii"))
        except FileNotFoundError:
            return 0
        except (ValueError, OSError) as broken:
            raise Unavailable(
                f"{self._current} cannot be read: {broken}",
                hint=f"it holds the number of a file in {self._versions}",
            ) from None

    def graph(self, number: int) -> Path:
        return self._file(number, GRAPH)

    def names(self, number: int) -> Path:
        return self._file(number, NAMES)

    def ontology(self, number: int) -> tuple[OwnFile, ...]:
        """The user's own ontology files that a version was made with."""
        try:
            return unpacked(self._file(number, ONTOLOGY).read_text("utf-8"))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as broken:
            raise Unavailable(
                f"the ontology of version {number} of {self.folder} cannot be read: {broken}",
                hint="nqi undo goes back a version; nqi restore puts a backup back",
            ) from None

    def file(self, number: int, ending: str) -> Path:
        """One of the files of a version (``PARTS``)."""
        return self._file(number, ending)

    def numbers(self) -> tuple[int, ...]:
        """The versions that are there, oldest first."""
        return tuple(sorted(self._numbers())) if self._versions.is_dir() else ()

    def manifest(self, number: int) -> Manifest:
        """The manifest of a version; an empty one for number 0."""
        if number == 0:
            return Manifest()
        try:
            return Manifest(**json.loads(self._file(number, MANIFEST).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as broken:
            raise Unavailable(
                f"version {number} of {self.folder} has no readable manifest: {broken}"
            ) from None

    # ---- writing ---------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(
        self, waiting: Callable[[str], None] | None = None, patience: float = PATIENCE
    ) -> Iterator[None]:
        """Hold the store's lock. A second writer waits, and says once for whom."""
        self._versions.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a+b") as lock:
            self._acquire(lock, waiting, patience)
            try:
                self._sweep()
                yield
            finally:
                with contextlib.suppress(OSError):
                    shutil.rmtree(self._writing)
                file_lock.unlock(lock)

    def draft(self, *, empty: bool = False) -> Draft:
        """A copy of the current version to work on (with ``empty``: of none). Only while the lock
        is held."""
        shutil.rmtree(self._writing, ignore_errors=True)
        self._writing.mkdir()
        number = 0 if empty else self.current()
        draft = Draft(self._writing, self.manifest(number))
        if number:
            shutil.copyfile(self.graph(number), draft.graph)
        return draft

    def publish(self, draft: Draft, manifest: Manifest) -> Manifest:
        """Make the (closed) draft the current version. ``manifest.number`` is given here."""
        known = (draft.graph, draft.names, draft.ontology)
        leftover = [f.name for f in draft.folder.iterdir() if f not in known]
        if leftover:
            raise Unavailable(f"the graph was not closed: {', '.join(leftover)}")
        number = max([0, self.current(), *self._numbers()]) + 1
        manifest = Manifest(**{**asdict(manifest), "number": number, "created": _now()})
        text = draft.folder / "manifest"
        text.write_text(json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True), "utf-8")
        made_of = {ONTOLOGY: draft.ontology, MANIFEST: text, NAMES: draft.names, GRAPH: draft.graph}
        for ending in PARTS:
            if ending != ONTOLOGY or draft.ontology.exists():
                _flush(made_of[ending])
                os.replace(made_of[ending], self._file(number, ending))
        _flush_folder(self._versions)
        self._move(number)
        self._prune()
        return manifest

    def undo(self) -> bool:
        """Move ``current`` back to what the last load began from. Only while the lock is held."""
        parent = self.manifest(self.current()).parent if self.current() else 0
        if not parent or not self.graph(parent).exists():
            return False
        self._move(parent)
        return True

    def move(self, number: int) -> None:
        """Make a complete version current, and drop those that undo no longer reaches. Only while the
        lock is held."""
        _flush_folder(self._versions)
        self._move(number)
        self._prune()

    def forget(self) -> None:
        """Delete all versions but the current one. Only while the lock is held."""
        self._prune(kept=0)

    # ---- inside ----------------------------------------------------------------------------

    def _file(self, number: int, ending: str) -> Path:
        return self._versions / f"{number:04d}{ending}"

    def _numbers(self) -> set[int]:
        return {int(f.stem) for f in self._versions.iterdir() if f.stem.isdigit()}

    def _move(self, number: int) -> None:
        moved = self.folder / f"current.{os.getpid()}"
        moved.write_text(f"{number:04d}\n", "ascii")
        _flush(moved)
        _replace(moved, self._current)
        _flush_folder(self.folder)

    def _prune(self, kept: int = KEPT) -> None:
        """Keep the current version and those that undo can still reach."""
        reachable: set[int] = set()
        number = self.current()
        while number and len(reachable) <= kept and self._file(number, MANIFEST).exists():
            reachable.add(number)
            number = self.manifest(number).parent
        for number in self._numbers() - reachable:
            for ending in reversed(PARTS):
                # a reader on Windows may still have it open: the next writer tries again
                with contextlib.suppress(OSError):
                    self._file(number, ending).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Take away what a writer that was killed left behind."""
        shutil.rmtree(self._writing, ignore_errors=True)
        for leftover in self.folder.glob("current.*"):
            leftover.unlink(missing_ok=True)

    def _acquire(self, lock: IO[bytes], waiting: Callable[[str], None] | None, patience: float) -> None:
        until = time.monotonic() + patience
        said = False
        while not file_lock.lock(lock):
            lock.seek(0)
            holder = lock.read(200).decode("utf-8", "replace").strip() or "another process"
            if time.monotonic() >= until:
                raise WriteConflict(
                    f"{self.folder} is being written by {holder}",
                    hint="wait until it is done, or end that process",
                )
            if not said and waiting:
                waiting(f"{self.folder} is being written by {holder}; waiting")
            said = True
            time.sleep(0.05)
        lock.seek(0)
        lock.truncate()
        lock.write(f"process {os.getpid()}\n".encode())
        lock.flush()


def _replace(made: Path, place: Path) -> None:
    """``os.replace``; on Windows a reader that is just looking at ``place`` delays it a moment."""
    for _ in range(100):
        try:
            os.replace(made, place)
            return
        except PermissionError:
            time.sleep(0.02)
    os.replace(made, place)


def _flush(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
