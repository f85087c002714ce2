"""The process of one job: screens its file, tells how far it is, stops when it is cancelled.

Takes the data folder and the job's id; writes into the job's folder. Two run at once in a data folder, the others wait.
Must not outlive its time.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock, Timeout

import allonym
from allonym.api.jobs import SECONDS, Asked, Job, Jobs, Status, now
from allonym.api.problem import ProblemError, of_error, of_os_error
from allonym.errors import AllonymError, InputError
from allonym.lists import Lists, checked
from allonym.matching.engine import Options
from allonym.matching.weights import weights
from allonym.screening.reader import Input, ReadOptions
from allonym.screening.record import Parameters
from allonym.screening.run import Progress, RunOptions, RunResult, Screener, run

AT_ONCE = 2
LOOKED = 0.3
CHUNK = 250  # queries between looks whether it was cancelled


class _CancelledError(Exception):
    """Somebody cancelled it."""


def main() -> None:
    """Do the job; its end is in its status."""
    data, job_id = Path(sys.argv[1]), sys.argv[2]
    job = Job(Jobs(data).folder / job_id)
    status = job.told()
    with job.held():
        threading.Thread(target=_end_in_time, args=(job,), daemon=True).start()
        try:
            with _place(job), allonym.open(data) as lists:
                job.tell(Status(**{**asdict(status), "state": "running"}))
                done = _screen(lists, job, status)
            job.tell(done)
        except _CancelledError:
            _finish(job, "cancelled", None)
        except AllonymError as error:
            _finish(job, "failed", of_error(error))
        except OSError as error:
            _finish(job, "failed", of_os_error(error))
        except Exception as error:  # the type, not the text, which may hold names
            _finish(job, "failed", ProblemError("defect", type(error).__name__))


@contextlib.contextmanager
def _place(job: Job) -> Iterator[None]:
    """Wait for one of the places."""
    while True:
        for number in range(AT_ONCE):
            lock = FileLock(job.folder.parent / f"place-{number}.lock", timeout=0)
            try:
                lock.acquire()
            except Timeout:
                continue
            try:
                yield
                return
            finally:
                lock.release()
        if job.is_cancelled:
            raise _CancelledError
        time.sleep(LOOKED)


def _screen(lists: Lists, job: Job, status: Status) -> Status:
    asked = job.asked
    with Input(str(job.input), ReadOptions(maps=asked.maps, schema=asked.schema)) as source:
        source.name = "the file"  # in messages, which go to whoever uploaded it

        def progress(so_far: Progress) -> None:
            if job.is_cancelled:
                raise _CancelledError
            counts = so_far.counts
            job.tell(Status(status.job_id, "running", status.made, None, round(min(1.0, so_far.fraction), 4),
                            counts.queries, counts.hits, counts.matched, so_far.rejects))  # fmt: skip

        if job.is_cancelled:
            raise _CancelledError
        options = RunOptions(job.output, asked.format, progress=progress, chunk=CHUNK)
        result = run(source, _screener(lists, asked), options)
    if not result.record.queries:
        raise InputError("the file has no row that can be screened; give rows with a name, or say which column is the "
                         "name with a map COLUMN=name")  # fmt: skip
    return _done(lists, status, result)


def _screener(lists: Lists, asked: Asked) -> Screener:
    view = lists.view(asked.as_of, known_at=asked.known_at)
    actors = lists.actors(asked.known_at)[0]
    parameters = Parameters(asked.threshold, asked.limit, asked.schema, asked.sources, asked.merged, asked.as_of,
                            asked.known_at, actors)  # fmt: skip
    options = checked(Options(asked.threshold, asked.limit, asked.sources, asked.merged))
    lists.engine_factory(view, options, actors)  # refuses sources that are not loaded

    def factory() -> object:
        return lists.engine(view, options, actors)

    return Screener(factory, view.snapshots, parameters, allonym.__version__, weights().version)  # type: ignore[arg-type]


def _done(lists: Lists, status: Status, result: RunResult) -> Status:
    record = result.record
    path = record.write(lists.records_folder)
    return Status(status.job_id, "done", status.made, now(), 1.0, record.queries, record.hits, record.queries_matched,
                  record.rejects, path.stem, None, tuple(str(oddity) for oddity in result.oddities))  # fmt: skip


def _finish(job: Job, state: str, error: ProblemError | None) -> None:
    told = None
    if error is not None:
        detail = error.detail.replace(str(job.input), "the file")
        told = {"kind": error.kind, "detail": detail}
    job.tell(Status(**{**asdict(job.told()), "state": state, "finished": now(), "problem": told}))


def _end_in_time(job: Job) -> None:
    """End the process when its time is over, or when a cancelled run does not look up."""
    until, cancelled_at = time.monotonic() + SECONDS, 0.0
    while time.monotonic() < until:
        time.sleep(LOOKED)
        if not cancelled_at and job.is_cancelled:
            cancelled_at = time.monotonic()
        if cancelled_at and time.monotonic() > cancelled_at + 20:
            break
    error = None if job.is_cancelled else ProblemError("timeout", f"it took longer than {SECONDS:,.0f} seconds")
    _finish(job, "cancelled" if error is None else "failed", error)
    os._exit(1)


if __name__ == "__main__":
    main()
