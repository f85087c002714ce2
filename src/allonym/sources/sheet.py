"""Tables: CSV files, and workbooks (.xlsx, .xls, .ods) through calamine, read safely.

Takes a path; gives rows of text cells with their row numbers, and records keyed by heading. Must not open a workbook
before its members were counted: zip bombs, lying sizes and sheets with far-off cells are refused with ListError.
"""

import codecs
import csv
import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from allonym.errors import ListError
from allonym.sources.entry import Report
from allonym.sources.grid import Grid

#: Limits of one workbook: bytes once unpacked, unpacked bytes for each packed one (over 16 MiB), files, packed bytes.
MAX_UNPACKED = 512 * 2**20
MAX_RATIO = 100
RATIO_FROM = 16 * 2**20
MAX_MEMBERS = 2_000
MAX_PACKED = 128 * 2**20

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet or text editor shows it, and its cells as stripped text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row below the headings: cells by `key(heading)`; a heading that is absent reads as empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


def key(heading: str) -> str:
    """A heading without case, blanks and punctuation: `Name non-latin script` is `namenonlatinscript`."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def is_workbook(head: bytes) -> bool:
    """Whether a file with these first bytes claims to be a workbook."""
    return head.startswith((ZIP, OLE))


def text(value: Any) -> str:
    """A cell as text: 2.0 is `2`, dates are ISO, midnight is cut off."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value).strip()


def workbook(path: Path, *, only: str | None = None, limit: int | None = None) -> dict[str, list[Row]]:
    """Every sheet of a workbook by its name, or the one that is asked for, up to `limit` rows each.

    Raises ListError when it is damaged, hostile or no workbook.
    """
    import python_calamine  # only lists that come as workbooks need it

    stat = path.stat()
    _check(path, stat.st_size, stat.st_mtime_ns)
    try:
        book = python_calamine.load_workbook(str(path))
        found = {}
        for name in book.sheet_names if only is None else {only}.intersection(book.sheet_names):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=limit)
            found[name] = [Row(number, tuple(map(text, cells))) for number, cells in enumerate(rows, 1)]
        return found
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise ListError(f"{path}: the workbook is damaged or protected ({error}); fetch the file again") from None


def peek(path: Path, rows: int = 5) -> dict[str, list[Row]]:
    """The first rows of every sheet, or of a CSV file (whose sheet has no name); {} when it cannot be read."""
    stat = path.stat()
    return _peek(path, stat.st_mtime_ns, rows)


@lru_cache(maxsize=8)
def _peek(path: Path, _changed: int, rows: int) -> dict[str, list[Row]]:
    # Cached, since every adapter that reads workbooks asks about every workbook.
    try:
        with path.open("rb") as file:
            head = file.read(8)
        if is_workbook(head):
            return workbook(path, limit=rows)
        found = []
        for row in csv_rows(path):
            found.append(row)
            if len(found) == rows:
                break
        return {"": found}
    except ListError:
        return {}


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8, UTF-16 with its mark, or windows-1252. Row numbers are lines of the file.

    Raises ListError when it holds NUL bytes, is markup, or ends within a quoted cell.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, strict=True)
        number = 1
        try:
            for cells in reader:
                yield Row(number, tuple(cell.strip() for cell in cells))
                number = reader.line_num + 1
        except csv.Error as error:
            raise ListError(f"{path}, line {number}: the CSV breaks off or is damaged ({error}); "
                            "fetch the file again") from None  # fmt: skip


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(BLOCK)
        if not head.strip():
            raise ListError(f"{path}: is empty; fetch the file again")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith(b"<"):
            raise ListError(f"{path}: is a web page or XML and no CSV; fetch the file again")
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        encoding, block = "utf-8-sig", head
        while block:
            if b"\0" in block:
                raise ListError(f"{path}: holds NUL bytes and is no CSV; fetch the file again")
            try:
                if encoding == "utf-8-sig":
                    decoder.decode(block)
            except UnicodeDecodeError:
                encoding = "cp1252"
            block = file.read(BLOCK)
    return encoding


def records(
    path: Path, rows: Iterable[Row], required: Iterable[str], report: Report, *, sheet: str = ""
) -> Iterator[Record]:
    """Records below the first row that holds all `required` headings (given as keys).

    Rows of another width are reported (`row_width`), and the last one too narrow is a file cut off: ListError, as when
    there are no such headings. Empty rows are passed over. Two columns of one heading are joined by `; `.
    """
    where = f"{path}, sheet {sheet}" if sheet else str(path)
    needed, last = set(required), 0
    headings: tuple[str, ...] = ()
    short: Row | None = None
    for row in rows:
        if not headings:
            keys = tuple(key(cell) for cell in row.cells)
            headings = keys if needed <= set(keys) else ()
            continue
        if short:
            report.issue("row_width", f"line {short.number}: {len(short.cells)} cells under {len(headings)} headings",
                         original=" | ".join(short.cells))  # fmt: skip
            short = None
        if not any(row.cells):
            continue
        if len(row.cells) != len(headings):
            short = row
        cells: dict[str, str] = {}
        for heading, cell in zip(headings + ("",) * len(row.cells), row.cells, strict=False):
            if cell:
                cells[heading] = f"{cells[heading]}; {cell}" if heading in cells else cell
        last = row.number
        yield Record(row.number, cells)
    if not headings:
        raise ListError(f"{where}: has no row with the headings {', '.join(sorted(needed))}; is it the right file?")
    if short:
        raise ListError(f"{where}, line {last}: the last row has {len(short.cells)} cells, not {len(headings)}: "
                        "the file breaks off; fetch it again")  # fmt: skip


@lru_cache(maxsize=8)
def _check(path: Path, size: int, _changed: int) -> None:
    # Cached: a workbook is opened to recognise it, to date it and to read it.
    with path.open("rb") as file:
        magic = file.read(8)
    if not is_workbook(magic):
        raise ListError(f"{path}: is no workbook, whatever its name says; fetch the file again")
    if size > MAX_PACKED:
        raise ListError(f"{path}: {size} bytes, more than the {MAX_PACKED} a list may have; not read")
    if magic.startswith(OLE):
        return  # a grid of at most 65,536 x 256 cells, not packed
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ListError(f"{path}: {len(members)} files packed into it; not read")
            total = 0
            for member in members:
                total += _count(path, file, member, total)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise ListError(f"{path}: the workbook is damaged ({error}); fetch the file again") from None
    if total > RATIO_FROM and total > MAX_RATIO * size:
        raise ListError(f"{path}: unpacks to {total // size} times its size, as a zip bomb does; not read")


def _count(path: Path, file: BinaryIO, member: zipfile.ZipInfo, before: int) -> int:
    """Unpack one member, keeping nothing, and return its true size: the size the archive states may be a lie."""
    if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ListError(f"{path}: {member.filename} is encrypted or packed in an unusual way; not read")
    grid = Grid(path, member.filename)
    size = 0
    for block in _unpacked(file, member):
        size += len(block)
        if before + size > MAX_UNPACKED:
            raise ListError(f"{path}: unpacks to more than {MAX_UNPACKED} bytes, as a zip bomb does; not read")
        grid.look(block)
    if size != member.file_size:
        raise ListError(f"{path}: {member.filename} has {size} bytes, not the {member.file_size} stated; not read")
    return size


def _unpacked(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    # zipfile itself would stop at the size the archive states, where other readers go on.
    file.seek(member.header_offset)
    file.seek(sum(struct.unpack("<HH", file.read(30)[26:30])), 1)
    unpack = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    left = member.compress_size
    while left > 0 and (packed := file.read(min(BLOCK, left))):
        left -= len(packed)
        while unpack and packed:
            yield unpack.decompress(packed, BLOCK)
            packed = unpack.unconsumed_tail
        if packed:
            yield packed
    if unpack:
        yield unpack.flush()
