"""The pages of the lists: what is loaded, how healthy it is, what changed.

Takes the name of a list, or none; gives snapshots, counts, issues and the difference of two snapshots. Must not load.
"""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from allonym.api.problem import ProblemError
from allonym.api.security import Reader
from allonym.api.work import Stop, Work
from allonym.lists import Lists
from allonym.sources import catalogue
from allonym.web.failing import PageRoute
from allonym.web.pages import page

EXAMPLES, MOST = 3, 100
Day = Annotated[str, Query(max_length=100)]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/lists")
    async def every_list(request: Request, caller: Reader) -> Response:
        """All lists, their newest snapshots."""
        found = await work.ask(request, lambda lists, stop: lists.snapshots())
        newest = list({s.source: s for s in found}.values())
        held = Counter(s.source for s in found)
        return page(request, "lists.html", newest=newest, held=held, licence=catalogue.licence)

    @routes.get("/lists/{source}")
    async def one_list(request: Request, caller: Reader, source: str, old: Day = "", new: Day = "") -> Response:
        """One list: snapshots, issues, changes."""
        told = await work.ask(request, lambda lists, stop: _told(lists, stop, source, (old or None, new or None)))
        return page(request, "list.html", **told, most=MOST)

    return routes


def _told(lists: Lists, stop: Stop, source: str, days: tuple[str | None, str | None]) -> dict[str, Any]:
    snapshots = [s for s in lists.snapshots() if s.source == source]
    if not snapshots:
        raise ProblemError("not-found", f"no list called {source!r} is loaded")
    newest = snapshots[-1]
    issues = lists.store.issues(source, newest.date)
    codes = Counter(i.code for i in issues).most_common()
    examples = {code: [i for i in issues if i.code == code][:EXAMPLES] for code, _ in codes}
    stop.check()
    diff = lists.diff(source, *days) if len(snapshots) > 1 else None
    return {"source": source, "snapshots": snapshots[::-1], "newest": newest, "codes": codes, "examples": examples,
            "diff": diff, "licence": catalogue.licence(source)}  # fmt: skip
