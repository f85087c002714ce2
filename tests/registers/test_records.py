"""Reading register files: a damaged one gives one line that names file and object."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import allonym.registers.records as records
from allonym.errors import ListError
from allonym.model import NameKind
from allonym.registers.records import ABOUT, FILES, load

SHIPPED = Path(records.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (ABOUT, *FILES):
        shutil.copy(SHIPPED / name, tmp_path / name)
    return tmp_path


def first(folder: Path, file: str, **change: Any) -> None:
    path = folder / file
    found = json.loads(path.read_text(encoding="utf-8"))
    found[0] = {**found[0], **change}
    path.write_text(json.dumps(found), encoding="utf-8")


def test_names_keep_their_kind_origin_and_printed_form() -> None:
    maduro = next(actor for actor in load(SHIPPED).actors if actor.entity_id == "reg-nicolas-maduro")
    printed = next(name for name in maduro.names if name.printed)
    assert (printed.text, printed.printed, printed.kind) == (
        "Nicolas Maduro Moros",
        "Maduro Moros, Nicolas",
        NameKind.ALIAS,
    )
    assert printed.origin == "OFAC SDN list of 2024-05-07, entry 22790"


def test_programs_are_those_of_the_register_and_ofacs_tags() -> None:
    programs = {program.program_id: program for program in load(SHIPPED).programs}
    assert programs["FTO"].key == "US-FTO219"
    assert programs["UN-2653"].authority == "un-sc-2653"


@pytest.mark.parametrize("name", [ABOUT, *FILES])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ListError, match=f"{name}: a file of the register is missing"):
        load(folder)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[\n{]", r"actors\.json, line 2: no JSON"),
        ("", r"actors\.json, line 1: no JSON"),
        ("{}", r"actors\.json: should be a list of objects"),
        ("[3]", r"actors\.json, object 1: should be an object in braces"),
        ("[" * 100_000, r"actors\.json: cannot be read"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(folder: Path, text: str, told: str) -> None:
    (folder / "actors.json").write_text(text, encoding="utf-8")
    with pytest.raises(ListError, match=told):
        load(folder)


def test_a_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "actors.json").write_bytes(b"[\xff]")
    with pytest.raises(ListError, match=r"actors\.json: cannot be read"):
        load(folder)


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        ("measures.json", {"confidense": "high"}, "unknown field 'confidense'"),
        ("measures.json", {"targets": "reg-ms-13"}, "'targets' should be a list of texts"),
        ("measures.json", {"targets": [""]}, "'targets' should be a list of texts"),
        ("measures.json", {"amount": "5"}, "'amount' should be a whole number"),
        ("measures.json", {"amount": True}, "'amount' should be a whole number"),
        ("measures.json", {"status": 3}, "'status' should be text"),
        ("measures.json", {"dates": {}}, "'dates' should be a list of objects"),
        ("measures.json", {"dates": [{"kind": "signed"}]}, "'date' is missing"),
        ("measures.json", {"citations": [{"title": "x", "official": "yes"}]}, "'official' should be true or false"),
        ("actors.json", {"names": [{"text": "X", "kind": "nick", "origin": "x"}]}, "'nick' is no kind of name"),
        ("actors.json", {"note": " "}, "'note' should be text"),
    ],
)
def test_a_field_of_the_wrong_type_is_named_with_its_object(
    folder: Path, file: str, change: dict[str, Any], told: str
) -> None:
    first(folder, file, **change)
    with pytest.raises(ListError, match=told) as raised:
        load(folder)
    assert f"{file}, object 1" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_ofacs_programs_need_their_object(folder: Path) -> None:
    (folder / "ofac_programs.json").write_text('{"about": "x"}', encoding="utf-8")
    with pytest.raises(ListError, match="should be an object with 'programs'"):
        load(folder)


def test_about_without_a_licence_is_refused(folder: Path) -> None:
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    del about["licence"]
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ListError, match="'licence' is missing"):
        load(folder)
