"""Parquet files as rows.

Takes a path; gives the column names, and each record as cells, in batches. PyArrow is imported here only, when such a
file is opened. Must not hold more than one batch of one row group.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allonym.errors import InputError
from allonym.screening.json_reader import cell
from allonym.screening.rejects import Reject
from allonym.screening.rows import Cell

BATCH = 4_096
#: Uncompressed bytes in one row group at most; PyArrow unpacks a group's pages in memory.
MAX_GROUP = 1 << 30


class ParquetTable:
    """A Parquet file with flat columns: `headings`, and `rows()` as often as asked. InputError for a damaged one."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self.path = path
        try:
            self._file = pq.ParquetFile(path)
        except (OSError, ValueError) as error:
            raise self._damaged(error) from None
        metadata = self._file.metadata
        if any(metadata.row_group(i).total_byte_size > MAX_GROUP for i in range(metadata.num_row_groups)):
            raise InputError(
                f"{path}: a row group unpacks to more than {MAX_GROUP >> 20:,} MB; write smaller row groups"
            )
        self.headings: list[str] = list(self._file.schema_arrow.names)
        self.count = int(metadata.num_rows)

    def _damaged(self, error: Exception) -> InputError:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        return InputError(f"{self.path}: is no Parquet file, or a damaged one ({first[:200]}); write it again")

    def rows(self) -> Iterator[tuple[int, list[Cell]] | Reject]:
        """Every record with its 1-based number; a value that is no text, number, date or list of those is a Reject."""
        number = 0
        batches = self._file.iter_batches(batch_size=BATCH)
        while True:
            try:
                batch = next(batches, None)
                columns = [] if batch is None else [batch.column(i).to_pylist() for i in range(batch.num_columns)]
            except (OSError, ValueError) as error:
                raise self._damaged(error) from None
            if batch is None:
                return
            for record in zip(*columns, strict=True):
                number += 1
                cells = [value if isinstance(value, str) else _cell(value) for value in record]
                wrong = next((h for h, c in zip(self.headings, cells, strict=True) if c is None), None)
                if wrong is not None:
                    yield Reject(number, f"column {wrong!r} holds no text, number or date", repr(record)[:1_000])
                else:
                    yield number, [c for c in cells if c is not None]


def _cell(value: Any) -> Cell | None:
    if hasattr(value, "isoformat"):  # dates and timestamps
        return str(value.isoformat())
    if isinstance(value, bool):
        return str(value).lower()
    return cell(value)
