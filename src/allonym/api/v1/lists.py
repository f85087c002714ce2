"""The lists by HTTP: snapshots, counts, and what was not understood.

Takes a list's name and days; gives figures. Must not load anything.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as InPath
from pydantic import BaseModel
from starlette.responses import Response

from allonym.api.keys import Role
from allonym.api.problem import ProblemError
from allonym.api.security import needs
from allonym.api.v1.answers import PROBLEM, AsOf, KnownAt, Most, Skip, SourceName, answer
from allonym.api.work import Work
from allonym.lists import Lists
from allonym.model import Issue, Snapshot

Source = Annotated[SourceName, InPath(examples=["register"])]


class ListSnapshot(BaseModel):
    """One version of one list; `counts` are what is in it, `checksum` the SHA-256 of its files."""

    source: str
    snapshot: str
    checksum: str
    licence: str
    loaded_at: str
    date_basis: str
    format: str
    accepted_shrinkage: bool
    extract: bool
    counts: dict[str, Any]


class Snapshots(BaseModel):
    """Snapshots, by source and day; `view` names them together, as records of runs do."""

    view: str | None
    lists: list[ListSnapshot]


class Issues(BaseModel):
    """What was odd in one snapshot: `total` issues, `codes` how many of each kind, and those after `offset`."""

    source: str
    snapshot: str
    total: int
    codes: dict[str, int]
    offset: int
    issues: list[Issue]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["lists"], responses=PROBLEM, dependencies=[Depends(needs(Role.READER))])

    @routes.get("/lists", response_model=Snapshots, summary="The lists that answer")
    async def lists_now(request: Request, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
        """The newest snapshot of each list, or those of a day."""

        def found(lists: Lists, _: object) -> dict[str, Any]:
            view = lists.view(as_of, known_at=known_at)
            chosen = [s for s in lists.snapshots() if (s.source, s.date) in view.snapshots]
            return {"view": view.key, "lists": [_told(s) for s in chosen]}

        return answer(await work.ask(request, found))

    @routes.get("/lists/{source}/snapshots", response_model=Snapshots, summary="All snapshots of a list")
    async def list_snapshots(request: Request, source: Source) -> Response:
        """Oldest first."""

        def found(lists: Lists, _: object) -> dict[str, Any]:
            return {"view": None, "lists": [_told(s) for s in _of(lists, source)]}

        return answer(await work.ask(request, found))

    @routes.get("/lists/{source}/issues", response_model=Issues, summary="What was not understood in a list")
    async def list_issues(
        request: Request,
        source: Source,
        snapshot: Annotated[str | None, Query(max_length=20, description="Of that snapshot; else the newest.")] = None,
        code: Annotated[str | None, Query(max_length=100, description="Of that kind only.")] = None,
        offset: Skip = 0,
        limit: Most = 100,
    ) -> Response:
        """Values, rows and fields that a list has and that are odd or were not understood."""

        def found(lists: Lists, _: object) -> dict[str, Any]:
            dates = [s.date for s in _of(lists, source)]
            if snapshot is not None and snapshot not in dates:
                raise ProblemError("not-found", "that list has no such snapshot")
            date = snapshot or dates[-1]
            issues = lists.store.issues(source, date)
            codes: dict[str, int] = {}
            for issue in issues:
                codes[issue.code] = codes.get(issue.code, 0) + 1
            fit = [issue for issue in issues if code in (None, issue.code)]
            return {"source": source, "snapshot": date, "total": len(fit), "codes": codes, "offset": offset,
                    "issues": fit[offset : offset + limit]}  # fmt: skip

        return answer(await work.ask(request, found))

    return routes


def _of(lists: Lists, source: str) -> list[Snapshot]:
    found = [s for s in lists.snapshots() if s.source == source]
    if not found:
        raise ProblemError("not-found", "no list of that name is loaded")
    return found


def _told(snapshot: Snapshot) -> dict[str, Any]:
    from allonym.sources import catalogue  # brings FollowTheMoney, which takes a second

    names = ("source", "checksum", "loaded_at", "date_basis", "format", "accepted_shrinkage", "counts")
    return {**{name: getattr(snapshot, name) for name in names}, "snapshot": snapshot.date,
            "licence": catalogue.licence(snapshot.source), "extract": bool(snapshot.counts.get("extract"))}  # fmt: skip
