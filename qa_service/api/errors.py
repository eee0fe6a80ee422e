"""One shape for every error: ``{"error": {"code", "message", "hint", "where"}}``."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from ontology.errors import KnowledgeGraphError, QueryError, SourceError, StatementError, StatementTimeout
from qa_service.api.page import unknown_page, wants_page
from qa_service.settings import words

_LOG = logging.getLogger("nqi")

#: by the error's code; what is not here: 400 where the request is at fault, else 503
_STATUS: Mapping[str, int] = {
    "no_document": 404,
    "not_found": 404,
    "no_answer": 404,
    "no_load": 404,
    "key": 401,
    "role": 403,
    "busy": 503,
    "timeout": 408,
}


def error(
    status: int,
    code: str,
    message: str,
    hint: str = "",
    where: str = "",
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A response that tells what went wrong and what to do."""
    # a lone surrogate that came in must not keep the error from going out
    parts = {"code": code, "message": message, "hint": hint, "where": where}
    clean = {k: v.encode("utf-8", "replace").decode("utf-8") for k, v in parts.items()}
    return JSONResponse({"error": clean}, status_code=status, headers=dict(headers or {}))


def status_of(failure: KnowledgeGraphError) -> int:
    """4xx where the request is at fault, 503 where the store cannot be used."""
    if failure.code in _STATUS:
        return _STATUS[failure.code]
    if isinstance(failure, StatementTimeout):
        return 408
    return 400 if isinstance(failure, QueryError | StatementError | SourceError) else 503


def headers_of(status: int) -> Mapping[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": "1"} if status == 503 else {}


def add_handlers(app: FastAPI) -> None:
    """Every way in which a request can fail ends in :func:`error`."""

    @app.exception_handler(KnowledgeGraphError)
    async def known(_: Request, failure: KnowledgeGraphError) -> JSONResponse:
        status = status_of(failure)
        return error(status, failure.code, failure.message, failure.hint, failure.where, headers_of(status))

    @app.exception_handler(RequestValidationError)
    async def wrong_shape(_: Request, failure: RequestValidationError) -> JSONResponse:
        first = failure.errors()[0]
        where = ".".join(str(part) for part in first.get("loc", ()))
        hint = words("各个接口的参数见 /docs。", "What each route takes is on /docs.")
        return error(422, "request", str(first.get("msg", "")), hint, where)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, failure: HTTPException) -> Response:
        page = unknown_page() if failure.status_code == 404 and wants_page(request) else None
        if page is not None:
            return page
        hint = words("所有路径见 /docs。", "All routes are on /docs.")
        return error(
            failure.status_code, "http", str(failure.detail), hint, request.url.path, failure.headers
        )

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
