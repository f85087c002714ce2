"""What each type of problem means: where the `type` of an error leads.

Takes a type; gives what it says and what to do. Must not need a key's role.
"""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from allonym.api.problem import KINDS, TYPES_AT, ProblemError
from allonym.api.v1.answers import PROBLEM, answer


class ProblemType(BaseModel):
    """A type of problem."""

    type: str
    title: str
    status: int
    advice: str


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["problems"], responses=PROBLEM)

    @routes.get("/problems/{kind}", response_model=ProblemType, summary="What a type of problem means")
    async def problem_type(kind: str) -> Response:
        """What it says, and what to do about it."""
        if kind not in KINDS:
            raise ProblemError("not-found", f"the types are {', '.join(KINDS)}")
        known = KINDS[kind]
        return answer({"type": f"{TYPES_AT}{kind}", "title": known.title, "status": known.status,
                       "advice": known.advice})  # fmt: skip

    return routes
