"""`allonym screen`: what comes out, and the record of a run."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from allonym import __version__
from tests.command import PEOPLE_2024, PEOPLE_2025, command, load, process

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


COLUMNS = ["query_row", "query_id", "query", "entity_id", "name", "listed_name", "schema", "score", "match", "reasons",
           "programs", "sources", "snapshots", "referents"]  # fmt: skip


def test_every_output_format_says_the_same(history: Path, customers: Path, tmp_path: Path) -> None:
    rows = command("screen", "--input", customers, "--format", "json", data=history).json
    assert [list(row) for row in rows] == [COLUMNS] * 3
    for ending in ("json", "jsonl", "csv", "parquet", "txt"):
        output = tmp_path / f"hits.{ending}"
        ran = command("screen", "--input", customers, "--output", output, data=history)
        assert (ran.status, ran.out) == (0, b"")
        written = output.read_bytes()
        if ending == "csv":
            read = list(csv.DictReader(io.StringIO(written.decode(), newline="")))
            assert [(row["query"], row["entity_id"], row["match"]) for row in read] == [
                ("Ilse Vandermeulen", "p-ilse", "true"), ("Quinby Oxenthorpe", "", ""),
                ("Marietta Dawn", "p-marietta", "true"),
            ]  # fmt: skip
            assert [float(row["score"] or 0) for row in read] == [row["score"] or 0 for row in rows]
        elif ending == "txt":
            assert b"p-ilse" in written and written.endswith(b"1 query without a hit\n")
        elif ending == "parquet":
            assert pq.read_table(output).to_pylist() == rows
        elif ending == "jsonl":
            assert [json.loads(line) for line in written.splitlines()] == rows
        else:
            assert json.loads(written) == rows
        stated = "table" if ending == "txt" else ending
        printed = command("screen", "--input", customers, "--format", stated, data=history)
        assert printed.out == written


def test_an_output_that_cannot_be(history: Path, customers: Path, tmp_path: Path) -> None:
    for output, told in (
        ("hits.doc", ".doc says no format; end it in "),
        ("nowhere/hits.csv", f"no folder {tmp_path / 'nowhere'}; make it first"),
        ("customers.csv", "is the input itself; give another --output"),
    ):
        ran = command("screen", "--input", customers, "--output", tmp_path / output, data=history)
        assert (ran.status, ran.out) == (2, b"") and told in ran.told[-1]
    assert customers.read_text() == CUSTOMERS


def test_workers_give_identical_bytes(history: Path, tmp_path: Path) -> None:
    customers = tmp_path / "many.csv"
    names = ("Ilse Vandermeulen", "Quinby Oxenthorpe", "Marieta Dawn", "Norrland Tidewater")
    customers.write_text("name\n" + "".join(f"{names[n % 4]}\n" for n in range(2_300)))
    outputs = []
    for workers in (1, 2):
        output = tmp_path / f"hits{workers}.csv"
        ran = process("screen", "--input", customers, "--output", output, "--workers", workers, data=history)
        assert (ran.status, ran.out) == (0, b"")
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\r\n") == 2_301
    assert "give 1 or more" in command("screen", "x", "--workers", "0", data=history).complaint(2)


def test_rows_that_cannot_be_used_are_told_by_line(history: Path, tmp_path: Path) -> None:
    customers, output = tmp_path / "some.csv", tmp_path / "hits.csv"
    customers.write_text("id,name\nC1,Ilse Vandermeulen\nC2,...\nC3,\nC4,Marietta Dawn\n")
    ran = command("screen", "--input", customers, "--output", output, data=history)
    assert ran.status == 0
    rejects = output.with_name("hits.csv.rejects.csv")
    assert f"rows not used, with reasons: {rejects}" in ran.told
    assert [row["line"] for row in csv.DictReader(io.StringIO(rejects.read_text()))] == ["3", "4"]
    printed = command("screen", "--input", customers, data=history)
    told = [line for line in printed.told if line.startswith(f"{customers}, line ")]
    assert [line.split(": ")[0].rpartition(" ")[2] for line in told] == ["3", "4"]


def test_restart_begins_anew(history: Path, customers: Path, tmp_path: Path) -> None:
    output = tmp_path / "hits.csv"
    unfinished = output.with_name("hits.csv.partial")
    unfinished.mkdir()
    (unfinished / "run.json").write_text('{"input": "another"}')
    ask = ("screen", "--input", customers, "--output", output)
    refused = command(*ask, data=history)
    assert refused.status == 2 and "drop it with --restart, or give another --output" in refused.told[-1]
    assert command(*ask, "--restart", data=history).status == 0
    assert output.exists() and not unfinished.exists()


def test_repeat_gives_the_same_bytes_when_the_lists_have_moved_on(data: Path, customers: Path) -> None:
    load(data, PEOPLE_2024, "people", "2024-01-31")
    runs = {
        "names": command("screen", "Tomasz Brzezicki", "Yevhen Drahunenko", "--format", "csv", data=data),
        "one name": command("screen", "Tomasz Brzezicki", "--format", "table", data=data),
        "no hit": command("screen", "Yevhen Drahunenko", "--format", "json", data=data),
        "a file": command("screen", "--input", customers, "--format", "parquet", "--threshold", "0", data=data),
        "standard input": command("screen", "--input", "-", "--format", "jsonl", data=data, stdin=CUSTOMERS.encode()),
        "a past day": command("screen", "Tomasz Brzezicki", "--as-of", "2024-02-01", "--format", "json", data=data),
    }
    assert runs["no hit"].status == 1
    load(data, PEOPLE_2025, "people", "2025-01-31")
    for day in range(1, 8):  # so many that the old index is gone
        load(data, PEOPLE_2025, "others", f"2025-02-0{day}")
    for what, first in runs.items():
        again = command("screen", "--repeat", first.record, data=data)
        assert again.status == 0, (what, again)
        assert again.told == ["the same output, byte for byte"], what
        # For one name the reasons in full follow the table; they are no part of the output.
        assert first.out.startswith(again.out) and (what == "one name" or first.out == again.out), what


def test_repeat_to_a_file_and_with_workers(history: Path, customers: Path, tmp_path: Path) -> None:
    first = command("screen", "--input", customers, "--output", tmp_path / "hits.csv", data=history)
    ran = process("screen", "--repeat", first.record, "--output", tmp_path / "again.csv", "--workers", 2, data=history)
    assert (ran.status, ran.out, ran.told) == (0, b"", ["the same output, byte for byte"])
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "hits.csv").read_bytes()


def test_repeat_refuses_another_input(history: Path, customers: Path, tmp_path: Path) -> None:
    first = command("screen", "--input", customers, "--format", "csv", data=history)
    moved = customers.rename(tmp_path / "moved.csv")
    assert "no such file" in command("screen", "--repeat", first.record, data=history).complaint(2)
    again = command("screen", "--repeat", first.record, "--input", moved, data=history)
    assert (again.status, again.out) == (0, first.out)
    moved.write_text(CUSTOMERS + "C4,Somebody Else,\n")
    told = command("screen", "--repeat", first.record, "--input", moved, data=history).complaint(2)
    assert "is not the recorded input" in told


def test_repeat_of_what_is_no_record(history: Path, customers: Path, tmp_path: Path) -> None:
    assert "no such record" in command("screen", "--repeat", tmp_path / "nope.json", data=history).complaint(1)
    assert "is no record of a run" in command("screen", "--repeat", customers, data=history).complaint(2)
    first = command("screen", "Tomasz Brzezicki", data=history)
    altered = json.loads(first.record.read_bytes())
    altered["hits"] += 1
    (tmp_path / "altered.json").write_text(json.dumps(altered))
    told = command("screen", "--repeat", tmp_path / "altered.json", data=history).complaint(2)
    assert "was altered since it was written" in told


def test_a_record_says_what_was_asked_of_which_lists(history: Path, customers: Path) -> None:
    ran = command("screen", "--input", customers, "--format", "csv", "--limit", "3", data=history)
    record = json.loads(ran.record.read_bytes())
    assert record["view"][0] == ["people", "2025-01-31"] and record["view"][1][0] == "register"
    assert (record["allonym_version"], record["parameters"]["limit"]) == (__version__, 3)
    assert (record["queries"], record["hits"], record["queries_matched"], record["rejects"]) == (3, 2, 2, 0)
    assert record["record_id"] == ran.record.stem
