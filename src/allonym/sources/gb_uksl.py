"""The UK Sanctions List of the Foreign, Commonwealth and Development Office; the UK's only one since 28 January 2026.

Takes the official table (CSV or .ods: a line with the report date, headings, one row for each name, address …), or a
workbook transformed into sheets of subjects, names, countries and identifiers. Gives one entry a Unique ID. Must not
take a place or number on repeated rows for several.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from allonym.errors import ListError
from allonym.sources import cell, document, sheet, values
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.gb_entry import SCHEMATA, Line, Publisher, build, full_name
from allonym.sources.roster import Roster
from allonym.sources.source import Bundle, Floors, Format, Record, Source

FCDO = Publisher("Foreign, Commonwealth & Development Office", "unique_id", "group_id")
HEADINGS = {
    **{f"name{number}": f"name{number}" for number in range(1, 7)},
    **{f"addressline{number}": f"address{number}" for number in range(1, 7)},
    "lastupdated": "updated", "uniqueid": "unique_id", "ofsigroupid": "group_id", "unreferencenumber": "un_ref",
    "nametype": "name_type", "aliasstrength": "strength", "title": "title", "namenonlatinscript": "script_name",
    "nonlatinscripttype": "script_type", "nonlatinscriptlanguage": "script_lang", "regimename": "regime",
    "designationtype": "type", "designationsource": "source", "sanctionsimposed": "sanctions",
    "otherinformation": "other", "ukstatementofreasons": "reasons", "addresspostalcode": "postcode",
    "addresscountry": "country", "phonenumber": "phone", "website": "website", "emailaddress": "email",
    "datedesignated": "designated", "dob": "dob", "dateofbirth": "dob", "nationality": "nationality",
    "nationalityies": "nationality", "nationalidentifiernumber": "national_id",
    "nationalidentifieradditionalinformation": "national_info", "passportnumber": "passport",
    "passportadditionalinformation": "passport_info", "position": "position", "gender": "gender",
    "townofbirth": "town", "countryofbirth": "birth_country", "typeofentity": "entity_type",
    "subsidiaries": "subsidiaries", "parentcompany": "parent", "businessregistrationnumbers": "business_no",
    "businessregistrationnumber": "business_no", "imonumber": "imo", "currentowneroperators": "owners",
    "currentowneroperator": "owners", "previousowneroperators": "previous_owners",
    "previousowneroperator": "previous_owners", "currentbelievedflagofship": "flag", "previousflags": "previous_flags",
    "typeofship": "ship_type", "tonnageofship": "tonnage", "lengthofship": "length", "yearbuilt": "built",
    "hullidentificationnumberhin": "hin", "hullidentificationnumber": "hin",
}  # fmt: skip
REQUIRED = ("uniqueid", "name6", "nametype", "designationtype", "regimename")
SHEETS = {"subjects", "subject_names", "subject_countries", "subject_identifiers"}
DOCUMENTS = {"passport": "passportNumber", "national": "idNumber"}


def _table(path: Path) -> Iterable[sheet.Row]:
    with path.open("rb") as file:
        head = file.read(8)
    if not sheet.is_workbook(head):
        return sheet.csv_rows(path)
    for rows in sheet.workbook(path).values():
        if any(set(REQUIRED) <= set(map(sheet.key, row.cells)) for row in rows[:5]):
            return rows
    raise ListError(f"{path}: no sheet has the headings of the UK Sanctions List; is it the right file?")


def read_table(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Every entry of the official table."""
    unknown: set[str] = set()
    lines = []
    for record in sheet.records(bundle.main, _table(bundle.main), REQUIRED, report):
        cells = {HEADINGS[heading]: text for heading, text in record.cells.items() if heading in HEADINGS}
        for heading in record.cells.keys() - HEADINGS.keys():
            note = f"{heading}: {record.cells[heading]}"
            cells["other"] = "; ".join(filter(None, [cells.get("other"), note]))
            if heading not in unknown:
                unknown.add(heading)
                report.issue("unknown_field", f"column {heading!r} is kept in notes", original=note)
        lines.append(Line(record.number, cells))
    for entry, _ in _entries(lines, report):
        yield from entry.statements()


def _entries(lines: Iterable[Line], report: Report) -> Iterator[tuple[Entry, list[Line]]]:
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        kind = line["type"].casefold()
        if not line["unique_id"] or kind not in SCHEMATA:
            report.issue("unusable_row", f"row {line.number}: unique id {line['unique_id']!r}, type {line['type']!r}",
                         original=full_name(line))  # fmt: skip
        groups.setdefault((line["unique_id"] or f"row-{line.number}", kind), []).append(line)
    taken: dict[str, str] = {}
    roster, ids = Roster(), {}
    for (unique, kind), group in groups.items():
        entity_id = unique_id(taken, f"gb-uksl-{unique}", [kind, full_name(group[0])], report)
        ids[unique, kind] = entity_id
        for name in dict.fromkeys([unique, *map(full_name, group)]):
            roster.add(name, entity_id)
    for (unique, kind), group in groups.items():
        entry = Entry(ids[unique, kind], SCHEMATA.get(kind, "LegalEntity"), report)
        yield build(entry, group, FCDO, roster), group


def read_transformed(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Every entry of the transformed workbook. Rows whose subject is missing are reported as orphans."""
    sheets = sheet.workbook(bundle.main)

    def rows(name: str, *required: str) -> Iterator[sheet.Record]:
        return sheet.records(bundle.main, sheets[name], ("uniqueid", *required), report, sheet=name)

    subjects = {record["uniqueid"]: record for record in rows("subjects", "subjecttype", "datedesignated")}
    names = defaultdict(list)
    for record in rows("subject_names", "nametype", "fullname", "name6"):
        if record["uniqueid"] in subjects:
            names[record["uniqueid"]].append(_line(record, subjects[record["uniqueid"]]))
        else:
            report.issue("orphan", f"name of no subject {record['uniqueid']}", original=record["fullname"])
    for unique in subjects.keys() - names.keys():
        report.issue("no_name", f"{unique} has no name")
    countries = _grouped(rows("subject_countries", "rawvalue", "countrytype"), ("rawvalue", "countrytype", "iso"))
    numbers = _grouped(rows("subject_identifiers", "rawvalue", "identifiertype"),
                       ("identifiertype", "rawvalue", "additionalinfo"))  # fmt: skip
    for unique in (countries.keys() | numbers.keys()) - subjects.keys():
        report.issue("orphan", f"countries or identifiers of no subject {unique}")
    for entry, group in _entries((line for lines in names.values() for line in lines), report):
        unique = group[0]["unique_id"]
        for text, kind, iso in countries.get(unique, ()):
            _country(entry, text, kind, iso)
        for kind, number, details in numbers.get(unique, ()):
            _number(entry, kind, number, details)
        yield from entry.statements()


def _line(name: sheet.Record, subject: sheet.Record) -> Line:
    cells = {f"name{number}": name[f"name{number}"] for number in range(1, 7)}
    if not any(cells.values()):
        cells["name6"] = name["fullname"]
    cells |= {"name_type": name["nametype"], "strength": name["aliasstrength"], "type": subject["subjecttype"]}
    cells |= {"unique_id": subject["uniqueid"], "group_id": subject["ofsigroupid"],
              "un_ref": subject["unreferencenumber"], "designated": subject["datedesignated"],
              "updated": subject["lastupdated"]}  # fmt: skip
    return Line(name.number, cells)


def _grouped(records: Iterable[sheet.Record], fields: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    # Each fact stands on as many rows as the official table repeats it: ten times as often as it is different.
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for record in records:
        found.setdefault(record["uniqueid"], {})[tuple(record[field] for field in fields)] = None
    return {unique: list(facts) for unique, facts in found.items()}


def _country(entry: Entry, text: str, kind: str, iso: str) -> None:
    props = {"birth": "birthCountry", "nationality": "nationality"} if entry.schema == "Person" else {}
    if kind not in ("address", "birth", "nationality"):
        entry.report.issue("unknown_value", f"country type {kind!r}", entity_id=entry.entity_id, original=text)
    prop = props.get(kind, "country")
    if values.country(text) or not iso:
        cell.countries(entry, prop, text)
    else:
        entry.add(prop, iso, original=text)


def _number(entry: Entry, kind: str, number: str, details: str) -> None:
    if kind in DOCUMENTS:
        document.state(entry, number, details, DOCUMENTS[kind])
        return
    if kind == "business_registration_numbers":
        document.registrations(entry, number.lstrip("'"))
    elif kind == "imo" and values.has_property(entry.schema, "imoNumber"):
        entry.add("imoNumber", number.lstrip("'"), original=number)
    else:
        entry.report.issue("unknown_value", f"identifier type {kind!r}", entity_id=entry.entity_id, original=number)
        entry.add("notes", f"{kind}: {number}")
    if details:
        entry.add("notes", f"{number}: {details}")


def report_date(bundle: Bundle) -> datetime.date | None:
    """The date in the first line of the table: `Report Date: 24-Apr-2026`."""
    rows = next((rows for rows in sheet.peek(bundle.main).values() if rows), [])
    first = " ".join(rows[0].cells) if rows else ""
    match = re.search(r"date\W+(\d{1,2}[-/ ]\w{2,9}[-/ ]\d{4})", first, re.IGNORECASE)
    day = values.iso_date(match[1], True) if match else None
    return datetime.date.fromisoformat(day) if day and len(day) == 10 else None


def last_update(bundle: Bundle) -> datetime.date | None:
    """The latest `last_updated` of any subject: the workbook has no date of its own."""
    rows = sheet.workbook(bundle.main, only="subjects").get("subjects", [])
    records = sheet.records(bundle.main, rows, ("uniqueid", "lastupdated"), Report(), sheet="subjects")
    days = [day for record in records if (day := values.iso_date(record["lastupdated"], True)) and len(day) == 10]
    return datetime.date.fromisoformat(max(days)) if days else None


def recognise_table(path: Path, head: bytes) -> bool:
    """Whether its first rows hold the headings of the official table."""
    if not sheet.is_workbook(head) and b"Unique ID" not in head:
        return False
    sheets = sheet.peek(path).values()
    return any(set(REQUIRED) <= set(map(sheet.key, row.cells)) for rows in sheets for row in rows)


def recognise_transformed(path: Path, head: bytes) -> bool:
    """Whether it is a workbook with the four sheets."""
    return sheet.is_workbook(head) and sheet.peek(path).keys() >= SHEETS


SOURCES: tuple[Source, ...] = (
    Source(
        name="gb_uksl",
        title="UK Sanctions List",
        publisher="Foreign, Commonwealth and Development Office",
        authority="gb-fcdo",
        licence="Open Government Licence v3.0",
        formats=(
            Format("uksl_table", "gb_uksl", recognise_table, read_table, report_date),
            Format("uksl_transformed", "gb_uksl", recognise_transformed, read_transformed, last_update),
        ),
        # No least share of birth dates: the transformed workbook has none.
        floors=Floors(entries=3_000, names=7_500),
        downloads={"UK-Sanctions-List.csv": "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"},
        page="https://www.gov.uk/government/publications/the-uk-sanctions-list",
    ),
)
