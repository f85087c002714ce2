"""Snapshots and the current view, read and written.

Takes a connection; gives snapshots in time order and the view that answers. Must not read a statement.
"""

from dataclasses import asdict

import orjson
from sqlalchemy import Connection, Row, insert, select

from allonym.errors import StoreError
from allonym.model import Snapshot
from allonym.store import schema
from allonym.store.view import View


def read_snapshots(connection: Connection, source: str | None = None) -> list[Snapshot]:
    """The snapshots of one source or all, in time order (those of one day by source)."""
    table = schema.snapshot
    query = select(table).order_by(table.c.date, table.c.source)
    if source is not None:
        query = query.where(table.c.source == source)
    return [_snapshot(row) for row in connection.execute(query)]


def _snapshot(row: Row[tuple[object, ...]]) -> Snapshot:
    values = dict(row._mapping)
    values["counts"] = orjson.loads(values["counts"])
    return Snapshot(**values)


def write_snapshot(connection: Connection, snapshot: Snapshot) -> None:
    """Add a snapshot that is not there yet."""
    values = asdict(snapshot)
    values["counts"] = orjson.dumps(snapshot.counts).decode()
    connection.execute(insert(schema.snapshot).values(values))


def read_current(connection: Connection) -> tuple[View, str] | None:
    """The view that answers and its index, None before the first was activated."""
    row = connection.execute(select(schema.current.c.snapshots, schema.current.c.index_name)).first()
    return (View(tuple((str(s), str(d)) for s, d in orjson.loads(row[0]))), str(row[1])) if row else None


def write_current(connection: Connection, view: View, index: str) -> None:
    """Make a view the current one. Raises StoreError when one of its snapshots is not there."""
    known = {(s.source, s.date) for s in read_snapshots(connection)}
    if missing := [f"{s} {d}" for s, d in view.snapshots if (s, d) not in known]:
        raise StoreError(f"cannot make current what is not loaded: {', '.join(missing)}")
    connection.execute(schema.current.delete())
    text = orjson.dumps(view.snapshots).decode()
    connection.execute(insert(schema.current).values(id=1, snapshots=text, index_name=index))
