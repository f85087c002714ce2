"""Progress on stderr, when that is a terminal; silence when it is not."""

import sys
from types import TracebackType
from typing import Any

from allonym.screening.printable import printable


class LoadProgress:
    """Progress of downloads and of loading; use with `with`."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._tasks: dict[tuple[str, str], Any] = {}

    def __enter__(self) -> "LoadProgress":
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            told = TextColumn("{task.fields[told]}")
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), told, TimeElapsedColumn())
            self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()

    def _task(self, what: str, source: str) -> Any:
        if (what, source) not in self._tasks:
            self._tasks[what, source] = self._bars.add_task(f"{what} {source}", total=None, told="")
        return self._tasks[what, source]

    def loaded(self, source: str, records: int) -> None:
        """Hear how many records of a source were read."""
        if self._bars:
            self._bars.update(self._task("load", source), told=f"{records:,} statements")

    def fetched(self, source: str, file: str, done: int, total: int | None) -> None:
        """Hear how many bytes of a file came in."""
        if self._bars:
            self._bars.update(self._task("fetch", f"{source} {file}"), completed=done, total=total,
                              told=f"{done / 1e6:,.1f} MB")  # fmt: skip


class RunProgress:
    """Progress of a screening run; call it with `screening.run.Progress`."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, progress: Any) -> None:
        """Hear how far the run is."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            columns = (TextColumn("screening"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"),
                       TimeRemainingColumn())  # fmt: skip
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=1.0, told="")
            self._bar.start()
        counts = progress.counts
        self._bar.update(self._task, completed=progress.fraction,
                         told=f"{counts.queries:,} asked, {counts.matched:,} with a match")  # fmt: skip

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


class FileProgress:
    """Which of several files is worked on; use with `with`. Where the output is shown too, that is progress enough."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._bar: Any = None

    def __enter__(self) -> "FileProgress":
        if self._total > 1 and sys.stderr.isatty() and not sys.stdout.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn(self._what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                       TextColumn("{task.fields[file]}", markup=False))  # fmt: skip
            # The output is not for the terminal and must not be redirected there; errors are, and are printed above.
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
            self._bar.add_task("", total=self._total, file="", completed=-1)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def starts(self, file: str) -> None:
        """Hear that the work on the next file begins."""
        if self._bar:
            self._bar.update(self._bar.task_ids[0], advance=1, file=printable(file))
