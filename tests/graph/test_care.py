"""Backup, restore, rebuild and doctor: the same graph afterwards, and nothing half done."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from graph import health
from graph.backup import INDEX, read_index, restore_backup, write_backup
from graph.health import examined
from graph.open import open_store
from graph.own_ontology import ontology_of
from graph.stores.embedded import EmbeddedStore
from graph.types import CypherStatement
from graph.versions import GRAPH, MANIFEST, NAMES, Versions
from loaders.load import load, unload
from loaders.rebuild import rebuild
from ontology.errors import KnowledgeGraphError, StoreError, Unavailable
from tests.sample_store import write_sources

OWN = """\
@prefix ex: <urn:example:> . @prefix nqi: <urn:nqi:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Lake a owl:Class ; rdfs:label "湖泊"@zh , "lake"@en ; nqi:placedBy ( nqi:LOCATED_IN ) .
"""
LAKES = "湖,城市\n镜湖,台州市\n"
LAKES_MAPPING = """\
headers: [湖, 城市]
things:
  lake: {class: Lake, name: 湖}
  city: {class: Region, name: 城市}
relations:
  - {relation: LOCATED_IN, subject: lake, object: city}
"""


def add_lakes(folder: Path) -> Path:
    (folder / "lakes.csv").write_text(LAKES, encoding="utf-8")
    (folder / "lakes.yaml").write_text(LAKES_MAPPING, encoding="utf-8")
    (folder / "lakes.ttl").write_text(OWN, encoding="utf-8")
    return folder / "lakes.ttl"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two loads, the second with an ontology and a mapping of the user's own."""
    folder = tmp_path_factory.mktemp("care")
    sources = write_sources(folder / "sources")
    for own in ((), (add_lakes(sources),)):
        paths = [sources] if own else [sources / "chain.csv"]
        store, ontology = opened(folder / "store", *own)
        report = load(paths, store, ontology, aside=own)
        store.close()
        assert not report.rejections
    return folder / "store"


@pytest.fixture
def store_folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "store"))


def opened(folder: Path, *own: Path):  # type: ignore[no-untyped-def]
    ontology = ontology_of(str(folder), own)
    return open_store(str(folder), ontology, writable=True, extractor="1"), ontology


def state_of(folder: Path) -> tuple[str, str, dict[str, str], int]:
    store = EmbeddedStore(folder, ontology_of(str(folder)))
    try:
        lakes = store.read(CypherStatement("MATCH (l:Lake) RETURN count(*) AS n")).rows[0][0]
        return store.content_hash(), store.recomputed_hash(), dict(store.documents()), int(str(lakes))
    finally:
        store.close()


# ---- backup and restore -------------------------------------------------------------------------


@pytest.fixture
def backup(store_folder: Path, tmp_path: Path) -> Path:
    write_backup(store_folder, tmp_path / "all.nqi")
    return tmp_path / "all.nqi"


def test_a_restored_store_is_the_same(store_folder: Path, backup: Path, tmp_path: Path) -> None:
    restore_backup(tmp_path / "other", backup)
    assert state_of(tmp_path / "other") == state_of(store_folder)
    assert state_of(tmp_path / "other")[3] == 1


def test_undo_reaches_what_it_reached_before(store_folder: Path, backup: Path, tmp_path: Path) -> None:
    restore_backup(tmp_path / "other", backup)
    for folder in (store_folder, tmp_path / "other"):
        store, _ = opened(folder)
        assert store.undo()
        store.close()
    folders = (store_folder, tmp_path / "other")
    before = [open_store(str(f), ontology_of(str(f))).content_hash() for f in folders]
    assert before[0] == before[1]


def test_a_backup_goes_over_what_is_there(backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    store, ontology = opened(other)
    load([write_sources(tmp_path / "more") / "通报"], store, ontology)
    number = store.version()
    store.close()
    restore_backup(other, backup)
    assert state_of(other)[0] == read_index(backup).hash
    assert Versions(other).current() > number  # readers see that something has changed
    assert not (other / "writing").exists()


def test_the_same_store_gives_the_same_file(store_folder: Path, backup: Path, tmp_path: Path) -> None:
    write_backup(store_folder, tmp_path / "again.nqi")
    assert (tmp_path / "again.nqi").read_bytes() == backup.read_bytes()


def damaged(backup: Path, how: str) -> bytes:
    data = bytearray(backup.read_bytes())
    if how == "cut":
        return bytes(data[: len(data) // 2])
    if how == "some bits":
        for place in range(len(data) // 2, len(data) // 2 + 64):  # one bit alone may be padding
            data[place] ^= 1
        return bytes(data)
    if how == "no archive":
        return b"this is no backup"
    if how == "empty":
        return b""
    with tarfile.open(backup) as tar:
        entries = [(m.name, tar.extractfile(m).read()) for m in tar]  # type: ignore[union-attr]
    index = json.loads(entries[0][1])
    if how == "a part less":
        entries.pop()
    elif how == "a foreign name":
        index["parts"][0]["name"] = "../../evil.lbug"
    elif how == "another format":
        index["format"] = 99
    elif how == "another hash":
        index["hash"] = "0" * 64
    entries[0] = (INDEX, json.dumps(index).encode())
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for name, text in entries:
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return out.getvalue()


@pytest.mark.parametrize("how", [
    "cut", "some bits", "no archive", "empty", "a part less", "a foreign name", "another format",
    "another hash",
])
def test_what_is_damaged_changes_nothing(how: str, store_folder: Path, backup: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.nqi"
    broken.write_bytes(damaged(backup, how))
    before = state_of(store_folder)
    with pytest.raises(StoreError, match=r"broken\.nqi"):
        restore_backup(store_folder, broken)
    assert state_of(store_folder) == before
    assert not (tmp_path / "evil.lbug").exists()


def test_no_store_no_backup(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        write_backup(tmp_path / "none", tmp_path / "b.nqi")
    assert not (tmp_path / "b.nqi").exists()


# ---- rebuild --------------------------------------------------------------------------------------


def test_rebuilding_with_the_same_gives_the_same(store_folder: Path) -> None:
    before = state_of(store_folder)
    store, ontology = opened(store_folder)
    report = rebuild(store, ontology)
    store.close()
    assert not report.rejections
    assert {d.status for d in report.documents} == {"replaced"}
    assert state_of(store_folder) == before


def test_rebuilding_equals_loading_with_another_ontology(store_folder: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(OWN.replace("ex:Lake", "ex:Sea").replace("湖泊", "海").replace("lake", "sea"), "utf-8")
    store, ontology = opened(store_folder, more)
    rebuild(store, ontology)
    store.close()
    fresh = tmp_path / "fresh"
    sources = write_sources(tmp_path / "sources")
    lakes = add_lakes(sources)
    store, ontology = opened(fresh, lakes, more)
    load([sources], store, ontology, aside=[lakes])
    store.close()
    assert state_of(store_folder) == state_of(fresh)
    assert [f.name for f in Versions(store_folder).ontology(Versions(store_folder).current())] == [
        "lakes.ttl", "more.ttl"]


def test_a_document_without_content_stays(store_folder: Path) -> None:
    store, ontology = opened(store_folder)
    store.apply([])
    unload("通报/bulletin.txt", store)
    hash_before = store.content_hash()
    report = rebuild(store, ontology)
    assert store.content_hash() == hash_before
    assert not report.rejections
    store.close()


# ---- the user's own ontology ------------------------------------------------------------------------


def test_the_ontology_goes_with_the_version(store_folder: Path) -> None:
    store, _ = opened(store_folder)
    assert [f.name for f in store.own_ontology()] == ["lakes.ttl"]
    assert "Lake" in ontology_of(str(store_folder)).classes
    assert store.undo()
    store.close()
    assert "Lake" not in ontology_of(str(store_folder)).classes


def test_a_changed_file_is_told(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources")
    lakes = add_lakes(sources)
    store, ontology = opened(tmp_path / "store", lakes)
    load([sources], store, ontology, aside=[lakes])
    store.close()
    assert found(tmp_path / "store") == {}
    lakes.write_text(OWN + "# later\n", encoding="utf-8")
    assert found(tmp_path / "store") == {"ontology": "look"}
    text = b"".join(p.read_bytes() for p in (tmp_path / "store" / "versions").glob("*.ontology"))
    assert str(tmp_path).encode() not in text  # no absolute path enters a store


# ---- doctor -----------------------------------------------------------------------------------------


def found(folder: Path) -> dict[str, str]:
    """What is not as it should be."""
    return {f.check: f.state for f in examined(str(folder), "1") if f.state != "ok"}


@pytest.fixture
def well(store_folder: Path) -> Path:
    assert {k: v for k, v in found(store_folder).items() if k != "ontology"} == {}
    return store_folder


def current(folder: Path, ending: str) -> Path:
    return Versions(folder).file(Versions(folder).current(), ending)


def changed_manifest(folder: Path, **changes: object) -> None:
    path = current(folder, MANIFEST)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_doctor_finds_another_hash(well: Path) -> None:
    changed_manifest(well, hash="1" * 64)
    assert found(well)["hash"] == "fault"


def test_doctor_finds_a_torn_graph(well: Path) -> None:
    graph = current(well, GRAPH)
    graph.chmod(0o644)
    graph.write_bytes(graph.read_bytes()[:5000])
    assert "fault" in found(well).values()


def test_doctor_finds_a_missing_graph(well: Path) -> None:
    current(well, GRAPH).unlink()
    assert found(well)["versions"] == "fault"


def test_doctor_finds_a_missing_name(well: Path) -> None:
    from graph.entity_index import Named, build

    build([Named("enterprise:x", "Enterprise", "甲缝制")], current(well, NAMES))
    assert found(well)["names"] == "fault"


def test_doctor_finds_what_an_unloaded_document_left(well: Path) -> None:
    manifest = json.loads(current(well, MANIFEST).read_text("utf-8"))
    manifest["documents"].pop("lakes.csv")
    changed_manifest(well, documents=manifest["documents"])
    assert found(well)["support"] == "fault"


def test_doctor_tells_of_leftovers_and_writers(well: Path) -> None:
    (well / "writing").mkdir()
    assert found(well)["leftovers"] == "look"
    with Versions(well).writing():
        assert found(well)["lock"] == "look"
    assert "lock" not in found(well)


def test_doctor_tells_of_an_older_extractor(well: Path) -> None:
    changed_manifest(well, extractor="0")
    assert found(well)["extractor"] == "look"


def test_doctor_tells_of_a_full_disk(well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_LEAST_ROOM", 1 << 60)
    assert found(well)["room"] == "look"


def test_doctor_of_nothing(tmp_path: Path) -> None:
    assert found(tmp_path / "none") == {"opens": "fault"}
    with pytest.raises(KnowledgeGraphError):
        open_store(str(tmp_path / "none"), ontology_of(str(tmp_path / "none")))
