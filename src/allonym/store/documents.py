"""The small documents of a data folder, and what changed about some entities, read without SQLAlchemy.

Takes a folder whose database `CurrentView` could read; gives and keeps what `Store` does under the same names. Every
call opens the database anew, as quick as asking it. Must not make a database.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from allonym.store import records, touched
from allonym.store.current import BUSY_SECONDS, DATABASE
from allonym.store.plain import Sqlite
from allonym.store.reasons import told_by_sqlite


class Documents:
    """Documents of an SQLite store. Methods raise StoreError, `record` NotFoundError too."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / DATABASE

    @contextmanager
    def _open(self, *, writes: bool = False) -> Iterator[Sqlite]:
        with told_by_sqlite(str(self._file)):
            connection = sqlite3.connect(self._file, timeout=BUSY_SECONDS, isolation_level=None)
            with closing(connection):
                connection.execute("PRAGMA synchronous=NORMAL")
                connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
                yield Sqlite(connection)
                connection.execute("COMMIT")

    def records(self, kind: str) -> list[str]:
        """The keys of the documents of that kind, sorted."""
        with self._open() as rows:
            return records.read_keys(rows, kind)

    def record(self, kind: str, key: str) -> bytes:
        """The document under that kind and key. Raises NotFoundError."""
        with self._open() as rows:
            return records.read_record(rows, kind, key)

    def put_record(self, kind: str, key: str, payload: bytes) -> None:
        """Keep a small document under a kind and key; one that is there is replaced."""
        with self._open(writes=True) as rows:
            records.write_record(rows, kind, key, payload)

    def drop_record(self, kind: str, key: str) -> None:
        """Remove a document; one that is not there is no error."""
        with self._open(writes=True) as rows:
            records.remove_record(rows, kind, key)

    def touched(
        self, source: str, old: str, new: str, ids: Collection[str]
    ) -> dict[str, tuple[touched.Touch, ...]]:  # fmt: skip
        """What two snapshots of a source say differently about the entities of these ids; only those that changed."""
        with self._open() as rows:
            return touched.read_touched(rows, source, (old, new), ids)
