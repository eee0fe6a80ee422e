"""What clients send, and what they get where no dataclass of the rooms below says it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from graph.types import Status
from qa_service.answering.answer_types import Disagreement, Evidence, GraphEdge, GraphNode, ShownCypher
from qa_service.api.schema import model_of

#: an id of an answer, as ``POST /api/ask`` gives it
_ANSWER_ID = "^[0-9a-f]{1,64}$"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AskRequest(_Asked):
    """A question in natural Chinese or English."""

    question: str = Field(description="At most 1000 characters.")
    previous: str | None = Field(
        default=None,
        max_length=64,
        pattern=_ANSWER_ID,
        description="Id of the answer that the question goes on from (株洲呢, 去年呢, 有几个).",
    )
    limit: int | None = Field(
        default=None, ge=1, le=10_000, description="At most so many rows; 200 where it is not given."
    )


class ExplainRequest(_Asked):
    """A question whose readings are wanted."""

    question: str = Field(description="At most 1000 characters.")


class CypherRequest(_Asked):
    """One Cypher statement that only reads."""

    query: str = Field(description="One statement; parameters are written $name.")
    params: dict[str, Any] = Field(default_factory=dict, description="A value for each $name.")
    limit: int = Field(default=1000, ge=1, le=10_000, description="At most so many rows.")
    seconds: float = Field(default=10.0, gt=0, le=60, description="At most so long.")


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ErrorParts(_Given):
    code: str = Field(description="Stable and for programs: question, statement, timeout, not_found, key …")
    message: str
    hint: str = Field(description="What to do.")
    where: str = Field(description="Where in the request: line:column, a field, an id; may be empty.")


class ErrorResponse(_Given):
    """Every failure has this shape."""

    error: ErrorParts


class AnswerGraph(_Given):
    nodes: list[model_of(GraphNode)]  # type: ignore[valid-type]
    edges: list[model_of(GraphEdge)]  # type: ignore[valid-type]


class AskResponse(_Given):
    """The answer with what it rests on (docs/contract.md §4)."""

    id: str
    question: str
    asked: str = Field(description="Where it goes on from another: the question complete by itself.")
    status: Literal["answered", "no_data", "not_understood", "ambiguous"]
    answers: list[str]
    text: str
    reading: str
    logical_form: str
    confidence: float
    notes: list[str]
    columns: list[str]
    rows: list[list[str]]
    row_basis: list[Literal["denied", "covered", "unrecorded"] | None]
    row_ids: list[str | None] = Field(description="Of each row the thing that it names, where it names one.")
    row_passages: list[list[str]] = Field(
        description="Of each row the passages that it rests on: DOCUMENT#start-end, DOCUMENT#Sheet1!A5:F5."
    )
    total: int = Field(description="How many rows there are; ask with a larger limit for those not given.")
    evidence: list[model_of(Evidence)]  # type: ignore[valid-type]
    conflicts: list[model_of(Disagreement)]  # type: ignore[valid-type]
    cypher: list[model_of(ShownCypher)]  # type: ignore[valid-type]
    graph: AnswerGraph
    suggestions: list[str]
    engine: str
    elapsed_ms: float


class ExplainResponse(_Given):
    """The question's words and readings, as text for people."""

    question: str
    explanation: str


class CypherResponse(_Given):
    """Rows of a statement. ``warnings`` name what means something else on another engine."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool
    elapsed_ms: float
    engine: str
    warnings: list[str]


class LoadStarted(_Given):
    id: str


class LoadState(_Given):
    """How far a load is. ``report`` is a LoadReport (docs/contract.md §4), null until it is done;
    ``error`` is set where it failed."""

    id: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    total: int
    what: str
    report: dict[str, Any] | None
    error: ErrorParts | None


class UndoResponse(_Given):
    undone: bool = Field(description="False where there is no version to go back to.")


class HealthResponse(_Given):
    status: Literal["ok"]


StatusResponse = model_of(Status)

Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=100_000, description="How many are left out at the beginning.")]
Prefix = Annotated[str, Query(max_length=200, description="What the name or id begins with.")]
NodeId = Annotated[
    str, Path(alias="id", max_length=1000, description="An id, e.g. region:430200; it may hold slashes.")
]
OptionalId = Annotated[str, Query(max_length=1000)]
AnswerId = Annotated[str, Path(alias="id", pattern=_ANSWER_ID, max_length=64)]
