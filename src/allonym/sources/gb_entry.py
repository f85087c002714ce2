"""An entry of a British list, made of its rows; the OFSI list and the UK Sanctions List say the same things.

Takes the rows of one entry under one set of headings (`FIELDS`); gives the entry with its sanctions, documents and
links. Must not state a fact twice because it stands on several rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from allonym.model import NameKind
from allonym.sources import cell, document, values
from allonym.sources.entry import Entry
from allonym.sources.roster import Roster

SCHEMATA = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
#: Every field there may be; an adapter maps the headings of its format to these.
FIELDS = frozenset(
    """name6 name1 name2 name3 name4 name5 name_type strength title script_name script_type script_lang regime type
    source sanctions other reasons address1 address2 address3 address4 address5 address6 postcode country phone website
    email listed designated updated dob nationality national_id national_info passport passport_info position gender
    town birth_country entity_type subsidiaries parent business_no imo owners previous_owners flag previous_flags
    ship_type tonnage length built hin unique_id group_id un_ref""".split()
)
KINDS = {
    "primary": NameKind.PRIMARY, "primaryname": NameKind.PRIMARY, "primealias": NameKind.PRIMARY,
    "primarynamevariation": NameKind.ALIAS, "primaryvariation": NameKind.ALIAS, "alias": NameKind.ALIAS,
    "aka": NameKind.ALIAS, "fka": NameKind.FORMER,
}  # fmt: skip
LANGUAGES = {
    "arabic": "ara", "armenian": "hye", "azerbaijani": "aze", "belarusian": "bel", "belarussian": "bel",
    "bosnian": "bos", "burmese": "mya", "chinese": "zho", "mandarin": "zho", "dari": "prs", "farsi": "fas",
    "georgian": "kat", "greek": "ell", "hebrew": "heb", "kazakh": "kaz", "korean": "kor", "kurdish": "kur",
    "pashto": "pus", "persian": "fas", "russian": "rus", "serbian": "srp", "spanish": "spa", "turkish": "tur",
    "french": "fra", "ukrainian": "ukr", "urdu": "urd", "uzbek": "uzb", "tajik": "tgk", "japanese": "jpn",
}  # fmt: skip
SANCTION = tuple("regime listed designated updated un_ref unique_id group_id sanctions reasons source".split())
SEVERAL = re.compile(r"\s+and\s+|\s*[,;/]\s*")
PARENT = re.compile(r"(Father|Mother)['’`]s name(?: is|:)\s+([^.;,()]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: its number, and its cells by `FIELDS`; an absent field reads as empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the list, and the fields that hold its own id of an entry and the other publisher's."""

    name: str
    id_field: str
    other_id_field: str


def full_name(line: Line) -> str:
    """Names 1 to 5, then name 6: the family name, or the whole name where there is no other."""
    return " ".join(line[f"name{number}"] for number in (1, 2, 3, 4, 5, 6) if line[f"name{number}"])


def distinct(lines: Sequence[Line], *fields: str) -> Iterator[tuple[str, ...]]:
    """The different combinations of those fields, in order, without the empty one."""
    for combination in dict.fromkeys(tuple(line[field] for field in fields) for line in lines):
        if any(combination):
            yield combination


def build(entry: Entry, lines: Sequence[Line], publisher: Publisher, roster: Roster) -> Entry:
    """State on the entry everything its rows say."""
    entry.add("topics", "sanction")
    _names(entry, lines)
    _person(entry, lines)
    _documents(entry, lines)
    _addresses(entry, lines)
    _organization(entry, lines, roster)
    if entry.schema == "Vessel":
        _ship(entry, lines, roster)
    _sanctions(entry, lines, publisher)
    for (text,) in distinct(lines, "other"):
        entry.add("notes", text)
        if entry.schema == "Person":
            for match in PARENT.finditer(text):
                entry.add(f"{match[1].casefold()}Name", match[2].strip(), original=match[0])
    return entry


def _names(entry: Entry, lines: Sequence[Line]) -> None:
    parts = [f"name{number}" for number in (6, 1, 2, 3, 4, 5)]
    primary = False
    for name6, *given, kind_text, strength in distinct(lines, *parts, "name_type", "strength"):
        given = [name for name in given if name]
        full = " ".join([*given, name6]).strip()
        if not full:
            continue
        kind = KINDS.get(re.sub(r"[^a-z]", "", kind_text.casefold()))
        if kind is None:
            entry.report.issue("unknown_value", f"name type {kind_text!r} read as alias", entity_id=entry.entity_id,
                               original=full)  # fmt: skip
        kind = kind or NameKind.ALIAS
        if strength.casefold().startswith("low") and kind is NameKind.ALIAS:
            kind = NameKind.WEAK
        primary = primary or kind is NameKind.PRIMARY
        both = bool(given and name6)
        entry.name(full, kind, original=f"{name6}, {' '.join(given)}" if both else None)
        if kind is NameKind.PRIMARY and both and entry.schema == "Person":
            entry.add("lastName", name6)
            entry.add("firstName", given[0])
            for middle in given[1:]:
                entry.add("middleName", middle)
    if not primary:
        entry.report.issue("no_primary_name", "no name of it is the primary one", entity_id=entry.entity_id)
    for text, script, language in distinct(lines, "script_name", "script_type", "script_lang"):
        _script_name(entry, text, script, language)


def _script_name(entry: Entry, text: str, script: str, language: str) -> None:
    lang = LANGUAGES.get(language.casefold()) or LANGUAGES.get(script.casefold())
    if language and not lang:
        entry.report.issue("unknown_value", f"language {language!r}", entity_id=entry.entity_id, original=text)
    swapped = re.fullmatch(r"([^\s,]+) ?, ([^,]+?)\.?", text) if entry.schema == "Person" else None
    if swapped:  # SURNAME, Given
        entry.name(f"{swapped[2]} {swapped[1]}", NameKind.ORIGINAL_SCRIPT, lang=lang, original=text)
    else:
        entry.name(text, NameKind.ORIGINAL_SCRIPT, lang=lang)


def _person(entry: Entry, lines: Sequence[Line]) -> None:
    for (text,) in distinct(lines, "title"):
        for title in filter(None, cell.numbered(text)):
            cell.fact(entry, "title", title, "Title")
    for (text,) in distinct(lines, "position"):
        for position in filter(None, cell.numbered(text)):
            cell.fact(entry, "position", position, "Position")
    for (text,) in distinct(lines, "dob"):
        if values.has_property(entry.schema, "birthDate"):
            cell.dates(entry, "birthDate", text)
        else:
            entry.unparsed("birthDate", text)
    for (text,) in distinct(lines, "gender"):
        cell.fact(entry, "gender", text, "Gender")
    for (text,) in distinct(lines, "town"):
        for place in filter(None, cell.numbered(text)):
            cell.fact(entry, "birthPlace", place, "Town of birth")
    person = entry.schema == "Person"
    for field, prop in (("birth_country", "birthCountry"), ("nationality", "nationality")):
        for (text,) in distinct(lines, field):
            cell.countries(entry, prop if person else "country", text)


def _documents(entry: Entry, lines: Sequence[Line]) -> None:
    for number_field, info_field, prop in (
        ("passport", "passport_info", "passportNumber"),
        ("national_id", "national_info", "idNumber"),
    ):
        for numbers, details in distinct(lines, number_field, info_field):
            for several, words in cell.paired(numbers, details):
                for number in document.numbers(several):
                    document.state(entry, number, words, prop)


def _addresses(entry: Entry, lines: Sequence[Line]) -> None:
    fields = [f"address{number}" for number in range(1, 7)]
    for *pieces, postcode, country in distinct(lines, *fields, "postcode", "country"):
        cell.countries(entry, "country", country)
        if not any(pieces) and not postcode:
            continue
        line = ", ".join(piece.strip(" ,") for piece in [*pieces, postcode, country] if piece)
        known = country if values.country(country) else None
        entry.address(line, country=known, postalCode=postcode or None)


def _organization(entry: Entry, lines: Sequence[Line], roster: Roster) -> None:
    for prop in ("phone", "website", "email"):
        for (text,) in distinct(lines, prop):
            if values.has_property(entry.schema, prop):
                cell.contacts(entry, prop, text)
            else:
                cell.fact(entry, prop, text, prop.capitalize())
    for (text,) in distinct(lines, "entity_type"):
        for kind in filter(None, cell.numbered(text)):
            cell.fact(entry, "classification", kind, "Type of entity")
    for (text,) in distinct(lines, "business_no"):
        document.registrations(entry, text)
    for (text,) in distinct(lines, "parent"):
        roster.link(entry, text, "Parent company")
    for (text,) in distinct(lines, "subsidiaries"):
        roster.link(entry, text, "Subsidiary", owns=True)
    if entry.schema != "Vessel":
        for (text,) in distinct(lines, "imo"):
            cell.fact(entry, "imoNumber", text, "IMO number")


def _ship(entry: Entry, lines: Sequence[Line], roster: Roster) -> None:
    for field, prop in (
        ("imo", "imoNumber"),
        ("ship_type", "type"),
        ("tonnage", "tonnage"),
        ("built", "buildDate"),
        ("hin", "registrationNumber"),
    ):
        for (text,) in distinct(lines, field):
            for value in filter(None, cell.numbered(text)):
                entry.add(prop, value)
    for (text,) in distinct(lines, "length"):
        entry.add("notes", f"Length of ship: {text}", qualifier="other:length")
    for (text,) in distinct(lines, "flag"):
        cell.countries(entry, "flag", text)
    for (text,) in distinct(lines, "previous_flags"):
        for flag in re.split(r"\.\s+|[;,|]\s*", text):
            cell.countries(entry, "pastFlags", flag)
    for field, role in (("owners", "Current owner/operator"), ("previous_owners", "Previous owner/operator")):
        for (text,) in distinct(lines, field):
            roster.link(entry, text, role)


def _sanctions(entry: Entry, lines: Sequence[Line], publisher: Publisher) -> None:
    for row in distinct(lines, *SANCTION):
        regime, listed, designated, updated, un_ref, unique_id, group_id, imposed, reasons, source = row
        ids = {"unique_id": unique_id, "group_id": group_id}
        sanction = entry.child("Sanction", regime, ids[publisher.id_field])
        sanction.link("entity", entry)
        sanction.add("authority", publisher.name)
        sanction.add("authorityId", ids[publisher.id_field])
        for reference in SEVERAL.split(ids[publisher.other_id_field]):
            sanction.add("recordId", reference)
        for reference in SEVERAL.split(un_ref.strip(" .;")):
            sanction.add("unscId", reference)
        sanction.add("program", regime)
        sanction.add("country", "gb")
        for prop, text in (("listingDate", listed or designated), ("startDate", designated), ("modifiedAt", updated)):
            sanction.date(prop, text, day_first=True)
        for provision in re.split(r"\s*[|;\n]\s*", imposed):
            sanction.add("provisions", provision)
        sanction.add("reason", reasons)
        if source:
            sanction.add("summary", f"Designation source: {source}")
