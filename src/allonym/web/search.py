"""The page that searches: as you type, or when the form is sent.

Takes a name and what is known beside it; gives hits with score, lists, programs and reasons, or the nearest candidates
where there is none. Must not keep what is asked.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from allonym.api.security import Reader
from allonym.api.work import Stop, Work
from allonym.errors import AllonymError
from allonym.lists import Lists
from allonym.matching.engine import Options
from allonym.matching.evidence import Hit
from allonym.matching.weights import weights
from allonym.screening import query as asking
from allonym.web.failing import PageRoute
from allonym.web.pages import page

SCHEMATA = ("Person", "Organization", "Company", "Vessel", "Airplane", "CryptoWallet")
MOST, NEAREST = 20, 5


class Asked(BaseModel):
    """What the form has: a name, a kind, a date of birth, a country, a day; `part`: only the hits are wanted."""

    q: Annotated[str, Field(max_length=5_000)] = ""
    schema_: Annotated[str, Field(alias="schema", max_length=100)] = ""
    born: Annotated[str, Field(max_length=100)] = ""
    country: Annotated[str, Field(max_length=100)] = ""
    as_of: Annotated[str, Field(max_length=100)] = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, or candidates below the threshold, the lists that answered, and what of the question was left out."""

    hits: list[Hit]
    nearest: list[Hit]
    lists: tuple[tuple[str, str], ...]
    notes: list[str]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/")
    async def search(request: Request, caller: Reader, asked: Annotated[Asked, Query()]) -> Response:
        """The form, and what was found."""
        found, wrong, status = None, "", 200
        if asked.q.strip():
            try:
                found = await work.ask(request, lambda lists, stop: _found(lists, stop, asked))
            except AllonymError as error:
                wrong, status = str(error), 200 if asked.part else 422
        template = "_hits.html" if asked.part else "search.html"
        return page(request, template, status, asked=asked, found=found, wrong=wrong, schemata=SCHEMATA,
                    threshold=weights().threshold)  # fmt: skip

    return routes


def _found(lists: Lists, stop: Stop, asked: Asked) -> Found:
    stop.check()
    notes = list[str]()
    properties: dict[str, Any] = {"name": [asked.q]}
    if asked.born.strip():
        properties["birthDate"] = [asked.born]
    if asked.country.strip():
        properties["country"] = [asked.country]
    schema = asked.schema_ or ("Person" if asked.born.strip() else asking.ANY_SCHEMA)
    entity = {"schema": schema, "properties": properties}
    query = asking.Query.from_dict(entity, warn=lambda what, value: notes.append(f"{what}, left out: {value[:60]}"))
    view = lists.view(asked.as_of or None)
    hits = next(iter(lists.engine(view, Options(None, MOST))([query])))
    nearest = [] if hits else next(iter(lists.engine(view, Options(0.0, NEAREST))([query])))
    return Found(hits, nearest, view.snapshots, notes)
