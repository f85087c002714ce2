"""Files of customers by HTTP: uploaded, screened in the background, fetched.

Takes uploads; gives jobs, their progress and results. A key sees its own jobs, an admin all. Must not screen anything
itself.
"""

from pathlib import PurePath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from allonym.api.jobs import FINISHED, Asked, Jobs, Status
from allonym.api.keys import Role
from allonym.api.problem import KINDS, TYPES_AT, ProblemError
from allonym.api.security import Analyst, Caller
from allonym.api.v1.answers import PROBLEM, Day, JobId, answer
from allonym.lists import listed_names
from allonym.screening.query import known_schema
from allonym.screening.reader import FORMATS

MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson", "json": "application/json",
               "parquet": "application/vnd.apache.parquet"}  # fmt: skip
Text = Annotated[str | None, Form(max_length=1_000)]


class Job(BaseModel):
    """A job and how far it is; `fraction` of the file read (0 to 1), `problem` why it failed."""

    id: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    made: str
    finished: str | None
    fraction: float
    queries: int
    hits: int
    matched: int
    rejects: int
    record: str | None
    notes: list[str]
    problem: dict[str, Any] | None
    results: str | None


class JobList(BaseModel):
    """Jobs, oldest first."""

    jobs: list[Job]


class Sent(BaseModel):
    """The form: a file of customers (.csv, .tsv, .jsonl, .parquet), and how to screen it. `sources` are names with
    commas, `map` is `COLUMN=PROPERTY`, one a line."""

    file: UploadFile
    format: Literal["csv", "jsonl", "json", "parquet"] = "csv"
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    schema_: Annotated[str | None, Field(alias="schema", max_length=100)] = None
    sources: Annotated[str | None, Field(max_length=1_000)] = None
    merged: bool = True
    as_of: Day | None = None
    known_at: Day | None = None
    map: Annotated[str | None, Field(max_length=10_000)] = None


def router(jobs: Jobs) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["jobs"], responses=PROBLEM)

    @routes.post("/screen/jobs", status_code=202, response_model=Job, summary="Screen a file of customers")
    async def job_create(caller: Analyst, sent: Annotated[Sent, Form(media_type="multipart/form-data")]) -> Response:
        """Take a file; the answer says where its progress is told. A CSV of results has its cells defused, so that a
        spreadsheet runs none of them."""
        asked = _asked(caller, sent)
        status = await run_in_threadpool(jobs.start, asked, sent.file.file)
        return answer(_told(status), 202, {"Location": f"/api/v1/screen/jobs/{status.job_id}"})

    @routes.get("/screen/jobs", response_model=JobList, summary="The jobs")
    async def job_list(caller: Analyst) -> Response:
        """Those of the key; all for an admin."""
        found = await run_in_threadpool(lambda: [_told(job.status()) for job in jobs.owned(_owner(caller))])
        return answer({"jobs": found})

    @routes.get("/screen/jobs/{job_id}", response_model=Job, summary="How far a job is")
    async def job_status(caller: Analyst, job_id: JobId) -> Response:
        """Ask until `state` is done, failed or cancelled."""
        status = await run_in_threadpool(lambda: jobs.get(job_id, _owner(caller)).status())
        return answer(_told(status), headers={} if status.state in FINISHED else {"Retry-After": "1"})

    @routes.get("/screen/jobs/{job_id}/results", summary="The results of a job", response_class=FileResponse,
                responses={200: {"content": {m: {} for m in MEDIA_TYPES.values()}}})  # fmt: skip
    async def job_results(caller: Analyst, job_id: JobId) -> Response:
        """One row a hit, and one for each query without a hit, in the format that was asked for."""
        job = await run_in_threadpool(_done, jobs, job_id, caller)
        return FileResponse(
            job.output, media_type=MEDIA_TYPES[job.asked.format], filename=f"results.{job.asked.format}"
        )

    @routes.get("/screen/jobs/{job_id}/rejects", summary="The rows a job did not use", response_class=FileResponse,
                responses={200: {"content": {"text/csv": {}}}})  # fmt: skip
    async def job_rejects(caller: Analyst, job_id: JobId) -> Response:
        """Line, reason and row of each."""
        job = await run_in_threadpool(_done, jobs, job_id, caller)
        if not job.rejects.exists():
            raise ProblemError("not-found", "every row of the file was used")
        return FileResponse(job.rejects, media_type="text/csv", filename="rejects.csv")

    @routes.delete("/screen/jobs/{job_id}", response_model=Job, summary="Cancel or remove a job")
    async def job_cancel(caller: Analyst, job_id: JobId) -> Response:
        """One that runs is stopped within seconds; a finished one is removed with its results."""
        return answer(_told(await run_in_threadpool(lambda: jobs.cancel(jobs.get(job_id, _owner(caller))))))

    return routes


def _asked(caller: Caller, sent: Sent) -> Asked:
    suffix = PurePath(sent.file.filename or "").suffix.lower()
    if suffix not in FORMATS:
        raise ProblemError("unusable", f"the file's ending says no format that is read: {', '.join(FORMATS)}")
    maps = tuple(line.strip() for line in (sent.map or "").splitlines() if line.strip())
    return Asked(
        caller.key_id, suffix, sent.format, sent.threshold, sent.limit, known_schema(sent.schema_),
        listed_names(sent.sources or None), sent.merged, sent.as_of, sent.known_at, maps,
    )  # fmt: skip


def _owner(caller: Caller) -> str | None:
    return None if caller.role is Role.ADMIN else caller.key_id


def _done(jobs: Jobs, job_id: str, caller: Caller) -> Any:
    job = jobs.get(job_id, _owner(caller))
    state = job.status().state
    if state != "done":
        raise ProblemError("conflict", f"the job is {state}, and has no results")
    return job


def _told(status: Status) -> dict[str, Any]:
    found = {name: getattr(status, name) for name in ("state", "made", "finished", "fraction", "queries", "hits",
                                                      "matched", "rejects", "record", "notes")}  # fmt: skip
    wrong = status.problem
    if wrong is not None:
        kind = KINDS[wrong["kind"]]
        wrong = {"type": f"{TYPES_AT}{wrong['kind']}", "title": kind.title, "status": kind.status,
                 "detail": wrong["detail"]}  # fmt: skip
    where = f"/api/v1/screen/jobs/{status.job_id}/results" if status.state == "done" else None
    return {"id": status.job_id, **found, "problem": wrong, "results": where}
