"""Whose dossier it is: from an id or a name to one actor and all its entries.

Takes the open lists and what was asked; gives the actor's id and its (source, id) entries. Two actors that bear the
name are both offered, and none is chosen. Must not join entries on its own: what the register names and what was
decided, by matching or by people (see `resolution`), makes entries one actor.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from allonym.dossier.clocks import Chosen
from allonym.dossier.terms import terms
from allonym.errors import NotFoundError, SeveralError
from allonym.matching.evidence import Hit
from allonym.model import NAME_PROPS, REGISTER, Entity, Snapshot
from allonym.names.script import folded
from allonym.resolution.standing import named_same
from allonym.store import Store
from allonym.store.view import View

Entry = tuple[str, str]  # source, entity id
LOOKED_AT = 10


class OpenLists(Protocol):
    """What a dossier needs of `allonym.Lists`."""

    @property
    def store(self) -> Store:
        """The store."""

    def snapshots(self) -> list[Snapshot]:
        """Every snapshot, by source, in time order."""

    def actors(self, known_at: str | None = None) -> tuple[int, Mapping[str, str]]:
        """The number of the last change, and whose entries those are that belong together with others; as it was at the
        end of an ISO day, if given."""

    def screen(
        self,
        queries: Iterable[str | dict[str, Any]],
        threshold: float | None = None,
        limit: int = 10,
        as_of: str | None = None,
    ) -> Iterator[list[Hit]]:
        """Hits for every query."""


@dataclass(frozen=True, slots=True)
class Found:
    """An actor: its id, its entries, the id that was asked when it is another, and entries of other actors that bear
    the very same id in a user's own file."""

    actor_id: str
    entries: tuple[Entry, ...]
    asked_id: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SameActor:
    """Which entries are of one actor: entry to actor id, and back. An entry is the id that an official list gives, or
    SOURCE/ID where several lists have the id."""

    actor_of: Mapping[str, str]

    @classmethod
    def read(cls, lists: OpenLists, view: View, known_at: str | None = None) -> "SameActor":
        """As the register of a view and the decisions have it; with `known_at`, an ISO day, as was decided by then."""
        official = {entry: actor for actor, entry in reversed(named_same(lists.store, view))}
        return cls({**official, **lists.actors(known_at)[1]})

    def actor(self, entity_id: str) -> str:
        """The actor's id of an official entry."""
        return self.actor_of.get(entity_id, entity_id)

    def ids(self, actor_id: str) -> list[str]:
        """The actor's id and those of its entries."""
        own = (entry for entry, actor in self.actor_of.items() if actor == actor_id and entry != actor_id)
        return [actor_id, *own]


def is_official(source: str) -> bool:
    """Whether it is the register or a publisher's list, and not a user's own file."""
    return source == REGISTER or terms().list_of(source) is not None


def find(lists: OpenLists, chosen: Chosen, same: SameActor, asked: str, as_of: str | None = None) -> Found:
    """The actor of an id, else the one that bears the name. Raises SeveralError, NotFoundError."""
    return _by_id(lists, chosen, same, asked) or _by_name(lists, chosen, same, asked, as_of)


def _by_id(lists: OpenLists, chosen: Chosen, same: SameActor, asked: str) -> Found | None:
    own = entries_of(lists, chosen, asked)
    if not own:
        return None
    actor = same.actor(asked)
    entries = list(dict.fromkeys(entry for i in same.ids(actor) for entry in entries_of(lists, chosen, i)))
    others = (s for s in _sources_of(lists, chosen, asked) if (s, asked) not in entries)
    return Found(actor, tuple(entries or own), asked if asked != actor else None, tuple(f"{s}/{asked}" for s in others))


def entries_of(lists: OpenLists, chosen: Chosen, entry: str) -> list[Entry]:
    """(source, id) of what decisions call by one name."""
    sources = _sources_of(lists, chosen, entry)
    if not sources:
        source, _, entity_id = entry.partition("/")
        return [(source, entity_id)] if entity_id and source in _sources_of(lists, chosen, entity_id) else []
    official = [s for s in sources if is_official(s)]
    return [(s, entry) for s in official or sources[:1]]


def _sources_of(lists: OpenLists, chosen: Chosen, entity_id: str) -> list[str]:
    """The sources that have the id in the snapshots that answer, or had it before."""
    present = [e.source for e in lists.store.entity(chosen.view, entity_id)]
    gone = [source for source, earlier in chosen.earlier.items()
            if earlier and source not in present and last_seen(lists, chosen, source, entity_id)]  # fmt: skip
    return sorted([*present, *gone])


def last_seen(lists: OpenLists, chosen: Chosen, source: str, entity_id: str) -> str | None:
    """The newest snapshot of a source, of those that answer or came before, that has the entry; None without one."""
    date = chosen.snapshots[source].date
    spans = [s for s in lists.store.history(source, entity_id) if s.first_seen <= date]
    return max((min(s.last_seen or date, date) for s in spans), default=None)


def _by_name(lists: OpenLists, chosen: Chosen, same: SameActor, asked: str, as_of: str | None) -> Found:
    hits = _hits(lists, asked, None)
    bearers = _bearers(lists, chosen, hits, asked)
    if not bearers and as_of is not None:  # somebody who is not listed any more
        then = _hits(lists, asked, as_of)
        bearers, hits = _bearers(lists, chosen, then, asked), hits or then
    if len(bearers) > 1:
        told = tuple((h.entity_id, h.caption, h.schema, h.sources) for h in bearers)
        raise SeveralError(f"{len(bearers)} actors bear the name {asked!r}; ask for one of them by its id", told)
    if not hits and not bearers:
        raise NotFoundError(
            f"nobody is listed as {asked!r}; `allonym screen` with a lower --threshold shows who is near"
        )
    hit = (bearers or hits)[0]
    found = _by_id(lists, chosen, same, hit.entity_id)
    if found is None:
        raise NotFoundError(f"{hit.entity_id} ({hit.caption}) was not known then; ask without --known-at")
    return found


def _hits(lists: OpenLists, asked: str, as_of: str | None) -> list[Hit]:
    """Hits in the lists as they answer now, or as they stood on a day."""
    try:
        return next(iter(lists.screen([asked], limit=LOOKED_AT, as_of=as_of)))
    except NotFoundError:
        return []


def _bearers(lists: OpenLists, chosen: Chosen, hits: list[Hit], asked: str) -> list[Hit]:
    wanted = folded(asked)
    return [h for h in hits if wanted in map(folded, _names(lists, chosen, h))]


def _names(lists: OpenLists, chosen: Chosen, hit: Hit) -> Sequence[str]:
    entities: list[Entity] = [
        e for e in lists.store.entities(chosen.view, ids=hit.referents) if e.source in hit.sources
    ]
    return [hit.caption, hit.listed_name, *(s.value for e in entities for s in e.statements if s.prop in NAME_PROPS)]
