"""Which store a URL means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.stores.embedded import EmbeddedStore
from ontology.errors import Unavailable
from ontology.model import Ontology


def open_store(
    url: str, ontology: Ontology, *, writable: bool = False, extractor: str = "",
    waiting: Callable[[str], None] | None = None,
) -> EmbeddedStore:
    """Open the store that ``url`` names: a folder is the embedded store.

    ``writable``: the folder is made where there is none yet. ``extractor``: the version of the
    program that reads documents, kept with what is loaded.

    >>> open_store("nqi-store", ontology, writable=True)     # doctest: +SKIP
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        return EmbeddedStore(Path(url).expanduser(), ontology, writable=writable, extractor=extractor,
                             waiting=waiting)
    if scheme == "file":
        return EmbeddedStore(Path(rest), ontology, writable=writable, extractor=extractor, waiting=waiting)
    if scheme.partition("+")[0] in ("neo4j", "bolt"):
        raise Unavailable(
            f"{scheme}:// stores cannot be opened by this version yet",
            hint="give a folder as the store, for instance --store ./nqi-store",
        )
    raise Unavailable(f"no store is opened by {scheme}://", hint="give a folder as the store")
