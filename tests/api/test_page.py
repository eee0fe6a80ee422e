"""How the page is served: its views, its files, and what stands there where it was not built."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.api import page
from qa_service.api.app import create_app
from tests.api.conftest import local

DOCUMENT = '<!doctype html><script type="module" src="/page/assets/index-1.js"></script>'
VIEWS = (
    "/", "/chain", "/chain/chain:331000/缝纫机", "/cypher", "/load", "/answer/0123", "/document/通报/a.txt",
    "/entity/enterprise%3Ax",
)  # fmt: skip


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the page is built to, empty at first."""
    monkeypatch.setattr(page, "bundled", lambda _: tmp_path)
    return tmp_path


def serve(store: str) -> TestClient:
    return local(create_app(store))


def test_one_document_for_all_views(built: Path, store: str) -> None:
    (built / "index.html").write_text(DOCUMENT, encoding="utf-8")
    client = serve(store)
    for view in VIEWS:
        response = client.get(view)
        assert response.text == DOCUMENT, view
        assert response.headers["cache-control"] == "no-cache"
    assert client.get("/elsewhere").json()["error"]["code"] == "http"
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    unknown = client.get("/elsewhere", headers=browser)
    assert (unknown.status_code, unknown.text) == (404, DOCUMENT)
    for path in ("/api/elsewhere", "/page/none.js"):
        response = client.get(path, headers=browser)
        assert (response.status_code, response.json()["error"]["code"]) == (404, "http"), path


def test_files_with_a_hash_in_their_name_are_kept(built: Path, store: str) -> None:
    (built / "index.html").write_text(DOCUMENT, encoding="utf-8")
    (built / "assets").mkdir()
    (built / "assets" / "index-1.js").write_text("let a = 1;" * 500, encoding="utf-8")
    response = serve(store).get("/page/assets/index-1.js", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-encoding"] == "gzip"


def test_where_it_was_not_built_it_says_what_is_missing(built: Path, store: str) -> None:
    (built / "why-not.txt").write_text("it takes Node.js 20.19 or newer", encoding="utf-8")
    client = serve(store)
    for view in ("/", "/load"):
        response = client.get(view)
        assert response.status_code == 200
        assert "Node.js 20.19" in response.text
        assert "it takes Node.js" in response.text
        assert "nqi ask" in response.text
    assert client.get("/api/health").status_code == 200


def test_no_path_leads_out_of_the_folder(built: Path, store: str) -> None:
    (built / "index.html").write_text(DOCUMENT, encoding="utf-8")
    (built.parent / "secret.txt").write_text("secret", encoding="utf-8")
    client = serve(store)
    for path in ("/page/../secret.txt", "/page/%2e%2e/secret.txt", "/page/..%2fsecret.txt"):
        assert client.get(path).text != "secret"


@pytest.mark.parametrize("path", ["/", "/page/none.js", "/api/health", "/api/none"])
def test_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
