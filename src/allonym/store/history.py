"""What one source has said about one entity, and from when to when.

Takes the presences of an entity; gives each statement with its spans. Must not tell apart places in an entity: a
statement that only moved was there all the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from allonym.model import Statement
from allonym.store.schema import statement
from allonym.store.snapshots import read_snapshots


@dataclass(frozen=True, slots=True)
class SeenStatement:
    """A statement with the first and last snapshot (dates) of one continuous span it was seen in.

    `last_seen` is None while it stands in the newest snapshot. One that went and came back has a span for each.
    """

    statement: Statement
    first_seen: str
    last_seen: str | None


def read_history(connection: Connection, source: str, entity_id: str) -> list[SeenStatement]:
    """The statements of an entity by the first snapshot they were seen in, then as they were read; empty if unknown."""
    dates = [s.date for s in read_snapshots(connection, source)]
    place = {date: number for number, date in enumerate(dates)}
    c = statement.c
    columns = (c.entity_id, c.schema, c.prop, c.value, c.original, c.lang, c.qualifier)
    query = select(*columns, c.first_seen, c.last_seen, c.position)
    query = query.where(c.source == source, c.entity_id == entity_id).order_by(c.first_seen, c.position)
    spans: dict[Statement, list[list[int]]] = {}
    order: dict[tuple[Statement, int], int] = {}
    for row in connection.execute(query):
        first, last, position = _span(row[7:], place)
        stated = Statement(*row[:7])
        order.setdefault((stated, first), position)
        _join(spans.setdefault(stated, []), first, last)
    newest = len(dates) - 1
    found = [(first, order[stated, first], stated, last) for stated, all_ in spans.items() for first, last in all_]
    found.sort(key=lambda item: item[:2])
    return [SeenStatement(s, dates[first], None if last == newest else dates[last]) for first, _, s, last in found]


def _span(row: Sequence[Any], place: dict[str, int]) -> tuple[int, int, int]:
    first, last, position = row
    return place[first], len(place) - 1 if last is None else place[last], position


def _join(spans: list[list[int]], first: int, last: int) -> None:
    """Add a span to spans that are sorted by their beginning, joining what touches."""
    if spans and first <= spans[-1][1] + 1:
        spans[-1][1] = max(spans[-1][1], last)
    else:
        spans.append([first, last])
