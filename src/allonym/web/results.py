"""The results of a job: read page by page, and made into files to be kept.

Takes a job that is done, whose results are JSON lines; gives rows, a CSV whose cells no spreadsheet runs, and the page
of evidence. Must not hold all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from allonym.alerting import of_run
from allonym.api.jobs import Job
from allonym.api.problem import ProblemError
from allonym.cases import Opened
from allonym.cases.cases import By
from allonym.evidencing import Made, notes, page_of
from allonym.lists import Lists
from allonym.screening.evidence_page import keep
from allonym.screening.outcome import COLUMNS
from allonym.screening.reader import Input, ReadOptions
from allonym.screening.record import Record
from allonym.screening.run import NOTED, RunResult
from allonym.screening.writer import write_csv
from allonym.store.view import View

ON_A_PAGE = 50
ABOUT = "page.json"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a page; `more`: there is another one."""

    rows: list[dict[str, Any]]
    number: int
    more: bool


def name_of(job: Job) -> str:
    """What the file was called where it came from."""
    try:
        return str(orjson.loads((job.folder / ABOUT).read_bytes())["name"])
    except (OSError, ValueError, KeyError):
        return "a file"


def page_rows(job: Job, number: int, *, hits: bool) -> Rows:
    """A page of rows, all or those with a hit."""
    wanted = (row for row in _read(job) if not hits or row["entity_id"] is not None)
    found = list(islice(wanted, (number - 1) * ON_A_PAGE, number * ON_A_PAGE + 1))
    return Rows(found[:ON_A_PAGE], number, len(found) > ON_A_PAGE)


def csv_of(job: Job) -> Path:
    """The results as CSV; made when it is first asked for."""
    return _made(job, "kept.csv", lambda file: write_csv(([row[c] for c in COLUMNS] for row in _read(job)), file))


def evidence_of(lists: Lists, job: Job) -> Path:
    """The page of evidence, sealed; made when it is first asked for."""

    def write(file: BinaryIO) -> None:
        record, path = _record(lists, job)
        told = notes(lists, View(record.view), record.parameters)
        with _input(job) as source:
            page = page_of(lists, source, Made(record, path, _with_hits(job), name_of(job)), told)
        keep(path, page)
        file.write(page.encode("utf-8", "backslashreplace"))

    return _made(job, "kept.html", write)


def open_alerts(lists: Lists, job: Job, by: By) -> Opened:
    """Open alerts for the hits of a job, which must have asked today's lists."""
    record, _ = _record(lists, job)
    if record.parameters.as_of or record.parameters.known_at:
        raise ProblemError("unusable", "alerts are of today's lists; screen the file again without a day")
    with _input(job) as source:
        result = RunResult(record, None, [], 0, _with_hits(job))
        return of_run(lists, source, result, record.parameters, by)  # type: ignore[arg-type]


def _read(job: Job) -> Iterator[dict[str, Any]]:
    with job.output.open("rb") as file:
        for line in file:
            yield orjson.loads(line)


def _with_hits(job: Job) -> frozenset[int]:
    found = (row["query_row"] for row in _read(job) if row["entity_id"] is not None)
    rows: dict[int, None] = {}
    for row in found:
        rows[row] = None
        if len(rows) >= NOTED:
            break
    return frozenset(rows)


def _record(lists: Lists, job: Job) -> tuple[Record, Path]:
    path = lists.records_folder / f"{job.told().record}.json"
    return Record.read(path), path


def _input(job: Job) -> Input:
    asked = job.asked
    source = Input(str(job.input), ReadOptions(maps=asked.maps, schema=asked.schema))
    source.name = name_of(job)
    return source


def _made(job: Job, name: str, write: Callable[[BinaryIO], Any]) -> Path:
    """A file of the job's folder, there complete or not at all."""
    path = job.folder / name
    if not path.exists():
        draft = job.folder / f".{name}"
        with draft.open("wb") as file:
            write(file)
        draft.replace(path)
    return path
