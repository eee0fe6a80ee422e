"""The page: it is served, needs nothing from elsewhere, and puts nothing in as markup."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from qa_service.settings import bundled

FILES = ("index.html", "page.css", "page.js")


def test_page_and_its_files(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = (bundled("web") / name).read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href|url|import|fetch)\s*[=(:]?\s*["'(]?\s*(?:https?:)?//""", text)


def test_no_script_or_style_inside_the_page() -> None:
    """The content security policy would not run it."""
    text = (bundled("web") / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)


def test_text_is_never_put_in_as_markup() -> None:
    script = (bundled("web") / "page.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script
    )


@pytest.mark.parametrize("path", ["/", "/page/page.js", "/api/health", "/api/none"])
def test_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
