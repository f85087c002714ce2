"""Conditions on the entities of a shelf: SQL with its values apart.

Takes names and values as a client gave them; gives conditions in which values are bound and columns are numbers. Must
not put a client's text into SQL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allonym.api.yente.shelf import Shelf, marks

#: Columns of an entity that may be filtered and sorted by.
COLUMNS = {"id": "d.id", "caption": "d.caption", "schema": "d.schema", "first_seen": "d.first_seen",
           "last_seen": "d.last_seen", "last_change": "d.last_change", "target": "d.target"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """`sql` about a row `d` of `doc`, and the values of its signs in order."""

    sql: str
    values: tuple[Any, ...] = ()

    def __invert__(self) -> "Condition":
        return Condition(f"NOT ({self.sql})", self.values)


ALL, NONE = Condition("1"), Condition("0")


def joined(conditions: Iterable[Condition], word: str) -> Condition:
    """Conditions that all hold (`AND`), or one of which does (`OR`)."""
    found = list(conditions)
    if not found:
        return ALL if word == "AND" else NONE
    if len(found) == 1:
        return found[0]
    sql = f" {word} ".join(f"({one.sql})" for one in found)
    return Condition(sql, tuple(value for one in found for value in one.values))


def one_of(column: str, values: Sequence[Any]) -> Condition:
    """A column of `doc` has one of the values; `column` is one of ours."""
    return Condition(f"{column} IN ({marks(values)})", tuple(values))


def has(shelf: Shelf, name: str, value: str) -> Condition:
    """A property, a group of properties, or a column has the value; none where there is no such thing."""
    if name in COLUMNS:
        if name == "target":
            return Condition("d.target = ?", (value.lower() in ("true", "1"),))
        return Condition(f"{COLUMNS[name]} = ?", (value,))
    if name == "referents":
        return Condition("d.n IN (SELECT n FROM referent WHERE id = ?)", (value,))
    numbers = shelf.numbers(name)
    if not numbers:
        return NONE
    return Condition(f"d.n IN (SELECT n FROM field WHERE k IN ({marks(numbers)}) AND value = ?)",  # noqa: S608
                     (*numbers, value))  # fmt: skip


def between(shelf: Shelf, name: str, bounds: Sequence[tuple[str, str]]) -> Condition:
    """A property's value lies within bounds, each a sign (`>=`) and a value; text order, which is that of dates."""
    if name in COLUMNS:
        return joined([Condition(f"{COLUMNS[name]} {sign} ?", (value,)) for sign, value in bounds], "AND")
    numbers = shelf.numbers(name)
    if not numbers:
        return NONE
    held = " AND ".join(f"value {sign} ?" for sign, _ in bounds) or "1"
    return Condition(f"d.n IN (SELECT n FROM field WHERE k IN ({marks(numbers)}) AND {held})",  # noqa: S608
                     (*numbers, *(value for _, value in bounds)))  # fmt: skip


def text(match: str) -> Condition:
    """The full text matches an expression of FTS5."""
    return Condition("d.n IN (SELECT rowid FROM words WHERE words MATCH ?)", (match,))
