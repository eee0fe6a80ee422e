"""The service over a store that is really loaded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa_service.api.app import create_app
from tests.sample_store import build_store


def local(app: FastAPI, **options: object) -> TestClient:
    """A client on the service's own machine, which needs no key."""
    return TestClient(
        app, base_url="http://127.0.0.1:8700", client=("127.0.0.1", 50000), raise_server_exceptions=False,
        **options,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_store(tmp_path_factory.mktemp("served"))


@pytest.fixture
def client(store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("NQI_TODAY", "2025-03-01")
    with local(create_app(store)) as opened:
        yield opened
