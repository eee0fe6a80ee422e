"""The outermost layer: turns away what is too large or too much, sets the headers of every response, counts
and logs requests. No question stands in a log line at level info: routes are logged by their pattern."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.api.counts import Counts
from qa_service.settings import words

#: bytes of the largest request; a question has a few hundred
LARGEST_REQUEST: Final = 64 * 1024
#: bytes of the largest load, all files together
LARGEST_LOAD: Final = 64 * 1024 * 1024
#: where loads are sent to
LOADS: Final = "/api/loads"
#: requests at once; more get 503
RUNNING: Final = 200

HEADERS: Final = {
    # nothing is fetched from anywhere else, and nothing may frame the page
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_LOG = logging.getLogger("nqi.requests")


class _TooLarge(Exception):
    """A load has gone over the limit while it was received."""


class Limits:
    """Reads a request's body up to the limit and hands it on whole, or answers 413; a load is handed
    on piece by piece."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app = app
        self.counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        self.counts.running += 1
        try:
            await self._limited(scope, receive, send_with_headers)
        finally:
            self.counts.running -= 1
            self._told(scope, status, time.perf_counter() - started)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.counts.running > RUNNING:
            await _refused(
                503,
                "busy",
                "服务正忙",
                "The service is busy",
                "请稍后再试。",
                "Please try again in a moment.",
                {"Retry-After": "1"},
            )(scope, receive, send)
            return
        if scope["path"] == LOADS:
            try:
                await self.app(scope, _counted(receive), send)
            except _TooLarge:
                await _too_large(LARGEST_LOAD)(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            await _too_large(LARGEST_REQUEST)(scope, receive, send)
            return
        given = False

        async def whole_body() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, whole_body, send)

    def _told(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or "other"
        method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD", "OPTIONS") else "other"
        self.counts.add("nqi_requests_total", route=route, method=method, status=str(status))
        self.counts.took(seconds, route=route)
        if _LOG.isEnabledFor(logging.INFO):
            state = scope.get("state") or {}
            fields = {
                "method": method,
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
                "key": state.get("key", ""),
            }
            _LOG.info("%s %s", method, route, extra={"fields": fields})


def _too_large(most: int) -> JSONResponse:
    return _refused(
        413,
        "too_large",
        "请求太大",
        "The request is too large",
        f"最多 {most} 字节；一次问一件事。",
        f"At most {most} bytes; ask one thing at a time.",
        {"Connection": "close"},
    )


def _refused(
    status: int, code: str, zh: str, en: str, hint_zh: str, hint_en: str, headers: dict[str, str]
) -> JSONResponse:
    error = {"code": code, "message": words(zh, en), "hint": words(hint_zh, hint_en), "where": ""}
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_LOAD:
            raise _TooLarge
        return message

    return counted


async def _body(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_REQUEST:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
