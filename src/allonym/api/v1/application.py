"""The application under /api/v1: its routes, its schema (OpenAPI 3.1), its one shape of errors.

Takes the open lists; gives an application to be mounted. It is one of its own, so that every answer under its path,
also that a path does not exist, is a problem as RFC 9457 has it. Must not answer for other doors.
"""

import re
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount

from allonym import __version__
from allonym.api.jobs import Jobs
from allonym.api.problem import KINDS, ProblemError, of_error, of_os_error, problem
from allonym.api.served import Served
from allonym.api.traces import NATIVE_OFF
from allonym.api.v1 import audit, cases, changes, dossier, jobs, lists, measures, problems, read, screen
from allonym.api.v1.answers import OPERATION
from allonym.api.work import GoneError, Work
from allonym.errors import AllonymError

DESCRIPTION = """Who is it, under which names, listed by whom, since when, and who says so.

Errors are `application/problem+json` (RFC 9457). `as_of` is a day on which the lists are asked, `known_at` one by
which something had been loaded here. A key goes into the header `Authorization: Bearer KEY`; on loopback none is needed
as long as none was made.
"""
TAGS = ("screen", "jobs", "read", "dossier", "measures", "changes", "cases", "audit", "lists", "problems")
MOST_TOLD = 100
AT = "/api/v1"
GONE = 499  # as nginx has it, for logs: nobody is there to read it
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 415: "wrong-media-type", 413: "too-large"}


def mounted(served: Served, work: Work) -> Mount:
    """The application in its place, for every path below: Starlette's own pattern stops at a line's end."""
    mount = Mount(AT, create(served, work))
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def create(served: Served, work: Work) -> FastAPI:
    """The application."""
    app = FastAPI(
        title="Allonym", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None,
        openapi_tags=[{"name": name} for name in TAGS], redirect_slashes=False, telemetry=NATIVE_OFF,
        generate_unique_id_function=lambda route: route.name,
    )  # fmt: skip
    for router in routers(served, work):
        app.include_router(router)
    _answer_errors(app)
    _describe(app)
    return app


def routers(served: Served, work: Work) -> list[APIRouter]:
    """The routes of each part."""
    kept = jobs.router(Jobs(served.settings.data))
    return [screen.router(served, work), kept, read.router(work), dossier.router(work), measures.router(work),
            changes.router(served, work), cases.router(work), audit.router(work), lists.router(work),
            problems.router()]  # fmt: skip


def _answer_errors(app: FastAPI) -> None:
    async def told(request: Request, error: Exception) -> Response:
        if isinstance(error, GoneError):
            return Response(status_code=GONE)
        return problem(request.scope, _as_problem(error))

    for kind in (ProblemError, AllonymError, OSError, GoneError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, told)


def _as_problem(error: Exception) -> ProblemError:
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, AllonymError):
        return of_error(error)
    if isinstance(error, RequestValidationError):
        wrong = [{"at": _pointer(e["loc"]), "detail": e["msg"].encode("utf-8", "replace").decode()}
                 for e in error.errors()[:MOST_TOLD]]  # fmt: skip
        detail = f"{wrong[0]['at']}: {wrong[0]['detail']}" if wrong else "see the schema"
        return ProblemError("invalid", detail, members={"errors": wrong})
    if isinstance(error, HTTPException):
        kind = _BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "defect")
        return ProblemError(kind, HTTPStatus(error.status_code).phrase, headers=dict(error.headers or {}))
    assert isinstance(error, OSError)
    return of_os_error(error)


def _pointer(loc: tuple[Any, ...]) -> str:
    """Where it is: `body/queries/3/schema`; keys that a caller chose are cut."""
    return "/".join(str(part).encode("utf-8", "replace").decode()[:60] for part in loc)


def _describe(app: FastAPI) -> None:
    """What the schema says of all routes: how one is let in, and which problems there are."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            schema["servers"] = [{"url": AT}]
            parts = schema.setdefault("components", {})
            parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": "An API key."}}
            schema["security"] = [{"key": []}, {}]
            for path in schema["paths"].values():
                for operation in path.values():
                    operation["responses"] = {**operation["responses"], **OPERATION}
            parts["schemas"].pop("HTTPValidationError", None)
            parts["schemas"].pop("ValidationError", None)
            parts["schemas"]["Problem"]["properties"]["type"]["examples"] = [f"/api/v1/problems/{k}" for k in KINDS]
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
