"""Dossiers for other programs: FtM entities that load again, statements, one table for several."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.command import Ran, command, load

LINES = [
    {"id": "a", "schema": "Person", "properties": {"name": ["=1+1 Zyx"], "birthDate": ["1960"], "idNumber": ["-77"]}},
    {"id": "b", "schema": "Organization", "properties": {"name": ["Wolfram Ring"]}},
    {"id": "e", "schema": "Membership", "properties": {"member": ["a"], "organization": ["b"], "role": ["@boss"]}},
    {"id": "s", "schema": "Sanction",
     "properties": {"entity": ["a"], "authority": ["Ministry of Tests"], "program": ["+TIDE"],
                    "listingDate": ["2020-02-03"]}},
]  # fmt: skip


@pytest.fixture
def mine(data: Path, tmp_path: Path) -> Path:
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    load(data, file, "mine", "2025-01-01")
    return data


def table(ran: Ran) -> list[dict[str, str]]:
    assert (ran.status, ran.err) == (0, "")
    return list(csv.DictReader(io.StringIO(ran.text, newline="")))


def test_a_dossier_as_a_table(new_folder: Path) -> None:
    rows = table(command("show", "cartel of the suns", "--format", "csv", data=new_folder))
    assert {row["dossier"] for row in rows} == {"reg-cartel-de-los-soles"}
    parts = [row["part"] for row in rows]
    assert parts.count("name") == 4 and parts.count("measure") == 7 and parts.count("relation") == 4
    fto = next(row for row in rows if row["kind"] == "fto")
    assert (fto["state"], fto["since"]) == ("in force", "2025-11-24")
    assert fto["authority"].startswith("U.S. Department of State") and fto["snapshots"].startswith("register@")
    leader = next(row for row in rows if row["kind"] == "leader")
    assert (leader["value"], leader["other_id"]) == ("Nicolás Maduro Moros", "reg-nicolas-maduro")


def test_several_dossiers_in_one_table(new_folder: Path, tmp_path: Path) -> None:
    asked = ("show", "cartel of the suns", "reg-nicolas-maduro", "--as-of", "2025-08-01")
    rows = table(command(*asked, "--format", "csv", data=new_folder))
    assert list(dict.fromkeys(row["dossier"] for row in rows)) == ["reg-cartel-de-los-soles", "reg-nicolas-maduro"]
    assert {row["as_of"] for row in rows} == {"2025-08-01"}
    output = tmp_path / "two.csv"
    ran = command(*asked, "--output", output, data=new_folder)
    assert (ran.status, ran.out, ran.err) == (0, b"", "")
    assert output.read_bytes() == command(*asked, "--format", "csv", data=new_folder).out
    text = command(*asked, data=new_folder)
    assert text.lines[0].startswith("Cartel de los Soles") and "Nicolás Maduro Moros  (Person" in text.text


def test_no_cell_runs_in_a_spreadsheet(mine: Path) -> None:
    rows = table(command("show", "a", "--format", "csv", data=mine))
    cells = [cell for row in rows for cell in row.values()]
    assert "'=1+1 Zyx" in cells and "'-77" in cells and "'@boss" in cells and "'+TIDE" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    stated = table(command("show", "a", "--statements", "--format", "csv", data=mine))
    assert {(row["prop"], row["value"]) for row in stated} >= {("name", "'=1+1 Zyx"), ("program", "'+TIDE")}


def test_statements_for_programs(mine: Path) -> None:
    ran = command("show", "a", "--statements", "--format", "jsonl", data=mine)
    rows = ran.json_lines
    assert {row["entity_id"] for row in rows} == {"a", "b", "e", "s"}
    name = next(row for row in rows if row["prop"] == "name" and row["entity_id"] == "a")
    assert name == {"canonical_id": "a", "entity_id": "a", "prop": "name", "prop_type": "name", "schema": "Person",
                    "value": "=1+1 Zyx", "dataset": "mine", "lang": None, "original_value": None, "external": "f",
                    "first_seen": "2025-01-01", "last_seen": "2025-01-01", "qualifier": None}  # fmt: skip


def test_what_was_exported_loads_again(mine: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.ftm"
    assert command("show", "a", "--output", file, data=mine).status == 0
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == ["a", "e", "s", "b"]
    load(mine, file.rename(tmp_path / "again.jsonl"), "again", "2025-01-01")
    one, other = (command("show", asked, "--format", "csv", data=mine) for asked in ("a", "again/a"))
    kinds = [[(r["part"], r["kind"], r["value"], r["since"]) for r in table(ran)] for ran in (one, other)]
    assert kinds[0] == kinds[1] and ("relation", "group", "Wolfram Ring", "") in kinds[0]


def test_entries_of_several_lists_are_one_entity(excerpts: Path) -> None:
    """Sanctions and edges lead to the actor, whatever id its entry has in their list."""
    for entity in ("reg-nicolas-maduro", "reg-cartel-de-los-soles"):
        first, *others = command("show", entity, "--format", "ftm", data=excerpts).json_lines
        assert first["id"] == entity
        told = [value for other in others for values in other["properties"].values() for value in values]
        assert entity in told and not {*first["referents"]} & {*told}


def test_as_of_and_sources(history: Path) -> None:
    then = command("show", "p-tomasz", "--as-of", "2024-12-31", "--format", "ftm", data=history).json_lines
    assert (then[0]["id"], then[0]["last_seen"]) == ("p-tomasz", "2024-01-31")
    gone = command("show", "p-tomasz", "--format", "ftm", data=history).json_lines
    assert gone[0]["last_seen"] == "2024-01-31"
    told = command("show", "p-ilse", "--format", "ftm", "--sources", "register", data=history).complaint(1)
    assert "no list asked has an entry of p-ilse" in told


def test_a_file_appears_complete_or_not_at_all(new_folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "kept.csv"
    output.write_text("before")
    assert command("show", "Quinby Oxenthorpe", "--output", output, data=new_folder).status == 1
    assert output.read_text() == "before" and list(tmp_path.iterdir()) == [output]
    assert "is a directory" in command("show", "reg-cjng", "--output", tmp_path, data=new_folder).complaint(2)
    assert "no folder" in command("show", "reg-cjng", "--output", tmp_path / "no" / "x.csv",
                                  data=new_folder).complaint(2)  # fmt: skip
    assert "says no format" in command("show", "reg-cjng", "--output", tmp_path / "x.docx",
                                       data=new_folder).complaint(2)  # fmt: skip
