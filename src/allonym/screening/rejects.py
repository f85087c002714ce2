"""Rows that cannot be screened: what they are and the file they go to.

Takes rejects in input order; gives a CSV file of line, reason and the row, for people to mend and hand in again. Must
not lose one: the count is part of the run's record. Cells are defused like every CSV we write.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from allonym.screening.defuse import defused

#: So much of a rejected row is kept.
MAX_TEXT = 10_000
#: Rows not used that are told one by one on the terminal; a rejects file has them all.
TOLD = 20


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was not screened: its 1-based line (or record), why, and the row as text."""

    line: int
    reason: str
    text: str


class RejectsFile:
    """Writes rejects to a CSV file as they come; `count` says how many."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    def __enter__(self) -> Self:
        self._file = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(("line", "reason", "row"))
        return self

    def add(self, reject: Reject) -> None:
        """Write one reject."""
        self.count += 1
        self._writer.writerow((reject.line, defused(reject.reason), defused(reject.text[:MAX_TEXT])))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._file.close()
