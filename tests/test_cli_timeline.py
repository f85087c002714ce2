"""`allonym timeline`: who came and went, counted by hand on a made list, and drawn."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import allonym.dossier
from tests.command import Ran, command, load

SVG = "{http://www.w3.org/2000/svg}"


def entry(key: str, program: str, since: str | None = None, until: str | None = None) -> list[dict[str, Any]]:
    dates = {"listingDate": [since] if since else [], "endDate": [until] if until else []}
    return [{"id": key, "schema": "Person", "properties": {"name": [f"Name {key}"]}},
            {"id": f"s{key}", "schema": "Sanction",
             "properties": {"entity": [key], "program": [program], "authority": ["Ministry"], **dates}}]  # fmt: skip


#: Three snapshots: a stands all the time with a day, b without one; c comes on a stated day; d has a stated day that
#: the snapshot before contradicts; e goes, and comes back; f ended on a stated day; h is known by its year alone.
SNAPSHOTS = {
    "2024-01-31": [entry("a", "TIDE", "2020-03-05"), entry("b", "TIDE"), entry("e", "EBB", "2021-01-01"),
                   entry("h", "EBB", "2009")],
    "2025-01-31": [entry("a", "TIDE", "2020-03-05"), entry("b", "TIDE"), entry("c", "EBB", "2024-06-07"),
                   entry("d", "EBB", "2011-01-01"), entry("f", "TIDE", "2024-02-02"), entry("h", "EBB", "2009")],
    "2026-01-31": [entry("a", "TIDE", "2020-03-05"), entry("b", "TIDE"), entry("c", "EBB", "2024-06-07"),
                   entry("d", "EBB", "2011-01-01"), entry("e", "EBB", "2021-01-01"),
                   entry("f", "TIDE", "2024-02-02", "2025-09-30"), entry("h", "EBB", "2009")],
}  # fmt: skip
EXPECTED = {
    ("2020-03", "TIDE"): (1, 0, 0, 0), ("2021-01", "EBB"): (1, 0, 0, 0), ("2024-02", "TIDE"): (1, 0, 0, 0),
    ("2024-06", "EBB"): (1, 0, 0, 0), ("2025-01", "EBB"): (1, 1, 1, 1), ("2025-09", "TIDE"): (0, 1, 0, 0),
    ("2026-01", "EBB"): (1, 0, 1, 0), ("", "TIDE"): (1, 0, 0, 0), ("", "EBB"): (1, 0, 0, 0),
}  # fmt: skip


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    from tests.command import copied

    folder = copied(new_folder, tmp_path_factory.mktemp("moving") / "data")
    for day, entries in SNAPSHOTS.items():
        file = folder.parent / f"{day}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for lines in entries for line in lines))
        load(folder, file, "mine", day)
    return folder


def counted(ran: Ran) -> dict[tuple[str, str], tuple[int, ...]]:
    assert (ran.status, ran.err) == (0, "")
    rows = csv.reader(io.StringIO(ran.text, newline=""))
    assert next(rows)[:3] == ["period", "source", "group"]
    return {(row[0], row[2]): tuple(map(int, row[3:])) for row in rows}


def test_counted_by_hand(moving: Path) -> None:
    ran = command("timeline", "mine", "--by", "program", "--format", "csv", data=moving)
    assert counted(ran) == EXPECTED


def test_by_authority_and_year(moving: Path) -> None:
    ran = command("timeline", "mine", "--every", "year", "--format", "csv", data=moving)
    assert counted(ran) == {
        ("2020", "Ministry"): (1, 0, 0, 0), ("2021", "Ministry"): (1, 0, 0, 0), ("2024", "Ministry"): (2, 0, 0, 0),
        ("2025", "Ministry"): (1, 2, 1, 1), ("2026", "Ministry"): (1, 0, 1, 0), ("", "Ministry"): (2, 0, 0, 0),
    }  # fmt: skip
    quarter = command("timeline", "mine", "--by", "source", "--every", "quarter", "--format", "csv", data=moving)
    assert counted(quarter)["2024-Q2", "mine"] == (1, 0, 0, 0)


def test_only_some_months(moving: Path) -> None:
    asked = ("timeline", "mine", "--by", "program", "--format", "csv")
    ran = command(*asked, "--since", "2024-06-30", "--until", "2025-01-01", data=moving)
    assert counted(ran) == {key: EXPECTED[key] for key in (("2024-06", "EBB"), ("2025-01", "EBB"))}
    told = command(*asked, "--since", "2030-01-01", data=moving).complaint(1)
    assert "nothing there is dated" in told


def test_only_some_groups(moving: Path) -> None:
    asked = ("timeline", "mine", "--by", "program", "--format", "csv", "--only")
    assert counted(command(*asked, "tide", data=moving)) == {k: v for k, v in EXPECTED.items() if k[1] == "TIDE"}
    told = command(*asked, "NEAP", data=moving).complaint(2)
    assert told == "allonym: no program 'neap'; there are: EBB, TIDE"


def test_for_people(moving: Path) -> None:
    ran = command("timeline", "mine", "--by", "program", data=moving)
    assert ran.lines[0] == "mine: 3 snapshots, 2024-01-31 to 2026-01-31"
    assert "      4        1        1  EBB" in ran.lines
    assert any(line.startswith("2025-01        1        1* +") and "-" in line[26:] for line in ran.lines)
    assert "3 of these are dated by the first snapshot that shows them (*)" in ran.text
    assert "2 entries stood in the first snapshot without a date" in ran.text


def test_the_register_has_its_own_dates(new_folder: Path) -> None:
    found = counted(command("timeline", "register", "--format", "csv", data=new_folder))
    assert found["2025-11", "U.S. Department of State"][0] >= 1
    assert sum(removed for _, removed, *_ in found.values()) >= 1


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_pictures_are_the_same_twice(moving: Path, tmp_path: Path, format_: str) -> None:
    for asked in (("timeline", "mine", "--by", "program"), ("show", "e", "--as-of", "2025-06-01"),
                  ("show", "reg-cartel-de-los-soles", "--as-of", "2026-01-01"),
                  ("show", "reg-cartel-de-los-soles", "--network")):  # fmt: skip
        one, other = tmp_path / f"one.{format_}", tmp_path / f"other.{format_}"
        for output in (one, other):
            ran = command(*asked, "--output", output, data=moving)
            assert (ran.status, ran.out, ran.err) == (0, b"", "")
        assert one.read_bytes() == other.read_bytes()
        assert one.read_bytes().startswith(b"\x89PNG" if format_ == "png" else b"<")


def test_a_time_line_has_its_measures_as_text(new_folder: Path) -> None:
    ran = command("show", "cartel of the suns", "--as-of", "2026-01-01", "--format", "svg", data=new_folder)
    words = " ".join(etree.fromstring(ran.out).itertext())
    for text in ("Cartel de los Soles: time line to 2026-01-01", "2025-07-25 designation as Specially",
                 "Congress of Peru", "in force"):  # fmt: skip
        assert text in words
    assert "2026-11" not in words


def test_hostile_text_in_a_picture(data: Path, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> $\\frac{x$ \u202e & $y$"
    lines = entry("a", hostile, "2024-03-04")
    lines[0]["properties"]["name"] = [hostile]
    file = tmp_path / "h.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    load(data, file, "mine", "2025-01-01")
    for asked in (("timeline", "mine", "--by", "program"), ("show", "a")):
        for format_ in ("svg", "png"):
            ran = command(*asked, "--format", format_, data=data)
            assert ran.status == 0, ran
            if format_ == "svg":
                root = etree.fromstring(ran.out)
                assert not root.findall(f".//{SVG}script") and "\u202e" not in ran.text
                assert "$\\frac{x$" in "".join(root.itertext())
    table = command("timeline", "mine", "--by", "program", data=data).text
    assert "\u202e" not in table and "\\u202e" in table


def test_a_name_in_other_scripts(data: Path, tmp_path: Path) -> None:
    lines = entry("a", "TIDE", "2024-03-04")
    lines[0]["properties"]["name"] = ["محمد خطاب 金正恩 Николас"]
    file = tmp_path / "h.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    load(data, file, "mine", "2025-01-01")
    ran = command("show", "a", "--format", "svg", data=data)
    assert "محمد خطاب 金正恩 Николас" in "".join(etree.fromstring(ran.out).itertext())
    png = command("show", "a", "--format", "png", data=data)
    assert (png.status, png.err) == (0, "")


def test_without_the_extra_it_says_which(new_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "allonym.dossier.plots", raising=False)
    monkeypatch.delattr(allonym.dossier, "plots", raising=False)
    for asked in (("timeline",), ("show", "reg-cjng")):
        told = command(*asked, "--format", "png", data=new_folder).complaint(2)
        assert "pip install 'allonym[pictures]'" in told


def test_it_complains(moving: Path, tmp_path: Path) -> None:
    assert "unknown source nope" in command("timeline", "nope", data=moving).complaint(2)
    assert "is no date" in command("timeline", "--since", "May", data=moving).complaint(2)
    assert "says no format" in command("timeline", "--output", tmp_path / "x.pdf", data=moving).complaint(2)
    told = command("timeline", "--known-at", "2001-01-01", data=moving).complaint(1)
    assert "nothing was known here on 2001-01-01" in told
