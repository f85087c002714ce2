"""Health, catalogue, algorithms, reload: what is asked about the server rather than about an entity.

Takes a keeper; gives a router. Must not look into entities.
"""

import asyncio
import hashlib
import secrets
import sys
from html import escape
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import HTMLResponse, Response

from allonym.api.settings import Settings
from allonym.api.yente.manifest import Dataset
from allonym.api.yente.shelf import Shelf
from allonym.api.yente.standing import Keeper, ready
from allonym.api.yente.wire import Json, refused

SHOWN_EMPTY = ("license", "summary", "description", "url", "updated_at", "last_export", "category", "publisher",
               "coverage", "deprecation", "entities_url", "delta_url")  # fmt: skip
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


def router(keeper: Keeper, settings: Settings) -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.get("/healthz", summary="Whether the server runs")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz", summary="Whether there is something to search", responses={503: {}})
    async def readyz() -> dict[str, str]:
        ready(keeper.standing)
        return {"status": "ok"}

    @routes.get("/algorithms", summary="How candidates are scored")
    async def algorithms() -> dict[str, Any]:
        return keeper.offered.described()

    @routes.get("/catalog", summary="The datasets", responses={304: {}})
    async def catalog(request: Request) -> Response:
        return _catalog(keeper, request.headers.get("if-none-match"))

    @routes.get("/manifest", include_in_schema=False)
    async def manifest(request: Request) -> Response:
        return _catalog(keeper, request.headers.get("if-none-match"))

    updates: set[asyncio.Task[None]] = set()

    @routes.post("/updatez", summary="Load the lists again", responses={403: {}})
    async def updatez(token: Annotated[str, Query()] = "", sync: Annotated[bool, Query()] = False) -> dict[str, str]:
        known = settings.update_token
        if not known or not secrets.compare_digest(token.encode(), known.encode()):
            raise refused(403, "Invalid token.")
        if sync or not updates:
            task = asyncio.get_running_loop().create_task(reload(keeper, settings))
            updates.add(task)
            task.add_done_callback(updates.discard)
            if sync:
                await task
        return {"status": "ok"}

    return routes


async def reload(keeper: Keeper, settings: Settings) -> None:
    """Load what changed, in a process of its own, and change over."""
    words = [str(settings.data), *([str(settings.manifest)] if settings.manifest else [])]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "allonym.api.yente.load", *words)
    if await process.wait():
        raise refused(500, "The lists could not be loaded; the old ones answer. See the server's log.")
    await asyncio.to_thread(keeper.look)


def _catalog(keeper: Keeper, known: str | None) -> Response:
    shelf = ready(keeper.standing).shelf
    names = [d.name for d in shelf.catalogue.datasets.values() if d.load]
    rows = [_row(shelf, dataset) for dataset in shelf.catalogue.datasets.values()]
    body = orjson.dumps({"datasets": rows, "current": names, "outdated": [], "index_stale": False})
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "public, max-age=300"}
    asked = {one.strip().removeprefix("W/") for one in (known or "").split(",")}
    if tag in asked or "*" in asked:
        return Response(None, 304, headers)
    return Json(body, headers=headers)


def _row(shelf: Shelf, dataset: Dataset) -> dict[str, Any]:
    counts = [shelf.counts.get(name, [0, 0]) for name in shelf.catalogue.scope(dataset.name)]
    return {
        "name": dataset.name,
        "title": dataset.title,
        **dict.fromkeys(SHOWN_EMPTY),
        "tags": [],
        "resources": [],
        "deprecated": False,
        **dataset.shown,
        "entity_count": sum(count for count, _ in counts),
        "thing_count": sum(things for _, things in counts),
        "version": dataset.version,
        "children": list(dataset.children),
        "load": dataset.load,
        "namespace": False,
        "index_version": dataset.version if dataset.load else None,
        "index_current": dataset.load,
    }


def add_front(app: FastAPI) -> None:
    """The page that says what can be asked, without script and without anything from elsewhere."""

    @app.get("/", include_in_schema=False)
    async def front() -> HTMLResponse:
        rows = [
            f"<tr><td><code>{method.upper()} {escape(path)}</code></td><td>{escape(told.get('summary', ''))}</td></tr>"
            for path, methods in app.openapi()["paths"].items()
            for method, told in methods.items()
        ]
        text = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Allonym: yente\'s API</title><style>'
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color-scheme:light "
            "dark}td{padding:.2em 1em .2em 0;vertical-align:top}</style></head><body><h1>Allonym: yente's API</h1>"
            f'<p>In full: <a href="openapi.json">openapi.json</a>.</p><table>{"".join(rows)}</table></body></html>'
        )
        return HTMLResponse(text, headers={"content-security-policy": PAGE_POLICY})
