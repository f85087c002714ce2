"""Two records side by side: what the customer is said to be, and what the lists say.

Takes an alert; gives rows, each with how the two sides stand to each other. Must not weigh: that is done, and told by
the evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allonym.cases import Alert
from allonym.model import NAME_PROPS

#: Properties that come first; the others follow by name. Texts of the lists about themselves come last.
FIRST = (*NAME_PROPS, "birthDate", "birthPlace", "deathDate", "gender", "nationality", "citizenship", "country",
         "jurisdiction", "passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "address",
         "position")  # fmt: skip
AGREES, DIFFERS, ALONE = "agrees", "differs", "same"


@dataclass(frozen=True, slots=True)
class Row:
    """A property with the values of both sides; `mark` is agrees, differs, or same where one side says nothing."""

    prop: str
    customer: tuple[tuple[str, bool], ...]
    listed: tuple[tuple[str, bool], ...]
    mark: str


def rows(alert: Alert) -> Iterator[Row]:
    """The kind, then every property that either side has; a value that both have is marked."""
    customer, listed = alert.customer, alert.listed
    alike = customer.schema == listed.schema
    yield Row("kind", ((customer.schema, alike),), ((listed.schema, alike),), AGREES if alike else ALONE)
    every = {*customer.properties, *listed.properties}
    for prop in sorted(every, key=lambda p: (FIRST.index(p) if p in FIRST else len(FIRST), p)):
        left, right = customer.properties.get(prop, []), listed.properties.get(prop, [])
        both = {_plain(v) for v in left} & {_plain(v) for v in right}
        mark = AGREES if both else DIFFERS if left and right else ALONE
        yield Row(prop, tuple((v, _plain(v) in both) for v in left), tuple((v, _plain(v) in both) for v in right), mark)


def _plain(value: str) -> str:
    return " ".join(value.split()).casefold()
