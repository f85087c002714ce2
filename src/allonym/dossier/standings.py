"""The measures upon one actor, and how each stands on a day.

Takes its entries; gives a `Standing` for each measure of the register and each sanction of a list. What ends a measure
(a successor, a delisting, the capture of the one a reward was for, the list that has it no more) is named. Must not
guess: a measure whose dates do not tell whether it stood that day is `not known`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allonym.dossier.days import beginning, begun_by, by_then, expiry
from allonym.dossier.dossier import Standing, State
from allonym.dossier.entries import Listed
from allonym.dossier.find import OpenLists
from allonym.dossier.terms import terms
from allonym.model import REGISTER, Citation, Entity, Measure, MeasureDate

#: Why a measure is not told: nothing of it had happened by the day.
LATER = "it came later"
CAPTURES = ("arrest", "use_of_force", "extradition")
LISTINGS = ("sanctions", "terrorist_designation")
#: What an entry of an official list is, where the register knows its number and the list itself is not loaded.
REFERENCE_TYPES = {"us-ofac": "sdn_entry", "un-security-council": "un_listing", "un-sc-2653": "un_listing"}


@dataclass(frozen=True, slots=True)
class _Read:
    """A measure with where it was read."""

    measure: Measure
    listed: Listed
    from_list: bool


def standings(lists: OpenLists, entries: list[Listed], day: str) -> list[Standing]:
    """Every measure with its state on a day (ISO), those of the register first, each list's after."""
    found = list(_read(lists, entries))
    measures = [read.measure for read in found]
    return [_standing(read, measures, day) for read in found]


def _read(lists: OpenLists, entries: list[Listed]) -> Iterator[_Read]:
    loaded = {(e.source, e.entity.entity_id) for e in entries}
    official = {entity_id for source, entity_id in loaded if source != REGISTER}
    for listed in entries:
        own = lists.store.measures(listed.view, entity_id=listed.entity.entity_id)
        for measure in own:
            yield _Read(measure, listed, from_list=False)
        ids = {measure.measure_id for measure in own}
        for entity in listed.referring:
            if entity.schema != "Sanction" or listed.entity.entity_id not in entity.values("entity"):
                continue
            if listed.source == REGISTER:
                if ids.isdisjoint(entity.values("recordId")) and not _is_loaded(entity, official):
                    yield _Read(_reference(entity), listed, from_list=False)
            else:
                yield _Read(_sanction(entity, listed), listed, from_list=True)


def _is_loaded(sanction: Entity, official: Iterable[str]) -> bool:
    """Whether the list is here that the register only quotes."""
    numbers = sanction.values("authorityId")
    return any(entity_id.partition("-")[2] in numbers for entity_id in official)


def _reference(entity: Entity) -> Measure:
    """The entry of an official list as the register quotes it."""
    authority = terms().authority(next(iter(entity.values("authority")), "")).authority_id
    return _measure(entity, authority, REFERENCE_TYPES.get(authority, "sanctions"), [
        *(MeasureDate("in_force_on", day) for day in sorted(entity.values("date"))[-1:]),
    ])  # fmt: skip


def _sanction(entity: Entity, listed: Listed) -> Measure:
    """A sanction as a list states it. Its `startDate` may be that of an amendment, so that the listing date counts."""
    named = next(iter(entity.values("authority")), None)
    known = terms().list_of(listed.source)
    authority = terms().authority(named).authority_id if named else known.authority if known else listed.source
    days, starts = sorted(entity.values("listingDate")), sorted(entity.values("startDate"))
    dates = [MeasureDate("listed", days[0])] if days else []
    dates += [MeasureDate("act_in_force" if days else "effective", day) for day in starts[:1]]
    dates += [MeasureDate("expires", day) for day in sorted(entity.values("endDate"))[-1:]]
    return _measure(entity, authority, "sanctions", dates)


def _measure(entity: Entity, authority: str, measure_type: str, dates: list[MeasureDate]) -> Measure:
    programs = [s.original or s.value for s in entity.statements if s.prop == "program"]
    numbers = dict.fromkeys([*entity.values("authorityId"), *entity.values("unscId"), *entity.values("recordId")])
    return Measure(
        measure_id=entity.entity_id, type=measure_type, subtype=measure_type, authority=authority,
        targets=tuple(entity.values("entity")), program="; ".join(dict.fromkeys(programs)) or None,
        legal_basis="; ".join(entity.values("provisions")) or None, dates=tuple(dates), status="listed",
        citations=tuple(Citation(url, url) for url in entity.values("sourceUrl")),
        note=" ".join([*entity.values("reason"), *entity.values("summary"),
                       *([f"Number {', '.join(numbers)}."] if numbers else [])]) or None,
    )  # fmt: skip


def _standing(read: _Read, measures: list[Measure], day: str) -> Standing:
    measure, listed = read.measure, read.listed
    known = terms().list_of(listed.source)
    codes = measure.program.split("; ") if measure.program else []
    programs = [program for code in codes if (program := terms().program(code))]
    kind = terms().types.get(measure.subtype or measure.type)
    groups = [kind.effects if kind else (), *(p.effects for p in programs if read.from_list)]
    if known and read.from_list:
        groups.append(known.effects)
    state, ended, why = _list_state(read, measures, day) if read.from_list else _state(measure, measures, day)
    began = beginning(measure)
    if read.from_list:
        label = f"entry on the {known.title if known else listed.source}"
    else:
        label = terms().label(measure.subtype or measure.type)
    return Standing(
        measure, listed.source, listed.snapshot, label, tuple(_titled(code) for code in codes), state,
        began[1] if began and began[0] != "in_force_on" else None, ended, why, terms().effects_of(*groups),
        listed.entity.entity_id,
    )  # fmt: skip


def _titled(code: str) -> str:
    program = terms().program(code)
    return code if program is None or program.title.startswith(code) else f"{code} ({program.title})"


def _list_state(read: _Read, measures: list[Measure], day: str) -> tuple[State, str | None, str]:
    measure, listed = read.measure, read.listed
    if not listed.present:
        return State.ENDED, None, f"last on {listed.source} in the snapshot of {listed.snapshot}, gone in the next"
    ends = expiry(measure)
    if ends is not None and by_then(ends, day) is True:
        return State.ENDED, ends, f"it expired on {ends}"
    removal, told = _removal(measure, [m for m in measures if _began(m) > listed.snapshot[:10]])
    if removal is not None and (over := begun_by(removal, day)) is not False:
        return (State.ENDED if over else State.UNKNOWN), _began(removal), f"{told}, later than the list here"
    if not listed.late:
        return State.IN_FORCE, ends, f"{listed.source} of {listed.snapshot} has it"
    told = f"the list of that day is not here; the snapshot of {listed.snapshot}, the first, has it"
    dated = begun_by(measure, day) if measure.dates else None
    if dated is None:
        return State.UNKNOWN, None, f"{told} and does not say since when"
    return (State.IN_FORCE, ends, f"{told}, as of a day before") if dated else (State.NOT_YET, None, LATER)


def _state(measure: Measure, measures: list[Measure], day: str) -> tuple[State, str | None, str]:
    began = begun_by(measure, day)
    if began is False:
        known = [d for d in measure.dates if by_then(d.date, day) is True and d.kind != "not_before"]
        told = ", ".join(f"{d.kind.replace('_', ' ')} {d.date}" for d in known)
        return State.NOT_YET, None, f"{told}; not in effect that day" if known else LATER
    if began is None:
        return State.UNKNOWN, None, "its dates do not tell whether it stood that day"
    end, why = _end(measure, measures)
    if end is not None:
        over = _is_over(end, day)
        ended = _began(end) if isinstance(end, Measure) else end
        if over is True:
            return State.ENDED, ended, why
        if over is None:
            return State.UNKNOWN, ended, f"{why}, on a day that is not known"
    elif measure.status in ("superseded", "overtaken"):
        return State.ENDED, None, f"{measure.status}; when is not known"
    if measure.status == "completed":
        return State.DONE, None, "an act of one day"
    told = "announced; the day of legal effect was not found" if measure.status == "announced" else "not ended since"
    return State.IN_FORCE, None, told


def _is_over(end: "Measure | str", day: str) -> bool | None:
    return by_then(end, day) if isinstance(end, str) else begun_by(end, day)


def _end(measure: Measure, measures: list[Measure]) -> tuple["Measure | str | None", str]:
    """What ended it: a measure or a date; and in words."""
    if (date := expiry(measure)) is not None:
        return date, f"it expired on {date}"
    own = _began(measure)
    later = [m for m in measures if _began(m) > own]
    if measure.status == "superseded":
        next_one = _first(m for m in later if m.subtype == measure.subtype)
        return next_one, f"replaced by {_named(next_one)}" if next_one else ""
    if measure.status == "overtaken":
        capture = _first(m for m in later if m.type in CAPTURES)
        return capture, f"overtaken by {_named(capture)}" if capture else ""
    if measure.type in LISTINGS:
        return _removal(measure, later)
    return None, ""


def _removal(measure: Measure, later: Iterable[Measure]) -> tuple[Measure | None, str]:
    """The delisting that ended a listing, of those that came later."""
    removal = _first(m for m in later if m.type == "delisting" and m.authority == measure.authority
                     and (not m.program or not measure.program or _share(m.program, measure.program)))  # fmt: skip
    return removal, f"ended by {_named(removal)}" if removal else ""


def _began(measure: Measure) -> str:
    """The date it began, empty when it has none: before all others."""
    return (beginning(measure) or ("", ""))[1]


def _share(left: str, right: str) -> bool:
    return bool(set(left.split("; ")) & set(right.split("; ")))


def _first(measures: Iterable[Measure]) -> Measure | None:
    return min(measures, key=_began, default=None)


def _named(measure: Measure) -> str:
    return f"{terms().label(measure.subtype or measure.type)} of {_began(measure) or 'a day not known'}"
