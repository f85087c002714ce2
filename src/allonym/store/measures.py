"""Measures as the store keeps them: JSON that says everything, and back.

Takes a `Measure`; gives text that is the same for the same measure, and the measure from that text.
"""

from collections.abc import Collection
from typing import Any

import orjson

from allonym.model import Citation, Measure, MeasureDate
from allonym.store.plain import Rows, alive
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


def read_measures(rows: Rows, view: View, entity_id: str | None = None) -> list[Measure]:
    """The measures of a view, by source and id; only those upon one entity when it is given."""
    found: list[Measure] = []
    for source, date in view.snapshots:
        there, days = alive(date)
        sql = f"SELECT payload FROM measure WHERE source = ? AND {there}"  # noqa: S608 (no value is in the words)
        values = [source, *days]
        if entity_id is not None:
            sql += (" AND EXISTS (SELECT 1 FROM measure_target WHERE measure_target.source = measure.source"
                    " AND measure_target.key = measure.key AND measure_target.entity_id = ?)")  # fmt: skip
            values.append(entity_id)
        found.extend(parse(payload) for (payload,) in rows.execute(f"{sql} ORDER BY measure_id, key", values))
    return found
