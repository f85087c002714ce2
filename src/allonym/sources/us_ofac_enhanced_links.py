"""The relationships of OFAC's ENHANCED XML as FtM edges.

Takes the lxml element of an entity and what the file lists; states one edge a relationship, typed by OFAC's words, with
those words as its role. Must not type an edge whose ends do not fit (two companies are no associates): that is an
UnknownLink. An entity that only the other OFAC list has is pointed at by its id there, and reported.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import Entry

#: OFAC's words, read from the entity that states them to the related one: schema, property of either end.
EDGES = {
    "owned or controlled by": ("Ownership", "asset", "owner"),
    "property in the interest of": ("Ownership", "asset", "owner"),
    "owns, controls, or operates": ("Ownership", "owner", "asset"),
    "leader or official of": ("Directorship", "director", "organization"),
    "principal executive officer": ("Directorship", "director", "organization"),
    "acting for or on behalf of": ("Representation", "agent", "client"),
    "family member of": ("Family", "person", "relative"),
    "associate of": ("Associate", "person", "associate"),
    "providing support to": ("UnknownLink", "subject", "object"),
    "playing a significant role in": ("UnknownLink", "subject", "object"),
}
OTHER = ("UnknownLink", "subject", "object")
PERSONS = {"person", "relative", "associate"}
#: Interests that only somebody who can act may have: a ship neither leads nor represents.
ACTORS = {"director", "organization", "agent", "client", "owner"}

_SCAN = re.compile(rb"<(?:\w+:)?entity\s[^>]*?\bid=\"([^\"]*)\"|<(?:\w+:)?entityType\b[^>]*>([^<]*)<")
_BLOCK = 1 << 20
_OVERLAP = 512


@dataclass(frozen=True, slots=True)
class Listed:
    """An entity of the file: its OFAC number and type (Individual, Entity, Vessel, Aircraft)."""

    number: str
    type: str


def listed(path: Path) -> dict[str, Listed]:
    """Every entity of the file by its number, found in one pass over the bytes, before the file is read."""
    found: dict[str, Listed] = {}
    number, tail = "", b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = tail + block
            done = 0
            for match in _SCAN.finditer(text):
                done = match.end()
                if match[1] is not None:
                    number = match[1].decode("utf-8", "replace").strip()
                    found[number] = Listed(number, "")
                elif number:
                    found[number] = Listed(number, match[2].decode("utf-8", "replace").strip())
            tail = text[max(len(text) - _OVERLAP, done) :]  # an element may lie across two blocks
    return found


def relationships(element: Any, entry: Entry, prefix: str, other_prefix: str, known: dict[str, Listed]) -> None:
    """State the edges of one entity. `prefix` and `other_prefix` make ids of entities of this and of the other list."""
    for relation in element.iterfind("relationships/relationship"):
        words, related = xml.text(relation, "type"), relation.find("relatedEntity")
        number = related.get("entityId", "").strip() if related is not None else ""
        name = (related.text or "").strip() if related is not None else ""
        if not number:
            entry.unparsed("relationship", f"{words} {name}".strip())
            continue
        target = f"{prefix}{number}"
        if number not in known:
            target = f"{other_prefix}{number}"
            entry.report.issue("orphan", f"related entity {number} is not in this file; the link points at {target}",
                               entity_id=entry.entity_id, original=f"{words} {name}")  # fmt: skip
        if words.casefold() not in EDGES:
            entry.report.issue("unknown_field", f"relationship {words!r} is not known, kept as an unknown link",
                               entity_id=entry.entity_id, original=name)  # fmt: skip
        schema, near, far = _edge(words, entry, known.get(number))
        edge = entry.edge(schema, (near, entry.entity_id), (far, target), role=words, original=f"{words}: {name}")
        if quality := xml.text(relation, "quality"):
            holder = "status" if values.has_property(schema, "status") else "summary"
            edge.add(holder, quality, original=f"quality: {quality}")


def _edge(words: str, entry: Entry, related: Listed | None) -> tuple[str, str, str]:
    edge = EDGES.get(words.casefold(), OTHER)
    far_type = related.type if related else ""
    for end, is_person, is_thing in (
        (edge[1], entry.schema == "Person", values.is_a(entry.schema, "Vehicle")),
        (edge[2], far_type == "Individual", far_type in ("Vessel", "Aircraft")),
    ):
        unfit = (end in PERSONS and not is_person) or (end in ACTORS and is_thing)
        unfit = unfit or (end in ("asset", "organization") and is_person)
        if unfit:
            return OTHER
    return edge
