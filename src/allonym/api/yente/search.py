"""GET /search/{dataset}: entities by text, filters and facets.

Takes checked parameters and a shelf; gives the body of the answer. Must not score against an example: that is a match.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from followthemoney.types import registry

from allonym.api.yente.condition import COLUMNS, Condition, has, joined, one_of
from allonym.api.yente.lucene import QueryError, Reading
from allonym.api.yente.parameters import full_time
from allonym.api.yente.schemata import known, plural, taken, value_label
from allonym.api.yente.shelf import Shelf, marks
from allonym.api.yente.wire import refused

MOST_VALUES = 1_000
MOST_FILTERS = 200
FACETS = {
    "countries": "Countries",
    "topics": "Topics",
    "datasets": "Data sources",
    "schema": "Entity types",
    "identifiers": "Identifiers",
    "genders": "Genders",
}
KIND_OF = {kind.group: kind.name for kind in registry.types if kind.group}


@dataclass(frozen=True, slots=True)
class Searched:
    """What is asked. `scope` are datasets with entities."""

    q: str = ""
    simple: bool = False
    fuzzy: bool = False
    schema: str = "Thing"
    scope: frozenset[str] = frozenset()
    exclude_schema: Sequence[str] = ()
    changed_since: str | None = None
    filters: Sequence[tuple[str, str]] = ()
    filter_op: str = "OR"
    target: bool | None = None
    limit: int = 10
    offset: int = 0
    sort: Sequence[str] = ()
    facets: Sequence[str] = ("countries", "topics", "datasets")


def search(shelf: Shelf, asked: Searched) -> dict[str, Any]:
    """The answer. Raises HTTPException 400 for malformed query text and an unknown schema."""
    condition, rank = chosen(shelf, asked)
    count = shelf.counted(f"SELECT count(*) FROM doc d WHERE {condition.sql}", condition.values)[0][0]  # noqa: S608
    return {
        "limit": asked.limit,
        "offset": asked.offset,
        "total": {"value": count, "relation": "eq"},
        "results": [orjson.Fragment(body) for body in bodies(shelf, asked, condition, rank)],
        "facets": {name: _facet(shelf, name, condition) for name in asked.facets},
    }


def chosen(shelf: Shelf, asked: Searched) -> tuple[Condition, str | None]:
    """The condition of all that is asked, and what relevance is measured by."""
    if not known(asked.schema):
        raise refused(400, "Invalid schema")
    reading = Reading(shelf, asked.fuzzy)
    try:
        query = reading.simple(asked.q) if asked.simple else reading.strict(asked.q)
    except QueryError as error:
        raise refused(400, f"Invalid query: {' '.join(str(error).split())[:200]}") from None
    schemata = taken(asked.schema) - set(asked.exclude_schema)
    conditions = [one_of("d.dataset", sorted(asked.scope)), one_of("d.schema", sorted(schemata)), query]
    if asked.changed_since:
        conditions.append(Condition("d.last_change > ?", (full_time(asked.changed_since),)))
    if asked.target is not None:
        conditions.append(Condition("d.target = ?", (asked.target,)))
    by_field: dict[str, list[Condition]] = {}
    for name, value in asked.filters[:MOST_FILTERS]:
        by_field.setdefault(name, []).append(has(shelf, name, value))
    conditions += [joined(values, asked.filter_op) for values in by_field.values()]
    return joined(conditions, "AND"), reading.rank


def bodies(shelf: Shelf, asked: Searched, condition: Condition, rank: str | None) -> list[bytes]:
    """The entities of one page as JSON."""
    if asked.limit <= 0:
        return []
    order, ordered = _order(shelf, asked.sort)
    ranks = "LEFT JOIN (SELECT rowid AS m, -bm25(words, 3.0, 1.0) AS score FROM words WHERE words MATCH ?) ON m = d.n"
    relevance = "coalesce(score, 0) + d.boost" if rank else "d.boost"
    sql = (
        f"SELECT d.body FROM doc d {ranks if rank else ''} WHERE {condition.sql} "  # noqa: S608
        f"ORDER BY {order}{relevance} DESC, d.id LIMIT ? OFFSET ?"
    )
    values = (*((rank,) if rank else ()), *condition.values, *ordered, asked.limit, max(0, asked.offset))
    return [body for (body,) in shelf.rows(sql, values)]


def _order(shelf: Shelf, sort: Sequence[str]) -> tuple[str, list[Any]]:
    """What goes before relevance: fields with a direction, those without a value last."""
    parts, values = [], list[Any]()
    for one in sort[:10]:
        name, _, way = one.partition(":")
        falling = way.strip().lower() == "desc"
        if name in COLUMNS:
            parts.append(f"{COLUMNS[name]} {'DESC' if falling else 'ASC'} NULLS LAST, ")
        elif numbers := shelf.numbers(name):
            pick = "max" if falling else "min"
            parts.append(
                f"(SELECT {pick}(value) FROM field f WHERE f.n = d.n AND f.k IN ({marks(numbers)})) "  # noqa: S608
                f"{'DESC' if falling else 'ASC'} NULLS LAST, "
            )
            values += numbers
    return "".join(parts), values


def _facet(shelf: Shelf, name: str, condition: Condition) -> dict[str, Any]:
    """How many of what was found have each value."""
    if name == "schema":
        sql = f"SELECT d.schema, count(*) FROM doc d WHERE {condition.sql} GROUP BY 1"  # noqa: S608
        rows = shelf.counted(f"{sql} ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}", condition.values)
    else:
        numbers = shelf.numbers(name)
        if not numbers:
            return {"label": name, "values": []}
        sql = (
            f"SELECT f.value, count(DISTINCT f.n) FROM field f WHERE f.k IN ({marks(numbers)}) "  # noqa: S608
            f"AND f.n IN (SELECT d.n FROM doc d WHERE {condition.sql}) "
            f"GROUP BY f.value ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}"
        )
        rows = shelf.counted(sql, (*numbers, *condition.values))
    values = [{"name": value, "label": _label(shelf, name, value), "count": count} for value, count in rows]
    return {"label": FACETS[name] if values else name, "values": values}


def _label(shelf: Shelf, name: str, value: str) -> str:
    if name == "schema":
        return plural(value)
    if name == "datasets":
        dataset = shelf.catalogue.datasets.get(value)
        return dataset.title if dataset else value
    return value_label(KIND_OF[name], value)


def ordered(shelf: Shelf, numbers: list[int], sort: Sequence[str]) -> list[int]:
    """Entities by number in another order; as they are where nothing is asked."""
    order, values = _order(shelf, sort)
    if not order or not numbers:
        return numbers
    sql = f"SELECT d.n FROM doc d WHERE d.n IN ({marks(numbers)}) ORDER BY {order}d.n"  # noqa: S608
    return [number for (number,) in shelf.rows(sql, (*numbers, *values))]
