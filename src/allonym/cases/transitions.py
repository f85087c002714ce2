"""What may be done to an alert, and what comes of it.

Takes an alert, who acts and the policy; gives the alert as it is then, or refuses. Everything here is a pure function
of its arguments: the store is somebody else's. Must not write.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from allonym.cases.alert import OUTCOMES, Alert, Decision, State, Verdict
from allonym.cases.guide import checked_steps, ended
from allonym.cases.policy import Person, Policy, Role, need
from allonym.cases.reasons import checked_reason, checked_text
from allonym.errors import ConflictError, RefusedError, UsageError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, when (UTC, ISO), under which policy."""

    person: Person
    at: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class Closing:
    """What somebody wants to decide: an outcome, a reason code, words, the guided path."""

    outcome: State
    code: str
    text: str = ""
    steps: Sequence[Verdict] = ()


def assigned(alert: Alert, acting: Acting, assignee: str) -> Alert:
    """Given to somebody; "" is nobody."""
    need(acting.person, Role.ANALYST, "assign alerts")
    _not_closed(alert, "assigned")
    name = acting.policy.person(assignee).name if assignee.strip() else ""
    return replace(alert, assignee=name)


def due(alert: Alert, acting: Acting, day: str) -> Alert:
    """To be decided by a day; "" is none."""
    need(acting.person, Role.ANALYST, "set due dates")
    _not_closed(alert, "given a date")
    return replace(alert, due=iso_day(day) if day.strip() else "")


def escalated(alert: Alert, acting: Acting) -> Alert:
    """Handed up."""
    need(acting.person, Role.ANALYST, "escalate alerts")
    _not_closed(alert, "escalated")
    if alert.state is State.ESCALATED:
        raise ConflictError(f"alert {alert.number} is escalated already")
    return replace(alert, state=State.ESCALATED)


def closed(alert: Alert, acting: Acting, closing: Closing) -> Alert:
    """Decided, or proposed where the policy wants a second person."""
    need(acting.person, Role.ANALYST, "close alerts")
    _not_closed(alert, "closed")
    if alert.proposal is not None:
        p = alert.proposal
        raise ConflictError(f"alert {alert.number} waits for approval: {p.by} proposed {p.outcome.words} on {p.at}; "
                            "approve or reject that first", by=p.by, at=p.at, what=p.outcome)  # fmt: skip
    if closing.outcome not in OUTCOMES:
        raise UsageError(f"an alert is closed as {', '.join(OUTCOMES)}")
    text = checked_text(closing.text)
    checked_reason(closing.outcome, closing.code, text)
    steps = checked_steps(closing.steps)
    policy = acting.policy
    if closing.outcome in policy.texts and not text:
        raise UsageError(f"the policy wants words with every alert {closing.outcome.words}")
    if closing.outcome in policy.paths and not ended(steps):
        raise UsageError(f"the policy wants the guided path to its end with every alert {closing.outcome.words}")
    made = Decision(closing.outcome, closing.code, text, acting.person.name, acting.at, steps)
    if policy.second(closing.outcome, alert.listed):
        return replace(alert, proposal=made)
    return replace(alert, state=closing.outcome, decision=made)


def approved(alert: Alert, acting: Acting) -> Alert:
    """What was proposed is decided, by somebody else."""
    need(acting.person, Role.REVIEWER, "approve decisions")
    made = _proposal(alert, "approve")
    if Person(made.by).same_as == acting.person.same_as:
        raise RefusedError(f"alert {alert.number}: {made.by} proposed this; another person must approve it")
    decided = replace(made, approved_by=acting.person.name, approved_at=acting.at)
    return replace(alert, state=made.outcome, decision=decided, proposal=None)


def rejected(alert: Alert, acting: Acting) -> Alert:
    """What was proposed is not decided: by a reviewer, or taken back by whoever proposed it."""
    made = _proposal(alert, "reject")
    if Person(made.by).same_as != acting.person.same_as:
        need(acting.person, Role.REVIEWER, "reject decisions")
    return replace(alert, proposal=None)


def reopened(alert: Alert, acting: Acting) -> Alert:
    """Open again; the decision stays in the history."""
    need(acting.person, Role.ANALYST, "reopen alerts")
    if not alert.state.closed:
        raise ConflictError(f"alert {alert.number} is not closed: it is {alert.words}")
    return replace(alert, state=State.OPEN, decision=None, due=due_day(acting.policy, acting.at))


def due_day(policy: Policy, at: str) -> str:
    """The day by which an alert opened at that time must be decided; "" where the policy sets none."""
    if policy.days is None:
        return ""
    return (datetime.date.fromisoformat(at[:10]) + datetime.timedelta(days=policy.days)).isoformat()


def iso_day(text: str) -> str:
    """A day. Raises UsageError for what is none."""
    try:
        if _DAY.fullmatch(text.strip()):
            return datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        pass
    raise UsageError(f"{text!r} is no day; write it as 2026-11-24")


def _not_closed(alert: Alert, what: str) -> None:
    if alert.state.closed and alert.decision is not None:
        d = alert.decision
        second = f", approved by {d.approved_by} at {d.approved_at}" if d.approved_by else ""
        raise ConflictError(
            f"alert {alert.number} cannot be {what}: {d.by} {alert.state.words.replace('closed', 'closed it', 1)} "
            f"({d.code}) at {d.at}{second}; reopen it first", by=d.by, at=d.at, what=d.outcome,
        )  # fmt: skip


def _proposal(alert: Alert, what: str) -> Decision:
    _not_closed(alert, f"{what}d" if what.endswith("e") else f"{what}ed")
    if alert.proposal is None:
        raise ConflictError(f"alert {alert.number}: nothing to {what}; it is {alert.words}")
    return alert.proposal
