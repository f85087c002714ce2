"""Two records side by side: what a customer is said to be and what the lists say, or two entries of lists.

Takes two records; gives rows, each with how the two sides stand to each other. Must not weigh: that is done, and told
by the evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from allonym.model import NAME_PROPS, Properties

#: Properties that come first; the others follow by name. Texts of the lists about themselves come last.
FIRST = (*NAME_PROPS, "birthDate", "birthPlace", "deathDate", "gender", "nationality", "citizenship", "country",
         "jurisdiction", "passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "address",
         "position")  # fmt: skip
AGREES, DIFFERS, ALONE = "agrees", "differs", "same"


class Record(Protocol):
    """What is compared."""

    @property
    def schema(self) -> str:
        """Its kind."""

    @property
    def properties(self) -> Properties:
        """What is said of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A property with the values of both sides; `mark` is agrees, differs, or same where one side says nothing."""

    prop: str
    left: tuple[tuple[str, bool], ...]
    right: tuple[tuple[str, bool], ...]
    mark: str


def rows(one: Record, other: Record) -> Iterator[Row]:
    """The kind, then every property that either side has; a value that both have is marked."""
    alike = one.schema == other.schema
    yield Row("kind", ((one.schema, alike),), ((other.schema, alike),), AGREES if alike else ALONE)
    every = {*one.properties, *other.properties}
    for prop in sorted(every, key=lambda p: (FIRST.index(p) if p in FIRST else len(FIRST), p)):
        left, right = one.properties.get(prop, []), other.properties.get(prop, [])
        both = {_plain(v) for v in left} & {_plain(v) for v in right}
        mark = AGREES if both else DIFFERS if left and right else ALONE
        yield Row(prop, tuple((v, _plain(v) in both) for v in left), tuple((v, _plain(v) in both) for v in right), mark)


def _plain(value: str) -> str:
    return " ".join(value.split()).casefold()
