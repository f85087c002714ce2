"""The consolidated list of the UK's Office of Financial Sanctions Implementation (ConList), closed on 28 January 2026.

Takes the workbook or the CSV: a line with the date of the list, headings, one row for each name of a group. Gives one
entry a Group ID. Must not read facts out of free text, but for the labelled segments of `Other Information`.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from allonym.errors import ListError
from allonym.sources import sheet, values
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.gb_entry import SCHEMATA, Line, Publisher, build, full_name
from allonym.sources.roster import Roster
from allonym.sources.source import Bundle, Floors, Format, Record, Source

OFSI = Publisher("Office of Financial Sanctions Implementation", "group_id", "unique_id")
HEADINGS = {
    **{f"name{number}": f"name{number}" for number in range(1, 7)},
    **{f"address{number}": f"address{number}" for number in range(1, 7)},
    "title": "title", "namenonlatinscript": "script_name", "nonlatinscripttype": "script_type",
    "nonlatinscriptlanguage": "script_lang", "dob": "dob", "townofbirth": "town", "countryofbirth": "birth_country",
    "nationality": "nationality", "passportnumber": "passport", "passportdetails": "passport_info",
    "nationalidentificationnumber": "national_id", "nationalidentificationdetails": "national_info",
    "ninumber": "national_id", "nidetails": "national_info", "position": "position", "postzipcode": "postcode",
    "country": "country", "otherinformation": "other", "grouptype": "type", "aliastype": "name_type",
    "aliasquality": "strength", "regime": "regime", "listedon": "listed",
    "uksanctionslistdatedesignated": "designated", "lastupdated": "updated", "groupid": "group_id",
}  # fmt: skip
#: Segments of `Other Information`: "(Gender):Male". What comes before them, or behind the UN's reference, is text.
SEGMENTS = {
    "UK Sanctions List Ref": "unique_id", "UN Ref": "un_ref", "UK Statement of Reasons": "reasons", "Gender": "gender",
    "Phone number": "phone", "Email address": "email", "Website": "website", "Type of entity": "entity_type",
    "Parent company": "parent", "Subsidiaries": "subsidiaries", "Business Reg No": "business_no", "IMO number": "imo",
    "Flag of ship": "flag", "Previous flags": "previous_flags", "Type of ship": "ship_type",
    "Tonnage of ship": "tonnage", "Length of ship": "length", "Year built": "built", "Current owners": "owners",
    "Previous owners": "previous_owners", "Hull identification number": "hin",
}  # fmt: skip
SEGMENT = re.compile(rf"\(({'|'.join(map(re.escape, SEGMENTS))})\)\s*:\s*")
REFERENCES = {
    "unique_id": re.compile(r"[A-Z]{3}\d{3,5}(?:(?: and |[,;/] ?)[A-Z]{3}\d{3,5})*[ .,;]*"),
    "un_ref": re.compile(r"[A-Z]{2}[A-Za-z]\.?\d{3}(?:(?: and |[,;/] ?)[A-Z]{2}[A-Za-z]\.?\d{3})*[ .,;]*"),
}
REQUIRED = ("name6", "name1", "grouptype", "aliastype", "regime", "groupid")


def segments(text: str) -> dict[str, str]:
    """`Other Information` by fields; the text that belongs to no label is `other`."""
    parts = SEGMENT.split(text)
    found: dict[str, str] = {}
    free = [parts[0].strip()]
    for label, part in zip(parts[1::2], parts[2::2], strict=True):
        field, part = SEGMENTS[label], part.strip()
        if field in REFERENCES:
            match = REFERENCES[field].match(part)
            free.append(part[match.end() :].strip() if match else "")
            part = match[0].strip(" .,;") if match else part
        if part:
            found[field] = f"{found[field]}; {part}" if field in found else part
    if other := " ".join(filter(None, free)):
        found["other"] = other
    return found


def _rows(path: Path) -> Iterator[sheet.Row]:
    with path.open("rb") as file:
        head = file.read(8)
    if sheet.is_workbook(head):
        for rows in sheet.workbook(path).values():
            if any(set(REQUIRED) <= set(map(sheet.key, row.cells)) for row in rows[:5]):
                return iter(rows)
        raise ListError(f"{path}: no sheet has the headings of the consolidated list; is it the right file?")
    return sheet.csv_rows(path)


def _lines(path: Path, report: Report) -> Iterator[Line]:
    unknown: set[str] = set()
    for record in sheet.records(path, _rows(path), REQUIRED, report):
        cells = {HEADINGS[heading]: text for heading, text in record.cells.items() if heading in HEADINGS}
        extra = {heading: text for heading, text in record.cells.items() if heading not in HEADINGS}
        for heading in extra.keys() - unknown:
            unknown.add(heading)
            report.issue("unknown_field", f"column {heading!r} is kept in notes", original=extra[heading])
        cells |= segments(cells.pop("other", ""))
        if extra:
            cells["other"] = "; ".join(filter(None, [cells.get("other"), *(f"{k}: {v}" for k, v in extra.items())]))
        yield Line(record.number, cells)


def read(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Every entry with its rows, in the order of their first rows."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in _lines(bundle.main, report):
        kind = line["type"].casefold()
        if not line["group_id"] or kind not in SCHEMATA:
            report.issue("unusable_row", f"row {line.number}: group id {line['group_id']!r}, type {line['type']!r}",
                         original=full_name(line))  # fmt: skip
        groups.setdefault((line["group_id"] or f"row-{line.number}", kind), []).append(line)
    taken: dict[str, str] = {}
    roster, ids = Roster(), {}
    for (group, kind), lines in groups.items():
        entity_id = unique_id(taken, f"gb-{group}", [kind, full_name(lines[0])], report)
        ids[group, kind] = entity_id
        roster.add(group, entity_id)
        for name in dict.fromkeys(map(full_name, lines)):
            roster.add(name, entity_id)
    for (group, kind), lines in groups.items():
        entry = Entry(ids[group, kind], SCHEMATA.get(kind, "LegalEntity"), report)
        yield from build(entry, lines, OFSI, roster).statements()


def _first_rows(path: Path) -> Sequence[sheet.Row]:
    return next((rows for rows in sheet.peek(path).values() if rows), [])


def published(bundle: Bundle) -> datetime.date | None:
    """The date in the first line: `Last Updated,04/05/2022`."""
    rows = _first_rows(bundle.main)
    cells = rows[0].cells if rows else ()
    if len(cells) < 2 or sheet.key(cells[0]) != "lastupdated":
        return None
    day = values.iso_date(cells[1], True)
    return datetime.date.fromisoformat(day) if day and len(day) == 10 else None


def recognise(path: Path, head: bytes) -> bool:
    """Whether its first rows hold the headings of the list."""
    if not sheet.is_workbook(head) and b"Group ID" not in head:
        return False
    return any(set(REQUIRED) <= set(map(sheet.key, row.cells)) for row in _first_rows(path))


def _workbook(path: Path, head: bytes) -> bool:
    return sheet.is_workbook(head) and recognise(path, head)


def _csv(path: Path, head: bytes) -> bool:
    return not sheet.is_workbook(head) and recognise(path, head)


SOURCES: tuple[Source, ...] = (
    Source(
        name="gb_ukcl",
        title="Consolidated List of Financial Sanctions Targets in the UK (closed on 28 January 2026)",
        publisher="Office of Financial Sanctions Implementation, HM Treasury",
        authority="gb-ofsi",
        licence="Open Government Licence v3.0",
        formats=(
            Format("conlist_workbook", "gb_ukcl", _workbook, read, published),
            Format("conlist_csv", "gb_ukcl", _csv, read, published),
        ),
        floors=Floors(entries=1_700, names=6_000, with_birth_date=0.6),
        # The list closed on 28 January 2026: archives are read, nothing is fetched.
        page="https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
    ),
)
