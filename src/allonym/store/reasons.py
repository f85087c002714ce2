"""What the disk, the network or another program did to a database, in one line.

Takes the error of a driver and where it happened; gives a StoreError that says what to do, FullError for a full
disk. Must not need SQLAlchemy.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from allonym.errors import FullError, StoreError

_UNDONE = "nothing was changed"
_FULL = f"the disk is full, {_UNDONE}; free some space and try again"
_REASONS = {
    "disk is full": _FULL,
    "no space left": _FULL,
    "readonly database": f"cannot be written, {_UNDONE}; check its permissions",
    "unable to open": "cannot be opened; check its permissions and those of its folder",
    "locked": f"another process keeps it busy, {_UNDONE}; try again when it has ended",
    "not a database": "is no Allonym database; name another data folder, or move the file away and load the lists anew",
    "malformed": "is damaged; restore it from a copy, or move it away and load the lists anew",
    "disk i/o error": f"the disk does not read or write, {_UNDONE}; check it",
}


def first_line(error: object) -> str:
    """What the driver says, without what follows."""
    return str(error).strip().split("\n")[0]


def store_error(where: str, error: object) -> StoreError:
    """The error that names the place and what to do."""
    text = str(error).lower()
    reason = next((words for sign, words in _REASONS.items() if sign in text), None)
    kind = FullError if reason is _FULL else StoreError
    return kind(f"{where}: {reason or first_line(error)}")


@contextmanager
def told_by_sqlite(where: str) -> Iterator[None]:
    """Turns what SQLite's own module raises into StoreError, naming `where`."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        raise store_error(where, error) from error
