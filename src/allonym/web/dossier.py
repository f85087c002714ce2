"""The page of one actor.

Takes an id or a name and two days; gives names, measures by authority, what they amount to, time line, network,
documents, whose entries it rests on and why, and the same as files. Must not decide anything.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from allonym import __version__
from allonym.api.problem import ProblemError
from allonym.api.security import Reader
from allonym.api.work import Stop, Work
from allonym.dossier import wording
from allonym.dossier.assemble import around, build
from allonym.dossier.dossier import Dossier, State
from allonym.dossier.network import tree
from allonym.dossier.page import Asked
from allonym.dossier.page import page as evidence
from allonym.dossier.pictures import network_picture, time_line
from allonym.dossier.reported import documents
from allonym.dossier.table import write_csv
from allonym.judging import Judging
from allonym.lists import Lists
from allonym.web.failing import PageRoute
from allonym.web.pages import page

TYPES = {"html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8"}
Day = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Span:
    """The days the slider goes over, and the one it stands on (ISO)."""

    first: str
    last: str
    now: str


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/entity/{entity:path}")
    async def dossier(  # noqa: PLR0913 (the parameters of an address)
        request: Request, caller: Reader, entity: str, as_of: Day = "", known_at: Day = "", part: bool = False,
        file: str = "",
    ) -> Response:  # fmt: skip
        """The dossier as a page, a part of one, or a file."""
        days = as_of.strip() or None, known_at.strip() or None
        if file:
            return await work.ask(request, lambda lists, stop: _file(lists, entity, days, file))
        told = await work.ask(request, lambda lists, stop: _told(lists, stop, entity, days))
        template = "_dossier.html" if part else "entity.html"
        return await run_in_threadpool(lambda: page(request, template, **told, wording=wording, State=State))

    return routes


def _told(lists: Lists, stop: Stop, entity: str, days: tuple[str | None, str | None]) -> dict[str, Any]:
    found = build(lists, entity, *days)
    stop.check()
    network = around(lists, found)
    stop.check()
    actor = Judging(lists).actor(found.entity_id) if len(found.stated) > 1 else None
    ids = (found.entity_id, *(s.entity_id for s in found.stated))
    return {
        "d": found, "span": _span(found), "actor": actor,
        "time_line": Markup(time_line(found.events)),  # noqa: S704 (escaped there)
        "network": network if len(network.nodes) > 1 else None,
        "network_picture": Markup(network_picture(network)),  # noqa: S704 (escaped there)
        "network_lines": list(tree(network)),
        "documents": list(wording.reported(documents(lists.store, ids, *days))),
    }  # fmt: skip


def _span(found: Dossier) -> Span:
    """From the first event to today."""
    today = datetime.date.today().isoformat()
    dated = [event.date for event in found.events if event.kind != "life"]
    first = min((_whole(date) for date in dated), default="2001-01-01")
    return Span(min(first, found.as_of or first), today, found.as_of or today)


def _whole(date: str) -> str:
    """A date cut to its year or month as its first day."""
    return f"{date[:10]}-01-01"[:10] if len(date) < 10 else date[:10]


def _file(lists: Lists, entity: str, days: tuple[str | None, str | None], kind: str) -> Response:
    """The dossier to be kept: a sealed page, or a table."""
    if kind not in TYPES:
        raise ProblemError("not-found", f"a dossier is kept as {' or '.join(TYPES)}")
    found = build(lists, entity, *days)
    if kind == "csv":
        content = write_csv([found])
    else:
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        ids = (found.entity_id, *(s.entity_id for s in found.stated))
        network = around(lists, found)
        told = evidence(found, Asked(entity, at, __version__), network if len(network.nodes) > 1 else None,
                        documents(lists.store, ids, *days))  # fmt: skip
        content = told.encode("utf-8", "backslashreplace")
    kept = {"Content-Disposition": f'attachment; filename="dossier.{kind}"', "Cache-Control": "no-store"}
    return Response(content, 200, kept, TYPES[kind])
