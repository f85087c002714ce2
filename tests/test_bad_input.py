"""Bad and hostile input through the command: one line that names the file and the remedy, and data as before."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import EXCERPTS, PEOPLE_2024, command, load, process, state
from tests.sources import xlsx_file

UN, SDN, EU = EXCERPTS / "un_sc.xml", EXCERPTS / "us_ofac" / "sdn.xml", EXCERPTS / "eu_fsf.xml"
DPL = EXCERPTS / "us_bis_dpl.txt"
UNKNOWN = "no FollowTheMoney JSON lines; check that it is the file the publisher offers"


def half(path: Path) -> bytes:
    whole = path.read_bytes()
    return whole[: len(whole) // 2]


def with_doctype(path: Path) -> bytes:
    """The list with an entity in front that expands to a billion words."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>'.encode()
    declaration, _, rest = path.read_bytes().partition(b"?>")
    return declaration + b"?>" + bomb + rest


def in_latin_1(path: Path) -> bytes:
    """The list in another encoding than it declares."""
    text = path.read_text(encoding="utf-8")
    return text.replace("<FIRST_NAME>", "<FIRST_NAME>Jos\u00e9 ", 1).encode("latin-1", "replace")


HTML = b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>\n"
#: file name, content, and what the one line must say beside the file's name
LISTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("un.xml", lambda: b"", "is empty; fetch the file again"),
    "unknown format": (
        "list.txt",
        lambda: b"name\tprice\nbolt\t12\n",
        UNKNOWN,
    ),
    "binary": ("list.bin", lambda: bytes(range(256)) * 40, UNKNOWN),
    "other XML": ("list.xml", lambda: b"<?xml version='1.0'?><books><book/></books>", "no list of a known format"),
    "HTML page": ("sdn.xml", lambda: HTML, UNKNOWN),
    "truncated UN": ("un.xml", lambda: half(UN), "the XML breaks off or is damaged"),
    "truncated SDN": ("sdn.xml", lambda: half(SDN), "the XML breaks off or is damaged"),
    "truncated EU": ("eu.xml", lambda: half(EU), "the XML breaks off or is damaged"),
    "entity bomb": ("un.xml", lambda: with_doctype(UN), "has a document type declaration"),
    "wrong encoding": ("un.xml", lambda: in_latin_1(UN), "the XML breaks off or is damaged"),
    "truncated FtM": ("mine.jsonl", lambda: PEOPLE_2024.read_bytes()[:-40], "line 6: no valid JSON"),
    "headings only": (
        "dpl.txt",
        lambda: DPL.read_bytes().split(b"\n")[0] + b"\n",
        "us_bis_dpl",
    ),
}


@pytest.mark.parametrize("what", LISTS)
def test_a_list_that_cannot_be_read(what: str, data: Path, tmp_path: Path) -> None:
    name, content, told = LISTS[what]
    path = tmp_path / name
    path.write_bytes(content())
    before = state(data)
    line = command("update", "--from", path, data=data).complaint(1 if what == "headings only" else 2)
    assert name in line and told in line
    assert state(data) == before


def test_a_missing_list_and_a_directory_in_its_place(data: Path, tmp_path: Path) -> None:
    before = state(data)
    missing = tmp_path / "nope.xml"
    (tmp_path / "folder").mkdir()
    for words, told in (
        (["--from", missing], f"{missing}: no such file or folder; check the path"),
        (["--from", tmp_path / "folder"], f"{tmp_path / 'folder'}: no list of a known format there"),
        (["ftm", "--from", missing, "--name", "mine"], f"{missing}: no such file; check the path"),
        (["ftm", "--from", tmp_path / "folder", "--name", "mine"], "is a directory; give one file"),
    ):
        assert told in command("update", *words, data=data).complaint(2)
    assert state(data) == before


def test_every_command_refuses_a_list_it_was_not_given(data: Path, tmp_path: Path) -> None:
    """The format that is asked for is the only one that is looked for."""
    line = command("update", "un_sc", "--from", SDN, data=data).complaint(2)
    assert str(SDN) in line
    assert [row["source"] for row in state(data)] == ["register"]


def test_control_characters_are_read_as_blanks_and_reported(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(UN.read_bytes().replace(b"</COMMENTS1>", b"\x03\x1b</COMMENTS1>", 1))
    assert command("update", "--from", path, data=data).status == 0
    issues = command("sources", "--issues", "--source", "un_sc_extract", data=data)
    assert any("control_character: 1" in line for line in issues.lines)


def zip_bomb(path: Path) -> None:
    """A workbook of the UK's list whose sheet unpacks to some 600 MB."""
    xlsx_file.write(path, {"UKSanctionsList": [["Group ID", "Name 6", "Name 1"], [1, "A", "B"]]})
    blanks = b" " * (1 << 20)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(600):
            member.write(blanks)


def test_a_zip_bomb_as_workbook(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "conlist.xlsx"
    zip_bomb(path)
    assert path.stat().st_size < 1 << 20
    before = state(data)
    line = command("update", "--from", path, data=data).complaint(2)
    assert "conlist.xlsx" in line
    assert state(data) == before


def test_links_out_of_the_folder_are_not_followed(data: Path, tmp_path: Path) -> None:
    lists, secret = tmp_path / "lists", tmp_path / "secret"
    lists.mkdir()
    secret.mkdir()
    for file in ("sdn.csv", "alt.csv", "add.csv"):
        shutil.copy(EXCERPTS / "us_ofac" / file, lists / file)
    shutil.copy(UN, secret / "un.xml")
    (lists / "alt.csv").rename(secret / "alt.csv")
    (lists / "alt.csv").symlink_to(secret / "alt.csv")
    (lists / "un.xml").symlink_to(secret / "un.xml")
    (lists / "deep").symlink_to(secret, target_is_directory=True)
    (lists / "loop").symlink_to(lists, target_is_directory=True)
    ran = command("update", "--from", lists, data=data)
    assert ran.status == 0
    loaded = {row["source"]: row for row in state(data)}
    assert set(loaded) == {"register", "us_ofac_sdn_extract"}
    assert loaded["us_ofac_sdn_extract"]["names"]["alias"] == 0


def test_formulas_in_a_list_and_in_customers_are_defused(data: Path, tmp_path: Path) -> None:
    names = ["=cmd|' /C calc'!A0", "+Alba Quill", "-Alba Quill", "@Alba Quill", "\tAlba Quill"]
    lines = [{"id": f"{n}=1", "schema": "Person", "properties": {"name": [name], "idNumber": ["=2+5"]}}
             for n, name in enumerate(names)]  # fmt: skip
    (tmp_path / "mine.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    load(data, tmp_path / "mine.jsonl", "mine", "2025-01-01")
    (tmp_path / "customers.csv").write_text("id,name\n=1+1,\"=cmd|' /C calc'!A0\"\n@x,+Alba Quill\n")
    ask = ("screen", "--input", tmp_path / "customers.csv", "--threshold", "0", "--format", "csv")
    text = command(*ask, data=data).text
    assert text.count("Alba Quill") > 4
    for cell in text.replace("\r\n", ",").split(","):
        assert not cell.strip('"').startswith(("=", "+", "-", "@", "\t")), cell


# -- a list that fails its floors ------------------------------------------------------------------------------------

HEADINGS, *ROWS = DPL.read_text(encoding="latin-1").splitlines()


def denied(path: Path, count: int) -> Path:
    """A list of the Bureau of Industry and Security with so many entries, each with another name."""
    cells = [row.split("\t") for row in ROWS[:1] * count]
    rows = ["\t".join([f"Zebulon Quartermain {n:04d}", *row[1:]]) for n, row in enumerate(cells)]
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="latin-1")
    return path


@pytest.mark.parametrize(("whole", "shrunk"), [(500, 250), (300, 150)])
def test_a_list_that_shrank_by_half(whole: int, shrunk: int, data: Path, tmp_path: Path) -> None:
    """250 entries are enough for this list, and too few after 500; 150 are too few at any time."""
    assert command("update", "--from", denied(tmp_path / "dpl.txt", whole), data=data).status == 0
    before = state(data)
    denied(tmp_path / "dpl.txt", shrunk)
    refused = command("update", "--from", tmp_path / "dpl.txt", data=data).complaint(1)
    assert f"us_bis_dpl, dpl.txt: {shrunk} entries" in refused and "use --accept-shrinkage" in refused
    assert state(data) == before
    assert command("screen", f"Zebulon Quartermain {whole - 1:04d}", data=data).status == 0
    accepted = command("update", "--from", tmp_path / "dpl.txt", "--accept-shrinkage", data=data)
    assert accepted.status == 0 and accepted.text.startswith("+ us_bis_dpl: ")
    rows = [row for row in state(data) if row["source"] == "us_bis_dpl"]
    assert [(row["entries"]["LegalEntity"], row["accepted_shrinkage"]) for row in rows] == [
        (whole, False), (shrunk, True)
    ]  # fmt: skip
    assert not any(row["extract"] for row in state(data))


def test_a_small_loss_is_no_alarm(data: Path, tmp_path: Path) -> None:
    for count in (500, 490):
        ran = command("update", "--from", denied(tmp_path / "dpl.txt", count), data=data)
        assert ran.status == 0, ran
    assert not any(row["accepted_shrinkage"] for row in state(data))


# -- queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.csv", None, "no such file; check the path"),
        ("missing", None, "no such file; check the path"),
        ("empty.csv", b"", "is empty; give a file with headings and rows"),
        ("data.xyz", b"name\nx\n", ".xyz is no format that is read; give .csv, "),
        ("book.csv", b"PK\x03\x04rest", "is an Excel workbook or zip archive, no text; save it as CSV"),
        ("noname.csv", b"colour,size\nred,1\n", '"colour", "size"; say which one is the name with --map'),
        ("broken.parquet", b"PAR1 and no more", "broken.parquet"),
        ("noobject.jsonl", b"[1]\n[2]\n", "has no JSON object in it; give one object a line"),
    ],
)  # fmt: skip
def test_customers_that_cannot_be_read(name: str, content: bytes | None, told: str, data: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    before = state(data)
    line = command("screen", "--input", path, "--output", tmp_path / "hits.csv", data=data).complaint(2)
    assert name in line and told in line
    assert state(data) == before
    assert not (tmp_path / "hits.csv").exists()


def test_a_directory_in_place_of_customers(data: Path, tmp_path: Path) -> None:
    for name in ("folder", "folder.csv"):
        (tmp_path / name).mkdir()
        line = command("screen", "--input", tmp_path / name, data=data).complaint(2)
        assert line == f"allonym: {tmp_path / name}: is a directory; give one file"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("A" * 100_000, "has 100,000 characters, more than 1,000; give the name alone"),
        ("...!!!", "the name '...!!!' has no letter or digit; give a name to search for"),
        ("", "has no letter or digit"),
        ("\x1b[!", "has no letter or digit"),
    ],
)
def test_names_that_cannot_be_searched(name: str, told: str, data: Path) -> None:
    for words in (("screen", name), ("screen", "good name", name), ("compare", "good name", name)):
        line = command(*words, data=data).complaint(2)
        assert told in line and len(line) < 300 and "\x1b" not in line
    assert not (data / "records").exists()


@pytest.mark.parametrize("name", ["A" * 100_000, "...!!!"])
def test_customers_of_which_none_can_be_searched(name: str, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"name\n{name}\n")
    ran = command("screen", "--input", path, data=data)
    assert ran.status == 2
    assert any(line.startswith(f"{path}, line 2: ") for line in ran.told)
    assert ran.told[-1].startswith(f"allonym: {path}: has no row that can be screened")


def test_bytes_that_are_no_text_as_a_name(data: Path) -> None:
    ran = process("screen", os.fsdecode(b"Jos\xe9 Maria"), data=data)
    assert "has bytes that are no text; give it as UTF-8" in ran.complaint(2)
