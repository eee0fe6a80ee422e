"""What a statement may take: it is stopped, the store stays as it is, and the next one is answered."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient

from graph.open import open_store
from graph.stores import memory
from graph.stores.confined import Confined
from graph.stores.embedded import EmbeddedStore
from graph.types import CypherStatement, Limits
from graph.versions import Versions
from loaders.load import unload
from ontology.errors import StatementError, StatementTimeout
from ontology.read import load_ontology
from qa_service.api.app import create_app
from tests.sample_store import build_store

HOSTILE = Path(__file__).parents[1] / "corpus" / "cypher" / "hostile.yaml"
SMALL = Limits(seconds=1.0, memory=200 << 20)

MEMORY_BOMBS = {
    "collect": "UNWIND range(1, 1000000000) AS x WITH collect(x) AS l RETURN size(l) AS n",
    "range": "RETURN size(range(1, 500000000)) AS n",
    "string": "RETURN size(repeat('aaaaaaaaaa', 100000000)) AS n",
    "order": "UNWIND range(1, 100000000) AS x RETURN x ORDER BY -x LIMIT 1",
}
TIME_BOMBS = {
    "paths": "MATCH (a)-[*1..25]-(b) RETURN count(*) AS n",
    "trails": "MATCH p = (a)-[* TRAIL 1..25]-(b) RETURN max(length(p)) AS n",
    "product": "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN count(a.id + b.id + c.id) AS n",
    "loop": "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y "
    "WITH x, y WHERE (x * y) % 7 = 1 RETURN sum(x % y) AS n",
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_store(tmp_path_factory.mktemp("asked"))


@pytest.fixture(scope="module")
def store(url: str) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(Path(url), load_ontology())
    yield opened
    opened.close()


def answered(store: EmbeddedStore) -> bool:
    rows = store.read_confined(CypherStatement("MATCH (n:Enterprise) RETURN count(n) AS n"), Limits()).rows
    return rows == ((2,),)


@pytest.mark.parametrize("name", [*MEMORY_BOMBS, *TIME_BOMBS])
def test_bombs(name: str, store: EmbeddedStore) -> None:
    """Each is stopped by one of the limits, in time, and without harm to the next statement."""
    query = {**MEMORY_BOMBS, **TIME_BOMBS}[name]
    assert answered(store)
    resident = memory.resident(os.getpid())
    started = time.monotonic()
    with pytest.raises((StatementError, StatementTimeout)):
        store.read_confined(CypherStatement(query), SMALL)
    assert time.monotonic() - started < SMALL.seconds + 5
    assert memory.resident(os.getpid()) - resident < 100 << 20
    assert answered(store)


def test_rows_are_cut(store: EmbeddedStore) -> None:
    rows = store.read_confined(
        CypherStatement("UNWIND range(1, 100000) AS x RETURN x"), Limits(rows=10, seconds=5)
    )
    assert (len(rows.rows), rows.truncated) == (10, True)


def test_the_size_of_a_result_is_cut(store: EmbeddedStore) -> None:
    query = "UNWIND range(1, 1000) AS x RETURN repeat('a', 10000) AS a"
    rows = store.read_confined(CypherStatement(query), Limits(bytes=50_000))
    assert (len(rows.rows), rows.truncated) == (4, True)


def test_parameters(store: EmbeddedStore) -> None:
    given = {"a": "甲'; SET", "b": [1, 2], "c": None, "d": 1.5, "e": True}
    rows = store.read_confined(CypherStatement("RETURN $a AS a, $b AS b, $d AS d, $e AS e", given), Limits())
    assert rows.rows == (("甲'; SET", [1, 2], 1.5, True),)
    with pytest.raises(StatementError):
        store.read_confined(CypherStatement("RETURN $missing AS a"), Limits())


@pytest.mark.skipif(sys.platform == "win32", reason="rlimits are of POSIX systems")
@pytest.mark.parametrize(
    "query",
    [
        "COPY (RETURN 1 AS a) TO '{}'",
        "EXPORT DATABASE '{}'",
        "CREATE NODE TABLE T (id STRING, PRIMARY KEY (id))",
        "MATCH (n:Enterprise) SET n.name = 'x'",
    ],
)
def test_a_child_writes_nothing_even_if_it_is_told_to(
    query: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    """What admission lets through by a defect still meets a read-only version and a process that can
    write no file."""
    target = tmp_path / "out.csv"
    with pytest.raises(StatementError):
        store.read_confined(CypherStatement(query.format(target)), Limits())
    assert not target.is_file() or target.stat().st_size == 0
    assert store.recomputed_hash() == store.content_hash()


def test_a_child_that_is_gone_is_replaced(store: EmbeddedStore) -> None:
    assert answered(store)
    for child in store._confined._idle:
        child._process.kill()
        child._process.wait()
    assert answered(store)


def test_a_child_knows_no_secrets(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQI_NEO4J_PASSWORD", "secret")
    pool = Confined()
    pool.warm()
    if sys.platform == "linux":
        environment = Path(f"/proc/{pool._idle[0]._process.pid}/environ").read_bytes()
        assert b"secret" not in environment
    pool.close()


def test_an_ordinary_statement_costs_little(store: EmbeddedStore) -> None:
    statement = CypherStatement("MATCH (n:Enterprise) RETURN n.name AS name ORDER BY name")
    assert answered(store)

    def best(read: object) -> float:
        times = []
        for _ in range(15):
            started = time.perf_counter()
            assert callable(read)
            read()
            times.append(time.perf_counter() - started)
        return sorted(times)[len(times) // 2]

    extra = best(lambda: store.read_confined(statement, Limits())) - best(lambda: store.read(statement))
    assert extra < 0.02


def test_several_at_once(store: EmbeddedStore) -> None:
    failures: list[str] = []

    def ask() -> None:
        for _ in range(5):
            if not answered(store):
                failures.append("another answer")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_it_follows_the_store(tmp_path: Path) -> None:
    ontology = load_ontology()
    store = open_store(build_store(tmp_path), ontology, writable=True)
    count = CypherStatement("MATCH (d:Document) RETURN count(d) AS n")
    pinned = store.pinned()
    assert store.read_confined(count, Limits()).rows == ((2,),)
    unload("chain.csv", store)
    assert store.read_confined(count, Limits()).rows == ((1,),)
    assert pinned.read(count).rows == ((2,),)
    assert pinned.read_confined(count, Limits()).rows == ((2,),)
    pinned.close()
    store.close()


def test_after_all_hostile_statements_everything_is_as_before(url: str) -> None:
    texts = [t for group in yaml.safe_load(HOSTILE.read_text(encoding="utf-8")).values() for t in group]
    question = {"question": "缝纫机产业链有哪些企业？"}
    files = {f: f.read_bytes() for f in (Path(url) / "versions").iterdir()}
    with TestClient(create_app(url), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        before = client.post("/api/ask", json=question).json()
        status = client.get("/api/status").json()
        for text in texts:
            response = client.post("/api/cypher", json={"query": str(text)})
            assert response.status_code == 400, text
            assert response.json()["error"]["code"] == "statement"
        for bomb in (*MEMORY_BOMBS.values(), *TIME_BOMBS.values()):
            response = client.post("/api/cypher", json={"query": bomb, "seconds": 0.3})
            assert response.status_code in (400, 408), bomb
        after = client.post("/api/ask", json=question).json()
        assert client.get("/api/status").json() == status
    assert {**after, "elapsed_ms": 0} == {**before, "elapsed_ms": 0}
    assert {f: f.read_bytes() for f in (Path(url) / "versions").iterdir()} == files
    assert Versions(Path(url)).manifest(status["version"] and int(status["version"])).hash == status["hash"]
