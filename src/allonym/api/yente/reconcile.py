"""The reconciliation API 0.2 of the W3C, in yente's form and in the form that OpenRefine needs where they differ.

Takes parsed queries; gives the service's manifest, candidates, values. Must not read a request.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from followthemoney import model as ftm
from pydantic import BaseModel, ConfigDict, Field

from allonym.api.yente import schemata
from allonym.api.yente.algorithms import ALGORITHMS
from allonym.api.yente.example import Example, example
from allonym.api.yente.manifest import Dataset
from allonym.api.yente.match import DEEPEST, MOST_BATCH, matched
from allonym.api.yente.parameters import Wanted
from allonym.api.yente.shelf import Document, Shelf
from allonym.api.yente.standing import Keeper, Standing, ready
from allonym.api.yente.wire import refused

SPACE = "https://www.opensanctions.org"
MATCH = 0.7
MOST_RESULTS = 100
MOST_IDS = 1_000
PREVIEW = {"width": 430, "height": 600}


class Property(BaseModel):
    """A property that a query asks for: `v` is text, a number, a cell that was matched, or several."""

    pid: str
    v: Any = None


class ReconcileQuery(BaseModel):
    """One cell."""

    model_config = ConfigDict(extra="ignore")
    query: str | None = None
    type: str | list[str] | None = None
    limit: int = Field(5, ge=0)
    properties: list[Property] = []


class Settings(BaseModel):
    """How a column is filled."""

    limit: int | str | None = None
    render: str | None = None


class Column(BaseModel):
    """A column to fill."""

    id: str
    settings: Settings | None = None


class ReconcileExtend(BaseModel):
    """Which columns to fill, for which entities."""

    ids: list[str] = Field(max_length=MOST_IDS)
    properties: list[Column] = Field(max_length=200)


def service(shelf: Shelf, dataset: Dataset, base: str, carried: str) -> dict[str, Any]:
    """The manifest. `base` is the public address, `carried` the query string that clients must send along."""
    root, tail = f"{base}/reconcile/{dataset.name}", f"?{carried}" if carried else ""
    settings = [
        {"name": "limit", "label": "Limit", "type": "number", "default": 0,
         "help_text": "Most values a cell (0: all)"},
        {"name": "render", "label": "Values", "type": "select", "default": "caption",
         "help_text": "In words, or as they are stored",
         "choices": [{"value": "caption", "name": "In words"}, {"value": "raw", "name": "As stored"}]},
    ]  # fmt: skip
    page = f"{root}/preview{tail}{'&' if tail else '?'}id={{{{id}}}}"
    suggest = {
        kind: {"service_url": root, "service_path": f"/suggest/{kind}{tail}"} for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": f"{dataset.title} (yente)",
        "identifierSpace": f"{SPACE}/docs/identifiers/",
        "schemaSpace": f"{SPACE}/reference/#schema",
        "documentation": f"{base}/",
        "batchSize": 3,
        "view": {"url": page},
        "preview": {"url": page, **PREVIEW},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": root, "service_path": f"/extend/property{tail}"},
            "propose_settings": settings,
            "property_settings": settings,
        },
        "defaultTypes": default_types(shelf),
    }


def default_types(shelf: Shelf) -> list[dict[str, str]]:
    """The matchable schemata that are there, and their parents."""
    found = set()
    for name in shelf.schemata:
        if ftm.schemata[name].matchable:
            found |= {one.name for one in ftm.schemata[name].schemata if one.is_a("Thing")}
    return [schemata.described(name) for name in sorted(found)]


def answers(standing: Standing, dataset: str, asked: Mapping[str, ReconcileQuery], wanted: Wanted) -> dict[str, Any]:
    """Candidates by key. Raises HTTPException 400 for too many queries and an unknown type."""
    found, open_ones = _known(standing.shelf, asked)
    for key, one in open_ones.items():
        told = _told(one, wanted)
        scored, _ = matched(standing, dataset, {key: as_example(one)}, told, heavy=True)[key]
        found[key] = {"result": [_offered(body, hit.score) for hit, body in scored]}
    return {key: found[key] for key in asked}


async def answers_by_theirs(
    keeper: Keeper, dataset: str, asked: Mapping[str, ReconcileQuery], wanted: Wanted
) -> dict[str, Any]:  # fmt: skip
    """The same by nomenklatura's scores."""
    from allonym.api.yente import theirs

    found, open_ones = _known(ready(keeper.standing).shelf, asked)
    examples = {key: (as_example(one), _told(one, wanted)) for key, one in open_ones.items()}
    if examples:
        scored = await theirs.matched(keeper, dataset, examples, {"weights": {}, "config": {}})
        for key, (rows, _) in scored.items():
            found[key] = {"result": [_offered(body, score) for body, score, _ in rows]}
    return {key: found[key] for key in asked}


def _known(
    shelf: Shelf, asked: Mapping[str, ReconcileQuery]
) -> tuple[dict[str, Any], dict[str, ReconcileQuery]]:  # fmt: skip
    """The answers to cells that hold an entity's id, and the other cells."""
    if len(asked) > MOST_BATCH:
        raise refused(400, f"Too many queries in one batch (limit: {MOST_BATCH})")
    found: dict[str, Any] = {}
    for key, one in asked.items():
        by_id = shelf.by_id(one.query.strip()) if one.query else None
        if by_id is not None:
            found[key] = {"result": [{**candidate(by_id), "score": 1.0, "match": True}]}
    return found, {key: one for key, one in asked.items() if key not in found}


def _told(one: ReconcileQuery, wanted: Wanted) -> Wanted:
    """What is wanted for a cell: all that is not wholly unlike, as many as it asks for."""
    cutoff = DEEPEST if wanted.algorithm in ALGORITHMS else 0.0
    return replace(wanted, limit=min(one.limit, MOST_RESULTS), cutoff=cutoff, threshold=MATCH)


def _offered(body: bytes, score: float) -> dict[str, Any]:
    return {**candidate(orjson.loads(body)), "score": round(score, 4), "match": score >= MATCH}


def as_example(asked: ReconcileQuery) -> Example:
    """The cell as an example entity. Raises HTTPException 400 for an unknown type."""
    kind = (asked.type[0] if asked.type else None) if isinstance(asked.type, list) else asked.type
    schema = ftm.get(kind or "Thing")
    if schema is None:
        raise refused(400, f"Invalid type: {kind!r}"[:200])
    properties: dict[str, list[Any]] = {"name": [asked.query]} if asked.query else {}
    for one in asked.properties:
        prop = named(schema.name, one.pid)
        if prop is not None:
            properties.setdefault(prop, []).extend(_values(one.v))
    return example({"schema": schema.name, "properties": properties})


def named(schema: str, pid: str) -> str | None:
    """The property that a client means by `Thing:country` or `country`; None for one that is not known."""
    prop = schemata.by_qname(pid) if ":" in pid else ftm.schemata[schema].properties.get(pid)
    return None if prop is None else str(prop.name)


def _values(given: Any) -> list[str]:
    """The texts of a value: a cell that was matched stands by its name."""
    many = given if isinstance(given, list) else [given]
    found = [(one.get("name") or one.get("id")) if isinstance(one, dict) else one for one in many[:200]]
    return [str(one) for one in found if one is not None and not isinstance(one, dict | list)]


def candidate(entity: Document) -> dict[str, Any]:
    """An entity as it is offered."""
    return {
        "id": entity["id"],
        "name": entity["caption"],
        "description": schemata.label(entity["schema"]),
        "type": [schemata.described(entity["schema"])],
    }


def extended(shelf: Shelf, asked: ReconcileExtend) -> dict[str, Any]:
    """The values of columns. Raises HTTPException 400 for an id that was merged into another."""
    rows: dict[str, Any] = {}
    columns: dict[str, str] = {}
    for entity_id in asked.ids:
        entity = shelf.by_id(entity_id)
        if entity is None and shelf.canonical(entity_id) is not None:
            raise refused(400, f"The entity {entity_id} was merged into {shelf.canonical(entity_id)}"[:300])
        rows[entity_id] = {} if entity is None else _row(shelf, entity, asked.properties, columns)
    for column in asked.properties:
        for one in ftm:
            name = named(one.name, column.id)
            if name is not None and column.id not in columns:
                columns[column.id] = one.properties[name].label if name in one.properties else name
    meta = [{"id": c.id, "name": columns[c.id]} for c in asked.properties if c.id in columns]
    return {"meta": meta, "rows": rows}


def _row(shelf: Shelf, entity: Document, wanted: list[Column], columns: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in wanted:
        name = named(entity["schema"], column.id)
        prop = None if name is None else schemata.prop_of(entity["schema"], name)
        if prop is None or prop.stub:
            continue
        columns[column.id] = prop.label
        settings = column.settings or Settings()
        values = entity["properties"].get(prop.name, [])
        limit = _number(settings.limit)
        values = values[:limit] if limit else values
        if settings.render != "raw":
            values = [_in_words(shelf, prop, value) for value in values]
        row[column.id] = [{"str": value} for value in values]
    return row


def _number(given: int | str | None) -> int:
    """A number that a form may have as text; 0 for none."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _in_words(shelf: Shelf, prop: Any, value: str) -> str:
    if schemata.is_entity_typed(prop):
        found = shelf.by_id(value)
        return value if found is None else str(found["caption"])
    return schemata.said(prop, value)
