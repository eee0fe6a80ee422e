"""Many requests at a time while documents are loaded and taken back: every one of them is answered from the
graph before a load or from the one after it, or turned away in order.

    CONCURRENT_SECONDS=120 CONCURRENT_CLIENTS=50 python -m pytest tests/api/test_concurrency.py -s
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from graph.open import open_store
from loaders.load import load, unload
from ontology.read import load_ontology
from qa_service.api.app import create_app
from qa_service.api.serve import free_port
from tests.sample_store import build_store

SECONDS = float(os.environ.get("CONCURRENT_SECONDS", "6"))
CLIENTS = int(os.environ.get("CONCURRENT_CLIENTS", "20"))

#: with this table the chain has more members, another supplier, and the figure a rival
TABLE = """\
chain,region,lead_firm,member_enterprise,role,supplier,buyer,product,year,source_title,url,source_grade
""" + "".join(
    f"缝纫机,台州市,甲缝制,{name}机件,配套,{name}机件,甲缝制,零件,2023,又一则,https://example.org/c,B\n"
    for name in "丙丁戊己庚辛"
)
TEXT = "另一份通报\n\n2023年，台州市制造业产品质量合格率为95.1%。\n"

REQUESTS: tuple[tuple[str, str, object], ...] = (
    ("POST", "/api/ask", {"question": "缝纫机产业链有哪些企业？"}),
    ("POST", "/api/ask", {"question": "台州市2023年制造业产品质量合格率是多少？"}),
    ("POST", "/api/ask", {"question": "谁给甲缝制供货？"}),
    ("GET", "/api/chains", None),
    ("GET", "/api/chains/CHAIN", None),
    ("GET", "/api/entities/enterprise:甲缝制", None),
    ("GET", "/api/subgraph?id=CHAIN&depth=2", None),
    ("GET", "/api/conflicts", None),
    ("GET", "/api/documents", None),
    ("GET", "/api/status", None),
    ("POST", "/api/cypher", {"query": "MATCH (n:Enterprise) RETURN count(n) AS n"}),
)
VOLATILE = ("elapsed_ms", "version")
#: what loads and takes back, in a process of its own as a person would; prints how often
LOADER = """
import sys, time
from pathlib import Path
from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology

url, seconds, *paths = sys.argv[1:]
ontology = load_ontology()
store = open_store(url, ontology, writable=True)
until, loads = time.monotonic() + float(seconds), 0
while time.monotonic() < until or loads < 3:
    load([Path(p) for p in paths], store, ontology)
    time.sleep(0.2)
    if loads % 2:
        store.undo()
    else:
        store.apply((), remove=[Path(p).name for p in paths])
    loads += 1
    time.sleep(0.2)
store.close()
print(loads)
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The service in a thread; gives its address and its store."""
    url = build_store(tmp_path)
    port = free_port("127.0.0.1", 18700)
    server = uvicorn.Server(
        uvicorn.Config(create_app(url), host="127.0.0.1", port=port, log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}", url
    server.should_exit = True
    thread.join(timeout=30)


def asked(client: httpx.Client, number: int, chain: str) -> tuple[int, str]:
    """Status and body of a request, without what differs from run to run."""
    method, path, body = REQUESTS[number]
    response = client.request(method, path.replace("CHAIN", chain), json=body)
    value = response.json()
    if response.status_code != 200:
        return response.status_code, json.dumps(value, ensure_ascii=False)
    for name in VOLATILE:
        value.pop(name, None)
    return 200, json.dumps(value, ensure_ascii=False, sort_keys=True)


def test_requests_while_documents_come_and_go(served: tuple[str, str], tmp_path: Path) -> None:
    address, url = served
    (tmp_path / "more.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "rival.txt").write_text(TEXT, encoding="utf-8")
    more = [tmp_path / "more.csv", tmp_path / "rival.txt"]
    ontology = load_ontology()
    store = open_store(url, ontology, writable=True)
    with httpx.Client(base_url=address, timeout=90, trust_env=False) as client:
        chain = client.get("/api/chains").json()["chains"][0]["id"]
        allowed: list[set[str]] = [set() for _ in REQUESTS]
        load(more, store, ontology)
        for number in range(len(REQUESTS)):
            allowed[number].add(asked(client, number, chain)[1])
        store.undo()
        store.close()
        for number in range(len(REQUESTS)):
            allowed[number].add(asked(client, number, chain)[1])
    assert all(len(bodies) == 2 for bodies in allowed)

    stop = threading.Event()
    problems: list[str] = []
    statuses: Counter[int] = Counter()
    took: list[float] = []

    def ask_on(start: int) -> None:
        with httpx.Client(base_url=address, timeout=90, trust_env=False) as client:
            number = start
            while not stop.is_set():
                number = (number + 1) % len(REQUESTS)
                began = time.perf_counter()
                try:
                    status, body = asked(client, number, chain)
                except (httpx.HTTPError, ValueError) as error:
                    problems.append(f"{REQUESTS[number]}: {error!r}")
                    continue
                took.append(time.perf_counter() - began)
                statuses[status] += 1
                if status == 200 and body not in allowed[number]:
                    problems.append(f"{REQUESTS[number]}: from half a load: {body[:2000]}")
                elif status != 200 and status not in (408, 429, 503):
                    problems.append(f"{REQUESTS[number]}: {status} {body}")

    threads = [threading.Thread(target=ask_on, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    loader = subprocess.run(
        [sys.executable, "-c", LOADER, url, str(SECONDS), *map(str, more)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS + 120,
    )  # fmt: skip
    stop.set()
    for thread in threads:
        thread.join(timeout=120)
    assert loader.returncode == 0, loader.stderr
    loads = int(loader.stdout)
    took.sort()
    print(
        f"\n{len(took)} requests of {CLIENTS} clients, {loads} loads and unloads, statuses {dict(statuses)}, "
        f"p50 {took[len(took) // 2] * 1000:.0f} ms, p99 {took[int(len(took) * 0.99)] * 1000:.0f} ms"
    )
    assert not problems, problems[0]
    assert statuses[200] > CLIENTS
    assert loads > 1


def test_unload_is_one_version(tmp_path: Path) -> None:
    """What the test above relies on: taking back is one step."""
    ontology = load_ontology()
    store = open_store(build_store(tmp_path), ontology, writable=True)
    before = store.version()
    unload("chain.csv", store)
    assert store.version() == before + 1
    store.close()
