"""The entries of one actor as its dossier needs them: what the lists say, and what they said before it was gone.

Takes the (source, id) entries that `find` gave; gives entities with the snapshot they were read in, their side entities
(sanctions, documents, edges) and their history. Must not judge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Event, Stated
from allonym.dossier.find import Entry, OpenLists, last_seen
from allonym.model import Entity, NameKind, Properties, Statement
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
        history = seen_in(lists.store.history(source, entity_id), chosen.dates(source))
        last = last_seen(lists, chosen, source, entity_id)
        if last is None:
            continue
        view = View(((source, last),))
        for entity in lists.store.entity(view, entity_id):
            referring = tuple(lists.store.referring(view, entity_id))
            found.append(Listed(entity, last, last == date, source in chosen.late, referring, tuple(history)))
    return found


def said_of(entity: Entity) -> Properties:
    """What a list says of its entity: every value once, without what tells how entries hang together."""
    found: Properties = {}
    for statement in entity.statements:
        if statement.qualifier in FRAMING:
            continue
        values = found.setdefault(statement.prop, [])
        if statement.value not in values:
            values.append(statement.value)
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


def seen_in(history: Iterable[SeenStatement], dates: Sequence[str]) -> list[SeenStatement]:
    """The history as some snapshots of the source tell it (dates, oldest first): those that came later, or were not
    known yet, do not count. `last_seen` None: it stands in the last of them."""
    found = []
    for seen in history:
        if within := _within(seen, dates):
            last = None if within[-1] == dates[-1] else within[-1]
            found.append(SeenStatement(seen.statement, within[0], last))
    return found


def _within(seen: SeenStatement, dates: Iterable[str]) -> list[str]:
    return [d for d in dates if seen.first_seen <= d and (seen.last_seen is None or d <= seen.last_seen)]


def events(listed: Listed, chosen: Chosen) -> list[Event]:
    """When the list took the entry up, changed it, let it go and took it up again, as its snapshots show; not its
    first load."""
    source, dates = listed.source, chosen.dates(listed.source)
    came: dict[str, list[str]] = {}
    went: dict[str, list[str]] = {}
    there = set[str]()
    for seen in listed.history:
        came.setdefault(seen.first_seen, []).append(seen.statement.prop)
        there.update(_within(seen, dates))
        if seen.last_seen is not None:
            went.setdefault(next(d for d in dates if d > seen.last_seen), []).append(seen.statement.prop)
    found = []
    for before, date in pairwise(dates):
        told = None
        if date in there and before not in there:
            again = "again" if min(there) < date else "first"
            told = f"{again} in the snapshot of {date} of {source}"
        elif date not in there and before in there:
            told = f"not on {source} any more in the snapshot of {date}"
        elif date in there and (changed := dict.fromkeys([*came.get(date, []), *went.get(date, [])])):
            told = f"changed on {source}: {', '.join(changed)}"
        if told is not None:
            found.append(Event(date[:10], told, source, "list"))
    return found
