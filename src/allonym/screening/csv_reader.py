"""Delimited text (CSV, TSV) as rows.

Takes numbered lines; gives the headings, and each row with the line it begins in, or a Reject. Detects the delimiter
among comma, semicolon, tab and bar. A quote that is opened and never closed costs its own line only: the lines after
it are read again by themselves. Must not hold more than one row.
"""

import csv
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from allonym.errors import InputError
from allonym.screening.columns import recognised, tables
from allonym.screening.lines import Line
from allonym.screening.rejects import MAX_TEXT, Reject

DELIMITERS = (",", ";", "\t", "|")
MAX_FIELD = 100_000
#: Lines that one row may take, with newlines within quotes.
MAX_ROW_LINES = 100
_PROBE = 30
#: A delimiter for files with one column: no text holds it, since lines with control characters like it are no names.
_NONE = "\x1f"
_OPEN = "a quote is opened and not closed"


class _UnclosedError(Exception):
    """A row takes more lines than any row should."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the 1-based line it begins in."""

    line: int
    cells: list[str]


class CsvTable:
    """A delimited file: `headings`, and `rows()` from the first row, as often as asked.

    `lines` gives the file's lines from the start each time it is called. Raises InputError for a file without headings.
    """

    def __init__(self, lines: Callable[[], Iterator[Line]], name: str) -> None:
        self._lines = lines
        self.name = name
        probe = list(itertools.islice((line for line in lines() if line.text.strip()), _PROBE))
        if not probe:
            raise InputError(f"{name}: is empty; give a file with headings in its first line")
        stated = probe[0].text.strip().casefold()
        self._skip = 0
        if stated.startswith("sep=") and len(stated) == 5:
            self._skip = probe[0].number
            self.delimiter = stated[4]
            probe = probe[1:]
        else:
            self.delimiter = delimiter([line.text for line in probe if not line.problem])
        first = next(self._parse(), None)
        if first is None or isinstance(first, Reject):
            reason = f" ({first.reason})" if first else ""
            raise InputError(f"{name}: the headings cannot be read{reason}; save the file as UTF-8 CSV")
        self.headings = [heading.strip() for heading in first.cells]

    def rows(self) -> Iterator[Row | Reject]:
        """Every row after the headings; one that does not fit them is a Reject."""
        width = len(self.headings)
        for row in itertools.islice(self._parse(width), 1, None):
            if isinstance(row, Row) and len(row.cells) > width:
                yield Row(row.line, row.cells[:width])
            else:
                yield row

    def _parse(self, width: int | None = None) -> Iterator[Row | Reject]:
        """Rows and rejects. With `width`, a row of several lines that does not fit is taken for an unclosed quote."""
        feed = _Feed(line for line in self._lines() if line.number > self._skip)
        csv.field_size_limit(MAX_FIELD)
        reader = csv.reader(feed, delimiter=self.delimiter)
        while True:
            feed.begin()
            wrong = None
            try:
                cells = next(reader, None)
            except _UnclosedError:
                cells, wrong = [], _OPEN
            except csv.Error:
                cells, wrong = [], f"a field has more than {MAX_FIELD:,} characters, or a quote is not closed"
            if cells is None:
                return
            if wrong is None and not cells:
                continue
            problem = wrong or feed.problem or _misfit(cells, width) or self._crooked(feed.taken)
            if problem is None:
                yield Row(feed.taken[0].number, cells)
                continue
            if len(feed.taken) > 1:
                problem = _OPEN if wrong is None and feed.problem is None else problem
                feed.again()
                reader = csv.reader(feed, delimiter=self.delimiter)
            first = feed.taken[0]
            yield Reject(first.number, problem, first.text[:MAX_TEXT].rstrip("\r\n"))

    def _crooked(self, taken: list[Line]) -> str | None:
        """Two stray quotes in different rows look like one long cell; strictly read, the closing one is misplaced."""
        if len(taken) == 1:
            return None
        try:
            list(csv.reader([line.text for line in taken], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return _OPEN
        return None


class _Feed:
    """Gives csv.reader its lines, remembers those of the row it is at, and can give all but the first again."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self.taken: list[Line] = []
        self.problem: str | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        taken = self.taken
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            # A row that still wants lines at the end of the file is within a quote.
            self.problem = _OPEN if taken else None
            raise StopIteration
        taken.append(line)
        if line.problem is not None:
            self.problem = self.problem or line.problem
            # Its text could open a quote; an empty row keeps the reader in step.
            return "!\n" if len(taken) == 1 else line.text
        if len(taken) > MAX_ROW_LINES:
            raise _UnclosedError
        return line.text

    def begin(self) -> None:
        """A new row begins."""
        self.taken = []
        self.problem = None

    def again(self) -> None:
        """Put all lines of this row but its first back."""
        self._again.extendleft(reversed(self.taken[1:]))


def _misfit(cells: list[str], width: int | None) -> str | None:
    if width is None or len(cells) == width:
        return None
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return None
    return f"has {len(cells)} fields where the headings have {width}"


def delimiter(lines: list[str]) -> str:
    """The delimiter of these first lines: the one that gives most recognised headings, then most equal rows."""
    best, best_rank = _NONE, (0, 0, 0)
    depends = tables()["depends"]
    for candidate in DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=candidate) if row]
        except csv.Error:
            continue
        if not rows or len(rows[0]) < 2:
            continue
        known = sum(1 for heading in rows[0] if recognised(heading) or heading.strip().casefold() in depends)
        rank = (known, sum(1 for row in rows if len(row) == len(rows[0])), len(rows[0]))
        if rank > best_rank:
            best, best_rank = candidate, rank
    return best
