"""Files of customers that were uploaded and wait for their columns to be looked at.

Takes bytes; keeps them in the data folder's `uploads`, a folder each, for a day at most; gives headings, the mapping
that was recognised, and the first rows. Must not screen.
"""

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import orjson

from allonym.api.problem import ProblemError
from allonym.errors import InputError
from allonym.screening.columns import recognised, targets
from allonym.screening.csv_reader import CsvTable, Row
from allonym.screening.encoding import survey
from allonym.screening.json_reader import objects
from allonym.screening.lines import numbered
from allonym.screening.parquet_reader import ParquetTable
from allonym.screening.reader import FORMATS, Input
from allonym.screening.rejects import Reject

KEPT = 24 * 3600.0
MOST = 50
ROWS, LONGEST = 5, 60
NAME = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it was taken for ("" for nothing), and its first values."""

    heading: str
    target: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file was found to be: its columns (None for FollowTheMoney entities), and what is wrong with it."""

    columns: tuple[Column, ...] | None
    told: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits."""

    folder: Path
    name: str
    owner: str

    @property
    def upload_id(self) -> str:
        """What addresses call it."""
        return self.folder.name

    @property
    def path(self) -> Path:
        """The file itself."""
        return self.folder / f"input{PurePath(self.name).suffix.lower()}"

    def drop(self) -> None:
        """Remove it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Uploads:
    """The files that wait in a data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "uploads"

    def keep(self, name: str, content: BinaryIO, owner: str) -> Upload:
        """Keep a file. Raises ProblemError for an ending that says no format, and when too many wait."""
        self._tidy()
        plain = PurePath(name.replace("\\", "/")).name.encode("utf-8", "replace").decode()[-200:]
        if PurePath(plain).suffix.lower() not in FORMATS:
            raise ProblemError("unusable", f"the file's ending says no format that is read: {', '.join(FORMATS)}")
        if self.folder.is_dir() and sum(1 for _ in self.folder.iterdir()) >= MOST:
            raise ProblemError("busy", "too many files wait to be screened; remove some, or come back tomorrow")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Upload(self.folder / secrets.token_hex(12), plain, owner)
        made.folder.mkdir(mode=0o700)
        try:
            with made.path.open("wb") as file:
                shutil.copyfileobj(content, file, 1 << 20)
            (made.folder / "about.json").write_bytes(orjson.dumps({"name": plain, "owner": owner}))
        except BaseException:
            made.drop()
            raise
        return made

    def get(self, upload_id: str, owner: str) -> Upload:
        """The file of that id, if it is the owner's. Raises ProblemError."""
        about = self.folder / upload_id / "about.json"
        if NAME.fullmatch(upload_id) and about.exists():
            told: dict[str, Any] = orjson.loads(about.read_bytes())
            if told["owner"] == owner:
                return Upload(self.folder / upload_id, told["name"], told["owner"])
        raise ProblemError("not-found", "no such file; it was screened or removed: upload it again")

    def _tidy(self) -> None:
        limit = time.time() - KEPT
        with contextlib.suppress(OSError):
            for folder in self.folder.iterdir():
                if folder.stat().st_mtime < limit:
                    shutil.rmtree(folder, ignore_errors=True)


def look(upload: Upload) -> Looked:
    """What the file is, and what its columns were taken for. Raises InputError for one that cannot be used at all."""
    wrong = ""
    try:
        with Input(str(upload.path)) as source:
            told = source.describe().partition("\n")[0].partition(": ")[2]
            if source.mapping is None:
                return Looked(None, told, "")
            found = [target or "" for target in source.mapping.targets]
    except InputError as error:
        plain, unnamed, _ = str(error).replace(str(upload.path), upload.name).partition("; say which")
        if not unnamed:  # its columns are not what is wrong
            raise InputError(plain) from None
        told, found, wrong = "", [], plain
    headings, rows = _table(upload.path)
    found = found or [recognised(heading) or "" for heading in headings]
    columns = (Column(heading, target, tuple(row[i] for row in rows if i < len(row) and row[i]))
               for i, (heading, target) in enumerate(zip(headings, found, strict=True)))  # fmt: skip
    return Looked(tuple(columns), told, wrong)


def choices() -> list[str]:
    """What a column can be taken for."""
    return [target for target in targets() if target != "ignore"]


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    """The headings and the first rows of a file."""
    kind = FORMATS[path.suffix.casefold()]
    if kind == "parquet":
        table = ParquetTable(path)
        rows = [[_short(c) for c in row[1]] for row in islice(table.rows(), ROWS) if not isinstance(row, Reject)]
        return list(table.headings), rows
    with path.open("rb") as file:
        found = survey(file, encoding=None)
        if kind == "csv":
            csv = CsvTable(lambda: numbered(file, found), path.name)
            return list(csv.headings), [[_short(c) for c in r.cells] for r in islice(_good(csv), ROWS)]
        items = [i for i in islice(objects(numbered(file, found)), 1_000) if not isinstance(i, Reject)]
    headings = list(dict.fromkeys(key for item in items for key in item.value))
    return headings, [[_short(item.value.get(h, "")) for h in headings] for item in items[:ROWS]]


def _good(table: CsvTable) -> Iterator[Row]:
    return (row for row in table.rows() if isinstance(row, Row))


def _short(cell: Any) -> str:
    text = "; ".join(map(str, cell)) if isinstance(cell, list | tuple) else str(cell)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
