"""Routes that help people to begin: questions that can be answered here, and the catalogue of queries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from qa_service.api.service import Service
from qa_service.examples import Example, examples
from qa_service.session import Session
from qa_service.suggest import suggest
from queries.catalog import catalogue


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Words(_Given):
    """A text in both languages."""

    zh: str
    en: str


class ExampleQuestion(_Given):
    """A question that has an answer in this graph, and what it shows."""

    question: str
    shows: Words


class ExamplesResponse(_Given):
    examples: list[ExampleQuestion]


class SuggestionView(_Given):
    """``text`` is what would stand in the box; ``id`` and ``class`` of a thing, ``id`` of a metric."""

    text: str
    kind: Literal["entity", "metric", "question"]
    id: str
    cls: str = Field(alias="class")


class SuggestionsResponse(_Given):
    suggestions: list[SuggestionView]


class CatalogueParameter(_Given):
    """A parameter of a query: ``type`` is string, integer, number or strings."""

    name: str
    type: str
    example: str
    title: Words


class CatalogueEntry(_Given):
    """A named query; ``query`` may be sent to ``POST /api/cypher``."""

    name: str
    title: Words
    description: list[str]
    parameters: list[CatalogueParameter]
    query: str
    engines: list[str]


class CatalogueResponse(_Given):
    queries: list[CatalogueEntry]


class _Remembered:
    """The examples of the version that they were found in."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._guard = asyncio.Lock()
        self._version = ""
        self._found: tuple[Example, ...] = ()

    async def get(self) -> tuple[Example, ...]:
        """Looked for one by one, each in a turn of its own: questions of people go between them."""
        async with self._guard:
            opened = self._service.current.session()
            session = await run_in_threadpool(opened.__enter__)
            try:
                version = await run_in_threadpool(lambda: session.version)
                if self._version != version:
                    self._found = tuple([e async for e in self._looked_for(session)])
                    self._version = version
                return self._found
            finally:
                opened.__exit__(None, None, None)

    async def _looked_for(self, session: Session) -> AsyncIterator[Example]:
        looking = examples(session)
        while True:
            async with self._service.turn():
                found = await run_in_threadpool(next, looking, None)
            if found is None:
                return
            yield found


def routes(service: Service) -> APIRouter:
    """``/api/examples``, ``/api/suggest`` and ``/api/catalogue``."""
    router = APIRouter(tags=["questions"])
    remembered = _Remembered(service)

    @router.get("/api/examples", response_model=ExamplesResponse)
    async def example_questions() -> JSONResponse:
        """Questions to begin with, made from what is in the graph; each of them has an answer there."""
        found = await remembered.get()
        shown = [{"question": e.question, "shows": {"zh": e.shows_zh, "en": e.shows_en}} for e in found]
        return JSONResponse({"examples": shown})

    @router.get("/api/suggest", response_model=SuggestionsResponse)
    async def suggestions(
        q: Annotated[str, Query(max_length=200, description="What was typed so far.")] = "",
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> JSONResponse:
        """What fits the text typed so far: things and metrics that it begins to name, and whole
        questions that the graph answers. Names also by their pinyin initials."""
        found = await run_in_threadpool(service.current.read, lambda opened: suggest(q, opened, limit))
        shown = [{"text": s.text, "kind": s.kind, "id": s.id, "class": s.cls} for s in found]
        return JSONResponse({"suggestions": shown})

    @router.get("/api/catalogue", response_model=CatalogueResponse, tags=["cypher"])
    def named_queries() -> JSONResponse:
        """The named queries with their parameters, to be run as they are or changed."""
        shown = [
            {
                "name": q.name,
                "title": {"zh": q.title_zh, "en": q.title_en},
                "description": list(q.description),
                "parameters": [
                    {"name": p.name, "type": p.type, "example": p.example,
                     "title": {"zh": p.title_zh, "en": p.title_en}}
                    for p in q.parameters
                ],
                "query": q.query,
                "engines": list(q.engines),
            }
            for q in catalogue().values()
        ]  # fmt: skip
        return JSONResponse({"queries": shown})

    return router
