"""SQL without SQLAlchemy: what is asked so often that its import, longer than the answer, must not be in the way.

Takes a connection, of SQLite's own module or of SQLAlchemy; gives the rows of SQL with `?` for values. The same words
serve both databases. Must not need a model of the tables: `schema` has it, and its import is what this spares.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Protocol

_IN = 400


class Rows(Protocol):
    """A connection that gives rows."""

    #: How the database writes that something is true, as its partial indexes have it.
    true: str

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement."""


class Wrapped:
    """A connection of SQLAlchemy."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        is_sqlite = connection.dialect.name == "sqlite"
        self.true = "1" if is_sqlite else "true"
        self._sign = "?" if is_sqlite else "%s"

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; gives its rows, none for one that has none."""
        result = self._connection.exec_driver_sql(sql.replace("?", self._sign), tuple(values))
        return (tuple(row) for row in result) if result.returns_rows else iter(())


class Sqlite:
    """A connection of the standard library."""

    true = "1"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; gives its rows."""
        return iter(self._connection.execute(sql, tuple(values)))


def alive(date: str) -> tuple[str, tuple[str, str]]:
    """The condition that a presence covers the snapshot of that date, and its values; see `schema.alive`."""
    return "(first_seen <= ? AND (last_seen IS NULL OR last_seen >= ?))", (date, date)


def portions(ids: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Ids in numbers that a statement takes, each with as many signs for values."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _IN):
        own = wanted[start : start + _IN]
        yield ", ".join("?" * len(own)), own
