"""A store of before there were alerts gets their tables when it is opened, and loses nothing."""

import sqlite3
from pathlib import Path

import allonym
from allonym.cases import Cases
from allonym.screening.query import Query
from tests.command import command, state


def test_a_store_of_version_2(data: Path) -> None:
    before = state(data)
    connection = sqlite3.connect(data / "allonym.db")
    connection.executescript("DROP TABLE alert; DROP TABLE audit; UPDATE schema_version SET version = 2")
    connection.close()
    assert command("screen", "cartel of the suns", data=data).status == 0
    assert state(data) == before
    with allonym.open(data) as lists:
        alert = Cases(lists).open(Query.from_name("Nicolas Maduro"), "reg-nicolas-maduro", by="Ana")
        assert alert.number == 1 and Cases(lists).verify().whole
    connection = sqlite3.connect(data / "allonym.db")
    triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    connection.close()
    assert sorted(triggers) == ["audit_no_delete", "audit_no_update"]
