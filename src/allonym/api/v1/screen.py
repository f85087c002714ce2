"""Screening by HTTP: one query, or a batch.

Takes names or FtM-like entities; gives hits with reasons. Files are jobs (`jobs`). Must not keep what is asked.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from allonym.api.keys import Role
from allonym.api.problem import ProblemError
from allonym.api.security import needs
from allonym.api.served import Served
from allonym.api.v1.answers import MOST_WRONG, PROBLEM, Day, SourceName, written
from allonym.api.work import Stop, Work
from allonym.errors import InputError
from allonym.lists import Lists, checked
from allonym.matching.engine import Options
from allonym.matching.evidence import Evidence, Hit, sentences
from allonym.screening.query import ANY_SCHEMA, MAX_NAME, Query

CHUNK = 100  # queries between looks whether the client is there
Value = Annotated[str, Field(max_length=10_000)]


class Entity(BaseModel):
    """Who is asked for, as FollowTheMoney has it; `id` is the caller's own and comes back."""

    model_config = ConfigDict(
        extra="forbid", strict=True, populate_by_name=True,
        json_schema_extra={"examples": [{"schema": "Person", "properties": {"name": ["Nicolás Maduro"],
                                                                            "birthDate": ["1962-11-23"]}}]},
    )  # fmt: skip
    id: Annotated[str | None, Field(max_length=500)] = None
    schema_: Annotated[str, Field(alias="schema", max_length=100)] = ANY_SCHEMA
    properties: Annotated[dict[str, list[Value] | Value], Field(min_length=1, max_length=100)]

    def asked(self) -> dict[str, Any]:
        """As the engine takes it."""
        return {"id": self.id, "schema": self.schema_, "properties": self.properties}


Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME, examples=["cartel of the suns"])]


class How(BaseModel):
    """How to search."""

    model_config = ConfigDict(extra="forbid", strict=True)
    threshold: Annotated[float | None, Field(ge=0, le=1, description="Least score; 0: every candidate.")] = None
    limit: Annotated[int, Field(ge=1, le=100, description="Hits a query.")] = 10
    sources: Annotated[list[SourceName] | None, Field(min_length=1, max_length=100,
                                                      description="Only these lists.")] = None  # fmt: skip
    merged: Annotated[bool, Field(description="One hit per actor; else one per list entry.")] = True
    as_of: Day | None = None
    known_at: Day | None = None
    explain: Annotated[bool, Field(description="With every reason and its weight.")] = True


class One(How):
    """One query."""

    model_config = ConfigDict(
        extra="forbid", strict=True,
        json_schema_extra={"examples": [{"query": "cartel of the suns"}, {
            "query": {"schema": "Person", "properties": {"name": ["Nicolás Maduro"]}}, "as_of": "2025-08-08"}]},
    )  # fmt: skip
    query: Name | Entity


class Batch(How):
    """Many queries, in order."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"queries": ["cartel of the suns", "Ilse Vandermeulen"], "limit": 5}]},
    )
    queries: Annotated[list[Name | Entity], Field(min_length=1)]
    explain: bool = False


class Reason(BaseModel):
    """One reason that moved the score; `weight` in nats. The weights sum to the log-odds of the score."""

    feature: str
    weight: float
    sentence: str
    query: str | None
    listed: str | None


class Found(BaseModel):
    """A hit."""

    id: str
    caption: str
    schema_: Annotated[str, Field(alias="schema")]
    score: float
    match: bool
    listed_name: str
    referents: list[str]
    sources: list[str]
    snapshots: list[str]
    programs: list[str]
    reasons: list[str]
    evidence: list[Reason] | None = None


class Result(BaseModel):
    """The hits of one query, best first; `query` is its place in the request, from 0, `notes` which properties or
    values were not understood and left out."""

    query: int
    id: str | None
    hits: list[Found]
    notes: list[str]


class Answered(BaseModel):
    """What was found, and in which snapshots."""

    lists: dict[str, str]
    results: list[Result]


def router(served: Served, work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["screen"], responses=PROBLEM, dependencies=[Depends(needs(Role.READER))])
    most = served.settings.most_queries

    @routes.post("/screen", response_model=Answered, summary="Screen one name or entity")
    async def screen(request: Request, asked: One) -> Response:
        """Hits with the reasons for each, best first; an empty list when nobody is near."""
        return Response(await work.ask(request, lambda lists, stop: _answered(lists, stop, [asked.query], asked)),
                        media_type="application/json")  # fmt: skip

    @routes.post("/screen/batch", response_model=Answered, summary="Screen many names or entities")
    async def screen_batch(request: Request, asked: Batch) -> Response:
        """The same for many, in the order of the request. All are checked first: one that cannot be searched refuses
        the batch, and is named in `errors`."""
        if len(asked.queries) > most:
            raise ProblemError("too-large", f"{len(asked.queries):,} queries; a batch has at most {most:,}, "
                               "a file is a job")  # fmt: skip
        found = await work.ask(request, lambda lists, stop: _answered(lists, stop, asked.queries, asked), long=True)
        return Response(found, media_type="application/json")

    return routes


def _answered(lists: Lists, stop: Stop, asked: list[str | Entity], how: How) -> bytes:
    queries, notes = _queries(asked)
    sources = None if how.sources is None else tuple(how.sources)
    options = checked(Options(how.threshold, how.limit, sources, how.merged))
    view = lists.view(how.as_of, known_at=how.known_at)
    engine = lists.engine(view, options, None if how.known_at is None else lists.actors(how.known_at)[0])
    found = []
    for start in range(0, len(queries), CHUNK):
        stop.check()
        chunk = queries[start : start + CHUNK]
        for one, hits in zip(chunk, engine(chunk), strict=True):
            result = {"query": one.row, "id": one.id, "hits": [told(hit, explain=how.explain) for hit in hits],
                      "notes": notes[one.row]}  # fmt: skip
            found.append(written(result))
    return b'{"lists":%b,"results":[%b]}' % (written(dict(view.snapshots)), b",".join(found))


def _queries(asked: list[str | Entity]) -> tuple[list[Query], list[list[str]]]:
    """The queries, numbered from 0, and what of each was left out. Raises ProblemError that names each that cannot be
    searched."""
    good, wrong, notes = list[Query](), list[tuple[int, str]](), [list[str]() for _ in asked]
    for number, (one, left_out) in enumerate(zip(asked, notes, strict=True)):
        try:
            if isinstance(one, str):
                good.append(Query.from_name(one, row=number))
            else:
                warn = partial(_note, left_out)
                good.append(Query.from_dict(one.asked(), row=number, warn=warn))
        except InputError as error:
            wrong.append((number, str(error).encode("utf-8", "replace").decode()))
    if wrong:
        errors = [{"at": f"body/queries/{number}" if len(asked) > 1 else "body/query", "detail": detail}
                  for number, detail in wrong[:MOST_WRONG]]  # fmt: skip
        raise ProblemError("unusable", errors[0]["detail"], members={"errors": errors, "wrong": len(wrong)})
    return good, notes


def _note(notes: list[str], what: str, value: str) -> None:
    notes.append(f"{what}, left out: {value[:60]}")


def told(hit: Hit, *, explain: bool) -> dict[str, Any]:
    """A hit as `Found` has it."""
    found: dict[str, Any] = {
        "id": hit.entity_id, "caption": hit.caption, "schema": hit.schema, "score": round(hit.score, 6),
        "match": hit.match, "listed_name": hit.listed_name, "referents": hit.referents, "sources": hit.sources,
        "snapshots": hit.snapshots, "programs": hit.programs, "reasons": sentences(hit.evidence),
    }  # fmt: skip
    if explain:
        found["evidence"] = [reason(e) for e in hit.evidence]
    return found


def reason(evidence: Evidence) -> dict[str, Any]:
    """One reason as `Reason` has it."""
    return {"feature": evidence.feature, "weight": round(evidence.weight, 6), "sentence": evidence.sentence,
            "query": evidence.query, "listed": evidence.listed}  # fmt: skip
