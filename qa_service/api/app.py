"""The service: all routes, who may use them, and what stands around them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from qa_service.api import asking, browsing, describe, loading, operating, querying, starting
from qa_service.api.access import needs
from qa_service.api.errors import add_handlers
from qa_service.api.language import Spoken
from qa_service.api.limits import Limits
from qa_service.api.models import ErrorResponse
from qa_service.api.page import add_page
from qa_service.api.service import Service
from qa_service.keys import Role

_TEXT = (
    "Questions over a knowledge graph, each answer with the passages that it rests on; the graph itself, "
    "page by page; hand-written Cypher that only reads; loads. Every failure has one shape (ErrorResponse)."
)
_FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorResponse, "description": "What was asked cannot be done as it was asked."},
    401: {"model": ErrorResponse, "description": "A key is needed (not on the service's own machine)."},
    403: {"model": ErrorResponse, "description": "The key's role does not allow this."},
    404: {"model": ErrorResponse, "description": "There is no such thing."},
    408: {"model": ErrorResponse, "description": "It took too long."},
    413: {"model": ErrorResponse, "description": "The request is too large."},
    422: {"model": ErrorResponse, "description": "The request has another shape."},
    503: {"model": ErrorResponse, "description": "The store cannot be used now, or the service is busy."},
}


def create_app(url: str, *, require_key: bool = False) -> FastAPI:
    """The service over the store at ``url``. ``require_key``: keys are needed on this machine too, as
    behind a proxy that does not say for whom it asks."""
    service = Service(url, require_key)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    # the interactive documentation of the framework loads from elsewhere, so it is off
    app = FastAPI(
        title="NQI-KG",
        version="1",
        description=_TEXT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        responses=_FAILURES,
    )
    app.add_middleware(Limits, counts=service.counts)
    app.add_middleware(Spoken)
    add_handlers(app)

    def include(router: APIRouter, role: Role) -> None:
        app.include_router(router, dependencies=[Depends(needs(role, service.keys, require_key))])

    include(asking.routes(service), "reader")
    include(starting.routes(service), "reader")
    include(browsing.routes(service), "reader")
    include(querying.routes(service), "analyst")
    include(loading.routes(service), "loader")
    include(operating.routes(service), "reader")
    app.include_router(operating.open_routes())
    describe.add_docs(app)
    add_page(app)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """The description with an example of each request and response."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                shown = examples().get(f"{method.upper()} {path}", {})
                _put(operation.get("requestBody", {}), shown.get("request"))
                for code, response in operation["responses"].items():
                    if code >= "400":  # errors are JSON where the route gives text too
                        response["content"] = {"application/json": next(iter(response["content"].values()))}
                for code in ("200", "202"):
                    _put(operation["responses"].get(code, {}), shown.get("response"))
        app.openapi_schema = schema
    return app.openapi_schema


def _put(place: Mapping[str, Any], example: object) -> None:
    for kind in place.get("content", {}).values():
        if example is not None:
            kind["example"] = example


@cache
def examples() -> Mapping[str, Mapping[str, object]]:
    """Requests and responses by ``METHOD /path``: real ones, of the tests' small store."""
    file = Path(__file__).with_name("examples.json")
    found: Mapping[str, Mapping[str, object]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found
