"""Alerts against the lists as they stand: one that is opened by hand, and all of them after the lists changed.

Takes the lists and a way to a transaction; keeps alerts by way of `opening`. Remembers in the store what was looked at
last. Must not look again while nothing changed.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

import orjson

from allonym.cases.alert import Alert, Listed, Origin
from allonym.cases.change import Act, Writing
from allonym.cases.opening import SOUGHT, Current, Opened, Opener, OpenLists, customer, number_chunks
from allonym.cases.policy import Person
from allonym.cases.rows import every_number, of_customers
from allonym.errors import ConflictError, NotFoundError
from allonym.matching.compare import compare
from allonym.matching.engine import Options
from allonym.screening.query import Query
from allonym.store.view import View

KIND, KEY = "cases", "looked-at"
#: Who opens alerts again when nobody asked for it.
PROGRAM = Person("allonym")


def by_hand(opener: Opener, query: Query, entity_id: str) -> Alert:
    """A new alert about a customer and an entity that may be no hit. Raises NotFoundError, ConflictError."""
    who = customer(query)
    known = of_customers(opener.writing.ledger.rows, [who.key]).get(who.key, [])
    now = _listed(opener.current, who.query(), entity_id)
    for alert in known:
        if alert.listed.entity_id == now.entity_id or not set(alert.listed.referents).isdisjoint(now.referents):
            raise ConflictError(
                f"alert {alert.number} is about both already, {alert.words}; note it there, or reopen it",
                alert=alert.number,
            )
    return opener.open(who, now)


def look_again(
    lists: OpenLists, current: Callable[[View], Current], deciding: Callable[[], AbstractContextManager[Writing]]
) -> Opened:
    """All alerts, when lists or actors are others than those looked at last."""
    view, (version, actors) = lists.view(), lists.actors()
    last, since = _last(lists)
    if (last, since) == (view.key, version):
        return Opened()
    with lists.store.reading() as rows:
        numbers = every_number(rows)
    if not numbers:
        return Opened()
    moved = frozenset[str]()
    if since != version:
        entries = lists.actors_changed(since)
        moved = frozenset(entry.rpartition("/")[2] for entry in entries) | {
            actors.get(entry, entry) for entry in entries
        }
    found = Opened()
    for portion in number_chunks(numbers):
        with deciding() as writing:
            found += Opener(current(view), writing, Act("open", PROGRAM), Origin.SCREENING).look_again(portion, moved)
    lists.store.put_record(KIND, KEY, orjson.dumps([view.key, version]))
    return found


def begun(lists: OpenLists) -> None:
    """Remember the lists that the first alerts were opened on."""
    if _last(lists) == ("", 0):
        lists.store.put_record(KIND, KEY, orjson.dumps([lists.view().key, lists.actors()[0]]))


def _last(lists: OpenLists) -> tuple[str, int]:
    with suppress(NotFoundError):
        key, version = orjson.loads(lists.store.record(KIND, KEY))
        return str(key), int(version)
    return "", 0


def _listed(current: Current, query: Query, entity_id: str) -> Listed:
    """The entity as it stands: as a hit where it is one at any score, else compared with the customer."""
    engine = current.lists.engine(current.view, Options(0.0, SOUGHT))
    for hit in next(iter(engine([query]))):
        if entity_id == hit.entity_id or entity_id in hit.referents:
            return current.listed(hit, current.properties([hit]))
    found = current.lists.store.entity(current.view, entity_id)
    if not found:
        raise NotFoundError(f"no entity {entity_id!r}; look it up by name: allonym screen NAME")
    entity = found[0]
    asked = {"schema": query.schema, "properties": query.properties}
    told = compare(asked, {"schema": entity.schema, "properties": entity.properties})
    sources = tuple(e.source for e in found)
    snapshots = tuple((s, current.view.date(s) or "") for s in sources)
    return Listed(entity_id, entity.caption, entity.caption, entity.schema, told.score, told.evidence, (), sources,
                  (entity_id,), snapshots, entity.properties, told.weights_version)  # fmt: skip
