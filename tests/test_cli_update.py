"""`allonym update`, from files."""

import shutil
from pathlib import Path

import pytest

from tests.command import EXCERPTS, PEOPLE_2024, command, load, state


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder for the lists of one test."""
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder


def test_a_new_data_folder_has_the_register(new_folder: Path) -> None:
    assert [row["source"] for row in state(new_folder)] == ["register"]


def test_update_register_says_that_it_is_loaded(data: Path) -> None:
    before = state(data)
    ran = command("update", "register", data=data)
    assert (ran.status, ran.err) == (0, "")
    assert ran.text == f"= register: {before[0]['snapshot']} is loaded already\n"
    assert state(data) == before


def test_update_from_a_file_and_again(data: Path) -> None:
    ran = command("update", "--from", EXCERPTS / "un_sc.xml", data=data)
    assert (ran.status, ran.err) == (0, "")
    assert ran.text.startswith("+ un_sc_extract: ")
    assert "taken as an extract, beside the list itself (un_sc, un_sc.xml: " in ran.text
    before = state(data)
    again = command("update", "--from", EXCERPTS / "un_sc.xml", data=data)
    assert (again.status, again.err) == (0, "")
    assert again.text.startswith("= un_sc_extract: ") and again.text.endswith(" is loaded already\n")
    assert state(data) == before


def test_update_from_a_folder_takes_every_list_and_names_the_rest(data: Path, lists: Path) -> None:
    (lists / "2024-03-05").mkdir()
    shutil.copy(EXCERPTS / "un_sc.xml", lists)
    shutil.copy(EXCERPTS / "eu_fsf.xml", lists)
    shutil.copy(PEOPLE_2024, lists / "2024-03-05" / "clients.jsonl")
    (lists / "un_page.xml").write_text("<!DOCTYPE html><html><body>Service unavailable</body></html>")
    ran = command("update", "--from", lists, data=data)
    assert (ran.status, ran.err) == (0, "")
    ignored, *loaded = ran.lines
    assert ignored == f"- {lists}: no list of a known format in un_page.xml"
    assert [line.split(":")[0] for line in loaded] == ["+ eu_fsf_extract", "+ ftm_clients", "+ un_sc_extract"]
    days = {row["source"]: (row["snapshot"], row["date_basis"]) for row in state(data)}
    assert days["ftm_clients"] == ("2024-03-05", "path")


def test_update_of_named_lists_takes_those_only(data: Path, lists: Path) -> None:
    shutil.copy(EXCERPTS / "un_sc.xml", lists)
    shutil.copy(EXCERPTS / "eu_fsf.xml", lists)
    ran = command("update", "eu_fsf", "--from", lists, data=data)
    assert ran.status == 0
    assert [row["source"] for row in state(data)] == ["eu_fsf_extract", "register"]
    missing = command("update", "ca_sema", "--from", lists, data=data)
    assert f"{lists}: no ca_sema list there" in missing.complaint(2)


def test_update_with_a_failing_list_among_good_ones(data: Path, lists: Path) -> None:
    shutil.copy(EXCERPTS / "eu_fsf.xml", lists)
    whole = (EXCERPTS / "un_sc.xml").read_bytes()
    (lists / "un_cut.xml").write_bytes(whole[: len(whole) // 2])
    ran = command("update", "--from", lists, data=data)
    assert ran.status == 1
    assert ran.text.startswith("+ eu_fsf_extract: ")
    damage, last = ran.told
    assert damage.startswith(f"! {lists / 'un_cut.xml'}, line ") and "fetch the file again" in damage
    assert last == "allonym: 1 of 2 lists not loaded (un_sc); what was there is kept"
    assert [row["source"] for row in state(data)] == ["eu_fsf_extract", "register"]


def test_update_with_nothing_but_failures_is_wrong_use(data: Path, lists: Path) -> None:
    for name in ("un_sc.xml", "eu_fsf.xml"):
        whole = (EXCERPTS / name).read_bytes()
        (lists / name).write_bytes(whole[: len(whole) // 2])
    before = state(data)
    ran = command("update", "--from", lists, data=data)
    assert (ran.status, ran.out) == (2, b"")
    assert ran.told[-1] == "allonym: 2 of 2 lists not loaded (eu_fsf, un_sc); what was there is kept"
    assert state(data) == before


def test_update_ftm_under_a_name(data: Path) -> None:
    ran = load(data, PEOPLE_2024, "people", "2024-01-31")
    assert ran.text == "+ people: 2024-01-31, 4 entries, 6 names\n"
    (row,) = [row for row in state(data) if row["source"] == "people"]
    assert (row["snapshot"], row["date_basis"], row["licence"]) == ("2024-01-31", "given", "as given by the user")
    assert row["entries"] == {"Person": 2, "Company": 1, "Vessel": 1}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ftm", "--name", "mine"], "an FtM file is loaded alone: allonym update ftm --from FILE --name NAME"),
        (["ftm", "--from", PEOPLE_2024], "an FtM file is loaded alone"),
        (["ftm", "un_sc", "--from", PEOPLE_2024, "--name", "mine"], "an FtM file is loaded alone"),
        (["--from", PEOPLE_2024, "--name", "mine"], "a name goes with FtM files only"),
        (["ftm", "--from", PEOPLE_2024, "--name", "un_sc"], "is the name of an official list; choose another"),
        (["ftm", "--from", PEOPLE_2024, "--name", "un_sc_extract"], "is the name of an official list"),
        (["ftm", "--from", PEOPLE_2024, "--name", "../mine"], "use small letters, digits and _"),
        (["ftm", "--from", PEOPLE_2024, "--name", "mine", "--as-of", "last week"], "write it as 2024-05-15"),
        (["nope"], "no list is called 'nope'; there are us_ofac_sdn, "),
    ],
)
def test_update_with_wrong_words(data: Path, words: list[object], told: str) -> None:
    before = state(data)
    assert told in command("update", *words, data=data).complaint(2)
    assert state(data) == before


def test_as_of_gives_the_snapshot_its_day(data: Path) -> None:
    command("update", "--from", EXCERPTS / "us_bis_dpl.txt", "--as-of", "2022-09-30", data=data)
    (row,) = [row for row in state(data) if row["source"].startswith("us_bis")]
    assert (row["snapshot"], row["date_basis"]) == ("2022-09-30", "given")


def test_an_extract_may_be_accepted_as_the_list(data: Path) -> None:
    file = EXCERPTS / "us_bis_dpl.txt"
    assert command("update", "--from", file, data=data).status == 0
    ran = command("update", "--from", file, "--accept-shrinkage", data=data)
    assert ran.status == 0 and ran.text.startswith("+ us_bis_dpl: ")
    accepted = {row["source"]: (row["accepted_shrinkage"], row["extract"]) for row in state(data)}
    assert accepted == {"register": (False, False), "us_bis_dpl": (True, False), "us_bis_dpl_extract": (False, True)}
