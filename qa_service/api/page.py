"""Serves the built page: one document for all its views, its files under ``/page``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Scope

from qa_service.settings import bundled

#: the addresses of the page's views; what stands behind them is read by the page itself
VIEWS: Final = ("/", "/answer/{id:path}", "/chain", "/chain/{id:path}", "/cypher", "/load",
                "/document/{id:path}", "/entity/{id:path}")  # fmt: skip
#: where the build says why it made no page
_WHY: Final = "why-not.txt"
_FRESH: Final = {"Cache-Control": "no-cache"}
_A_YEAR: Final = "public, max-age=31536000, immutable"

_MISSING: Final = """\
这里缺少网页：它没有随程序一起构建。提问、读入和接口都照常可用。
The page is missing: it was not built with the program. Questions, loading and the API work all the same.

怎样补上 / How to get it
  构建网页需要 Node.js 20.19 以上和 npm（或能访问 PyPI 与 npm 的网络）。
  Building it takes Node.js 20.19 or newer with npm, or a network that reaches PyPI and npm. Then run
      python3 start.py              (checkout / 源码目录)
      pip install --force-reinstall --no-deps .

没有网页时 / Without the page
      nqi ask "株洲哪些产业链没有一站式平台？"
      POST /api/ask   {"question": "…"}        GET /api/openapi.json
"""


class _Assets(StaticFiles):
    """Files of the page; those with a hash in their name are kept by browsers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        kept = path.replace("\\", "/").startswith("assets/")
        response.headers["Cache-Control"] = _A_YEAR if kept else "no-cache"
        return response


def wants_page(request: Request) -> bool:
    """Whether a person in a browser asks for an address that is none of the API's."""
    asks = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    return asks and not request.url.path.startswith(("/api/", "/page/"))


def unknown_page() -> Response | None:
    """The page for an address that nobody has: it says so, and leads to the start. None where it
    was not built."""
    document = bundled("web") / "index.html"
    return FileResponse(document, status_code=404, headers=_FRESH) if document.is_file() else None


def add_page(app: FastAPI) -> None:
    """Adds the routes of the page; where it was not built they say what is missing."""
    folder = bundled("web")
    # scripts and long answers take a third of their size; very short ones gain nothing
    app.add_middleware(GZipMiddleware, minimum_size=1500, compresslevel=6)
    document = folder / "index.html"

    def page() -> Response:
        if document.is_file():
            return FileResponse(document, headers=_FRESH)
        return PlainTextResponse(_MISSING + _why(folder))

    for view in VIEWS:
        app.add_api_route(view, page, methods=["GET", "HEAD"], include_in_schema=False)
    if document.is_file():
        app.mount("/page", _Assets(directory=folder), name="page")


def _why(folder: Path) -> str:
    try:
        reason = (folder / _WHY).read_text(encoding="utf-8")
    except OSError:
        return ""
    return f"\n为什么没有构建 / Why it was not built\n  {reason}\n"
