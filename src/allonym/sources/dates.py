"""Dates as publishers and customers write them, in FtM form, with their precision.

Takes a phrase; gives ISO dates cut to what is known, with a qualifier for what is approximate or a range. Must not
guess: a date that can be read two ways is None unless the caller says which order is meant. Must not import FtM, since
a look-up reads dates too. Results are cached, since a list repeats its dates.
"""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier", "feb february fevrier", "mar march mars", "apr april avril", "may mai",
            "jun june juin", "jul july juillet", "aug august aout", "sep sept september septembre",
            "oct october octobre", "nov november novembre", "dec december decembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
CIRCA = re.compile(r"^\s*(?:circa|approximately|approx\.?|about|around|ca?\.|between approximately)\s+", re.IGNORECASE)
RANGES = (
    re.compile(r"^\s*(?:between\s+)?(.+?)\s+(?:-|–|to|and)\s+(.+?)\s*$", re.IGNORECASE),
    re.compile(r"^\s*(?:between\s+)?(.+?)\s*[-–]\s*(.+?)\s*$", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class FtmDate:
    """A date as FtM writes it (`1960`, `1960-05`, `1960-05-17`) with its qualifier (`circa`, `range:a/b`, None)."""

    value: str
    qualifier: str | None = None


@lru_cache(maxsize=65_536)
def iso_date(text: str, day_first: bool | None = None) -> str | None:
    """One date in any of the forms the publishers print, cut to its precision; None when it is none of them.

    `day_first` settles `03/04/1960`; without it such a date is None unless only one reading is possible. A day or
    month printed as 00 is unknown and cut off. Years outside 1000 to 2100 are no dates.
    """
    text = text.strip().rstrip(".").replace("’", "'")
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d\d:.*|Z|[+-]\d\d:\d\d)?", text):
        return _assemble(match[1], match[2], match[3])
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        first, second = int(match[1]), int(match[2])
        if 0 in (first, second):
            return _assemble(match[3], None if second == 0 else match[2], None)
        if day_first is None and first <= 12 and second <= 12 and first != second:
            return None
        month_first = (day_first is False or second > 12) and first <= 12
        return _assemble(match[3], *((match[1], match[2]) if month_first else (match[2], match[1])))
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text):
        return _assemble(match[2], match[1], None)
    if match := re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ .-]+)?([^\W\d]+)[., -]+(\d{4})", text):
        return _with_month(match[3], match[2], match[1])
    if match := re.fullmatch(r"([^\W\d]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", text):
        return _with_month(match[3], match[1], match[2])
    return None


def _with_month(year: str, month: str, day: str | None) -> str | None:
    plain = month.casefold().replace("é", "e").replace("û", "u")
    number = MONTHS.get(plain)
    return _assemble(year, str(number), day) if number else None


def _assemble(year: str, month: str | None, day: str | None) -> str | None:
    if not 1000 <= int(year) <= 2100:
        return None
    if month is None or int(month) == 0:
        return year
    if int(month) > 12:
        return None
    if day is None or int(day) == 0:
        return f"{year}-{int(month):02d}"
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=65_536)
def dates(text: str, day_first: bool | None = None) -> tuple[FtmDate, ...]:
    """Every date in one phrase: `circa 1960`, `1955 to 1957`, `between 1 Jan 1960 and 1962`. Empty when not understood.

    A range gives both its ends, each with the qualifier `range:first/last` (and `circa` in front when it is vague).
    """
    circa = CIRCA.match(text)
    rest = text[circa.end() :] if circa else text
    prefix = "circa" if circa else None
    single = iso_date(rest, day_first)
    if single:
        return (FtmDate(single, prefix),)
    for pattern in RANGES:
        match = pattern.match(rest)
        if not match:
            continue
        first, last = (iso_date(CIRCA.sub("", end), day_first) for end in match.groups())
        if first and last and first <= last:
            return _ends(first, last, circa=bool(circa))
    return ()


def _ends(first: str, last: str, *, circa: bool) -> tuple[FtmDate, ...]:
    span = f"range:{first}/{last}"
    qualifier = f"circa {span}" if circa else span
    return (FtmDate(first, qualifier), FtmDate(last, qualifier))
