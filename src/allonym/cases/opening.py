"""Alerts that screening and changes open, refresh and reopen.

Takes customers with their hits, or nothing but lists that changed; keeps alerts: a new one for each customer and entity
that has none; one that was closed opens again when customer or entity changed materially, and says what changed; one
that is still open is refreshed, and what was proposed for it falls. Must not screen more than it must.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from allonym.cases.alert import Alert, Customer, Listed, Origin, State
from allonym.cases.change import Act, Writing
from allonym.cases.material import Difference, difference
from allonym.cases.rows import is_taken, next_number, of_customers, read_alerts
from allonym.cases.transitions import due_day
from allonym.index.listed import Listed as Entry
from allonym.matching.engine import Engine, Options
from allonym.matching.evidence import Hit
from allonym.matching.weights import weights
from allonym.model import Properties, pooled
from allonym.screening.changes import Said
from allonym.screening.customers import key_of
from allonym.screening.query import Query
from allonym.store import Store
from allonym.store.touched import Touch
from allonym.store.view import View

CHUNK = 500
#: Hits among which an entity is sought again.
SOUGHT = 1_000
Key = tuple[str, str]
Asked = tuple[Query, Sequence[Hit]]


class OpenLists(Protocol):
    """What cases need of `allonym.Lists`."""

    folder: Path

    @property
    def store(self) -> Store:
        """The store."""

    def view(self) -> View:
        """The view that answers."""

    def engine(self, view: View, options: Options) -> Engine:
        """An engine on that view."""

    def actors(self) -> tuple[int, Mapping[str, str]]:
        """The number of the last change of actors, and whose entries those are that belong with others."""

    def actors_changed(self, since: int) -> set[str]:
        """The entries that are another actor's than after the change of that number."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Numbers of alerts: new ones, closed ones that opened again, open ones that were refreshed; and how many there
    were already and are as they were."""

    new: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    refreshed: tuple[int, ...] = ()
    as_before: int = 0

    def __add__(self, other: "Opened") -> "Opened":
        return Opened(self.new + other.new, self.reopened + other.reopened, self.refreshed + other.refreshed,
                      self.as_before + other.as_before)  # fmt: skip


class Current:
    """The lists as they stand: who is listed, what an entity says, what changed since a snapshot."""

    def __init__(self, lists: OpenLists, view: View, version: int) -> None:
        self.lists, self.view, self.version = lists, view, version
        self._members: dict[str, list[Entry]] | None = None

    def members(self) -> dict[str, list[Entry]]:
        """The entries of every actor that is listed."""
        if self._members is None:
            index = self.lists.engine(self.view, Options()).index
            self._members = {}
            for entry in map(index.entity, range(len(index))):
                self._members.setdefault(entry.actor_id, []).append(entry)
        return self._members

    def present(self) -> frozenset[Key]:
        """(source, id) of everybody who is listed."""
        return frozenset((e.source, e.entity_id) for own in self.members().values() for e in own)

    def properties(self, hits: Iterable[Hit]) -> dict[Key, Properties]:
        """What the lists say of all entries of hits' actors, by source and id."""
        ids = sorted({i for hit in hits for i in (*hit.referents, *(e.entity_id for e in self._entries(hit)))})
        return {(e.source, e.entity_id): e.properties for e in self.lists.store.entities(self.view, ids=ids)}

    def _entries(self, hit: Hit) -> list[Entry]:
        return self.members().get(hit.entity_id, [])

    def said(self, alerts: Iterable[Alert]) -> Said:
        """What the lists say differently about the entities of alerts than when those were kept."""
        wanted: dict[tuple[str, str, str], set[str]] = {}
        gone = set[Key]()
        own = list(alerts)
        present = self.present() if own else frozenset()
        for alert in own:
            basis = dict(alert.listed.snapshots)
            sources = alert.listed.sources
            away = [i for i in alert.listed.referents if present.isdisjoint((s, i) for s in sources)]
            gone |= {(source, i) for source in sources for i in away}
            for source in sources:
                old, new = basis.get(source), self.view.date(source)
                if old is not None and new is not None and old != new:
                    wanted.setdefault((source, old, new), set()).update(alert.listed.referents)
        touched: dict[Key, tuple[Touch, ...]] = {}
        for (source, old, new), ids in wanted.items():
            for entity_id, touches in self.lists.store.touched(source, old, new, ids).items():
                touched[source, entity_id] = touches
        return Said(touched, frozenset(gone))

    def listed(self, hit: Hit, said: Mapping[Key, Properties]) -> Listed:
        """A hit as it is kept: with all entries of its actor, also those that the threshold of this screening left out,
        so that another threshold is no change."""
        entries = self._entries(hit)
        sources = tuple(dict.fromkeys((*hit.sources, *(e.source for e in entries))))
        referents = tuple(dict.fromkeys((*hit.referents, *(e.entity_id for e in entries))))
        programs = tuple(dict.fromkeys((*hit.programs, *(p for e in entries for p in e.programs))))
        merged = pooled(said.get((source, entity_id), {}) for source in sources for entity_id in referents)
        snapshots = tuple((source, self.view.date(source) or "") for source in sources)
        return Listed(hit.entity_id, hit.caption, hit.listed_name, hit.schema, hit.score, hit.evidence, programs,
                      sources, referents, snapshots, merged, weights().version)  # fmt: skip


class Opener:
    """Opens, refreshes and reopens within one transaction."""

    def __init__(self, current: Current, writing: Writing, act: Act, origin: Origin) -> None:
        self.current, self.writing, self.act, self.origin = current, writing, act, origin
        self.number = next_number(writing.ledger.rows)

    def screened(self, asked: Sequence[Asked]) -> Opened:
        """What comes of these customers' hits, and of their alerts that are no hits any more."""
        customers = [customer(query) for query, _ in asked]
        known = of_customers(self.writing.ledger.rows, {c.key for c in customers})
        said = self.current.said(alert for own in known.values() for alert in own)
        facts = self.current.properties(hit for _, hits in asked for hit in hits)
        found = Opened()
        for who, (_, hits) in zip(customers, asked, strict=True):
            left = {alert.number: alert for alert in known.get(who.key, [])}
            for hit in hits:
                now = self.current.listed(hit, facts)
                alert = same_entity(left.values(), hit)
                if alert is None:
                    found += Opened(new=(self.open(who, now).number,))
                else:
                    found += self.settle(difference(alert, who, now, said), left.pop(alert.number))
            for alert in left.values():
                found += self.settle(difference(alert, who, None, said), alert)
        return found

    def open(self, who: Customer, now: Listed) -> Alert:
        """A new alert."""
        at = self.writing.ledger.at
        made = Alert(self.number, who, now, self.origin, at, at, due=due_day(self.writing.policy, at))
        self.number += 1
        return self.writing.keep(self.act, None, made)

    def settle(self, change: Difference, alert: Alert) -> Opened:
        """What a difference does to an alert."""
        if not change.material:
            return Opened(as_before=1)
        basis = tuple((s, self.current.view.date(s) or d) for s, d in change.listed.snapshots)
        listed = replace(change.listed, snapshots=basis)
        if is_taken(self.writing.ledger.rows, alert, listed.entity_id):
            # Two entities that the customer has alerts about turned out to be one: each alert keeps its own id.
            listed = replace(listed, entity_id=alert.listed.entity_id)
        after = replace(alert, customer=change.customer, listed=listed, proposal=None)
        more = {"changes": change.told(), "why": change.sentence()}
        if not alert.state.closed:
            self.writing.keep(replace(self.act, action="change", text="", more=more), alert, after)
            return Opened(refreshed=(alert.number,))
        due = due_day(self.writing.policy, self.writing.ledger.at)
        again = replace(after, state=State.OPEN, decision=None, due=due)
        self.writing.keep(replace(self.act, action="reopen", text=change.sentence(), more=more), alert, again)
        return Opened(reopened=(alert.number,))

    def look_again(self, numbers: Sequence[int], moved: frozenset[str]) -> Opened:
        """What the lists as they stand do to alerts: those whose entity may have changed are screened again. `moved`
        are ids of entries that are another actor's now."""
        alerts = read_alerts(self.writing.ledger.rows, numbers)
        said = self.current.said(alerts)
        actors = self.current.members()
        concerned = [alert for alert in alerts if _concerned(alert, said, moved) or _joined(alert, actors)]
        found = Opened(as_before=len(alerts) - len(concerned))
        if not concerned:
            return found
        engine = self.current.lists.engine(self.current.view, Options(0.0, SOUGHT))
        hits = [same_hit(alert, own) for alert, own in
                zip(concerned, engine([alert.customer.query() for alert in concerned]), strict=True)]  # fmt: skip
        facts = self.current.properties(hit for hit in hits if hit is not None)
        for alert, hit in zip(concerned, hits, strict=True):
            now = None if hit is None else self.current.listed(hit, facts)
            found += self.settle(difference(alert, alert.customer, now, said), alert)
        return found


def customer(query: Query) -> Customer:
    """The customer that a query asks about; the query's id is its key, as `screening.customers` makes it."""
    return Customer(query.id or key_of(query), query.schema, query.caption, query.properties)


def same_entity(alerts: Iterable[Alert], hit: Hit) -> Alert | None:
    """The alert about the entity of a hit: of the same id, else with an entry in common, for an actor may get another
    id."""
    own = list(alerts)
    exact = (alert for alert in own if alert.listed.entity_id == hit.entity_id)
    common = (alert for alert in own if not set(alert.listed.referents).isdisjoint(hit.referents))
    return next(exact, None) or next(common, None)


def same_hit(alert: Alert, hits: Sequence[Hit]) -> Hit | None:
    """The hit about the entity of an alert."""
    exact = (hit for hit in hits if hit.entity_id == alert.listed.entity_id)
    common = (hit for hit in hits if not set(alert.listed.referents).isdisjoint(hit.referents))
    return next(exact, None) or next(common, None)


def _joined(alert: Alert, actors: Mapping[str, Sequence[Entry]]) -> bool:
    """Whether the actor has other entries than the alert knows."""
    own = actors.get(alert.listed.entity_id)
    return own is not None and {e.entity_id for e in own} != set(alert.listed.referents)


def _concerned(alert: Alert, said: Said, moved: frozenset[str]) -> bool:
    listed = alert.listed
    pairs = [(source, i) for source in listed.sources for i in listed.referents]
    if listed.gone:
        return not all(any((s, i) in said.delisted for s in listed.sources) for i in listed.referents)
    gone = any(all((s, i) in said.delisted for s in listed.sources) for i in listed.referents)
    return gone or any(pair in said.touched for pair in pairs) or not moved.isdisjoint({*listed.referents,
                                                                                      listed.entity_id})  # fmt: skip


def chunks(asked: Iterable[Asked]) -> Iterator[list[Asked]]:
    """In numbers that one transaction takes."""
    numbered = iter(asked)
    while chunk := list(islice(numbered, CHUNK)):
        yield chunk


def number_chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """In numbers that one transaction takes."""
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]
