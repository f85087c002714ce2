"""The page of the audit log: whether it is as it was written, its newest entries, and the whole of it to keep.

Takes a subject, or none; gives entries, newest first. Must not change anything.
"""

from collections import deque
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from allonym.api.security import Reviewer
from allonym.api.work import Stop, Work
from allonym.cases import Cases
from allonym.cases.exported import lines
from allonym.lists import Lists
from allonym.web.failing import PageRoute
from allonym.web.pages import page

MOST = 200


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/audit")
    async def log(
        request: Request, caller: Reviewer, subject: Annotated[str, Query(max_length=100)] = ""
    ) -> Response:  # fmt: skip
        """The newest entries, of everything or of one subject."""

        def told(lists: Lists, stop: Stop) -> Any:
            cases = Cases(lists)
            entries = (entry for entry, _ in cases.entries() if subject in ("", entry.subject))
            return cases.verify(), list(deque(entries, MOST))[::-1]

        report, entries = await work.ask(request, told, long=True)
        return page(request, "audit.html", report=report, entries=entries, subject=subject, most=MOST)

    @routes.get("/audit/export")
    async def export(request: Request, caller: Reviewer) -> Response:
        """The log as JSON lines, with the report of its verification."""

        def told(lists: Lists, stop: Stop) -> bytes:
            cases = Cases(lists)
            return b"".join(line + b"\n" for line in lines(cases.entries(0), cases.verify()))

        content = await work.ask(request, told, long=True)
        kept = {"Content-Disposition": 'attachment; filename="audit.jsonl"', "Cache-Control": "no-store"}
        return Response(content, 200, kept, "application/x-ndjson")

    return routes
