"""Alerts as JSON, and what the schema says of them.

Takes alerts, their history and the policy; gives dicts as the models here describe them. Must not open anything.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from allonym.api.v1.changes import Fact
from allonym.api.v1.screen import Reason, reason
from allonym.cases import Alert, Attachment, Case, Decision, Entry, Line, Origin, Policy
from allonym.cases import Page as Listing
from allonym.cases.alert import OUTCOMES
from allonym.cases.guide import Step

Outcome = Literal["true_match", "false_alarm", "undecided"]
Stands = Literal["open", "escalated", "true_match", "false_alarm", "undecided"]


class AlertSummary(BaseModel):
    """An alert in a list. `waiting`: a proposal waits for a second person."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "number": 12, "state": "open", "waiting": False, "customer_id": "4711", "customer": "N. Maduro",
        "entity_id": "reg-nicolas-maduro", "listed": "Nicolás Maduro Moros", "score": 0.98, "sources": ["register"],
        "origin": "hand", "assignee": "Ana", "due": "2026-12-01", "opened_at": "2026-11-24T10:02:44.870+00:00",
        "changed_at": "2026-11-24T10:12:03.114+00:00", "version": 3}]})  # fmt: skip

    number: int
    state: Stands
    waiting: bool
    customer_id: str | None
    customer: str
    entity_id: str
    listed: str
    score: float
    sources: list[str]
    origin: Origin
    assignee: str | None
    due: str | None
    opened_at: str
    changed_at: str
    version: int


class AlertPage(BaseModel):
    """Alerts: `total` fit, and those after `offset` are given."""

    total: int
    offset: int
    alerts: list[AlertSummary]


class AlertCustomer(BaseModel):
    """The customer as asked; `key` is what knows it: its id, or, without one, what it says."""

    key: str
    id: str | None
    schema_: Annotated[str, Field(alias="schema")]
    name: str
    properties: dict[str, list[str]]


class AlertListed(BaseModel):
    """The entity as it was listed when somebody looked last: the hit, all its properties, the lists' snapshots, the
    version of the weights; `gone`: it is listed no more."""

    id: str
    name: str
    listed_name: str
    schema_: Annotated[str, Field(alias="schema")]
    score: float
    evidence: list[Reason]
    programs: list[str]
    referents: list[str]
    sources: list[str]
    snapshots: dict[str, str]
    properties: dict[str, list[str]]
    weights: str
    gone: bool


class StepAnswer(BaseModel):
    """What was answered to a step of the guided path."""

    step: str
    verdict: str
    text: str


class AlertDecision(BaseModel):
    """What was decided or proposed, why, by whom and when (UTC); who approved it where two people decide."""

    outcome: Outcome
    code: str
    text: str
    by: str
    at: str
    steps: list[StepAnswer]
    approved_by: str | None
    approved_at: str | None


class AlertNow(BaseModel):
    """An alert. `decision` stands while it is closed, `proposal` waits for a second person; `version` is raised by
    every change, and named by whoever acts on it."""

    number: int
    version: int
    state: Stands
    waiting: bool
    origin: Origin
    opened_at: str
    changed_at: str
    assignee: str | None
    due: str | None
    customer: AlertCustomer
    listed: AlertListed
    decision: AlertDecision | None
    proposal: AlertDecision | None


class AlertFile(BaseModel):
    """A file kept with an alert; `type` is what its first bytes say."""

    sha256: str
    name: str
    type: str
    size: int


class HistoryEntry(BaseModel):
    """An entry of the audit log: who did what, when (UTC); `changes` what made it open again or be refreshed;
    `attachment` the SHA-256 of a file; `erased`: its content is gone."""

    number: int
    at: str
    by: str
    role: str | None
    action: str
    text: str
    changes: list[Fact]
    attachment: str | None
    erased: bool
    hash: str


class StepFact(BaseModel):
    """A fact at a step: what the customer says and what the list says."""

    what: str
    customer: str
    listed: str


class StepChoice(BaseModel):
    """An answer that may be given; `leads` to the next step (null: the path ends); what it suggests."""

    key: str
    words: str
    leads: str | None
    outcome: Outcome | None
    code: str | None


class GuidedStep(BaseModel):
    """A step of the guided path."""

    key: str
    question: str
    choices: list[StepChoice]
    shown: list[StepFact]


class AlertCase(AlertNow):
    """An alert with all that happened to it; `four_eyes`: why two people decide, by outcome, where they do."""

    history: list[HistoryEntry]
    attachments: list[AlertFile]
    steps: list[GuidedStep]
    four_eyes: dict[str, str]


def listing(found: Listing) -> dict[str, Any]:
    """As `AlertPage` has it."""
    return {"total": found.total, "offset": found.offset, "alerts": [_line(line) for line in found.lines]}


def alert(found: Alert) -> dict[str, Any]:
    """As `AlertNow` has it."""
    customer, listed = found.customer, found.listed
    names = ("number", "version", "state", "origin", "opened_at", "changed_at")
    return {
        **{name: getattr(found, name) for name in names},
        "waiting": found.proposal is not None, "assignee": found.assignee or None, "due": found.due or None,
        "customer": {"key": customer.key, "id": customer.id, "schema": customer.schema, "name": customer.name,
                     "properties": customer.properties},
        "listed": {
            **{name: getattr(listed, name) for name in ("name", "listed_name", "schema", "score", "programs", "gone",
                                                        "referents", "sources", "properties", "weights")},
            "id": listed.entity_id, "evidence": [reason(e) for e in listed.evidence],
            "snapshots": dict(listed.snapshots),
        },
        "decision": _decision(found.decision), "proposal": _decision(found.proposal),
    }  # fmt: skip


def whole(found: Case, policy: Policy) -> dict[str, Any]:
    """As `AlertCase` has it."""
    why = {outcome: policy.second(outcome, found.alert.listed) for outcome in OUTCOMES}
    return {
        **alert(found.alert), "history": [_entry(entry) for entry in found.history],
        "attachments": [attachment(file) for file in found.attachments], "steps": list(_steps(found.steps)),
        "four_eyes": {outcome: words for outcome, words in why.items() if words},
    }  # fmt: skip


def attachment(file: Attachment) -> dict[str, Any]:
    """As `AlertFile` has it."""
    return asdict(file)


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "assignee": line.assignee or None, "due": line.due or None}


def _decision(found: Decision | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def _entry(entry: Entry) -> dict[str, Any]:
    content = entry.content or {}
    return {
        **{name: getattr(entry, name) for name in ("number", "at", "by", "action", "text", "hash")},
        "role": content.get("role"), "changes": content.get("changes", []),
        "attachment": content.get("attachment", {}).get("sha256"), "erased": entry.content is None,
    }  # fmt: skip


def _steps(steps: tuple[Step, ...]) -> Iterator[dict[str, Any]]:
    yield from (asdict(step) for step in steps)
