"""Alerts with their history, and the audit log, as files that others keep and verify.

Takes alerts or entries, and the report on the log; gives JSON lines, and from a file of entries the heads to compare
with. Must not need anything but the file to read it again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from allonym.cases.alert import Entry
from allonym.cases.cases import Case
from allonym.cases.ledger import FORMAT, Head
from allonym.cases.verify import Report, parse_head
from allonym.errors import InputError, UsageError

#: In the order in which they are hashed, but for `content`, whose hash stands for it.
FIELDS = ("number", "at", "by", "action", "subject", "content_sha256", "previous", "hash")


def lines(entries: Iterable[tuple[Entry, str | None]], report: Report) -> Iterator[bytes]:
    """A line for every entry, with its content as the text that is hashed, and one with head and report."""
    for entry, content in entries:
        yield orjson.dumps({**{name: getattr(entry, name) for name in FIELDS}, "content": content})
    yield orjson.dumps({"format": FORMAT, "head": str(report.head), "whole": report.whole, "report": report})


def case_lines(cases: Iterable[Case], report: Report) -> Iterator[bytes]:
    """A line for every alert with its history, and one with the report."""
    yield from (orjson.dumps({"alert": asdict(case)}) for case in cases)
    yield orjson.dumps({"report": report, "whole": report.whole})


def heads_of(path: Path) -> list[Head]:
    """The number and hash of every entry of an export, and its head. Raises InputError."""
    found = list[Head]()
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                found.append(_head(path, number, line))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if not found:
        raise InputError(f"{path}: is empty; give a file that `allonym audit export` wrote")
    return found


def _head(path: Path, number: int, line: bytes) -> Head:
    try:
        told: Any = orjson.loads(line)
        return parse_head(str(told["head"]) if "format" in told else f"{told['number']}:{told['hash']}")
    except (ValueError, KeyError, TypeError, UsageError):
        raise InputError(f"{path}, line {number}: is no line of an audit export") from None
