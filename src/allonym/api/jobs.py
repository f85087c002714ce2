"""Jobs: files of customers that are screened in the background, one folder each in the data folder's `jobs`.

Takes a file and how to screen it; gives jobs, their progress, results, and a way to cancel them. A job runs in a
process of its own (`job_child`), and everything about it is in its folder, so that any worker process can answer for
it, and a worker that dies takes no job with it. Must not keep a finished job for more than a day.
"""

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from filelock import FileLock, Timeout

from allonym.api.problem import ProblemError

MOST = 16  # waiting or running
SECONDS = 3 * 3600.0  # a job may run
KEPT = 24 * 3600.0  # seconds after it finished
STARTS_WITHIN = 60.0
FINISHED = ("done", "failed", "cancelled")
JOB_ID = re.compile(r"[0-9a-f]{24}")
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is screened: its ending, the options of `allonym screen`, and the key that asked."""

    owner: str
    suffix: str
    format: str
    threshold: float | None = None
    limit: int = 10
    schema: str | None = None
    sources: tuple[str, ...] | None = None
    merged: bool = True
    as_of: str | None = None
    known_at: str | None = None
    maps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """How a job is: `state` queued, running, done, failed or cancelled; `fraction` of the input read (0 to 1)."""

    job_id: str
    state: str
    made: str
    finished: str | None = None
    fraction: float = 0.0
    queries: int = 0
    hits: int = 0
    matched: int = 0
    rejects: int = 0
    record: str | None = None
    problem: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()


class Job:
    """The folder of one job."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.job_id = folder.name

    @property
    def asked(self) -> Asked:
        """What was asked."""
        values = orjson.loads((self.folder / "asked.json").read_bytes())
        sources = values["sources"]
        return Asked(**{**values, "sources": None if sources is None else tuple(sources),
                        "maps": tuple(values["maps"])})  # fmt: skip

    @property
    def input(self) -> Path:
        """The file of customers."""
        return self.folder / f"input{self.asked.suffix}"

    @property
    def output(self) -> Path:
        """The results, when it is done."""
        return self.folder / f"results.{self.asked.format}"

    @property
    def rejects(self) -> Path:
        """The rows not used."""
        return self.output.with_name(f"{self.output.name}.rejects.csv")

    def write(self, name: str, content: bytes) -> None:
        """Write a small file of it, complete or not at all."""
        new = self.folder / f".{name}.{os.getpid()}"
        new.write_bytes(content)
        new.replace(self.folder / name)

    def tell(self, status: Status) -> None:
        """Keep how it is."""
        self.write("status.json", orjson.dumps(status))

    def status(self) -> Status:
        """How it is; one whose process died has failed."""
        found = self.told()
        if found.state in FINISHED or time.time() - self._age_of("asked.json") < STARTS_WITHIN:
            return found
        with contextlib.suppress(Timeout), self.held():
            found = self.told()
            if found.state not in FINISHED:
                gone = {"kind": "busy", "detail": "its process ended before it was done; upload the file again"}
                found = Status(**{**asdict(found), "state": "failed", "finished": now(), "problem": gone})
                self.tell(found)
        return found

    def told(self) -> Status:
        """How it was told to be last."""
        values = orjson.loads((self.folder / "status.json").read_bytes())
        return Status(**{**values, "notes": tuple(values["notes"])})

    def held(self) -> FileLock:
        """The lock that its process holds."""
        return FileLock(self.folder / "lock", timeout=0)

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody cancelled it."""
        return (self.folder / "cancel").exists()

    def _age_of(self, name: str) -> float:
        return (self.folder / name).stat().st_mtime


class Jobs:
    """The jobs of a data folder."""

    def __init__(self, data: Path) -> None:
        self.data, self.folder = data, data / "jobs"

    def start(self, asked: Asked, content: BinaryIO) -> Status:
        """Begin a job on a file. Raises ProblemError when too many wait."""
        self.tidy()
        if sum(1 for job in self._all() if job.status().state not in FINISHED) >= MOST:
            raise ProblemError("busy", f"{MOST} jobs wait or run", headers={"Retry-After": "60"})
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        job = Job(self.folder / secrets.token_hex(12))
        draft = self.folder / f".{job.job_id}"
        draft.mkdir(mode=0o700)
        try:
            with (draft / f"input{asked.suffix}").open("wb") as file:
                shutil.copyfileobj(content, file, BLOCK)
            (draft / "asked.json").write_bytes(orjson.dumps(asked))
            status = Status(job.job_id, "queued", now())
            (draft / "status.json").write_bytes(orjson.dumps(status))
            draft.replace(job.folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        words = [sys.executable, "-P", "-m", "allonym.api.job_child", str(self.data), job.job_id]
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        threading.Thread(target=child.wait, daemon=True).start()  # nobody else asks how it ended
        return status

    def get(self, job_id: str, owner: str | None) -> Job:
        """The job of that id, if it is the owner's (None: anybody's). Raises ProblemError."""
        job = Job(self.folder / job_id)
        if JOB_ID.fullmatch(job_id) and (job.folder / "status.json").exists() and owner in (None, job.asked.owner):
            return job
        raise ProblemError("not-found", "no such job; finished ones are removed after a day")

    def owned(self, owner: str | None) -> Iterator[Job]:
        """The jobs of an owner (None: everybody's)."""
        yield from (job for job in self._all() if owner in (None, job.asked.owner))

    def cancel(self, job: Job) -> Status:
        """Stop it, if it is not finished; else remove it."""
        found = job.status()
        if found.state in FINISHED:
            shutil.rmtree(job.folder, ignore_errors=True)
            return found
        job.write("cancel", b"")
        return found

    def tidy(self) -> None:
        """Remove what finished more than a day ago, and what was never begun."""
        limit = time.time() - KEPT
        if not self.folder.is_dir():
            return
        for folder in self.folder.iterdir():
            with contextlib.suppress(OSError, ValueError, KeyError):
                old = folder.stat().st_mtime < limit
                if old and (folder.name.startswith(".") or Job(folder).status().state in FINISHED):
                    shutil.rmtree(folder, ignore_errors=True)

    def _all(self) -> list[Job]:
        if not self.folder.is_dir():
            return []
        found = (path for path in self.folder.iterdir() if JOB_ID.fullmatch(path.name))
        return [Job(path) for path in sorted(found, key=lambda path: path.stat().st_mtime)]


def now() -> str:
    """The time (UTC, ISO)."""
    return datetime.now(UTC).isoformat(timespec="seconds")
