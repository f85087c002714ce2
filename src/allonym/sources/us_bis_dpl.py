"""BIS Denied Persons List: a tab-separated file of people and firms denied export privileges.

Takes dpl.txt, in UTF-8 or Latin-1; gives one entry a row, as the publisher counts them. Several rows of one name (one
for each address) stay apart: such rows differ in their order's dates and citations, and the list does not say that two
of one name are one person. Nor does it say who is a person and who a firm, so that every entry is a LegalEntity.
"""

import csv
import datetime
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources.entry import SPACES, Entry, Report, unique_id
from allonym.sources.source import Bundle, Floors, Format, Source

AUTHORITY = "Bureau of Industry and Security"
COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
IDENTITY = ("Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date")


def recognises(path: Path, head: bytes) -> bool:
    """Whether the first line is the header of dpl.txt."""
    header = head.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    return bool(header) and b"\t" in header[0] and b"Street_Address" in header[0] and b"FR_Citation" in header[0]


def decoded(path: Path, report: Report) -> str:
    """The text of the file: UTF-8 where it is that, else Latin-1. Control characters are read as blanks, and reported.

    Raises ListError for a file of two-byte characters.
    """
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ListError(f"{path}: is UTF-16, dpl.txt is UTF-8 or Latin-1; fetch the file again")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    clean = "".join(c if c >= " " or c in "\t\r\n" else " " for c in text)
    if clean != text:
        report.issue("control_character", "control characters read as blanks", original=path.name)
    return clean


def read(bundle: Bundle, report: Report) -> Iterator[Statement]:
    """The statements of every row. Raises ListError, with the line, for a header or a row with the wrong columns."""
    path = bundle.main
    lines = csv.reader(io.StringIO(decoded(path, report), newline=""), delimiter="\t", strict=True)
    taken: dict[str, str] = {}
    repeated: Counter[tuple[str, ...]] = Counter()
    try:
        header = [cell.strip() for cell in next(lines, [])]
        if missing := [column for column in COLUMNS if column not in header]:
            raise ListError(f"{path}, line 1: no column {', '.join(missing)}; fetch the file again")
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise ListError(f"{path}, line {lines.line_num}: {len(row)} columns, not {len(header)}; the file "
                                "is cut off or damaged, fetch it again")  # fmt: skip
            cells = {name: SPACES.sub(" ", cell).strip() for name, cell in zip(header, row, strict=True)}
            yield from _entry(cells, taken, repeated, report).statements()
    except csv.Error as error:
        raise ListError(f"{path}, line {lines.line_num}: {error}; fetch the file again") from None


def _entry(cells: dict[str, str], taken: dict[str, str], repeated: Counter[tuple[str, ...]], report: Report) -> Entry:
    identity = tuple(cells[column] for column in IDENTITY)
    digest = hashlib.sha1("\x1f".join(identity).encode(), usedforsecurity=False).hexdigest()[:12]
    repeated[identity] += 1
    mark = (f"row {repeated[identity]}",) if repeated[identity] > 1 else ()
    entry_id = unique_id(taken, f"bis-{digest}", (*filter(None, identity), *mark), report)
    entry = Entry(entry_id, "LegalEntity", report)
    if not cells["Name"]:
        report.issue("empty", "an entry without a name", entity_id=entry_id, original=" ".join(filter(None, identity)))
    entry.name(cells["Name"])
    entry.add("topics", "debarment")
    entry.add("topics", "export.control")
    _address(entry, cells)
    _sanction(entry, cells)
    for column in cells:
        if column not in COLUMNS and cells[column]:
            report.issue("unknown_field", f"column {column!r} is not known", entity_id=entry_id, original=cells[column])
            entry.add("notes", f"{column}: {cells[column]}", qualifier=f"unknown:{column}")
    return entry


def _address(entry: Entry, cells: dict[str, str]) -> None:
    country = cells["Country"]
    entry.address(
        None, country=country or None, street=cells["Street_Address"], city=cells["City"], state=cells["State"],
        postalCode=cells["Postal_Code"],
    )  # fmt: skip
    entry.add("country", country)


def _sanction(entry: Entry, cells: dict[str, str]) -> None:
    sanction = entry.child("Sanction", cells["Effective_Date"], cells["FR_Citation"])
    sanction.link("entity", entry)
    sanction.add("authority", AUTHORITY)
    sanction.add("country", "us")
    sanction.add("program", "Denied Persons List")
    sanction.date("startDate", cells["Effective_Date"], day_first=False)
    sanction.date("endDate", cells["Expiration_Date"], day_first=False)
    sanction.date("modifiedAt", cells["Last_Update"])
    sanction.add("reason", cells["FR_Citation"], qualifier="legal_basis")
    sanction.add("summary", cells["Action"])
    flag = cells["Standard_Order"]
    if flag.upper() in ("Y", "N"):
        standard = "Standard denial order" if flag.upper() == "Y" else "Denial order with terms of its own"
        sanction.add("provisions", standard, original=f"Standard_Order: {flag}")
    elif flag:
        sanction.unparsed("provisions", f"Standard_Order: {flag}")


def no_date(bundle: Bundle) -> datetime.date | None:
    """None: the file names no day of its own; `Last_Update` is of single rows."""
    return None


FORMAT = Format(name="dpl_txt", source="us_bis_dpl", recognise=recognises, read=read, date=no_date)

SOURCES = (
    Source(
        name="us_bis_dpl",
        title="BIS Denied Persons List",
        publisher="U.S. Department of Commerce, Bureau of Industry and Security",
        authority="us-bis",
        licence="US Government work, public domain",
        formats=(FORMAT,),
        floors=Floors(entries=190, names=190),
        downloads={"dpl.txt": "https://www.bis.doc.gov/dpl/dpl.txt"},
        page="https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl",
    ),
)
