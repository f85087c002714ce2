"""A row of a customers' file as queries.

Takes the cells of one row and the file's mapping; gives one query, or two when the row names a person and a company.
Must not drop a value in silence: what is not understood is told to `oddities` and the row is screened without it. A
row without a usable name raises InputError, which makes it a reject.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from allonym.errors import InputError
from allonym.model import Properties
from allonym.screening.columns import COMPANY, ID, SCHEMA, Mapping, fold, tables
from allonym.screening.dates import DateOrder, customer_date
from allonym.screening.oddities import Oddities
from allonym.screening.query import ANY_SCHEMA, Query, clean_name, clean_value, squeeze

Cell = str | tuple[str, ...]
_DATES = ("birthDate", "incorporationDate")
_COUNTRIES = ("country", "nationality", "citizenship", "flag")
_CLEAN = frozenset((*_DATES, *_COUNTRIES, "gender"))
_PARTS = ("firstName", "middleName", "lastName")


class RowReader:
    """Turns rows into queries. `orders` has the date order of each date column by its position."""

    def __init__(
        self, mapping: Mapping, *, orders: dict[int, DateOrder], schema: str | None, oddities: Oddities
    ) -> None:
        self.mapping = mapping
        self.schema = schema
        self.oddities = oddities
        self._orders = {index: order.day_first for index, order in orders.items()}
        self._columns = [i for i, t in enumerate(mapping.targets) if t and t not in (ID, SCHEMA)]
        self._ids = mapping.columns(ID)
        self._kinds = mapping.columns(SCHEMA)
        self._blank = frozenset(tables()["blank"])

    def queries(self, row: int, cells: Sequence[Cell]) -> list[Query]:
        """The queries of one row; as many cells as the mapping has columns. InputError when no name is usable."""
        given: Properties = {}
        for index in self._columns:
            cell = cells[index]
            for text in (cell,) if isinstance(cell, str) else cell:
                if text and (text := squeeze(text)):
                    self._take(given, row, index, text)
        identity = next((text for i in self._ids if (text := squeeze(_plain(cells[i])))), None)
        original = {h: _plain(c) for h, c in zip(self.mapping.headings, cells, strict=True)}
        company = given.pop(COMPANY, [])
        names = self._names(given)
        found = []
        if names:
            kind = self._schema(row, cells) or self.schema or _inferred(given)
            found.append(Query(row, identity, kind, self._fit(row, kind, names, given), original))
        if company:
            kind = "Organization" if names else self._schema(row, cells) or "Organization"
            # Beside a person's name, the row's other cells are the person's.
            found.append(
                Query(row, identity, kind, self._fit(row, kind, _all_clean(company), {} if names else given), original)
            )
        if not found:
            raise InputError("no name with a letter or digit in this row; fill the name column")
        return found

    def _take(self, given: Properties, row: int, index: int, text: str) -> None:
        target = self.mapping.targets[index] or ""
        if target not in ("name", COMPANY, "alias", *_PARTS) and text.casefold() in self._blank:
            return
        if target in ("name", COMPANY) and not any(char.isalnum() for char in text):
            self.oddities.add(f'"{self.mapping.headings[index]}": no letter or digit in a name', row, text)
            return
        value: str | None = text
        if target in _DATES:
            value, wrong = customer_date(text, self._orders.get(index))
            if wrong:
                use = "used by the year alone" if value else "left out"
                self.oddities.add(f'"{self.mapping.headings[index]}": date {wrong}, {use}', row, text)
        elif target in _COUNTRIES:
            if (value := country(text)) is None:
                self.oddities.add(f'"{self.mapping.headings[index]}": country not understood, left out', row, text)
        elif target == "gender" and (value := _genders().get(fold(text))) is None:
            self.oddities.add(f'"{self.mapping.headings[index]}": gender not understood, left out', row, text)
        if value is not None:
            found = given.setdefault(target, [])
            if value not in found:
                found.append(value)

    def _names(self, given: Properties) -> list[str]:
        """The row's names: the name column, else its parts put together."""
        names = _all_clean(given.pop("name", []))
        if names or not any(given.get(part) for part in _PARTS):
            return names
        first = " ".join(t for part in _PARTS[:2] for t in given.get(part, ()))
        last = " ".join(given.get("lastName", ()))
        # Files whose "first name" column holds the whole name are common.
        whole = first if last and f" {first.casefold()}".endswith(f" {last.casefold()}") else f"{first} {last}"
        return [clean_name(whole.strip())]

    def _schema(self, row: int, cells: Sequence[Cell]) -> str | None:
        for index in self._kinds:
            text = squeeze(_plain(cells[index]))
            if not text or text.casefold() in self._blank:
                continue
            if kind := schema_word(text):
                return kind
            self.oddities.add(f'"{self.mapping.headings[index]}": kind of entity not understood', row, text)
        return None

    def _fit(self, row: int, schema: str, names: list[str], given: Properties) -> Properties:
        """The properties in the words of that schema: a company has no date of birth, but one of incorporation."""
        instead = _instead(schema)
        properties: Properties = {"name": names}
        for prop, found in given.items():
            target = instead.get(prop, prop)
            if schema != ANY_SCHEMA and not _ftm().has_property(schema, target):
                self.oddities.add(f"{prop} is nothing a {schema} has, left out", row, found[0])
                continue
            for text in found:
                value = text if prop in _CLEAN else clean_value(schema, target, text)
                if value is None:
                    self.oddities.add(f"{prop} not understood, left out", row, text)
                elif value not in (kept := properties.setdefault(target, [])):
                    kept.append(value)
        return properties


def _plain(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "; ".join(cell)


def _all_clean(names: list[str]) -> list[str]:
    return [clean_name(name) for name in names]


def _inferred(given: Properties) -> str:
    """The kind that the filled columns speak of; `ANY_SCHEMA` when they fit any."""
    for rule in tables()["infer"]:
        if rule["column"] in given:
            return str(rule["schema"])
    return ANY_SCHEMA


@lru_cache(maxsize=1)
def _genders() -> dict[str, str]:
    return {fold(word): value for value, words in tables()["genders"].items() for word in words}


@lru_cache(maxsize=1)
def _schema_words() -> dict[str, str]:
    return {fold(word): schema for schema, words in tables()["schemata"].items() for word in words}


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    return {word: code for code, words in tables()["demonyms"].items() for word in words}


@lru_cache(maxsize=4_096)
def schema_word(text: str) -> str | None:
    """The FtM schema a customer's word for the kind of entity means ("persona física", "PJ", "Company"), or None."""
    if found := _schema_words().get(fold(text)):
        return found
    return text if _ftm().is_schema(text) else None


@lru_cache(maxsize=65_536)
def country(text: str) -> str | None:
    """FtM's code of a country's name or code, or of a nationality in four languages; None when it is neither."""
    return _ftm().country(text) or _demonyms().get(fold(text))


@lru_cache(maxsize=64)
def _instead(schema: str) -> dict[str, str]:
    table: dict[str, dict[str, str]] = tables()["instead"]
    for kind, rules in table.items():
        if schema == kind or (schema != "Person" and schema != ANY_SCHEMA and _ftm().is_a(schema, kind)):
            return rules
    return {}


def _ftm() -> Any:
    """FtM's values, loaded only when a column needs them: names alone should not wait half a second."""
    from allonym.sources import values

    return values
