"""A run: a file of customers screened, from the first row to the record.

Takes an opened input, an engine factory and what the engine was made with; writes the output and the rejects, and
gives the record. Finished chunks are kept beside the output, so that an interrupted run goes on where it stopped; the
output appears complete or not at all, with the same bytes whatever the number of workers. Must not keep queries or
hits of more than a few chunks.
"""

import contextlib
import errno
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from allonym.errors import InputError, StoppedError, UsageError
from allonym.screening.journal import Journal
from allonym.screening.oddities import Oddity
from allonym.screening.outcome import Counts
from allonym.screening.query import Query
from allonym.screening.reader import Input
from allonym.screening.record import Parameters, Record, View
from allonym.screening.rejects import RejectsFile
from allonym.screening.workers import EngineFactory, answered
from allonym.screening.writer import WRITERS, output_format

CHUNK = 1_000
NOTED = 1_000
_FULL = (errno.ENOSPC, errno.EDQUOT)
_UNWRITABLE = (*_FULL, errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG, errno.EIO)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `fraction` of the input read (0 to 1), rejects and counts so far."""

    fraction: float
    rejects: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Screener:
    """What answers: the factory of engines, and what they are made with."""

    factory: EngineFactory
    view: View
    parameters: Parameters
    allonym_version: str
    weights_version: str


@dataclass(frozen=True, slots=True)
class RunOptions:
    """`output` None is standard output, which is written at the end; a path also gets a rejects file beside it."""

    output: Path | None = None
    format: str | None = None
    workers: int = 1
    restart: bool = False
    progress: Callable[[Progress], None] | None = None
    stdout: BinaryIO | None = None
    chunk: int = CHUNK


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: its record, the rejects file (None when there is no reject), what was odd in the input, and the
    rows (`Query.row`) of the first queries with a hit, at most `NOTED`."""

    record: Record
    rejects: Path | None
    oddities: list[Oddity] = field(default_factory=list)
    resumed: int = 0  # queries that an interrupted run had answered already
    with_hits: frozenset[int] = frozenset()


def run(source: Input, screener: Screener, options: RunOptions = RunOptions()) -> RunResult:
    """Screen the whole input.

    Raises StoppedError after a Ctrl-C (what is finished is kept), UsageError for an output that cannot be, InputError
    when the disk is full or the output cannot be written.
    """
    return _Run(source, screener, options).run()


class _Run:
    def __init__(self, source: Input, screener: Screener, options: RunOptions) -> None:
        self.source, self.screener, self.options = source, screener, options
        self.format = output_format(options.output, options.format)
        if options.workers < 1:
            raise UsageError(f"--workers {options.workers}: give 1 or more")
        if options.output:
            _check_output(options.output, source.path)
        self._rejects = 0
        self._with_hits = set[int]()

    def run(self) -> RunResult:
        """Screen to the end and publish; a run that is stopped goes on where its journal ends. Raises AllonymError when
        it is stopped or cannot write, OSError for what is no full or unwritable disk."""
        started = _now()
        with contextlib.ExitStack() as stack:
            folder = self._folder(stack)
            try:
                journal = Journal(folder, self._identity(), restart=self.options.restart)
                stack.callback(journal.close)
                resumed = journal.counts.queries
                self._screen(journal)
                checksum, rejects = self._publish(journal)
            except KeyboardInterrupt:
                raise self._stopped() from None
            except OSError as error:
                if error.errno not in _UNWRITABLE:
                    raise
                raise self._unwritable(error) from error
            record = self._record(started, journal.counts, checksum)
            if self.options.output:
                journal.remove()
        return RunResult(record, rejects, self.source.oddities.all(), resumed, frozenset(self._with_hits))

    def _folder(self, stack: contextlib.ExitStack) -> Path:
        if self.options.output:
            return self.options.output.with_name(self.options.output.name + ".partial")
        return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="allonym-")))

    def _identity(self) -> dict[str, object]:
        mapping = self.source.mapping
        return {
            "input": [self.source.survey.sha256, self.source.format, self.source.survey.encoding],
            "mapping": mapping.to_list() if mapping else None,
            "default schema": self.source.options.schema,
            "lists": self.screener.view,
            "parameters": asdict(self.screener.parameters),
            "version": self.screener.allonym_version,
            "weights": self.screener.weights_version,
            "chunk": self.options.chunk,
        }

    def _screen(self, journal: Journal) -> None:
        with RejectsFile(journal.folder / "rejects.csv") as rejects:
            chunks = self._chunks(rejects, skip=journal.done)
            answers = answered(chunks, self.screener.factory, workers=self.options.workers)
            with contextlib.closing(answers):
                for rows, counts in answers:
                    journal.add(rows, counts)
                    if self.options.progress:
                        self.options.progress(Progress(self.source.fraction, rejects.count, journal.counts))
            self._rejects = rejects.count

    def _chunks(self, rejects: RejectsFile, *, skip: int) -> Iterator[list[Query]]:
        """The chunks that are not answered yet. Rejects are all written again: they cost no engine."""
        chunk: list[Query] = []
        number = 0
        for item in self.source:
            if not isinstance(item, Query):
                rejects.add(item)
                continue
            chunk.append(item)
            if len(chunk) == self.options.chunk:
                if number >= skip:
                    yield chunk
                number += 1
                chunk = []
        if chunk and number >= skip:
            yield chunk

    def _publish(self, journal: Journal) -> tuple[str, Path | None]:
        """Write the output and move it, with the rejects, to where it belongs."""
        draft = journal.folder / "output"
        with draft.open("wb") as file:
            WRITERS[self.format](self._noted(journal.rows()), file)
        with draft.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        output = self.options.output
        if output is None:
            with draft.open("rb") as file:
                shutil.copyfileobj(file, self.options.stdout or sys.stdout.buffer)
            return checksum, None
        rejects = output.with_name(output.name + ".rejects.csv")
        if self._rejects:
            (journal.folder / "rejects.csv").replace(rejects)
        else:
            rejects.unlink(missing_ok=True)
        draft.replace(output)
        return checksum, rejects if self._rejects else None

    def _noted(self, rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
        """The rows, as they go by to be written; those with a hit are noted."""
        for row in rows:
            if row[3] is not None and len(self._with_hits) < NOTED:
                self._with_hits.add(row[0])
            yield row

    def _record(self, started: str, counts: Counts, checksum: str) -> Record:
        source, mapping = self.source, self.source.mapping
        return Record(
            input_path=source.path,
            input_sha256=source.survey.sha256,
            input_size=source.survey.size,
            input_format=source.format,
            encoding=None if source.format == "parquet" else source.survey.encoding,
            mapping=tuple(zip(mapping.headings, mapping.targets, strict=True)) if mapping else None,
            parameters=self.screener.parameters,
            view=self.screener.view,
            allonym_version=self.screener.allonym_version,
            weights_version=self.screener.weights_version,
            queries=counts.queries,
            rejects=self._rejects,
            hits=counts.hits,
            queries_matched=counts.matched,
            started=started,
            finished=_now(),
            output_path=str(self.options.output) if self.options.output else None,
            output_format=self.format,
            output_sha256=checksum,
        )

    def _stopped(self) -> StoppedError:
        if self.options.output is None:
            return StoppedError("stopped; nothing is kept without --output FILE, with one a run can be continued")
        return StoppedError("stopped; what is finished is kept: run the same command again to go on, or add --restart "
                            "to begin anew")  # fmt: skip

    def _unwritable(self, error: OSError) -> InputError:
        where = self.options.output or "standard output"
        if error.errno in _FULL:
            return InputError(f"{where}: the disk is full; free some space and run the same command again, it goes on "
                              "where it stopped")  # fmt: skip
        return InputError(
            f"{where}: cannot be written ({error.strerror or error}); check the folder and its permissions"
        )


def _check_output(output: Path, source: str) -> None:
    if output.is_dir():
        raise UsageError(f"{output}: is a directory; give a file to write")
    if not output.parent.is_dir():
        raise UsageError(f"{output}: no folder {output.parent}; make it first")
    if source != "-" and output.exists() and output.samefile(source):
        raise UsageError(f"{output}: is the input itself; give another --output")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
