"""When a measure began, and whether that was by a day.

Takes dates of a measure, which may be cut to a month or a year; gives its first day as far as it is known. Must not
guess: a date that may lie on either side of the day is told as not known.
"""

from allonym.model import Measure

#: Kinds of date in the order in which they say when a measure began; see registers/about.json.
BEGINNINGS = (
    "effective", "effective_as_announced", "listed", "occurred", "announced", "signed", "published", "unsealed",
    "unknown", "not_after", "in_force_on",
)  # fmt: skip


def beginning(measure: Measure) -> tuple[str, str] | None:
    """(kind, ISO date) of the date that says best when it began; None without one."""
    by_kind = {date.kind: date.date for date in measure.dates}
    return next(((kind, by_kind[kind]) for kind in BEGINNINGS if kind in by_kind), None)


def expiry(measure: Measure) -> str | None:
    """The date it expires, if it says one."""
    return next((date.date for date in measure.dates if date.kind == "expires"), None)


def by_then(date: str, day: str | None) -> bool | None:
    """Whether a date is not after a day (None: any day); None when its precision does not tell."""
    if day is None or (date[:10] <= day[: len(date)] and len(date) >= 10):
        return True
    short = day[: len(date)]
    return date < short if date != short else None


def begun_by(measure: Measure, day: str | None) -> bool | None:
    """Whether it had begun by a day (None: any); None when its dates do not tell."""
    found = beginning(measure)
    if day is None:
        return True
    if found is None:
        return None
    kind, date = found
    began = by_then(date, day)
    if kind == "in_force_on" and began is not True:
        return None  # it began earlier; how much is not known
    bounds = {d.kind: d.date for d in measure.dates}
    if kind == "not_after" and began is not True:
        first = bounds.get("not_before")
        return False if first is not None and by_then(first, day) is False else None
    return began
