"""Is a store as it should be? Each check gives findings; wrong data is a value here.

A finding is ``ok``, ``look`` (works, but somebody should know) or ``fault`` (answers may be wrong or
missing). What to do about each is said by the command line, in both languages.
"""

from __future__ import annotations

import binascii
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph import file_lock
from graph.content import read_content_bytes
from graph.entity_index import EntityIndex
from graph.open import embedded_folder, open_store
from graph.own_ontology import changed_files, ontology_of
from graph.schema import UNNAMED, Schema, schema_of
from graph.store import GraphStore
from graph.types import CypherStatement
from graph.versions import Versions
from ontology import structure
from ontology.errors import KnowledgeGraphError

State = Literal["ok", "look", "fault"]

#: a load copies the graph, and some room is left for the rest of the machine
_ROOM = 3
_LEAST_ROOM = 200 << 20
#: names of what is wrong that are shown
_SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """``check`` names the check, ``said`` what was found (a hash, ids, a number), ``hint`` what to do
    where that is not the same for every finding of the check."""

    check: str
    state: State
    said: str = ""
    hint: str = ""


def examined(url: str, extractor: str = "") -> Iterator[Finding]:
    """Every check of the store at ``url``, as they are done. ``extractor`` is the present one.

    >>> [f.check for f in examined("nqi-store") if f.state != "ok"]               # doctest: +SKIP
    []
    """
    folder = embedded_folder(url)
    if folder is not None:
        yield from _folder(folder)
    try:
        ontology = ontology_of(url)
        store = open_store(url, ontology)
    except KnowledgeGraphError as error:
        yield Finding("opens", "fault", error.message, error.hint)
        return
    try:
        yield from _opened(store, url, folder, extractor)
    finally:
        store.close()


def _opened(store: GraphStore, url: str, folder: Path | None, extractor: str) -> Iterator[Finding]:
    checks = (_opens, _hash, _schema, _names, _content, _dangling, _about)
    for check in checks:
        try:
            yield from check(store, folder)
        except (KnowledgeGraphError, RuntimeError, OSError) as error:  # an engine that gives up is a finding
            yield Finding(check.__name__.strip("_"), "fault", str(error).splitlines()[0])
            if check is _opens:
                return
    kept = store.status().extractor
    other = bool(extractor and kept and kept != extractor)
    yield Finding("extractor", "look" if other else "ok", kept)
    changed = changed_files(url)
    yield Finding("ontology", "look" if changed else "ok", ", ".join(changed))


def _folder(folder: Path) -> Iterator[Finding]:
    """What can be seen without opening the graph: room, locks, leftovers."""
    if not (folder / "current").exists():
        return
    versions = Versions(folder)
    try:
        number = versions.current()
        size = versions.graph(number).stat().st_size
    except (KnowledgeGraphError, OSError) as error:
        yield Finding("versions", "fault", str(error))
        return
    yield Finding("versions", "ok", f"{number:04d}")
    free = shutil.disk_usage(folder).free
    short = free < max(_ROOM * size, _LEAST_ROOM)
    yield Finding("room", "look" if short else "ok", f"{free >> 20} MB")
    yield _lock(folder)


def _lock(folder: Path) -> Finding:
    path = folder / "lock"
    if not path.exists():
        return Finding("lock", "ok")
    try:
        with path.open("r+b") as held:
            if not file_lock.lock(held):
                held.seek(0)
                return Finding("lock", "look", held.read(200).decode("utf-8", "replace").strip())
            leftover = [f.name for f in folder.glob("current.*")]
            leftover += ["writing"] if (folder / "writing").exists() else []
            file_lock.unlock(held)
    except OSError as error:
        return Finding("lock", "look", str(error))
    return Finding("leftovers", "look", ", ".join(leftover)) if leftover else Finding("lock", "ok")


def _opens(store: GraphStore, _: Path | None) -> Iterator[Finding]:
    store.read(CypherStatement("RETURN 1 AS one"))
    yield Finding("opens", "ok", store.engine)


def _hash(store: GraphStore, _: Path | None) -> Iterator[Finding]:
    kept, counted = store.content_hash(), store.recomputed_hash()
    same = kept == counted
    yield Finding("hash", "ok" if same else "fault", kept if same else f"{kept} ≠ {counted}")


def _schema(store: GraphStore, folder: Path | None) -> Iterator[Finding]:
    if folder is None:
        return
    versions = Versions(folder)
    kept = versions.manifest(versions.current()).schema
    wanted = schema_of(ontology_of(str(folder)))
    known = Schema({}, {}).grown_from(kept)
    grown = wanted.grown_from(kept).text() != kept
    types = [
        f"{name}.{column}"
        for tables, others in ((wanted.nodes, known.nodes), (wanted.relationships, known.relationships))
        for name, table in tables.items() if name in others
        for column, kind in table.columns.items()
        if others[name].columns.get(column, kind) != kind
    ]
    if types:
        yield Finding("types", "fault", _some(types))
    else:
        yield Finding("schema", "look" if grown else "ok")


def _names(store: GraphStore, _: Path | None) -> Iterator[Finding]:
    """Every name of the graph is in the index of names, and no other."""
    index: EntityIndex = store.entity_index()
    indexed = set(index.surfaces())
    query = "MATCH (n) WHERE n.name IS NOT NULL RETURN n.class, n.name, n.aliases"
    named = set()
    for cls, name, aliases in store.read(CypherStatement(query)).rows:
        if str(cls) not in UNNAMED:
            named.add(str(name))
            named |= {str(alias) for alias in aliases} if isinstance(aliases, list) else set()
    named.discard("")
    missing, surplus = sorted(named - indexed), sorted(indexed - named)
    wrong = missing or surplus
    yield Finding("names", "fault" if wrong else "ok", _some(wrong) if wrong else str(len(named)))


def _content(store: GraphStore, _: Path | None) -> Iterator[Finding]:
    """The text or rows of each document can be read."""
    without, broken = [], []
    for document in store.documents():
        try:
            if read_content_bytes(store.read, document) is None:
                without.append(document)
        except (zlib.error, binascii.Error, ValueError):
            broken.append(document)
    if broken:
        yield Finding("content", "fault", _some(broken))
    if without:
        yield Finding("without_content", "look", _some(without))
    if not broken and not without:
        yield Finding("content", "ok", str(len(store.documents())))


def _dangling(store: GraphStore, _: Path | None) -> Iterator[Finding]:
    """What is supported by a document that is not there, or cites a source that is not."""
    documents = set(store.documents())
    listed = CypherStatement(f"MATCH (s:{structure.SOURCE}) RETURN s.id")
    sources = {str(row[0]) for row in store.read(listed).rows}
    lost: dict[str, None] = {}
    for query in (
        "MATCH (n) WHERE n.passages IS NOT NULL RETURN n.id, n.passages, n.sources",
        "MATCH ()-[r]->() WHERE r.passages IS NOT NULL RETURN r.id, r.passages, r.sources",
    ):
        for ident, passages, cited in store.read(CypherStatement(query)).rows:
            known = {str(p).rpartition("#")[0] for p in passages} if isinstance(passages, list) else set()
            named = {str(s) for s in cited if s} if isinstance(cited, list) else set()
            if known - documents or named - sources:
                lost[str(ident)] = None
    yield Finding("support", "fault" if lost else "ok", _some(list(lost)))


def _about(store: GraphStore, _: Path | None) -> Iterator[Finding]:
    """Observations that are about nothing or measure nothing."""
    lost: list[str] = []
    for relation in (structure.ABOUT, structure.MEASURES):
        query = (
            f"MATCH (o:{structure.OBSERVATION}) WHERE NOT EXISTS {{ MATCH (o)-[:{relation}]->() }} "
            "RETURN o.id ORDER BY o.id LIMIT 100"
        )
        lost += [str(row[0]) for row in store.read(CypherStatement(query)).rows]
    yield Finding("observations", "fault" if lost else "ok", _some(lost))


def _some(names: list[str]) -> str:
    more = f" … (+{len(names) - _SHOWN})" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more

