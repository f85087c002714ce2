"""`allonym same`, `merge` and `split`: one actor across lists, and what people judge."""

import json
from pathlib import Path

import pytest

import allonym
from allonym.pipeline import activate
from allonym.resolution.resolve import Resolver
from allonym.store import Store
from tests.command import command, copied, load, state
from tests.store.lists import entry, sanction
from tests.store.lists import load as load_list

BORN = {"birthDate": "1961-03-07", "nationality": "xk"}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    """The register, and one person in three official lists and a file of the user's. Not to be changed."""
    folder = copied(new_folder, tmp_path_factory.mktemp("same") / "data")
    with Store.open(folder) as store:
        un = [*entry("un-1", name="VALDRIN OSTREMBA KASTRATI", **BORN), *sanction("un-1", "Somalia")]
        load_list(store, "2026-01-01", un, source="un_sc")
        load_list(store, "2026-01-02", entry("ofac-7", name="Valdrin Ostremba KASTRATI", alias="The Miller", **BORN),
                  source="us_ofac_sdn")  # fmt: skip
        load_list(store, "2026-01-03", entry("eu-3", name="Valdrin Ostremba Kastrati", **BORN), source="eu_fsf")
        with store.loading() as loading:
            Resolver(store, folder).after_update(loading, activate(loading, store, folder))
    file = folder.parent / "mine.jsonl"
    file.write_text(
        json.dumps({"id": "m-1", "schema": "Person", "properties": {"name": ["Waldrin Kastrati-Ostremba"]}})
    )
    load(folder, file, "mine", "2026-01-04")
    return folder


@pytest.fixture
def data(tmp_path: Path, lists: Path) -> Path:
    return copied(lists, tmp_path / "data")


def entries(data: Path, asked: str) -> set[str]:
    return {member["entry"] for member in command("same", asked, "--format", "json", data=data).json["members"]}


def test_one_actor_across_lists(lists: Path) -> None:
    ran = command("same", "valdrin ostremba kastrati", data=lists)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[0] == "un-1: 3 entries"
    for part in ("ofac-7", "eu-3", "by matching on", "same date of birth", "[us_ofac_sdn]"):
        assert part in ran.text
    pair = command("same", "eu-3", "ofac-7", data=lists)
    assert pair.status == 0 and pair.lines[0] == "eu-3 and ofac-7 are one actor"
    apart = command("same", "eu-3", "m-1", data=lists)
    assert (apart.status, apart.text) == (1, "eu-3 and m-1 are not taken for one actor\n")


def test_screening_and_dossiers_show_it_once(lists: Path) -> None:
    with allonym.open(lists) as opened:
        (hits,) = opened.screen(["Valdrin Ostremba Kastrati"])
        assert hits[0].entity_id == "un-1" and set(hits[0].referents) == {"un-1", "ofac-7", "eu-3"}
        (single,) = opened.screen(["Valdrin Ostremba Kastrati"], merged=False)
        assert {"un-1", "ofac-7", "eu-3"} <= {hit.entity_id for hit in single}
    shown = command("show", "ofac-7", data=lists)
    assert shown.status == 0
    assert "Note: ofac-7 is an entry of un-1; this is the dossier of both." in shown.text
    born = next(line for line in shown.lines if "birthDate: 1961-03-07" in line)
    assert all(source in born for source in ("un_sc", "us_ofac_sdn", "eu_fsf")) and "The Miller" in shown.text


def test_statements_and_json_of_an_actor_have_every_entry_that_was_decided(lists: Path) -> None:
    found = command("show", "un-1", "--format", "json", data=lists).json
    assert found["datasets"][0] == "un_sc" and set(found["datasets"]) == {"un_sc", "us_ofac_sdn", "eu_fsf"}
    assert set(found["referents"]) == {"ofac-7", "eu-3"}
    assert command("show", "un-1", "--statements", data=lists).text.count(" says\n") == 3
    assert command("show", "eu-3", "--statements", data=lists).text.count(" says\n") == 1


def test_a_person_joins_and_parts(data: Path) -> None:
    ran = command("merge", "un-1", "m-1", "--reason", "seen the passport", "--by", "anna", data=data)
    assert (ran.status, ran.err) == (0, "") and ran.lines[0] == "un-1: 4 entries"
    assert entries(data, "m-1") == {"un-1", "ofac-7", "eu-3", "m-1"}
    assert command("show", "m-1", data=data).lines[0].endswith("un-1)")
    again = command("merge", "m-1", "un-1", data=data)
    assert again.status == 0 and again.lines[-1] == "Nothing new: this was judged before."
    refused = command("split", "m-1", "un-1", "--by", "ben", data=data).complaint(status=1)
    assert "m-1 and un-1 were judged the same: un-1 = m-1 by anna, no. " in refused and "--undo" in refused
    number = refused.rsplit(" ", 1)[1]
    assert command("same", "--undo", number, "--by", "ben", data=data).lines == [
        "taken back: 1; entries that changed: 1"
    ]
    assert entries(data, "m-1") == {"m-1"}
    told = command("same", "m-1", data=data).text
    assert f"no. {number}, taken back on " in told and "by ben" in told


def test_a_single_entry_leaves_its_actor_and_a_reload_changes_nothing(data: Path) -> None:
    ran = command("split", "eu-3", "--reason", "another father", "--by", "anna", data=data)
    assert ran.status == 0 and ran.lines[0] == "eu-3: 1 entry"
    assert entries(data, "un-1") == {"un-1", "ofac-7"}
    assert command("update", "register", data=data).status == 0
    assert entries(data, "un-1") == {"un-1", "ofac-7"} and entries(data, "eu-3") == {"eu-3"}
    with allonym.open(data) as opened:
        (hits,) = opened.screen(["Valdrin Ostremba Kastrati"])
        assert [hit.entity_id for hit in hits][:2] in (["eu-3", "un-1"], ["un-1", "eu-3"])


def test_the_id_that_gave_the_name_leaves(data: Path) -> None:
    """The others get a new one; who asks for the old one is led to where its entry is."""
    assert command("split", "un-1", "--by", "anna", data=data).status == 0
    assert entries(data, "ofac-7") == {"ofac-7", "eu-3"}
    assert command("show", "un-1", data=data).lines[0].endswith("un-1)")
    assert command("show", "eu-3", data=data).lines[0].endswith("ofac-7)")


def test_a_run_is_repeated_as_it_was_before_a_judgement(data: Path, tmp_path: Path) -> None:
    """What was known that day stays provable: the same output, byte for byte, with the actors of then."""
    customers = tmp_path / "customers.csv"
    customers.write_text("id,name\n1,Valdrin Ostremba Kastrati\n")
    first = command("screen", "--input", customers, "--format", "jsonl", data=data)
    assert first.json_lines[0]["entity_id"] == "un-1"
    assert command("split", "un-1", "--by", "anna", data=data).status == 0
    again = command("screen", "--input", customers, "--format", "jsonl", data=data)
    assert {line["entity_id"] for line in again.json_lines} >= {"ofac-7", "un-1"} and again.out != first.out
    repeated = command("screen", "--repeat", first.record, data=data)
    assert repeated.out == first.out and "the same output, byte for byte" in repeated.err
    then = command("screen", "--input", customers, "--format", "jsonl", "--known-at", "2026-01-01", data=data)
    assert then.status in (0, 1)


def test_what_was_known_before_a_judgement(data: Path) -> None:
    command("split", "eu-3", "--by", "anna", data=data)
    ran = command("show", "eu-3", "--known-at", "2026-01-01", data=data)
    assert ran.status == 0 and ran.lines[0].endswith("(Person, eu-3)"), ran


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["same"], "give an entity, --review or --undo NUMBER"),
        (["same", "un-1", "--review"], "give an entity, --review or --undo NUMBER"),
        (["merge", "un-1"], "name two entries or more"),
        (["split", "m-1"], "is with nobody"),
        (["merge", "un-1", "m-1", "--by", " "], "--by: give the name"),
        (["merge", "un-1", "m-1", "--reason", "x" * 3_000], "the reason has 3,000 characters"),
    ],
)
def test_wrong_use(lists: Path, words: list[str], told: str) -> None:
    before = state(lists)
    assert told in command(*words, data=lists).complaint()
    assert state(lists) == before


def test_who_is_not_there(lists: Path) -> None:
    assert "nobody is listed as" in command("merge", "un-1", "Quinby Oxenthorpe", data=lists).complaint(status=1)
    assert "no decision 9999 stands" in command("same", "--undo", "9999", data=lists).complaint(status=1)
    ran = command("same", "--review", data=lists)
    assert (ran.status, ran.text) == (1, "nothing waits to be judged\n")


def test_names_from_lists_are_safe_to_print(data: Path) -> None:
    with Store.open(data) as store:
        load_list(store, "2026-02-01", entry("ca-sema-1", name="Valdrin \x1b[31mOstremba\u202e Kastrati", **BORN),
                  source="ca_sema")  # fmt: skip
        with store.loading() as loading:
            Resolver(store, data).after_update(loading, activate(loading, store, data))
    ran = command("same", "ca-sema-1", data=data)
    assert ran.status == 0 and "\x1b" not in ran.text and "\u202e" not in ran.text
    assert command("same", "--review", "--format", "json", data=data).status in (0, 1)
