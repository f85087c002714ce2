"""Writes a customers' file for a test, and reads it."""

from pathlib import Path

from allonym.screening.query import Query
from allonym.screening.reader import Input, ReadOptions
from allonym.screening.rejects import Reject

NOTHING = ReadOptions()


def read(path: Path | str, options: ReadOptions = NOTHING, **more: object) -> tuple[list[Query], list[Reject], Input]:
    with Input(str(path), options, **more) as source:  # type: ignore[arg-type]
        items = list(source)
    return [i for i in items if isinstance(i, Query)], [i for i in items if isinstance(i, Reject)], source


def write(folder: Path, data: bytes | str, name: str = "k.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def names(queries: list[Query]) -> list[str]:
    return [query.caption for query in queries]
