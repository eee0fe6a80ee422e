"""Requests that are made up from the description: none of them ends in a fault, and every response is of
the described shape."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance
from starlette.types import Receive, Scope, Send

from qa_service.api.app import create_app
from tests.sample_store import build_store

#: requests of each route; for a thorough search: SCHEMA_EXAMPLES=500
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "8"))

_FOLDER = tempfile.TemporaryDirectory(prefix="nqi-schema-")
_URL = str(Path(_FOLDER.name) / "store")
_APP = create_app(_URL)


async def here(scope: Scope, receive: Receive, send: Send) -> None:
    """The service as it is asked from its own machine."""
    if scope["type"] == "http":
        headers = [(n, v) for n, v in scope["headers"] if n not in (b"host", b"authorization")]
        scope = {**scope, "client": ("127.0.0.1", 50000), "headers": [*headers, (b"host", b"localhost")]}
    await _APP(scope, receive, send)


schema = schemathesis.openapi.from_asgi("/api/openapi.json", here)


@pytest.fixture(scope="module", autouse=True)
def loaded() -> Iterator[None]:
    build_store(Path(_FOLDER.name))
    yield
    _FOLDER.cleanup()


@schema.exclude(path="/api/loads/demonstration").parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_made_up_requests(case: Case) -> None:
    response = case.call()
    # the store cannot be gone, so that 503 is a fault here too
    case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])
    assert response.status_code != 401
