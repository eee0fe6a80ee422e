"""What clients send. What they get back is built by the rooms below (``to_json``)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class AskRequest(BaseModel):
    """``POST /api/ask``"""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    previous: str | None = Field(default=None, max_length=200)
    limit: int | None = Field(default=None, ge=1, le=10_000)


class CypherRequest(BaseModel):
    """``POST /api/cypher``"""

    model_config = ConfigDict(extra="forbid", strict=True)

    query: str
    params: dict[str, object] = Field(default_factory=dict)
