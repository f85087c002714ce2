"""What a run has finished, kept beside its output until the run is complete.

Takes finished chunks in input order; keeps their rows in `<output>.partial/`, so that an interrupted run goes on
where it stopped. A chunk counts once its line in `progress.jsonl` is on the disk, after its rows. Must not mix two
runs: what the partial rows were made from is kept with them and compared.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from filelock import FileLock, Timeout

from allonym.errors import UsageError
from allonym.screening.outcome import Counts


class Journal:
    """The folder of one unfinished run. `done` chunks and their `counts` are what is already there.

    `identity` says what the rows are made from: input, mapping, lists, parameters, versions. Raises UsageError when the
    folder holds the rows of another run, or another process is writing to it.
    """

    def __init__(self, folder: Path, identity: dict[str, Any], *, restart: bool = False) -> None:
        self.folder = folder
        self.done = 0
        self.counts = Counts()
        folder.mkdir(exist_ok=True)
        self._lock = FileLock(folder / "lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UsageError(
                f"{folder}: another run is writing this output; wait for it, or give another --output"
            ) from None
        self._rows: BinaryIO | None = None
        self._progress: BinaryIO | None = None
        try:
            self._open(orjson.loads(orjson.dumps(identity)), restart)
        except BaseException:
            self.close()
            raise

    def _open(self, identity: dict[str, Any], restart: bool) -> None:
        about = self.folder / "run.json"
        if restart or not about.exists():
            for name in ("rows.jsonl", "progress.jsonl"):
                (self.folder / name).unlink(missing_ok=True)
            new = self.folder / "run.json.new"
            new.write_bytes(orjson.dumps(identity, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
            new.replace(about)
        else:
            self._same(about, identity)
        self._rows = self._append("rows.jsonl")
        self._progress = self._append("progress.jsonl")
        end, kept = self._recover()
        self._rows.truncate(end)
        self._progress.truncate(kept)
        self._rows.seek(0, os.SEEK_END)
        self._progress.seek(0, os.SEEK_END)

    def _same(self, about: Path, identity: dict[str, Any]) -> None:
        try:
            before = orjson.loads(about.read_bytes())
        except orjson.JSONDecodeError:
            before = {}
        changed = sorted(key for key in before.keys() | identity.keys() if before.get(key) != identity.get(key))
        if changed:
            raise UsageError(
                f"{self.folder}: holds an unfinished run made with other {', '.join(changed)}; "
                "drop it with --restart, or give another --output"
            )

    def _append(self, name: str) -> BinaryIO:
        path = self.folder / name
        path.touch()
        return path.open("r+b")

    def _recover(self) -> tuple[int, int]:
        """The ends of what is complete in both files: a torn last line, or rows that never arrived, do not count."""
        assert self._rows and self._progress
        size = self._rows.seek(0, os.SEEK_END)
        end = kept = 0
        for line in self._progress:
            try:
                chunk, offset, queries, hits, matched = orjson.loads(line)
            except ValueError:
                break
            if not line.endswith(b"\n") or chunk != self.done or offset > size:
                break
            self.done, self.counts = chunk + 1, self.counts + Counts(queries, hits, matched)
            end, kept = offset, kept + len(line)
        return end, kept

    def add(self, rows: bytes, counts: Counts) -> None:
        """Keep the rows of the next chunk."""
        assert self._rows and self._progress
        self._rows.write(rows)
        _to_disk(self._rows)
        line = [self.done, self._rows.tell(), counts.queries, counts.hits, counts.matched]
        self._progress.write(orjson.dumps(line) + b"\n")
        _to_disk(self._progress)
        self.done += 1
        self.counts += counts

    def rows(self) -> Iterator[list[Any]]:
        """Every row kept so far, in order."""
        with (self.folder / "rows.jsonl").open("rb") as file:
            for line in file:
                yield orjson.loads(line)

    def close(self) -> None:
        """Let go of the folder; it stays for the next try."""
        for file in (self._rows, self._progress):
            if file:
                file.close()
        self._lock.release()

    def remove(self) -> None:
        """The run is complete: the folder goes."""
        self.close()
        shutil.rmtree(self.folder)


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
