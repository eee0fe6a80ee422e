"""The examples of the description, made by asking the service over the tests' small store.

python -m tests.api.examples        writes qa_service/api/examples.json
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient

from qa_service.api.app import create_app
from tests.project.modules import ROOT
from tests.sample_store import BULLETIN, build_store

FILE = ROOT / "qa_service" / "api" / "examples.json"
TODAY = "2025-03-01"
#: changes from run to run or from version to version
VOLATILE = {"id", "hash", "version", "elapsed_ms", "seconds", "extractor"}

QUESTION = {"question": "台州市2023年制造业产品质量合格率是多少？"}
CYPHER = {
    "query": "MATCH (e:Enterprise)-[m:MEMBER_OF]->(c:Chain {id: $chain}) "
    "RETURN e.name AS name, m.role AS role ORDER BY name, role",
    "params": {"chain": "chain:331000/缝纫机"},
}
#: METHOD /path as described → what is asked
REQUESTS: dict[str, tuple[str, object]] = {
    "POST /api/ask": ("/api/ask", QUESTION),
    "POST /api/explain": ("/api/explain", {"question": "缝纫机产业链有哪些企业？"}),
    "GET /api/answers/{id}": ("/api/answers/{answer}", None),
    "GET /api/examples": ("/api/examples", None),
    "GET /api/suggest": ("/api/suggest?limit=4&q=" + quote("台州"), None),
    "GET /api/catalogue": ("/api/catalogue", None),
    "GET /api/entities": ("/api/entities?prefix=" + quote("甲"), None),
    "GET /api/entities/{id}": ("/api/entities/" + quote("enterprise:甲缝制"), None),
    "GET /api/subgraph": ("/api/subgraph?depth=1&id=" + quote("{chain}"), None),
    "GET /api/chains": ("/api/chains", None),
    "GET /api/chains/{id}": ("/api/chains/{chain}", None),
    "GET /api/figures": ("/api/figures?chain=" + quote("{chain}"), None),
    "GET /api/ontology": ("/api/ontology", None),
    "GET /api/regions": ("/api/regions", None),
    "GET /api/metrics": ("/api/metrics", None),
    "GET /api/conflicts": ("/api/conflicts", None),
    "GET /api/documents": ("/api/documents", None),
    "GET /api/documents/{id}": ("/api/documents/" + quote("通报/bulletin.txt"), None),
    "POST /api/cypher": ("/api/cypher", CYPHER),
    "GET /api/status": ("/api/status", None),
    "GET /api/health": ("/api/health", None),
    "GET /metrics": ("/metrics", None),
}


def made(store: str) -> dict[str, dict[str, object]]:
    """Every route's example from a store. The store is changed by the loads, and changed back."""
    os.environ["NQI_TODAY"] = TODAY
    found: dict[str, dict[str, object]] = {}
    with TestClient(create_app(store), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        chain = client.get("/api/chains").json()["chains"][0]["id"]
        answer = client.post("/api/ask", json=QUESTION).json()["id"]
        for name, (path, body) in REQUESTS.items():
            place = path.replace("{chain}", quote(chain)).replace(quote("{chain}"), quote(chain))
            place = place.replace("{answer}", answer)
            if isinstance(body, dict) and "params" in body:
                body = {**body, "params": {"chain": chain}}
            method = name.split(" ")[0]
            response = client.request(method, place, json=body) if body else client.request(method, place)
            assert response.status_code == 200, (name, response.text)
            shown: object = response.text if name == "GET /metrics" else response.json()
            if isinstance(shown, str):
                shown = "\n".join(
                    line for line in shown.splitlines() if re.search("nqi_(documents|answers)", line)
                )
            if name == "GET /api/catalogue" and isinstance(shown, dict):
                shown["queries"] = [q for q in shown["queries"] if q["name"] == "chain_members"]
            if name == "GET /api/ontology" and isinstance(shown, dict):
                shown = {part: listed[:1] for part, listed in shown.items()}
            found[name] = ({"request": body} if body else {}) | {"response": shown}
        files = [("files", ("second.txt", BULLETIN.replace("2023", "2022").encode()))]
        started = client.post("/api/loads", files=files).json()
        found["POST /api/loads"] = {"response": started}
        while (state := client.get(f"/api/loads/{started['id']}").json())["state"] in ("waiting", "running"):
            time.sleep(0.05)
        found["GET /api/loads/{id}"] = {"response": state}
        # it begins a load like any other; the material takes too long to be loaded for an example
        found["POST /api/loads/demonstration"] = {"response": started}
        found["POST /api/undo"] = {"response": client.post("/api/undo").json()}
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        examples = made(build_store(Path(folder)))
    FILE.write_text(json.dumps(examples, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
