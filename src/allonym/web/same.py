"""The pages that ask whether entries of lists are the same actor: pairs left to people, one pair, an actor's entries.

Takes ids or names; gives both sides with the evidence, and keeps what a person judges through `judging`. Must not
judge.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Self
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from allonym.api.acting import name
from allonym.api.problem import KINDS
from allonym.api.security import Analyst
from allonym.api.work import Stop, Work
from allonym.errors import AllonymError, ContradictionError, UsageError
from allonym.judging import Judging
from allonym.lists import Lists
from allonym.screening.query import MAX_NAME
from allonym.store.decisions import DIFFERENT, SAME, Decision
from allonym.web.access import AnalystSends
from allonym.web.beside import rows
from allonym.web.failing import PageRoute, as_problem
from allonym.web.pages import page

ON_A_PAGE = 50
UNDO, ALONE = "undo", "alone"
ACTS = (SAME, DIFFERENT, UNDO, ALONE)
Entry = Annotated[str, Query(min_length=1, max_length=MAX_NAME)]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a form asks: an act, the entries of its page (two, or one whose actor it is about), why; `chosen`: the
    number of a decision to be taken back, or the entry to be kept apart."""

    act: str
    left: str
    right: str
    reason: str
    chosen: str

    @classmethod
    def read(cls, form: FormData) -> Self:
        """From a form. Raises UsageError for one that is none of ours."""
        act, left, right, reason, chosen = (_text(form, n) for n in ("verdict", "left", "right", "reason", "chosen"))
        if act not in ACTS or not left or (act in (SAME, DIFFERENT) and not right):
            raise UsageError("choose whether both are the same actor or different ones")
        return cls(act, left, right, reason, chosen)

    @property
    def path(self) -> str:
        """The page it comes from."""
        if self.right:
            return f"/same/pair?{urlencode({'left': self.left, 'right': self.right})}"
        return f"/same/actor?{urlencode({'entity': self.left})}"

    def keep(self, judging: Judging, by: str) -> None:
        """Judge, or take back. Raises what judging raises, UsageError where no reason is given."""
        if self.act == UNDO:
            judging.undo([_number(self.chosen)], by=by)
        elif not self.reason.strip():
            raise UsageError("say why; the reason is kept with the judgement")
        elif self.act == SAME:
            judging.same([self.left, self.right], by=by, reason=self.reason.strip())
        else:
            asked = [self.left, self.right] if self.act == DIFFERENT else [self.chosen]
            judging.different(asked, by=by, reason=self.reason.strip())


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/same")
    async def waiting(
        request: Request, caller: Analyst, number: Annotated[int, Query(ge=1, le=1_000_000)] = 1
    ) -> Response:
        """Pairs that matching left to people."""
        return page(request, "same.html", **await work.ask(request, lambda lists, stop: _waiting(lists, number)))

    @routes.get("/same/pair")
    async def pair(request: Request, caller: Analyst, left: Entry, right: Entry) -> Response:
        """Two entries side by side."""
        return await _pair(request, work, left, right)

    @routes.get("/same/actor")
    async def actor(request: Request, caller: Analyst, entity: Entry) -> Response:
        """The entries of one actor, and why they are one."""
        return await _actor(request, work, entity)

    @routes.post("/same")
    async def judge(request: Request, caller: AnalystSends) -> Response:
        """A judgement, or one taken back; what is refused is told on the page it comes from."""
        asked, by = Judged.read(await request.form()), name(caller)
        try:
            await work.ask(request, lambda lists, stop: asked.keep(Judging(lists), by), long=True)
        except AllonymError as error:
            if asked.right:
                return await _pair(request, work, asked.left, asked.right, error, asked)
            return await _actor(request, work, asked.left, error)
        return RedirectResponse(asked.path, 303)

    return routes


def _waiting(lists: Lists, number: int) -> dict[str, Any]:
    judging = Judging(lists)
    every = judging.review()
    shown = every[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    names = judging.names(entry for d in shown for entry in (d.left, d.right))
    return {"total": len(every), "shown": shown, "names": names, "number": number,
            "more": number * ON_A_PAGE < len(every)}  # fmt: skip


async def _pair(
    request: Request, work: Work, left: str, right: str, error: AllonymError | None = None, asked: Judged | None = None
) -> Response:
    def found(lists: Lists, stop: Stop) -> dict[str, Any]:
        judging = Judging(lists)
        pair = judging.pair(left, right)
        stop.check()
        here = {pair.left.entry, pair.right.entry}
        after = next((d for d in judging.review() if {d.left, d.right} != here), None)
        return {"pair": pair, "rows": list(rows(pair.left, pair.right)), "after": after, **_refused(judging, error)}

    told = await work.ask(request, found)
    return page(request, "pair.html", _status(error), **told, asked=asked)


async def _actor(request: Request, work: Work, entity: str, error: AllonymError | None = None) -> Response:
    def found(lists: Lists, stop: Stop) -> dict[str, Any]:
        judging = Judging(lists)
        return {"actor": judging.actor(entity), **_refused(judging, error)}

    return page(request, "actor.html", _status(error), **await work.ask(request, found))


def _refused(judging: Judging, error: AllonymError | None) -> dict[str, Any]:
    """Why a judgement was refused, and the decisions that stand against it."""
    against: list[Decision] = []
    if isinstance(error, ContradictionError):
        against = judging.decisions(error.numbers)
        return {"wrong": f"{error.chain}. Take one of these back first.", "against": against}
    return {"wrong": as_problem(error).detail if error else "", "against": against}


def _status(error: AllonymError | None) -> int:
    return KINDS[as_problem(error).kind].status if error else 200


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value[: MAX_NAME * 10] if isinstance(value, str) else ""


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise UsageError("the number of a decision is missing; load the page again")
    return int(text)
