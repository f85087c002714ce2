"""What is done with one alert, by HTTP.

Takes the number of an alert and an act; gives the alert as it is then. Every act but a note and a file names the
version of the alert that was looked at: whoever comes second is told who did what when. Must not decide: roles beyond
that of an analyst, and who may approve, are for `cases` to hold.
"""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from allonym.api.acting import person
from allonym.api.security import Admin, Analyst, Caller, Reviewer
from allonym.api.v1 import cases_told as told
from allonym.api.v1.answers import DAY, answer
from allonym.api.v1.cases_told import AlertFile, AlertNow, Outcome
from allonym.api.work import Work
from allonym.cases import Alert, Cases, Closing, State, Verdict
from allonym.cases.cases import By
from allonym.cases.reasons import LONGEST_TEXT

Number = Annotated[int, InPath(ge=1, le=10**15, examples=[12])]
Digest = Annotated[str, InPath(pattern=r"^[0-9a-f]{64}$", examples=["9f" * 32])]
Words = Annotated[str, Field(max_length=LONGEST_TEXT)]
Needed = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
BINARY = "application/octet-stream"


def _config(**example: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [example]})


class Seen(BaseModel):
    """The version of the alert that was looked at."""

    version: Annotated[int, Field(ge=1, le=10**15, description="As the alert had it; another one now is refused.")]


class Said(Seen):
    """With words, if there are any."""

    model_config = _config(version=3, text="the passport number agrees but for one digit")
    text: Words = ""


class Why(Seen):
    """With words why."""

    model_config = _config(version=3, text="the customer sent another passport")
    text: Needed


class Assigning(Seen):
    """To whom; null is nobody."""

    model_config = _config(version=3, assignee="Ana")
    assignee: Annotated[str | None, Field(max_length=200)]


class Dating(Seen):
    """By when; null is no day."""

    model_config = _config(version=3, due="2026-12-01")
    due: Annotated[str, Field(pattern=DAY)] | None


class Noting(BaseModel):
    """Words that are kept with an alert."""

    model_config = _config(text="asked the branch for a copy of the passport")
    text: Needed


class Step(BaseModel):
    """An answer to a step of the guided path."""

    model_config = ConfigDict(extra="forbid", strict=True)
    step: Annotated[str, Field(max_length=100)]
    verdict: Annotated[str, Field(max_length=100)]
    text: Words = ""


class Decision(BaseModel):
    """What it is closed as, a reason code, words, the guided path where it was walked."""

    outcome: Outcome
    code: Annotated[str, Field(max_length=100, description="See /cases/reasons.")]
    text: Words = ""
    steps: Annotated[list[Step], Field(max_length=100)] = []

    def closing(self) -> Closing:
        """As cases take it."""
        steps = tuple(Verdict(s.step, s.verdict, s.text) for s in self.steps)
        return Closing(State(self.outcome), self.code, self.text, steps)


class Deciding(Seen, Decision):
    """A decision on the alert as it was seen."""

    model_config = _config(version=3, outcome="false_alarm", code="other_birth_date", text="1961 against 1984")


class Sent(BaseModel):
    """The form: a file, and what it is."""

    file: UploadFile
    text: Words = ""


class Erased(BaseModel):
    """How many entries of the log lost their content."""

    entries: int


def add_acts(routes: APIRouter, work: Work) -> None:
    """The routes of acts, of decisions and of files."""
    _add_work(routes, work)
    _add_decisions(routes, work)
    _add_files(routes, work)


async def _done(request: Request, work: Work, caller: Caller, act: Callable[[Cases, By], Alert]) -> Response:
    """The alert after an act, by whoever calls."""
    by = person(caller)
    return answer(told.alert(await work.ask(request, lambda lists, _: act(Cases(lists), by))))


def _add_work(routes: APIRouter, work: Work) -> None:
    @routes.post("/cases/{number}/notes", response_model=AlertNow, summary="Add a note")
    async def case_note(request: Request, caller: Analyst, number: Number, asked: Noting) -> Response:
        """Kept in the history; it needs no version, for it overrules nobody."""
        return await _done(request, work, caller, lambda cases, by: cases.note(number, asked.text, by=by))

    @routes.post("/cases/{number}/assign", response_model=AlertNow, summary="Give an alert to somebody")
    async def case_assign(request: Request, caller: Analyst, number: Number, asked: Assigning) -> Response:
        """Or to nobody."""
        return await _done(request, work, caller, lambda cases, by: cases.assign(
            number, asked.assignee or "", by=by, seen=asked.version))  # fmt: skip

    @routes.post("/cases/{number}/due", response_model=AlertNow, summary="Set the day it is due")
    async def case_due(request: Request, caller: Analyst, number: Number, asked: Dating) -> Response:
        """Or none."""
        return await _done(request, work, caller, lambda cases, by: cases.set_due(
            number, asked.due or "", by=by, seen=asked.version))  # fmt: skip

    @routes.post("/cases/{number}/escalate", response_model=AlertNow, summary="Hand an alert up")
    async def case_escalate(request: Request, caller: Analyst, number: Number, asked: Said) -> Response:
        """It is still to be decided."""
        return await _done(request, work, caller, lambda cases, by: cases.escalate(
            number, by=by, text=asked.text, seen=asked.version))  # fmt: skip


def _add_decisions(routes: APIRouter, work: Work) -> None:
    @routes.post("/cases/{number}/close", response_model=AlertNow, summary="Decide an alert")
    async def case_close(request: Request, caller: Analyst, number: Number, asked: Deciding) -> Response:
        """Closed as a true match, a false alarm or undecided. Where the policy wants a second person, it is proposed
        and waits."""
        return await _done(request, work, caller, lambda cases, by: cases.close(
            number, asked.closing(), by=by, seen=asked.version))  # fmt: skip

    @routes.post("/cases/{number}/approve", response_model=AlertNow, summary="Approve what was proposed")
    async def case_approve(request: Request, caller: Reviewer, number: Number, asked: Said) -> Response:
        """By another person than the one who proposed it, whatever the role (403)."""
        return await _done(request, work, caller, lambda cases, by: cases.approve(
            number, by=by, text=asked.text, seen=asked.version))  # fmt: skip

    @routes.post("/cases/{number}/reject", response_model=AlertNow, summary="Do not approve it")
    async def case_reject(request: Request, caller: Analyst, number: Number, asked: Why) -> Response:
        """By a reviewer; whoever proposed it takes it back this way."""
        return await _done(request, work, caller, lambda cases, by: cases.reject(
            number, asked.text, by=by, seen=asked.version))  # fmt: skip

    @routes.post("/cases/{number}/reopen", response_model=AlertNow, summary="Open it again")
    async def case_reopen(request: Request, caller: Analyst, number: Number, asked: Why) -> Response:
        """The decision stays in the history."""
        return await _done(request, work, caller, lambda cases, by: cases.reopen(
            number, asked.text, by=by, seen=asked.version))  # fmt: skip

    @routes.post("/cases/{number}/erase", response_model=Erased, summary="Erase an alert")
    async def case_erase(request: Request, caller: Admin, number: Number, asked: Noting) -> Response:
        """Customer, entity, notes and files, by the duty that `text` names, when the policy's years are over. The log
        keeps who did what when, and its hashes."""
        by = person(caller)
        entries = await work.ask(request, lambda lists, _: Cases(lists).erase(number, asked.text, by=by))
        return answer({"entries": entries})


def _add_files(routes: APIRouter, work: Work) -> None:
    @routes.post("/cases/{number}/attachments", status_code=201, response_model=AlertFile, summary="Attach a file")
    async def case_attach(
        request: Request, caller: Analyst, number: Number, sent: Annotated[Sent, Form(media_type="multipart/form-data")]
    ) -> Response:
        """Kept under the SHA-256 of its bytes; its name is shown and never used as a path, programs are refused."""
        by, name, content = person(caller), sent.file.filename or "", await sent.file.read()
        file = await work.ask(request, lambda lists, _: Cases(lists).attach(number, name, content, by=by,
                                                                            text=sent.text))  # fmt: skip
        where = f"/api/v1/cases/{number}/attachments/{file.sha256}"
        return answer(told.attachment(file), 201, {"Location": where})

    @routes.get("/cases/{number}/attachments/{sha256}", summary="A file of an alert", response_class=Response,
                responses={200: {"content": {BINARY: {}}}})  # fmt: skip
    async def case_attachment(request: Request, caller: Analyst, number: Number, sha256: Digest) -> Response:
        """To be saved: whatever it is, it is sent as bytes of no type."""
        file, content = await work.ask(request, lambda lists, _: Cases(lists).attachment(number, sha256))
        named = f"attachment; filename=\"attachment-{file.sha256[:12]}\"; filename*=UTF-8''{quote(file.name, safe='')}"
        return Response(content, 200, {"Content-Disposition": named, "Cache-Control": "no-store"}, BINARY)
