"""An open shelf: entities by id, by number, and those that a condition chooses.

Takes the file that `shelf_build` wrote; gives rows and JSON. Opening reads a few rows; pages are mapped and shared by
all workers. Must not write, and must not be handed a condition that a client wrote: values are bound.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from allonym.api.yente.manifest import Catalogue
from allonym.store.view import View

MAPPED = 1 << 32  # bytes of the file that may be mapped
PORTION = 400
MOST_SECONDS = 10.0  # of one question
STEPS = 100_000  # of SQLite's machine between two looks at the clock
KEPT = 10_000  # bodies that stay read
COUNTED = 256
Document = dict[str, Any]


class TooLongError(Exception):
    """A question that would take too long."""


class Shelf:
    """One shelf, for all threads of a process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        self._all: list[sqlite3.Connection] = []
        meta = dict(self.rows("SELECT key, value FROM meta"))
        self.view = View(tuple((s, d) for s, d in orjson.loads(meta["view"])))
        self.catalogue = Catalogue.from_dict(orjson.loads(meta["catalogue"]))
        self.counts: dict[str, list[int]] = orjson.loads(meta["counts"])
        self.placed = lru_cache(maxsize=KEPT)(self._placed)
        #: The rows of a question that is likely to be asked again: a shelf never changes.
        self.counted = lru_cache(maxsize=COUNTED)(self.rows)
        self.sources = {d.source: d.name for d in self.catalogue.datasets.values() if d.load}

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._address, uri=True, check_same_thread=False)
            found.execute(f"PRAGMA mmap_size={MAPPED}")
            found.execute("PRAGMA cache_size=-512")
            found.execute("PRAGMA temp_store=MEMORY")
            found.set_progress_handler(self._is_late, STEPS)
            found.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 1_000)
            self._local.connection = found
            self._all.append(found)
        return found

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a question. Raises TooLongError for one that would take more than MOST_SECONDS."""
        connection = self._connection()
        self._local.deadline = time.monotonic() + MOST_SECONDS
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise TooLongError from None
            raise

    def _is_late(self) -> bool:
        return bool(time.monotonic() > self._local.deadline)

    def _placed(self, dataset: str, entity_id: str) -> tuple[bytes, str | None] | None:
        found = self.rows(
            "SELECT body, last_change FROM doc WHERE id = ? AND dataset = ? LIMIT 1", (entity_id, dataset)
        )
        return found[0] if found else None

    def number(self, entity_id: str) -> int | None:
        """The number of the entity of that id; the first where several datasets have it."""
        found = self.rows("SELECT n FROM doc WHERE id = ? ORDER BY n LIMIT 1", (entity_id,))
        return int(found[0][0]) if found else None

    def canonical(self, referent: str) -> str | None:
        """The id of the entity that an id was merged into."""
        sql = "SELECT d.id FROM referent r JOIN doc d ON d.n = r.n WHERE r.id = ? ORDER BY d.n LIMIT 1"
        found = self.rows(sql, (referent,))
        return str(found[0][0]) if found else None

    def document(self, number: int) -> Document:
        """The entity of that number."""
        found: Document = orjson.loads(self.rows("SELECT body FROM doc WHERE n = ?", (number,))[0][0])
        return found

    def by_id(self, entity_id: str) -> Document | None:
        """The entity of that id."""
        number = self.number(entity_id)
        return None if number is None else self.document(number)

    def many(self, ids: Iterable[str]) -> dict[str, tuple[int, Document]]:
        """Entities by id, each with its number; those that are there."""
        found: dict[str, tuple[int, Document]] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), PORTION):
            part = wanted[start : start + PORTION]
            sql = f"SELECT id, n, body FROM doc WHERE id IN ({marks(part)}) ORDER BY n"  # noqa: S608
            for entity_id, n, body in self.rows(sql, part):
                found.setdefault(entity_id, (n, orjson.loads(body)))
        return found

    def pointing(self, entity_id: str, prop: str) -> list[int]:
        """The numbers of the entities that name the id by a property (`Sanction:entity`), in order."""
        sql = "SELECT DISTINCT n FROM link WHERE target = ? AND prop = ? ORDER BY n"
        return [n for (n,) in self.rows(sql, (entity_id, prop))]

    def pointers(self, entity_id: str) -> list[str]:
        """The properties by which the id is named."""
        return [p for (p,) in self.rows("SELECT DISTINCT prop FROM link WHERE target = ? ORDER BY prop", (entity_id,))]

    def numbers(self, name: str) -> list[int]:
        """The columns of `field` that a name stands for: a property, or a group of them (`countries`, `dates`)."""
        return self._columns.get(name, [])

    @cached_property
    def _columns(self) -> dict[str, list[int]]:
        from followthemoney.types import registry

        groups = {kind.name: kind.group for kind in registry.types if kind.group}
        found: dict[str, list[int]] = {}
        for number, name, kind in self.rows("SELECT k, name, kind FROM prop"):
            if kind != "dataset":
                found.setdefault(f"properties.{name}", []).append(number)
            for other in {name} if kind == "dataset" else {groups.get(kind), name} - {None}:
                found.setdefault(str(other), []).append(number)
        return found

    @cached_property
    def schemata(self) -> list[str]:
        """The schemata that are there."""
        return [name for (name,) in self.rows("SELECT DISTINCT schema FROM doc ORDER BY schema")]

    def close(self) -> None:
        """Close all connections; nobody may be asking."""
        for connection in self._all:
            connection.close()
        self._all.clear()


def marks(values: Sequence[Any]) -> str:
    """As many signs for values."""
    return ", ".join("?" * len(values))
