"""The consolidated list of Australia's Department of Foreign Affairs and Trade.

Takes the workbook (.xls or .xlsx): one row for each name; `2`, `2a`, `2b1` are rows of entry 2. Gives one entry a
number. Must not repeat what stands on every row of an entry, nor lose what stands on one only.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from allonym.errors import ListError
from allonym.model import NameKind
from allonym.sources import au_remark, cell, sheet, values
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.source import Bundle, Floors, Format, Record, Source

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "ship": "Vessel"}
REQUIRED = ("reference", "nameofindividualorentity", "type", "nametype", "committees")
COLUMNS = {*REQUIRED, "dateofbirth", "placeofbirth", "citizenship", "address", "additionalinformation",
           "listinginformation", "controldate"}  # fmt: skip
IMO = "imonumber"
KINDS = {
    "primary name": NameKind.PRIMARY, "aka": NameKind.ALIAS, "original script": NameKind.ORIGINAL_SCRIPT,
    "formerly known as": NameKind.FORMER, "previously listed as": NameKind.FORMER, "fka": NameKind.FORMER,
}  # fmt: skip
AUTHORITY = "Department of Foreign Affairs and Trade"
EXCEL_EPOCH = datetime.date(1899, 12, 30)


def _rows(path: Path) -> list[sheet.Row]:
    for rows in sheet.workbook(path).values():
        if any(set(REQUIRED) <= set(map(sheet.key, row.cells)) for row in rows[:5]):
            return rows
    raise ListError(f"{path}: no sheet has the headings of the consolidated list; is it the right file?")


def read(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Every entry with its rows, in the order of their first rows."""
    groups: dict[tuple[str, str], list[sheet.Record]] = {}
    for record in sheet.records(bundle.main, _rows(bundle.main), REQUIRED, report):
        kind = record["type"].strip().casefold()
        number = re.match(r"\d+", record["reference"])
        if not number or kind not in SCHEMATA:
            report.issue("unusable_row", f"row {record.number}: reference {record['reference']!r}, type "
                         f"{record['type']!r}", original=record["nameofindividualorentity"])  # fmt: skip
        groups.setdefault((number[0] if number else f"row-{record.number}", kind), []).append(record)
    taken: dict[str, str] = {}
    for (number_text, kind), group in groups.items():
        entity_id = unique_id(taken, f"au-{number_text}", [kind, group[0]["nameofindividualorentity"]], report)
        entry = Entry(entity_id, SCHEMATA.get(kind, "LegalEntity"), report)
        yield from _build(entry, number_text, group).statements()


def _distinct(records: Sequence[sheet.Record], *headings: str) -> Iterator[tuple[str, ...]]:
    for combination in dict.fromkeys(tuple(record[heading] for heading in headings) for record in records):
        if not all(map(cell.is_empty, combination)):
            yield combination


def _build(entry: Entry, number: str, records: Sequence[sheet.Record]) -> Entry:
    entry.add("topics", "sanction")
    _names(entry, records)
    for (text,) in _distinct(records, "dateofbirth"):
        if entry.schema == "Person":
            cell.dates(entry, "birthDate", _serial(text))
        else:
            _founded(entry, text)
    for (text,) in _distinct(records, "placeofbirth"):
        _places(entry, text)
    for (text,) in _distinct(records, "citizenship"):
        plain = re.sub(r"\((?!alt)[^()]*(?<!alt)(?:as at|until|ceased|citizenship)[^()]*\)", "", text)
        cell.countries(entry, "citizenship" if entry.schema == "Person" else "country", plain, cell.lettered)
    for (text,) in _distinct(records, "address"):
        _addresses(entry, text)
    for (text,) in _distinct(records, "additionalinformation"):
        au_remark.additional(entry, text)
    for (text,) in _distinct(records, IMO):
        cell.fact(entry, "imoNumber", text, "IMO number")
    for heading in dict.fromkeys(heading for record in records for heading in record.cells):
        if heading not in COLUMNS and heading != IMO:
            for (text,) in _distinct(records, heading):
                entry.report.issue("unknown_field", f"column {heading!r} is kept in notes", entity_id=entry.entity_id,
                                   original=text)  # fmt: skip
                entry.add("notes", f"{heading}: {text}")
    _sanctions(entry, number, records)
    return entry


def _names(entry: Entry, records: Sequence[sheet.Record]) -> None:
    primary = False
    for text, kind_text in _distinct(records, "nameofindividualorentity", "nametype"):
        kind = KINDS.get(kind_text.strip().casefold())
        if kind is None:
            entry.report.issue("unknown_value", f"name type {kind_text!r} read as alias", entity_id=entry.entity_id,
                               original=text)  # fmt: skip
        primary = primary or kind is NameKind.PRIMARY
        swapped = re.fullmatch(r"([A-Z][A-Z' -]+), ([^,]+)", text) if entry.schema == "Person" else None
        if swapped:  # SURNAME, Given
            entry.name(f"{swapped[2]} {swapped[1]}", kind or NameKind.ALIAS, original=text)
        else:
            entry.name(text, kind or NameKind.ALIAS)
    if not primary:
        entry.report.issue("no_primary_name", "no name of it is the primary one", entity_id=entry.entity_id)


def _serial(text: str) -> str:
    """A day that Excel shows as its serial number: 20,000 is in 1954; smaller numbers are years."""
    if re.fullmatch(r"\d{5}", text):
        return (EXCEL_EPOCH + datetime.timedelta(days=int(text))).isoformat()
    return text


def _founded(entry: Entry, text: str) -> None:
    entry.report.issue("unparsed", "date of birth of no person", entity_id=entry.entity_id, original=text)
    entry.add("notes", f"Date of birth: {text}", qualifier="unparsed:birthDate")


def _places(entry: Entry, text: str) -> None:
    for part in cell.lettered(text):
        for place in filter(None, map(str.strip, re.split(r";|>>|\n", part))):
            cell.fact(entry, "birthPlace", place, "Place of birth")
            country = _last_country(place)
            if country and entry.schema == "Person":
                entry.add("birthCountry", country, original=place)


def _last_country(place: str) -> str | None:
    last = re.sub(r"\([^()]*\)?", "", place).rstrip(" .,;").rpartition(",")[2].strip()
    return last if values.country(last) else None


def _addresses(entry: Entry, text: str) -> None:
    for part in cell.lettered(text):
        pieces = [piece.strip() for piece in re.split(r";|\n", part) if not cell.is_empty(piece)]
        for line in pieces:
            country = _last_country(line)
            if country:
                entry.add("country", country, original=line)
            if not values.country(re.sub(r"\([^()]*\)", "", line).strip(" .")):
                entry.address(line, country=country)
            elif "(" in line:
                entry.add("notes", f"Address: {line}")


def _sanctions(entry: Entry, number: str, records: Sequence[sheet.Record]) -> None:
    for committee, listing, control in _distinct(records, "committees", "listinginformation", "controldate"):
        sanction = entry.child("Sanction", committee.strip())
        sanction.link("entity", entry)
        sanction.add("authority", AUTHORITY)
        sanction.add("authorityId", number)
        sanction.add("program", committee)
        sanction.add("country", "au")
        if not cell.is_empty(listing):
            au_remark.listing(sanction, listing)
        sanction.date("modifiedAt", _serial(control), day_first=True, qualifier="control_date")


def last_control(bundle: Bundle) -> datetime.date | None:
    """The latest `Control Date` of any row: the file has no date of its own."""
    records = sheet.records(bundle.main, _rows(bundle.main), REQUIRED, Report())
    days = [day for record in records if (day := values.iso_date(_serial(record["controldate"]), True))]
    return datetime.date.fromisoformat(max(days)) if days and len(max(days)) == 10 else None


def recognise(path: Path, head: bytes) -> bool:
    """Whether a sheet of the workbook has the headings of the list."""
    if not sheet.is_workbook(head):
        return False
    sheets = sheet.peek(path).values()
    return any(set(REQUIRED) <= set(map(sheet.key, row.cells)) for rows in sheets for row in rows)


SOURCES: tuple[Source, ...] = (
    Source(
        name="au_dfat",
        title="Australian Sanctions Consolidated List",
        publisher="Department of Foreign Affairs and Trade",
        authority="au-dfat",
        licence="CC BY 4.0",
        formats=(Format("dfat_workbook", "au_dfat", recognise, read, last_control),),
        floors=Floors(entries=1_300, names=3_900, with_birth_date=0.5),
        downloads={
            "Australian_Sanctions_Consolidated_List.xlsx": "https://www.dfat.gov.au/sites/default/files/"
            "Australian_Sanctions_Consolidated_List.xlsx"
        },
        page="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
    ),
)
