"""Dates and places of birth of the UN list.

Takes an INDIVIDUAL element; states every date with how sure the UN is of it (`circa`, ranges) and every place. Must
not turn an age into a date.
"""

import re
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import SPACES, Entry
from allonym.sources.islamic_calendar import islamic_dates
from allonym.sources.un_sc_places import place_line, state_country

HIJRI = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) \(Hijri Calendar\)", re.IGNORECASE)
MONTH_RANGE = re.compile(r"Between ([A-Z][a-z]+\.?) and ([A-Z][a-z]+\.? (\d{4}))")
CIRCA_TYPE, RANGE_TYPE = "APPROXIMATELY", "BETWEEN"
KNOWN_TYPES = {"", "EXACT", CIRCA_TYPE, RANGE_TYPE}


def state_births(entry: Entry, element: Any) -> None:
    """State all dates and places of birth."""
    for birth in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        _date(entry, birth)
    for place in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        _place(entry, place)


def _date(entry: Entry, birth: Any) -> None:
    kind, day, year, first, last, note = (
        SPACES.sub(" ", xml.text(birth, tag))
        for tag in ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
    )
    if kind not in KNOWN_TYPES:
        entry.report.issue("unknown_value", "TYPE_OF_DATE: not known", entity_id=entry.entity_id, original=kind)
    vague = kind == CIRCA_TYPE or note.casefold().startswith("approximately")
    circa = "circa " if vague else ""
    if first or last:
        phrase = f"{circa}{first} to {last}"
    elif day:
        phrase = f"{circa}{day}"
    elif year:
        # `Sep.` beside a year is its month.
        phrase = f"{circa}{note} {year}" if values.iso_date(f"{note} {year}") else f"{circa}{year}"
    else:
        _note(entry, note)
        return
    printed = " ".join(text for text in (kind, day, year, first, last, note) if text)
    found = values.dates(phrase)
    if not found:
        entry.unparsed("birthDate", printed)
    false = "from_false_passport" if "false passport" in note else None
    for date in found:
        qualifier = " ".join(text for text in (false, date.qualifier) if text) or None
        plain = qualifier is None and printed in (f"EXACT {date.value}", date.value)
        entry.add("birthDate", date.value, qualifier=qualifier, original=None if plain else printed)


def _note(entry: Entry, note: str) -> None:
    """A date that stands in the note alone."""
    if hijri := HIJRI.fullmatch(note):
        found = islamic_dates(int(hijri[3]), int(hijri[2]), int(hijri[1]))
        for date in found:
            entry.add("birthDate", date.value, original=note, qualifier="islamic_calendar")
        if not found:
            entry.unparsed("birthDate", note)
        return
    if months := MONTH_RANGE.fullmatch(note):
        for date in values.dates(f"{months[1]} {months[3]} to {months[2]}"):
            entry.add("birthDate", date.value, original=note, qualifier=date.qualifier)
        return
    entry.date("birthDate", note)


def _place(entry: Entry, place: Any) -> None:
    street, city, state, country, note = (
        xml.text(place, tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")
    )
    entry.add("birthPlace", place_line(street, city, state, country))
    state_country(entry, "birthCountry", country)
    if note:
        entry.add("notes", f"Place of birth: {note.removeprefix('Place of Birth: ')}", original=note,
                  qualifier="birthPlace")  # fmt: skip
