"""The built-in register: the actors, authorities and measures of `registers/`, as a source like any other.

Takes the JSON files of that folder, which come with the package; gives each actor and authority with its edges, a
Sanction for every listing, a Note for every reward, a CourtCase for every charge, and all `Measure` records. Must not
judge the files (`registers/check.py` does) and must not merge two actors that may be one.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path

from allonym.errors import ListError
from allonym.model import Citation, Measure
from allonym.registers.check import examine
from allonym.registers.records import ABOUT, FILES, Act, Actor, MeasureType, Program, Reference, Register, load
from allonym.sources import built_in as built_in_files
from allonym.sources import values
from allonym.sources.entry import Entry, Report
from allonym.sources.source import Bundle, Floors, Format, Record, Source

# A measure with one of these statuses still says something about its target today.
STANDING = {"in_effect", "announced"}
# Where a date of a listing goes in FtM; what is not here is a `date` whose qualifier is the kind.
DATE_PROPS = {
    "effective": ("startDate", None),
    "effective_as_announced": ("startDate", "as_announced"),
    "listed": ("listingDate", None),
    "announced": ("listingDate", "announced"),
    "expires": ("endDate", None),
}
SECURITY_COUNCIL = ("un-sc-", "un-security-council")


def built_in() -> Bundle:
    """The register that comes with this version of the package."""
    about = built_in_files.folder() / ABOUT
    return Bundle(FORMAT, about, companions(about))


def companions(path: Path) -> dict[str, Path]:
    """The other files of the register, beside about.json."""
    return {name.removesuffix(".json"): path.with_name(name) for name in FILES if path.with_name(name).exists()}


def recognise(path: Path, head: bytes) -> bool:
    """Whether this is the about.json of a register."""
    return path.name == ABOUT and b'"register": "allonym"' in head


def date(bundle: Bundle) -> datetime.date:
    """The newest day the register vouches for. Raises ListError when about.json does not say it."""
    stated = load(bundle.main.parent).about.as_of
    try:
        return datetime.date.fromisoformat(stated)
    except ValueError:
        raise ListError(f"{bundle.main}: as_of {stated!r} is no day; write it as 2026-01-31") from None


def read(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Authorities, actors, court cases, then measures. Raises ListError for a file that is damaged or has problems."""
    folder = bundle.main.parent
    register = load(folder)
    if found := examine(register):
        raise ListError(
            f"{folder}: {found[0]} ({len(found)} problems; `python -m allonym.registers.check {folder}` lists them)"
        )
    report.publisher_count = len(register.actors) + len(register.authorities)
    view = _View(register)
    for authority in register.authorities:
        yield from _actor(authority, report).statements()
    for actor in register.actors:
        entry = _actor(actor, report)
        _state_acts(entry, actor, view)
        yield from entry.statements()
    for act in register.acts:
        if view.types[act.subtype].entity == "CourtCase":
            yield from _case(act, view, report).statements()
    for act in register.acts:
        yield measure(act, view.known)


class _View:
    """The register by id, as the statements of one actor need it."""

    def __init__(self, register: Register) -> None:
        self.types: dict[str, MeasureType] = {kind.type_id: kind for kind in register.types}
        self.programs: dict[str, Program] = {program.program_id: program for program in register.programs}
        self.authorities = {authority.entity_id: authority for authority in register.authorities}
        self.known = {**self.authorities, **{actor.entity_id: actor for actor in register.actors}}
        self.acts: dict[str, list[Act]] = {}
        for act in register.acts:
            for target in act.targets:
                self.acts.setdefault(target, []).append(act)


def measure(act: Act, known: dict[str, Actor]) -> Measure:
    """The measure as a record of the model; `official` when an official document is cited, else it is as reported.

    `known` are the actors and authorities by id: those the measure names beside its targets and its authority go, by
    name and id, into the note.
    """
    others, concerns = (
        ", ".join(f"{known[other].names[0].text} ({other})" for other in ids)
        for ids in (act.other_authorities, act.concerns)
    )
    notes = [
        act.note or "",
        f"Together with: {others}." if others else "",
        f"Concerns: {concerns}." if concerns else "",
    ]
    return Measure(
        measure_id=act.measure_id, type=act.type, subtype=act.subtype, authority=act.authority, targets=act.targets,
        target_text=act.target_text, program="; ".join(act.programs) or None,
        legal_basis=act.legal_basis, dates=act.dates, amount=act.amount, currency=act.currency, count=act.count,
        status=act.status, official=any(citation.official for citation in act.citations), confidence=act.confidence,
        citations=act.citations, note=" ".join(filter(None, notes)) or None,
    )  # fmt: skip


def _actor(actor: Actor, report: Report) -> Entry:
    entry = Entry(actor.entity_id, actor.schema, report)
    for name in actor.names:
        entry.name(name.text, name.kind, lang=name.lang, original=name.printed)
    for country in actor.countries:
        entry.add("country", country)
    for fact in actor.properties:
        entry.add(fact.prop, fact.value, original=fact.printed)
    entry.add("status", actor.status)
    entry.add("notes", actor.note)
    for reference in actor.references:
        entry.add("notes", reference.entity_id, original=reference.number, qualifier="same_as")
    for other in actor.maybe_same_as:
        entry.add("notes", other, qualifier="maybe_same_as")
    if actor.parent and values.is_a(actor.schema, "Person"):
        role = actor.role
        ends = ("member", actor.entity_id), ("organization", actor.parent)
        edge = entry.edge("Membership", *ends, role=role.text if role else None)
        if role:
            edge.add("endDate", role.until)
            edge.add("summary", role.origin)
    elif actor.parent:
        entry.link("parent", actor.parent)
    for other in actor.linked_to:
        entry.edge("UnknownLink", ("subject", actor.entity_id), ("object", other), role="linked to")
    return entry


def _state_acts(entry: Entry, actor: Actor, view: _View) -> None:
    """The measures upon one actor, and its entries in official lists, as side entities and topics."""
    listed_by = set()
    for act in view.acts.get(actor.entity_id, ()):
        kind = view.types[act.subtype]
        if kind.entity == "Sanction":
            _sanction(entry, act, actor, view)
            listed_by.add(act.authority)
        elif kind.entity == "Note":
            _reward(entry, act, view)
        if act.status in STANDING:
            for topic in kind.topics:
                entry.add("topics", topic)
    for reference in actor.references:
        if reference.in_force_until:
            continue
        if reference.programs or reference.authority not in listed_by:
            _listed(entry, reference, view)
        entry.add("topics", "sanction")


def _sanction(entry: Entry, act: Act, actor: Actor, view: _View) -> None:
    sanction = entry.child("Sanction", act.measure_id)
    sanction.link("entity", entry)
    _authority(sanction, act.authority, view)
    for other in act.other_authorities:
        sanction.add("authority", view.authorities[other].names[0].text)
    for reference in actor.references:
        if reference.authority == act.authority:
            _number(sanction, reference)
    _programs(sanction, act.programs, view)
    sanction.add("provisions", act.legal_basis)
    sanction.add("reason", view.types[act.subtype].label)
    sanction.add("status", act.status)
    sanction.add("recordId", act.measure_id)
    _told(sanction, act)
    bounds = {date.kind: date.date for date in act.dates if date.kind in ("not_before", "not_after")}
    for day in act.dates:
        prop, qualifier = DATE_PROPS.get(day.kind, ("date", day.kind))
        if day.kind in bounds:
            prop = "endDate" if act.type == "delisting" else "listingDate"
            if len(bounds) == 2:
                qualifier = f"range:{bounds['not_before']}/{bounds['not_after']}"
        sanction.add(prop, day.date, qualifier=qualifier)


def _listed(entry: Entry, reference: Reference, view: _View) -> None:
    """The entry of an official list that is the same actor, as that list stood on a day."""
    sanction = entry.child("Sanction", reference.entity_id)
    sanction.link("entity", entry)
    _authority(sanction, reference.authority, view)
    _number(sanction, reference)
    _programs(sanction, reference.programs, view)
    for day in (reference.in_force_on, reference.last_seen):
        sanction.add("date", day, qualifier="in_force_on")
    sanction.add("summary", f"{reference.origin}, {reference.number}: state of the entry at that date, "
                 "not a designation date")  # fmt: skip


def _authority(sanction: Entry, authority_id: str, view: _View) -> None:
    authority = view.authorities[authority_id]
    sanction.add("authority", authority.names[0].text)
    for country in authority.countries:
        sanction.add("country", country)


def _number(sanction: Entry, reference: Reference) -> None:
    sanction.add("authorityId", reference.number)
    if reference.authority.startswith(SECURITY_COUNCIL):
        sanction.add("unscId", reference.number)


def _programs(sanction: Entry, programs: tuple[str, ...], view: _View) -> None:
    for program in programs:
        sanction.add("program", view.programs[program].title, original=program)
        sanction.add("programId", view.programs[program].key)


def _told(entity: Entry, act: Act) -> None:
    """The note, the confidence where it is not high, and where it is stated."""
    entity.add("summary", act.note)
    if act.confidence != "high":
        entity.add("summary", f"Confidence: {act.confidence}.")
    for citation in act.citations:
        entity.add("description", _cited(citation))
        entity.add("sourceUrl", citation.url)


def _cited(citation: Citation) -> str:
    named = citation.document is not None and citation.document not in citation.title
    return f"{citation.title}, {citation.document}" if named else citation.title


def _reward(entry: Entry, act: Act, view: _View) -> None:
    note = entry.child("Note", act.measure_id)
    note.link("entity", entry)
    note.add("name", f"Reward of up to {act.currency} {act.amount:,}" if act.amount else "Reward")
    note.add("publisher", view.authorities[act.authority].names[0].text)
    for program in act.programs:
        note.add("program", view.programs[program].title, original=program)
    days = ", ".join(f"{day.kind.replace('_', ' ')} {day.date}" for day in act.dates)
    note.add("description", f"{act.status.replace('_', ' ')}; {days}")
    _told(note, act)


def _case(act: Act, view: _View, report: Report) -> Entry:
    authority = view.authorities[act.authority]
    case = Entry(f"reg-case-{act.measure_id}", "CourtCase", report)
    days = ", ".join(f"{day.kind.replace('_', ' ')} {day.date}" for day in act.dates)
    case.add("name", f"{view.types[act.subtype].label.capitalize()}, {authority.names[0].text}, {days}")
    case.add("category", act.legal_basis)
    case.add("status", act.status)
    case.add("summary", act.target_text)
    for country in authority.countries:
        case.add("country", country)
    _told(case, act)
    for target in act.targets:
        case.edge("CourtCaseParty", ("case", case.entity_id), ("party", target), role="defendant")
    return case


FORMAT = Format("register-json", "register", recognise, read, date, companions)
SOURCES = (
    Source(
        name="register",
        title="Built-in register of designated cartels and gangs, their leaders, and the measures upon them",
        publisher="Allonym",
        authority="allonym",
        licence="Apache-2.0",
        formats=(FORMAT,),
        floors=Floors(entries=100, names=250, with_birth_date=0.2),
    ),
)
