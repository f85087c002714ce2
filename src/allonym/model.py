"""The words of the design as frozen dataclasses over FollowTheMoney (FtM).

Takes nothing, imports nothing of ours: every folder may import this module. Values are text, as FtM has them;
`original` keeps the publisher's own text wherever a value was cleaned, shortened or parsed out of a longer text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Properties = dict[str, list[str]]

#: The source of what the built-in register says.
REGISTER = "register"
#: A file that is far below the floor of its list is loaded under the list's name with this ending.
EXTRACT = "_extract"

#: FtM properties that hold a name by which an entity may be searched, strongest first.
NAME_PROPS = ("name", "alias", "previousName", "weakAlias")


class NameKind(StrEnum):
    """What kind of name a statement on a `NAME_PROPS` property is; the values `allonym sources` counts by."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK = "weak"
    FORMER = "former"
    ORIGINAL_SCRIPT = "original_script"


NAME_KIND_PROP = {
    NameKind.PRIMARY: "name",
    NameKind.ALIAS: "alias",
    NameKind.WEAK: "weakAlias",
    NameKind.FORMER: "previousName",
    NameKind.ORIGINAL_SCRIPT: "alias",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One property value of one entity, as one source states it.

    `entity_id` is unique within the source; `schema` is the FtM schema of the entity; `value` is in FtM form (ISO
    dates cut to their precision, two-letter country codes). `qualifier` says how far the value goes:
    `original_script` for a name in its own script, `circa` for an approximate date, `range:1955/1957` on both ends
    of a date range, `unparsed:birthDate` for text kept in `notes` because it is no date, and so on.
    """

    entity_id: str
    schema: str
    prop: str
    value: str
    original: str | None = None
    lang: str | None = None
    qualifier: str | None = None

    @property
    def name_kind(self) -> NameKind | None:
        """The kind of name this is, or None when the property holds no name."""
        if self.qualifier == NameKind.ORIGINAL_SCRIPT:
            return NameKind.ORIGINAL_SCRIPT
        return _PROP_NAME_KIND.get(self.prop)


_PROP_NAME_KIND = {
    "name": NameKind.PRIMARY,
    "alias": NameKind.ALIAS,
    "weakAlias": NameKind.WEAK,
    "previousName": NameKind.FORMER,
}


@dataclass(frozen=True, slots=True)
class MeasureDate:
    """A date of a measure and what kind of date it is; `date` is ISO, cut to its precision."""

    kind: str  # effective, announced, signed, published, listed, expires, occurred, in_force_on, unknown
    date: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a measure is stated: the official document where there is one, else the page that reports it."""

    title: str
    url: str | None = None
    document: str | None = None  # "FR Doc. 2025-02873", "E.O. 14157"
    official: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """An act by an authority upon entities; see `registers/measure_types.json` for the types.

    `amount` is in units of `currency` (ISO 4217); `count` is a number of people. `targets` are entity ids of the
    same source; `target_text` keeps the target as the source words it. `confidence` is high, medium or low.
    `subtype` is a finer type of the same file.
    """

    measure_id: str
    type: str
    authority: str
    targets: tuple[str, ...]
    target_text: str | None = None
    program: str | None = None
    legal_basis: str | None = None
    dates: tuple[MeasureDate, ...] = ()
    amount: float | None = None
    currency: str | None = None
    count: int | None = None
    status: str = "in_effect"
    official: bool = True
    confidence: str = "high"
    citations: tuple[Citation, ...] = ()
    note: str | None = None
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in a list that was not understood, or was understood but is odd; kept with the snapshot.

    `code` is one of the short words in docs/sources.md (`unparsed`, `duplicate_id`, `orphan`, `unknown_field` …).
    """

    code: str
    message: str
    entity_id: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published version of one source. `date` is an ISO day, unique within the source ("2024-05-15", or
    "2024-05-15.2" for a second version of that day); text order is time order."""

    source: str
    date: str
    checksum: str
    loaded_at: str
    origin: str
    date_basis: str = "content"  # content, path, given, file_time
    format: str = ""
    accepted_shrinkage: bool = False
    counts: dict[str, Any] = field(default_factory=dict)


def pooled(parts: Iterable[Properties]) -> Properties:
    """Properties of several entries as one's: every value once, in order."""
    found: Properties = {}
    for part in parts:
        for prop, values in part.items():
            own = found.setdefault(prop, [])
            own += [value for value in values if value not in own]
    return found


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of one source as it stands in one view: its statements, in the order they were read."""

    entity_id: str
    schema: str
    source: str
    statements: tuple[Statement, ...]

    def values(self, prop: str) -> list[str]:
        """All values of one property, in order, without repeats."""
        return list(dict.fromkeys(s.value for s in self.statements if s.prop == prop))

    @property
    def properties(self) -> Properties:
        """FtM's `properties`: every property with its values, without repeats."""
        found: Properties = {}
        for statement in self.statements:
            values = found.setdefault(statement.prop, [])
            if statement.value not in values:
                values.append(statement.value)
        return found

    @property
    def caption(self) -> str:
        """The first name there is, else the id."""
        for prop in NAME_PROPS:
            for statement in self.statements:
                if statement.prop == prop:
                    return statement.value
        return self.entity_id
