"""Who may do what: nobody needs a key on this machine, others need one of the right role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.api.app import create_app
from qa_service.keys import ROLES, Keys, NoSuchKey, Role
from tests.api.conftest import local
from tests.sample_store import build_store

HERE = ("127.0.0.1", 50000)
ELSEWHERE = ("192.0.2.7", 50000)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_store(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def remote(url: str) -> Iterator[TestClient]:
    with TestClient(create_app(url), base_url="http://kg.example", client=ELSEWHERE) as client:
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


REQUESTS: dict[Role, tuple[tuple[str, str], ...]] = {
    "reader": (
        ("POST", "/api/ask"), ("POST", "/api/explain"), ("GET", "/api/answers/00"), ("GET", "/api/entities"),
        ("GET", "/api/entities/x"), ("GET", "/api/subgraph?id=x"), ("GET", "/api/chains"),
        ("GET", "/api/chains/x"), ("GET", "/api/regions"), ("GET", "/api/metrics"), ("GET", "/api/conflicts"),
        ("GET", "/api/documents"), ("GET", "/api/documents/x"), ("GET", "/api/status"), ("GET", "/metrics"),
        ("GET", "/api/examples"), ("GET", "/api/catalogue"), ("GET", "/api/suggest?q=x"),
        ("GET", "/api/ontology"), ("GET", "/api/figures?chain=x"),
    ),
    "analyst": (("POST", "/api/cypher"),),
    "loader": (
        ("POST", "/api/loads"), ("POST", "/api/loads/demonstration"), ("GET", "/api/loads/00"),
        ("POST", "/api/undo"),
    ),
    "admin": (),
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_roles(role: Role, url: str, remote: TestClient) -> None:
    _, secret = Keys(url).add(role)
    for needed, requests in REQUESTS.items():
        for method, path in requests:
            if path in ("/api/undo", "/api/loads/demonstration"):
                continue  # they would change the store
            status = remote.request(method, path, headers=bearer(secret)).status_code
            assert (status == 403) == (ROLES.index(role) < ROLES.index(needed)), (method, path, status)
            assert status != 401


def test_every_route_is_asked_for(url: str) -> None:
    """A new route says in REQUESTS who may use it."""
    listed = {(m, p.split("?")[0]) for some in REQUESTS.values() for m, p in some} | {("GET", "/api/health")}
    for path, methods in create_app(url).openapi()["paths"].items():
        for method in methods:
            shown = path.replace("{id}", "00" if "/loads/" in path or "/answers/" in path else "x")
            assert (method.upper(), shown) in listed


@pytest.mark.parametrize(("method", "path"), [r for some in REQUESTS.values() for r in some])
def test_without_a_key(method: str, path: str, remote: TestClient) -> None:
    response = remote.request(method, path)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == "key"


@pytest.mark.parametrize("path", ["/api/health", "/docs", "/docs/style.css", "/api/openapi.json", "/"])
def test_open_to_everybody(path: str, remote: TestClient) -> None:
    assert remote.get(path).status_code == 200


@pytest.mark.parametrize("given", ["", "nqi_1_2", "x" * 5000, "Basic eDp5"])
def test_a_wrong_key(given: str, remote: TestClient) -> None:
    assert remote.get("/api/chains", headers=bearer(given)).status_code == 401


def test_a_revoked_key_ends_at_once(url: str, remote: TestClient) -> None:
    key, secret = Keys(url).add("reader")
    assert remote.get("/api/chains", headers=bearer(secret)).status_code == 200
    Keys(url).revoke(key.id)
    assert remote.get("/api/chains", headers=bearer(secret)).status_code == 401


def test_a_key_is_kept_as_a_hash(url: str) -> None:
    key, secret = Keys(url).add("admin", "张三")
    kept = (Path(url) / "keys.json").read_text(encoding="utf-8")
    assert secret not in kept
    assert secret.rpartition("_")[2] not in kept
    assert json.loads(kept)["keys"][-1]["id"] == key.id
    with pytest.raises(NoSuchKey):
        Keys(url).revoke("none")


@pytest.mark.parametrize("host", ["127.0.0.1:8700", "localhost:8700", "[::1]:8700", "LOCALHOST"])
def test_here_none_is_needed(host: str, url: str) -> None:
    with TestClient(create_app(url), client=HERE) as client:
        assert client.get("/api/chains", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},  # a name that somebody's DNS points here
        {"Host": "127.0.0.1.evil.example:8700"},
        {"Origin": "https://evil.example"},  # a page that a browser here has open
        {"Origin": "null"},
        {"X-Forwarded-For": "192.0.2.7"},  # through a proxy on this machine
        {"Forwarded": "for=192.0.2.7"},
        {"Via": "1.1 proxy"},
    ],
)
def test_from_here_but_not_by_somebody_here(headers: dict[str, str], url: str) -> None:
    with local(create_app(url)) as client:
        assert client.post("/api/undo", headers=headers).status_code == 401


def test_the_page_s_own_origin(url: str) -> None:
    with local(create_app(url)) as client:
        assert client.get("/api/chains", headers={"Origin": "http://127.0.0.1:8700"}).status_code == 200


def test_keys_can_be_required_here_too(url: str) -> None:
    _, secret = Keys(url).add("reader")
    with local(create_app(url, require_key=True)) as client:
        assert client.get("/api/chains").status_code == 401
        assert client.get("/api/chains", headers=bearer(secret)).status_code == 200
