"""The time line of one actor: every dated event, oldest first.

Takes entries and standings; gives events up to a day. A date of a measure that says only that it stood that day is no
event. Must not date what the sources do not date.
"""

from collections.abc import Iterator

from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Event, Standing
from allonym.dossier.entries import Listed, events
from allonym.dossier.terms import terms

LIFE = {
    "birthDate": "born",
    "deathDate": "died",
    "incorporationDate": "incorporated",
    "dissolutionDate": "dissolved",
}
#: Kinds of date that tell a state or a bound, and no event.
NO_EVENT = ("in_force_on", "act_in_force", "compliance")


def timeline(listed: list[Listed], shown: list[Standing], chosen: Chosen, day: str) -> tuple[Event, ...]:
    """All events up to a day (ISO), each once."""
    found = [*_life(listed), *(e for s in shown for e in _measure(s))]
    for entry in listed:
        found += events(entry, chosen)
    unique = {(e.date, e.text): e for e in found if e.date[:10] <= day}
    return tuple(sorted(unique.values(), key=lambda e: (e.date, e.kind, e.text)))


def _life(listed: list[Listed]) -> Iterator[Event]:
    for entry in listed:
        for s in entry.entity.statements:
            if s.prop in LIFE:
                told = f" ({s.qualifier})" if s.qualifier else ""
                yield Event(s.value, f"{LIFE[s.prop]}{told}", entry.source, "life")


def _measure(standing: Standing) -> Iterator[Event]:
    measure = standing.measure
    authority = terms().authority(measure.authority).english
    amount = f" of up to {money(measure.amount, measure.currency)}" if measure.amount else ""
    kinds: dict[str, list[str]] = {}
    for date in measure.dates:
        if date.kind not in NO_EVENT:
            kinds.setdefault(date.date, []).append(date.kind.replace("_", " "))
    for day, told in kinds.items():
        named = f": {' and '.join(told)}" if told != ["unknown"] else ""
        yield Event(day, f"{standing.label}{amount}, {authority}{named}", standing.source, "measure")


def money(amount: float | None, currency: str | None) -> str:
    """An amount with its currency."""
    return f"{currency or ''} {amount:,.0f}".strip() if amount is not None else ""
