"""An example entity of a match query: cleaned, and made ready for the engine.

Takes one member of `queries` as parsed JSON; gives schema, id and cleaned properties. Must not score.
"""

from dataclasses import dataclass
from typing import Any

from followthemoney import model as ftm
from followthemoney.types import registry

from allonym.api.yente.wire import refused
from allonym.model import NAME_PROPS
from allonym.screening.query import MAX_NAME, MAX_VALUES
from allonym.sources import values

GIVEN = ("firstName", "secondName", "middleName", "fatherName", "lastName")
#: Types whose values tell a country.
TELLING = (registry.iban, registry.phone)
MOST_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Example:
    """`properties` are echoed; `compared` has what the engine compares, a name put together from its parts included."""

    id: str | None
    schema: str
    properties: dict[str, list[str]]
    compared: dict[str, list[str]]

    def to_dict(self) -> dict[str, Any]:
        """As it is echoed."""
        return {"id": self.id, "schema": self.schema, "properties": self.properties}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine is asked."""

    schema: str
    properties: dict[str, list[str]]


def example(given: dict[str, Any]) -> Example:
    """The example that JSON describes; its shape was checked. Raises HTTPException 400 for an unusable schema."""
    name = given["schema"]
    schema = ftm.get(name)
    if schema is None:
        raise refused(400, f"Cannot parse example entity: Unknown schema: {name!r}"[:200])
    if not schema.matchable and name != "Thing":
        raise refused(400, f"Cannot parse example entity: Non-matchable schema for query: {name}")
    cleaned: dict[str, list[str]] = {}
    for prop, raw in given["properties"].items():
        known = schema.properties.get(prop)
        if known is None or known.stub:
            continue
        found: list[str] = []
        for value in (raw if isinstance(raw, list) else (raw,))[:MAX_VALUES]:
            text = _text(value)
            clean = values.clean(name, prop, text) if text else None
            if clean and clean not in found:
                found.append(clean)
        if found:
            cleaned[prop] = found
    identity = given.get("id")
    return Example(None if identity is None else str(identity), name, cleaned, _compared(schema, cleaned))


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        text = value.strip()
        if len(text) > MOST_CHARACTERS:
            raise refused(400, f"Cannot parse example entity: a value of {len(text)} characters is too long")
        return text.encode("utf-8", "replace").decode() if not text.isascii() else text
    if value is None or isinstance(value, dict | list):
        return None
    return str(value)


def _compared(schema: Any, cleaned: dict[str, list[str]]) -> dict[str, list[str]]:
    """The properties for the engine: names it can read, and the country that a number tells."""
    found = dict(cleaned)
    for prop in NAME_PROPS:
        if prop in found:
            usable = [n for n in found[prop] if len(n) <= MAX_NAME and any(char.isalnum() for char in n)]
            if usable:
                found[prop] = usable
            else:
                del found[prop]
    if not any(prop in found for prop in NAME_PROPS):
        parts = [found[prop][0] for prop in GIVEN if prop in found]
        if parts:
            found["name"] = [" ".join(parts)[:MAX_NAME]]
    if "country" not in found and "country" in schema.properties:
        told = {
            country
            for prop, texts in cleaned.items()
            if (kind := schema.properties[prop].type) in TELLING
            for text in texts
            if (country := kind.country_hint(text))
        }
        if told:
            found["country"] = sorted(told)
    return found
