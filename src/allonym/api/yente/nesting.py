"""Entities with those around them: nested as objects, and property by property in pages.

Takes a shelf and an entity; gives JSON objects. One hop; from an edge (ownership, family, payment …) one more, to its
other side; never beyond a thing found that way.
"""

from typing import Any

from allonym.api.yente.schemata import by_qname, is_entity_typed, other_side, prop_of
from allonym.api.yente.shelf import Document, Shelf

MOST_NESTED = 5_000  # entities that point at one


def nested(shelf: Shelf, root: Document) -> Document:
    """The entity with what it names, and what names it, as objects."""
    ancestors = {root["id"]}
    properties = _forward(shelf, root, ancestors, second=False)
    for qname in shelf.pointers(root["id"]):
        name = reverse_name(qname, root["schema"])
        if name is not None:
            numbers = shelf.pointing(root["id"], qname)[:MOST_NESTED]
            found = [_first_hop(shelf, shelf.document(number), ancestors) for number in numbers]
            properties[name] = [*properties.get(name, ()), *found]
    return {**root, "properties": properties}


def reverse_name(qname: str, schema: str) -> str | None:
    """What the property that points (`Sanction:entity`) is called at the entity it points at (`sanctions`)."""
    prop = by_qname(qname)
    if prop is None or prop.reverse is None:
        return None
    name: str = prop.reverse.name
    return name if prop_of(schema, name) is not None else None


def _first_hop(shelf: Shelf, entity: Document, ancestors: set[str]) -> Document:
    """An entity next to the root: an edge leads on to its other side."""
    sides = other_side(entity["schema"])
    if not sides:
        return entity
    return {**entity, "properties": _forward(shelf, entity, {*ancestors, entity["id"]}, second=True, only=sides)}


def _forward(
    shelf: Shelf, entity: Document, ancestors: set[str], *, second: bool, only: frozenset[str] | None = None
) -> dict[str, list[Any]]:  # fmt: skip
    """The properties, with ids of entities that are there as objects. A list that then holds objects holds no ids."""
    found: dict[str, list[Any]] = {}
    for name, values in entity["properties"].items():
        found[name] = list(values)
        if (only is not None and name not in only) or not is_entity_typed(prop_of(entity["schema"], name)):
            continue
        known = shelf.many([value for value in values if value not in ancestors])
        objects = [
            known[value][1] if second else _first_hop(shelf, known[value][1], ancestors)
            for value in values
            if value in known
        ]
        if objects:
            found[name] = objects
    return found


def neighbours(shelf: Shelf, root: Document, name: str) -> list[int]:
    """The numbers of the entities at one property of the root, in the order of their file."""
    prop = prop_of(root["schema"], name)
    if prop is None or not is_entity_typed(prop):
        return []
    if prop.stub:
        found = {
            number
            for qname in shelf.pointers(root["id"])
            if reverse_name(qname, root["schema"]) == name
            for number in shelf.pointing(root["id"], qname)
        }
    else:
        found = {number for number, _ in shelf.many(root["properties"].get(name, ())).values()}
    return sorted(found)


def page(shelf: Shelf, root: Document, numbers: list[int], *, limit: int, offset: int) -> dict[str, Any]:
    """One page of neighbours, each with its other side if it is an edge."""
    start = max(0, offset)
    shown = numbers[start : start + max(0, limit)]
    return {
        "results": [_first_hop(shelf, shelf.document(number), {root["id"]}) for number in shown],
        "total": {"value": len(numbers), "relation": "eq"},
        "limit": limit,
        "offset": offset,
    }


def properties_around(shelf: Shelf, root: Document) -> list[str]:
    """The properties at which the root has neighbours or may have."""
    schema = root["schema"]
    named = [name for name in root["properties"] if is_entity_typed(prop_of(schema, name))]
    back = [name for qname in shelf.pointers(root["id"]) if (name := reverse_name(qname, schema))]
    return list(dict.fromkeys([*named, *back]))
