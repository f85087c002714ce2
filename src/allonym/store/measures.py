"""Measures as the store keeps them: JSON that says everything, and back.

Takes a `Measure`; gives text that is the same for the same measure, and the measure from that text.
"""

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import Connection, and_, select

from allonym.model import Citation, Measure, MeasureDate
from allonym.store.schema import alive, measure, measure_target
from allonym.store.view import View


def payload(found: Measure) -> bytes:
    """The measure as JSON, fields in the order of the class."""
    return orjson.dumps(found)


def parse(text: str) -> Measure:
    """The measure from its JSON."""
    values: dict[str, Any] = orjson.loads(text)
    values["targets"] = tuple(values["targets"])
    values["dates"] = tuple(MeasureDate(**date) for date in values["dates"])
    values["citations"] = tuple(Citation(**citation) for citation in values["citations"])
    return Measure(**values)


def targets(text: str) -> Collection[str]:
    """The ids that the measure in that JSON is upon."""
    found: list[str] = orjson.loads(text)["targets"]
    return found


def read_measures(connection: Connection, view: View, entity_id: str | None = None) -> list[Measure]:
    """The measures of a view, by source and id; only those upon one entity when it is given."""
    found: list[Measure] = []
    for source, date in view.snapshots:
        query = select(measure.c.payload).where(measure.c.source == source, alive(measure, date))
        if entity_id is not None:
            upon = and_(measure_target.c.source == measure.c.source, measure_target.c.key == measure.c.key)
            query = query.join(measure_target, upon).where(measure_target.c.entity_id == entity_id)
        query = query.order_by(measure.c.measure_id, measure.c.key)
        found.extend(parse(row[0]) for row in connection.execute(query))
    return found
