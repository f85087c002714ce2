"""The door for yente's clients: an application of its own, that another mounts behind its routes.

Takes settings; gives the application and the keeper behind it. What is common to yente's routes and to no others (any
origin may ask, trace headers, compressed answers) is middleware here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from allonym import __version__
from allonym.api.settings import Settings
from allonym.api.traces import NATIVE_OFF
from allonym.api.yente import routes_entities, routes_general, routes_reconcile
from allonym.api.yente.match import Match, MatchBody
from allonym.api.yente.parameters import MatchParameters
from allonym.api.yente.shelf import TooLongError
from allonym.api.yente.standing import Keeper
from allonym.api.yente.wire import Json, Wire

log = logging.getLogger("allonym.serve")
COMPRESSED = 500  # bytes, and more
LONGEST_AGE = 600


def door(settings: Settings) -> tuple[ASGIApp, Keeper]:
    """The application. The keeper is to be started before the first request, and stopped after the last."""
    keeper = Keeper(settings)
    app = FastAPI(
        title="Allonym: yente's API", version=__version__, docs_url=None, redoc_url=None, telemetry=NATIVE_OFF
    )
    match = Match(keeper, settings)
    app.router.routes.append(Route("/match/{dataset}", _endpoint(match), methods=["POST"]))
    app.include_router(routes_general.router(keeper, settings))
    app.include_router(routes_entities.router(keeper))
    app.include_router(routes_reconcile.router(keeper, settings))
    routes_general.add_front(app)
    app.add_exception_handler(TooLongError, _too_long)
    app.add_exception_handler(Exception, _failed)
    _describe(app)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED, compresslevel=4)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"], allow_headers=["*"],
        max_age=LONGEST_AGE,
    )  # fmt: skip
    app.add_middleware(Wire)
    return app, keeper


def _endpoint(match: Match) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await match(request)

    return endpoint


async def _too_long(_: Request, __: Exception) -> Response:
    return Json({"detail": "The query takes too long; ask for less."}, 400)


async def _failed(_: Request, error: Exception) -> Response:
    """A defect of ours; the names that were asked for stay out of the log."""
    log.error("request failed: %s", type(error).__name__, exc_info=error)
    return Json({"status": "error"}, 500)


def _describe(app: FastAPI) -> None:
    """Put /match, which reads its request itself, into the description of the API."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = described()
            found["paths"] = {"/match/{dataset}": {"post": _match_operation(found)}, **found["paths"]}
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _match_operation(found: dict[str, Any]) -> dict[str, Any]:
    template = "#/components/schemas/{model}"
    body = MatchBody.model_json_schema(ref_template=template)
    found.setdefault("components", {}).setdefault("schemas", {}).update(body.pop("$defs", {}))
    parameters = MatchParameters.model_json_schema()["properties"]
    answers = {400: "Unusable queries", 404: "No such dataset", 413: "Too large", 422: "Wrong parameters or body"}
    return {
        "summary": "Example entities in, scored candidates out",
        "operationId": "match",
        "parameters": [
            {"name": "dataset", "in": "path", "required": True, "schema": {"type": "string"}},
            *({"name": name, "in": "query", "required": False, "schema": one} for name, one in parameters.items()),
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "Candidates by query", "content": {"application/json": {"schema": {}}}},
            **{str(code): {"description": text} for code, text in answers.items()},
        },
    }


async def stopped(keeper: Keeper) -> None:
    """Stop the keeper without keeping the event loop waiting."""
    if keeper.peer is not None:
        await keeper.peer.close()
    await asyncio.to_thread(keeper.stop)
