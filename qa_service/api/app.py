"""The routes."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import FastAPI
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from qa_service.admit import admit
from qa_service.api.current import Current
from qa_service.api.errors import add_handlers
from qa_service.api.limits import Limits
from qa_service.api.models import AskRequest, CypherRequest
from qa_service.ask import ask as answer_of
from qa_service.cypher import read_cypher
from qa_service.document import document_json
from qa_service.intake import admit_question
from qa_service.settings import bundled


def create_app(url: str) -> FastAPI:
    """The service over the store at ``url``."""
    # the interactive documentation of the framework loads from elsewhere, so it is off
    app = FastAPI(title="NQI-KG", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_middleware(Limits)
    add_handlers(app)
    current = Current(url)
    web = bundled("web")

    @app.post("/api/ask")
    def ask(request: AskRequest) -> JSONResponse:
        question = admit_question(request.question)
        with current.turn:
            answer = answer_of(question, current.session(), previous=request.previous, limit=request.limit)
        return JSONResponse(answer.to_json())

    @app.post("/api/cypher")
    def cypher(request: CypherRequest) -> JSONResponse:
        admitted = admit(request.query)
        return JSONResponse(read_cypher(admitted, request.params, current.session().store).to_json())

    @app.get("/api/status")
    def status() -> JSONResponse:
        return JSONResponse(asdict(current.session().store.status()))

    @app.get("/api/health")
    def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get("/api/documents/{document:path}")
    def document(document: str) -> JSONResponse:
        return JSONResponse(document_json(document, current.session().store))

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(web / "index.html")

    app.mount("/page", StaticFiles(directory=web), name="page")
    return app
