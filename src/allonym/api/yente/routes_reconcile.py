"""GET and POST /reconcile/{dataset}, and suggest, extend and preview below it.

Takes a keeper; gives a router. Reads forms and query strings; `reconcile` and `suggest` answer.
"""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, RootModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import Message

from allonym.api.settings import Settings
from allonym.api.yente import preview, schemata, suggest
from allonym.api.yente.manifest import Dataset
from allonym.api.yente.parameters import Changed, Wanted, full_time, scope, told
from allonym.api.yente.reconcile import ReconcileExtend, ReconcileQuery, answers, answers_by_theirs, extended, service
from allonym.api.yente.standing import Keeper, Standing, ready
from allonym.api.yente.wire import Json, body_of, refused

Prefix = Annotated[str, Query()]
Algorithm = Annotated[str, Query()]
MOST_FIELDS = 100
Model = TypeVar("Model", bound=BaseModel)


class ReconcileQueries(RootModel[dict[str, ReconcileQuery]]):
    """Queries by key."""


def standing_of(keeper: Keeper, dataset: str) -> tuple[Standing, Dataset]:
    """What answers, and the dataset. Raises HTTPException 404."""
    standing = ready(keeper.standing)
    found = standing.shelf.catalogue.datasets.get(dataset)
    if found is None:
        raise refused(404, "No such dataset.")
    return standing, found


def router(keeper: Keeper, settings: Settings) -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.get("/reconcile/{dataset}", summary="The reconciliation service", responses={400: {}, 404: {}})
    async def manifest(
        request: Request,
        dataset: str,
        queries: Annotated[str | None, Query()] = None,
        extend: Annotated[str | None, Query()] = None,
        algorithm: Algorithm = "best",
        changed_since: Changed = None,
    ) -> Response:
        standing, found = standing_of(keeper, dataset)
        if queries is not None or extend is not None:
            fields = {"queries": queries, "extend": extend}
            return await _answered(keeper, dataset, fields, _wanted(algorithm, changed_since))
        base = str(request.base_url).rstrip("/")
        return Json(service(standing.shelf, found, base, request.url.query))

    @routes.post("/reconcile/{dataset}", include_in_schema=False)
    async def reconcile(
        request: Request,
        dataset: str,
        algorithm: Algorithm = "best",
        changed_since: Changed = None,
    ) -> Response:
        standing_of(keeper, dataset)
        fields = await _form(request, settings.most_bytes)
        return await _answered(keeper, dataset, fields, _wanted(algorithm, changed_since))

    _add_typing(routes, keeper)
    _add_columns(routes, keeper)
    return routes


def _add_typing(routes: APIRouter, keeper: Keeper) -> None:
    """What is offered while somebody types."""

    @routes.get("/reconcile/{dataset}/suggest/entity", include_in_schema=False)
    def entity(dataset: str, prefix: Prefix = "", limit: Annotated[int, Query()] = 10) -> Response:
        standing, _ = standing_of(keeper, dataset)
        names = scope(standing.shelf.catalogue, dataset, (), ())
        return Json(suggest.envelope(prefix, suggest.entities(standing.shelf, names, prefix, limit)))

    @routes.get("/reconcile/{dataset}/suggest/property", include_in_schema=False)
    def prop(dataset: str, prefix: Prefix = "") -> Response:
        standing_of(keeper, dataset)
        return Json(suggest.envelope(prefix, list(suggest.properties(prefix))))

    @routes.get("/reconcile/{dataset}/suggest/type", include_in_schema=False)
    def kind(dataset: str, prefix: Prefix = "") -> Response:
        standing_of(keeper, dataset)
        return Json(suggest.envelope(prefix, list(suggest.types(prefix))))


def _add_columns(routes: APIRouter, keeper: Keeper) -> None:
    """What columns are proposed, and the page about an entity."""

    @routes.get("/reconcile/{dataset}/extend/property", include_in_schema=False)
    def proposed(
        dataset: str, kind: Annotated[str, Query(alias="type")] = "Thing", limit: Annotated[int, Query()] = 0
    ) -> Response:
        standing_of(keeper, dataset)
        if not schemata.known(kind):
            raise refused(400, f"Invalid type: {kind!r}"[:200])
        return Json({"limit": limit, "type": kind, "properties": suggest.proposed(kind, limit)})

    @routes.get("/reconcile/{dataset}/preview", include_in_schema=False)
    def page(dataset: str, entity_id: Annotated[str, Query(alias="id")]) -> Response:
        standing, _ = standing_of(keeper, dataset)
        shelf = standing.shelf
        entity = shelf.by_id(entity_id) or shelf.by_id(shelf.canonical(entity_id) or "")
        if entity is None:
            raise refused(404, "No such entity!")
        titles = {d.name: d.title for d in shelf.catalogue.datasets.values()}
        return HTMLResponse(preview.page(entity, titles), headers={"content-security-policy": preview.POLICY})


def _wanted(algorithm: str, changed_since: str | None) -> Wanted:
    return Wanted(algorithm=algorithm.strip().lower(), changed_since=full_time(changed_since))


async def _answered(keeper: Keeper, dataset: str, fields: Mapping[str, str | None], wanted: Wanted) -> Response:
    """The answer to `queries` or to `extend`, whichever is there."""
    standing, _ = standing_of(keeper, dataset)
    theirs = keeper.offered.is_theirs(wanted.algorithm)
    loop = asyncio.get_running_loop()
    if (text := fields.get("queries")) is not None:
        queries = _read(text, ReconcileQueries)
        if isinstance(queries, Response):
            return queries
        asked = queries.root
        if theirs:
            found = await answers_by_theirs(keeper, dataset, asked, wanted)
        else:
            found = await loop.run_in_executor(keeper.large, lambda: answers(standing, dataset, asked, wanted))
        return Json(found, headers={"x-batch-size": str(len(asked))})
    if (text := fields.get("extend")) is not None:
        columns = _read(text, ReconcileExtend)
        if isinstance(columns, Response):
            return columns
        return Json(await loop.run_in_executor(keeper.large, lambda: extended(standing.shelf, columns)))
    raise refused(400, "No queries or extend request provided.")


def _read(text: str, model: type[Model]) -> Model | Response:
    """The JSON of a form's field as a model, or the answer that says what is wrong with it."""
    try:
        return model.model_validate(orjson.loads(text))
    except ValidationError as error:
        errors: list[Any] = [{**one, "input": None} for one in told(error)][:50]
    except (ValueError, RecursionError) as error:
        errors = [{"type": "json_invalid", "loc": [], "msg": f"Invalid JSON: {error}", "input": None}]
    return Json({"detail": model.__name__, "errors": errors}, 400)


async def _form(request: Request, most: int) -> dict[str, str]:
    """The fields of a form, of either kind. Raises HTTPException 400 for one that cannot be read, 413 for a large."""
    body = await body_of(request.receive, most)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        try:
            found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            raise refused(400, f"More than {MOST_FIELDS} fields in the form") from None
        return {name: values[-1] for name, values in found.items()}

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        form = await Request(request.scope, again).form(max_files=0, max_fields=MOST_FIELDS, max_part_size=most)
    except HTTPException as error:
        raise refused(400, str(error.detail)) from None
    return {name: value for name, value in form.items() if isinstance(value, str)}
