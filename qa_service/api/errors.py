"""One shape for every error: ``{"error": {"code", "message", "hint", "where"}}``."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ontology.errors import KnowledgeGraphError, QueryError, StatementError, StatementTimeout
from qa_service.document import NoDocument
from qa_service.settings import words

_LOG = logging.getLogger("nqi")


def error(status: int, code: str, message: str, hint: str = "", where: str = "") -> JSONResponse:
    """A response that tells what went wrong and what to do."""
    # a lone surrogate that came in must not keep the error from going out
    parts = {"code": code, "message": message, "hint": hint, "where": where}
    clean = {k: v.encode("utf-8", "replace").decode("utf-8") for k, v in parts.items()}
    return JSONResponse({"error": clean}, status_code=status)


def status_of(failure: KnowledgeGraphError) -> int:
    """4xx where the request is at fault, 503 where the store cannot be used."""
    if isinstance(failure, NoDocument):
        return 404
    if isinstance(failure, StatementTimeout):
        return 408
    return 400 if isinstance(failure, QueryError | StatementError) else 503


def add_handlers(app: FastAPI) -> None:
    """Every way in which a request can fail ends in :func:`error`."""

    @app.exception_handler(KnowledgeGraphError)
    async def known(_: Request, failure: KnowledgeGraphError) -> JSONResponse:
        return error(status_of(failure), failure.code, failure.message, failure.hint, failure.where)

    @app.exception_handler(RequestValidationError)
    async def wrong_shape(_: Request, failure: RequestValidationError) -> JSONResponse:
        first = failure.errors()[0]
        where = ".".join(str(part) for part in first.get("loc", ()))
        hint = words(
            "请求应为 JSON，见 /api/openapi.json。", "The request has to be JSON, see /api/openapi.json."
        )
        return error(422, "request", str(first.get("msg", "")), hint, where)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, failure: HTTPException) -> JSONResponse:
        hint = words("所有路径见 /api/openapi.json。", "All routes are in /api/openapi.json.")
        return error(failure.status_code, "http", str(failure.detail), hint, request.url.path)

    @app.exception_handler(Exception)
    async def fault(_: Request, failure: Exception) -> JSONResponse:
        _LOG.exception("fault of the service", exc_info=failure)
        return error(
            500,
            "internal",
            type(failure).__name__,
            words(
                "这是程序的错误；日志里有详情。", "This is a fault of the program; the log has the details."
            ),
        )
