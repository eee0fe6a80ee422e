"""``.ttl`` files → :class:`Ontology`: the project's own and any that the user adds.

How the vocabulary is written is told at the head of ``nqi.ttl``. Parsing takes about a
quarter of a second, so the outcome is kept (``kept.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ontology.errors import OntologyError
from ontology.kept import kept
from ontology.model import Ontology
from ontology.own_files import OwnFile, own_file

_HERE = Path(__file__).parent
OWN_FILES = (_HERE / "nqi.ttl", _HERE / "metrics.ttl")
#: what makes an ontology of files
_CODE = ("turtle.py", "model.py", "own_files.py", "lexicon/normalise.py")


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
    code = [_bytes(_HERE / file) for file in _CODE]
    found = kept("ontology", Ontology, [*code, *(text for _, text in texts)], lambda: _parsed(texts))
    return replace(found, own=tuple(file for _, file, _ in own)) if own else found


def _parsed(texts: Sequence[tuple[Path, bytes]]) -> Ontology:
    from ontology.turtle import ontology_of  # brings rdflib: only where there is something to parse

    return ontology_of(texts)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as err:
        raise OntologyError(f"The ontology file cannot be read: {err.strerror}.", where=str(path)) from err
