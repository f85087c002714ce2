"""What changed for customers: hits before and after, told as events.

Takes the hits of customers before and after, and what the lists say differently; gives one event for each hit that is
new, that went, or whose facts changed. An event is material when somebody has to look: a new hit, one that went, and a
change of name, date of birth, nationality, gender, identifier, program or measure, or a delisting. A note that was
reworded, an address, another score is told as immaterial. Must not screen.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial

from allonym.matching.facts import FACT_PROPS
from allonym.model import NAME_PROPS
from allonym.screening.customers import shown_id
from allonym.screening.query import Query
from allonym.screening.watch import Hits, Told
from allonym.store.touched import Touch

NEW, CHANGED, GONE = "new", "changed", "gone"
#: Properties whose change somebody has to look at, by the schema of the side entity, None for the entity itself.
MATERIAL: Mapping[str | None, Set[str]] = {
    None: FACT_PROPS | {*NAME_PROPS, "schema", "topics", "deathDate", "incorporationDate", "listed", "programs"},
    "Sanction": {"program", "programId", "authority", "provisions", "listingDate", "startDate", "endDate", "status"},
    "Identification": {"number", "holder"},
    "Passport": {"number", "holder"},
    "Measure": {"measure"},
}
DELISTED = "no longer listed, or what was ordered has ended"
APART = "listed still, and no longer enough alike"
OTHERWISE = "another score; what the lists say about it is the same"
LEFT = "the customer is no longer in the file"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that changed in a hit: `part` and `prop` as in `Touch`, the values that went and those that came, the
    source that says so (empty where several do)."""

    part: str | None
    prop: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str = ""

    @property
    def material(self) -> bool:
        """Whether somebody has to look."""
        return self.prop in MATERIAL.get(self.part, ())


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one hit of one customer. `hit` is as it is now, or was last where it is gone; `why` says it in
    words where facts do not; `score_before` is None for a new hit."""

    kind: str
    material: bool
    hit: Told
    customer_id: str | None
    customer: str
    score_before: float | None = None
    facts: tuple[Fact, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the lists say differently: per (source, entity id) what was touched, and who is no longer listed."""

    touched: Mapping[tuple[str, str], tuple[Touch, ...]]
    delisted: frozenset[tuple[str, str]]


def events(customers: Mapping[str, Query], before: Hits, after: Hits, said: Said, left: Hits) -> Iterator[Event]:
    """The events in the order of the customers, for each new, changed and gone hits; then those of customers who left
    the file, whose hits are `left`."""
    for key in customers:
        if key in before or key in after:
            yield from _of_customer(customers[key], before.get(key, ()), after.get(key, ()), said)
    for key, hits in left.items():
        for hit in hits:
            yield Event(GONE, False, hit, shown_id(key), "", hit.score, why=LEFT)


def _of_customer(customer: Query, before: tuple[Told, ...], after: tuple[Told, ...], said: Said) -> Iterator[Event]:
    event = partial(Event, customer_id=shown_id(customer.id or ""), customer=customer.caption)
    pairs, new, gone = _paired(before, after)
    for hit in new:
        yield event(NEW, True, hit=hit)
    for left, right in pairs:
        facts = tuple(_facts(left, right, said))
        if facts or left.score != right.score:
            material = any(fact.material for fact in facts)
            yield event(
                CHANGED, material, hit=right, score_before=left.score, facts=facts, why="" if facts else OTHERWISE
            )
    for hit in gone:
        delisted = _all_delisted(hit, said)
        facts = () if delisted else tuple(_touches(hit, said))
        why = DELISTED if delisted else APART
        yield event(GONE, True, hit=hit, score_before=hit.score, facts=facts, why=why)


def _paired(
    before: tuple[Told, ...], after: tuple[Told, ...]
) -> tuple[list[tuple[Told, Told]], list[Told], list[Told]]:
    """Hits of the same actor, hits that are new, and hits that are gone. An actor may have got another id: then it is
    the same if it has an entry in common."""
    rest = {hit.entity_id: hit for hit in before}
    pairs, new = [], []
    for hit in after:
        if hit.entity_id in rest:
            pairs.append((rest.pop(hit.entity_id), hit))
        else:
            new.append(hit)
    for hit in list(new):
        other = next((o for o in rest.values() if set(o.referents) & set(hit.referents)), None)
        if other is not None:
            new.remove(hit)
            pairs.append((rest.pop(other.entity_id), hit))
    return pairs, new, list(rest.values())


def _facts(before: Told, after: Told, said: Said) -> Iterator[Fact]:
    if before.entity_id != after.entity_id:
        yield Fact(None, "actor", (before.entity_id,), (after.entity_id,))
    if set(before.referents) != set(after.referents):
        yield Fact(None, "listed", *_apart(before.referents, after.referents))
    touches = list(_touches(after, said))
    if set(before.programs) != set(after.programs) and not any(
        fact.part in ("Sanction", "Measure") for fact in touches
    ):
        yield Fact(None, "programs", *_apart(before.programs, after.programs))
    yield from touches


def _touches(hit: Told, said: Said) -> Iterator[Fact]:
    for source in hit.sources:
        for entity_id in hit.referents:
            for touch in said.touched.get((source, entity_id), ()):
                yield Fact(touch.part, touch.prop, touch.before, touch.after, source)


def _apart(before: Iterable[str], after: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each has that the other lacks."""
    left, right = set(before), set(after)
    return tuple(sorted(left - right)), tuple(sorted(right - left))


def _all_delisted(hit: Told, said: Said) -> bool:
    return all(any((source, entity_id) in said.delisted for source in hit.sources) for entity_id in hit.referents)
