"""A small list for the tests of matching, and an engine on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from allonym.index.build import build
from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.matching.engine import Engine, Options
from allonym.matching.facts import identifiers
from allonym.model import Properties

LISTED = (
    ("p1", "Person", ["Nicolás Maduro Moros", "Nicolas Maduro"], {"birthDate": ["1962-11-23"], "nationality": ["ve"]}),
    ("p2", "Person", ["KIM JONG UN"], {"birthDate": ["1984-01-08"], "nationality": ["kp"]}),
    (
        "p3",
        "Person",
        ["SALAH EDDINE GASMI", "Abou Mohamed Salah"],
        {"birthDate": ["1971-04-13"], "nationality": ["dz"]},
    ),
    ("p4", "Person", ["Muhammad bin Salman al-Baghdadi"], {}),
    ("p5", "Person", ["Juan Garcia Lopez"], {"birthDate": ["1970"], "nationality": ["mx"]}),
    ("p6", "Person", ["Sergey Viktorovich LAVROV"], {"birthDate": ["1950-03-21"]}),
    ("o1", "Organization", ["Cartel de los Soles", "Cartel of the Suns"], {}),
    ("o2", "Organization", ["Cartel del Golfo", "Gulf Cartel"], {}),
    ("o3", "Organization", ["Clan del Golfo", "Gulf Clan"], {}),
    ("o4", "Company", ["OOO Baikal Trading Company"], {"innCode": ["7707083893"]}),
    ("o5", "Company", ["Goodwill Shipping Ltd"], {}),
    ("v1", "Vessel", ["SNOW STORM 1"], {"imoNumber": ["IMO9187629"]}),
    ("l1", "LegalEntity", ["Vanderbilt Holdings"], {}),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query."""

    schema: str
    properties: Properties


def person(name: str, **facts: str) -> Asked:
    """A query for a person; facts by property."""
    return Asked("Person", {"name": [name], **{prop: [value] for prop, value in facts.items()}})


def records() -> Iterable[Listed]:
    """The small list."""
    for entity_id, schema, names, facts in LISTED:
        pairs = tuple((name, False) for name in names)
        yield Listed(entity_id, f"actor-{entity_id}", "test", schema, names[0], pairs, dict(facts), ("PROG",))


def engine(folder: Path, **options: object) -> Engine:
    """An engine on the small list, built in that folder."""
    path = folder / "small.idx"
    if not path.exists():
        build(path, records(), snapshots=(("test", "2026-01-01"),), identifiers=identifiers)
    return Engine(Index(path), Options(**options))  # type: ignore[arg-type]
