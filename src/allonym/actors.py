"""Which entries of different lists are one actor.

Takes entities of all sources; gives each its actor's id. Two entries are one actor when an official source says so:
they bear the same id of the same publisher, or the built-in register names the publisher's number. Nothing is inferred
from names here. Ids that a user's own file gives are its own: they never join an official entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from allonym.model import Entity
from allonym.resolution.standing import same_as
from allonym.sources.catalogue import is_official


@dataclass(frozen=True, slots=True)
class Actors:
    """Actor ids of entries. `same_as`: publisher's id to register id; `first`: id to the first source that has it,
    official sources before users' own."""

    same_as: dict[str, str]
    first: dict[str, str]

    def actor(self, source: str, entity_id: str) -> str:
        """The actor's id of that entry: the register's where it has the actor, else the publisher's own."""
        if is_official(source):
            return self.same_as.get(entity_id, entity_id)
        taken = self.first.get(entity_id, source) != source
        return f"{source}/{entity_id}" if taken else entity_id


def actors(register: Iterable[Entity], ids: Iterable[tuple[str, str]]) -> Actors:
    """Actors from the register's entities and the (source, entity id) of all entries; the latter are needed only where
    a user's own file is loaded, and may be left out otherwise."""
    named: dict[str, str] = {}
    for actor, entry in same_as(register):
        named.setdefault(entry, actor)
    first: dict[str, str] = {}
    for source, entity_id in ids:
        if is_official(source) or entity_id not in first:
            first[entity_id] = source
    return Actors(named, first)
