import datetime
import json
from pathlib import Path

import pytest

from allonym.sources import gb_uksl

from . import xlsx_file
from .listing import Listing, shared

DATA = Path(__file__).parent / "data"
HEADINGS = (DATA / "gb_uksl_headings.csv").read_text().strip()
COLUMNS = HEADINGS.split(",")


def table(path: Path, *rows: dict[str, str], first: str = "Report Date: 24-Apr-2026") -> Path:
    lines = [first, HEADINGS]
    for row in rows:
        assert row.keys() <= set(COLUMNS)
        lines.append(",".join('"' + row.get(column, "") + '"' for column in COLUMNS))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


SHIP = {
    "Unique ID": "DPR0100", "OFSI Group ID": "13651", "Name 6": "SAM JONG 2", "Name type": "Primary Name",
    "Regime Name": "Democratic People's Republic of Korea", "Designation Type": "Ship", "Date Designated": "30/03/2018",
    "Last Updated": "31/12/2020", "Sanctions Imposed": "Asset freeze|Prohibition of port entry",
    "IMO number": "7408873", "Current owner/operator (s)": "Korea Samjong Shipping", "Previous flags": "Russia",
    "Current believed flag of ship": "North Korea", "Type of ship": "Oil tanker", "Tonnage of ship": "1676",
    "Length of ship": "80", "Year Built": "1975",
}  # fmt: skip
OWNER = {
    "Unique ID": "DPR0068", "Name 6": "Korea Samjong Shipping", "Name type": "Primary Name",
    "Regime Name": "Democratic People's Republic of Korea", "Designation Type": "Entity", "Address Line 1": "1 Dock St",
    "Address Postal Code": "95001", "Address Country": "North Korea", "Business registration number (s)": "4711",
    "Designation source": "UN", "UN Reference Number": "KPe.064",
}  # fmt: skip
PERSON = {
    "Unique ID": "AQD0164", "Name 6": "MOUSTFA", "Name 1": "DJAMEL", "Name type": "Primary Name", "D.O.B": "dd/mm/1973",
    "Regime Name": "ISIL (Da'esh) and Al-Qaida", "Designation Type": "Individual", "Nationality(/ies)": "Algeria",
    "Passport number": "A1", "Passport additional information": "Algerian, issued 4 Jun. 1985", "Gender": "Male",
}  # fmt: skip


@pytest.fixture
def official(tmp_path: Path) -> Listing:
    weak = PERSON | {"Name 6": "MUSTAFA", "Name 1": "", "Name type": "Alias", "Alias strength": "Low quality a.k.a",
                     "D.O.B": "26/08/1973"}  # fmt: skip
    variation = PERSON | {"Name 6": "MUSTAFA", "Name 1": "Djamel", "Name type": "Primary Name Variation"}
    return Listing(gb_uksl.SOURCES, table(tmp_path / "list.csv", SHIP, OWNER, PERSON, weak, variation))


def test_the_official_table(official: Listing) -> None:
    assert official.format.name == "uksl_table"
    assert official.format.date(official.bundle) == datetime.date(2026, 4, 24)
    assert official.entities() == 3
    assert not official.report.issues


def test_names_and_dates(official: Listing) -> None:
    person = "gb-uksl-AQD0164"
    assert official.of(person, "name") == ["DJAMEL MOUSTFA"]
    assert official.of(person, "alias") == ["Djamel MUSTAFA"]
    assert official.of(person, "weakAlias") == ["MUSTAFA"]
    assert official.of(person, "birthDate") == ["1973", "1973-08-26"]
    (passport,) = official.side("Passport", "holder", person)
    assert (passport["number"], passport["country"], passport["startDate"]) == (["A1"], ["dz"], ["1985-06-04"])


def test_a_ship_with_owner_and_provisions(official: Listing) -> None:
    (owner,) = official.side("Ownership", "asset", "gb-uksl-DPR0100")
    assert owner["owner"] == ["gb-uksl-DPR0068"]
    (sanction,) = official.side("Sanction", "entity", "gb-uksl-DPR0100")
    assert sanction["provisions"] == ["Asset freeze", "Prohibition of port entry"]
    assert (sanction["authorityId"], sanction["recordId"]) == (["DPR0100"], ["13651"])
    assert sanction["startDate"] == ["2018-03-30"]
    (sanction,) = official.side("Sanction", "entity", "gb-uksl-DPR0068")
    assert (sanction["unscId"], sanction["summary"]) == (["KPe.064"], ["Designation source: UN"])


def test_unusable_rows_are_reported_and_kept(tmp_path: Path) -> None:
    found = Listing(gb_uksl.SOURCES, table(tmp_path / "list.csv", OWNER | {"Unique ID": ""}, SHIP))
    assert found.entities() == 2
    assert found.codes() == {"unusable_row"}


def test_every_heading_of_the_table_is_mapped(tmp_path: Path) -> None:
    found = Listing(gb_uksl.SOURCES, table(tmp_path / "list.csv", dict.fromkeys(COLUMNS, "1") | PERSON))
    assert "unknown_field" not in found.codes()


def test_the_transformed_workbook(tmp_path: Path) -> None:
    sheets = json.loads((DATA / "gb_uksl_transformed.json").read_text())
    found = Listing(gb_uksl.SOURCES, xlsx_file.write(tmp_path / "t.xlsx", sheets))
    assert found.format.name == "uksl_transformed"
    assert found.entities() == 4
    assert found.of("gb-uksl-AFG0012", "name") == ["Shams Ur-Rahman ABDUL ZAHIR"]
    assert "Shams ur-Rahman Sher Alam" in found.of("gb-uksl-AFG0012", "weakAlias")
    assert set(found.of("gb-uksl-AFG0012", "idNumber")) == {"2132370", "812673"}
    assert found.of("gb-uksl-AFG0012", "birthCountry") == ["af"]
    assert found.of("gb-uksl-RUS2436", "innCode") == ["1656003409"]


def test_orphans_are_reported(tmp_path: Path) -> None:
    sheets = json.loads((DATA / "gb_uksl_transformed.json").read_text())
    sheets["subjects"] = [row for row in sheets["subjects"] if row[0] != "RUS2436"]
    found = Listing(gb_uksl.SOURCES, xlsx_file.write(tmp_path / "t.xlsx", sheets))
    assert found.entities() == 3
    assert "orphan" in found.codes()


@pytest.mark.shared
def test_the_real_workbook() -> None:
    found = Listing(gb_uksl.SOURCES, shared("gb_uksl", "uk_sanctions_transformed.xlsx"))
    schemata = found.schemata()
    assert (schemata["Person"], schemata["Organization"], schemata["Vessel"]) == (3883, 1531, 632)
    assert sum(1 for s in found.statements if s.name_kind) > 15_000
    assert found.codes() == {"unparsed"}
    assert found.format.date(found.bundle) == datetime.date(2026, 4, 29)
