"""GET /entities/{id}, /adjacent and /adjacent/{prop}, GET /search/{dataset}.

Takes a keeper; gives a router. Handlers run in threads: what they ask the shelf may take milliseconds.
"""

from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from allonym.api.yente import nesting, schemata
from allonym.api.yente.parameters import CHANGED, scope
from allonym.api.yente.search import Searched, ordered, search
from allonym.api.yente.shelf import Document, Shelf
from allonym.api.yente.standing import Keeper, ready
from allonym.api.yente.wire import Json, refused

MOST, MOST_OFFSET = 500, 9_499
Facet = Literal["datasets", "schema", "countries", "identifiers", "topics", "genders"]
Sort = Annotated[list[str], Query(default_factory=list)]
Limit = Annotated[int, Query(le=MOST)]
Offset = Annotated[int, Query(le=MOST_OFFSET)]


class SearchParameters(BaseModel):
    """The query parameters of /search."""

    q: str = ""
    simple: bool = False
    fuzzy: bool = False
    schema_: str = Field("Thing", alias="schema")
    include_dataset: list[str] = []
    exclude_dataset: list[str] = []
    exclude_schema: list[str] = []
    changed_since: str | None = Field(None, pattern=CHANGED)
    countries: list[str] = []
    topics: list[str] = []
    datasets: list[str] = []
    filter: list[str] = []
    filter_op: Literal["OR", "AND"] = "OR"
    target: bool | None = Field(None, json_schema_extra={"deprecated": True})
    limit: int = Field(10, le=MOST)
    offset: int = Field(0, le=MOST_OFFSET)
    sort: list[str] = []
    facets: list[Facet] = ["countries", "topics", "datasets"]


def router(keeper: Keeper) -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.get("/search/{dataset}", summary="Entities by text, filters and facets", responses={400: {}, 404: {}})
    def search_entities(dataset: str, asked: Annotated[SearchParameters, Query()]) -> Response:
        shelf = ready(keeper.standing).shelf
        if dataset not in shelf.catalogue.datasets:
            raise refused(404, "No such dataset.")
        return Json(search(shelf, _searched(shelf, dataset, asked)))

    @routes.get("/entities/{entity_id}", summary="One entity, with those around it", responses={308: {}, 404: {}})
    def entity(entity_id: str, nested: Annotated[bool, Query()] = True) -> Response:
        shelf = ready(keeper.standing).shelf
        found = _entity(shelf, entity_id)
        if isinstance(found, Response):
            return found
        return Json(nesting.nested(shelf, found) if nested else found)

    @routes.get("/entities/{entity_id}/adjacent", summary="Those around an entity", responses={308: {}, 404: {}})
    def adjacent(entity_id: str, sort: Sort, limit: Limit = 10, offset: Offset = 0) -> Response:
        shelf = ready(keeper.standing).shelf
        found = _entity(shelf, entity_id)
        if isinstance(found, Response):
            return found
        pages = {
            name: nesting.page(shelf, found, ordered(shelf, numbers, sort), limit=max(0, limit), offset=max(0, offset))
            for name in nesting.properties_around(shelf, found)
            if (numbers := nesting.neighbours(shelf, found, name))
        }
        return Json({"entity": found, "adjacent": pages})

    @routes.get("/entities/{entity_id}/adjacent/{prop}", summary="Those at one property", responses={308: {}, 404: {}})
    def adjacent_at(entity_id: str, prop: str, sort: Sort, limit: Limit = 10, offset: Offset = 0) -> Response:
        shelf = ready(keeper.standing).shelf
        found = _entity(shelf, entity_id)
        if isinstance(found, Response):
            return found
        if not schemata.is_entity_typed(schemata.prop_of(found["schema"], prop)):
            raise refused(404, "No such property!")
        numbers = ordered(shelf, nesting.neighbours(shelf, found, prop), sort)
        return Json(nesting.page(shelf, found, numbers, limit=max(0, limit), offset=max(0, offset)))

    return routes


def _entity(shelf: Shelf, entity_id: str) -> Document | Response:
    """The entity, or the way to the one that the id was merged into. Raises HTTPException 404."""
    found = shelf.by_id(entity_id)
    if found is not None:
        return found
    canonical = shelf.canonical(entity_id)
    if canonical is None:
        raise refused(404, "No such entity!")
    return Response(None, 308, {"location": f"/entities/{quote(canonical, safe='')}"})


def _searched(shelf: Shelf, dataset: str, asked: SearchParameters) -> Searched:
    return Searched(
        q=asked.q,
        simple=asked.simple,
        fuzzy=asked.fuzzy,
        schema=asked.schema_,
        scope=scope(shelf.catalogue, dataset, tuple(asked.include_dataset), tuple(asked.exclude_dataset)),
        exclude_schema=asked.exclude_schema,
        changed_since=asked.changed_since,
        filters=_filters(asked),
        filter_op=asked.filter_op,
        target=asked.target,
        limit=max(0, asked.limit),
        offset=max(0, asked.offset),
        sort=asked.sort,
        facets=tuple(dict.fromkeys(asked.facets)),
    )


def _filters(asked: SearchParameters) -> Sequence[tuple[str, str]]:
    found = [(name, value) for name in ("countries", "topics", "datasets") for value in getattr(asked, name)]
    for one in asked.filter:
        name, colon, value = one.partition(":")
        if not colon:
            raise refused(400, f"Invalid filter: {one!r}"[:200])
        found.append((name, value))
    return found
