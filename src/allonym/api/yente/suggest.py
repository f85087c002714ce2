"""What the reconciliation API offers while somebody types: entities, properties, types.

Takes a prefix; gives what begins so. Must not score.
"""

import re
from typing import Any

import orjson
from followthemoney import model as ftm
from followthemoney.types import registry

from allonym.api.yente import schemata
from allonym.api.yente.condition import joined, one_of, text
from allonym.api.yente.reconcile import candidate
from allonym.api.yente.shelf import Document, Shelf

MOST = 5
MOST_ENTITIES = 100
LOOKED_AT = 400
WORD = re.compile(r"\w+")


def envelope(prefix: str, result: list[dict[str, Any]]) -> dict[str, Any]:
    """The answer around what is offered."""
    return {"code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": result}


def entities(shelf: Shelf, scope: frozenset[str], prefix: str, limit: int) -> list[dict[str, Any]]:
    """Entities one of whose names has all words, the last as a prefix; or the one of that id."""
    wanted = max(0, min(limit, MOST_ENTITIES))
    by_id = shelf.by_id(prefix.strip()) if prefix.strip() else None
    if by_id is not None:
        return [_offered(by_id)][:wanted]
    words = [word.lower() for word in WORD.findall(prefix)][:20]
    if not words or not wanted:
        return []
    match = "names: (" + " AND ".join(f'"{word}"' for word in words) + "*)"
    condition = joined([one_of("d.dataset", sorted(scope)), text(match)], "AND")
    sql = (
        f"SELECT d.body FROM doc d JOIN words ON words.rowid = d.n WHERE words MATCH ? AND ({condition.sql}) "  # noqa: S608
        "ORDER BY d.boost - bm25(words, 3.0, 1.0) DESC, d.id LIMIT ?"
    )
    rows = shelf.rows(sql, (match, *condition.values, LOOKED_AT))
    found = [orjson.loads(body) for (body,) in rows]
    return [_offered(one) for one in sorted(found, key=lambda one: not _in_one_name(one, words))][:wanted]


def _in_one_name(entity: Document, words: list[str]) -> bool:
    schema = ftm.schemata[entity["schema"]]
    names = [
        value.lower()
        for prop, values in entity["properties"].items()
        if schema.properties[prop].type is registry.name
        for value in values
    ]
    return any(all(word in name for word in words) for name in names)


def _offered(entity: Document) -> dict[str, Any]:
    """The entity under the name that FtM would pick."""
    names = entity["properties"].get("name", [])
    picked = registry.name.pick(names) if len(names) > 1 else None
    return {**candidate(entity), "name": picked or (names[0] if names else entity["caption"])}


def properties(prefix: str, schema: str = "Thing") -> list[dict[str, str]]:
    """Properties whose name or label begins so, at most five."""
    found: dict[str, dict[str, str]] = {}
    for one in [ftm.schemata[schema], *sorted(ftm, key=lambda s: str(s.name))]:
        for prop in one.properties.values():
            if _is_offered(prop) and _begins(prefix, prop.name, prop.label):
                found.setdefault(prop.qname, _told(prop))
    ordered = sorted(found.values(), key=lambda row: (row["name"], row["id"]))
    return ordered[:MOST]


def types(prefix: str) -> list[dict[str, str]]:
    """Schemata whose name or label begins so, at most five."""
    found = [s for s in ftm if s.matchable and (_begins(prefix, s.name, s.label) or _begins(prefix, s.plural, ""))]
    return [schemata.described(s.name) for s in sorted(found, key=lambda s: str(s.name))][:MOST]


def proposed(schema: str, limit: int) -> list[dict[str, str]]:
    """The properties of a schema to make columns of: featured ones first, cut, then by label."""
    one = ftm.schemata[schema]
    offered = [prop for prop in one.properties.values() if not prop.stub and not prop.hidden]
    offered.sort(key=lambda prop: (prop.name not in one.featured, prop.label))
    shown = offered[:limit] if limit > 0 else offered
    return [{"id": prop.name, "name": prop.label} for prop in sorted(shown, key=lambda prop: str(prop.label))]


def _is_offered(prop: Any) -> bool:
    return not prop.stub and not prop.hidden and prop.type is not registry.entity


def _told(prop: Any) -> dict[str, str]:
    return {"id": prop.qname, "name": prop.label, "description": prop.description or prop.label}


def _begins(prefix: str, name: str, label: str) -> bool:
    start = prefix.strip().lower()
    return name.lower().startswith(start) or label.lower().startswith(start)
