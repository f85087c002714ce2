"""An entity as the index keeps it: a short JSON row.

Takes `Listed`; gives the row, and the entity back. What repeats (the actor that is the entity itself, the caption that
is its first name) is 0, and what is empty at the end is left out: rows are most of a large index.
"""

from typing import Any

from allonym.index.listed import Listed

Row = list[Any]
SHORTEST = 6  # columns that every row has
LEFT_OUT: tuple[Any, ...] = ((), {}, ())  # what the others are when they are left out


def row(entity: Listed, source: int, schema: int) -> Row:
    """The entity as a row; source and schema by number."""
    names = [text for text, _ in entity.names]
    weak = [place for place, (_, is_weak) in enumerate(entity.names) if is_weak]
    found: Row = [
        entity.entity_id,
        0 if entity.actor_id == entity.entity_id else entity.actor_id,
        source,
        schema,
        0 if names and entity.caption == names[0] else entity.caption,
        names,
        weak,
        entity.facts,
        entity.programs,
    ]
    while len(found) > SHORTEST and not found[-1]:
        found.pop()
    return found


def entity(found: Row, sources: list[str], schemata: list[str]) -> Listed:
    """The entity of a row."""
    entity_id, actor, source, schema, caption, names = found[:SHORTEST]
    weak, facts, programs = (*found[SHORTEST:], *LEFT_OUT[len(found) - SHORTEST :])
    return Listed(
        entity_id,
        entity_id if actor == 0 else actor,
        sources[source],
        schemata[schema],
        names[0] if caption == 0 else caption,
        tuple((text, place in weak) for place, text in enumerate(names)),
        dict(facts),
        tuple(programs),
    )
