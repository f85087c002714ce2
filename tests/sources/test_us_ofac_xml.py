import datetime
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle
from allonym.sources.us_ofac_xml import FORMAT_CONS, FORMAT_SDN, is_cons

DATA = Path(__file__).parent / "data" / "us_ofac"
SDN = DATA / "sdn.xml"


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in FORMAT_SDN.read(Bundle(FORMAT_SDN, path), report) if isinstance(s, Statement)], report


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SDN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "sdn.xml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def of(statements: list[Statement], entity_id: str, *props: str) -> list[tuple[str, str]]:
    return [(s.prop, s.value) for s in statements if s.entity_id == entity_id and (not props or s.prop in props)]


def test_recognises_its_list_only() -> None:
    head = SDN.read_bytes()[:8192]
    assert FORMAT_SDN.recognise(SDN, head) and not FORMAT_CONS.recognise(SDN, head)
    other = Path("consolidated.xml")
    assert FORMAT_CONS.recognise(other, head) and not FORMAT_SDN.recognise(other, head)
    assert not FORMAT_SDN.recognise(SDN, b"<html><body>Access denied</body></html>")


def test_a_list_of_non_sdn_programs_is_the_non_sdn_list_whatever_its_name() -> None:
    assert is_cons(["NS-PLC", "NS-PLC", "SDGT"], Path("sdn.xml"))
    assert not is_cons(["SDGT", "NS-PLC", "CUBA"], Path("list.xml"))
    assert not is_cons([], Path("list.xml"))


def test_date_is_month_first() -> None:
    assert FORMAT_SDN.date(Bundle(FORMAT_SDN, SDN)) == datetime.date(2024, 5, 7)


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, "05/07/2024", "13/07/2024")
    with pytest.raises(ListError, match="Publish_Date 13/07/2024"):
        FORMAT_SDN.date(Bundle(FORMAT_SDN, path))


def test_entries_and_count() -> None:
    statements, report = read(SDN)
    assert report.publisher_count == 10
    assert len({s.entity_id for s in statements if s.schema in ("Person", "Organization", "Vessel", "Airplane")}) == 10
    assert {i.code for i in report.issues} == {"unresolved_link"}


def test_a_person() -> None:
    statements, _ = read(SDN)
    assert of(statements, "ofac-12057", "name", "firstName", "lastName", "birthDate", "birthPlace", "nationality") == [
        ("name", "Mohammad Reza NAQDI"), ("firstName", "Mohammad Reza"), ("lastName", "NAQDI"),
        ("birthDate", "1951"), ("birthDate", "1953"), ("birthDate", "1960"), ("birthDate", "1962"),
        ("birthDate", "1961-04"), ("birthDate", "1953"), ("birthPlace", "Najaf, Iraq"),
        ("birthPlace", "Tehran, Iran"), ("nationality", "ir"),
    ]  # fmt: skip
    passport = [s for s in statements if s.schema == "Passport"]
    assert [(s.prop, s.value) for s in passport if s.prop != "holder"] == [
        ("number", "U00618757"), ("type", "Passport"), ("country", "tr"), ("startDate", "2010-08-12"),
        ("endDate", "2020-08-11"),
    ]  # fmt: skip


def test_a_vessel_and_an_aircraft_with_their_links() -> None:
    statements, _ = read(SDN)
    assert of(statements, "ofac-15036", "name", "callSign", "type", "tonnage", "flag", "imoNumber", "mmsi") == [
        ("name", "ARTAVIL"), ("callSign", "T2EU4"), ("type", "Crude/Oil Products Tanker"), ("flag", "ir"),
        ("tonnage", "99144"), ("imoNumber", "IMO9187629"), ("mmsi", "572469210"),
    ]  # fmt: skip
    assert of(statements, "ofac-20861", "name", "model", "serialNumber", "registrationNumber") == [
        ("name", "N200VR"), ("model", "Gulfstream 200"), ("registrationNumber", "N200VR"), ("serialNumber", "133"),
    ]  # fmt: skip
    links = {s.entity_id: s.value for s in statements if s.schema == "UnknownLink" and s.prop == "object"}
    assert sorted(links.values()) == ["ofac-15117", "ofac-20264"]


def test_wallets_hang_on_their_holder() -> None:
    statements, _ = read(SDN)
    holders = [s.value for s in statements if s.schema == "CryptoWallet" and s.prop == "holder"]
    assert sorted(holders) == ["ofac-25308"] * 6 + ["ofac-28263"] * 8


def test_the_older_namespace_reads_the_same(tmp_path: Path) -> None:
    path = changed(
        tmp_path, "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
        "http://tempuri.org/sdnList.xsd",
    )  # fmt: skip
    assert read(path)[0] == read(SDN)[0]


def test_a_count_that_is_not_the_publisher_s_is_reported(tmp_path: Path) -> None:
    _, report = read(changed(tmp_path, "<Record_Count>10<", "<Record_Count>11<"))
    assert [i.message for i in report.issues if i.code == "count"] == [
        "the publisher counts 11 entries, the file has 10"
    ]


def test_two_entries_of_one_number_stay_apart(tmp_path: Path) -> None:
    statements, report = read(changed(tmp_path, "<uid>13446</uid>", "<uid>12057</uid>"))
    (issue,) = [i for i in report.issues if i.code == "duplicate_id"]
    assert issue.entity_id is not None and issue.entity_id.startswith("ofac-12057-")
    assert of(statements, issue.entity_id, "name") == [("name", "BUENOS AIRES SERVICIOS, S.A. DE C.V.")]
    assert of(statements, "ofac-12057", "name") == [("name", "Mohammad Reza NAQDI")]


def test_unknown_elements_are_kept_and_reported(tmp_path: Path) -> None:
    statements, report = read(changed(tmp_path, "<uid>13446</uid>", "<uid>13446</uid><risk>high</risk>"))
    assert ("notes", "sdnEntry/risk: high") in of(statements, "ofac-13446")
    assert [(i.code, i.entity_id) for i in report.issues if i.code == "unknown_field"] == [
        ("unknown_field", "ofac-13446")
    ]


@pytest.mark.parametrize("cut", [2000, 9000, 20_000])
def test_a_file_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "sdn.xml"
    path.write_bytes(SDN.read_bytes()[:cut])
    with pytest.raises(ListError, match=r"sdn\.xml, line \d+"):
        read(path)


@pytest.mark.parametrize("old", ["<uid>13446</uid>", "<lastName>BUENOS AIRES SERVICIOS, S.A. DE C.V.</lastName>"])
def test_an_entry_without_number_or_name_is_refused(tmp_path: Path, old: str) -> None:
    with pytest.raises(ListError, match=r"sdn\.xml, line \d+: an sdnEntry without"):
        read(changed(tmp_path, old, ""))
