"""OFAC's CSV sets (sdn, alt, add, sdn_comments; cons_prim, cons_alt, cons_add, cons_comments) to statements.

Takes the main file and its companions; gives statements by way of `Listing`s. There is no header; null is `-0- `, the
last byte may be 0x1A. Rows of the companions belong to the entry that their first column names, no other column.
Raises ListError, naming file and line, for rows that are not of this form.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources import us_ofac_programs, us_ofac_reading, us_ofac_remarks
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_listing import NO_REMARKS, Alias, Listing, PrintedAddress, Remarks
from allonym.sources.us_ofac_xml import is_cons

NULL = "-0-"
CUT_AT = 1000
COLUMNS = {"main": 12, "alt": 5, "add": 6, "comments": 2}
KINDS = {"": "entity", "individual": "individual", "vessel": "vessel", "aircraft": "aircraft"}
COMPANIONS = {
    "sdn.csv": {"alt": "alt.csv", "add": "add.csv", "comments": "sdn_comments.csv"},
    "cons_prim.csv": {"alt": "cons_alt.csv", "add": "cons_add.csv", "comments": "cons_comments.csv"},
}
VESSEL_COLUMNS = ((5, "callSign"), (6, "type"), (7, "tonnage"), (8, "grossRegisteredTonnage"), (9, "flag"))
NUMBER = re.compile(r"\s*[0-9]+\s*")
#: `City, State CODE` in one column; of 7,371 such places that the XML parts, 98 in 100 have this city.
LOCALITY = re.compile(
    r"(?P<city>[^,\d]+?)(?:, (?P<state>[^,\d]+?))?"
    r"(?: (?P<code>(?:(?:C\.P\.|Codigo Postal) )?(?:[A-Z]{1,4}[- ]?)?\d[A-Z\d -]{2,}))?"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Row = list[str]


@dataclass(slots=True)
class _Companions:
    """Rows of the companion files by the number in their first column; what is taken is removed."""

    alt: dict[str, list[Row]] = field(default_factory=dict)
    add: dict[str, list[Row]] = field(default_factory=dict)
    comments: dict[str, list[Row]] = field(default_factory=dict)


def decode(data: bytes) -> str:
    """The text of a list file: UTF-8 when it is that, else Windows-1252, else Latin-1."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _blank(cell: str) -> str:
    cell = cell.strip()
    return "" if cell == NULL else cell


def _is_row(row: Row) -> bool:
    return len(row) == COLUMNS["main"] and NUMBER.fullmatch(row[0]) is not None and _blank(row[2]).casefold() in KINDS


def _recognise(path: Path, head: bytes, *, cons: bool) -> bool:
    lines = decode(head[: head.rfind(b"\n") + 1] or head).splitlines()
    try:
        rows = [row for row in csv.reader(lines) if row]
    except csv.Error:
        return False
    if not rows or not all(map(_is_row, rows)):
        return False
    programs = [code for row in rows for code in us_ofac_programs.split(_blank(row[3]))]
    return is_cons(programs, path) is cons


def companions(path: Path) -> dict[str, Path]:
    """The other files of the set beside the main one, whatever the case of their names."""
    wanted = COMPANIONS.get(path.name.casefold())
    if wanted is None:
        return {}
    beside = {other.name.casefold(): other for other in sorted(path.parent.iterdir(), reverse=True)}
    return {role: beside[name] for role, name in wanted.items() if name in beside}


def rows(path: Path, columns: int, report: Report) -> Iterator[tuple[int, Row]]:
    """Line number and cells of each row. Raises ListError for a row of another width or without a number in front."""
    text = decode(path.read_bytes().rstrip(b"\x1a"))
    text, found = CONTROL.subn(" ", text)
    if found:
        report.issue("control_character", f"{found} control characters read as blanks", original=path.name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if not row or row == [""]:
                continue
            if len(row) != columns or not NUMBER.fullmatch(row[0]):
                raise ListError(f"{path}, line {reader.line_num}: not a row of {columns} columns that begins with a "
                                "number; the file is cut off or of another format, fetch it again")  # fmt: skip
            yield reader.line_num, row
    except csv.Error as error:
        raise ListError(f"{path}, line {reader.line_num}: no CSV ({error}); fetch the file again") from None


def _load(bundle: Bundle, report: Report) -> _Companions:
    loaded = _Companions()
    for role, by_number in (("alt", loaded.alt), ("add", loaded.add), ("comments", loaded.comments)):
        if path := bundle.companions.get(role):
            for _, row in rows(path, COLUMNS[role], report):
                by_number.setdefault(row[0].strip(), []).append(row)
    return loaded


def read(bundle: Bundle, report: Report) -> Iterator[Statement]:
    """Statements of every entry, in the main file's order. Companion rows that belong to no entry are reported."""
    beside = _load(bundle, report)
    entries = [_listing(row, beside) for _, row in rows(bundle.main, COLUMNS["main"], report)]
    for role, left in (("alt", beside.alt), ("add", beside.add), ("comments", beside.comments)):
        for number, orphans in left.items():
            for row in orphans:
                report.issue("orphan", f"{bundle.companions[role].name}: a row for number {number}, which is not in "
                             f"{bundle.main.name}", original=", ".join(row))  # fmt: skip
    yield from us_ofac_reading.statements(entries, bundle.format.source, report)


def _listing(row: Row, beside: _Companions) -> Listing:
    # Taken with pop: when a later row repeats the number, the companions' rows are the first claimant's.
    number = row[0].strip()
    aliases = tuple(
        Alias(_blank(r[3]), _blank(r[2]) or "aka", comment=_blank(r[4])) for r in beside.alt.pop(number, ())
    )
    comments = "".join(r[1] for r in beside.comments.pop(number, ()) if r[1].strip() != NULL)
    return Listing(
        number=number,
        kind=KINDS.get(_blank(row[2]).casefold(), _blank(row[2])),
        name=_blank(row[1]),
        title=_blank(row[4]),
        programs=us_ofac_programs.split(_blank(row[3])),
        aliases=aliases,
        addresses=tuple(_address(*map(_blank, r[2:6])) for r in beside.add.pop(number, ())),
        vessel=tuple((prop, value) for column, prop in VESSEL_COLUMNS if (value := _blank(row[column]))),
        vessel_owner=_blank(row[10]),
        remarks=_remarks(row[11], comments),
    )


def _address(street: str, locality: str, country: str, comment: str) -> PrintedAddress:
    match = LOCALITY.fullmatch(locality)
    city, state, code = (match[part] or "" if match else "" for part in ("city", "state", "code"))
    return PrintedAddress(street, locality, country, city=city, state=state, postal_code=code, comment=comment)


def _remarks(text: str, comments: str) -> Remarks:
    if not _blank(text):
        return NO_REMARKS
    # The cut may fall on any character, a blank too: nothing is stripped before the two are joined.
    return us_ofac_remarks.parse(text + comments, final_dot=True, is_cut=len(text) >= CUT_AT and not comments)


def _format(source: str, *, cons: bool) -> Format:
    return Format("csv", source, lambda path, head: _recognise(path, head, cons=cons), read, lambda bundle: None,
                  companions)  # fmt: skip


FORMAT_SDN = _format("us_ofac_sdn", cons=False)
FORMAT_CONS = _format("us_ofac_cons", cons=True)
