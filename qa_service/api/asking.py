"""Routes of questions: ask, explain, kept answers."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from ontology.errors import QueryError
from qa_service.api.models import AnswerId, AskRequest, AskResponse, ExplainRequest, ExplainResponse
from qa_service.api.service import Service
from qa_service.ask import ask as answer_of
from qa_service.ask import explain as explanation_of
from qa_service.followups.before import Before
from qa_service.questions.intake import admit_question
from qa_service.settings import words

_LOG = logging.getLogger("nqi.questions")


class NoAnswer(QueryError):
    """No answer of that id is kept."""

    code = "no_answer"


def routes(service: Service) -> APIRouter:
    """``/api/ask``, ``/api/explain`` and ``/api/answers/{id}``."""
    router = APIRouter(tags=["questions"])

    def answered(question: str, request: AskRequest) -> Mapping[str, object]:
        given_before = request.previous
        before = Before.kept(given_before, service.answers.get(given_before)) if given_before else None
        answer = service.current.read(
            lambda session: answer_of(question, session, before=before, limit=request.limit)
        )
        given = answer.to_json()
        service.answers.keep(answer.id, given)
        service.counts.add("nqi_answers_total", status=answer.status)
        return given

    @router.post("/api/ask", response_model=AskResponse)
    async def ask(request: AskRequest) -> JSONResponse:
        """Answers a question in Chinese or English, with the passages that the answer rests on."""
        question = admit_question(request.question)
        _LOG.debug("asked: %s", question)
        async with service.turn():
            return JSONResponse(await run_in_threadpool(answered, question, request))

    def explained(question: str) -> JSONResponse:
        explanation = service.current.read(lambda session: explanation_of(question, session))
        return JSONResponse({"question": question, "explanation": explanation})

    @router.post("/api/explain", response_model=ExplainResponse)
    async def explain(request: ExplainRequest) -> JSONResponse:
        """How a question was read: its words, its readings, and why the first one won."""
        question = admit_question(request.question)
        async with service.turn():
            return await run_in_threadpool(explained, question)

    @router.get("/api/answers/{id}", response_model=AskResponse)
    def answer(ident: AnswerId) -> JSONResponse:
        """An answer that was given before."""
        kept = service.answers.get(ident)
        if kept is None:
            raise NoAnswer(
                words(f"没有保存答案 {ident}", f"No answer {ident} is kept"),
                hint=words("请重新提问。", "Ask the question again."),
                where=ident,
            )
        return JSONResponse(kept)

    return router
