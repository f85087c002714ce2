"""Where one snapshot goes among the presences of its source: what begins, ends, goes on, or is split.

Takes the keys of what the snapshot holds; changes the rows of one table (statements or measures) so that they say the
same as if all snapshots had been loaded in the order of their dates. Must not touch a row that says so already.

Let P and N be the snapshots just before and after the new one, X. A presence that counts is of one of three kinds, and
no key has two of them, since a presence that ends at P and one that begins at N would be one:
    covers   it stands in P and in N (or in P, the newest): not in X? then it is split (or ends at P)
    ends     its last is P: in X? then its last is X
    begins   its first is N: in X? then its first is X
What is in X and in none of these is a new presence, from X to X, or open when X is the newest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, Table, and_, bindparam, case, insert, literal, or_, select, update

from allonym.store.schema import alive, compiled, inserting

Numbers = npt.NDArray[np.int64]

COVERS, ENDS, BEGINS = 0, 1, 2
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """A snapshot between its neighbours in time; None where there is none."""

    source: str
    before: str | None
    date: str
    after: str | None

    @property
    def last_seen(self) -> str | None:
        """The end of a presence that begins here."""
        return self.date if self.after is not None else None


class Presences:
    """The presences of one table that a new snapshot may change."""

    def __init__(self, connection: Connection, table: Table, place: Place) -> None:
        self.connection, self.table, self.place = connection, table, place
        self._insert = inserting(connection, table)
        self._keys, self._ids, self._kinds = self._read()
        self._seen = np.zeros(len(self._keys), dtype=np.bool_)

    def absorb(self, keys: Numbers) -> Numbers:
        """Notes what the snapshot holds; gives the places in `keys` of what is not there yet and must be inserted."""
        if not len(self._keys):
            return np.arange(len(keys))
        found = np.searchsorted(self._keys, keys)
        found[found == len(self._keys)] = 0
        known = self._keys[found] == keys
        self._seen[found[known]] = True
        return np.flatnonzero(~known)

    def insert(self, rows: list[tuple[Any, ...]]) -> None:
        """Insert presences that begin here: the table's columns in order, without `id`."""
        self._insert.run(self.connection, rows)

    def keep(self, label: str, stays: Callable[[str], bool]) -> None:
        """For an extract: what stood in P and is not in the file goes on, where its column `label` says so."""
        place, table = self.place, self.table
        if place.before is None:
            return
        where = and_(table.c.source == place.source, alive(table, place.before))
        query = select(table.c.id, table.c[label]).where(where)
        rows = self.connection.execute(query, execution_options={"yield_per": _BATCH})
        kept = np.array([row[0] for row in rows if stays(row[1])], dtype=np.int64)
        self._seen |= np.isin(self._ids, kept)

    def settle(self) -> None:
        """Ends, lengthens and splits what the snapshot changes. To be called once, after everything was absorbed."""
        place, table = self.place, self.table
        by_id = update(table).where(table.c.id == bindparam("row"))
        self._change(by_id.values(last_seen=place.date), (self._kinds == ENDS) & self._seen)
        self._change(by_id.values(first_seen=place.date), (self._kinds == BEGINS) & self._seen)
        gone = (self._kinds == COVERS) & ~self._seen
        if place.after is not None:
            columns = [c for c in table.columns if c.name not in ("id", "first_seen")]
            rest = select(*columns, literal(place.after)).where(table.c.id == bindparam("row"))
            self._change(insert(table).from_select([*(c.name for c in columns), "first_seen"], rest), gone)
        self._change(by_id.values(last_seen=place.before), gone)

    def _change(self, construct: Any, chosen: npt.NDArray[np.bool_]) -> None:
        """Run an UPDATE or INSERT with the parameter `row` for each chosen presence."""
        ids = self._ids[chosen]
        if not len(ids):
            return
        prepared = compiled(self.connection, construct)
        values = construct.compile(dialect=self.connection.dialect).params
        for start in range(0, len(ids), _BATCH):
            rows = [
                tuple(row if name == "row" else values[name] for name in prepared.names)
                for row in ids[start : start + _BATCH].tolist()
            ]
            prepared.run(self.connection, rows)

    def _read(self) -> tuple[Numbers, Numbers, Numbers]:
        """Keys (sorted), row ids and kinds of the presences that count."""
        empty = np.zeros(0, dtype=np.int64)
        parts: list[Numbers] = [empty.reshape(0, 3)]
        if (query := self._query()) is not None:
            result = self.connection.execute(query, execution_options={"yield_per": _BATCH})
            parts += [np.array([tuple(row) for row in part], dtype=np.int64) for part in result.partitions()]
        rows = np.concatenate(parts)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        return rows[:, 0].copy(), rows[:, 1].copy(), rows[:, 2].copy()

    def _query(self) -> Select[Any] | None:
        table, (before, after) = self.table, (self.place.before, self.place.after)
        mine = table.c.source == self.place.source
        if after is None:
            if before is None:
                return None
            return select(table.c.key, table.c.id, literal(COVERS)).where(mine, table.c.last_seen.is_(None))
        begins = table.c.first_seen == after
        if before is None:
            return select(table.c.key, table.c.id, literal(BEGINS)).where(mine, begins)
        kind = case((begins, BEGINS), (table.c.last_seen == before, ENDS), else_=COVERS)
        return select(table.c.key, table.c.id, kind).where(mine, or_(begins, alive(table, before)))
