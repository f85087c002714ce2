import csv
import datetime
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.sources import gb_ukcl

from . import xlsx_file
from .listing import Listing, shared

EXCERPT = Path(__file__).parent / "data" / "gb_ukcl.csv"


@pytest.fixture(scope="module")
def listed() -> Listing:
    return Listing(gb_ukcl.SOURCES, EXCERPT)


def test_the_first_line_dates_the_list(listed: Listing) -> None:
    assert listed.format.name == "conlist_csv"
    assert listed.format.date(listed.bundle) == datetime.date(2022, 5, 4)


def test_one_entry_a_group(listed: Listing) -> None:
    assert listed.entities() == 6
    assert listed.schemata()["Vessel"] == 1
    assert listed.schemata()["Person"] == 1


def test_names_by_kind(listed: Listing) -> None:
    assert listed.of("gb-7860", "name") == ["DJAMEL MOUSTFA"]
    assert listed.one("gb-7860", "name").original == "MOUSTFA, DJAMEL"
    assert listed.of("gb-7860", "lastName") == ["MOUSTFA"]
    assert listed.of("gb-7860", "weakAlias") == ["MUSTAFA"]
    script = [s for s in listed.statements if s.entity_id == "gb-7860" and s.qualifier == "original_script"]
    assert [s.value for s in script] == ["جمال مصطفى"]


def test_facts_on_many_rows_are_stated_once(listed: Listing) -> None:
    keys = [(s.entity_id, s.prop, s.value, s.lang, s.qualifier) for s in listed.statements]
    assert len(keys) == len(set(keys))
    original = [issue.original for issue in listed.report.issues if issue.entity_id == "gb-7860"]
    assert len(original) == len(set(original))


def test_labelled_segments(listed: Listing) -> None:
    assert listed.of("gb-14042", "phone")[0] == "+375177762032"
    assert listed.of("gb-14042", "email") == ["info@140zavod.org"]
    assert listed.of("gb-14042", "website") == ["http://www.140zavod.by/"]
    assert listed.of("gb-7860", "fatherName") == ["Djelalli Moustfa"]


def test_documents(listed: Listing) -> None:
    (document,) = listed.side("Identification", "holder", "gb-7860")
    assert document["number"] == ["20645897"]
    assert document["type"] == ["driving licence"]


def test_a_ship_and_its_owner(listed: Listing) -> None:
    assert listed.of("gb-13651", "imoNumber") == ["IMO7408873"]
    assert (listed.of("gb-13651", "flag"), listed.of("gb-13651", "pastFlags")) == (["kp"], ["ru"])
    (owner,) = listed.side("Ownership", "asset", "gb-13651")
    assert owner["owner"] == ["gb-13635"]


def test_one_sanction_a_regime(listed: Listing) -> None:
    sanctions = listed.side("Sanction", "entity", "gb-11241")
    assert [sanction["program"] for sanction in sanctions] == [["Iran (Nuclear)"], ["Syria"]]
    assert sanctions[0]["recordId"] == ["INU0082", "SYR0310"]
    (sanction,) = listed.side("Sanction", "entity", "gb-7860")
    assert (sanction["unscId"], sanction["authorityId"]) == (["QDi.129"], ["7860"])
    assert (sanction["listingDate"], sanction["startDate"]) == (["2003-09-29"], ["2003-09-23"])


def test_the_workbook_says_the_same(listed: Listing, tmp_path: Path) -> None:
    with EXCERPT.open(newline="") as file:
        path = xlsx_file.write(tmp_path / "ConList.xlsx", {"Data": list(csv.reader(file))})
    other = Listing(gb_ukcl.SOURCES, path)
    assert other.format.name == "conlist_workbook"
    assert other.statements == listed.statements


def test_older_headings(tmp_path: Path) -> None:
    lines = EXCERPT.read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace("National Identification Details", "NI Details").replace("Regime", "Extra,Regime")
    path = tmp_path / "ConList.csv"
    row = ["X", "Y"] + [""] * 26 + ["Entity", "Prime Alias", "", "kept", "Syria", "02/12/2011", "", "01/01/2020", "99"]
    path.write_text("".join(lines[:2]) + ",".join(row) + "\n")
    found = Listing(gb_ukcl.SOURCES, path)
    assert found.of("gb-99", "name") == ["Y X"]
    assert found.of("gb-99", "notes") == ["extra: kept"]
    assert "unknown_field" in found.codes()


def test_a_group_of_two_kinds_is_kept_apart(tmp_path: Path) -> None:
    lines = EXCERPT.read_text().splitlines(keepends=True)[:2]
    for kind in ("Individual", "Entity"):
        lines.append(",".join(["X"] + [""] * 27 + [kind, "Primary name", "", "Syria", "", "", "", "7"]) + "\n")
    (tmp_path / "ConList.csv").write_text("".join(lines))
    found = Listing(gb_ukcl.SOURCES, tmp_path / "ConList.csv")
    assert found.entities() == 2
    assert "duplicate_id" in found.codes()


def test_a_list_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "ConList.csv"
    path.write_bytes(EXCERPT.read_bytes()[:-300])
    with pytest.raises(ListError, match=r"ConList\.csv, line \d+"):
        Listing(gb_ukcl.SOURCES, path)


@pytest.mark.shared
def test_the_real_list() -> None:
    found = Listing(gb_ukcl.SOURCES, shared("gb_ukcl", "ConList_2022.xlsx"))
    schemata = found.schemata()
    assert (schemata["Person"], schemata["Organization"], schemata["Vessel"]) == (2771, 644, 15)
    floors = gb_ukcl.SOURCES[0].floors
    assert found.born() > floors.with_birth_date
    assert sum(1 for s in found.statements if s.name_kind) > floors.names
    assert found.codes() == {"unparsed", "unresolved_link", "no_primary_name"}


@pytest.mark.shared
def test_the_real_sample() -> None:
    found = Listing(gb_ukcl.SOURCES, shared("gb_ukcl", "ConList_sample_deriv.csv"))
    assert found.format.date(found.bundle) == datetime.date(2020, 4, 27)
    assert found.entities() == 6
