"""The service gives the same over either engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.open import open_store
from loaders.load import load
from ontology.read import load_ontology
from qa_service.api.app import create_app
from tests.api.conftest import local
from tests.sample_store import build_store, write_sources

PATHS = (
    "/api/entities?prefix=甲",
    "/api/entities?class=Enterprise",
    "/api/entities/enterprise:甲缝制",
    "/api/entities/region:331000",
    "/api/subgraph?id=enterprise:甲缝制&depth=2",
    "/api/chains",
    "/api/chains?region=region:331000",
    "/api/regions",
    "/api/metrics",
    "/api/conflicts",
    "/api/documents",
    "/api/documents/通报/bulletin.txt",
    "/api/documents/chain.csv",
)
QUESTION = {"question": "缝纫机产业链有哪些企业？"}


def test_both_engines(neo4j_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQI_KEPT", str(tmp_path / "kept"))
    ontology = load_ontology()
    store = open_store(neo4j_url, ontology, writable=True)
    store.reset()
    load([write_sources(tmp_path / "sources")], store, ontology)
    store.close()
    with local(create_app(build_store(tmp_path))) as here, local(create_app(neo4j_url)) as there:
        chain = here.get("/api/chains").json()["chains"][0]["id"]
        for path in (*PATHS, f"/api/chains/{chain}"):
            one, other = here.get(path), there.get(path)
            assert (one.status_code, other.status_code) == (200, 200), (path, other.text)
            assert one.json() == other.json(), path
        one, other = (c.post("/api/ask", json=QUESTION).json() for c in (here, there))
        assert one["answers"] == other["answers"]
        assert one["id"] == other["id"]  # the same graph has the same hash
        asked = {"query": "MATCH (n:Enterprise) RETURN count(n) AS n"}
        assert there.post("/api/cypher", json=asked).json()["rows"] == [[2]]
        assert there.get("/api/status").json()["hash"] == here.get("/api/status").json()["hash"]
        refused = there.post("/api/cypher", json={"query": "MATCH (n) DETACH DELETE n"})
        assert refused.status_code == 400
        assert "nqi_store_up 1" in there.get("/metrics").text
