"""Raw text of a list to FtM values: dates with precision, countries, identifiers.

Takes what a publisher printed; gives the value in FtM form, or None when it is not understood. Must not guess: a date
that can be read two ways is None unless the caller says which order the publisher writes. Results are cached, since a
list repeats its countries and dates tens of thousands of times.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from followthemoney import model as ftm
from followthemoney.types import registry

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
RANGE = re.compile(r"^\s*(?:between\s+)?(.+?)\s*(?:-|–|\bto\b|\band\b)\s*(.+?)\s*$", re.IGNORECASE)


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
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*|Z|[+-]\d\d:\d\d)?", text):
        return _assemble(match[1], match[2], match[3])
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        first, second = int(match[1]), int(match[2])
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
    value = f"{year}-{int(month):02d}-{int(day):02d}"
    return value if registry.date.clean(value) == value else None


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
    match = RANGE.match(rest)
    if not match:
        return ()
    first, last = iso_date(CIRCA.sub("", match[1]), day_first), iso_date(CIRCA.sub("", match[2]), day_first)
    if not first or not last or first > last:
        return ()
    span = f"range:{first}/{last}"
    qualifier = f"circa {span}" if circa else span
    return (FtmDate(first, qualifier), FtmDate(last, qualifier))


@lru_cache(maxsize=65_536)
def country(text: str) -> str | None:
    """FtM's code of a country or territory name, or None."""
    code: str | None = registry.country.clean(text) or registry.country.clean(re.sub(r"\s*\(.*\)\s*$", "", text))
    return code


@lru_cache(maxsize=262_144)
def clean(schema: str, prop: str, text: str) -> str | None:
    """The text cleaned by FtM's type of that property of that schema; None when FtM refuses it.

    Raises KeyError for a property the schema does not have: that is a defect of an adapter.
    """
    kind = ftm.schemata[schema].properties[prop].type
    if kind is registry.date:
        return iso_date(text)
    if kind is registry.country:
        return country(text)
    cleaned: str | None = kind.clean(text)
    if cleaned is None and kind is registry.identifier:
        cleaned = text.strip() or None
    return cleaned


def is_schema(schema: str) -> bool:
    """Whether FtM knows a schema of that name."""
    return schema in ftm.schemata


def has_property(schema: str, prop: str) -> bool:
    """Whether the schema has that property, own or inherited."""
    return prop in ftm.schemata[schema].properties


def is_a(schema: str, parent: str) -> bool:
    """Whether `schema` is `parent` or derives from it."""
    return bool(ftm.schemata[schema].is_a(parent))
