"""A file of customers, opened: what it is, how it is mapped, and its queries.

Takes a path (`-` is standard input, read as CSV); gives the format, checksum, encoding and mapping at once, then
queries and rejects in the order of the file, as often as asked. Reads the file more than once, so that whole columns
settle what single rows cannot. Must not hold more of the file than a batch.
"""

import csv
import io
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from allonym.errors import InputError, UsageError
from allonym.screening.columns import MAX_COLUMNS, Mapping, day_first_hint, recognise
from allonym.screening.csv_reader import CsvTable
from allonym.screening.dates import DateOrder
from allonym.screening.encoding import BLOCK, Survey, survey
from allonym.screening.json_reader import Item, cell, objects
from allonym.screening.lines import Line, numbered
from allonym.screening.oddities import Oddities
from allonym.screening.parquet_reader import ParquetTable
from allonym.screening.query import Query
from allonym.screening.rejects import MAX_TEXT, Reject
from allonym.screening.rows import Cell, RowReader

FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
#: Standard input is kept in a temporary file while it is screened; more than this is to be given as a file.
MAX_PIPED = 4 << 30
_DATES = ("birthDate", "incorporationDate")
_FOREIGN = {b"PK\x03\x04": "an Excel workbook or zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook",
            b"\x1f\x8b": "gzip-compressed", b"PAR1": "a Parquet file under another name", b"%PDF": "a PDF"}  # fmt: skip

Numbered = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: `maps` are `COLUMN=PROPERTY` options, `mapping` (of a record) settles all columns, `schema` is for
    rows that do not say their kind, `encoding` for files that are not recognised."""

    maps: Sequence[str] = ()
    mapping: Mapping | None = None
    schema: str | None = None
    encoding: str | None = None


class Input:
    """An opened input. Iterate it for `Query` and `Reject`; `oddities` then has what was odd. Close it, or use `with`.

    Raises InputError for a file that cannot be used at all or whose checksum is not `sha256`, UsageError for wrong
    options.
    """

    def __init__(
        self,
        path: str,
        options: ReadOptions = ReadOptions(),
        *,
        stdin: BinaryIO | None = None,
        sha256: str | None = None,
    ) -> None:
        self._expected = sha256
        self.path = path
        self.name = "standard input" if path == "-" else path
        self.options = options
        self.oddities = Oddities()
        self._file = _open(path, stdin)
        try:
            self.format = "csv" if path == "-" else _format(path)
            self._begin()
        except BaseException:
            self._file.close()
            raise

    def _begin(self) -> None:
        head = self._file.read(4)
        self._file.seek(0)
        if not head:
            raise InputError(f"{self.name}: is empty; give a file with headings and rows")
        foreign = next((what for magic, what in _FOREIGN.items() if head.startswith(magic)), None)
        if foreign and self.format != "parquet":
            raise InputError(f"{self.name}: is {foreign}, no text; save it as CSV")
        known = "utf-8" if self.format == "parquet" else self.options.encoding
        self.survey: Survey = survey(self._file, encoding=known)
        if self._expected not in (None, self.survey.sha256):
            raise InputError(
                f"{self.name}: is not the recorded input (SHA-256 {self.survey.sha256[:12]}…, recorded "
                f"{(self._expected or '')[:12]}…); give the file that was screened, with --input"
            )
        self._csv = CsvTable(self._lines, self.name) if self.format == "csv" else None
        self._parquet = ParquetTable(Path(self.path)) if self.format == "parquet" else None
        self._seen = 0
        self.mapping = self._map()
        self._orders = {} if self.mapping is None else self._date_orders(self.mapping)

    def _lines(self) -> Iterator[Line]:
        return numbered(self._file, self.survey)

    @property
    def fraction(self) -> float:
        """How much of the input has been read, 0 to 1."""
        if self._parquet:
            return self._seen / max(1, self._parquet.count)
        return min(1.0, self._file.tell() / max(1, self.survey.size))

    def describe(self) -> str:
        """What the file was taken for, and its mapping, for people."""
        kind = {"csv": "delimited text", "jsonl": "JSON lines", "parquet": "Parquet"}[self.format]
        if self._csv:
            names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
            separated = names.get(self._csv.delimiter)
            kind += f" separated by {separated}" if separated else " in one column"
        if self.format != "parquet":
            kind += f", {self.survey.encoding}"
        told = [f"{self.name}: {kind}"]
        if self.mapping:
            told.append(self.mapping.describe())
        else:
            told.append("Columns: FollowTheMoney entities, used as they are")
        return "\n".join(told)

    def __iter__(self) -> Iterator[Query | Reject]:
        self.oddities = Oddities()
        self._note_orders()
        mapping = self.mapping or Mapping((), ())
        reader = RowReader(mapping, orders=self._orders, schema=self.options.schema, oddities=self.oddities)
        for row in self._rows():
            if isinstance(row, Reject):
                yield row
                continue
            try:
                found = [self._entity(row)] if isinstance(row, Item) else reader.queries(*row)
            except InputError as error:
                yield self._reject(row, str(error))
                continue
            yield from found

    def _entity(self, item: Item) -> Query:
        def warn(what: str, value: str) -> None:
            self.oddities.add(f"{what}, left out", item.line, value)

        return Query.from_dict(item.value, row=item.line, schema=self.options.schema, warn=warn)

    def _reject(self, row: Item | Numbered, reason: str) -> Reject:
        if isinstance(row, Item):
            return Reject(row.line, reason, str(row.value)[:MAX_TEXT])
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self._csv.delimiter if self._csv else ",", lineterminator="")
        writer.writerow(c if isinstance(c, str) else "; ".join(c) for c in row[1])
        return Reject(row[0], reason, text.getvalue()[:MAX_TEXT])

    def _rows(self) -> Iterator[Item | Numbered | Reject]:
        if self._csv:
            for row in self._csv.rows():
                yield row if isinstance(row, Reject) else (row.line, row.cells)
        elif self._parquet:
            self._seen = 0
            for record in self._parquet.rows():
                self._seen += 1
                yield record
        else:
            headings = self.mapping.headings if self.mapping else ()
            for item in objects(self._lines()):
                yield item if isinstance(item, Reject) or item.entity else _flat(item, headings)

    def _map(self) -> Mapping | None:
        """The mapping; None for JSON lines that are FtM entities throughout."""
        headings = self._csv.headings if self._csv else self._parquet.headings if self._parquet else self._keys()
        given = self.options.mapping
        if given is not None and tuple(headings) != given.headings:
            raise InputError(f"{self.name}: its columns are not those of the record")
        if given is not None:
            return given
        if not headings and self.format == "jsonl":
            if self.options.maps:
                raise UsageError(f"--map is for columns, and {self.name} holds FollowTheMoney entities; leave it out")
            return None
        return recognise(headings, self.options.maps, where=self.name)

    def _keys(self) -> list[str]:
        keys: dict[str, None] = {}
        objects_seen = False
        for item in objects(self._lines()):
            if isinstance(item, Reject):
                continue
            objects_seen = True
            if not item.entity:
                keys.update(dict.fromkeys(item.value))
                if len(keys) > MAX_COLUMNS:
                    raise InputError(
                        f"{self.name}: has more than {MAX_COLUMNS:,} different keys; keep those that matter"
                    )
        if not objects_seen:
            raise InputError(f"{self.name}: has no JSON object in it; give one object a line")
        return list(keys)

    def _date_orders(self, mapping: Mapping) -> dict[int, DateOrder]:
        orders = {i: DateOrder(day_first_hint(mapping.headings[i])) for prop in _DATES for i in mapping.columns(prop)}
        if orders:
            for row in self._rows():
                if isinstance(row, Reject | Item):
                    continue
                for index, order in orders.items():
                    texts = row[1][index]
                    for text in (texts,) if isinstance(texts, str) else texts:
                        order.see(text)
        return orders

    def _note_orders(self) -> None:
        for index, order in self._orders.items():
            if order.conflict and self.mapping:
                heading = self.mapping.headings[index]
                self.oddities.add(f'"{heading}": some dates are day first, others month first', 1, heading)

    def content(self) -> bytes:
        """The whole input as it came in; for one that has no file of its own."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _flat(item: Item, headings: Sequence[str]) -> Numbered | Reject:
    cells: list[Cell] = []
    for heading in headings:
        found = cell(item.value.get(heading))
        if found is None:
            return Reject(item.line, f"{heading!r} holds no text, number or list of texts", str(item.value)[:MAX_TEXT])
        cells.append(found)
    return item.line, cells


def _format(path: str) -> str:
    suffix = Path(path).suffix.casefold()
    if suffix not in FORMATS:
        raise InputError(f"{path}: {suffix or 'no ending'} is no format that is read; give {', '.join(FORMATS)}")
    return FORMATS[suffix]


def _open(path: str, stdin: BinaryIO | None) -> BinaryIO:
    if path == "-":
        return _spool(stdin or sys.stdin.buffer, "standard input")
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError(f"{path}: is a directory; give one file")
        if stat.S_ISFIFO(mode):
            with Path(path).open("rb") as pipe:
                return _spool(pipe, path)
        if not stat.S_ISREG(mode):
            raise InputError(f"{path}: is a device, no file; give a file")
        return Path(path).open("rb")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None


def _spool(stream: BinaryIO, name: str) -> BinaryIO:
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the Input closes it
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > MAX_PIPED:
            spool.close()
            raise InputError(f"{name}: more than {MAX_PIPED >> 30} GB; save it to a file and give that")
        spool.write(block)
    spool.seek(0)
    return spool
