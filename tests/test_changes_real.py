"""Changes told step by step over the real UN and OFAC lists are those of screening everybody again after every step."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import allonym
from allonym.lists import Lists
from allonym.matching.engine import Options
from allonym.screening.watch import Watch
from allonym.watching import Watching
from tests.command import command, copied

SHARED = Path(__file__).parents[2] / "shared"
SEED = 20_261_124
STEPS = (
    "un_sc/un_consolidated_2020-11.xml", "us_ofac_sdn/csv_2021-07", "us_ofac_sdn/csv_2022-01",
    "us_ofac_sdn/xml_2024-05-07", "un_sc/un_consolidated_2024-05-15.xml", "un_sc/un_consolidated_2025-04-19.xml",
    "un_sc/un_consolidated_2026-02-27.xml",
)  # fmt: skip

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    if not (SHARED / "lists").is_dir() or not (SHARED / "bench").is_dir():
        pytest.skip("../shared is not here")
    return copied(new_folder, tmp_path_factory.mktemp("changes") / "data")


def people() -> Iterator[list[str]]:
    """Listed people as they were typed, and unlisted ones: name, date of birth, country."""
    with (SHARED / "bench" / "un_people_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield [row["name_as_typed"], row["birth_date"], row["nationality"]]
    with (SHARED / "bench" / "unlisted_people_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in random.Random(SEED).sample(list(csv.DictReader(file)), 800):
            yield [row["full_name"], row["birth_date"], row["nationality"]]


def listed(lists: Lists) -> Iterator[list[str]]:
    """Names that the lists have, some with words joined, swapped or a letter off, some with the date of birth."""
    rng = random.Random(SEED)
    index = lists.engine(lists.view(), Options()).index
    for number in rng.sample(range(len(index)), min(len(index), 400)):
        entity = index.entity(number)
        words = rng.choice(entity.names)[0].split()
        change = rng.randrange(4)
        if change == 0 and len(words) > 1:
            at = rng.randrange(len(words) - 1)
            words[at : at + 2] = [words[at] + words[at + 1]]
        elif change == 1:
            words.reverse()
        elif change == 2:
            words[0] = words[0][:-1] or words[0]
        yield [" ".join(words), (entity.facts.get("birthDate") or [""])[0] if rng.random() < 0.5 else "", ""]


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "date of birth", "nationality"])
        writer.writerows([f"c{number}", *row] for number, row in enumerate(rows))


def test_the_result_is_that_of_screening_everybody_again(folder: Path, tmp_path: Path) -> None:
    plain, growing = tmp_path / "plain.csv", tmp_path / "growing.csv"
    rows = list(people())
    moved = 0
    for number, step in enumerate(STEPS):
        ran = command("update", "--from", SHARED / "lists" / step, data=folder)
        assert ran.status == 0, ran
        with allonym.open(folder) as lists:
            watching = Watching(lists)
            if number == 0:
                write(plain, rows)
                write(growing, rows)
                watching.add(Watch("plain", str(plain)))
                watching.add(Watch("growing", str(growing)))
                continue
            # Of one file, the customers change with every step: some new, some left out, some with another name.
            rows = [*rows[5:], *listed(lists)]
            rows[number][0] += " Junior"
            write(growing, rows)
            for name, path in (("plain", plain), ("growing", growing)):
                worked = watching.changes(name)
                full, _ = watching.add(Watch(f"full-{name}-{number}", str(path)))
                assert worked.answer.hits == full.hits
                before = watching.answer(name).hits
                told = {(e.customer_id, e.hit.entity_id) for e in worked.report.events if e.kind == "new"}
                was = {(key, hit.entity_id) for key, hits in before.items() for hit in hits}
                now = {(key, hit.entity_id) for key, hits in full.hits.items() for hit in hits}
                assert told <= now - was and {e for e, _ in told} <= full.hits.keys()
                if name == "plain":
                    assert worked.report.asked < worked.report.customers / 2
                    moved += len(worked.report.events)
                watching.save(worked)
    assert moved > 100


def test_since_a_day_is_what_was_different_that_day(folder: Path) -> None:
    with allonym.open(folder) as lists:
        watching = Watching(lists)
        if "plain" not in watching.names():
            pytest.skip("needs the folder of the test before")
        worked = watching.changes("plain", since="2025-04-19")
        assert dict(worked.report.old.snapshots)["un_sc"] == "2025-04-19"
        kinds = {event.kind for event in worked.report.events}
        assert kinds >= {"new", "gone"}
        # What came and went between the views, worked out from the old view's answers alone.
        view = worked.report.old
        engine = lists.engine(view, Options(limit=1_000))
        for event in worked.report.events:
            (hits,) = engine([query_of(event.customer)])
            if event.kind == "new" and event.hit.score > 0.95:
                assert event.hit.entity_id not in {hit.entity_id for hit in hits}


def query_of(name: str) -> object:
    from allonym.screening.query import Query

    return Query.from_name(name)
