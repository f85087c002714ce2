"""A dossier from the store: entries, names, facts, links, measures, what they amount to, a time line.

Takes the open lists, an id or a name, and the two days; gives a `Dossier`. Must not print and must not fetch.
"""

import datetime
from collections.abc import Iterable

from allonym.dossier import entries, links, standings
from allonym.dossier.clocks import Chosen, choose, day
from allonym.dossier.consequences import consequences
from allonym.dossier.dossier import Consulted, Dossier, DossierName, Group, Standing, State, Told
from allonym.dossier.entries import FRAMING, Listed
from allonym.dossier.find import Found, OpenLists, SameActor, find
from allonym.dossier.network import MOST, STEPS, Ground, Network, network
from allonym.dossier.owners import holdings
from allonym.dossier.terms import terms
from allonym.dossier.timeline import timeline
from allonym.model import REGISTER, NameKind

#: Properties that say what an actor is, in the order of the page; what is not here stands under the lists themselves.
FACTS = (
    "birthDate", "birthPlace", "deathDate", "gender", "nationality", "citizenship", "country", "jurisdiction",
    "incorporationDate", "dissolutionDate", "legalForm", "position", "title", "status", "imoNumber", "flag", "type",
    "passportNumber", "idNumber", "registrationNumber", "taxNumber", "website",
)  # fmt: skip


def build(lists: OpenLists, entity: str, as_of: str | None = None, known_at: str | None = None) -> Dossier:
    """The dossier of an id or a name.

    `as_of` (ISO day): what was in force then; `known_at` (ISO day): from the snapshots that were loaded by then. Raises
    NotFoundError, SeveralError when several actors bear the name, UsageError for what is no day.
    """
    asked = day(as_of)
    chosen = choose(lists.snapshots(), as_of, known_at)
    same = SameActor.read(lists, chosen.view, day(known_at))
    found = find(lists, chosen, same, entity, asked)
    return _assemble(lists, chosen, same, found, (asked, day(known_at)))


def around(lists: OpenLists, dossier: Dossier, *, steps: int = STEPS, most: int = MOST) -> Network:
    """The network of a dossier on its day, at most `steps` away and at most `most` actors."""
    chosen = choose(lists.snapshots(), dossier.as_of, dossier.known_at)
    then = dossier.as_of or datetime.date.today().isoformat()
    same = SameActor.read(lists, chosen.view, dossier.known_at)
    ground = Ground(lists, chosen, same, then, dossier.as_of, dossier.known_at)
    return network(ground, dossier, steps=steps, most=most)


def _assemble(
    lists: OpenLists, chosen: Chosen, same: SameActor, found: Found, days: tuple[str | None, str | None]
) -> Dossier:
    as_of, known_at = days
    then = as_of or datetime.date.today().isoformat()
    listed = entries.read(lists, chosen, found.entries)
    every = standings.standings(lists, listed, then)
    shown = [s for s in every if s.state is not State.NOT_YET or s.why != standings.LATER]
    first = next((e for e in listed if e.present), listed[0]).entity
    held = holdings(lists, chosen, same, (found.actor_id, listed, every), then)
    return Dossier(
        entity_id=found.actor_id, caption=first.caption, schema=first.schema, asked_id=found.asked_id, as_of=as_of,
        known_at=known_at, names=_names(listed), facts=_facts(listed, as_of),
        links=(*links.links(lists, chosen, same, listed, then), *links.co_defendants(lists, chosen, shown)),
        holdings=held,
        groups=_groups(shown), consequences=consequences(shown, held),
        events=timeline(listed, shown, chosen, then), stated=tuple(map(entries.stated, listed)),
        consulted=_consulted(chosen, listed, as_of), reviews=_reviews(lists, chosen, listed),
        later=len(every) - len(shown), notes=(*_notes(found, chosen, listed, as_of), *_before(every, listed, as_of)),
    )  # fmt: skip


def _names(listed: list[Listed]) -> tuple[DossierName, ...]:
    """Each name once, by kind, in the order of the lists."""
    found: dict[tuple[NameKind, str], DossierName] = {}
    for kind in NameKind:
        for entry in listed:
            for s in entry.entity.statements:
                if s.name_kind is not kind:
                    continue
                before = found.get((kind, s.value))
                sources = dict.fromkeys([*(before.sources if before else ()), entry.source])
                found[kind, s.value] = DossierName(s.value, kind, (before and before.lang) or s.lang, tuple(sources))
    return tuple(found.values())


def _facts(listed: list[Listed], as_of: str | None) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """What it is, by property, each value with those that state it; `status` is of today and told for today only."""
    found: dict[str, dict[tuple[str, str | None], Told]] = {}
    for entry in listed:
        for s in entry.entity.statements:
            if s.prop not in FACTS or s.qualifier in FRAMING or (as_of and _is_later(s.prop, s.value, as_of)):
                continue
            values = found.setdefault(s.prop, {})
            before = values.get((s.value, s.qualifier))
            sources = dict.fromkeys([*(before.sources if before else ()), entry.source])
            original = (before and before.original) or s.original
            values[s.value, s.qualifier] = Told(s.value, tuple(sources), original, s.qualifier)
    return tuple((prop, tuple(found[prop].values())) for prop in FACTS if prop in found)


def _is_later(prop: str, value: str, as_of: str) -> bool:
    return prop == "status" or (prop in ("deathDate", "dissolutionDate") and value[:10] > as_of)


def _groups(shown: Iterable[Standing]) -> tuple[Group, ...]:
    """By authority: those with a measure in force first, then by the oldest measure."""
    by_authority: dict[str, list[Standing]] = {}
    for standing in shown:
        by_authority.setdefault(standing.measure.authority, []).append(standing)
    groups = []
    for authority_id, own in by_authority.items():
        authority = terms().authority(authority_id)
        own.sort(key=lambda s: (s.begun or "9999", s.measure.measure_id))
        groups.append(Group(authority_id, authority.english, authority.country, tuple(own)))
    groups.sort(key=lambda g: (not any(s.counts for s in g.measures), g.measures[0].begun or "9999", g.name))
    return tuple(groups)


def _consulted(chosen: Chosen, listed: list[Listed], as_of: str | None) -> tuple[Consulted, ...]:
    found = []
    for source, snapshot in chosen.snapshots.items():
        ids = tuple(e.entity.entity_id for e in listed if e.source == source)
        note = None
        if source in chosen.late:
            note = f"its first snapshot here is later than {as_of}"
        elif source == REGISTER and as_of is not None and as_of < snapshot.date[:10]:
            note = "it dates each measure itself"
        found.append(Consulted(source, snapshot.date, snapshot.loaded_at, ids, note, snapshot.checksum))
    return tuple(found)


def _reviews(lists: OpenLists, chosen: Chosen, listed: list[Listed]) -> tuple[tuple[str, str], ...]:
    """Actors that may be the same: for a person to judge."""
    ids = dict.fromkeys(
        s.value for e in listed for s in e.entity.statements if s.qualifier == "maybe_same_as"
    )  # fmt: skip
    return tuple((e.entity_id, e.caption) for e in lists.store.entities(chosen.view, ids=list(ids))) if ids else ()


def _notes(found: Found, chosen: Chosen, listed: list[Listed], as_of: str | None) -> tuple[str, ...]:
    notes = []
    if found.asked_id:
        notes.append(f"{found.asked_id} is an entry of {found.actor_id}; this is the dossier of both")
    for other in found.also:
        notes.append(f"another list has an entry with the same id: ask for {other}")
    late = [e.source for e in listed if e.late]
    if late:
        told = ", ".join(f"{source} of {chosen.snapshots[source].date}" for source in dict.fromkeys(late))
        notes.append(
            f"{as_of} is before the first snapshot of {told}: how those lists stood that day is not known here"
        )
    if as_of is not None and REGISTER in chosen.snapshots and as_of > chosen.snapshots[REGISTER].date[:10]:
        notes.append(f"the register is of {chosen.snapshots[REGISTER].date}; what came after is not in it")
    return tuple(notes)


def _before(every: list[Standing], listed: list[Listed], as_of: str | None) -> list[str]:
    """What a day says that is before all that is known."""
    if as_of is None:
        return []
    notes = []
    first = min(seen.first_seen for e in listed for seen in e.history)
    if as_of < first[:10]:
        notes.append(
            f"{as_of} is before the first snapshot here that has this actor, which is of {first}; what is told "
            "rests on the dates that the sources give"
        )
    if every and all(s.state is State.NOT_YET for s in every):
        began = min((s.begun for s in every if s.begun), default="a day that is not known")
        notes.append(f"no measure is known by {as_of}; the first came on {began}")
    return notes
