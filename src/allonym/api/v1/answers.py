"""Answers as JSON, and what the schema says of those that every route may give.

Takes what the engine gives; gives bytes. Answers are written by orjson: checking ten thousand hits against a model
would take longer than finding them; the tests hold them against the schema instead. Must not know a route.
"""

from typing import Annotated, Any

import orjson
from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from starlette.responses import Response

from allonym.api.problem import KINDS, MEDIA_TYPE, TYPES_AT

DAY = r"^\d{4}-\d{2}-\d{2}$"
Day = Annotated[str, Field(pattern=DAY, max_length=10, examples=["2025-08-08"])]
AsOf = Annotated[Day | None, Query(description="The lists as they stood that day.")]
KnownAt = Annotated[Day | None, Query(description="Only what was loaded here by that day.")]
SourceName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$", examples=["0123456789abcdef01234567"])]
Skip = Annotated[int, Query(ge=0, le=10_000_000, description="Leave out so many.")]
#: Wrong queries of a batch that are told one by one.
MOST_WRONG = 100
Most = Annotated[int, Query(ge=1, le=1_000, description="Give so many at most.")]


PROBLEMS: list[JsonValue] = [
    {"type": f"{TYPES_AT}conflict", "title": KINDS["conflict"].title, "status": 409,
     "detail": "alert 12 is not as you saw it: Ana did close at 2026-11-24T10:12:03.114+00:00; it is closed as true "
               "match now. Look again, then decide",
     "instance": "/api/v1/cases/12/close", "by": "Ana", "at": "2026-11-24T10:12:03.114+00:00", "what": "close"},
    {"type": f"{TYPES_AT}invalid", "title": KINDS["invalid"].title, "status": 422,
     "detail": "body/query: Field required", "instance": "/api/v1/screen",
     "errors": [{"at": "body/query", "detail": "Field required"}]},
]  # fmt: skip


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": PROBLEMS})
    type: str
    title: str
    status: int
    detail: str
    instance: str


class Wrong(BaseModel):
    """One part of a request that is not as it should be."""

    at: str
    detail: str


_REF = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
#: What every operation may answer besides its own.
OPERATION: dict[str, Any] = {
    status: {"description": text, "content": _REF}
    for status, text in {
        "400": "The request cannot be read", "401": "A key is needed", "403": "The key may not do that",
        "404": "There is no such thing", "408": "The body came too slowly",
        "409": "Several actors, a contradiction, or somebody was first",
        "413": "The body is too large", "415": "That type is not read", "421": "The request is for another host",
        "422": "Part of the request is not as it should be", "429": "Too many requests", "500": "A defect of ours",
        "503": "It cannot be answered now", "507": "The disk is full",
    }.items()
}  # fmt: skip
#: For routes: brings `Problem` into the schema.
PROBLEM: dict[int | str, dict[str, Any]] = {422: {"model": Problem, "content": {MEDIA_TYPE: {}}}}


def answer(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The content as JSON. Dataclasses and enumerations are written as what they hold."""
    return Response(written(content), status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")


def written(content: object) -> bytes:
    """The content as JSON; halves of characters, which no JSON can hold, are replaced."""
    try:
        return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        import json

        return json.dumps(content, ensure_ascii=True, default=str).encode()
