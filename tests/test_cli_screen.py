"""`allonym screen`: what is asked, and how it is asked."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from allonym.matching.weights import weights
from tests.command import PEOPLE_2024, command, load

CUSTOMERS = """id,name,born
C1,Ilse Vandermeulen,1961-04-02
C2,Quinby Oxenthorpe,1950-01-01
C3,Marietta Dawn,
"""


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    return path


def found(hits: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(hit["query"], hit["entity_id"]) for hit in hits]


def test_screen_one_name_with_the_full_reasons(history: Path) -> None:
    ran = command("screen", "Ilse Vandermeulen", data=history)
    assert ran.status == 0
    assert ran.lines[0].split() == ["row", "query", "score", "match", "entity", "id", "lists", "why"]
    assert "yes" in ran.lines[2] and "p-ilse" in ran.lines[2] and "TIDE" in ran.lines[2]
    prior = weights().prior
    assert f"\nWhy Ilse Vandermeulen (p-ilse):\n{prior:+7.2f} -" in ran.text
    assert "sum, a score of 0.9" in ran.text or "sum, a score of 1.0" in ran.text
    assert len(ran.told) == 1 and ran.record.exists()


def test_screen_several_names(history: Path) -> None:
    ran = command(
        "screen", "Ilse Vandermeulen", "Quinby Oxenthorpe", "Драгуненко Євген", "--format", "json", data=history
    )
    assert ran.status == 0
    assert found(ran.json) == [("Ilse Vandermeulen", "p-ilse"), ("Quinby Oxenthorpe", None),
                               ("Драгуненко Євген", "p-yevhen")]  # fmt: skip


def test_screen_that_finds_nothing_ends_with_1(history: Path) -> None:
    ran = command("screen", "Quinby Oxenthorpe", data=history)
    assert (ran.status, ran.text) == (1, "1 query without a hit\n")
    assert json.loads(ran.record.read_bytes())["hits"] == 0


def test_screen_the_register(new_folder: Path) -> None:
    ran = command("screen", "cartel of the suns", "--format", "json", data=new_folder)
    assert found(ran.json) == [("cartel of the suns", "reg-cartel-de-los-soles")]


def test_screen_csv_input(history: Path, customers: Path) -> None:
    ran = command("screen", "--input", customers, "--format", "jsonl", data=history)
    assert ran.status == 0
    rows = ran.json_lines
    assert [(r["query_row"], r["query_id"], r["entity_id"]) for r in rows] == [
        (2, "C1", "p-ilse"), (3, "C2", None), (4, "C3", "p-marietta")
    ]  # fmt: skip
    assert rows[0]["snapshots"] == ["people@2025-01-31"]
    assert any("same date of birth" in reason for reason in rows[0]["reasons"])
    assert ran.told[:2] == [
        f"{customers}: delimited text separated by commas, utf-8 ".rstrip(),
        'Columns: "id" → id, "name" → name, "born" → birthDate',
    ]
    assert ran.told[2] == "3 asked, 2 with a match, 2 hits, 0 rows not used"


def test_screen_standard_input(history: Path) -> None:
    ran = command("screen", "--input", "-", "--format", "jsonl", data=history, stdin=CUSTOMERS.encode())
    assert [row["entity_id"] for row in ran.json_lines] == ["p-ilse", None, "p-marietta"]


def test_screen_json_lines_and_parquet_input(history: Path, tmp_path: Path) -> None:
    import pyarrow as pa

    lines, table = tmp_path / "customers.jsonl", tmp_path / "customers.parquet"
    lines.write_text(
        '{"id": "C1", "schema": "Person", "properties": {"name": ["Ilse Vandermeulen"], "birthDate": ["1961-04-02"]}}\n'
        '{"id": "C2", "schema": "Person", "properties": {"name": ["Quinby Oxenthorpe"]}}\n'
    )
    pq.write_table(pa.table({"id": ["C1", "C2"], "name": ["Ilse Vandermeulen", "Quinby Oxenthorpe"],
                             "birthDate": ["1961-04-02", None]}), table)  # fmt: skip
    for path in (lines, table):
        ran = command("screen", "--input", path, "--format", "jsonl", data=history)
        assert [(r["query_id"], r["entity_id"]) for r in ran.json_lines] == [("C1", "p-ilse"), ("C2", None)], path


def test_map_names_a_column(history: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("who;when\nIlse Vandermeulen;02.04.1961\nQuinby Oxenthorpe;25.12.1950\n")
    refused = command("screen", "--input", path, data=history).complaint(2)
    assert 'the headings are "who", "when"; say which one is the name with --map' in refused
    words = ("--map", "who=name", "--map", "when=birthDate")
    ran = command("screen", "--input", path, *words, "--format", "jsonl", data=history)
    assert [row["entity_id"] for row in ran.json_lines] == ["p-ilse", None]
    assert any("same date of birth (1961-04-02" in reason for reason in ran.json_lines[0]["reasons"])


def test_threshold(history: Path) -> None:
    ask = ("screen", "Ilse Brzezicki", "--format", "json")
    strict = command(*ask, "--threshold", "0.999", data=history)
    assert (strict.status, found(strict.json)) == (1, [("Ilse Brzezicki", None)])
    every = command(*ask, "--threshold", "0", data=history)
    assert every.status == 0 and "p-ilse" in [hit["entity_id"] for hit in every.json]
    scores = [hit["score"] for hit in every.json]
    assert scores == sorted(scores, reverse=True) and scores[-1] < 0.7
    for wrong in ("-0.1", "1.1", "nan"):
        assert "give a number from 0 to 1" in command(*ask, "--threshold", wrong, data=history).complaint(2)


def test_limit(new_folder: Path) -> None:
    ask = ("screen", "cartel", "--threshold", "0", "--format", "json")
    many = command(*ask, data=new_folder).json
    assert len(many) > 2
    assert command(*ask, "--limit", "2", data=new_folder).json == many[:2]
    assert "give 1 or more" in command(*ask, "--limit", "0", data=new_folder).complaint(2)


def test_schema(history: Path) -> None:
    ask = ("screen", "Marietta Dawn", "--format", "json")
    assert found(command(*ask, "--schema", "Vessel", data=history).json) == [("Marietta Dawn", "p-marietta")]
    assert found(command(*ask, "--schema", "Person", data=history).json) == [("Marietta Dawn", None)]
    assert "'Ship' is not one of FollowTheMoney's" in command(*ask, "--schema", "Ship", data=history).complaint(2)


def test_sources_limits_the_search(history: Path) -> None:
    ask = ("screen", "Ilse Vandermeulen", "Cartel of the Suns", "--format", "json")
    both = [("Ilse Vandermeulen", "p-ilse"), ("Cartel of the Suns", "reg-cartel-de-los-soles")]
    assert found(command(*ask, "--sources", "people, register", data=history).json) == both
    assert found(command(*ask, "--sources", "people", data=history).json) == [both[0], ("Cartel of the Suns", None)]
    unknown = command(*ask, "--sources", "people,nope", data=history).complaint(2)
    assert unknown == "allonym: unknown source nope; loaded are: people, register"
    assert "names no list" in command(*ask, "--sources", ",", data=history).complaint(2)


def test_unmerged(data: Path, tmp_path: Path) -> None:
    """An id that two users' files both give is two actors, with the list in front of the second."""
    for name in ("first", "second"):
        load(data, PEOPLE_2024, name, "2024-01-31")
    merged = command("screen", "Tomasz Brzezicki", "--format", "json", data=data).json
    assert [(hit["entity_id"], hit["referents"]) for hit in merged] == [
        ("p-tomasz", ["p-tomasz"]), ("second/p-tomasz", ["p-tomasz"])
    ]  # fmt: skip
    entries = command("screen", "Tomasz Brzezicki", "--unmerged", "--format", "json", data=data).json
    assert [(hit["entity_id"], hit["sources"]) for hit in entries] == [
        ("p-tomasz", ["first"]), ("p-tomasz", ["second"])
    ]  # fmt: skip


def test_as_of_a_past_day(history: Path) -> None:
    ask = ("screen", "Tomasz Brzezicki", "Yevhen Drahunenko", "--format", "json")
    then = [("Tomasz Brzezicki", "p-tomasz"), ("Yevhen Drahunenko", None)]
    now = [("Tomasz Brzezicki", None), ("Yevhen Drahunenko", "p-yevhen")]
    assert found(command(*ask, data=history).json) == now
    assert found(command(*ask, "--as-of", "2024-01-31", data=history).json) == then
    assert found(command(*ask, "--as-of", "2025-01-30", data=history).json) == then
    assert found(command(*ask, "--as-of", "2025-01-31", data=history).json) == now
    before = command(*ask, "--as-of", "2019-12-31", data=history).complaint(1)
    assert before == "allonym: nothing is known as of 2019-12-31: the first snapshot is of 2024-01-31"
    assert "write it as 2024-05-15" in command(*ask, "--as-of", "yesterday", data=history).complaint(2)


def test_names_or_input_or_record_and_not_two_of_them(history: Path, customers: Path) -> None:
    told = "give names, or --input FILE, or --repeat RECORD"
    assert told in command("screen", data=history).complaint(2)
    assert told in command("screen", "x", "--input", customers, data=history).complaint(2)
    assert told in command("screen", "x", "--repeat", customers, data=history).complaint(2)
