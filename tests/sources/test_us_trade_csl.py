"""trade.gov's Consolidated Screening List: 23 real rows, the JSON form, odd files, the whole list."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import ListError
from allonym.model import NameKind, Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_labels import Labelled
from allonym.sources.us_trade_csl import FORMATS, SOURCES
from allonym.sources.us_trade_csl_row import Place, addresses, identifiers

CSV, JSON = FORMATS
EXCERPT = Path(__file__).parent / "data" / "us_trade_csl.csv"
LIST = Path(__file__).parents[3] / "shared" / "lists" / "us_trade_csl" / "consolidated_2022-05.csv"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"


def read(path: Path, form: Format = CSV) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in form.read(Bundle(form, path), report) if isinstance(s, Statement)], report


def of(statements: list[Statement], entity_id: str, prop: str) -> list[str]:
    return [s.value for s in statements if s.entity_id == entity_id and s.prop == prop]


def named(statements: list[Statement], name: str) -> str:
    return next(s.entity_id for s in statements if s.prop == "name" and s.value == name)


def sanctions(statements: list[Statement], entity_id: str) -> list[dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for s in statements:
        if s.schema == "Sanction" and s.entity_id.startswith(f"{entity_id}-sanction-"):
            found.setdefault(s.entity_id, {}).setdefault(s.prop, []).append(s.value)
    return list(found.values())


def write_json(folder: Path, *results: object) -> Path:
    path = folder / "consolidated.json"
    path.write_text(json.dumps({"results": results}), encoding="utf-8")
    return path


def test_person() -> None:
    assert CSV.recognise(EXCERPT, EXCERPT.read_bytes()[:8192])
    assert not JSON.recognise(EXCERPT, EXCERPT.read_bytes()[:8192])
    assert CSV.date(Bundle(CSV, EXCERPT)) is None
    statements, _ = read(EXCERPT)
    name = next(s for s in statements if s.entity_id == "csl-17291" and s.prop == "name")
    assert name.schema == "Person"
    assert name.value == "'Abd al-Malik Muhammad Yusuf 'Uthman 'ABD AL-SALAM"
    assert name.original == "'ABD AL-SALAM, 'Abd al-Malik Muhammad Yusuf 'Uthman"
    assert of(statements, "csl-17291", "alias")[1:] == ["'Umar al-Qatari", "'Umar al-Tayyar"]
    assert of(statements, "csl-17291", "birthDate") == ["1989-07-13"]
    assert of(statements, "csl-17291", "nationality") == ["jo"]
    passport = {s.prop: s.value for s in statements if s.schema == "Passport" and s.entity_id.startswith("csl-17291")}
    assert (passport["number"], passport["country"], passport["startDate"], passport["endDate"]) == (
        "K475336", "jo", "2009-08-31", "2014-08-30",
    )  # fmt: skip
    (sanction,) = sanctions(statements, "csl-17291")
    assert sanction["authority"] == ["Office of Foreign Assets Control"]
    assert (sanction["program"], sanction["recordId"]) == (["SDGT"], ["17291"])
    assert named(statements, "Feliciano Semborio DELOS REYES Jr.")


def test_one_date_of_a_document_is_not_guessed_at() -> None:
    statements, _ = read(EXCERPT)
    (date,) = [s for s in statements if s.entity_id.startswith("csl-7826-identification") and s.prop == "date"]
    assert (date.value, date.qualifier) == ("2012-10-30", "issued_or_expires")


@pytest.mark.parametrize(
    ("name", "authority", "topics", "start"),
    [
        ("3K Aviation Consulting and Logistics", "Bureau of Industry and Security", ["export.control"], ["2018-09-04"]),
        ("AECC Harbin Dongan Engine Co., Ltd.", "Bureau of Industry and Security", ["export.control"], ["2020-12-23"]),
        ("ABDIEL PADRON MADRID", "Bureau of Industry and Security", ["debarment", "export.control"], ["2022-02-10"]),
        ("Abraham Trujillo", "U.S. Department of State", ["debarment", "export.control"], []),
        ("Agroplast, a.s.", "U.S. Department of State", ["sanction", "export.control"], ["1999-11-17"]),
        ("All-Russian Scientific Research Institute of Experimental Physics (VNIIEF)",
         "Bureau of Industry and Security", ["export.control"], []),
    ],
)  # fmt: skip
def test_lists_of_state_and_commerce(name: str, authority: str, topics: list[str], start: list[str]) -> None:
    statements, _ = read(EXCERPT)
    entity_id = named(statements, name)
    assert next(s.schema for s in statements if s.entity_id == entity_id) == "LegalEntity"
    assert of(statements, entity_id, "topics") == topics
    (sanction,) = sanctions(statements, entity_id)
    assert sanction["authority"] == [authority]
    assert sanction.get("startDate", []) == start


def test_licence_rules_and_notices() -> None:
    statements, _ = read(EXCERPT)
    (sanction,) = sanctions(statements, named(statements, "3K Aviation Consulting and Logistics"))
    assert sanction["provisions"] == [
        "License requirement: For all items subject to the EAR. (See §744.11 of the EAR)",
        "License policy: Presumption of denial.",
    ]
    assert sanction["reason"] == ["83 FR 44824"]
    assert sanction["sourceUrl"] == ["http://bit.ly/1L47xrV"]


def test_links_vessels_and_odd_years() -> None:
    statements, report = read(EXCERPT)
    links = {(s.entity_id, s.prop): s.value for s in statements if s.schema == "UnknownLink"}
    assert ("csl-26860", "csl-10465") in {
        (links[entity_id, "subject"], links[entity_id, "object"]) for entity_id, _ in links
    }
    assert of(statements, "csl-24507", "operator") == ["csl-17227"]
    assert of(statements, "csl-34942", "imoNumber") == ["IMO9256860"]
    assert of(statements, "csl-34942", "flag") == ["ru"]
    assert [i.original for i in report.issues if "startDate" in i.message] == ["0097-06-30"]
    assert any(s.value == "0097-06-30" and s.qualifier == "unparsed:startDate" for s in statements)


def test_rows_of_one_number_stay_apart() -> None:
    statements, report = read(EXCERPT)
    banks = [s.entity_id for s in statements if s.prop == "name" and s.value == "BANCO VTB AFRICA SA"]
    assert len(set(banks)) == 3
    assert banks[0] == "csl-18725"
    titles = [sanctions(statements, bank)[0]["summary"][0] for bank in banks]
    assert [title.partition(" (")[2] for title in titles] == ["CAP)", "SDN)", "SSI)"]
    # BANK OF KUNLUN is twice on one list, with the same address
    kunlun = {s.entity_id for s in statements if s.prop == "name" and s.value == "BANK OF KUNLUN CO LTD"}
    assert len(kunlun) == 2
    assert Counter(i.code for i in report.issues)["duplicate_id"] == 3


def test_json_says_the_same_as_csv(tmp_path: Path) -> None:
    path = write_json(
        tmp_path,
        {
            "id": "17291", "source": SDN, "entity_number": 17291, "type": "Individual", "programs": ["SDGT"],
            "name": "'ABD AL-SALAM, 'Abd al-Malik Muhammad Yusuf 'Uthman", "title": None,
            "alt_names": ["'ABD-AL-SALAM, 'Abd al-Malik Muhammad Yusif", "'Umar al-Qatari", "'Umar al-Tayyar"],
            "addresses": [], "dates_of_birth": ["1989-07-13"], "nationalities": ["JO"], "citizenships": [],
            "places_of_birth": [], "source_list_url": "http://bit.ly/1I7ipyR",
            "source_information_url": "http://bit.ly/1MLgpye", "remarks": None,
            "ids": [
                {"type": "National ID No.", "number": "28940000602", "country": "QA"},
                {"type": "Passport", "number": "K475336", "country": "JO", "issue_date": "2009-08-31",
                 "expiration_date": "2014-08-30"},
            ],
        },
    )  # fmt: skip
    assert JSON.recognise(path, path.read_bytes()[:8192])
    found, report = read(path, JSON)
    assert not report.issues
    assert found == [s for s in read(EXCERPT)[0] if s.entity_id.startswith("csl-17291")]


def test_json_addresses_and_unknown_fields(tmp_path: Path) -> None:
    address = {"address": "5 Elm St", "city": "Oslo", "state": None, "postal_code": "0150", "country": "NO"}
    result = {"id": "1", "source": "Odd List - Ministry of Odd Lists", "name": "X", "type": "Robot",
              "addresses": [address], "mood": {"now": "bad"}}  # fmt: skip
    statements, report = read(write_json(tmp_path, result, {**result, "id": "2"}), JSON)
    parts = {s.prop: s.value for s in statements if s.entity_id.startswith("csl-1-address")}
    assert parts == {"full": "5 Elm St, Oslo, 0150, NO", "street": "5 Elm St", "city": "Oslo", "postalCode": "0150",
                     "country": "no"}  # fmt: skip
    assert of(statements, "csl-1", "notes") == of(statements, "csl-2", "notes") == ["type: Robot", "mood: bad"]
    assert Counter(i.code for i in report.issues) == {"unknown_field": 5}  # type and list twice, the field once


def test_json_counts_its_results(tmp_path: Path) -> None:
    path = write_json(
        tmp_path, {"id": "1", "source": "Entity List (EL) - Bureau of Industry and Security", "name": "A"}
    )
    path.write_text(path.read_text().replace("{", '{"total": 2, ', 1))
    _, report = read(path, JSON)
    assert report.publisher_count == 2
    assert [i.code for i in report.issues] == ["count"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"results": [', "line 1: the JSON breaks off"),
        ('{"results": {}}', "has no list of results"),
        ('{"results": [7]}', "result 1: is no object"),
        ('{"results": [{"name": "X"}]}', "result 1: has no _id, source"),
    ],
)
def test_damaged_json(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "consolidated.json"
    path.write_text(content)
    with pytest.raises(ListError, match=message):
        read(path, JSON)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("_id,name,entity_number,source_list_url,alt_names\n", "line 1: no column source"),
        ("_id,source,name\n1,X\n", "line 2: 2 columns, not 3"),
        ('_id,source,name\n1,"X\n', "line 2: the CSV breaks off"),
    ],
)
def test_damaged_csv(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "consolidated.csv"
    path.write_text(content)
    with pytest.raises(ListError, match=message):
        read(path)


def test_addresses_are_cut_where_a_country_ends() -> None:
    cell = "11th Floor; P.O. Box 113, Beirut, LB; SY; Ramallah II 970"
    assert list(addresses(cell)) == [
        Place("11th Floor; P.O. Box 113, Beirut", country="LB"), Place(country="SY"), Place("Ramallah II 970"),
    ]  # fmt: skip
    assert list(addresses("PHARR, TX, 78577; OSLO, NO", with_country=False)) == [
        Place("PHARR, TX, 78577"), Place("OSLO", country="NO"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("JO, 2014-08-30, 2009-08-31, K475336, Passport",
         Labelled("Passport", "K475336", country="JO", issued="2009-08-31", expires="2014-08-30")),
        ("2000-05-21, C 1415363, Passport", Labelled("Passport", "C 1415363", date="2000-05-21")),
        ("BE 454,419,759, V.A.T. Number", Labelled("V.A.T. Number", "BE 454,419,759")),
        ("Korea, North, Nationality of Registration", Labelled("Nationality of Registration", "Korea, North")),
        ("a; b, Secondary sanctions risk:", Labelled("Secondary sanctions risk:", "a; b")),
        ("44, Shoe Size", Labelled("Shoe Size", "44")),
        ("PA, Passport", Labelled("Passport", "PA")),
    ],
)  # fmt: skip
def test_identifiers(cell: str, expected: Labelled) -> None:
    assert list(identifiers(cell)) == [expected]


@given(st.text(alphabet="aA1;, -:", max_size=60))
def test_no_word_of_a_cell_is_lost(cell: str) -> None:
    def words(text: str) -> Counter[str]:
        return Counter(text.replace(";", " ").replace(",", " ").split())

    found = identifiers(cell, known=lambda label: label.strip() in ("A", "a1"))
    assert words(" ".join(f"{i.value} {i.label}" for i in found)) == words(cell)
    assert words(" ".join(f"{p.line} {p.country}" for p in addresses(cell))) == words(cell)


@pytest.mark.shared
def test_whole_list() -> None:
    if not LIST.exists():
        pytest.skip("../shared is not here")
    statements, report = read(LIST)
    schemata = Counter(s.schema for s in statements if s.name_kind is NameKind.PRIMARY)
    assert schemata == {"Person": 5286, "Organization": 4533, "LegalEntity": 3625, "Vessel": 433, "Airplane": 283}
    names = {s.entity_id for s in statements if s.name_kind is NameKind.PRIMARY}
    assert len(names) == 14_160
    codes = Counter(i.code for i in report.issues)
    assert codes["duplicate_id"] == 14_160 - 14_048
    assert codes["unknown_field"] == 0
    assert codes["unparsed"] <= 23
    born = {s.entity_id for s in statements if s.prop == "birthDate"}
    assert len(born) / 5286 > 3 * SOURCES[0].floors.with_birth_date
