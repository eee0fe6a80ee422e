"""Which store a URL means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from graph.local_neo4j import SERVER, running
from graph.store import GraphStore
from graph.stores.embedded import EmbeddedStore
from ontology.errors import Unavailable
from ontology.model import Ontology

if TYPE_CHECKING:
    from graph.stores.bolt import Address

_NEO4J = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(
    url: str, ontology: Ontology, *, writable: bool = False, extractor: str = "",
    waiting: Callable[[str], None] | None = None,
) -> GraphStore:
    """Open the store that ``url`` names: a Neo4j server (``neo4j://host:7687/database``, ``bolt://``,
    ``neo4j+s://`` …), the folder of one that ``nqi neo4j start`` runs, or else the folder of the
    embedded store.

    ``writable``: the store is made where there is none yet. ``extractor``: the version of the
    program that reads documents, kept with what is loaded.

    >>> open_store("nqi-store", ontology, writable=True)     # doctest: +SKIP
    """
    scheme, separator, rest = url.partition("://")
    if separator and scheme in _NEO4J:
        from graph.stores.bolt import address  # brings the driver

        return _neo4j(address(url), ontology, writable, extractor, waiting)
    if separator and scheme != "file":
        raise Unavailable(
            f"no store is opened by {scheme}://", hint=f"give a folder, or a URL with {', '.join(_NEO4J)}"
        )
    folder = Path(rest if separator else url).expanduser()
    if (folder / SERVER).exists():
        from graph.stores.bolt import Address

        server = running(folder)
        if server is None:
            raise Unavailable(
                f"the Neo4j in {folder} is not running", hint=f"nqi neo4j start --home {folder}"
            )
        at = Address(server.uri, "", server.user, server.password)
        return _neo4j(at, ontology, writable, extractor, waiting)
    return EmbeddedStore(folder, ontology, writable=writable, extractor=extractor, waiting=waiting)


def embedded_folder(url: str) -> Path | None:
    """The folder of an embedded store, whether it is there yet or not; None for any other store."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme != "file":
        return None
    folder = Path(rest if separator else url).expanduser()
    return None if (folder / SERVER).exists() else folder


def _neo4j(
    at: Address, ontology: Ontology, writable: bool, extractor: str, waiting: Callable[[str], None] | None
) -> GraphStore:
    from graph.stores.neo4j import Neo4jStore

    return Neo4jStore(at, ontology, writable=writable, extractor=extractor, waiting=waiting)
