"""Turns away what is too large before anything reads it, and sets the headers of every response."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.settings import words

#: bytes of the largest request; a question has a few hundred
LARGEST_REQUEST: Final = 64 * 1024

HEADERS: Final = {
    # nothing is fetched from anywhere else, and nothing may frame the page
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Limits:
    """Reads a request's body up to the limit and hands it on whole, or answers 413."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        body = await _body(receive)
        if body is None:
            error = {
                "code": "too_large",
                "message": words("请求太大", "The request is too large"),
                "hint": words(
                    f"最多 {LARGEST_REQUEST} 字节；一次问一件事。",
                    f"At most {LARGEST_REQUEST} bytes; ask one thing at a time.",
                ),
                "where": "",
            }
            response = JSONResponse({"error": error}, status_code=413, headers={"Connection": "close"})
            await response(scope, receive, send_with_headers)
            return
        given = False

        async def whole_body() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, whole_body, send_with_headers)


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
