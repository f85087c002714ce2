"""The current view of a data folder, read without SQLAlchemy.

Takes the folder; gives the view that answers and the name of its index, or None where `Store` must be asked: no file
yet, nothing loaded, another version, or anything else in the way. A look-up needs this and nothing more of the store,
and SQLAlchemy takes longer to import than the answer takes. Must not write.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

import orjson

from allonym.store.view import View

#: Raised by one with every change to the tables; a store with a higher number is refused.
SCHEMA_VERSION = 3
DATABASE = "allonym.db"
#: Seconds a reader or writer waits for another writer of the same SQLite file.
BUSY_SECONDS = 60.0
QUERY = "SELECT version, snapshots, index_name, (SELECT max(since) FROM actor_of) FROM schema_version, current_view"
#: SQLite gives the other columns of the row that has the maximum.
ACTORS = "SELECT entry, actor, max(since) FROM actor_of GROUP BY entry"
CHANGED = "SELECT entry FROM actor_of WHERE since > ?"
NONE: Final[Mapping[str, str]] = MappingProxyType({})


class CurrentView:
    """A connection that answers, again and again, which view is current; processes and threads open their own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / DATABASE
        self._connection: sqlite3.Connection | None = None
        self._row: tuple[object, ...] | None = None
        self._answer: tuple[View, str] | None = None
        self._actors: tuple[int, Mapping[str, str]] = (0, NONE)

    def read(self) -> tuple[View, str] | None:
        """The current view and the name of its index."""
        try:
            if self._connection is None:
                if not self._file.is_file():
                    return None
                address = f"file:{quote(str(self._file.absolute()))}?mode=ro"
                self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            row = self._connection.execute(QUERY).fetchone()
        except (sqlite3.Error, OSError):
            return None
        if row is None or row[0] != SCHEMA_VERSION:
            return None
        if row != self._row:
            view = View(tuple((str(s), str(d)) for s, d in orjson.loads(row[1])))
            self._row, self._answer = row, (view, str(row[2]))
        return self._answer

    @property
    def actors_version(self) -> int:
        """The number of the last change of actors, as of the last `read` that answered."""
        return int(self._row[3] or 0) if self._row is not None else 0  # type: ignore[call-overload]

    def actors(self) -> Mapping[str, str]:
        """Whose entries those are that are part of an actor with others; as of the last `read` that answered."""
        version = self.actors_version
        if version != self._actors[0]:
            assert self._connection is not None
            self._actors = version, {entry: actor for entry, actor, _ in self._connection.execute(ACTORS)}
        return self._actors[1]

    def actors_changed(self, since: int) -> set[str]:
        """The entries whose actor changed after the change of that number."""
        assert self._connection is not None
        return {entry for (entry,) in self._connection.execute(CHANGED, (since,))}

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
