"""Which entities are the entries of a list, and which only hang on one.

Takes FtM schemata and ids; gives what the counts and the diff need to know of them. Must not be imported for reading:
FtM's model takes half a second to load.

An entry is a Thing that somebody may be screened against. Sanctions, identity documents and edges are no Things; and a
few Things only describe an entry or lie around it: addresses, positions, court cases, notes and documents.
"""

import re
from dataclasses import dataclass
from functools import cache

from followthemoney import model as ftm
from followthemoney.types import registry

#: Things that are no entries, with everything derived from them.
BESIDE = ("Address", "Position", "CourtCase", "Note", "Article", "Document", "Event")

_SIDE_ID = re.compile(r"(.+)-([a-z]+)-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a schema is. `entry`: may be an entry of a list; `edge`: a link between entities.

    `identifiers` and `references` are its properties that hold identifiers and ids of other entities. An unknown schema
    is none of these.
    """

    entry: bool
    edge: bool
    identifiers: frozenset[str]
    references: frozenset[str]


@cache
def kind(schema: str) -> Kind:
    """What that schema is."""
    found = ftm.get(schema)
    if found is None:
        return Kind(False, False, frozenset(), frozenset())
    entry = bool(found.is_a("Thing")) and not any(found.is_a(other) for other in BESIDE)
    held = {registry.identifier: set[str](), registry.entity: set[str]()}
    for name, prop in found.properties.items():
        if prop.type in held and not prop.stub:
            held[prop.type].add(name)
    return Kind(entry, bool(found.edge), frozenset(held[registry.identifier]), frozenset(held[registry.entity]))


def owner(entity_id: str) -> str | None:
    """The entry that a side entity was made for, by its id (`sources.entry.Entry.child`); None for an id of its own."""
    found = None
    while (match := _SIDE_ID.fullmatch(entity_id)) and match[2] in _lower_schemata():
        found = entity_id = match[1]
    return found


@cache
def _lower_schemata() -> frozenset[str]:
    return frozenset(schema.name.lower() for schema in ftm)


def is_entry(entity_id: str, schema: str) -> bool:
    """Whether this is an entry of its list: the schema of one, and not made for another entry."""
    return kind(schema).entry and owner(entity_id) is None
