"""What can be wrong with the measures of a register.

Takes a loaded `Register`; gives problems as one line each. Must not look at anything outside the register.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from allonym.registers.records import Act, Register
from allonym.registers.vocabulary import is_currency

CONFIDENCE = ("high", "medium", "low")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
# (earlier kind, later kind): the later never comes before the earlier.
ORDER = (
    ("signed", "published"), ("signed", "effective"), ("signed", "listed"), ("signed", "effective_as_announced"),
    ("effective", "expires"), ("listed", "expires"), ("effective", "in_force_on"), ("listed", "in_force_on"),
    ("announced", "in_force_on"), ("announced", "compliance"), ("announced", "effective_as_announced"),
    ("not_before", "not_after"), ("not_before", "signed"), ("signed", "not_after"),
)  # fmt: skip
FEDERAL_REGISTER = re.compile(r"FR Doc\. (?!\d{4}-\d{5}\b)")


def is_day(text: str) -> bool:
    """Whether it is an ISO date of the calendar, or one cut to its month or year."""
    if not DAY.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True


def is_before(first: str, second: str) -> bool:
    """Whether the first date is surely before the second; dates of unequal precision are compared as far as both go."""
    known = min(len(first), len(second))
    return first[:known] < second[:known]


def check_acts(register: Register) -> Iterator[str]:
    """Every problem of every measure."""
    for act in register.acts:
        for problem in (
            *_type(act, register), *_parties(act, register), *_dates(act, register), *_amounts(act),
            *_words(act, register), *_citations(act),
        ):  # fmt: skip
            yield f"{act.measure_id}: {problem}"
    yield from _repeats(register)
    yield from _superseded(register)


def _type(act: Act, register: Register) -> Iterator[str]:
    types = {kind.type_id: kind for kind in register.types}
    if act.type not in types or types[act.type].parent is not None:
        yield f"{act.type!r} is no type of measure"
    elif act.subtype not in types or types[act.subtype].parent != act.type:
        yield f"{act.subtype!r} is no sub-type of {act.type}"
    elif types[act.subtype].entity is not None and not (act.targets or act.concerns):
        yield "has neither a target nor an actor it concerns"


def _parties(act: Act, register: Register) -> Iterator[str]:
    actors = {actor.entity_id for actor in register.actors}
    authorities = {authority.entity_id for authority in register.authorities}
    for authority in (act.authority, *act.other_authorities):
        if authority not in authorities:
            yield f"its authority {authority!r} is not in authorities.json"
    for other in (*act.targets, *act.concerns):
        if other not in actors:
            yield f"{other!r} is not in actors.json"
    both = [*act.targets, *act.concerns]
    yield from (f"names {other} twice" for other, times in Counter(both).items() if times > 1)
    if not act.targets and act.target_text is None:
        yield "has no target and no target_text"
    programs = {program.program_id for program in register.programs}
    yield from (f"{program!r} is no known program" for program in act.programs if program not in programs)


def _dates(act: Act, register: Register) -> Iterator[str]:
    by_kind: dict[str, str] = {}
    if not act.dates:
        yield "has no date; a measure whose day is unknown has not_before, not_after or in_force_on"
    for date in act.dates:
        if date.kind not in register.about.date_kinds:
            yield f"{date.kind!r} is no kind of date"
        if date.kind in by_kind:
            yield f"has two dates of the kind {date.kind}"
        if not is_day(date.date):
            yield f"{date.kind} {date.date!r} is no date"
            continue
        by_kind[date.kind] = date.date
        if date.kind != "expires" and is_before(register.about.as_of, date.date):
            yield f"{date.kind} {date.date} is later than the register, which is of {register.about.as_of}"
    for first, second in ORDER:
        if first in by_kind and second in by_kind and is_before(by_kind[second], by_kind[first]):
            yield f"{second} {by_kind[second]} is before {first} {by_kind[first]}"


def _amounts(act: Act) -> Iterator[str]:
    if (act.amount is None) != (act.currency is None):
        yield "amount and currency go together"
    if act.currency is not None and not is_currency(act.currency):
        yield f"{act.currency!r} is no ISO 4217 code"
    if act.amount is not None and act.amount <= 0:
        yield f"amount {act.amount} is not positive"
    if act.count is not None and act.count < max(1, len(act.targets)):
        yield f"count {act.count} is less than its {len(act.targets)} targets"
    if act.type == "reward_offer" and (act.amount is None or not act.targets):
        yield "a reward offer needs an amount and a target"


def _words(act: Act, register: Register) -> Iterator[str]:
    if act.confidence not in CONFIDENCE:
        yield f"confidence {act.confidence!r} is none of {', '.join(CONFIDENCE)}"
    if act.status not in register.about.statuses:
        yield f"status {act.status!r} is none of {', '.join(register.about.statuses)}"


def _citations(act: Act) -> Iterator[str]:
    if not act.citations:
        yield "has no citation"
    for citation in act.citations:
        if citation.url is not None and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", citation.url):
            yield f"{citation.url!r} is no web address"
        if citation.document is not None and FEDERAL_REGISTER.search(citation.document):
            yield f"{citation.document!r}: a Federal Register document number is written FR Doc. 2025-02873"
        if citation.document is not None and not citation.official:
            yield f"cites the document {citation.document!r} and does not mark it official"


def _repeats(register: Register) -> Iterator[str]:
    seen: dict[object, str] = {}
    for act in register.acts:
        key = (act.subtype, act.authority, act.targets, act.target_text, act.dates, act.amount)
        if key in seen:
            yield f"{act.measure_id}: says the same as {seen[key]}"
        seen.setdefault(key, act.measure_id)


def _superseded(register: Register) -> Iterator[str]:
    def newest(act: Act) -> str:
        return max((date.date for date in act.dates), default="")

    for act in register.acts:
        later = (
            other for other in register.acts
            if other.subtype == act.subtype and set(act.targets) <= set(other.targets) and newest(other) > newest(act)
        )  # fmt: skip
        if act.status == "superseded" and next(later, None) is None:
            yield f"{act.measure_id}: is superseded, but no later {act.subtype} of the same target is there"
