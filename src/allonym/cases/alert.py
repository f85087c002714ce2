"""The words of alerts: a customer and an entity that somebody must look at, and what was decided.

Takes nothing; gives frozen dataclasses and their form as JSON. Must not decide.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

import orjson

from allonym.matching.evidence import Evidence, sentences, waterfall
from allonym.model import Properties
from allonym.screening.customers import shown_id
from allonym.screening.query import Query
from allonym.screening.watch import Told


class State(StrEnum):
    """Where an alert stands. The last three are closed."""

    OPEN = "open"
    ESCALATED = "escalated"
    TRUE_MATCH = "true_match"
    FALSE_ALARM = "false_alarm"
    UNDECIDED = "undecided"

    @property
    def closed(self) -> bool:
        """Whether a decision stands."""
        return self in OUTCOMES

    @property
    def words(self) -> str:
        """The state for people."""
        return f"closed as {self.replace('_', ' ')}" if self.closed else str(self)


OUTCOMES = (State.TRUE_MATCH, State.FALSE_ALARM, State.UNDECIDED)


class Origin(StrEnum):
    """What opened an alert."""

    SCREENING = "screening"
    CHANGES = "changes"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Customer:
    """The customer as asked; `key` as `screening.customers` makes it, the same in every file and run."""

    key: str
    schema: str
    name: str
    properties: Properties

    @property
    def id(self) -> str | None:
        """The customer's id; None for one that has none."""
        return shown_id(self.key)

    def query(self) -> Query:
        """The question that was asked."""
        return Query(1, self.key, self.schema, self.properties)


@dataclass(frozen=True, slots=True)
class Listed:
    """The entity as it was listed: the hit, all its properties in the lists, the snapshots that said so, (source,
    date), and the version of the weights; `gone`: it is listed no more."""

    entity_id: str
    name: str
    listed_name: str
    schema: str
    score: float
    evidence: tuple[Evidence, ...]
    programs: tuple[str, ...]
    sources: tuple[str, ...]
    referents: tuple[str, ...]
    snapshots: tuple[tuple[str, str], ...]
    properties: Properties
    weights: str
    gone: bool = False

    def told(self) -> Told:
        """The hit as `changes` compares it."""
        return Told(self.entity_id, self.name, self.listed_name, self.schema, self.score,
                    tuple(sentences(self.evidence)), self.programs, self.sources, self.referents)  # fmt: skip

    def explain(self) -> str:
        """The reasons with their weights and sum, one a line."""
        return waterfall(self.evidence)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody answered to one step of the guided path; `step` and `verdict` are keys of `guide.json`."""

    step: str
    verdict: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided or proposed: an outcome, a reason code of `reasons.json`, words, by whom and when (UTC, ISO);
    `approved_by` and `approved_at` where two people decided."""

    outcome: State
    code: str
    text: str
    by: str
    at: str
    steps: tuple[Verdict, ...] = ()
    approved_by: str | None = None
    approved_at: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One customer and one entity. `decision` stands while the alert is closed, `proposal` waits for a second person;
    `version` is raised by every change; `entry` is the number of the last audit entry; `due` an ISO day."""

    number: int
    customer: Customer
    listed: Listed
    origin: Origin
    opened_at: str
    changed_at: str
    state: State = State.OPEN
    assignee: str = ""
    due: str = ""
    decision: Decision | None = None
    proposal: Decision | None = None
    version: int = 1
    entry: int = 0

    @property
    def subject(self) -> str:
        """What the audit log calls it."""
        return subject(self.number)

    @property
    def words(self) -> str:
        """Its state for people."""
        if self.proposal is None:
            return self.state.words
        told = self.proposal.outcome.replace("_", " ")
        return f"{self.state.words}, proposed as {told} by {self.proposal.by}"

    def payload(self) -> str:
        """What the store keeps beside the columns."""
        kept = {name: getattr(self, name) for name in ("customer", "listed", "decision", "proposal")}
        return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()

    def to_dict(self) -> dict[str, Any]:
        """JSON of the whole alert."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Line:
    """An alert in a list; `waiting`: a proposal waits for a second person."""

    number: int
    state: State
    waiting: bool
    customer_id: str | None
    customer: str
    entity_id: str
    listed: str
    score: float
    sources: tuple[str, ...]
    origin: Origin
    assignee: str
    due: str
    opened_at: str
    changed_at: str
    version: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some alerts of a list, and how many there are in all."""

    lines: tuple[Line, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list: states (with `waiting` True only those that wait for a second person), an assignee ("" is nobody),
    a least and a most score, a list, an origin, a last day of `due`, a customer's key or id. None leaves open."""

    states: tuple[State, ...] = ()
    waiting: bool | None = None
    assignee: str | None = None
    least: float | None = None
    most: float | None = None
    source: str | None = None
    origin: Origin | None = None
    due_by: str | None = None
    customer: str | None = None


#: What states are asked for by: their own names, and three more.
ASKED = (*map(str, State), "waiting", "closed", "all")


def asked_states(names: Sequence[str]) -> tuple[tuple[State, ...], bool | None]:
    """States and `waiting` for filters, by names of `ASKED`; open and escalated where none is named."""
    wanted = names or (State.OPEN, State.ESCALATED)
    named = tuple(state for name in wanted for state in (OUTCOMES if name == "closed" else _named(name)))
    return () if "all" in wanted else named, True if "waiting" in wanted else None


def _named(name: str) -> tuple[State, ...]:
    return (State(name),) if name in [*State] else ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with an alert: its bytes lie under `sha256`; `type` is what its first bytes or its name say."""

    sha256: str
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit log. `content` is None once it was erased; `subject` is `alert/NUMBER` or `audit`."""

    number: int
    at: str
    by: str
    action: str
    subject: str
    content: dict[str, Any] | None = field(compare=False)
    content_sha256: str
    previous: str
    hash: str

    @property
    def text(self) -> str:
        """The words somebody gave."""
        return str((self.content or {}).get("text", ""))


def subject(number: int) -> str:
    """What the audit log calls the alert of that number."""
    return f"alert/{number}"


@dataclass(frozen=True, slots=True)
class Payload:
    """The parts of an alert that are kept as JSON."""

    customer: Customer
    listed: Listed
    decision: Decision | None
    proposal: Decision | None

    @classmethod
    def read(cls, text: str) -> Self:
        """From what `Alert.payload` gave."""
        values = orjson.loads(text)
        return cls(Customer(**values["customer"]), _listed(values["listed"]), _decision(values["decision"]),
                   _decision(values["proposal"]))  # fmt: skip


def _listed(values: dict[str, Any]) -> Listed:
    values["evidence"] = tuple(Evidence(**item) for item in values["evidence"])
    values["snapshots"] = tuple((source, date) for source, date in values["snapshots"])
    for name in ("programs", "sources", "referents"):
        values[name] = tuple(values[name])
    return Listed(**values)


def _decision(values: dict[str, Any] | None) -> Decision | None:
    if values is None:
        return None
    values["outcome"] = State(values["outcome"])
    values["steps"] = tuple(Verdict(**step) for step in values["steps"])
    return Decision(**values)
