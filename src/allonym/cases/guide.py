"""The guided path: OFAC's own steps, with what the alert shows at each.

Takes an alert, and the verdicts somebody gave; gives the steps with the facts of both sides, and checks the verdicts.
The steps are data (`guide.json`). Must not answer for a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from allonym.cases.alert import Alert, State, Verdict
from allonym.cases.reasons import checked_text
from allonym.errors import UsageError

#: Properties compared at the step `entry`; the other side's value is shown beside.
COMPARED = ("birthDate", "birthPlace", "nationality", "country", "gender", "passportNumber", "idNumber", "taxNumber",
            "registrationNumber", "imoNumber", "address", "alias", "previousName", "position")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A verdict that may be given, the step it leads to (None: the path ends), and what it suggests."""

    key: str
    words: str
    leads: str | None
    outcome: State | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact at a step: what the customer says and what the list says."""

    what: str
    customer: str
    listed: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its question, the verdicts, and, for an alert, the facts it asks about."""

    key: str
    question: str
    choices: tuple[Choice, ...]
    shown: tuple[Shown, ...] = ()


@cache
def steps() -> tuple[Step, ...]:
    """The steps in order, without facts."""
    kept = orjson.loads(files("allonym.cases").joinpath("guide.json").read_bytes())["steps"]
    return tuple(Step(s["key"], s["question"], tuple(_choice(k, v) for k, v in s["verdicts"].items())) for s in kept)


def guided(alert: Alert) -> tuple[Step, ...]:
    """The steps with what this alert shows."""
    return tuple(Step(s.key, s.question, s.choices, tuple(_shown(s.key, alert))) for s in steps())


def checked_steps(given: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, when they follow the path: from the first step on, each where the one before leads.

    Raises UsageError that says what may be answered.
    """
    path = {step.key: step for step in steps()}
    at: str | None = steps()[0].key
    for verdict in given:
        if at is None:
            raise UsageError(f"step {verdict.step}: the path ended before; leave it out")
        if verdict.step != at:
            raise UsageError(f"step {verdict.step!r}: the next step is {at}; it asks: {path[at].question}")
        choices = {choice.key: choice for choice in path[at].choices}
        if verdict.verdict not in choices:
            raise UsageError(f"step {at}: {verdict.verdict!r} is no answer; one of {', '.join(choices)}")
        at = choices[verdict.verdict].leads
    return tuple(Verdict(v.step, v.verdict, checked_text(v.text)) for v in given)


def ended(given: Sequence[Verdict]) -> bool:
    """Whether these verdicts, which follow the path, reach its end."""
    if not given:
        return False
    last = given[-1]
    step = next(step for step in steps() if step.key == last.step)
    return next(c for c in step.choices if c.key == last.verdict).leads is None


def _choice(key: str, kept: dict[str, Any]) -> Choice:
    outcome, code = kept.get("suggests", (None, None))
    return Choice(key, kept["words"], kept["leads"], outcome and State(outcome), code)


def _shown(key: str, alert: Alert) -> Iterator[Shown]:
    customer, listed = alert.customer, alert.listed
    if key == "list":
        yield Shown("lists", "", ", ".join(listed.sources))
        yield Shown("programs", "", ", ".join(listed.programs))
    elif key == "kind":
        yield Shown("kind", customer.schema, listed.schema)
    elif key == "name":
        yield Shown("name", customer.name, listed.listed_name)
        for item in listed.evidence:
            if item.feature.startswith("name") or item.feature in ("name", "alias"):
                yield Shown(item.sentence, item.query or "", item.listed or "")
    elif key == "entry":
        for prop in COMPARED:
            left, right = customer.properties.get(prop, []), listed.properties.get(prop, [])
            if left or right:
                yield Shown(prop, ", ".join(left), ", ".join(right))
    else:
        for item in listed.evidence:
            if item.weight > 0 and item.feature != "prior":
                yield Shown(item.sentence, item.query or "", item.listed or "")
