"""Entities out of statements, as a stream.

Takes a connection and a view; gives entities in the order of (source, entity id), their statements in the order they
were read. Must not hold more than one entity and one batch of rows.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from allonym.model import Entity, Statement
from allonym.store.schema import alive, refers_to, statement
from allonym.store.view import View

_BATCH = 5_000
_IDS = 500
_COLUMNS = (
    statement.c.entity_id,
    statement.c.schema,
    statement.c.prop,
    statement.c.value,
    statement.c.original,
    statement.c.lang,
    statement.c.qualifier,
)


def read_entities(
    connection: Connection,
    view: View,
    ids: Collection[str] | None = None,
    *,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> Iterator[Entity]:
    """The entities of a view; only those with one of `ids` (any number), of one of the schemata `only`, and of none of
    the schemata `without`, where these are given."""
    for source, date in view.snapshots:
        query = select(*_COLUMNS).where(statement.c.source == source, alive(statement, date))
        if only:
            query = query.where(statement.c.schema.in_(only))
        if without:
            query = query.where(statement.c.schema.not_in(without))
        query = query.order_by(statement.c.entity_id, statement.c.position)
        for part in _parts(query, ids):
            yield from _assembled(connection.execute(part, execution_options={"yield_per": _BATCH}), source)


def read_ids(connection: Connection, view: View) -> Iterator[tuple[str, str]]:
    """(source, entity id) of every entity of a view."""
    for source, date in view.snapshots:
        query = select(statement.c.entity_id).where(statement.c.source == source, alive(statement, date)).distinct()
        for (entity_id,) in connection.execute(query, execution_options={"yield_per": _BATCH}):
            yield source, entity_id


def _parts(query: Select[Any], ids: Collection[str] | None) -> Iterator[Select[Any]]:
    if ids is None:
        yield query
        return
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _IDS):
        yield query.where(statement.c.entity_id.in_(wanted[start : start + _IDS]))


def _assembled(rows: Iterable[Sequence[Any]], source: str) -> Iterator[Entity]:
    """One entity for each run of rows with the same id."""
    entity_id: str | None = None
    held: dict[Sequence[Any], None] = {}  # a list may state the same in two places of one entity
    for row in rows:
        if row[0] != entity_id:
            if held:
                yield _entity(held, source)
            entity_id, held = row[0], {}
        held[row] = None
    if held:
        yield _entity(held, source)


def _entity(rows: Iterable[Sequence[Any]], source: str) -> Entity:
    statements = tuple([Statement(*row) for row in rows])
    return Entity(statements[0].entity_id, statements[0].schema, source, statements)


def read_referring(connection: Connection, view: View, entity_id: str) -> list[Entity]:
    """The entities that have a statement whose value is that id, in the order of (source, entity id)."""
    found: list[Entity] = []
    for source, date in view.snapshots:
        where = (statement.c.source == source, refers_to(entity_id), alive(statement, date))
        # no DISTINCT: SQLite would walk all entities in order rather than use the index of references
        ids = connection.scalars(select(statement.c.entity_id).where(*where)).all()
        found.extend(read_entities(connection, View(((source, date),)), ids))
    return found
