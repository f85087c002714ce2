"""What a source has ever said in its sanctions, and which entities it had, with the snapshots from and to.

Takes a source; gives rows of presences, without putting entities together: all that counting over time needs. Must not
judge which entity is an entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from allonym.store.schema import statement

_BATCH = 5_000
SANCTION = "Sanction"


@dataclass(frozen=True, slots=True)
class Span:
    """One value of one entity from the snapshot `first` to the snapshot `last` (None: the newest); `text` is the value
    as the list printed it. Of entities that are no sanctions, `prop` and `text` are empty: they were there."""

    entity_id: str
    schema: str
    prop: str
    text: str
    first: str
    last: str | None

    def covers(self, date: str) -> bool:
        """Whether it stood in the snapshot of that date."""
        return self.first <= date and (self.last is None or self.last >= date)


def read_spans(connection: Connection, source: str) -> Iterator[Span]:
    """The statements of every sanction, then the presences of every other entity."""
    c = statement.c
    columns = (c.entity_id, c.schema, c.prop, c.value, c.original, c.first_seen, c.last_seen)
    query = select(*columns).where(c.source == source, c.schema == SANCTION).order_by(c.entity_id, c.position)
    rows = connection.execute(query, execution_options={"yield_per": _BATCH})
    for entity_id, schema, prop, value, original, first, last in rows:
        yield Span(entity_id, schema, prop, original if original and prop == "program" else value, first, last)
    query = select(c.entity_id, c.schema, c.first_seen, c.last_seen).distinct()
    query = query.where(c.source == source, c.schema != SANCTION).order_by(c.entity_id, c.first_seen)
    for entity_id, schema, first, last in connection.execute(query, execution_options={"yield_per": _BATCH}):
        yield Span(entity_id, schema, "", "", first, last)
