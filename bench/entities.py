"""The entities of a FollowTheMoney file, as the measures of accuracy need them.

Takes the lists' FtM lines; gives entities with their names, and writes files with some names left out. Must not import
what is measured: the peers' environment reads this module too.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME_PROPS = ("name", "alias", "previousName", "weakAlias")


@dataclass(frozen=True, slots=True)
class Listing:
    """One entity: `names` are (text, property) in order; `properties` are all FtM properties."""

    id: str
    schema: str
    names: tuple[tuple[str, str], ...]
    properties: dict[str, list[str]]

    @property
    def is_kept_for_testing(self) -> bool:
        """Whether nothing that is measured may have learnt from it: SHA-1 of the publisher's number says so."""
        number = self.id.rpartition("-")[2]
        return hashlib.sha1(number.encode()).hexdigest()[0] in "0123"

    def without(self, dropped: Iterable[str]) -> "Listing":
        """The entity without these names."""
        gone = set(dropped)
        kept = {p: [v for v in values if p not in NAME_PROPS or v not in gone] for p, values in self.properties.items()}
        kept = {p: values for p, values in kept.items() if values}
        return Listing(self.id, self.schema, tuple(n for n in self.names if n[0] not in gone), kept)


def read(path: Path) -> list[Listing]:
    """All entities of a file, in its order."""
    with path.open(encoding="utf-8") as file:
        return [_listing(json.loads(line)) for line in file]


def _listing(entity: dict[str, Any]) -> Listing:
    properties = entity["properties"]
    names = tuple((text, prop) for prop in NAME_PROPS for text in properties.get(prop, ()))
    return Listing(entity["id"], entity["schema"], names, properties)


def write(path: Path, entities: Iterable[Listing]) -> Path:
    """Write those that have a name as FtM lines; gives the path. The first name becomes `name` where none is left."""
    with path.open("w", encoding="utf-8") as file:
        for entity in entities:
            if entity.names:
                properties = dict(entity.properties)
                if "name" not in properties:
                    text, prop = entity.names[0]
                    properties["name"] = [text]
                    properties[prop] = [v for v in properties[prop] if v != text]
                row = {"id": entity.id, "schema": entity.schema, "caption": properties["name"][0],
                       "properties": properties, "datasets": ["bench"]}  # fmt: skip
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def is_latin(name: str) -> bool:
    """Whether every letter is of Latin script."""
    return all(unicodedata.name(char, "").startswith("LATIN") for char in name if char.isalpha())


def has_latin(name: str) -> bool:
    """Whether a letter is of Latin script."""
    return any(unicodedata.name(char, "").startswith("LATIN") for char in name if char.isalpha())


def folded(name: str) -> str:
    """A name without case, marks, punctuation and order of its words: names alike in all but these are no test."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in plain).split()))


def bearers(entities: Sequence[Listing]) -> dict[str, set[str]]:
    """The ids of the entities that bear each folded name."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for text, _ in entity.names:
            found.setdefault(folded(text), set()).add(entity.id)
    return found
