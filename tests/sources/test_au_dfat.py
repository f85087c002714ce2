import csv
import datetime
from pathlib import Path

import pytest

from allonym.sources import au_dfat, au_remark
from allonym.sources.entry import Entry, Report

from . import xlsx_file
from .listing import Listing, shared

EXCERPT = Path(__file__).parent / "data" / "au_dfat.csv"


def rows() -> list[list[object]]:
    with EXCERPT.open(newline="") as file:
        lines = list(csv.reader(file))
    # Whole references are numbers in the real file, references with a letter are text.
    return [[float(line[0]) if line[0].isdigit() else line[0], *line[1:]] for line in lines]


@pytest.fixture
def listed(tmp_path: Path) -> Listing:
    return Listing(au_dfat.SOURCES, xlsx_file.write(tmp_path / "list.xlsx", {"Sheet1": rows(), "Sheet2": []}))


def test_rows_of_one_number_are_one_entry(listed: Listing) -> None:
    assert listed.entities() == 5
    assert listed.of("au-756", "name") == ["Yahya Rahim Safavi"]
    assert listed.of("au-756", "alias") == ["Yahya Raheem Safavi"]
    assert "عبدالحی مطمئن" in listed.of("au-51", "alias")


def test_lists_within_cells(listed: Listing) -> None:
    assert listed.of("au-2", "title") == ["Mullah", "Haji"]
    assert listed.of("au-2", "birthDate") == ["1955", "1958", "1945", "1950"]
    assert listed.of("au-51", "birthPlace")[1] == "Zabul Province, Afghanistan"
    assert listed.of("au-2", "position")[3] == "Political Advisor of Mullah Mohammed Omar"
    assert listed.of("au-2", "address") == []


def test_listing_and_amendments(listed: Listing) -> None:
    (sanction,) = listed.side("Sanction", "entity", "au-2")
    assert sanction["listingDate"] == ["2001-01-25"]
    assert sanction["modifiedAt"] == ["2005-12-20", "2007-07-09", "2007-09-21", "2011-11-29", "2014-12-15"]
    assert sanction["program"] == ["1988 (Taliban)"]


def test_facts_are_stated_once(listed: Listing) -> None:
    keys = [(s.entity_id, s.prop, s.value, s.lang, s.qualifier) for s in listed.statements]
    assert len(keys) == len(set(keys))


def test_the_latest_control_date_dates_the_list(listed: Listing) -> None:
    dates = [str(row[-1]) for row in rows()[1:]]
    assert listed.format.date(listed.bundle) == datetime.date.fromisoformat(max(dates))


def test_excel_serials_and_years_in_one_column(tmp_path: Path) -> None:
    lines = [*rows()[:1], [9.0, "A B", "Individual", "Primary Name", 20000, *[""] * 7]]
    lines.append(["9a", "C D", "individual", "Aka", 1954, *[""] * 7])
    found = Listing(au_dfat.SOURCES, xlsx_file.write(tmp_path / "list.xlsx", {"S": lines}))
    assert found.of("au-9", "birthDate") == ["1954-10-03", "1954"]


@pytest.mark.parametrize(
    ("text", "listed", "modified"),
    [
        ("Listed on: 26 Jan. 2004, (amended on 21 March 2012, 1 May 2019).", ["2004-01-26"],
         ["2012-03-21", "2019-05-01"]),
        ("Designated under the Regulations 2011 on 2 March 2012. Relisted on 23 January 2021.", ["2012-03-02"],
         ["2021-01-23"]),
        ("Listed by UN 1267 and 1989 Committee on 12 August 2011", ["2011-08-12"], []),
        ("2020-07-16", ["2020-07-16"], []),
        ("Autonomous Sanctions Amendment (No. 4) Instrument 2022", [], []),
    ],
)  # fmt: skip
def test_listing_information(text: str, listed: list[str], modified: list[str]) -> None:
    sanction = Entry("s", "Sanction", Report())
    au_remark.listing(sanction, text)
    found = list(sanction.statements())
    assert [s.value for s in found if s.prop == "listingDate"] == listed
    assert [s.value for s in found if s.prop == "modifiedAt"] == modified
    assert [s.value for s in found if s.prop == "summary"] == [text]


def test_passports_in_additional_information() -> None:
    entry = Entry("x", "Person", Report())
    au_remark.additional(
        entry,
        "Passport no.: a) Indian number A-333602, issued on 4 Jun. 1985 b) Pakistani number E 12345. Gender: male. "
        "National identification no.: 054-01. Son of X.",
    )
    found = [(s.schema, s.prop, s.value) for s in entry.statements()]
    assert ("Person", "passportNumber", "A-333602") in found
    assert ("Passport", "country", "in") in found
    assert ("Passport", "startDate", "1985-06-04") in found
    assert ("Person", "gender", "male") in found
    assert ("Person", "idNumber", "054-01") in found


@pytest.mark.shared
def test_the_real_list() -> None:
    found = Listing(au_dfat.SOURCES, shared("au_dfat", "regulation8_consolidated_2022.xls"))
    schemata = found.schemata()
    assert (schemata["Person"], schemata["Organization"]) == (2086, 580)
    floors = au_dfat.SOURCES[0].floors
    assert found.born() > floors.with_birth_date
    assert sum(1 for s in found.statements if s.name_kind) > floors.names
    assert found.codes() == {"unparsed"}
    assert found.format.date(found.bundle) == datetime.date(2022, 5, 4)
