"""Loads and questions on Neo4j that are killed, interrupted, or meet each other."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.local_neo4j import running, start
from graph.open import open_store
from graph.store import GraphStore
from graph.types import CypherStatement
from ontology.errors import StoreError
from ontology.read import load_ontology
from tests.graph.load_many import in_small_steps, many
from tests.graph.load_once import bulk

ROOT = Path(__file__).parents[2]
#: how many loads are killed; NQI_TEST_KILLS=50 for the whole trial
KILLS = int(os.environ.get("NQI_TEST_KILLS", "3"))
DOCUMENTS = 24

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills as only POSIX can")


@pytest.fixture
def store(neo4j_url: str) -> Iterator[GraphStore]:
    opened = open_store(neo4j_url, load_ontology(), writable=True)
    opened.reset()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph hash of all documents, by the other engine."""
    embedded = open_store(str(tmp_path_factory.mktemp("whole") / "store"), load_ontology(), writable=True)
    embedded.apply(many(0, DOCUMENTS))
    found = embedded.content_hash()
    embedded.close()
    return found


def _loader(url: str, first: int, last: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.graph.load_many", url, str(first), str(last)], text=True, cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert _said(process) == "ready"
    return process


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _done(process: subprocess.Popen[str]) -> None:
    """Until it has loaded; one that has to wait for its turn, on a busy machine for the server, says so."""
    said = _said(process)
    assert (_said(process) if said.endswith("waiting") else said) == "done"


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_a_load_that_is_killed_goes_on_to_the_same_graph(
    store: GraphStore, neo4j_url: str, undisturbed: str
) -> None:
    begun = time.perf_counter()
    whole = _loader(neo4j_url, 0, DOCUMENTS)
    ready = time.perf_counter()
    _go(whole)
    _done(whole)
    takes = time.perf_counter() - ready
    assert whole.wait(30) == 0
    assert store.content_hash() == undisturbed
    chance = random.Random(ready - begun)
    partly = 0
    for _ in range(KILLS):
        store.reset()
        killed = _loader(neo4j_url, 0, DOCUMENTS)
        _go(killed)
        time.sleep(chance.uniform(0, takes))
        killed.kill()
        killed.wait()
        store.apply([], remove=["nothing.md"])  # waits for whatever the server still does
        there = set(store.documents())
        partly += 0 < len(there) < DOCUMENTS
        assert store.content_hash() == store.recomputed_hash()
        assert len(there) % 2 == 0  # two documents are one transaction
        in_order = [c.document for c in many(0, DOCUMENTS)]
        assert there == set(in_order[: len(there)])
        again = _loader(neo4j_url, 0, DOCUMENTS)
        _go(again)
        _done(again)
        assert again.wait(30) == 0
        assert store.content_hash() == undisturbed == store.recomputed_hash()
    assert partly or KILLS < 10


def test_a_table_of_more_than_fifty_thousand_facts_is_there_whole_or_not_at_all(
    store: GraphStore, neo4j_url: str, tmp_path: Path
) -> None:
    """One transaction on a server with the memory that ``nqi neo4j start`` gives, killed in the middle."""
    table = bulk("bulk.md", 26_000, "1")
    assert len(table.nodes) + len(table.relationships) > 50_000
    embedded = open_store(str(tmp_path / "whole"), load_ontology(), writable=True)
    embedded.apply([table])
    whole = embedded.content_hash()
    embedded.close()
    loader = subprocess.Popen(
        [sys.executable, "-m", "tests.graph.load_once", neo4j_url, "26000", "1"], text=True, cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert _said(loader) == "ready"
    _go(loader)
    time.sleep(random.uniform(0.5, 4.0))
    loader.kill()
    loader.wait()
    store.apply([], remove=["nothing.md"])  # waits for whatever the server still does
    assert store.content_hash() in ("0" * 64, whole)
    assert store.content_hash() == store.recomputed_hash()
    store.apply([table])
    assert store.content_hash() == whole == store.recomputed_hash()


def test_two_loads_at_once_come_to_the_graph_of_one_after_the_other(
    store: GraphStore, neo4j_url: str, undisturbed: str
) -> None:
    half = DOCUMENTS // 2
    both = [_loader(neo4j_url, 0, half + 4), _loader(neo4j_url, half - 4, DOCUMENTS)]
    for process in both:
        _go(process)
    for process in both:
        _done(process)
        assert process.wait(60) == 0
    assert store.content_hash() == undisturbed == store.recomputed_hash()
    assert store.undo()
    assert store.content_hash() == store.recomputed_hash()
    assert store.undo()
    assert store.documents() == {}


def test_a_second_load_waits_and_says_so(neo4j_url: str, store: GraphStore) -> None:
    said: list[str] = []
    other = open_store(neo4j_url, load_ontology(), writable=True, waiting=said.append)

    def slow() -> Iterator[object]:
        yield many(0, 1)[0]
        time.sleep(1.5)

    first = threading.Thread(target=lambda: store.apply(slow()), daemon=True)  # type: ignore[arg-type]
    first.start()
    time.sleep(0.3)
    other.apply(many(1, 2))
    first.join()
    other.close()
    assert len(said) == 1
    assert "waiting" in said[0]
    assert set(store.documents()) == {"d000.md", "d001.md"}


def test_the_index_of_a_constraint_that_was_never_made_is_replaced(neo4j_home: Path) -> None:
    opened = open_store(str(neo4j_home), load_ontology(), writable=True)
    opened.reset()
    opened._bolt.alone("DROP CONSTRAINT nqi_Cluster_id IF EXISTS")  # type: ignore[attr-defined]
    opened._bolt.alone("CREATE INDEX nqi_Cluster_id FOR (n:Cluster) ON (n.id)")  # type: ignore[attr-defined]
    opened.apply(many(0, 1))
    assert set(opened.documents()) == {"d000.md"}
    opened.close()


def test_a_server_that_is_killed_loses_and_doubles_nothing(
    neo4j_home: Path, undisturbed: str
) -> None:
    in_small_steps()
    for _ in range(max(1, KILLS // 3)):
        _killed_in_the_middle(neo4j_home, undisturbed)


def _killed_in_the_middle(home: Path, undisturbed: str) -> None:
    """The load and the questions that are under way go on by themselves, or say that it is gone."""
    store = open_store(str(home), load_ontology(), writable=True)
    store.reset()
    reader = open_store(str(home), load_ontology())
    failed: list[StoreError] = []
    asked: list[int] = []
    stopped = threading.Event()

    def ask() -> None:
        query = CypherStatement("MATCH (n:Document) WHERE n.digest IS NOT NULL RETURN count(n)")
        while not stopped.is_set() and len(asked) < 1000:
            try:
                asked.append(int(str(reader.read(query).rows[0][0])))
            except StoreError as error:
                failed.append(error)

    def load() -> None:
        try:
            store.apply(many(0, DOCUMENTS))
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=work, daemon=True) for work in (ask, load)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.1, 1.0))
    server = running(home)
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    while running(home) is not None:
        time.sleep(0.02)
    start(home, port=server.port)
    threads[1].join(120)
    stopped.set()
    threads[0].join(120)
    assert not [thread for thread in threads if thread.is_alive()]
    assert all(error.message for error in failed)
    assert asked == sorted(asked)  # nothing that was seen has gone
    assert all(count % 2 == 0 for count in asked)
    store.apply(many(0, DOCUMENTS))
    assert store.content_hash() == undisturbed == store.recomputed_hash()
    store.close()
    reader.close()
