"""The route of hand-written Cypher."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ontology.errors import StatementError, StoreError
from qa_service.api.models import CypherRequest, CypherResponse
from qa_service.api.service import Service
from qa_service.statements.admit import admit
from qa_service.statements.cypher import read_cypher


def routes(service: Service) -> APIRouter:
    """``POST /api/cypher``."""
    router = APIRouter(tags=["cypher"])

    @router.post("/api/cypher", response_model=CypherResponse)
    def cypher(request: CypherRequest) -> JSONResponse:
        """Rows of one statement that only reads, within limits of time, memory and rows."""
        outcome = "refused"
        try:
            statement = admit(request.query)
            outcome = "failed"
            with service.current.session() as session:
                result = read_cypher(
                    statement, request.params, session.store, limit=request.limit, seconds=request.seconds
                )
            outcome = "done"
        except StoreError as error:
            outcome = outcome if isinstance(error, StatementError) else error.code
            raise
        finally:
            service.counts.add("nqi_cypher_total", outcome=outcome)
        return JSONResponse(result.to_json())

    return router
