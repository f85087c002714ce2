"""A watched file of customers, and what was answered about it last, as the store keeps them.

Takes and gives JSON documents: `Watch` says what is watched and how, `Answer` which view was answered, with which
versions, and every hit that was told. Must not hold customers: those are prepared beside (`known_customers`).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import orjson

from allonym.errors import StoreError, UsageError
from allonym.screening.outcome import COLUMNS
from allonym.store.view import View

FORMAT = "watch/1"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
#: Hits of a customer: all that reach the threshold, within reason.
LIMIT = 1_000
ANSWERS_KEPT = 100


def checked_name(name: str) -> str:
    """The name of a watch, when it can be one. Raises UsageError."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name a watch; use letters, digits, _, . and -, at most 60: --name NAME")
    return name


@dataclass(frozen=True, slots=True)
class Told:
    """A hit as it was told: the columns of `screen` that name the entity and say why. Lists of texts are tuples."""

    entity_id: str
    name: str
    listed_name: str
    schema: str
    score: float
    reasons: tuple[str, ...]
    programs: tuple[str, ...]
    sources: tuple[str, ...]
    referents: tuple[str, ...]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """From a row of `screening.outcome` by column, or from a kept document."""
        fields: dict[str, Any] = {name: row[name] for name in cls.__dataclass_fields__}
        fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
        return cls(**fields)


Hits = dict[str, tuple[Told, ...]]


def hits_of(lines: bytes) -> Hits:
    """The hits of rendered rows by the query's id; queries without a hit are left out."""
    found: dict[str, list[Told]] = {}
    for line in lines.splitlines():
        row = dict(zip(COLUMNS, orjson.loads(line), strict=True))
        if row["entity_id"] is not None:
            found.setdefault(row["query_id"], []).append(Told.of(row))
    return {key: tuple(hits) for key, hits in found.items()}


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: a file with absolute path, and how it is read and screened (as `allonym screen` does)."""

    name: str
    path: str
    maps: tuple[str, ...] = ()
    schema: str | None = None
    threshold: float | None = None
    sources: tuple[str, ...] | None = None

    def prepared(self, checksum: str, version: str) -> str:
        """The name of the prepared customers of a file with that checksum, read by that version."""
        made_from = orjson.dumps([checksum, self.maps, self.schema, version])
        return f"{self.name}-{hashlib.sha256(made_from).hexdigest()[:16]}.idx"

    def to_json(self) -> bytes:
        """The document."""
        return orjson.dumps({"format": FORMAT, **asdict(self)})

    @classmethod
    def from_json(cls, document: bytes) -> Self:
        """The watch of a document. Raises StoreError for one of another version."""
        values = _opened(document)
        values["maps"] = tuple(values["maps"])
        values["sources"] = None if values["sources"] is None else tuple(values["sources"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered last: the view, `versions` of program and weights, the prepared customers and how many they
    are, the hits by customer, when (UTC, ISO), the views answered before, oldest first, and the number of the last
    change of actors (see `Lists.actors`)."""

    view: View
    versions: tuple[str, str]
    prepared: str
    customers: int
    hits: Hits
    at: str
    before: tuple[View, ...] = field(default=())
    actors: int = 0

    @property
    def count(self) -> int:
        """How many hits there are."""
        return sum(map(len, self.hits.values()))

    def earlier(self) -> tuple[View, ...]:
        """The views answered, this one included."""
        return (*self.before, self.view)[-ANSWERS_KEPT:] if self.view not in self.before[-1:] else self.before

    def to_json(self) -> bytes:
        """The document."""
        return orjson.dumps({"format": FORMAT, **{name: getattr(self, name) for name in self.__dataclass_fields__}})

    @classmethod
    def from_json(cls, document: bytes) -> Self:
        """The answer of a document. Raises StoreError for one of another version."""
        values = _opened(document)
        values["view"] = _view(values["view"])
        values["before"] = tuple(map(_view, values["before"]))
        values["versions"] = tuple(values["versions"])
        values["hits"] = {key: tuple(map(Told.of, hits)) for key, hits in values["hits"].items()}
        return cls(**values)


def _view(document: dict[str, Iterable[tuple[str, str]]]) -> View:
    return View(tuple((source, date) for source, date in document["snapshots"]))


def _opened(document: bytes) -> dict[str, Any]:
    values: dict[str, Any] = orjson.loads(document)
    if values.pop("format", None) != FORMAT:
        raise StoreError("a watch was kept by another version of Allonym; use that, or remove it: "
                         "allonym watch --remove NAME")  # fmt: skip
    return values
