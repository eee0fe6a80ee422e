"""The ontology that a store is read with: the project's own, and what users keep with the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.open import embedded_folder, open_store
from graph.versions import Versions
from ontology.errors import Unavailable
from ontology.model import Ontology
from ontology.own_files import OwnFile, changed_since, own_file, with_given
from ontology.read import load_ontology


def kept_files(url: str) -> tuple[OwnFile, ...]:
    """The user's own ontology files that a store keeps; () where there is none, or no store."""
    folder = embedded_folder(url)
    if folder is not None:
        versions = Versions(folder)
        return versions.ontology(versions.current())
    try:
        store = open_store(url, load_ontology())
    except Unavailable:
        return ()
    try:
        return store.own_ontology()
    finally:
        store.close()


def ontology_of(url: str, given: Sequence[Path] = ()) -> Ontology:
    """The ontology of a store, with files that are given now: one takes the place of a kept one of
    the same name.

    >>> ontology_of("nqi-store", [Path("reserves.ttl")])                       # doctest: +SKIP
    """
    folder = embedded_folder(url)
    files = with_given(kept_files(url), [own_file(path, folder) for path in given])
    if not files:
        return load_ontology()
    if not given:
        return load_ontology(files)
    paths = {path.name: path for path in given}
    load_ontology([paths.get(file.name, file) for file in files])  # so a fault is told where it stands
    return load_ontology(files)


def changed_files(url: str) -> tuple[str, ...]:
    """Names of kept files that are still where they came from, with another text by now."""
    folder = embedded_folder(url)
    return changed_since(kept_files(url), folder) if folder is not None else ()
