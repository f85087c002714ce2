"""The current view of a data folder, read without SQLAlchemy.

Takes the folder; gives the view that answers and the name of its index, or None where `Store` must be asked: no file
yet, nothing loaded, another version, or anything else in the way. A look-up needs this and nothing more of the store,
and SQLAlchemy takes longer to import than the answer takes. Must not write.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote

import orjson

from allonym.store.view import View

#: Raised by one with every change to the tables; a store with a higher number is refused.
SCHEMA_VERSION = 1
DATABASE = "allonym.db"


class CurrentView:
    """A connection that answers, again and again, which view is current; processes and threads open their own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / DATABASE
        self._connection: sqlite3.Connection | None = None

    def read(self) -> tuple[View, str] | None:
        """The current view and the name of its index."""
        try:
            if self._connection is None:
                if not self._file.is_file():
                    return None
                address = f"file:{quote(str(self._file.absolute()))}?mode=ro"
                self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            version = self._connection.execute("SELECT version FROM schema_version").fetchone()
            row = self._connection.execute("SELECT snapshots, index_name FROM current_view").fetchone()
        except (sqlite3.Error, OSError):
            return None
        if row is None or version is None or version[0] != SCHEMA_VERSION:
            return None
        return View(tuple((str(s), str(d)) for s, d in orjson.loads(row[0]))), str(row[1])

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
