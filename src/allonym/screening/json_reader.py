"""JSON lines: one object a line, FtM-like or flat.

Takes numbered lines; gives each object with its line, or a Reject. A flat object has headings as keys; its values are
texts, numbers or lists of texts. Must not hold more than one line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from allonym.screening.lines import Line
from allonym.screening.rejects import MAX_TEXT, Reject
from allonym.screening.rows import Cell


@dataclass(frozen=True, slots=True)
class Item:
    """One object and its line; `entity` says whether it is FtM-like (has `properties`)."""

    line: int
    value: dict[str, Any]
    entity: bool


def objects(lines: Iterator[Line]) -> Iterator[Item | Reject]:
    """Every object; blank lines are nothing."""
    for line in lines:
        text = line.text
        if line.problem:
            yield Reject(line.number, line.problem, text[:MAX_TEXT])
            continue
        if not text.strip():
            continue
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            yield Reject(line.number, f"no JSON: {error.msg}", text[:MAX_TEXT].rstrip())
            continue
        if isinstance(value, dict):
            yield Item(line.number, value, isinstance(value.get("properties"), dict))
        else:
            yield Reject(line.number, "no JSON object; one object a line", text[:MAX_TEXT].rstrip())


def cell(value: object) -> Cell | None:
    """A flat object's value as a cell; None for one that is no text, number or list of those."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        cells = [cell(part) for part in value]
        return tuple(c for c in cells if isinstance(c, str)) if all(isinstance(c, str) for c in cells) else None
    return None
