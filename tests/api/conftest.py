"""The service over a store that is really loaded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from qa_service.api.app import create_app
from tests.sample_store import build_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_store(tmp_path_factory.mktemp("served"))


@pytest.fixture
def client(store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("NQI_TODAY", "2025-03-01")
    with TestClient(create_app(store), raise_server_exceptions=False) as opened:
        yield opened
