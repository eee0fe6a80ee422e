"""Routes for those who run the service: status, health, counts."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from ontology.errors import KnowledgeGraphError
from qa_service.api.counts import Labels
from qa_service.api.models import HealthResponse, StatusResponse
from qa_service.api.service import Service


def routes(service: Service) -> APIRouter:
    """``/api/status`` and ``/metrics``."""
    router = APIRouter(tags=["service"])

    @router.get("/api/status", response_model=StatusResponse)
    def status() -> JSONResponse:
        """What is in the graph, as ``nqi status --json`` prints it."""
        return JSONResponse(asdict(service.current.read(lambda session: session.store.status())))

    @router.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> PlainTextResponse:
        """Counts for Prometheus: requests, durations, answers, statements, loads, the graph."""
        return PlainTextResponse(
            service.counts.text(_gauges(service)), media_type="text/plain; version=0.0.4; charset=utf-8"
        )

    return router


def open_routes() -> APIRouter:
    """``/api/health``: open to everybody."""
    router = APIRouter(tags=["service"])

    @router.get("/api/health", response_model=HealthResponse)
    async def health() -> JSONResponse:
        """Whether the service runs. It says nothing of the store: see ``/api/status``."""
        return JSONResponse({"status": "ok"})

    return router


def _gauges(service: Service) -> dict[tuple[str, Labels], float]:
    try:
        status = service.current.read(lambda session: session.store.status())
    except KnowledgeGraphError:
        return {("nqi_store_up", ()): 0}
    return {
        ("nqi_store_up", ()): 1,
        ("nqi_documents", ()): status.documents,
        ("nqi_conflicts", ()): status.conflicts,
        **{("nqi_nodes", (("class", c),)): n for c, n in status.nodes.items()},
        **{("nqi_relationships", (("type", t),)): n for t, n in status.relationships.items()},
    }
