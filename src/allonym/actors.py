"""Which entries of different lists are one actor.

Takes entities of all sources; gives each its actor's id. Two entries are one actor when an official source says so:
they bear the same id of the same publisher, or the built-in register names the publisher's number. Nothing is inferred
from names here. Ids that a user's own file gives are its own: they never join an official entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from allonym.model import Entity
from allonym.sources import catalogue

Key = tuple[str, str]  # source, entity id


@dataclass(slots=True)
class Actors:
    """Actor ids of entries; fill with `add`, then ask with `actor`."""

    cross_references: dict[str, str] = field(default_factory=dict)  # publisher's id -> register id
    official: dict[str, set[str]] = field(default_factory=dict)  # id -> official sources that have it
    private: dict[str, list[str]] = field(default_factory=dict)  # id -> users' sources that have it

    def add(self, entity: Entity) -> None:
        """Take note of an entry."""
        if is_official(entity.source):
            self.official.setdefault(entity.entity_id, set()).add(entity.source)
        else:
            self.private.setdefault(entity.entity_id, []).append(entity.source)
        if entity.source == catalogue.REGISTER:
            for statement in entity.statements:
                if statement.qualifier == "same_as":
                    self.cross_references.setdefault(statement.value, entity.entity_id)

    def actor(self, source: str, entity_id: str) -> str:
        """The actor's id of that entry: the register's where it has the actor, else the publisher's own."""
        if is_official(source):
            return self.cross_references.get(entity_id, entity_id)
        taken = entity_id in self.official or self.private.get(entity_id, [source])[0] != source
        return f"{source}/{entity_id}" if taken else entity_id


def is_official(source: str) -> bool:
    """Whether a source is a publisher's list or the register, not a user's file."""
    return source == catalogue.REGISTER or source.removesuffix(catalogue.EXTRACT) in catalogue.sources()


def actor_ids(entities: Iterable[Entity]) -> Actors:
    """All entries noted."""
    actors = Actors()
    for entity in entities:
        actors.add(entity)
    return actors
