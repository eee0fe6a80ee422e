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
from functools import cache
from pathlib import Path

from ontology.cache_folder import cache_folder
from ontology.errors import OntologyError
from ontology.model import Ontology

_HERE = Path(__file__).parent
OWN_FILES = (_HERE / "nqi.ttl", _HERE / "metrics.ttl")


def load_ontology(extra: Sequence[Path] = ()) -> Ontology:
    """The project's ontology, with the user's own Turtle files added.

    OntologyError, with file and line, where a file cannot be read or contradicts the rest.

    >>> sorted(load_ontology().relations["HAS_PLATFORM"].range)
    ['Platform']
    """
    return _load(tuple(Path(p) for p in extra), tuple(_stamp(Path(p)) for p in extra))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError as err:
        raise OntologyError(f"The ontology file cannot be read: {err.strerror}.", where=str(path)) from err
    return state.st_mtime_ns, state.st_size


@cache
def _load(extra: tuple[Path, ...], _stamps: tuple[tuple[int, int], ...]) -> Ontology:
    texts = tuple((path, _bytes(path)) for path in (*OWN_FILES, *extra))
    kept = _cache_file(texts)
    found = _read_cache(kept)
    if found is not None:
        return found
    from ontology.turtle import ontology_of  # brings rdflib: only where there is something to parse

    made = ontology_of(texts)
    _write_cache(kept, made)
    return made


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as err:
        raise OntologyError(f"The ontology file cannot be read: {err.strerror}.", where=str(path)) from err


def _cache_file(texts: Sequence[tuple[Path, bytes]]) -> Path | None:
    code = (_HERE / "turtle.py", _HERE / "model.py", _HERE / "lexicon" / "normalise.py")
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
