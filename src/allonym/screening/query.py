"""A query: what is asked about one customer.

Takes a bare name, or an FtM-like dict (`{"schema", "properties": {"name": [...], "birthDate": [...]}}`); gives a
`Query` with values in FtM form. Must not load FtM for a bare name, and must not guess: a value that cannot be read is
an InputError, or, where the caller collects warnings, left out and told.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allonym.errors import InputError, UsageError
from allonym.model import NAME_PROPS, Properties
from allonym.screening.printable import printable

#: The schema of a query that says nothing about its kind: it asks for persons, companies, vessels, whatever is listed.
ANY_SCHEMA = "Thing"
#: The kinds a query of unknown kind may turn out to be.
KINDS = ("Person", "Company", "Vessel", "Airplane", "CryptoWallet")
#: Schemata that bear names by each of NAME_PROPS: names of these are read without FtM, which takes long to load.
NAMED = frozenset({*KINDS, "Organization", "LegalEntity", "PublicBody", ANY_SCHEMA})
MAX_NAME = 1_000
MAX_VALUES = 200
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")

Warn = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Query:
    """One question. `row` is the 1-based line of a text file, or record of a list or Parquet file.

    `properties` are in FtM form, with at least one `name`; `original` has the cells of the file's row by heading.
    """

    row: int
    id: str | None
    schema: str
    properties: Properties
    original: dict[str, str] | None = None

    @property
    def caption(self) -> str:
        """The name that is asked for first."""
        for prop in NAME_PROPS:
            if names := self.properties.get(prop):
                return names[0]
        return ""

    @classmethod
    def from_name(cls, name: str, *, row: int = 1, schema: str | None = None) -> "Query":
        """A bare name. Raises InputError for one that cannot be searched (see `clean_name`)."""
        return cls(row, None, schema or ANY_SCHEMA, {"name": [clean_name(name)]})

    @classmethod
    def from_dict(
        cls, entity: Mapping[str, Any], *, row: int = 1, schema: str | None = None, warn: Warn | None = None
    ) -> "Query":
        """An FtM-like dict; `schema` is used where the dict has none.

        With `warn(what, value)`, a property or value that is not understood is left out and told; without, it raises
        InputError, as an unusable name always does.
        """
        properties = entity.get("properties")
        if not isinstance(properties, Mapping):
            raise InputError('the entity has no "properties"; give {"schema": "Person", "properties": {"name": ["…"]}}')
        kind = _schema(entity.get("schema") or schema or ANY_SCHEMA)
        cleaned = _only_name(kind, properties) or _properties(kind, properties, warn)
        if not any(prop in cleaned for prop in NAME_PROPS):
            raise InputError('the entity has no name; give "properties": {"name": ["…"]}')
        identity = entity.get("id")
        return cls(row, None if identity is None else squeeze(str(identity)), kind, cleaned)


def squeeze(text: str) -> str:
    """The text with every run of blanks and control characters as one blank."""
    plain = " ".join(text.split())
    return plain if plain.isprintable() else _BLANKS.sub(" ", plain).strip()


def clean_name(text: str) -> str:
    """A name fit to be searched, blanks squeezed.

    Raises InputError when it is longer than `MAX_NAME` characters, has no letter or digit, or is no valid text.
    """
    if len(text) > MAX_NAME:
        raise InputError(
            f"the name {printable(text[:30])}… has {len(text):,} characters, more than {MAX_NAME:,}; "
            "give the name alone"
        )
    name = squeeze(text)
    # Most names begin with a letter.
    if not name[:1].isalnum() and not any(char.isalnum() for char in name):
        raise InputError(f"the name {printable(name)!r} has no letter or digit; give a name to search for")
    if not name.isprintable() and any("\ud800" <= char <= "\udfff" for char in name):
        raise InputError(f"the name {printable(name)} has bytes that are no text; give it as UTF-8")
    return name


def _schema(name: object) -> str:
    if isinstance(name, str) and name in NAMED:
        return name
    from allonym.sources import values

    if not isinstance(name, str) or not values.is_schema(name):
        raise InputError(f"schema {printable(str(name)[:40])!r} is not one of FollowTheMoney's; use Person, Company, "
                         "Vessel … or leave it out")  # fmt: skip
    return name


def _only_name(schema: str, properties: Mapping[str, Any]) -> Properties | None:
    """The properties of a query that gives one name as text and nothing else; None for any other."""
    if len(properties) != 1 or schema not in NAMED or type(texts := properties.get("name")) is not list:
        return None
    if len(texts) != 1 or type(text := texts[0]) is not str or not text.strip():
        return None
    return {"name": [clean_name(text)]}


def _properties(schema: str, properties: Mapping[str, Any], warn: Warn | None) -> Properties:
    def tell(what: str, value: str) -> None:
        if warn is None:
            raise InputError(f"{what}: {printable(value[:60])!r}; correct it or leave it out")
        warn(what, value)

    cleaned: Properties = {}
    for prop, given in properties.items():
        if not _has(schema, prop):
            tell(f"{schema} has no property of that name", prop)
            continue
        found = cleaned.setdefault(prop, [])
        for text in _texts(prop, given):
            value = clean_name(text) if prop in NAME_PROPS else clean_value(schema, prop, text)
            if value is None:
                tell(f"{prop} not understood", text)
            elif value not in found:
                found.append(value)
    return {prop: found for prop, found in cleaned.items() if found}


def _has(schema: str, prop: str) -> bool:
    """Whether a query of that schema may carry the property: one of unknown kind, what any kind has."""
    if prop in NAME_PROPS and schema in NAMED:
        return True
    from allonym.sources import values

    kinds = (schema, *KINDS) if schema == ANY_SCHEMA else (schema,)
    return any(values.has_property(kind, prop) for kind in kinds)


#: Properties whose type only squeezes blanks; they differ in every row, so that a cache is no use.
_PLAIN = frozenset(
    (*"firstName middleName lastName alias birthPlace address".split(),
     *"idNumber passportNumber taxNumber registrationNumber callSign publicKey".split())
)  # fmt: skip


def clean_value(schema: str, prop: str, text: str) -> str | None:
    """The value in FtM form by the property's type; None when FtM refuses it. `prop` is one of the schema's (or, for
    `ANY_SCHEMA`, of one of `KINDS`)."""
    from allonym.sources import values

    if prop in _PLAIN:
        return squeeze(text) or None
    holder = schema
    if not values.has_property(schema, prop):
        holder = next(kind for kind in KINDS if values.has_property(kind, prop))
    return values.clean(holder, prop, squeeze(text))


def _texts(prop: str, given: object) -> Sequence[str]:
    many = given if isinstance(given, list | tuple) else [given]
    if len(many) > MAX_VALUES:
        raise InputError(f"{prop} has {len(many):,} values, more than {MAX_VALUES}; give the ones that identify")
    texts = []
    for value in many:
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise InputError(f"{prop} holds {type(value).__name__}; give text or a list of texts")
        texts.append(str(value))
    return texts


def known_schema(name: str | None) -> str | None:
    """The schema as given on the command line. Raises UsageError for one FtM does not have."""
    if name is None or name in KINDS or name == ANY_SCHEMA:
        return name
    try:
        return _schema(name)
    except InputError as error:
        raise UsageError(str(error)) from None
