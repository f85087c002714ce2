"""Property values of FtM JSON to statements.

Takes the parsed `properties` of an entity; gives statements. Must not alter a name or a text. Numbers and truth values
become text, null is nothing, and a nested entity stands by its id, with its content kept in `notes` and reported.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson
from followthemoney import model as ftm
from followthemoney.types import registry

from allonym.model import Statement
from allonym.sources import values
from allonym.sources.entry import Report

#: Types that FtM would only normalise, never refuse.
FREE = {registry.name, registry.string, registry.text, registry.identifier, registry.address, registry.entity,
        registry.html, registry.json, registry.mimetype, registry.checksum}  # fmt: skip
#: Keys of a FtM line that are no statements about the entity.
MEMBERS = frozenset({"id", "schema", "properties", "caption", "datasets", "target", "first_seen", "last_seen",
                     "last_change"})  # fmt: skip
#: What an entity of an unknown schema may be, safest first.
CANDIDATES = ("LegalEntity", "UnknownLink", "Asset", "Thing")
Pair = tuple[str, str | None, str | None, str | None]  # property, value, original, qualifier


class Reader:
    """Makes statements of entities and remembers what was reported once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.vocabulary: Counter[tuple[str, str]] = Counter()
        self.schemata: set[str] = set()

    def statements(self, entity_id: str, schema: str, datas: list[dict[str, Any]]) -> Iterator[Statement]:
        """All statements of one entity, from one line or its several fragments, without repeats."""
        seen: set[Pair] = set()
        for data in datas:
            pairs = [*self._properties(entity_id, schema, data["properties"]), *self._context(data)]
            if data["schema"] != schema and not values.is_schema(data["schema"]):
                pairs.append((_holder(schema), data["schema"], None, "unparsed:schema"))
            for pair in pairs:
                if pair not in seen:
                    seen.add(pair)
                    yield Statement(entity_id, schema, pair[0], pair[1] or "", pair[2], None, pair[3])

    def finish(self) -> None:
        """Report each property and each word of a vocabulary that FtM does not know, with how often it came."""
        for (schema, prop), count in self.unknown.items():
            self.report.issue("unknown_property", f"{schema} has no {prop} in the installed followthemoney; kept, on "
                              f"{count:,} entities", original=prop)  # fmt: skip
        for (prop, word), count in self.vocabulary.items():
            self.report.issue("unknown_value", f"{prop}: not in the installed followthemoney; kept, {count:,} times",
                              original=word)  # fmt: skip

    def nearest_schema(self, name: str, properties: dict[str, Any]) -> str:
        """The safe schema that knows most of the properties, for a schema FtM does not know; reported once per name."""
        known = {schema: sum(values.has_property(schema, prop) for prop in properties) for schema in CANDIDATES}
        best = max(CANDIDATES, key=lambda schema: known[schema])
        if name not in self.schemata:
            self.schemata.add(name)
            self.report.issue("unknown_schema", f"followthemoney has no schema {name}; read as {best}", original=name)
        return best

    def _properties(self, entity_id: str, schema: str, properties: dict[str, Any]) -> Iterator[Pair]:
        for prop, given in properties.items():
            kind = _type(schema, prop)
            if kind is None:
                self.unknown[schema, prop] += 1
            for value in given if isinstance(given, list) else [given]:
                yield from self._value(entity_id, schema, prop, value)

    def _value(self, entity_id: str, schema: str, prop: str, value: Any) -> Iterator[Pair]:
        if isinstance(value, dict | list):
            yield from self._nested(entity_id, schema, prop, value)
            return
        text = _text(value)
        if text is None:
            return
        kind = _type(schema, prop)
        if kind is None or kind in FREE:
            yield prop, text, None, None
        elif kind is registry.topic:
            if not _accepted(schema, prop, text):
                self.vocabulary[prop, text] += 1
            yield prop, text, None, None
        elif _accepted(schema, prop, text):
            yield prop, text, None, None
        elif (cleaned := values.clean(schema, prop, text)) is not None:
            yield prop, cleaned, text, None
        else:
            self.report.issue("unparsed", f"{prop}: not understood", entity_id=entity_id, original=text)
            yield _holder(schema), text, None, f"unparsed:{prop}"

    def _nested(self, entity_id: str, schema: str, prop: str, value: Any) -> Iterator[Pair]:
        text = orjson.dumps(value).decode()
        self.report.issue("unparsed", f"{prop}: nested data, kept as text", entity_id=entity_id, original=text)
        if isinstance(value, dict) and isinstance(value.get("id"), str) and value["id"]:
            yield prop, value["id"], None, None
        yield _holder(schema), text, None, f"unparsed:{prop}"

    def _context(self, data: dict[str, Any]) -> Iterator[Pair]:
        for key, given in data.items():
            if key in MEMBERS:
                continue
            if key != "referents":
                self.unknown["the line", key] += 1
            for value in given if isinstance(given, list) else [given]:
                text = orjson.dumps(value).decode() if isinstance(value, dict | list) else _text(value)
                if text is not None:
                    yield key, text, None, "context"


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@lru_cache(maxsize=4_096)
def _type(schema: str, prop: str) -> Any:
    found = ftm.schemata[schema].properties.get(prop)
    return found.type if found is not None else None


@lru_cache(maxsize=4_096)
def _holder(schema: str) -> str:
    return "notes" if values.has_property(schema, "notes") else "summary"


@lru_cache(maxsize=262_144)
def _accepted(schema: str, prop: str, text: str) -> bool:
    """Whether FtM takes the value as it stands."""
    return bool(_type(schema, prop).validate(text))
