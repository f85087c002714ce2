"""What a text reports beside the official record: confirmed, contradicted, or on no record that is loaded.

Takes the measures of a reading with its mentions, the built-in register and, where lists are open, their measures;
gives a `Comparison` for each measure. Must not call a thing confirmed for its target alone: authority, type, target,
and what is told of date, amount and number must agree.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import countrynames

from allonym.model import REGISTER
from allonym.news.dates import near
from allonym.news.known import Lists, fold
from allonym.news.reading import Measure, Mention
from allonym.news.recorded import Record, records
from allonym.sources import built_in

CONFIRMED, CONTRADICTED, NONE = "confirmed", "contradicted", "no official record in the lists loaded"
APART = 10  # days by which a report and the record may differ: signing, publication and announcement are days apart
GONE = frozenset({"delisted", "revoked", "expired"})
#: Types that lists tell by one and the same entry: a designation by OFAC blocks property, and is told as sanctions.
ALIKE = {"sanctions": ("terrorist_designation",)}
#: Types of which the record is whole, so that a later beginning contradicts; of charges there may be earlier ones.
LISTED = frozenset({"terrorist_designation", "sanctions", "reward_offer", "delisting"})
WITHOUT = frozenset({"other"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reported measure beside the record: the verdict, the record's id, source and citation, and why."""

    verdict: str
    record: Record | None = None
    reasons: tuple[str, ...] = ()
    snapshots: tuple[tuple[str, str], ...] = ()  # the sources looked in, each with its day

    def to_dict(self) -> dict[str, object]:
        """As `reading/1` output carries it."""
        found = self.record
        official = None if found is None else {
            "id": found.record_id, "type": found.type, "authorities": list(found.authorities), "source": found.source,
            "dates": [{"kind": d.kind, "date": d.date} for d in found.dates], "amount": found.amount,
            "currency": found.currency, "count": found.count, "status": found.status, "citation": found.citation,
        }  # fmt: skip
        return {"verdict": self.verdict, "official": official, "reasons": list(self.reasons),
                "snapshots": dict(self.snapshots)}  # fmt: skip


def compared(
    measures: Sequence[Measure], mentions: Sequence[Mention], lists: Lists | None, day: str | None
) -> tuple[Comparison, ...]:
    """Each measure beside the official record; `day` (ISO) is the day of the text, after which records tell of things
    that the text could not know."""
    ids = {m.canonical: m.entity_id for m in mentions if m.entity_id}
    ids |= {m.canonical: found for m in mentions if (found := _actors().get(fold(m.canonical)))}
    where = _snapshots(lists)
    return tuple(_compare(measure, ids, lists, day, where) for measure in measures)


def _snapshots(lists: Lists | None) -> tuple[tuple[str, str], ...]:
    register = (REGISTER, built_in.register().about.as_of)
    if lists is None:
        return (register,)
    return (register, *((source, day) for source, day in lists.view().snapshots if source != REGISTER))


def _compare(
    measure: Measure, ids: dict[str, str], lists: Lists | None, day: str | None, where: tuple[tuple[str, str], ...]
) -> Comparison:
    if measure.status in ("denied", "threatened"):
        return Comparison(NONE, None, (f"not compared: the text tells it as {measure.status}",), where)
    targets = frozenset(ids[name] for name in measure.targets if name in ids)
    fitting = [r for r in records(targets, lists) if _is_of(measure, r, targets)]
    judged = sorted(
        (_judged(measure, record, day) for record in fitting), key=lambda j: (-j[0], _age(j[1], day), j[1].record_id)
    )
    if not judged:
        why = "" if targets else "nobody it was done to is named as the lists know them"
        return Comparison(NONE, None, (why,) if why else (), where)
    _, best, against, agreed = judged[0]
    if not against and _is_later(best, day):
        return Comparison(NONE, None, (f"the nearest on record came after the text: {best.record_id}",), where)
    return Comparison(CONTRADICTED if against else CONFIRMED, best, tuple(against or agreed), where)


def _is_of(measure: Measure, record: Record, targets: frozenset[str]) -> bool:
    """Whether a record may be the measure: of that type, upon one of these, by an authority that may be meant."""
    if record.type != measure.type and record.type not in ALIKE.get(measure.type, ()):
        return False
    if measure.type in WITHOUT:
        return False
    same = bool(targets & record.targets) or (measure.count is not None and measure.count == record.count)
    return same and _may_be(measure.authority, record.authorities)


def _may_be(told: str | None, recorded: Iterable[str]) -> bool:
    """Whether the authority told may be one of those on record; a person, or nobody told, may stand for any."""
    if told is None:
        return True
    named = _authorities().get(fold(told))
    if named is not None:
        return any(_same_office(named, authority) for authority in recorded)
    country = _country(told)
    if country is not None:
        return any(_country_of(authority) == country for authority in recorded)
    return True


def _same_office(told: str, recorded: str) -> bool:
    """Whether one office is the other or one is part of the other; the White House and presidents speak for all."""
    if told == recorded or told in _above(recorded) or recorded in _above(told):
        return True
    return told.endswith(("-white-house", "-president")) and _country_of(told) == _country_of(recorded)


def _judged(measure: Measure, record: Record, day: str | None) -> tuple[int, Record, list[str], list[str]]:
    """How well a record fits, with what speaks against it and what agrees."""
    against, agreed = list[str](), list[str]()
    first = min((d.date for d in record.dates), default=None)
    if measure.amount is not None and record.amount is not None:
        same = measure.amount.value == record.amount and measure.amount.unit == record.currency
        told = f"{record.amount:,.0f} {record.currency}"
        (agreed if same else against).append(f"the amount on record is {told}" if not same else f"same amount, {told}")
    if measure.count is not None and record.count is not None:
        same = measure.count == record.count
        (agreed if same else against).append(
            f"the number on record is {record.count}" if not same else f"same number, {record.count}"
        )
    if measure.iso and first:
        one = any(near(measure.iso, d.date, APART) for d in record.dates)
        (agreed if one else against).append(
            f"same date, {first}" if one else f"on record since {first}, not {measure.iso}"
        )
    if _is_later(record, day) and measure.type in LISTED:
        against.append(f"on record only since {first}, after the text")
    if record.status in GONE:
        against.append("on record as delisted since")
    if measure.iso and not first and record.status == "listed":
        agreed.append("the list states no date")
    if measure.authority and record.authorities:
        agreed.append("authority " + ", ".join(record.authorities))
    late = 2 if _is_later(record, day) else 0
    return 3 * len(agreed) - 4 * len(against) - late, record, against, agreed


def _is_later(record: Record, day: str | None) -> bool:
    """Whether a record begins after the text."""
    first = min((d.date for d in record.dates), default=None)
    return bool(day and first and first[:10] > _later(day))


def _age(record: Record, day: str | None) -> int:
    """Days from a record to the text, so that the newest one before it comes first; those after it last."""
    first = min((d.date for d in record.dates if len(d.date) >= 10), default=None)
    if day is None or first is None or len(day) < 10:
        return 0
    between = datetime.date.fromisoformat(day[:10]).toordinal() - datetime.date.fromisoformat(first[:10]).toordinal()
    return between if between >= -APART else 100_000 - between


def _later(day: str) -> str:
    return (
        datetime.date.fromordinal(datetime.date.fromisoformat(day[:10]).toordinal() + APART).isoformat()
        if len(day) >= 10
        else day
    )


@cache
def _actors() -> dict[str, str]:
    """Ids of the register's actors by their names, folded."""
    return {fold(row.text): actor.entity_id for actor in built_in.register().actors for row in actor.names}


@cache
def _authorities() -> dict[str, str]:
    return {fold(row.text): a.entity_id for a in built_in.register().authorities for row in a.names}


@cache
def _parents() -> dict[str, str]:
    return {a.entity_id: a.parent for a in built_in.register().authorities if a.parent}


def _above(authority: str) -> tuple[str, ...]:
    """The offices an office is part of, nearest first."""
    found = list[str]()
    while (parent := _parents().get(authority)) and parent not in found:
        found.append(parent)
        authority = parent
    return tuple(found)


def _country_of(authority: str) -> str:
    """The country of an authority's id: us-ofac → us; of the Union's bodies eu, of the Council's committees un."""
    return authority.partition("-")[0]


def _country(told: str) -> str | None:
    """The country that a government's name means, also by its administration."""
    if told.endswith(" Administration"):
        return "us"
    if told in ("European Union", "EU"):
        return "eu"
    code = countrynames.to_code(told)
    return None if code is None else code.lower()
