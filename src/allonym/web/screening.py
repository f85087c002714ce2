"""The pages that screen a file: upload, columns, progress, results, files to keep.

Takes a file of customers; gives a job of `api.jobs` and its results. Without script a page that waits loads itself
again. Must not screen anything itself.
"""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Form, Query, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import FileResponse, RedirectResponse, Response

from allonym.alerting import sentence
from allonym.api.acting import person
from allonym.api.jobs import FINISHED, Asked, Job, Jobs
from allonym.api.keys import Role
from allonym.api.problem import ProblemError
from allonym.api.security import Analyst, Caller
from allonym.api.served import Served
from allonym.api.v1.jobs import MEDIA_TYPES
from allonym.api.work import Work
from allonym.errors import UsageError
from allonym.screening.query import known_schema
from allonym.screening.reader import FORMATS
from allonym.web import results
from allonym.web.access import AnalystSends
from allonym.web.failing import PageRoute
from allonym.web.pages import page
from allonym.web.search import SCHEMATA
from allonym.web.uploads import Upload, Uploads, choices, look

FILES = {"results.csv": "text/csv", "results.jsonl": MEDIA_TYPES["jsonl"], "rejects.csv": "text/csv",
         "evidence.html": "text/html; charset=utf-8"}  # fmt: skip
Number = Annotated[int, Query(ge=1, le=1_000_000)]


def router(served: Served, work: Work) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)
    jobs, uploads = Jobs(served.settings.data), Uploads(served.settings.data)

    @routes.get("/screening")
    async def begin(request: Request, caller: Analyst) -> Response:
        """The form, and the caller's jobs, newest first."""
        found = await run_in_threadpool(lambda: [(j.status(), results.name_of(j)) for j in jobs.owned(_owner(caller))])
        return page(request, "screening.html", jobs=found[::-1], formats=tuple(FORMATS),
                    most=served.settings.most_bytes)  # fmt: skip

    @routes.post("/screening")
    async def upload(request: Request, caller: AnalystSends, file: Annotated[UploadFile, Form()]) -> Response:
        """Keep the file until its columns were looked at."""
        kept = await run_in_threadpool(uploads.keep, file.filename or "", file.file, caller.key_id)
        return RedirectResponse(f"/screening/upload/{kept.upload_id}", 303)

    @routes.get("/screening/upload/{upload_id}")
    async def columns(request: Request, caller: Analyst, upload_id: str) -> Response:
        """What the columns were taken for, to be corrected."""
        kept = uploads.get(upload_id, caller.key_id)
        looked = await run_in_threadpool(look, kept)
        return page(request, "columns.html", upload=kept, looked=looked, choices=choices(), schemata=SCHEMATA)

    @routes.post("/screening/upload/{upload_id}")
    async def start(request: Request, caller: AnalystSends, upload_id: str) -> Response:
        """Begin, or remove the file."""
        kept = uploads.get(upload_id, caller.key_id)
        form = await request.form()
        if form.get("act") == "remove":
            await run_in_threadpool(kept.drop)
            return RedirectResponse("/screening", 303)
        job_id = await run_in_threadpool(_started, jobs, kept, form)
        return RedirectResponse(f"/screening/{job_id}", 303)

    _results(routes, work, jobs)
    return routes


def _results(routes: APIRouter, work: Work, jobs: Jobs) -> None:
    """The routes of one job."""

    @routes.get("/screening/{job_id}")
    async def job_page(
        request: Request, caller: Analyst, job_id: str, part: bool = False, number: Number = 1, every: bool = False
    ) -> Response:  # fmt: skip
        """How far it is, or what came out."""
        told = await run_in_threadpool(_told, jobs.get(job_id, _owner(caller)), number, every)
        return page(request, "_job.html" if part else "job.html", **told, said="")

    @routes.get("/screening/{job_id}/{name}")
    async def job_file(request: Request, caller: Analyst, job_id: str, name: str) -> Response:
        """A file to keep."""
        job = jobs.get(job_id, _owner(caller))
        if name not in FILES or job.status().state != "done":
            raise ProblemError("not-found", "the job has no such file")
        if name == "evidence.html":
            path = await work.ask(request, lambda lists, stop: results.evidence_of(lists, job), long=True)
        elif name == "results.csv":
            path = await run_in_threadpool(results.csv_of, job)
        else:
            path = job.rejects if name == "rejects.csv" else job.output
        if not path.exists():
            raise ProblemError("not-found", "every row of the file was used")
        return FileResponse(path, media_type=FILES[name], filename=name, headers={"Cache-Control": "no-store"})

    @routes.post("/screening/{job_id}")
    async def job_act(
        request: Request, caller: AnalystSends, job_id: str, act: Annotated[str, Form(max_length=20)]
    ) -> Response:
        """Cancel it, remove it, or open alerts for its hits."""
        job = jobs.get(job_id, _owner(caller))
        if act == "alerts" and job.status().state == "done":
            who = person(caller)
            opened = await work.ask(request, lambda lists, stop: results.open_alerts(lists, job, who), long=True)
            told = await run_in_threadpool(_told, job, 1, False)
            return page(request, "job.html", **told, said=sentence(opened))
        if act not in ("cancel", "remove"):
            raise ProblemError("conflict", "that cannot be done with this job as it is")
        await run_in_threadpool(jobs.cancel, job)
        return RedirectResponse("/screening", 303)


def _started(jobs: Jobs, kept: Upload, form: FormData) -> str:
    """Start a job as the form of the columns says."""
    looked = look(kept)
    maps = []
    for index, column in enumerate(looked.columns or ()):
        chosen = str(form.get(f"column{index}", column.target))
        if column.heading.strip() and (chosen != column.target or looked.wrong):
            maps.append(f"{column.heading}={chosen or 'ignore'}")
    threshold = str(form.get("threshold", "")).strip()
    asked = Asked(
        kept.owner, kept.path.suffix, "jsonl", _part(threshold) if threshold else None, 10,
        known_schema(str(form.get("schema", "")) or None), None, True, str(form.get("as_of", "")).strip() or None,
        None, tuple(maps),
    )  # fmt: skip
    with kept.path.open("rb") as file:
        status = jobs.start(asked, file)
    jobs.get(status.job_id, kept.owner).write(results.ABOUT, orjson.dumps({"name": kept.name}))
    kept.drop()
    return status.job_id


def _part(text: str) -> float:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(f"threshold {text!r}: give a number from 0 to 1")
    return found


def _told(job: Job, number: int, every: bool) -> dict[str, Any]:
    status = job.status()
    done = status.state == "done"
    return {
        "status": status, "name": results.name_of(job), "ended": status.state in FINISHED, "every": every,
        "results": results.page_rows(job, number, hits=not every) if done else None, "asked": job.asked,
    }  # fmt: skip


def _owner(caller: Caller) -> str | None:
    return None if caller.role is Role.ADMIN else caller.key_id
