"""What is made from files and is read sooner than made: kept in the user's cache folder.

It is kept under a hash of everything that it is made from, so another file, another release or another
Python has a copy of its own; where the folder cannot be used, it is made each time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from ontology.cache_folder import cache_folder

T = TypeVar("T")

#: copies of one name that stay: releases, ontologies of several stores
_COPIES = 20


def kept(name: str, kind: type[T], sources: Iterable[bytes], make: Callable[[], T]) -> T:
    """What ``make`` makes from the sources (data, and the code that makes it), or what was kept of it.

    >>> kept("doubled", list, [b"abc"], lambda: ["abc" * 2])
    ['abcabc']
    """
    path = _file(name, sources)
    found = _read(path, kind)
    if found is None:
        found = make()
        _write(path, found)
    return found


def _file(name: str, sources: Iterable[bytes]) -> Path | None:
    digest = hashlib.sha256(repr(sys.version_info).encode())
    for data in sources:
        digest.update(hashlib.sha256(data).digest())
    folder = cache_folder()
    return folder / f"{name}-{digest.hexdigest()[:32]}.pickle" if folder else None


def _read(path: Path | None, kind: type[T]) -> T | None:
    if path is None:
        return None
    try:
        # Unpickling runs code: only a file that this very user wrote is trusted.
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        found = pickle.loads(path.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError,
            TypeError, ValueError):
        return None
    return found if isinstance(found, kind) else None


def _write(path: Path | None, made: object) -> None:
    if path is None:
        return
    import tempfile  # 15 ms: only where something is written

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
            out.write(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
        os.replace(out.name, path)
        copies = path.parent.glob(f"{path.name.rpartition('-')[0]}-*.pickle")
        for old in sorted(copies, key=lambda p: p.stat().st_mtime)[:-_COPIES]:
            old.unlink()
    except OSError:
        return  # a read-only home costs time at each start, nothing else
