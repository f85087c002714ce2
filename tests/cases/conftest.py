"""Data folders with alerts; a list called `people` whose entries the tests change."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import allonym
from allonym.cases import Cases
from allonym.lists import Lists
from allonym.screening.query import Query
from tests.command import load

PERSON: dict[str, list[str]] = {
    "name": ["Quinby Oxenthorpe"],
    "birthDate": ["1961-03-04"],
    "nationality": ["gb"],
    "passportNumber": ["AB1234567"],
    "notes": ["a shipowner"],
}
OTHER: dict[str, list[str]] = {"name": ["Wulfric Penhallow"], "birthDate": ["1970"]}
ASKED = {"id": "4711", "schema": "Person", "properties": {"name": ["Quinby Oxenthorpe"], "birthDate": ["1984"]}}


def publish(folder: Path, day: str, *, looked: bool = True, **entries: dict[str, list[str]]) -> None:
    """Load a list of a day; `one` is PERSON, and `two` OTHER, unless given; an empty entry is not listed. Alerts are
    looked at again, as the command does, unless `looked` is False."""
    listed = {"one": PERSON, "two": OTHER, **entries}
    rows = [{"id": key, "schema": "Person", "properties": value} for key, value in listed.items() if value]
    path = folder.parent / f"people-{day}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    if looked:
        load(folder, path, "people", day)
    else:
        with allonym.open(folder) as lists:
            lists.update("ftm", path=path, name="people", as_of=day)


def asked(**changed: Any) -> Query:
    """The customer as a query whose id is the key."""
    return Query.from_dict({**ASKED, "properties": {**ASKED["properties"], **changed}})  # type: ignore[dict-item]


def screen(lists: Lists, *queries: Query) -> Any:
    """Open alerts for all that these queries hit."""
    hits = lists.screen([{"id": q.id, "schema": q.schema, "properties": q.properties} for q in queries], threshold=0.3)
    return Cases(lists).screened(zip(queries, hits, strict=True), by="Ana")


@pytest.fixture
def folder(data: Path) -> Path:
    """The register and the list `people` of one day."""
    publish(data, "2024-01-01")
    return data


@pytest.fixture
def lists(folder: Path) -> Iterator[Lists]:
    """The same, open, with an alert 1 about the customer 4711 and Quinby Oxenthorpe."""
    with allonym.open(folder) as opened:
        found = screen(opened, asked())
        assert found.new == (1,), found
        yield opened


@pytest.fixture
def cases(lists: Lists) -> Cases:
    """The cases of that folder."""
    return Cases(lists)
