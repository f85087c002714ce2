"""Why alerts are closed: the codes of `reasons.json`.

Takes an outcome, a code and words; gives the code when it may stand there. Must not decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson

from allonym.cases.alert import State
from allonym.errors import UsageError

LONGEST_TEXT = 10_000  # characters


@dataclass(frozen=True, slots=True)
class Reason:
    """A code: its words, the outcomes it may stand with, and whether somebody must say more."""

    code: str
    words: str
    outcomes: tuple[State, ...]
    text: bool


@cache
def reasons() -> Mapping[str, Reason]:
    """All reasons by code."""
    kept = orjson.loads(files("allonym.cases").joinpath("reasons.json").read_bytes())["reasons"]
    return {code: Reason(code, r["words"], tuple(map(State, r["outcomes"])), r["text"]) for code, r in kept.items()}


def checked_reason(outcome: State, code: str, text: str) -> Reason:
    """The reason of a code. Raises UsageError for one that cannot stand with the outcome, or lacks words."""
    possible = [r.code for r in reasons().values() if outcome in r.outcomes]
    reason = reasons().get(code)
    if reason is None or outcome not in reason.outcomes:
        told = "gives no reason" if not code else f"cannot be given as reason {code!r}"
        raise UsageError(f"{outcome.words}: {told}; one of {', '.join(possible)}")
    if reason.text and not text:
        raise UsageError(f"the reason {code} ({reason.words}) needs words that say more")
    return reason


def is_text(text: str) -> bool:
    """Whether it can be written as UTF-8: words of a command line may hold bytes that are no text."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def checked_text(text: str, *, wanted: str = "") -> str:
    """Words somebody gave, without blanks around. Raises UsageError for too many, and, with `wanted`, for none."""
    plain = text.strip()
    if len(plain) > LONGEST_TEXT:
        raise UsageError(f"the text has {len(plain):,} characters; give {LONGEST_TEXT:,} at most")
    if not is_text(plain):
        raise UsageError("the text holds bytes that are no text; write it in UTF-8")
    if wanted and not plain:
        raise UsageError(f"say {wanted}")
    return plain
