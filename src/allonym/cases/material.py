"""Whether a customer and an entity are what they were when somebody looked at them.

Takes an alert, the customer and the entity as they are now, and what the lists say differently; gives the facts that
changed, material or not by the same rule as `screening.changes`. Must not read the store.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from allonym.cases.alert import Alert, Customer, Listed
from allonym.screening.changes import DELISTED, Fact, Said, events
from allonym.screening.watch import Hits

AGAIN = "listed again"
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed: facts, of which those of the customer have `customer` as source, and words where facts do not say
    it; the customer and the entity as they are now."""

    facts: tuple[Fact, ...]
    why: str
    material: bool
    customer: Customer
    listed: Listed

    def told(self) -> list[dict[str, Any]]:
        """The facts as JSON, the material ones marked."""
        return [{**asdict(fact), "material": fact.material} for fact in self.facts]

    def sentence(self) -> str:
        """What changed materially, in words."""
        parts = [self.why] if self.why else []
        for fact in self.facts:
            if fact.material:
                part = f"{fact.part} " if fact.part else ""
                whose = f" ({fact.source})" if fact.source else ""
                before, after = ", ".join(fact.before) or "nothing", ", ".join(fact.after) or "nothing"
                parts.append(f"{part}{fact.prop}{whose}: {before} became {after}")
        return "; ".join(parts)


def difference(alert: Alert, customer: Customer, now: Listed | None, said: Said) -> Difference:
    """From what the alert keeps to what is now. `now` is None for an entity that is no hit: the lists alone tell."""
    own = tuple(_customer_facts(alert.customer, customer))
    kept = alert.listed
    gone = now is None and all(any((s, i) in said.delisted for s in kept.sources) for i in kept.referents)
    if kept.gone or gone:
        return _about_going(alert, customer, now, own)
    if now is None:
        there = tuple(i for i in kept.referents if not all((s, i) in said.delisted for s in kept.sources))
        now = replace(kept, referents=there)
    key = alert.customer.key
    before: Hits = {key: (kept.told(),)}
    after: Hits = {key: (now.told(),)}
    found = list(events({key: customer.query()}, before, after, said, {}))
    facts = own + tuple(fact for event in found for fact in event.facts)
    material = any(fact.material for fact in own) or any(event.material for event in found)
    return Difference(facts, "", material, customer, now)


def _about_going(alert: Alert, customer: Customer, now: Listed | None, own: tuple[Fact, ...]) -> Difference:
    """An entity that went, or had gone."""
    material = any(fact.material for fact in own)
    if not alert.listed.gone:
        return Difference(own, DELISTED, True, customer,
                          replace(alert.listed, gone=True))  # fmt: skip
    if now is None:
        return Difference(own, "", material, customer, alert.listed)
    return Difference(own, AGAIN, True, customer, now)


def _customer_facts(before: Customer, after: Customer) -> Iterator[Fact]:
    if before.schema != after.schema:
        yield Fact(None, "schema", (before.schema,), (after.schema,), CUSTOMER)
    for prop in sorted(before.properties.keys() | after.properties.keys()):
        left, right = before.properties.get(prop, []), after.properties.get(prop, [])
        if set(left) != set(right):
            went, came = (tuple(v for v in one if v not in other) for one, other in ((left, right), (right, left)))
            yield Fact(None, prop, went, came, CUSTOMER)
