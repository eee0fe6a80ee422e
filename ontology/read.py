"""``.ttl`` files → :class:`Ontology`: the project's own and any that the user adds.

How the vocabulary is written is told at the head of ``nqi.ttl``. Parsing takes about a
quarter of a second, so the outcome is kept in the user's cache folder under a hash of all
files and of this program; where that folder cannot be used, everything is parsed each time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ontology.cache_folder import cache_folder
from ontology.errors import OntologyError
from ontology.model import Ontology
from ontology.own_files import OwnFile, own_file

_HERE = Path(__file__).parent
OWN_FILES = (_HERE / "nqi.ttl", _HERE / "metrics.ttl")


def load_ontology(extra: Sequence[Path | OwnFile] = ()) -> Ontology:
    """The project's ontology, with the user's own Turtle files added: paths, or what a store kept.

    OntologyError, with file and line, where a file cannot be read or contradicts the rest.

    >>> sorted(load_ontology().relations["HAS_PLATFORM"].range)
    ['Platform']
    """
    files = ((Path(given.name), given) if isinstance(given, OwnFile) else (Path(given), own_file(Path(given)))
             for given in extra)
    return _load(tuple((place, file, file.path) for place, file in files))


@cache
def _load(own: tuple[tuple[Path, OwnFile, str], ...]) -> Ontology:
    texts = [(path, _bytes(path)) for path in OWN_FILES]
    texts += [(place, file.text.encode()) for place, file, _ in own]
    kept = _cache_file(texts)
    found = _read_cache(kept)
    if found is None:
        from ontology.turtle import ontology_of  # brings rdflib: only where there is something to parse

        found = ontology_of(texts)
        _write_cache(kept, found)
    return replace(found, own=tuple(file for _, file, _ in own)) if own else found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as err:
        raise OntologyError(f"The ontology file cannot be read: {err.strerror}.", where=str(path)) from err


def _cache_file(texts: Sequence[tuple[Path, bytes]]) -> Path | None:
    names = ("turtle.py", "model.py", "own_files.py", "lexicon/normalise.py")
    code = tuple(_HERE / name for name in names)
    digest = hashlib.sha256(repr(sys.version_info).encode())
    for data in (*(_bytes(path) for path in code), *(data for _, data in texts)):
        digest.update(hashlib.sha256(data).digest())
    folder = cache_folder()
    return folder / f"ontology-{digest.hexdigest()[:32]}.pickle" if folder else None


def _read_cache(path: Path | None) -> Ontology | None:
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
    return found if isinstance(found, Ontology) else None


def _write_cache(path: Path | None, ontology: Ontology) -> None:
    if path is None:
        return
    import tempfile  # 15 ms: only where something is written

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
            out.write(pickle.dumps(ontology, protocol=pickle.HIGHEST_PROTOCOL))
        os.replace(out.name, path)
    except OSError:
        return  # a read-only home costs a quarter of a second a start, nothing else
