"""The audit log: append-only, every entry with the hash of the one before it.

Takes rows of one transaction of the store, and what happened; gives entries. What is hashed is described in
docs/cases.md, so that anybody can verify it with other tools. Must not change an entry, but for taking its content
away.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from allonym.cases.alert import Entry
from allonym.store.plain import Rows, portions

FORMAT = "allonym-audit/1"
START = "0" * 64
COLUMNS = "number, at, made_by, action, subject, content, content_sha256, previous, hash"
ERASE, AUDIT = "erase", "audit"


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log goes: the number and hash of its last entry; 0 and zeros when it is empty."""

    number: int = 0
    hash: str = START

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(number: int, told: tuple[str, str, str, str], content_sha256: str, previous: str) -> str:
    """The hash of an entry: of eight lines, each with its end. `told` is when, by whom, action and subject."""
    return sha256("\n".join((FORMAT, str(number), *told, content_sha256, previous, "")))


class Ledger:
    """The log within one transaction, to be added to."""

    def __init__(self, rows: Rows, at: str) -> None:
        self.rows, self.at = rows, at
        self.head = head(rows)

    def add(self, by: str, action: str, subject: str, content: dict[str, Any]) -> int:
        """Append an entry; gives its number. The content gets a random salt, so that nobody can find out by trying what
        an erased one said."""
        salted = {**content, "salt": secrets.token_hex(16)}
        text = orjson.dumps(salted, option=orjson.OPT_SORT_KEYS).decode()
        number, digest = self.head.number + 1, sha256(text)
        made = entry_hash(number, (self.at, by, action, subject), digest, self.head.hash)
        self.rows.execute(
            f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (number, self.at, by, action, subject, text, digest, self.head.hash, made),
        )
        self.head = Head(number, made)
        return number

    def erase(self, subject: str, by: str, text: str) -> list[int]:
        """Take away the content of a subject's entries, and say so in a new entry; gives their numbers."""
        found = self.rows.execute("SELECT number FROM audit WHERE subject = ? AND content IS NOT NULL ORDER BY number",
                                  (subject,))  # fmt: skip
        numbers = [int(number) for (number,) in found]
        self.rows.execute("UPDATE audit SET content = NULL WHERE subject = ?", (subject,))
        self.add(by, ERASE, AUDIT, {"subject": subject, "entries": numbers, "text": text})
        return numbers


def head(rows: Rows) -> Head:
    """How far the log goes."""
    found = next(rows.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"), None)
    return Head() if found is None else Head(int(found[0]), str(found[1]))


def read_entries(rows: Rows, subject: str | None = None, since: int = 0) -> Iterator[tuple[Entry, str | None]]:
    """The entries after that number, all or those of one subject, in order; each with its content as it is kept."""
    where, values = ("", [since]) if subject is None else (" AND subject = ?", [since, subject])
    sql = f"SELECT {COLUMNS} FROM audit WHERE number > ?{where} ORDER BY number"  # noqa: S608
    for number, at, by, action, about, content, digest, previous, made in rows.execute(sql, values):
        yield Entry(int(number), at, by, action, about, _content(content), digest, previous, made), content


def last_entries(rows: Rows, numbers: Iterable[int]) -> dict[int, Entry]:
    """Entries by number."""
    found: dict[int, Entry] = {}
    for signs, portion in portions([str(n) for n in numbers]):
        sql = f"SELECT {COLUMNS} FROM audit WHERE number IN ({signs})"  # noqa: S608
        for number, at, by, action, about, content, digest, previous, made in rows.execute(sql, [*map(int, portion)]):
            found[number] = Entry(number, at, by, action, about, _content(content), digest, previous, made)
    return found


def _content(text: str | None) -> dict[str, Any] | None:
    """None for what is gone, and for what is no JSON any more: `verify` tells that."""
    if text is None:
        return None
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
