"""Whose dossier it is: from an id or a name to one actor and all its entries.

Takes the open lists and what was asked; gives the actor's id and its (source, id) entries. Two actors that bear the
name are both offered, and none is chosen. Must not join entries on its own: only an official number that the register
names, or screening's own merging, makes two entries one actor.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from allonym.dossier.clocks import REGISTER, Chosen
from allonym.dossier.terms import terms
from allonym.errors import NotFoundError, SeveralError
from allonym.matching.evidence import Hit
from allonym.model import NAME_PROPS, Entity, Snapshot
from allonym.store import Store
from allonym.store.view import View

Entry = tuple[str, str]  # source, entity id
LOOKED_AT = 10
_SIGNS = re.compile(r"[^\w]+")


class OpenLists(Protocol):
    """What a dossier needs of `allonym.Lists`."""

    @property
    def store(self) -> Store:
        """The store."""

    def snapshots(self) -> list[Snapshot]:
        """Every snapshot, by source, in time order."""

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
    """Which official entries the register takes for one actor: entry id to register id, and back."""

    actor_of: dict[str, str]

    @classmethod
    def read(cls, lists: OpenLists, view: View) -> "SameActor":
        """From the register's statements in a view."""
        date = view.date(REGISTER)
        if date is None:
            return cls({})
        found: dict[str, str] = {}
        only = ("Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel", "Airplane")
        for entity in lists.store.entities(View(((REGISTER, date),)), only=only):
            for statement in entity.statements:
                if statement.qualifier == "same_as":
                    found.setdefault(statement.value, entity.entity_id)
        return cls(found)

    def actor(self, entity_id: str) -> str:
        """The actor's id of an official entry."""
        return self.actor_of.get(entity_id, entity_id)

    def ids(self, actor_id: str) -> list[str]:
        """The actor's id and those of its entries."""
        return [actor_id, *(entry for entry, actor in self.actor_of.items() if actor == actor_id)]


def is_official(source: str) -> bool:
    """Whether it is the register or a publisher's list, and not a user's own file."""
    return source == REGISTER or terms().list_of(source) is not None


def find(lists: OpenLists, chosen: Chosen, same: SameActor, asked: str, as_of: str | None = None) -> Found:
    """The actor of an id, else the one that bears the name. Raises SeveralError, NotFoundError."""
    return _by_id(lists, chosen, same, asked) or _by_name(lists, chosen, same, asked, as_of)


def _by_id(lists: OpenLists, chosen: Chosen, same: SameActor, asked: str) -> Found | None:
    sources = _sources_of(lists, chosen, asked)
    if not sources:
        source, _, entity_id = asked.partition("/")
        if not entity_id or source not in _sources_of(lists, chosen, entity_id):
            return None
        return Found(asked, ((source, entity_id),))
    official = [s for s in sources if is_official(s)]
    if not official:
        return Found(asked, ((sources[0], asked),), also=tuple(f"{s}/{asked}" for s in sources[1:]))
    actor = same.actor(asked)
    ids = same.ids(actor)
    entries = [(s, i) for i in ids for s in _sources_of(lists, chosen, i) if is_official(s)]
    others = tuple(f"{s}/{asked}" for s in sources if not is_official(s))
    return Found(actor, tuple(entries), asked if asked != actor else None, others)


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


def folded(name: str) -> str:
    """A name without case, accents, signs and order of blanks: what two spellings of one name share."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _SIGNS.sub(" ", plain).casefold().strip()
