"""The audit log of cases by HTTP: whether it is as it was written, and the whole of it for others to keep.

Takes heads kept elsewhere, or an entry's number; gives the report, or the entries as JSON lines. Must not change
anything.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from allonym.api.keys import Role
from allonym.api.security import needs
from allonym.api.v1.answers import PROBLEM, answer
from allonym.api.work import Stop, Work
from allonym.cases import Cases
from allonym.cases.exported import lines
from allonym.cases.verify import parse_head
from allonym.lists import Lists

LINES = "application/x-ndjson"
Head = Annotated[str, Field(pattern=r"^[0-9]{1,18}:[0-9a-f]{64}$", examples=["0:" + "0" * 64])]


class Finding(BaseModel):
    """Something that is not as it was written: at an entry's number, 0 where it is of no entry."""

    number: int
    kind: str
    message: str


class Verified(BaseModel):
    """Whether the log is `whole`; entries, how many erased with an entry that says so, alerts; the `head`, NUMBER:HASH
    of the last entry, to be kept elsewhere; what it was compared with; findings, at most a thousand of `count`."""

    whole: bool
    entries: int
    erased: int
    alerts: int
    head: str
    compared: list[str]
    problems: list[Finding]
    count: int


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["audit"], responses=PROBLEM, dependencies=[Depends(needs(Role.REVIEWER))])

    @routes.get("/audit", response_model=Verified, summary="Whether the audit log is as it was written")
    async def audit_verify(
        request: Request,
        head: Annotated[list[Head], Query(max_length=100, description="Heads kept elsewhere.")] = [],  # noqa: B006
    ) -> Response:
        """Entries, alerts and attachments. An end that was cut off shows only against a head kept elsewhere."""

        def found(lists: Lists, _: Stop) -> dict[str, Any]:
            report = Cases(lists).verify([parse_head(text) for text in head])
            counts = {name: getattr(report, name) for name in ("whole", "entries", "erased", "alerts", "count")}
            return {**counts, "head": str(report.head), "compared": list(map(str, report.compared)),
                    "problems": report.problems}  # fmt: skip

        return answer(await work.ask(request, found, long=True))

    @routes.get("/audit/export", summary="The audit log", response_class=Response,
                responses={200: {"content": {LINES: {}}}})  # fmt: skip
    async def audit_export(
        request: Request,
        since: Annotated[int, Query(ge=0, le=10**15, description="Only what comes after this entry.")] = 0,
    ) -> Response:
        """JSON lines: every entry with what is hashed, as text; the last line has the head and the report."""
        content = await work.ask(request, partial(_exported, since), long=True)
        return Response(content, 200, {"Content-Disposition": 'attachment; filename="audit.jsonl"'}, LINES)

    return routes


def _exported(since: int, lists: Lists, stop: Stop) -> bytes:
    cases = Cases(lists)
    found = list[bytes]()
    for line in lines(cases.entries(since), cases.verify()):
        stop.check()
        found.append(line + b"\n")
    return b"".join(found)
