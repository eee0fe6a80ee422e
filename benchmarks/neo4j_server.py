"""The Neo4j that benchmarks run on: one that is given, or one of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jgo

from graph.local_neo4j import fetch, start, stop

#: the newest that Maven Central has for 5.26
_APOC = "org.neo4j.procedure:apoc-core:5.26.19+org.neo4j.procedure:apoc-common:5.26.19"


@contextmanager
def server(given: str, folder: Path, *, memory: int = 1024, apoc: bool = False) -> Iterator[str]:
    """The URL of the one that is given, or of one that is started under ``folder``, with ``memory``
    megabytes of heap."""
    if given:
        yield given
        return
    home = folder / "neo4j"
    if apoc:
        (home / "plugins").mkdir(parents=True)
        neo4j_has = {jar.name for jar in fetch()}
        for jar in jgo.build(_APOC).all_jars:
            if jar.name not in neo4j_has:
                shutil.copy(jar, home / "plugins")
    started = start(home, memory=memory)
    try:
        yield f"bolt://{started.user}:{started.password}@127.0.0.1:{started.port}"
    finally:
        stop(home)
