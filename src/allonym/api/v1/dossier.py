"""Dossiers by HTTP: everything on one actor, on any day and as known on any day.

Takes an id or a name; gives the dossier as JSON. Of several actors that bear a name none is chosen: the candidates are
told. Must not draw.
"""

from dataclasses import asdict, fields
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from allonym.api.keys import Role
from allonym.api.problem import ProblemError
from allonym.api.security import needs
from allonym.api.v1.answers import PROBLEM, AsOf, KnownAt, Problem, answer
from allonym.api.work import Work
from allonym.dossier.assemble import around, build
from allonym.dossier.dossier import (
    Consequence,
    Consulted,
    Dossier,
    DossierName,
    Event,
    Group,
    Holdings,
    Link,
    Stated,
    Told,
)
from allonym.dossier.network import MOST, STEPS, Network
from allonym.dossier.reported import documents
from allonym.lists import Lists
from allonym.news.saved import Saved
from allonym.screening.query import MAX_NAME

SEVERAL: dict[int | str, dict[str, Any]] = {409: {"model": Problem, "description": "Several actors bear the name"}}


class Review(BaseModel):
    """An actor that may be the same, for a person to judge."""

    id: str
    caption: str


class Answer(BaseModel):
    """A dossier. `found_by` says whether what was asked is an id or a name; `asked_id` is an id that leads to this
    actor, as one that was merged into it does."""

    id: str
    caption: str
    schema_: Annotated[str, Field(alias="schema")]
    found_by: Literal["id", "name"]
    asked_id: str | None
    as_of: str | None
    known_at: str | None
    names: list[DossierName]
    facts: dict[str, list[Told]]
    links: list[Link]
    holdings: Holdings | None
    groups: list[Group]
    consequences: list[Consequence]
    events: list[Event]
    stated: list[Stated]
    consulted: list[Consulted]
    reviews: list[Review]
    later: int
    notes: list[str]
    documents: list[Saved]
    network: Network | None


Asked = Annotated[str, Query(min_length=1, max_length=MAX_NAME, description="An id, or a name.",
                             examples=["reg-cartel-de-los-soles"])]  # fmt: skip
Wanted = Annotated[Literal["any", "id", "name"], Query(description="What is asked: an id, a name, or whichever it is.")]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["dossier"], dependencies=[Depends(needs(Role.READER))])

    @routes.get("/dossier", response_model=Answer, responses=PROBLEM | SEVERAL, summary="The dossier of one actor")
    async def dossier(
        request: Request,
        entity: Asked,
        by: Wanted = "any",
        as_of: AsOf = None,
        known_at: KnownAt = None,
        network: Annotated[bool, Query(description="With who is linked to whom.")] = False,
    ) -> Response:
        """Names, facts, measures by authority as they stood, what they amount to, time line, and what each list says.
        The id of an entry that was merged into an actor leads to that actor; the header `Content-Location` has it."""

        def found(lists: Lists, _: object) -> dict[str, Any]:
            made = build(lists, entity, as_of, known_at)
            told = _told(lists, made, entity, network=network)
            if by not in ("any", told["found_by"]):
                raise ProblemError("not-found", f"nothing is known by that {by}")
            return told

        told = await work.ask(request, found)
        return answer(told, headers={"Content-Location": f"/api/v1/dossier?entity={_quoted(told['id'])}"})

    return routes


def _told(lists: Lists, found: Dossier, asked: str, *, network: bool) -> dict[str, Any]:
    told = {field.name: getattr(found, field.name) for field in fields(found)}
    entries = (found.entity_id, found.asked_id, *(s.entity_id for s in found.stated))
    own = (*entries, *(f"{s.source}/{s.entity_id}" for s in found.stated))
    told["id"], told["schema"] = told.pop("entity_id"), told.pop("schema")
    told["found_by"] = "id" if asked in own else "name"
    told["facts"] = dict(found.facts)
    told["reviews"] = [{"id": entity_id, "caption": caption} for entity_id, caption in found.reviews]
    ids = (found.entity_id, *(s.entity_id for s in found.stated))
    told["documents"] = documents(lists.store, ids, found.as_of, found.known_at)
    told["network"] = asdict(around(lists, found, steps=STEPS, most=MOST)) if network else None
    return told


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
