"""What is on official record upon somebody: measures of the register and of lists, and entries of lists.

Takes ids of actors and open lists; gives `Record`s to compare reports with. An entry of a list is a record of
sanctions by the list's authority; where its program says so, of a designation as a terrorist too. Must not judge.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from allonym.model import EXTRACT, REGISTER, Entity, MeasureDate
from allonym.model import Measure as Recorded
from allonym.news.known import Lists
from allonym.sources import built_in
from allonym.sources.built_in import Act, OfficialList
from allonym.store.view import View

#: OFAC's programs that list whom State or Treasury designated as terrorists, with the authorities that may have.
TERRORISTS = {"FTO": ("us-state",), "SDGT": ("us-ofac", "us-state")}


@dataclass(frozen=True, slots=True)
class Record:
    """A measure of the register or of a list, as far as it is compared."""

    record_id: str
    type: str
    authorities: tuple[str, ...]
    targets: frozenset[str]
    dates: tuple[MeasureDate, ...]
    amount: float | None
    currency: str | None
    count: int | None
    status: str
    citation: str
    source: str


def records(targets: frozenset[str], lists: Lists | None) -> Iterator[Record]:
    """The register's measures, and those of the lists upon these targets."""
    yield from _register()
    if lists is None:
        return
    view = lists.view()
    entries = {entry for entry, actor in lists.actors()[1].items() if actor in targets}
    for entity_id in sorted(targets | entries | {other for t in targets for other in _references().get(t, ())}):
        for found in lists.store.measures(view, entity_id=entity_id):
            if found.measure_id not in _register_ids():
                yield _recorded(found, targets)
        for sanction in lists.store.referring(view, entity_id):
            if sanction.schema == "Sanction" and sanction.source != REGISTER:
                yield from _listing(sanction, entity_id, targets, view)


def _recorded(found: Recorded, targets: frozenset[str]) -> Record:
    citation = next((c.document or c.title for c in found.citations), "")
    return Record(found.measure_id, found.type, (found.authority,), frozenset(found.targets) | targets, found.dates,
                  found.amount, found.currency, found.count, found.status, citation, found.authority)  # fmt: skip


@cache
def _register() -> tuple[Record, ...]:
    return tuple(_of_act(act) for act in built_in.register().acts)


@cache
def _register_ids() -> frozenset[str]:
    return frozenset(record.record_id for record in _register())


def _of_act(act: Act) -> Record:
    """An act of the register; a measure upon a member of a group is also one upon the group's members."""
    parents = {actor.entity_id: actor.parent for actor in built_in.register().actors if actor.parent}
    groups = {parents[t] for t in act.targets if t in parents}
    citation = next((c.document or c.title for c in act.citations), "")
    return Record(act.measure_id, act.type, (act.authority, *act.other_authorities),
                  frozenset((*act.targets, *act.concerns, *groups)), act.dates, act.amount, act.currency, act.count,
                  act.status, citation, REGISTER)  # fmt: skip


def _listing(sanction: Entity, entity_id: str, targets: frozenset[str], view: View) -> Iterator[Record]:
    """The records that an entry of a list amounts to."""
    listed = _lists().get(sanction.source.removesuffix(EXTRACT))
    if listed is None:
        return
    days = [*sanction.values("listingDate"), *sanction.values("startDate")]
    dates = tuple(MeasureDate("listed", day) for day in sorted(set(days)))
    ends = max(sanction.values("endDate"), default="")
    status = "expired" if ends and ends < (view.date(sanction.source) or "") else "listed"
    programs = sanction.values("program")
    told = f"{entity_id} on {listed.title}" + (f" ({', '.join(programs[:3])})" if programs else "")
    same = targets | {entity_id}
    record_id = f"{sanction.source}/{entity_id}"
    yield Record(record_id, "sanctions", (listed.authority,), same, dates, None, None, None, status, told,
                 sanction.source)  # fmt: skip
    for code, authorities in TERRORISTS.items():
        if code in programs:
            yield Record(record_id, "terrorist_designation", authorities, same, dates, None, None, None, status, told,
                         sanction.source)  # fmt: skip


@cache
def _lists() -> dict[str, OfficialList]:
    return {listed.source: listed for listed in built_in.register().lists}


@cache
def _references() -> dict[str, tuple[str, ...]]:
    """Ids in official lists of the register's actors."""
    return {actor.entity_id: tuple(r.entity_id for r in actor.references) for actor in built_in.register().actors}
