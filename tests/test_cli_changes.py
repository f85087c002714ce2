"""`allonym watch` and `allonym changes` from the command line, on two small lists."""

import csv
import io
import json
from pathlib import Path

import pytest

import allonym
from allonym.watching import Watching
from tests.command import Ran, command, load

CUSTOMERS = """id,name,birth date
1,Ilse Vandermeulen,1961-04-02
2,Marek Oldrich Havelka,1970
3,Nobody Whatsoever,1980-01-01
4,Sorin Dragomir,1975
5,Good Will Traders,
"""


def entity(entity_id: str, schema: str = "Person", **properties: list[str]) -> dict[str, object]:
    return {"id": entity_id, "schema": schema, "properties": properties}


OLD = [
    entity("ilse", name=["Ilse Vandermeulen"], birthDate=["1961-04-02"], notes=["Seen in Ghent."]),
    entity("sorin", name=["Sorin Dragomir"], birthDate=["1975"]),
    entity("other", name=["Quintus Fabulous"]),
]
NOTE = [{**OLD[0], "properties": {**OLD[0]["properties"], "notes": ["Seen in Bruges."]}}, *OLD[1:]]  # type: ignore[dict-item]
NEW = [
    entity("ilse", name=["Ilse Vandermeulen"], birthDate=["1961-04-02"], passportNumber=["EK445566"], notes=["Gone."]),
    entity("marek", name=["Marek Oldrich Havelka"], birthDate=["1970"]),
    entity("goodwill", "Organization", name=["Goodwill Traders"]),
    entity("other", name=["Quintus Fabulous"]),
    entity("s1", "Sanction", entity=["ilse"], program=["Cheese"], reason=["for reasons"]),
]


def put(data: Path, entities: list[dict[str, object]], day: str) -> None:
    file = data.parent / f"{day}.jsonl"
    file.write_text("".join(json.dumps(e) + "\n" for e in entities), encoding="utf-8")
    load(data, file, "mine", day)


@pytest.fixture
def watched(data: Path, tmp_path: Path) -> Path:
    put(data, OLD, "2024-01-01")
    file = tmp_path / "customers.csv"
    file.write_text(CUSTOMERS, encoding="utf-8")
    ran = command("watch", file, data=data)
    assert ran.status == 0
    assert ran.text == "customers: 5 customers watched; 2 hits of 2 of them today are taken as known\n"
    return data


def told(ran: Ran) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["customer_id"], row["entity_id"]) for row in ran.json_lines]


def test_new_changed_and_gone_hits_are_told_once(watched: Path) -> None:
    assert command("changes", data=watched).status == 0
    put(watched, NEW, "2024-02-01")
    ran = command("changes", "--format", "jsonl", data=watched)
    assert ran.status == 1
    assert told(ran) == [
        ("changed", "1", "ilse"),
        ("new", "2", "marek"),
        ("gone", "4", "sorin"),
        ("new", "5", "goodwill"),
    ]
    changed, new, gone, _ = ran.json_lines
    facts = {(fact["part"], fact["prop"]): (fact["before"], fact["after"]) for fact in changed["facts"]}
    assert facts == {(None, "passportNumber"): ([], ["EK445566"]), ("Sanction", "program"): ([], ["Cheese"])}
    assert (new["score_before"], new["snapshots"], new["snapshots_before"]) == (
        None,
        ["mine@2024-02-01"],
        ["mine@2024-01-01"],
    )
    assert (gone["score"], gone["why"]) == (None, "no longer listed, or what was ordered has ended")
    again = command("changes", "--format", "jsonl", data=watched)
    assert (again.status, again.out) == (0, b"")


def test_a_note_that_was_reworded_is_told_only_when_everything_is_asked_for(watched: Path) -> None:
    put(watched, NOTE, "2024-02-01")
    ran = command("changes", "--since", "2024-01-01", "--all", "--format", "jsonl", data=watched)
    assert ran.status == 0
    assert told(ran) == [("changed", "1", "ilse")]
    said = {"before": ["Seen in Ghent."], "after": ["Seen in Bruges."], "source": "mine"}
    assert ran.json_lines[0]["facts"] == [{"part": None, "prop": "notes", **said, "material": False}]
    plain = command("changes", data=watched)
    assert (plain.status, plain.text) == (0, "customers: 5 customers; mine 2024-01-01 to 2024-02-01; nothing new\n")


def test_customers_who_came_changed_and_left(watched: Path, tmp_path: Path) -> None:
    rows = CUSTOMERS.replace("3,Nobody Whatsoever", "3,Quintus Fabulous").replace("4,Sorin Dragomir,1975\n", "")
    (tmp_path / "customers.csv").write_text(rows + "6,Ilse Vandermeulen,1961\n", encoding="utf-8")
    ran = command("changes", "--all", "--format", "jsonl", data=watched)
    assert ran.status == 1
    assert told(ran) == [("new", "3", "other"), ("new", "6", "ilse"), ("gone", "4", "sorin")]
    assert not ran.json_lines[2]["material"]


def test_since_a_day_or_a_view_is_told_again_and_again(watched: Path) -> None:
    before = command("watch", "--list", data=watched).text.partition("from view ")[2][:16]
    put(watched, NEW, "2024-02-01")
    first = command("changes", "--format", "jsonl", data=watched)
    for since in ("2024-01-15", before):
        again = command("changes", "--since", since, "--format", "jsonl", data=watched)
        kept = [row for row in again.json_lines if row["sources"] == ["mine"]]
        assert kept == first.json_lines
    for wrong in ("2000-01-01", "yesterday", "0" * 16):
        assert "--since" in command("changes", "--since", wrong, data=watched).err or wrong == "yesterday"
        assert command("changes", "--since", wrong, data=watched).status == 2


def test_an_output_that_cannot_be_written_leaves_everything_to_be_told(watched: Path, tmp_path: Path) -> None:
    put(watched, NEW, "2024-02-01")
    assert command("changes", "--output", tmp_path / "no" / "out.csv", data=watched).status == 2
    assert command("changes", "--output", tmp_path / "out.pdf", data=watched).status == 2
    assert command("changes", "--output", tmp_path, data=watched).status == 2
    with allonym.open(watched) as lists:  # worked out and written nowhere, as when the machine stops
        assert Watching(lists).changes("customers").report.material
    output = tmp_path / "out.csv"
    assert command("changes", "--output", output, data=watched).status == 1
    rows = list(csv.DictReader(io.StringIO(output.read_text(encoding="utf-8"))))
    assert [row["kind"] for row in rows] == ["changed", "new", "gone", "new"]
    assert rows[0]["facts"] == "passportNumber: nothing → EK445566 (mine); Sanction program: nothing → Cheese (mine)"


def test_ids_that_repeat_are_an_error_that_names_the_rows(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "twice.csv"
    file.write_text("id,name\na,Ilse One\nb,Ilse Two\na,Ilse Three\n", encoding="utf-8")
    complaint = command("watch", file, data=data).complaint(2)
    assert "'a' in rows 2, 4" in complaint and "'b'" not in complaint
    assert command("watch", "--list", data=data).status == 1


def test_watches_are_named_listed_and_removed(watched: Path, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    assert "watched already" in command("watch", file, data=watched).complaint(2)
    assert "cannot name a watch" in command("watch", file, "--name", "../x", data=watched).complaint(2)
    assert command("watch", file, "--name", "second", "--schema", "Person", data=watched).status == 0
    assert [line.partition(":")[0] for line in command("watch", "--list", data=watched).lines] == [
        "customers",
        "second",
    ]
    assert command("watch", "--remove", "second", data=watched).status == 0
    assert "no watch 'second'" in command("changes", "--name", "second", data=watched).complaint(2)
    assert not list((watched / "watches").glob("second*"))
    for words in ((), (file, "--list"), ("-",), (tmp_path / "none.csv", "--name", "x")):
        assert command("watch", *words, data=watched).status == 2


def test_a_file_that_is_gone_does_not_keep_the_others_from_being_told(watched: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,name\n1,Marek Oldrich Havelka\n", encoding="utf-8")
    assert command("watch", other, data=watched).status == 0
    put(watched, NEW, "2024-02-01")
    (tmp_path / "customers.csv").unlink()
    ran = command("changes", "--format", "jsonl", data=watched)
    assert (ran.status, told(ran)) == (2, [("new", "1", "marek")])
    assert "customers.csv: no such file" in ran.err
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    assert len(command("changes", "--format", "jsonl", data=watched).lines) == 4


def test_hostile_names_are_harmless_on_a_terminal_and_in_a_spreadsheet(data: Path, tmp_path: Path) -> None:
    put(data, OLD, "2024-01-01")
    file = tmp_path / "c.csv"
    file.write_text("id,name\n=1+1,\u202eMarek Oldrich Havelka\n", encoding="utf-8")
    assert command("watch", file, data=data).status == 0
    put(data, [*OLD, entity("=evil()", name=["Marek Oldrich Havelka"])], "2024-02-01")
    ran = command("changes", "--since", "2024-01-15", data=data)
    assert ran.status == 1 and "\u202e" not in ran.text and "\\u202e" in ran.text
    (row,) = (r for r in csv.DictReader(io.StringIO(command("changes", "--format", "csv", data=data).text)))
    assert (row["customer_id"], row["entity_id"]) == ("'=1+1", "'=evil()")


def test_the_webhook_gets_what_is_told_and_a_dead_letter_is_kept(
    watched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.screening.test_webhook import Receiver

    receiver = Receiver(503)
    words = ("changes", "--format", "jsonl", "--webhook", receiver.url, "--tries", "1")
    assert "no secret" in command(*words, data=watched).complaint(2)
    monkeypatch.setenv("ALLONYM_WEBHOOK_SECRET", "a secret of some length")
    assert command(*words, data=watched).status == 0
    assert receiver.got == []
    put(watched, NEW, "2024-02-01")
    failed = command(*words, data=watched)
    assert failed.status == 2 and len(failed.lines) == 4
    (letter,) = (watched / "watches" / "dead-letters").iterdir()
    assert str(letter) in failed.err
    again = command(*words, "--since", "2024-01-15", data=watched)
    assert again.status == 1
    told_there = [json.loads(body)["reports"][0]["events"] for _, _, body in receiver.got]
    assert told_there[0] == failed.json_lines
    receiver.server.shutdown()
    receiver.server.server_close()
