"""Alerts by HTTP: the list of them, one with its history, one opened by hand, many closed alike, evidence to keep.

Takes filters, a customer and an entity, or numbers; gives alerts. What is done with one is `cases_acts`. Everything is
done by `cases`, under its policy. Must not decide.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from allonym.api.acting import person
from allonym.api.security import Analyst, Reviewer
from allonym.api.v1 import cases_told as told
from allonym.api.v1.answers import PROBLEM, Day, Most, Skip, SourceName, answer
from allonym.api.v1.cases_acts import Decision, Number, Words, add_acts
from allonym.api.v1.cases_told import AlertCase, AlertNow, AlertPage
from allonym.api.v1.screen import Entity
from allonym.api.work import Stop, Work
from allonym.cases import Cases, Filters, Origin
from allonym.cases.alert import asked_states
from allonym.cases.cases import MOST_AT_ONCE
from allonym.cases.exported import case_lines
from allonym.cases.reasons import reasons
from allonym.lists import Lists
from allonym.screening.query import Query as Question

LINES = "application/x-ndjson"
MOST_NAMED = 1_000
Score = Annotated[float | None, Query(ge=0, le=1)]
Name = Annotated[str | None, Query(max_length=500)]


class Wanted(BaseModel):
    """Which alerts, and in which order."""

    state: Annotated[
        list[told.Stands | Literal["waiting", "closed", "all"]],
        Query(max_length=10, description="Of these states; without, open and escalated. `waiting`: for a second "
                                         "person."),
    ] = []  # fmt: skip
    assignee: Annotated[Name, Query(description="Theirs; empty: nobody's.")] = None
    customer: Annotated[Name, Query(description="This customer's, by id or key: their case.")] = None
    source: Annotated[SourceName | None, Query(description="Entities of this list.")] = None
    origin: Annotated[Origin | None, Query(description="What opened them.")] = None
    least: Annotated[Score, Query(description="Of this score or above.")] = None
    most: Annotated[Score, Query(description="Of this score or below.")] = None
    due_by: Annotated[Day | None, Query(description="Due by then.")] = None
    order: Annotated[Literal["due", "score", "number", "newest"],
                     Query(description="What comes first. While others work, `number` alone keeps every alert in its "
                                       "place.")] = "due"  # fmt: skip
    offset: Skip = 0
    limit: Most = 50

    def filters(self) -> Filters:
        """As cases take them."""
        return Filters(*asked_states(self.state), self.assignee, self.least, self.most, self.source,
                       self.origin, self.due_by, self.customer)  # fmt: skip


class Opening(BaseModel):
    """A customer and an entity (an id) that somebody must look at, though no screening said so."""

    model_config = ConfigDict(
        extra="forbid", strict=True,
        json_schema_extra={"examples": [{
            "customer": {"id": "4711", "schema": "Person", "properties": {"name": ["N. Maduro"],
                                                                          "birthDate": ["1962-11-23"]}},
            "entity": "reg-nicolas-maduro", "text": "the branch asked"}]},
    )  # fmt: skip
    customer: Entity
    entity: Annotated[str, Field(min_length=1, max_length=500)]
    text: Words = ""


class Many(Decision):
    """Alerts that are closed alike; the reason needs words."""

    model_config = ConfigDict(
        extra="forbid", strict=True,
        json_schema_extra={"examples": [{"numbers": [12, 13, 14], "outcome": "false_alarm", "code": "name_only",
                                         "text": "the surname only"}]},
    )  # fmt: skip
    numbers: Annotated[list[Annotated[int, Field(ge=1, le=10**15)]], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Refused(BaseModel):
    """An alert that was not closed, and why."""

    number: int
    detail: str


class Closed(BaseModel):
    """What came of closing many: closed, waiting for a second person, refused."""

    closed: list[int]
    waiting: list[int]
    refused: list[Refused]


class Looked(BaseModel):
    """Alerts that opened again, and open ones that were refreshed, since something changed."""

    reopened: list[int]
    refreshed: list[int]


class ReasonCode(BaseModel):
    """A reason code: its words, the outcomes it may stand with, whether it needs a text."""

    code: str
    words: str
    outcomes: list[told.Outcome]
    text: bool


class ReasonCodes(BaseModel):
    """The reason codes."""

    reasons: list[ReasonCode]


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["cases"], responses=PROBLEM)
    _add_many(routes, work)

    @routes.get("/cases", response_model=AlertPage, summary="Alerts")
    async def case_list(request: Request, caller: Analyst, wanted: Annotated[Wanted, Query()]) -> Response:
        """Those that must be looked at, due first; or any others. The lists are looked at first: what changed
        materially is open again."""

        def found(lists: Lists, _: Stop) -> dict[str, Any]:
            page = _looked(lists).list(wanted.filters(), order=wanted.order, offset=wanted.offset, limit=wanted.limit)
            return told.listing(page)

        return answer(await work.ask(request, found))

    @routes.post("/cases", status_code=201, response_model=AlertNow, summary="Open an alert by hand")
    async def case_open(request: Request, caller: Analyst, asked: Opening) -> Response:
        """There is one alert a customer and entity: where there is one already (409), `alert` has its number."""
        question = Question.from_dict(asked.customer.asked())
        made = await work.ask(request, lambda lists, _: Cases(lists).open(question, asked.entity, by=person(caller),
                                                                          text=asked.text))  # fmt: skip
        return answer(told.alert(made), 201, {"Location": f"/api/v1/cases/{made.number}"})

    @routes.get("/cases/{number}", response_model=AlertCase, summary="One alert")
    async def case_show(request: Request, caller: Analyst, number: Number) -> Response:
        """The customer as asked, the entity as it was listed, the reasons, and everything that was done."""

        def found(lists: Lists, _: Stop) -> dict[str, Any]:
            cases = _looked(lists)
            return told.whole(cases.show(number), cases.policy)

        return answer(await work.ask(request, found))

    add_acts(routes, work)
    return routes


def _add_many(routes: APIRouter, work: Work) -> None:
    """The routes that are about no single alert; their paths come before those with a number."""

    @routes.get("/cases/reasons", response_model=ReasonCodes, summary="The reason codes")
    async def case_reasons(caller: Analyst) -> Response:
        """With which outcome each may stand."""
        return answer({"reasons": list(reasons().values())})

    @routes.get("/cases/export", summary="Alerts as evidence", response_class=Response,
                responses={200: {"content": {LINES: {}}}})  # fmt: skip
    async def case_export(
        request: Request,
        caller: Reviewer,
        number: Annotated[list[Number], Query(max_length=MOST_NAMED, description="These; without, all.")] = [],  # noqa: B006
    ) -> Response:
        """JSON lines: each alert with its whole history; the last line is the report on the audit log."""
        content = await work.ask(request, partial(_exported, number), long=True)
        return Response(content, 200, {"Content-Disposition": 'attachment; filename="cases.jsonl"'}, LINES)

    @routes.post("/cases/close", response_model=Closed, summary="Close many alerts alike")
    async def case_close_many(request: Request, caller: Analyst, asked: Many) -> Response:
        """Those that cannot be closed are told with the reason; the others are closed, or proposed."""
        act: Callable[[Lists, Stop], Any] = lambda lists, _: Cases(lists).close_many(  # noqa: E731
            asked.numbers, asked.closing(), by=person(caller)
        )
        found = await work.ask(request, act, long=True)
        refused = [{"number": number, "detail": detail} for number, detail in found.refused.items()]
        return answer({"closed": found.closed, "waiting": found.waiting, "refused": refused})

    @routes.post("/cases/refresh", response_model=Looked, summary="Look at the lists again")
    async def case_refresh(request: Request, caller: Analyst) -> Response:
        """Closed alerts whose customer or entity changed materially open again. Loading lists and listing alerts do it
        too."""
        found = await work.ask(request, lambda lists, _: Cases(lists).refresh(), long=True)
        return answer({"reopened": found.reopened, "refreshed": found.refreshed})


def _looked(lists: Lists) -> Cases:
    """Cases that know the lists as they stand."""
    cases = Cases(lists)
    cases.refresh()
    return cases


def _exported(numbers: list[int], lists: Lists, stop: Stop) -> bytes:
    cases = Cases(lists)
    lines = list[bytes]()
    for line in case_lines(map(cases.show, numbers or cases.numbers()), cases.verify()):
        stop.check()
        lines.append(line + b"\n")
    return b"".join(lines)
