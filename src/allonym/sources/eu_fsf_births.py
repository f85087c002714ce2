"""Dates and places of birth of the EU list.

Takes a sanctionEntity element; states each date with how sure the EU is of it (`circa`, ranges) and each place. Must
not read a year of the Iranian calendar as one of the lunar calendar: both are printed as ISLAMIC, the remark tells
them apart.
"""

import re
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import SPACES, Entry
from allonym.sources.islamic_calendar import islamic_dates
from allonym.sources.values import FtmDate

SOLAR = re.compile(r"\b(?:iranian|persian|solar|afghan)\b", re.IGNORECASE)
CALENDAR = re.compile(r"\b(?:iranian )?hijri calendar\b", re.IGNORECASE)
PREFIX = re.compile(r"^(?:DOB|born(?: on| in)?|date of birth)\s*:?\s*", re.IGNORECASE)
BETWEEN_DATES = re.compile(r"\s+or\s+|\s*;\s*")
YEARS = re.compile(r"(\d{4})/(\d{4})")
UNKNOWN = "UNKNOWN"
FIELDS = {
    "circa", "calendarType", "city", "zipCode", "birthdate", "dayOfMonth", "monthOfYear", "year", "yearRangeFrom",
    "yearRangeTo", "region", "place", "countryIso2Code", "countryDescription", "regulationLanguage", "logicalId",
}  # fmt: skip


def state_births(entry: Entry, element: Any) -> None:
    """State all dates and places of birth; for an organisation they go to the notes."""
    for birth in element.iterfind("birthdate"):
        remarks = [SPACES.sub(" ", text) for text in xml.texts(birth, "remark")]
        if entry.schema != "Person":
            printed = ", ".join(f"{name}: {value}" for name, value in birth.attrib.items() if value)
            entry.unparsed("birthDate", printed)
            continue
        _date(entry, birth, remarks)
        _place(entry, birth)
        for remark in remarks:
            _remark(
                entry, remark, {birth.get(name, "") for name in ("year", "yearRangeFrom", "yearRangeTo", "birthdate")}
            )


def _date(entry: Entry, birth: Any, remarks: list[str]) -> None:
    circa = "circa" if birth.get("circa") == "true" else ""
    if birth.get("calendarType") == "ISLAMIC":
        _islamic(entry, birth, remarks)
        return
    day, year, month = (birth.get(name, "") for name in ("birthdate", "year", "monthOfYear"))
    first, last = birth.get("yearRangeFrom", ""), birth.get("yearRangeTo", "")
    if first and last:
        phrase = f"{first} to {last}"
    elif first or last:
        _half_range(entry, first, last, remarks)
        return
    elif day:
        phrase = day
    elif year:
        phrase = f"{year}-{int(month):02d}" if month.isdecimal() else year
    else:
        return
    found = values.dates(phrase)
    if not found:
        entry.unparsed("birthDate", phrase)
    for date in found:
        qualifier = " ".join(text for text in (circa, date.qualifier) if text) or None
        entry.add("birthDate", date.value, qualifier=qualifier, original=phrase if phrase != date.value else None)


def _half_range(entry: Entry, first: str, last: str, remarks: list[str]) -> None:
    """A range with one end: `from:` or `until:`, but circa where a remark says that it is one year."""
    vague = any(found for remark in remarks for found in values.dates(remark.strip(" .")) if found.qualifier == "circa")
    qualifier = "circa" if vague else f"from:{first}" if first else f"until:{last}"
    entry.report.issue("half_range", "a range of birth years with one end", entity_id=entry.entity_id,
                       original=f"{first or '?'} to {last or '?'}")  # fmt: skip
    entry.add("birthDate", first or last, qualifier=qualifier, original=f"{first or '?'} to {last or '?'}")


def _islamic(entry: Entry, birth: Any, remarks: list[str]) -> None:
    """An Islamic date converted; the publisher's own conversion stands first where it gives one."""
    parts = [birth.get(name, "") for name in ("year", "monthOfYear", "dayOfMonth")]
    numbers = [int(part) for part in parts if part.isdecimal()]
    original = f"{'-'.join(part for part in parts if part)} {'; '.join(remarks) or 'ISLAMIC'}"
    solar = any(SOLAR.search(remark) for remark in remarks)
    entry.add("birthDate", birth.get("birthdate"), original=original, qualifier="islamic_calendar")
    found: tuple[FtmDate, ...] = islamic_dates(*numbers, solar=solar) if numbers else ()
    if not found:
        entry.unparsed("birthDate", original)
    for date in found:
        qualifier = " ".join(text for text in ("islamic_calendar", date.qualifier) if text)
        entry.add("birthDate", date.value, original=original, qualifier=qualifier)


def _place(entry: Entry, birth: Any) -> None:
    parts = [birth.get(name, "").strip() for name in ("place", "city", "zipCode", "region")]
    entry.add("birthPlace", ", ".join(part for part in parts if part))
    country = birth.get("countryDescription", "")
    if country != UNKNOWN:
        entry.add("birthCountry", country)


def _remark(entry: Entry, remark: str, known: set[str]) -> None:
    """Further dates where a remark is nothing but dates; any other remark is kept as it is. `known` are stated."""
    if CALENDAR.fullmatch(remark):
        return
    text = PREFIX.sub("", remark.strip(" .()"))
    found = [values.dates(YEARS.sub(r"\1 to \2", part), True) for part in BETWEEN_DATES.split(text)]
    if found and all(found):
        for date in (date for dates in found for date in dates if date.value not in known):
            entry.add("birthDate", date.value, original=remark, qualifier=date.qualifier)
    else:
        entry.add("notes", f"Birth: {remark}", original=remark, qualifier="birthDate")
