"""Outputs for programs: CSV, JSON lines, JSON and Parquet.

Takes the rows of a run (`outcome`); writes them in order, one row at a time. The same rows give the same bytes. CSV
cells are defused. Must not hold more than a batch of rows; must not write to the final path itself (`run` does that
at the end).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from allonym.errors import UsageError
from allonym.screening.defuse import defused
from allonym.screening.outcome import COLUMNS, JOINT, LISTS
from allonym.screening.table import write_table

BATCH = 10_000
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet",
             ".txt": "table"}  # fmt: skip

Rows = Iterable[list[Any]]


def output_format(path: Path | None, stated: str | None) -> str:
    """The format: as stated, else by the ending of the path, else the table for people.

    Raises UsageError for a format or an ending that is none.
    """
    if stated is not None:
        if stated not in WRITERS:
            raise UsageError(f"no output format {stated!r}; choose from {', '.join(WRITERS)}")
        return stated
    if path is None:
        return "table"
    if path.suffix.casefold() not in _SUFFIXES:
        raise UsageError(
            f"{path}: {path.suffix or 'no ending'} says no format; end it in {', '.join(_SUFFIXES)} or give --format"
        )
    return _SUFFIXES[path.suffix.casefold()]


def write_csv(rows: Rows, file: BinaryIO) -> None:
    """CSV as RFC 4180 has it: UTF-8, CRLF, headings; lists joined with "; "; numbers and true/false bare."""
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for batch in _batches(rows):
        writer.writerows(map(_csv_row, batch))
    text.flush()
    text.detach()


def _csv_row(row: list[Any]) -> list[Any]:
    number, identity, query, entity, name, listed, schema, score, match, *lists = row
    texts = [defused(text) if text else "" for text in (identity, query, entity, name, listed, schema)]
    flag = "" if match is None else "true" if match else "false"
    return [number, *texts, score, flag, *(defused(JOINT.join(found)) for found in lists)]


def write_jsonl(rows: Rows, file: BinaryIO) -> None:
    """One object a line with the columns as keys; lists stay lists, and an empty column is null."""
    for row in rows:
        file.write(orjson.dumps(dict(zip(COLUMNS, row, strict=True))) + b"\n")


def write_json(rows: Rows, file: BinaryIO) -> None:
    """An array of the objects of `write_jsonl`, one a line."""
    before = b"[\n"
    for row in rows:
        file.write(before + orjson.dumps(dict(zip(COLUMNS, row, strict=True))))
        before = b",\n"
    file.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def write_parquet(rows: Rows, file: BinaryIO) -> None:
    """Parquet with typed columns: int64, strings, double, bool and lists of strings."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: dict[str, Any] = {"query_row": pa.int64(), "score": pa.float64(), "match": pa.bool_()}
    kinds |= dict.fromkeys(LISTS, pa.list_(pa.string()))
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            columns = [
                pa.array(values, field.type) for values, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _batches(rows: Rows) -> Iterator[list[list[Any]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


WRITERS: dict[str, Callable[[Rows, BinaryIO], None]] = {
    "table": write_table,
    "csv": write_csv,
    "jsonl": write_jsonl,
    "json": write_json,
    "parquet": write_parquet,
}
