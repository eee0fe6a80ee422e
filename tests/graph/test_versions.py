"""The folder of an embedded store: one writer, atomic change, whatever kills it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph.open import open_store
from graph.stores.embedded import EmbeddedStore
from graph.types import Contribution, CypherStatement, Support
from graph.versions import KEPT, Versions
from ontology.errors import StoreError, Unavailable, WriteConflict
from ontology.read import load_ontology
from tests.conformance.material import Material, in_parts, three_documents
from tests.graph.load_once import STATEMENTS, bulk

ROOT = Path(__file__).parents[2]
#: how many loads are killed; NQI_TEST_KILLS=20 for the whole trial
KILLS = int(os.environ.get("NQI_TEST_KILLS", "4"))


def _open(folder: Path) -> EmbeddedStore:
    return open_store(str(folder), load_ontology(), writable=True)


def _loader(folder: Path, cities: int, digest: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.graph.load_once", str(folder), str(cities), digest],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def _city(document: str) -> Contribution:
    return Material(document).node("Region", document, f"name={document}").contribution()


def test_names_that_a_load_has_put_in_are_indexed_as_those_that_are_read_back(tmp_path: Path) -> None:
    """What a load into an empty store knows of names is indexed while the engine still writes."""
    at_once, later = _open(tmp_path / "at_once"), _open(tmp_path / "later")
    documents = [*three_documents(), bulk("bulk.md", 2_000, "1")]
    at_once.apply([_city("first.md"), *documents])
    later.apply([_city("first.md")])
    later.apply(documents)
    assert at_once.content_hash() == later.content_hash() == at_once.recomputed_hash()
    found = [
        Versions(store.folder).names(store.version()).read_bytes() for store in (at_once, later)
    ]
    assert found[0] == found[1]
    assert len(at_once.entity_index()) > 4_000
    at_once.close()
    later.close()


def test_a_load_that_fails_while_the_engine_writes_leaves_nothing_behind(tmp_path: Path) -> None:
    store = _open(tmp_path / "store")
    good = bulk("bulk.md", 2_000, "1")
    bad = Material("bad.md").node("Region", "x", "name=城").contribution()
    node = replace(bad.nodes[0], supports=(Support("bad.md#1-2", "name=\ud800"),))
    with pytest.raises(StoreError, match="region:x"):
        store.apply([good, replace(bad, nodes=(node,))])
    assert store.documents() == {}
    assert not (store.folder / "writing").exists()
    store.apply([good])
    assert store.content_hash() == store.recomputed_hash()
    store.close()


def test_a_load_that_is_killed_leaves_the_version_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that is written in parts, of which none is there without the others."""
    monkeypatch.setattr("graph.groups.STATEMENTS", STATEMENTS)
    folder = tmp_path / "store"
    store = _open(folder)
    store.apply(three_documents())
    # how long a load takes here, so that the kills fall all over it
    start = time.perf_counter()
    store.apply(in_parts(bulk("bulk.md", 400, "first"), STATEMENTS))
    longest = 1.3 * (time.perf_counter() - start)
    chance = random.Random(0)
    for number in range(KILLS):
        before, hash_before = dict(store.documents()), store.content_hash()
        digest = f"digest{number}"
        process = _loader(folder, 400, digest)
        assert _said(process) == "ready"
        _go(process)
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.communicate()
        fresh = open_store(str(folder), load_ontology())
        after = dict(fresh.documents())
        assert after in (before, {**before, "bulk.md": digest})
        assert (after == before) == (fresh.content_hash() == hash_before)
        assert fresh.recomputed_hash() == fresh.content_hash()
        fresh.close()
    store.apply([_city("after.md")])
    assert "after.md" in store.documents()
    assert not (folder / "writing").exists()
    assert {f.name for f in folder.iterdir()} == {"versions", "current", "lock"}
    store.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with as many versions as are kept, so that the next load prunes one."""
    folder = tmp_path_factory.mktemp("full") / "store"
    store = _open(folder)
    for number in range(KEPT + 1):
        store.apply([_city(f"{number}.md")])
    store.close()
    return folder


@pytest.mark.parametrize("step", [1, 4, 6, 8, 9, 11])
def test_a_writer_that_dies_between_two_steps_of_publishing(tmp_path: Path, full: Path, step: int) -> None:
    """Every rename, flush and deletion of publishing is once the last thing that does not happen."""
    shutil.copytree(full, tmp_path / "store")
    store = _open(tmp_path / "store")
    before = dict(store.documents())
    dying = f"""
import os, graph.versions as v
from graph.open import open_store
from ontology.read import load_ontology
from tests.graph.load_once import bulk
left = {step}
def dies(do):
    def step(*given, **more):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return do(*given, **more)
    return step
v._flush, v._replace, v.os.replace = dies(v._flush), dies(v._replace), dies(v.os.replace)
v.Path.unlink = dies(v.Path.unlink)
open_store({str(tmp_path / "store")!r}, load_ontology(), writable=True).apply([bulk("bulk.md", 3, "x")])
"""
    done = subprocess.run(
        [sys.executable, "-c", dying], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 9
    after = dict(store.documents())
    assert after in (before, {**before, "bulk.md": "x"})
    assert store.recomputed_hash() == store.content_hash()
    store.apply([_city("later.md")])
    assert {**after, "later.md": store.documents()["later.md"]} == dict(store.documents())
    assert {f.name for f in (tmp_path / "store").iterdir()} == {"versions", "current", "lock"}
    assert len(list((tmp_path / "store" / "versions").iterdir())) == 3 * (KEPT + 1)


def test_a_second_writer_waits_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    _open(folder).close()
    process = _loader(folder, 5, "late")
    assert _said(process) == "ready"
    with Versions(folder).writing():
        _go(process)
        assert f"process {os.getpid()}" in _said(process)
        assert Versions(folder).current() == 1
    assert _said(process) == "done"
    process.communicate()
    assert dict(open_store(str(folder), load_ontology()).documents()) == {"bulk.md": "late"}


def test_a_writer_gives_up_after_its_patience(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    said: list[str] = []
    with (
        versions.writing(),
        pytest.raises(WriteConflict, match=f"process {os.getpid()}"),
        Versions(tmp_path).writing(said.append, patience=0.1),
    ):
        pass
    assert len(said) == 1


def test_the_lock_of_a_dead_process_is_no_lock(tmp_path: Path) -> None:
    store = _open(tmp_path / "store")
    process = _loader(tmp_path / "store", 3000, "x")
    assert _said(process) == "ready"
    _go(process)
    while not (tmp_path / "store" / "writing").exists():
        time.sleep(0.005)
    process.kill()
    process.communicate()
    store.apply([_city("a.md")])
    assert dict(store.documents())["a.md"]


def test_two_stores_in_one_process_write_after_each_other(tmp_path: Path) -> None:
    first, second = _open(tmp_path / "store"), _open(tmp_path / "store")
    first.apply([_city("a.md")])
    second.apply([_city("b.md")])
    first.apply([_city("c.md")])
    assert set(second.documents()) == {"a.md", "b.md", "c.md"}
    assert first.content_hash() == first.recomputed_hash()


def test_a_reader_moves_on_and_keeps_what_it_has_open(tmp_path: Path) -> None:
    writer = _open(tmp_path / "store")
    reader = open_store(str(tmp_path / "store"), load_ontology())
    count = CypherStatement("MATCH (n:Region) RETURN count(*)")
    with reader._reading() as snapshot:
        with reader._reading() as again:
            assert again is snapshot
            writer.apply([])
            reader.read(count)
        for number in range(KEPT + 3):
            writer.apply([_city(f"{number}.md")])
            assert reader.read(count).rows == ((number + 1,),)
        # its version is pruned by now, and it still answers
        assert not Versions(tmp_path / "store").graph(snapshot.number).exists()
        assert snapshot.engine.read(count.query, {}, None, None).rows == ((0,),)


def test_only_the_versions_that_undo_can_reach_are_kept(tmp_path: Path) -> None:
    store = _open(tmp_path / "store")
    for number in range(KEPT + 4):
        store.apply([_city(f"{number}.md")])
    kept = list((tmp_path / "store" / "versions").glob("*.lbug"))
    assert len(kept) == KEPT + 1
    for _ in range(KEPT):
        assert store.undo()
    assert not store.undo()
    assert set(store.documents()) == {f"{number}.md" for number in range(4)}


def test_a_long_load_publishes_in_between_and_is_undone_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.embedded.DOCUMENTS", 2)
    store = _open(tmp_path / "store")
    store.apply([_city("before.md")])
    before = store.content_hash()
    seen: list[int] = []
    store.apply((_city(f"{n}.md") for n in range(7)), progress=lambda *_: seen.append(store.version()))
    assert len(set(seen)) == 4
    assert len(store.documents()) == 8
    assert store.content_hash() == store.recomputed_hash()
    assert store.undo()
    assert store.content_hash() == before


def test_nothing_in_the_folder_names_the_place_it_stands_in(tmp_path: Path) -> None:
    store = _open(tmp_path / "store")
    store.apply(three_documents())
    store.close()
    for file in (tmp_path / "store").rglob("*"):
        assert file.is_dir() or str(tmp_path).encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("neo4j://127.0.0.1:1", "nqi neo4j start"),
        ("bolt://127.0.0.1:1/plants", "nqi neo4j start"),
        ("neo4j+ssc://me:secret@127.0.0.1:1", "nqi neo4j start"),
        ("bolt://127.0.0.1:port", ""),
        ("postgres://x", "folder"),
        ("{tmp}/nothing", "nqi load"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words(tmp_path: Path, url: str, word: str) -> None:
    with pytest.raises(Unavailable) as refused:
        open_store(url.format(tmp=tmp_path), load_ontology())
    assert word in refused.value.hint
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("file", "damage"), [("current", "what?"), ("versions/0002.lbug", "no graph")])
def test_a_damaged_store_is_unavailable_not_a_crash(tmp_path: Path, file: str, damage: str) -> None:
    store = _open(tmp_path / "store")
    store.apply(three_documents())
    store.close()
    (tmp_path / "store" / file).write_text(damage)
    with pytest.raises(Unavailable):
        open_store(str(tmp_path / "store"), load_ontology()).read(CypherStatement("RETURN 1 AS one"))
