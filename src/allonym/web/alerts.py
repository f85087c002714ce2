"""The pages of alerts: the queue, and one alert with everything that is needed to decide it.

Takes filters, or a number; gives alerts, and keeps what a person decides through `cases`. A decision names the version
of the alert that was looked at: who comes second is told who came first. Must not decide.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.datastructures import FormData
from starlette.datastructures import UploadFile as Sent
from starlette.responses import RedirectResponse, Response

from allonym.api.acting import person
from allonym.api.problem import KINDS, ProblemError
from allonym.api.security import Analyst
from allonym.api.work import Stop, Work
from allonym.cases import Cases, Closing, Filters, Origin, State, Verdict
from allonym.cases.alert import OUTCOMES
from allonym.cases.cases import By
from allonym.cases.guide import steps
from allonym.cases.reasons import reasons
from allonym.cases.rows import ORDERS
from allonym.errors import AllonymError, UsageError
from allonym.lists import Lists
from allonym.web.access import AnalystSends
from allonym.web.beside import rows
from allonym.web.failing import PageRoute, as_problem
from allonym.web.pages import page

ON_A_PAGE = 50
SHOWN = {"open": (State.OPEN, State.ESCALATED), "waiting": (), "closed": OUTCOMES, "all": (),
         **{str(state): (state,) for state in OUTCOMES}}  # fmt: skip
Words = Annotated[str, Field(max_length=200)]


class Wanted(BaseModel):
    """The filters of the queue, as the form sends them: empty is no filter."""

    state: Words = "open"
    assignee: Words = ""
    source: Words = ""
    origin: Words = ""
    least: Words = ""
    most: Words = ""
    due_by: Words = ""
    customer: Words = ""
    order: Words = "due"
    number: Annotated[int, Field(ge=1, le=1_000_000)] = 1

    def filters(self) -> Filters:
        """As cases take them. Raises UsageError."""
        if self.state not in SHOWN:
            raise UsageError(f"no state {self.state!r}; there are: {', '.join(SHOWN)}")
        if self.origin and self.origin not in [*Origin]:
            raise UsageError(f"no origin {self.origin!r}; there are: {', '.join(Origin)}")
        return Filters(
            SHOWN[self.state], True if self.state == "waiting" else None,
            "" if self.assignee == "-" else self.assignee or None, _score(self.least), _score(self.most),
            self.source or None, Origin(self.origin) if self.origin else None, self.due_by or None,
            self.customer or None,
        )  # fmt: skip


def router(work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/alerts")
    async def queue(request: Request, caller: Analyst, wanted: Annotated[Wanted, Query()]) -> Response:
        """The queue."""
        return await _queue(request, work, wanted, None)

    @routes.post("/alerts")
    async def many(request: Request, caller: AnalystSends) -> Response:
        """Close those that are ticked, all with one reason."""
        form = await request.form()
        who, numbers = person(caller), [_number(str(n)) for n in form.getlist("number")]
        closing = _closing(form)
        bulk = await work.ask(request, lambda lists, stop: Cases(lists).close_many(numbers, closing, by=who), long=True)
        return await _queue(request, work, Wanted(), bulk)

    @routes.get("/alerts/{number}")
    async def one(request: Request, caller: Analyst, number: int) -> Response:
        """One alert."""
        return await _one(request, work, number)

    @routes.post("/alerts/{number}")
    async def act(request: Request, caller: AnalystSends, number: int, file: UploadFile | None = None) -> Response:
        """Something is done with it; what is refused is told on its page."""
        form = await request.form()
        who = person(caller)
        content = await file.read() if file is not None and file.filename else b""
        try:
            await work.ask(request, lambda lists, stop: _act(Cases(lists), number, form, who, content))
        except AllonymError as error:
            return await _one(request, work, number, as_problem(error))
        return RedirectResponse(f"/alerts/{number}", 303)

    @routes.get("/alerts/{number}/files/{sha256}")
    async def attachment(request: Request, caller: Analyst, number: int, sha256: str) -> Response:
        """A file that is kept with it: always to be saved, never shown."""
        found, content = await work.ask(request, lambda lists, stop: Cases(lists).attachment(number, sha256))
        kept = {"Content-Disposition": f'attachment; filename="attachment-{found.sha256[:12]}"',
                "Cache-Control": "no-store"}  # fmt: skip
        return Response(content, 200, kept, "application/octet-stream")

    return routes


async def _queue(request: Request, work: Work, wanted: Wanted, bulk: Any) -> Response:
    def told(lists: Lists, stop: Stop) -> Any:
        cases = Cases(lists)
        cases.refresh()
        found = cases.list(wanted.filters(), order=wanted.order, offset=(wanted.number - 1) * ON_A_PAGE,
                           limit=ON_A_PAGE)  # fmt: skip
        return found, [source for source, _ in lists.view().snapshots]

    found, sources = await work.ask(request, told)
    return page(request, "alerts.html", found=found, wanted=wanted, bulk=bulk, shown=list(SHOWN), sources=sources,
                orders=list(ORDERS), origins=list(Origin), reasons=list(reasons().values()), outcomes=OUTCOMES,
                more=wanted.number * ON_A_PAGE < found.total)  # fmt: skip


async def _one(request: Request, work: Work, number: int, error: ProblemError | None = None) -> Response:
    def told(lists: Lists, stop: Stop) -> Any:
        cases = Cases(lists)
        case = cases.show(number)
        return case, {outcome: cases.policy.second(outcome, case.alert.listed) for outcome in OUTCOMES}

    case, second = await work.ask(request, told)
    status = KINDS[error.kind].status if error else 200
    both = list(rows(case.alert.customer, case.alert.listed))
    return page(request, "alert.html", status, case=case, a=case.alert, rows=both,
                wrong=error.detail if error else "", second=second, reasons=list(reasons().values()),
                outcomes=OUTCOMES, State=State)  # fmt: skip


def _act(cases: Cases, number: int, form: FormData, who: By, content: bytes) -> None:
    """What the pressed button says."""
    act, text = _text(form, "act"), _text(form, "text")
    seen = _number(_text(form, "seen"))
    if act == "close":
        cases.close(number, _closing(form), by=who, seen=seen)
    elif act == "escalate":
        cases.escalate(number, by=who, text=text, seen=seen)
    elif act == "approve":
        cases.approve(number, by=who, text=text, seen=seen)
    elif act == "reject":
        cases.reject(number, text, by=who, seen=seen)
    elif act == "reopen":
        cases.reopen(number, text, by=who, seen=seen)
    elif act == "note":
        cases.note(number, text, by=who)
    elif act == "assign":
        cases.assign(number, _text(form, "assignee").strip(), by=who, seen=seen)
    elif act == "due":
        cases.set_due(number, _text(form, "due").strip(), by=who, seen=seen)
    elif act == "attach":
        sent = form.get("file")
        cases.attach(number, (sent.filename if isinstance(sent, Sent) else "") or "", content, by=who, text=text)
    else:
        raise UsageError("nothing that can be done with an alert was asked; load the page again")


def _closing(form: FormData) -> Closing:
    outcome = _text(form, "outcome")
    if outcome not in [*OUTCOMES]:
        raise UsageError("choose what it is closed as: true match, false alarm or undecided")
    path: list[Verdict] = []
    known = {step.key: step for step in steps()}
    at: str | None = steps()[0].key
    while at is not None and (given := _text(form, f"step_{at}")):
        path.append(Verdict(at, given))
        at = next((choice.leads for choice in known[at].choices if choice.key == given), None)
    return Closing(State(outcome), _text(form, "code"), _text(form, "text"), tuple(path))


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise UsageError("the number of an alert is missing; load the page again")
    return int(text)


def _score(text: str) -> float | None:
    try:
        return float(text) if text.strip() else None
    except ValueError:
        raise UsageError(f"score {text!r}: give a number from 0 to 1") from None
