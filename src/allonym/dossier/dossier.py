"""A dossier: everything on one actor as frozen dataclasses.

Takes nothing; gives the types that `assemble` fills and that text, pages and pictures are made from. Must not read a
store. Dates are ISO, cut to their precision; `source` is the name of a list.
"""

from dataclasses import dataclass
from enum import StrEnum

from allonym.model import Measure, NameKind


class State(StrEnum):
    """How a measure stands on the day that is asked."""

    IN_FORCE = "in force"
    DONE = "done"  # an act of one day: an arrest, charges, an order
    ENDED = "ended"
    NOT_YET = "not yet"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Told:
    """A value with who states it; `original` is the text as printed where it differs, `qualifier` how far it goes."""

    value: str
    sources: tuple[str, ...]
    original: str | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class DossierName:
    """A name with its kind, its language (three letters, where a source says it) and who states it."""

    text: str
    kind: NameKind
    lang: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure as it stands on the day that is asked.

    `measure` is as the source has it; `label`, `programs` and `effects` (ids) are from the registers. `begun` and
    `ended` are ISO dates or None; `why` says in words what `state` rests on. `snapshot` is where it was read.
    """

    measure: Measure
    source: str
    snapshot: str
    label: str
    programs: tuple[str, ...]
    state: State
    begun: str | None
    ended: str | None
    why: str
    effects: tuple[str, ...]
    entity_id: str

    @property
    def counts(self) -> bool:
        """Whether it says something about the actor on the day that is asked."""
        return self.state in (State.IN_FORCE, State.DONE)


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one authority, oldest first."""

    authority: str
    name: str
    country: str | None
    measures: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the measures amount to: a sentence, the law it rests on, and the measures it follows from, in words."""

    effect_id: str
    kind: str
    text: str
    origin: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to somebody else: `relation` is what the other is to this one (`leader`, `member`, `owner` …).

    `role` is in the source's words; `evidence` the id of the edge, or of the measure that names both. `reported`: it
    rests on documents alone, and nothing official says so.
    """

    relation: str
    other_id: str
    caption: str
    role: str | None
    since: str | None
    until: str | None
    source: str
    evidence: str
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in words, with who states it."""

    date: str
    text: str
    source: str
    kind: str  # measure, life, list


@dataclass(frozen=True, slots=True)
class Consulted:
    """A snapshot the dossier rests on, with the SHA-256 of its files; `note` says so when it is of a day later than the
    one asked."""

    source: str
    snapshot: str
    loaded_at: str
    entries: tuple[str, ...]
    note: str | None
    checksum: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What one list says about one of its entries, in its own order: (property, value as told)."""

    source: str
    snapshot: str
    entity_id: str
    caption: str
    schema: str
    values: tuple[tuple[str, str], ...]
    present: bool
    first_seen: str
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What OFAC's 50 Percent Rule says: `verdict` in words, what blocked owners hold in the aggregate and may hold at
    most (percent, as text), the stakes it rests on in words, and how many owners were left out."""

    verdict: str
    total: str
    possible: str
    path: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on one actor, on one day (`as_of`; None: today) and as known on one (`known_at`; None: now).

    `asked_id` is an id that leads to this actor, when it is not its own; `later` counts measures that came after the
    day; `reviews` are ids of actors that may be the same and need a person's judgement.
    """

    entity_id: str
    caption: str
    schema: str
    asked_id: str | None
    as_of: str | None
    known_at: str | None
    names: tuple[DossierName, ...]
    facts: tuple[tuple[str, tuple[Told, ...]], ...]
    links: tuple[Link, ...]
    holdings: Holdings | None
    groups: tuple[Group, ...]
    consequences: tuple[Consequence, ...]
    events: tuple[Event, ...]
    stated: tuple[Stated, ...]
    consulted: tuple[Consulted, ...]
    reviews: tuple[tuple[str, str], ...]
    later: int
    notes: tuple[str, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All measures, by authority."""
        return tuple(s for group in self.groups for s in group.measures)
