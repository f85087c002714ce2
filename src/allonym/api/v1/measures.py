"""Measures by HTTP: acts by authorities upon actors, as they stand on a day.

Takes an authority, a type, a target, a day; gives measures with their state. Of one target, what the lists say of it
too; of all, those of the register and of files that have measures of their own. Must not conclude anything from them.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from allonym.api.keys import Role
from allonym.api.security import needs
from allonym.api.v1.answers import PROBLEM, AsOf, KnownAt, Most, Skip, answer
from allonym.api.work import Stop, Work
from allonym.dossier import entries
from allonym.dossier.assemble import build
from allonym.dossier.clocks import choose
from allonym.dossier.dossier import Standing, State
from allonym.dossier.standings import standings
from allonym.lists import Lists
from allonym.model import Measure
from allonym.screening.query import MAX_NAME
from allonym.store.view import View


class Measures(BaseModel):
    """Measures, oldest first: `total` fit, and those after `offset` are given."""

    as_of: str
    total: int
    offset: int
    measures: list[Standing]


class Wanted(BaseModel):
    """Which measures."""

    authority: Annotated[str | None, Query(max_length=200, description="The authority's id.",
                                           examples=["us-ofac"])] = None  # fmt: skip
    type: Annotated[str | None, Query(max_length=100, description="A type, or a finer one.",
                                      examples=["terrorist_designation"])] = None  # fmt: skip
    state: Annotated[State | None, Query(description="How they stand on the day.")] = None
    target: Annotated[str | None, Query(min_length=1, max_length=MAX_NAME, description="Upon whom: an id or a name.",
                                        examples=["reg-cjng"])] = None  # fmt: skip
    as_of: AsOf = None
    known_at: KnownAt = None
    offset: Skip = 0
    limit: Most = 100

    def fits(self, measure: Measure) -> bool:
        """Whether it is of the authority and the type that are asked."""
        return self.authority in (None, measure.authority) and self.type in (None, measure.type, measure.subtype)


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["measures"], responses=PROBLEM, dependencies=[Depends(needs(Role.READER))])

    @routes.get("/measures", response_model=Measures, summary="Measures")
    async def measures(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
        """Designations, sanctions, rewards, charges and other acts, each with how it stands on the day and why."""
        return answer(await work.ask(request, lambda lists, stop: _found(lists, stop, wanted)))

    return routes


def _found(lists: Lists, stop: Stop, wanted: Wanted) -> dict[str, Any]:
    day = wanted.as_of or datetime.date.today().isoformat()
    if wanted.target is not None:
        made = build(lists, wanted.target, wanted.as_of, wanted.known_at)
        found = [s for s in made.standings if wanted.fits(s.measure)]
    else:
        found = list(_all(lists, stop, wanted, day))
    fit = sorted((s for s in found if wanted.state in (None, s.state)),
                 key=lambda s: (s.begun or "9999", s.measure.measure_id))  # fmt: skip
    told = fit[wanted.offset : wanted.offset + wanted.limit]
    return {"as_of": day, "total": len(fit), "offset": wanted.offset, "measures": told}


def _all(lists: Lists, stop: Stop, wanted: Wanted, day: str) -> Iterator[Standing]:
    """Each measure once, though it has several targets; what came after the day is left out."""
    chosen = choose(lists.snapshots(), wanted.as_of, wanted.known_at)
    seen = set[tuple[str, str]]()
    for source, snapshot in chosen.snapshots.items():
        if not snapshot.counts.get("measures"):
            continue
        view = View(((source, snapshot.date),))
        fit = [m for m in lists.store.measures(view) if wanted.fits(m)]
        for target in dict.fromkeys(target for measure in fit for target in measure.targets):
            stop.check()
            for standing in standings(lists, entries.read(lists, chosen, ((source, target),)), day):
                key = source, standing.measure.measure_id
                if key not in seen and wanted.fits(standing.measure) and standing.state is not State.NOT_YET:
                    seen.add(key)
                    yield standing
