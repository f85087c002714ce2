"""The second clock: what was known here on a day, between two loads and before the first."""

import csv
import io
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest
from lxml import html

import allonym
from allonym.dossier import build
from allonym.errors import NotFoundError, UsageError
from tests.command import PEOPLE_2024, PEOPLE_2025, command, load

FIRST, BETWEEN, SECOND = "2026-01-10", "2026-01-20", "2026-02-20"


@pytest.fixture
def twice(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of 2025 was loaded on the first day, that of 2024 on the second, as happens when a list is filled up."""
    for file, of, day in ((PEOPLE_2025, "2025-01-31", FIRST), (PEOPLE_2024, "2024-01-31", SECOND)):
        moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None, moment: datetime = moment) -> datetime:  # type: ignore[override]
                return moment

        monkeypatch.setattr("allonym.pipeline.datetime", Clock)
        load(data, file, "people", of)
    monkeypatch.undo()
    return data


def rows(data: Path, name: str, *words: str) -> list[tuple[str, str]]:
    ran = command("screen", name, *words, "--sources", "people", "--format", "csv", data=data)
    found = csv.DictReader(io.StringIO(ran.text, newline=""))
    return [(row["entity_id"], row["snapshots"]) for row in found if row["entity_id"]]


def test_the_loads_have_their_days(twice: Path) -> None:
    with allonym.open(twice) as lists:
        loaded = {s.date: s.loaded_at[:10] for s in lists.snapshots() if s.source == "people"}
    assert loaded == {"2025-01-31": FIRST, "2024-01-31": SECOND}
    assert datetime.now(UTC).date().isoformat() > SECOND


def test_a_screening_knows_what_was_loaded(twice: Path) -> None:
    """Tomasz stood on the list of 2024, which was loaded last."""
    name = "Tomasz Brzezicki"
    assert rows(twice, name) == []
    assert rows(twice, name, "--as-of", "2024-06-30") == [("p-tomasz", "people@2024-01-31")]
    asked = ("--as-of", "2024-06-30", "--known-at")
    assert rows(twice, name, *asked, SECOND) == [("p-tomasz", "people@2024-01-31")]
    told = command("screen", name, *asked, BETWEEN, data=twice).complaint(1)
    assert told == "allonym: nothing is known as of 2024-06-30: the first snapshot is of 2025-01-31"
    assert rows(twice, "Ilse Vandermeulen", "--known-at", BETWEEN) == [("p-ilse", "people@2025-01-31")]


def test_a_dossier_knows_what_was_loaded(twice: Path) -> None:
    with allonym.open(twice) as lists:
        then, now = (build(lists, "p-ilse", known_at=day) for day in (BETWEEN, SECOND))
        early = build(lists, "p-ilse", as_of="2024-06-30", known_at=BETWEEN)
        with pytest.raises(NotFoundError, match="nobody is listed as 'p-tomasz'"):
            build(lists, "p-tomasz", known_at=BETWEEN)
        assert build(lists, "p-tomasz", known_at=SECOND).stated[0].present is False
    assert [c.source for c in then.consulted] == ["people"]  # the register was loaded later
    assert {e.kind for e in then.events if e.source == "people" and e.kind == "list"} == set()
    assert [e.date for e in now.events if e.kind == "list"] == ["2025-01-31"]
    assert any("before the first snapshot of people of 2025-01-31" in note for note in early.notes)


def test_every_output_takes_the_clock(twice: Path, tmp_path: Path) -> None:
    asked = ("show", "p-ilse", "--known-at", BETWEEN)
    for words in (("--format", "csv"), ("--statements", "--format", "csv"), ("--format", "ftm"), ("--statements",),
                  ("--format", "json"), ("--network",), ("--format", "svg")):  # fmt: skip
        ran = command(*asked, *words, data=twice)
        assert ran.status == 0 and "2024-01-31" not in ran.text, words
    output = tmp_path / "page.html"
    command("screen", "Ilse Vandermeulen", "--known-at", BETWEEN, "--evidence", output, data=twice)
    page = html.fromstring(output.read_text())
    told = " ".join(page.text_content().split())
    assert f"known here: {BETWEEN}" in told and "people2025-01-312026-01-10T12:00" in told
    assert f"register has no snapshot loaded by {BETWEEN}" in told
    counts = command("timeline", "people", "--known-at", BETWEEN, data=twice)
    assert counts.lines[0] == "people: 1 snapshot, 2025-01-31"


def test_a_run_with_the_clock_can_be_repeated(twice: Path) -> None:
    ran = command("screen", "Ilse Vandermeulen", "--known-at", BETWEEN, "--format", "csv", data=twice)
    again = command("screen", "--repeat", ran.record, data=twice)
    assert (again.status, again.out) == (0, ran.out)


def test_before_the_first_load_says_so(twice: Path) -> None:
    for words in (("screen", "Ilse Vandermeulen"), ("show", "p-ilse"), ("timeline",),
                  ("show", "p-ilse", "--statements")):  # fmt: skip
        told = command(*words, "--known-at", "2026-01-09", data=twice).complaint(1)
        assert told == f"allonym: nothing was known here on 2026-01-09: the first list was loaded on {FIRST}"
    assert "is no date" in command("screen", "x y", "--known-at", "soon", data=twice).complaint(2)


def test_in_python(twice: Path) -> None:
    with allonym.open(twice) as lists:
        (found,) = lists.screen(["Ilse Vandermeulen"], known_at=BETWEEN)
        assert found[0].snapshots == ("people@2025-01-31",)
        with pytest.raises(UsageError):
            next(iter(lists.screen(["Ilse Vandermeulen"], known_at="soon")))
