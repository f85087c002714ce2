"""The entries of one actor as its dossier needs them: what the lists say, and what they said before it was gone.

Takes the (source, id) entries that `find` gave; gives entities with the snapshot they were read in, their side entities
(sanctions, documents, edges) and their history. Must not judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Event, Stated
from allonym.dossier.find import Entry, OpenLists, last_seen
from allonym.model import Entity, NameKind, Statement
from allonym.store.history import SeenStatement
from allonym.store.view import View

#: Statements that carry Allonym's own marks or the file's framing, and are no FtM property values.
FRAMING = ("same_as", "maybe_same_as", "context")
#: Side entities of an entry that the dossier tells elsewhere: sanctions as measures, edges as links.
ELSEWHERE = ("Sanction", "Note", "CourtCase", "CourtCaseParty")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with what hangs on it, as one snapshot has it. `present`: it is there in the snapshot that answers;
    `late`: that snapshot is of a later day than the one asked."""

    entity: Entity
    snapshot: str
    present: bool
    late: bool
    referring: tuple[Entity, ...]
    history: tuple[SeenStatement, ...]

    @property
    def source(self) -> str:
        """The list it stands in."""
        return self.entity.source

    @property
    def view(self) -> View:
        """The snapshot it was read in, as a view."""
        return View(((self.source, self.snapshot),))


def read(lists: OpenLists, chosen: Chosen, entries: Iterable[Entry]) -> list[Listed]:
    """Every entry, from the snapshot that answers or else from the last one that had it; the register's first."""
    found = []
    for source, entity_id in entries:
        date = chosen.snapshots[source].date
        history = lists.store.history(source, entity_id)
        last = last_seen(lists, chosen, source, entity_id)
        if last is None:
            continue
        view = View(((source, last),))
        for entity in lists.store.entity(view, entity_id):
            referring = tuple(lists.store.referring(view, entity_id))
            found.append(Listed(entity, last, last == date, source in chosen.late, referring, tuple(history)))
    return found


def stated(listed: Listed) -> Stated:
    """What the list says about the entry, values as told with their notes."""
    entity = listed.entity
    values = [
        (s.name_kind.value.replace("_", " ") if s.name_kind else s.prop, told(s))
        for s in entity.statements if s.qualifier not in FRAMING and s.prop not in ("topics", "addressEntity")
    ]  # fmt: skip
    for other in listed.referring:
        if other.schema not in ELSEWHERE and other.schema not in EDGES:
            own = "; ".join(f"{p} {', '.join(v)}" for p, v in other.properties.items() if entity.entity_id not in v)
            values.append((other.schema, own))
    first = min((s.first_seen for s in listed.history), default=listed.snapshot)
    last = None if listed.present else listed.snapshot
    return Stated(entity.source, listed.snapshot, entity.entity_id, entity.caption, entity.schema, tuple(values),
                  listed.present, first, last)  # fmt: skip


#: Edges between two actors: schema, the property of either end.
EDGES = {
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Ownership": ("owner", "asset"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}


def told(statement: Statement) -> str:
    """A value with the text as printed, its language and how far it goes."""
    notes = [f"printed {statement.original!r}" if statement.original else "", statement.lang or ""]
    if statement.qualifier and statement.qualifier != NameKind.ORIGINAL_SCRIPT:
        notes.append(statement.qualifier)
    joined = ", ".join(note for note in notes if note)
    return f"{statement.value} ({joined})" if joined else statement.value


def events(listed: Listed, chosen: Chosen) -> list[Event]:
    """When the list took the entry up, changed it and let it go, as its snapshots show; not its first load."""
    source = listed.source
    dates = [s.date for s in chosen.earlier[source]] + [chosen.snapshots[source].date]
    if len(dates) < 2:
        return []
    came: dict[str, list[str]] = {}
    went: dict[str, list[str]] = {}
    for seen in listed.history:
        came.setdefault(seen.first_seen, []).append(seen.statement.prop)
        if seen.last_seen is not None and (after := [d for d in dates if d > seen.last_seen]):
            went.setdefault(after[0], []).append(seen.statement.prop)
    first = min(came, default=None)
    found = []
    for date in dates[1:]:
        if date == first:
            found.append(Event(date[:10], f"first in the snapshot of {date} of {source}", source, "list"))
        elif not listed.present and date == _after(dates, listed.snapshot):
            found.append(Event(date[:10], f"not on {source} any more in the snapshot of {date}", source, "list"))
        elif first is not None and date > first and (came.get(date) or went.get(date)):
            changed = ", ".join(dict.fromkeys([*came.get(date, []), *went.get(date, [])]))
            found.append(Event(date[:10], f"changed on {source}: {changed}", source, "list"))
    return found


def _after(dates: list[str], date: str) -> str | None:
    return next((d for d in dates if d > date), None)
