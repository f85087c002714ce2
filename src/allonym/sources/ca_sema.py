"""Canada: the Consolidated Canadian Autonomous Sanctions List (Special Economic Measures Act and its kin), XML.

Takes the XML of Global Affairs Canada in both its vocabularies: until 2022 `DateOfBirth`, `Entity`, `Title`; since then
`DateOfBirthOrShipBuildDate`, `EntityOrShip`, `TitleOrShip`, `ShipIMONumber`. Gives a Person, Organization or Vessel and
one Sanction for each record. Bilingual cells ("Russia / Russie") are split and kept whole in `original`.

The list gives no ids, so one is made of regime, schedule, item and name: it stays while those stay, and a record that
is renumbered gets a new one. The date of a ship is the year it was built. `Country` names the regulations, not where
the person is from, so it is the program and no nationality. The terrorist list is another publisher's.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allonym.model import NameKind
from allonym.sources import xml
from allonym.sources.ca_sema_aliases import aliases, is_latin, outside_brackets
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.source import Bundle, Floors, Format, Record, Source

#: Tag of a record, in either vocabulary, to what it is.
FIELDS = {
    "Country": "country", "LastName": "last", "GivenName": "given", "Aliases": "aliases", "Schedule": "schedule",
    "Item": "item", "DateOfListing": "listed", "DateOfBirth": "date", "DateOfBirthOrShipBuildDate": "date",
    "Entity": "entity", "EntityOrShip": "entity", "Title": "title", "TitleOrShip": "title", "ShipIMONumber": "imo",
}  # fmt: skip
ALSO_KNOWN = re.compile(r"\s*\(also\s+known\s+as\s+(.+?)\)", re.IGNORECASE | re.DOTALL)
CORRUPT_OFFICIALS = "Justice for Victims"


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first bytes are a `data-set` of `record`s with a `Country`."""
    return xml.root(head) == "data-set" and b"<record" in head and b"<Country>" in head


def read(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Statements record by record; a record without a name is reported and left out. ListError when the XML breaks."""
    taken: dict[str, str] = {}
    for number, element in enumerate(xml.entries(bundle.main, {"record"}, report), 1):
        fields, unknown = _fields(element)
        name = _full_name(fields)
        if not name:
            report.issue("no_name", f"record {number} has no name; left out", original=str(fields))
            continue
        entry = _entry(fields, name, taken, report)
        for tag, text in unknown:
            report.issue("unknown_field", f"{tag} is a new field", entity_id=entry.entity_id, original=text)
            entry.add("notes", f"{tag}: {text}", qualifier=f"unparsed:{tag}")
        yield from entry.statements()


def _fields(element: Any) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Fields by our names, and what has no name of ours or comes twice."""
    fields: dict[str, str] = {}
    unknown = []
    for child in element:
        text = "".join(child.itertext()).strip()
        key = FIELDS.get(str(child.tag))
        if key is None or (key in fields and text != fields[key]):
            unknown.append((str(child.tag), text))
        else:
            fields[key] = text
    return {key: text for key, text in fields.items() if text}, [pair for pair in unknown if pair[1]]


def _full_name(fields: dict[str, str]) -> str:
    last, given = fields.get("last", ""), fields.get("given", "")
    return fields.get("entity") or f"{given} {last}".strip()


def _entry(fields: dict[str, str], name: str, taken: dict[str, str], report: Report) -> Entry:
    regime, _ = _bilingual(fields.get("country", ""))
    schedule = re.sub(r"\s", "", fields.get("schedule", ""))
    key = [regime.casefold(), schedule.casefold(), fields.get("item", ""), " ".join(name.casefold().split())]
    digest = hashlib.sha1("\x1f".join(key).encode(), usedforsecurity=False).hexdigest()[:12]
    content = [*key, *(fields.get(k, "") for k in ("date", "aliases", "imo"))]
    entity_id = unique_id(taken, f"ca-sema-{digest}", content, report)
    if "entity" not in fields:
        entry = Entry(entity_id, "Person", report)
        _person(entry, fields)
    elif "imo" in fields or "title" in fields:
        entry = Entry(entity_id, "Vessel", report)
        _entity_names(entry, fields)
        _vessel(entry, fields)
    else:
        entry = Entry(entity_id, "Organization", report)
        _entity_names(entry, fields)
        entry.date("incorporationDate", fields.get("date"))
    _aliases(entry, fields)
    entry.add("topics", "sanction")
    _sanction(entry, fields)
    return entry


def _person(entry: Entry, fields: dict[str, str]) -> None:
    last, given = " ".join(fields.get("last", "").split()), " ".join(fields.get("given", "").split())
    printed = ", ".join(part for part in (last, given) if part)
    plain, *variants = _variants(last)
    for index, surname in enumerate([plain, *variants]):
        doubled = given.casefold().endswith(f" {surname.casefold()}")
        name = given if doubled else f"{given} {surname}".strip()
        entry.name(name, NameKind.ALIAS if index else NameKind.PRIMARY, original=printed)
        entry.add("lastName", surname, original=last if variants else None)
    entry.add("firstName", given)
    title, french = _bilingual(fields.get("title", ""))
    entry.add("title", title, original=fields.get("title") if french else None, lang="eng" if french else None)
    entry.add("title", french, original=fields.get("title"), lang="fra")
    _birth(entry, fields.get("date"))


def _variants(surname: str) -> list[str]:
    """`DIKIY (DIKY)` is two surnames."""
    match = re.fullmatch(r"(.+?)\s*\((.+)\)", surname)
    return [match[1], match[2]] if match else [surname]


def _birth(entry: Entry, text: str | None) -> None:
    alternatives = re.split(r"\s+or\s+", text or "", flags=re.IGNORECASE)
    for alternative in alternatives:
        entry.date("birthDate", alternative, qualifier="alternative" if len(alternatives) > 1 else None)


def _entity_names(entry: Entry, fields: dict[str, str]) -> None:
    printed = fields["entity"]
    plain = ALSO_KNOWN.sub("", printed)
    english, french = _bilingual(plain)
    changed = printed if english != printed else None
    entry.name(english, original=changed, lang="eng" if french else None)
    entry.name(french, NameKind.ALIAS, original=printed, lang="fra")
    for match in ALSO_KNOWN.finditer(printed):
        for alias in aliases(match[1]):
            entry.name(alias.text, alias.kind, original=printed)


def _vessel(entry: Entry, fields: dict[str, str]) -> None:
    entry.add("imoNumber", fields.get("imo"))
    if "imo" not in fields:
        entry.report.issue("unsure", "has a title but no IMO number; taken for a ship", entity_id=entry.entity_id)
    entry.add("type", fields.get("title"))
    entry.date("buildDate", fields.get("date"))


def _aliases(entry: Entry, fields: dict[str, str]) -> None:
    cell = fields.get("aliases", "")
    found = list(aliases(cell, fields.get("last", ""), entry.schema == "Person"))
    for alias in found:
        original = alias.original or (cell if len(found) > 1 else None)
        entry.name(alias.text, alias.kind, lang=alias.lang, original=original)
        if alias.unsure:
            entry.report.issue("unsure", "one alias, or two joined by `and`; left whole",
                               entity_id=entry.entity_id, original=alias.text)  # fmt: skip
    if cell and not found:
        entry.unparsed("alias", cell)


def _sanction(entry: Entry, fields: dict[str, str]) -> None:
    sanction = entry.child("Sanction", fields.get("country"), fields.get("schedule"), fields.get("item"))
    sanction.link("entity", entry)
    sanction.add("authority", "Global Affairs Canada")
    sanction.add("country", "ca")
    country = fields.get("country", "")
    english, french = _bilingual(country)
    sanction.add("program", english, original=country if french else None)
    if CORRUPT_OFFICIALS not in english:
        sanction.add("programId", "CA-SEMA")
    schedule, item = fields.get("schedule"), fields.get("item")
    if schedule:
        sanction.add("provisions", schedule if schedule.startswith("Part") else f"Schedule {schedule}",
                     original=schedule)  # fmt: skip
    sanction.add("recordId", ", ".join(part for part in (schedule, f"item {item}" if item else "") if part))
    sanction.date("listingDate", fields.get("listed"))


def _bilingual(text: str) -> tuple[str, str]:
    """(English, French) of a cell in both languages; French is empty when there is no slash or the slash is no such.

    "Hmaw Bi/Pyi/Ywama", a slash in brackets and one between numbers do not separate languages.
    """
    text = " ".join(text.split())
    pieces = [piece.strip() for piece in outside_brackets(text, "/")]
    if len(pieces) != 2 or not all(is_latin(piece) and len(piece) > 3 for piece in pieces):
        return text, ""
    return pieces[0], pieces[1]


FORMAT = Format("sema_xml", "ca_sema", recognise, read, lambda bundle: None)

SOURCES: tuple[Source, ...] = (
    Source(
        name="ca_sema",
        title="Consolidated Canadian Autonomous Sanctions List",
        publisher="Global Affairs Canada",
        authority="ca-gac",
        licence="Open Government Licence - Canada",
        formats=(FORMAT,),
        floors=Floors(entries=2_000, names=3_000, with_birth_date=0.3, shrinkage=0.1),
        downloads={
            "sema-lmes.xml": "https://www.international.gc.ca/world-monde/assets/office_docs/"
            "international_relations-relations_internationales/sanctions/sema-lmes.xml"
        },
        page="https://www.international.gc.ca/world-monde/international_relations-relations_internationales/"
        "sanctions/consolidated-consolide.aspx",
    ),
)
