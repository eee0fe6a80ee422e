"""A user's own ontology files as values: what a store keeps of them, and what of them has changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ontology.errors import OntologyError


@dataclass(frozen=True)
class OwnFile:
    """A ``.ttl`` file that a user added: its name and text. ``path`` is where it was found, seen from
    the store's folder; it says only where to look for a newer one.

    >>> OwnFile("extra.ttl", "…").name
    'extra.ttl'
    """

    name: str
    text: str
    path: str = field(default="", compare=False)


def own_file(path: Path, beside: Path | None = None) -> OwnFile:
    """The file at ``path``; ``beside`` is the folder of the store that is to keep it. OntologyError
    where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        said = f"The ontology file cannot be read: {error.strerror}."
        raise OntologyError(said, where=str(path)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OntologyError("The ontology file is not UTF-8.", where=f"{path}:{line}") from error
    return OwnFile(path.name, text, _seen_from(path, beside))


def with_given(kept: Sequence[OwnFile], given: Sequence[OwnFile]) -> tuple[OwnFile, ...]:
    """What is kept, and what is given now: a file takes the place of one of the same name."""
    names: dict[str, OwnFile] = {file.name: file for file in kept}
    seen: dict[str, OwnFile] = {}
    for file in given:
        if seen.setdefault(file.name, file) != file:
            raise OntologyError(f"Two ontology files are called {file.name} and differ.", where=file.name,
                                hint="rename one of them")
        names[file.name] = file
    return tuple(names[name] for name in sorted(names))


def changed_since(kept: Iterable[OwnFile], beside: Path) -> tuple[str, ...]:
    """Names of the files that are there still, but with another text than the one that was kept."""
    changed = []
    for file in kept:
        path = beside / file.path if file.path else None
        try:
            if path is not None and path.is_file() and path.read_bytes().decode("utf-8-sig") != file.text:
                changed.append(file.name)
        except (OSError, UnicodeDecodeError):
            continue  # it cannot be compared: what is kept counts anyway
    return tuple(changed)


def fingerprint(files: Iterable[OwnFile]) -> str:
    """Hex digits over names and texts, whatever their order; "" for none."""
    parts = sorted((file.name, file.text) for file in files)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest() if parts else ""


def packed(files: Iterable[OwnFile]) -> str:
    """The files as one text; "" for none."""
    rows = [{"name": file.name, "path": file.path, "text": file.text} for file in files]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def unpacked(text: str) -> tuple[OwnFile, ...]:
    """The files behind :func:`packed`; ValueError where it is no such text."""
    if not text:
        return ()
    try:
        rows = json.loads(text)
        return tuple(OwnFile(str(row["name"]), str(row["text"]), str(row["path"])) for row in rows)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no list of ontology files: {error}") from error


def _seen_from(path: Path, beside: Path | None) -> str:
    """A relative path: no absolute one ever enters a store."""
    if beside is None:
        return ""
    try:
        return Path(os.path.relpath(path.resolve(), beside.resolve())).as_posix()
    except ValueError:  # another drive
        return ""
