"""trade.gov's Consolidated Screening List: the lists of Treasury, State and Commerce in one file.

Takes the CSV or the JSON form; gives one entry a row, with a Sanction by the authority that keeps the list. Treasury's
rows go through the mapping of OFAC's own forms, with a Sanction for each program. Rows of one id (a number that is on
two lists) stay apart. State's and Commerce's lists do not say what a row is, so that theirs are LegalEntity. Must not
guess: a year such as 0017 is no date and is reported.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from allonym.model import Statement
from allonym.sources import us_ofac_entry, us_ofac_programs, us_ofac_remarks, values
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.source import Bundle, Floors, Format, Source
from allonym.sources.us_ofac_labels import note, state
from allonym.sources.us_ofac_links import Names
from allonym.sources.us_ofac_listing import Alias, Listing, PrintedAddress, Remarks
from allonym.sources.us_trade_csl_row import Place, Row, csv_rows, json_count, json_rows

OFAC = us_ofac_programs.AUTHORITY
BIS = "Bureau of Industry and Security"
STATE = "U.S. Department of State"
#: By the office that a list's title ends with: the authority, and the topics of being on its lists.
OFFICES = {"Treasury Department": OFAC, "Bureau of Industry and Security": BIS, "State Department": STATE}
TOPICS = {OFAC: ("sanction",), BIS: ("export.control",), STATE: ("export.control",)}
LIST_TOPICS = {
    "Denied Persons List (DPL)": ("debarment", "export.control"),
    "ITAR Debarred (DTC)": ("debarment", "export.control"),
    "Nonproliferation Sanctions (ISN)": ("sanction", "export.control"),
}
SCHEMATA = {
    "": "LegalEntity", "Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane",
}  # fmt: skip
VESSEL = {
    "call_sign": "callSign", "vessel_type": "type", "vessel_flag": "flag", "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "grossRegisteredTonnage",
}  # fmt: skip


def read(rows: Callable[[Path], Iterator[Row]], bundle: Bundle, report: Report) -> Iterator[Statement]:
    """The statements of every row. The rows are held in memory: links name their targets, which may come later."""
    taken: dict[str, str] = {}
    repeated: Counter[tuple[str, ...]] = Counter()
    names, reported = Names(), set[str]()
    found: list[tuple[str, Row]] = []
    for row in rows(bundle.main):
        content = (row.cells["source"], row.cells["name"], *(place.line for place in row.addresses))
        repeated[content] += 1
        mark = (f"row {repeated[content]}",) if repeated[content] > 1 else ()
        base = f"csl-{row.cells['_id']}"
        found.append((unique_id(taken, base, (*content, *mark), report), row))
        if _is_ofac(row):  # by the first row of a number: a link may mean either list's
            names.add(row.cells["name"], base)
            for alias in row.lists["alt_names"]:
                names.add_alias(alias, base)
    if report.publisher_count not in (None, len(found)):
        report.issue("count", f"the publisher counts {report.publisher_count} entries, the file has {len(found)}")
    for entity_id, row in found:
        build = _treasury(entity_id, row, names, report) if _is_ofac(row) else _other(entity_id, row, report)
        _unknown(build, row, reported)
        yield from build.statements()


def read_json(bundle: Bundle, report: Report) -> Iterator[Statement]:
    """The statements of the JSON form, which counts its results."""
    report.publisher_count = json_count(bundle.main)
    yield from read(json_rows, bundle, report)


def _is_ofac(row: Row) -> bool:
    return row.cells["source"].endswith("Treasury Department")


def _unknown(entry: Entry, row: Row, reported: set[str]) -> None:
    for name, text in row.unknown:
        note(entry, f"{name}: {text}", qualifier=f"unknown:{name}")
        if name not in reported:
            entry.report.issue(
                "unknown_field", f"field {name!r} is not known; kept as a note in every row", original=text
            )
            reported.add(name)
    if not row.cells["name"]:
        entry.report.issue("empty", f"{row.where}: an entry without a name", entity_id=entry.entity_id)


def _treasury(entity_id: str, row: Row, names: Names, report: Report) -> Entry:
    cells, lists = row.cells, row.lists
    stated = Remarks(
        births=lists["dates_of_birth"], places=lists["places_of_birth"], nationalities=lists["nationalities"],
        citizenships=lists["citizenships"], labelled=row.ids,
    )  # fmt: skip
    listing = Listing(
        number=cells["entity_number"], kind=cells["type"].casefold(), name=cells["name"], title=cells["title"],
        programs=lists["programs"], aliases=tuple(map(Alias, lists["alt_names"])),
        addresses=tuple(_printed(place) for place in row.addresses if place.line or place.parts),
        vessel=tuple((prop, cells[name]) for name, prop in VESSEL.items() if cells[name]),
        vessel_owner=cells["vessel_owner"], stated=stated, remarks=us_ofac_remarks.parse(cells["remarks"]),
    )  # fmt: skip
    entry = us_ofac_entry.build(listing, entity_id, names, report)
    for place in row.addresses:
        if not (place.line or place.parts):
            entry.add("country", place.country)
    for code in lists["programs"] or ("",):
        sanction = entry.child("Sanction", code)
        sanction.add("reason", us_ofac_programs.program(code).legal_basis, original=code, qualifier="legal_basis")
        _list_facts(sanction, row)
    return entry


def _printed(place: Place) -> PrintedAddress:
    parts = dict(place.parts)
    return PrintedAddress(
        street=parts.get("street", ""), country=place.country,
        locality=", ".join(filter(None, (place.line, *(parts.get(p) for p in ("city", "state", "postalCode"))))),
        city=parts.get("city", ""), state=parts.get("state", ""), postal_code=parts.get("postalCode", ""),
    )  # fmt: skip


def _list_facts(sanction: Entry, row: Row) -> None:
    """State what every list has: its title, dates, notices, licence rules and addresses of the list."""
    cells = row.cells
    title, _, _ = cells["source"].rpartition(" - ")
    sanction.add("summary", title or cells["source"], original=cells["source"])
    sanction.date("startDate", cells["start_date"])
    sanction.date("endDate", cells["end_date"])
    sanction.add("reason", cells["federal_register_notice"], qualifier="legal_basis")
    for name, label in (("license_requirement", "License requirement"), ("license_policy", "License policy")):
        if cells[name]:
            sanction.add("provisions", f"{label}: {cells[name]}")
    flag = cells["standard_order"].upper()
    if flag in ("Y", "N"):
        standard = "Standard denial order" if flag == "Y" else "Denial order with terms of its own"
        sanction.add("provisions", standard, original=f"standard_order: {cells['standard_order']}")
    elif flag:
        sanction.unparsed("provisions", f"standard_order: {cells['standard_order']}")
    sanction.add("sourceUrl", cells["source_list_url"])
    sanction.add("sourceUrl", cells["source_information_url"])


def _other(entity_id: str, row: Row, report: Report) -> Entry:
    cells, kind = row.cells, row.cells["type"]
    entry = Entry(entity_id, SCHEMATA.get(kind, "LegalEntity"), report)
    if kind not in SCHEMATA:
        report.issue("unknown_field", f"type {kind!r} is not known", entity_id=entity_id, original=row.where)
        note(entry, f"type: {kind}", qualifier="unknown:type")
    us_ofac_entry.state_name(entry, cells["name"])
    for text in row.lists["alt_names"]:
        us_ofac_entry.state_alias(entry, Alias(text))
    sanction = _sanction(entry, row)
    for place in row.addresses:
        _address(entry, place)
    _facts(entry, row)
    for item in row.ids:
        state(entry, sanction, item)
    if cells["source"].startswith("Denied Persons"):
        sanction.add("summary", cells["remarks"])
    else:
        entry.add("notes", cells["remarks"])
    return entry


def _sanction(entry: Entry, row: Row) -> Entry:
    title, _, office = row.cells["source"].rpartition(" - ")
    authority = OFFICES.get(office, office)
    if office not in OFFICES:
        entry.report.issue("unknown_field", f"list {row.cells['source']!r} is not known", entity_id=entry.entity_id,
                           original=row.cells["source"])  # fmt: skip
    for topic in LIST_TOPICS.get(title, TOPICS.get(authority, ("sanction",))):
        entry.add("topics", topic)
    sanction = entry.child("Sanction", row.cells["source"])
    sanction.link("entity", entry)
    sanction.add("authority", authority, original=row.cells["source"])
    sanction.add("country", "us")
    sanction.add("recordId", row.cells["entity_number"])
    for program in row.lists["programs"] or (title,):
        sanction.add("program", program)
    _list_facts(sanction, row)
    return sanction


def _address(entry: Entry, place: Place) -> None:
    if place.line or place.parts:
        parts: dict[str, str | None] = dict(place.parts)
        line = ", ".join(filter(None, (place.line, *parts.values(), place.country)))
        entry.address(line, country=place.country or None, **parts)
    entry.add("country", place.country)


def _facts(entry: Entry, row: Row) -> None:
    """State the columns that only Treasury's lists fill today, by property or as a note with the column's name."""
    cells, lists = row.cells, row.lists
    for text in lists["dates_of_birth"]:
        if values.has_property(entry.schema, "birthDate"):
            entry.date("birthDate", text)
        else:
            note(entry, f"dates_of_birth: {text}")
    for column, prop, texts in (
        ("title", "position", (cells["title"],)), ("places_of_birth", "birthPlace", lists["places_of_birth"]),
        ("nationalities", "nationality", lists["nationalities"]),
        ("citizenships", "citizenship", lists["citizenships"]), ("vessel_owner", "", (cells["vessel_owner"],)),
        *((column, prop, (cells[column],)) for column, prop in VESSEL.items()),
    ):  # fmt: skip
        for text in filter(None, texts):
            if prop and values.has_property(entry.schema, prop):
                entry.add(prop, text)
            else:
                note(entry, f"{column}: {text}")


def no_date(bundle: Bundle) -> datetime.date | None:
    """None: neither form names the day it was made."""
    return None


def recognises_csv(path: Path, head: bytes) -> bool:
    """Whether the first line holds the headings of the CSV form."""
    header = head.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    return bool(header) and all(name in header[0] for name in (b"entity_number", b"source_list_url", b"alt_names"))


def recognises_json(path: Path, head: bytes) -> bool:
    """Whether the file begins as the JSON form does."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and b'"results"' in head and (b'"source_list_url"' in head or b'"alt_names"' in head)


FORMATS = (
    Format(name="csl_csv", source="us_trade_csl", recognise=recognises_csv, date=no_date,
           read=lambda bundle, report: read(csv_rows, bundle, report)),
    Format(name="csl_json", source="us_trade_csl", recognise=recognises_json, date=no_date,
           read=read_json),
)  # fmt: skip

SOURCES = (
    Source(
        name="us_trade_csl",
        title="Consolidated Screening List",
        publisher="U.S. Department of Commerce, International Trade Administration",
        authority="us-ita",
        licence="US Government work, public domain",
        formats=FORMATS,
        floors=Floors(entries=4_700, names=8_000, with_birth_date=0.3),
        downloads={"consolidated.csv": "https://api.trade.gov/static/consolidated_screening_list/consolidated.csv"},
        page="https://www.trade.gov/consolidated-screening-list",
    ),
)
