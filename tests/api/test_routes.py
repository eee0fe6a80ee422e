"""What each route gives, and that every failure has one shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from graph.open import open_store
from loaders.load import load, unload
from ontology.read import load_ontology
from qa_service.api.app import create_app
from qa_service.api.limits import LARGEST_REQUEST
from tests.api.conftest import local
from tests.sample_store import build_store, write_sources

QUESTION = "台州市2023年制造业产品质量合格率是多少？"


def error_of(response: Response) -> dict[str, str]:
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "hint", "where"}
    error: dict[str, str] = body["error"]
    return error


def test_ask(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert (answer["status"], answer["answers"]) == ("answered", ["93.7%"])
    assert answer["cypher"]


def test_evidence_opens_in_the_document(client: TestClient) -> None:
    evidence = client.post("/api/ask", json={"question": QUESTION}).json()["evidence"][0]
    document = client.get(f"/api/documents/{evidence['document']}").json()
    assert document["id"] == "通报/bulletin.txt"
    assert document["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_a_table_has_rows(client: TestClient) -> None:
    document = client.get("/api/documents/chain.csv").json()
    assert document["text"] is None
    assert any("甲缝制" in str(row) for row in document["rows"])


def test_no_such_document(client: TestClient) -> None:
    response = client.get("/api/documents/none.txt")
    assert response.status_code == 404
    assert error_of(response)["code"] == "no_document"


def test_limit(client: TestClient) -> None:
    asked = {"question": "缝纫机产业链有哪些企业？"}
    assert len(client.post("/api/ask", json=asked).json()["answers"]) == 2
    assert len(client.post("/api/ask", json=asked | {"limit": 1}).json()["rows"]) == 1


def test_status_and_health(client: TestClient) -> None:
    assert client.get("/api/status").json()["documents"] == 2
    assert client.get("/api/health").json() == {"status": "ok"}


def test_cypher(client: TestClient) -> None:
    asked = {"query": "MATCH (n {id: $id}) RETURN n.name AS name", "params": {"id": "enterprise:甲缝制"}}
    answer = client.post("/api/cypher", json=asked).json()
    assert (answer["columns"], answer["rows"]) == (["name"], [["甲缝制"]])
    assert answer["engine"] == "embedded"


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (n) DETACH DELETE n",
        "RETURN 1 AS a; RETURN 2 AS b",
        "LOAD FROM '/etc/passwd' RETURN *",
        "COPY (MATCH (n) RETURN n) TO '/tmp/x.csv'",
        "MATCH (n RETURN n",
        "",
        "\ud800",
        "RETURN '\ud800' AS a",
    ],
)
def test_cypher_that_is_not_let_through(client: TestClient, query: str) -> None:
    response = client.post("/api/cypher", content=_json({"query": query}), headers=JSON)
    assert response.status_code == 400
    assert error_of(response)["code"] == "statement"


JSON = {"content-type": "application/json"}


def _json(value: object) -> bytes:
    import json

    return json.dumps(value).encode("ascii")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"question": 5}',
        b'{"question": null}',
        b"\xff\xfe",
        b'{"question": "a", "limit": 0}',
        b'{"question": "a", "limit": "3"}',
        b'{"question": "a", "nope": 1}',
        b'{"question": ' + b"[" * 30000 + b"]" * 30000 + b"}",
        b'{"question": NaN}',
    ],
)
def test_a_body_of_another_shape(client: TestClient, body: bytes) -> None:
    response = client.post("/api/ask", content=body, headers=JSON)
    assert response.status_code in (400, 422)
    error_of(response)


@pytest.mark.parametrize("question", ["", " ", "\x00", "\x1b[31m", "\ud800", "？", "a" * 5000])
def test_what_is_no_question(client: TestClient, question: str) -> None:
    response = client.post("/api/ask", content=_json({"question": question}), headers=JSON)
    assert response.status_code == 400
    assert error_of(response)["code"] == "question"


def test_ten_megabytes(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "长" * 3_500_000})
    assert response.status_code == 413
    assert error_of(response)["code"] == "too_large"


def test_ten_megabytes_without_a_declared_length(client: TestClient) -> None:
    sent = 0

    def pieces() -> object:
        nonlocal sent
        for _ in range(160):
            sent += 65536
            yield b"x" * 65536

    response = client.post("/api/ask", content=pieces(), headers=JSON)
    assert response.status_code == 413


def test_a_request_just_below_the_limit_is_read(client: TestClient) -> None:
    padding = b" " * (LARGEST_REQUEST - 200)
    body = _json({"question": QUESTION}) + padding
    assert client.post("/api/ask", content=body, headers=JSON).json()["status"] == "answered"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/ask", 405),
        ("DELETE", "/api/status", 405),
        ("GET", "/page/none.js", 404),
        ("GET", "/page/../pyproject.toml", 404),
        ("GET", "/page/%2e%2e/pyproject.toml", 404),
        ("GET", "/redoc", 404),
    ],
)
def test_no_such_route(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    error_of(response)


def test_without_a_store_it_says_so(tmp_path: Path) -> None:
    with local(create_app(str(tmp_path / "none"))) as client:
        assert client.get("/api/health").status_code == 200
        response = client.post("/api/ask", json={"question": QUESTION})
        assert response.status_code == 503
        assert error_of(response)["hint"]


def test_a_fault_of_ours_has_the_same_shape(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("qa_service.api.asking.answer_of", broken)
    response = client.post("/api/ask", json={"question": QUESTION})
    assert response.status_code == 500
    assert error_of(response)["code"] == "internal"
    assert "secret" not in response.text


def test_it_follows_the_store(tmp_path: Path) -> None:
    """A load or unload while it serves shows in the next answer."""
    url = build_store(tmp_path)
    ontology = load_ontology()
    with local(create_app(url)) as client:

        def answers() -> list[str]:
            found: list[str] = client.post("/api/ask", json={"question": QUESTION}).json()["answers"]
            return found

        assert answers() == ["93.7%"]
        store = open_store(url, ontology, writable=True)
        unload("通报/bulletin.txt", store)
        assert answers() == []
        load([write_sources(tmp_path / "sources")], store, ontology)
        store.close()
        assert answers() == ["93.7%"]
