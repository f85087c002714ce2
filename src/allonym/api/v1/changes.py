"""Watched customers by HTTP: which files are watched, and what changed for the people in them.

Takes uploads; keeps them in the data folder's `watches/files`; gives reports. To look changes nothing; what is posted
counts as told. Must not compare anything itself.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, UploadFile
from fastapi import Path as InPath
from pydantic import BaseModel, Field
from starlette.responses import Response

from allonym.api.keys import Role, write_private
from allonym.api.problem import ProblemError
from allonym.api.security import needs
from allonym.api.served import Served
from allonym.api.v1.answers import PROBLEM, answer
from allonym.api.work import Work
from allonym.lists import Lists, listed_names
from allonym.screening.query import known_schema
from allonym.screening.reader import FORMATS
from allonym.screening.watch import NAME
from allonym.watching import Watching

WatchName = Annotated[str, InPath(pattern=f"^{NAME.pattern}$", examples=["vendors"])]
Since = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2}|[0-9a-f]{16})$", description="Since a day, or the "
                                    "view of an earlier report; else since it was told last.")]  # fmt: skip
Everything = Annotated[bool, Query(alias="all", description="What is immaterial too.")]


class Watched(BaseModel):
    """A watch; `view` is the one answered last, `lists` its snapshots."""

    name: str
    customers: int
    hits: int
    view: str
    answered: str
    lists: dict[str, str]


class Watches(BaseModel):
    """The watches, by name."""

    watches: list[Watched]


class Rejected(BaseModel):
    """A row that was not used."""

    line: int
    reason: str


class Added(BaseModel):
    """A new watch: its hits today are taken as known."""

    name: str
    customers: int
    hits: int
    view: str
    answered: str
    rejects: int
    rejected: list[Rejected]
    notes: list[str]


class Fact(BaseModel):
    """One value that is not what it was."""

    part: str | None
    prop: str
    before: list[str]
    after: list[str]
    source: str | None
    material: bool


class ChangedHit(BaseModel):
    """What changed for one customer about one entity."""

    watch: str
    kind: str
    material: bool
    customer_id: str | None
    customer: str
    entity_id: str
    name: str
    listed_name: str
    schema_: Annotated[str, Field(alias="schema")]
    score: float | None
    score_before: float | None
    facts: list[Fact]
    why: str | None
    reasons: list[str]
    programs: list[str]
    sources: list[str]
    snapshots: list[str]
    snapshots_before: list[str]
    referents: list[str]


class Report(BaseModel):
    """What changed from one view of the lists to another."""

    watch: str
    customers: int
    asked: int
    from_: Annotated[dict[str, str], Field(alias="from")]
    to: dict[str, str]
    view: str
    material: bool
    events: list[ChangedHit]


class Sent(BaseModel):
    """The form: a file of customers with ids, and how to screen it, as for a job."""

    file: UploadFile
    name: Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None
    schema_: Annotated[str | None, Field(alias="schema", max_length=100)] = None
    sources: Annotated[str | None, Field(max_length=1_000)] = None
    map: Annotated[str | None, Field(max_length=10_000)] = None


def router(served: Served, work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["changes"], responses=PROBLEM, dependencies=[Depends(needs(Role.ANALYST))])
    folder = served.settings.data / "watches" / "files"

    @routes.get("/watches", response_model=Watches, summary="What is watched")
    async def watch_list(request: Request) -> Response:
        """Every watch, those of the command line too."""
        return answer(await work.ask(request, lambda lists, _: {"watches": list(_watches(lists))}))

    @routes.post("/watches", status_code=201, response_model=Added, summary="Watch a file of customers")
    async def watch_add(request: Request, sent: Annotated[Sent, Form(media_type="multipart/form-data")]) -> Response:
        """Keep the file; all its customers are screened, and told about when something changes for them."""
        suffix = PurePath(sent.file.filename or "").suffix.lower()
        if suffix not in FORMATS:
            raise ProblemError("unusable", f"the file's ending says no format that is read: {', '.join(FORMATS)}")
        names = listed_names(sent.sources or None)
        asked = {"name": sent.name, "maps": [line.strip() for line in (sent.map or "").splitlines() if line.strip()],
                 "schema": known_schema(sent.schema_), "threshold": sent.threshold,
                 "sources": None if names is None else list(names)}  # fmt: skip
        known = await work.ask(request, lambda lists, _: Watching(lists).names())
        if sent.name in known:
            raise ProblemError("conflict", "there is a watch of that name; remove it first, or choose another")
        with _stored(folder, sent.name, suffix, await sent.file.read()) as path:
            added = await work.apart(request, "watch", {**asked, "path": str(path)})
        return Response(added, 201, {"Location": f"/api/v1/watches/{sent.name}"}, "application/json")

    @routes.get("/watches/{name}", response_model=Watched, summary="One watch")
    async def watch(request: Request, name: WatchName) -> Response:
        """How many customers and hits, and of which lists."""

        def found(lists: Lists, _: object) -> dict[str, Any]:
            _known(lists, name)
            return _told(Watching(lists), name)

        return answer(await work.ask(request, found))

    @routes.delete("/watches/{name}", status_code=204, response_class=Response, summary="Watch no longer")
    async def watch_remove(request: Request, name: WatchName) -> Response:
        """Forget the watch, and the file if it was uploaded."""

        def removed(lists: Lists, _: object) -> None:
            _known(lists, name)
            watching = Watching(lists)
            with watching.held():
                path = Path(watching.watch(name).path)
                watching.remove(name)
                if path.parent == folder.absolute():
                    path.unlink(missing_ok=True)

        await work.ask(request, removed)
        return Response(status_code=204)

    _add_changes(routes, work)
    return routes


def _add_changes(routes: APIRouter, work: Work) -> None:
    """The routes of reports."""

    @routes.get("/watches/{name}/changes", response_model=Report, summary="What changed")
    async def changes(
        request: Request, name: WatchName, since: Since = None, everything: Everything = False
    ) -> Response:
        """New hits, hits with changed facts, hits that are gone. Looking changes nothing."""
        await work.ask(request, lambda lists, _: _known(lists, name))
        asked: dict[str, object] = {"name": name, "since": since, "everything": everything, "told": False}
        return Response(await work.apart(request, "changes", asked), media_type="application/json")

    @routes.post("/watches/{name}/changes", response_model=Report, summary="What changed, as told")
    async def changes_told(request: Request, name: WatchName, everything: Everything = False) -> Response:
        """The same, and it counts as told: the next report begins here."""
        await work.ask(request, lambda lists, _: _known(lists, name))
        asked: dict[str, object] = {"name": name, "since": None, "everything": everything, "told": True}
        return Response(await work.apart(request, "changes", asked), media_type="application/json")


def _watches(lists: Lists) -> Iterator[dict[str, Any]]:
    watching = Watching(lists)
    return (_told(watching, name) for name in watching.names())


def _told(watching: Watching, name: str) -> dict[str, Any]:
    answered = watching.answer(name)
    return {"name": name, "customers": answered.customers, "hits": answered.count, "view": answered.view.key,
            "answered": answered.at, "lists": dict(answered.view.snapshots)}  # fmt: skip


def _known(lists: Lists, name: str) -> None:
    if name not in Watching(lists).names():
        raise ProblemError("not-found", "there is no watch of that name")


@contextlib.contextmanager
def _stored(folder: Path, name: str, suffix: str, content: bytes) -> Iterator[Path]:
    """The file, kept when what follows goes well."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder.absolute() / f"{name}{suffix}"
    write_private(path, content)
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
