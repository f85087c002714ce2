"""The customers of a file that is watched: every question about them, each under a key that stays the same.

Takes an opened input; gives its queries, each with its key as `id`. The key is the customer's id; a row that asks two
questions (a person and their company) gives the second one a number behind it; a row without an id is known by what it
says. Must not let two rows share an id: then nobody could tell whose hit is new.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

import orjson

from allonym.errors import InputError
from allonym.screening.printable import printable
from allonym.screening.query import Query
from allonym.screening.rejects import Reject

#: Between an id and what is ours; ids have no control characters.
SEPARATOR = "\x1f"
IDS_TOLD, ROWS_TOLD = 5, 5


def customers(rows: Iterable[Query | Reject], name: str) -> tuple[list[Query], list[Reject]]:
    """The queries by their keys, in the order of the file, and the rows that cannot be used.

    Raises InputError, naming ids and rows, when ids repeat, and when there is no customer; `name` is the file's.
    """
    found: dict[str, Query] = {}
    seen: dict[str, list[int]] = {}
    rejects: list[Reject] = []
    for row in rows:
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        number = 1
        if row.id:
            lines = seen.setdefault(row.id, [])
            number = 1 + (row.row in lines)
            lines.append(row.row)
        found.setdefault(key_of(row, number), replace(row, id=key_of(row, number), original=None))
    _check({identity: sorted(set(lines)) for identity, lines in seen.items() if len(set(lines)) > 1}, name)
    if not found:
        raise InputError(f"{name}: has no customer that can be screened; give rows with a name, or say which column is "
                         "the name with --map COLUMN=name")  # fmt: skip
    return list(found.values()), rejects


def shown_id(key: str) -> str | None:
    """The customer's id as the file has it; None for a row without one."""
    return key.partition(SEPARATOR)[0] or None


def key_of(row: Query, number: int = 1) -> str:
    """The key of a customer; `number` is that of the question among those of the row."""
    if row.id:
        return row.id if number == 1 else f"{row.id}{SEPARATOR}{number}"
    said = orjson.dumps([row.schema, row.properties], option=orjson.OPT_SORT_KEYS)
    return SEPARATOR + hashlib.sha256(said).hexdigest()[:24]


def _check(repeated: dict[str, list[int]], name: str) -> None:
    if not repeated:
        return
    more = f", and {len(repeated) - IDS_TOLD:,} more ids" if len(repeated) > IDS_TOLD else ""
    raise InputError(f"{name}: ids repeat: {'; '.join(_told(repeated))}{more}; give every customer an id of its own")


def _told(repeated: dict[str, list[int]]) -> Iterator[str]:
    for identity, lines in list(repeated.items())[:IDS_TOLD]:
        rows = ", ".join(f"{line:,}" for line in lines[:ROWS_TOLD])
        yield f"{printable(identity[:60])!r} in rows {rows}{' …' if len(lines) > ROWS_TOLD else ''}"
