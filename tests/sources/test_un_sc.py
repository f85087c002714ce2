"""The UN list: a golden excerpt (real entries of 2026-02-27, one of 2024-05-15), broken input, and the real files."""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import NameKind, Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle
from allonym.sources.un_sc import SOURCES

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "lists" / "un_sc"
SOURCE = SOURCES[0]
FORMAT = SOURCE.formats[0]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    found = list(FORMAT.read(Bundle(FORMAT, path), report))
    assert all(isinstance(s, Statement) for s in found)
    return [s for s in found if isinstance(s, Statement)], report


def write(tmp_path: Path, *individuals: str) -> Path:
    path = tmp_path / "consolidated.xml"
    body = "".join(f"<INDIVIDUAL>{entry}</INDIVIDUAL>" for entry in individuals)
    path.write_text(f"{HEAD}<INDIVIDUALS>{body}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def golden() -> tuple[list[Statement], Report]:
    return read(DATA / "un_sc.xml")


def values(statements: list[Statement], entity_id: str, prop: str) -> list[tuple[str, str | None]]:
    return [(s.value, s.qualifier) for s in statements if s.entity_id == entity_id and s.prop == prop]


def side(statements: list[Statement], entity_id: str, schema: str) -> list[dict[str, list[str]]]:
    """The side entities of an entry of one schema, each as its properties."""
    found: dict[str, dict[str, list[str]]] = {}
    for s in statements:
        if s.schema == schema and s.entity_id.startswith(f"{entity_id}-"):
            found.setdefault(s.entity_id, {}).setdefault(s.prop, []).append(s.value)
    return list(found.values())


def test_recognised_and_dated() -> None:
    path = DATA / "un_sc.xml"
    assert FORMAT.recognise(path, path.read_bytes()[:8192])
    assert not FORMAT.recognise(path, b"<html><body>Error</body></html>")
    assert FORMAT.date(Bundle(FORMAT, path)) == datetime.date(2026, 2, 27)


def test_names_of_an_entity(golden: tuple[list[Statement], Report]) -> None:
    statements, _ = golden
    assert values(statements, "un-6908402", "name") == [("ADF", None)]
    assert values(statements, "un-6908402", "alias") == [("Allied Democratic Forces", None)]
    assert ("NALU", None) in values(statements, "un-6908402", "previousName")
    whole = "COMPAGNIE AERIENNE DES GRANDS LACS (CAGL) ; GREAT LAKES BUSINESS COMPANY (GLBC)"
    (great_lakes,) = [s.entity_id for s in statements if s.value == whole]
    assert ("GREAT LAKES BUSINESS COMPANY (GLBC)", None) in values(statements, great_lakes, "alias")


def test_a_cell_with_many_names_keeps_its_text(golden: tuple[list[Statement], Report]) -> None:
    found = [s for s in golden[0] if s.value == "Jabhat Fatah al-Sham" and s.prop == "alias"]
    assert found[0].original is not None
    assert found[0].original.startswith("جبهة فتح الشام (Jabhat Fath al Sham;")
    script = [s for s in golden[0] if s.value == "جبهة فتح الشام"]
    assert script[0].name_kind is NameKind.ORIGINAL_SCRIPT


def test_the_missing_part_na_is_no_name(golden: tuple[list[Statement], Report]) -> None:
    (name,) = [s for s in golden[0] if s.entity_id == "un-2975510" and s.prop == "name"]
    assert (name.value, name.original) == ("FAIZULLAH KHAN NOORZAI", "FAIZULLAH KHAN NOORZAI na")
    assert values(golden[0], "un-2975510", "middleName") == [("NOORZAI", "position:3")]
    assert values(golden[0], "un-2975510", "lastName") == []


def test_previously_listed_as_is_a_former_name(golden: tuple[list[Statement], Report]) -> None:
    former = values(golden[0], "un-2975510", "previousName")
    assert former == [("Faizullah Noorzai Akhtar Mohammed Mira Khan", None)]


def test_ranges_of_birth_years(golden: tuple[list[Statement], Report]) -> None:
    found = values(golden[0], "un-2975510", "birthDate")
    assert [date for date in found if date[1]] == [("1968", "range:1968/1970"), ("1970", "range:1968/1970")]
    assert ("1961", "circa") in values(golden[0], "un-111076", "birthDate")


def test_a_birth_date_under_an_alias_without_a_name_is_the_persons_own(tmp_path: Path) -> None:
    alias = "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/><DATE_OF_BIRTH>{}</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>"
    other = alias.replace("<QUALITY/><ALIAS_NAME/>", "<QUALITY>Good</QUALITY><ALIAS_NAME>B</ALIAS_NAME>")
    body = alias.format("1958 - 1964") + alias.format("null") + other.format("1970-01-25")
    path = write(
        tmp_path, f"<DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>QDi.001 </REFERENCE_NUMBER>{body}"
    )
    statements, report = read(path)
    assert values(statements, "un-1", "birthDate") == [
        ("1958", "range:1958/1964"), ("1964", "range:1958/1964"), ("1970-01-25", "alias"),
    ]  # fmt: skip
    assert [issue.code for issue in report.issues] == ["damaged_text"]


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-09-18-04:00</DATE>", [("1964-09-18", None)]),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1960</YEAR>", [("1960", "circa")]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1975</YEAR><NOTE>Sep.</NOTE>", [("1975-09", None)]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>", [("1973-11", None)]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Between Aug. and Sep. 1977</NOTE>",
         [("1977-08", "range:1977-08/1977-09"), ("1977-09", "range:1977-08/1977-09")]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>24/06/1402 (Hijri Calendar)</NOTE>",
         [("1982-04-18", "islamic_calendar")]),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><NOTE>Approximately</NOTE><FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1963</TO_YEAR>",
         [("1958", "circa range:1958/1963"), ("1963", "circa range:1958/1963")]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>",
         [("1979-03-03", "from_false_passport")]),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>", []),
    ],
)  # fmt: skip
def test_dates_of_birth(tmp_path: Path, birth: str, expected: list[tuple[str, str | None]]) -> None:
    path = write(
        tmp_path,
        "<DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER>"
        f"<INDIVIDUAL_DATE_OF_BIRTH>{birth}</INDIVIDUAL_DATE_OF_BIRTH>",
    )
    statements, report = read(path)
    assert values(statements, "un-1", "birthDate") == expected
    assert [issue.code for issue in report.issues] == ([] if expected else ["unparsed"])
    if not expected:
        assert values(statements, "un-1", "notes") == [("30-35 years old", "unparsed:birthDate")]


@pytest.mark.parametrize(
    ("cells", "prop", "number", "country"),
    [
        (("Passport", "", "Jordan 654781", ""), "passportNumber", "654781", "jo"),
        (("Passport", "", "SE 011252", "Afghanistan"), "passportNumber", "SE 011252", "af"),
        (("Passport", "", "R00012098, South Sudan", ""), "passportNumber", "R00012098", "ss"),
        (("Passport", "", "00016161 (Yemen)", ""), "passportNumber", "00016161", "ye"),
        (("Passport", "", "Qatari passport number 00868774", ""), "passportNumber", "00868774", None),
        (("Passport", "", "Libyan Passport No. 96/184442", ""), "passportNumber", "96/184442", None),
        (("Passport", "", "", "Tunisian passport number L 191609 issued on 28 Feb. 1996, expired on 27 Feb. 2001"),
         "passportNumber", "L 191609", None),
        (("National Identification Number", "Residential card number 665", "", ""), "idNumber", "665", None),
        (("National Identification Number", "05258253", "", ""), "idNumber", "05258253", None),
        (("National Identification Number", "", "", "SSN 156-92-9858 (United States of America)"),
         "socialSecurityNumber", "156-92-9858", None),
        (("National Identification Number", "", "", "Italian Fiscal Code: DAOMMD74T11Z352Z"),
         "taxNumber", "DAOMMD74T11Z352Z", None),
        (("National Identification Number", "", "", "Moroccan national identity card DE- 473900"),
         "idNumber", "DE- 473900", None),
        (("National Identification Number", "", "", "04643632 issued on 18 Jun. 1999"), "idNumber", "04643632", None),
        (("National Identification Number", "national passport", "8200203535", ""),
         "passportNumber", "8200203535", None),
    ],
)  # fmt: skip
def test_documents(
    tmp_path: Path, cells: tuple[str, str, str, str], prop: str, number: str, country: str | None
) -> None:
    kind, kind2, printed, rest = cells
    last = f"<ISSUING_COUNTRY>{rest}</ISSUING_COUNTRY>" if rest.isalpha() else f"<NOTE>{rest}</NOTE>"
    path = write(
        tmp_path,
        "<DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER><INDIVIDUAL_DOCUMENT>"
        f"<TYPE_OF_DOCUMENT>{kind}</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>{kind2}</TYPE_OF_DOCUMENT2>"
        f"<NUMBER>{printed}</NUMBER>{last}</INDIVIDUAL_DOCUMENT>",
    )
    statements, report = read(path)
    assert values(statements, "un-1", prop) == [(number, None)]
    schema = "Passport" if prop == "passportNumber" else "Identification"
    (document,) = side(statements, "un-1", schema)
    assert document["number"] == [number]
    assert document.get("country", [None]) == [country]
    assert report.issues == []
    assert kind in document["type"]
    if "expired" in rest:
        assert (document["startDate"], document["endDate"]) == (["1996-02-28"], ["2001-02-27"])


def test_references_in_comments_become_edges(golden: tuple[list[Statement], Report]) -> None:
    statements, report = golden
    ids = {s.value: s.entity_id for s in statements if s.prop == "name"}
    son, father, group = ids["ABDUL RAHIM BA'AYSIR"], ids["ABU BAKAR BA'ASYIR"], ids["JEMAAH ISLAMIYAH"]
    assert [(f["person"], f["relative"], f["relationship"]) for f in side(statements, son, "Family")] == [
        ([son], [father], ["father"])
    ]
    links = side(statements, son, "UnknownLink")
    assert [link["role"] for link in links if link["object"] == [group]] == [["mentioned in the comments"]]
    assert [link["role"] for link in side(statements, "un-2972739", "UnknownLink")] == [["senior member of"]]
    unresolved = [issue for issue in report.issues if issue.code == "unresolved_reference"]
    assert "un-110915" in {issue.entity_id for issue in unresolved}
    edges = [s.original for s in statements if s.prop in ("role", "relationship")]
    assert edges
    assert all(edges)


def test_the_second_of_two_children_is_no_brother(golden: tuple[list[Statement], Report]) -> None:
    statements, _ = golden
    haqqani = "un-110915"
    assert [family["relationship"] for family in side(statements, haqqani, "Family")] == [["father"]]


def test_sanction(golden: tuple[list[Statement], Report]) -> None:
    (sanction,) = side(golden[0], "un-6908402", "Sanction")
    assert sanction["unscId"] == ["CDe.001"]
    assert sanction["program"] == ["DRC"]
    assert sanction["listingDate"] == ["2014-06-30"]
    assert values(golden[0], "un-6908402", "topics") == [("sanction", None)]
    assert ("crime.terror", None) in values(golden[0], "un-6908429", "topics")
    assert ("crime.terror", None) not in values(golden[0], "un-110915", "topics")


def test_damaged_script_is_kept_and_reported(golden: tuple[list[Statement], Report]) -> None:
    (issue,) = [issue for issue in golden[1].issues if issue.code == "damaged_text"]
    assert issue.entity_id == "un-111076"
    assert any("\ufffd" in s.value for s in golden[0] if s.entity_id == "un-111076" and s.prop == "alias")


def test_two_entries_with_one_number_stay_apart(tmp_path: Path) -> None:
    entry = "<DATAID>7</DATAID><FIRST_NAME>{}</FIRST_NAME><REFERENCE_NUMBER>QDi.00{}</REFERENCE_NUMBER>"
    statements, report = read(write(tmp_path, entry.format("A", 1), entry.format("B", 2)))
    assert len({s.entity_id for s in statements if s.prop == "name"}) == 2
    assert [issue.code for issue in report.issues] == ["duplicate_id"]
    entry = "<DATAID>{}</DATAID><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER>"
    refer = entry.format(9).replace("QDi.001", "QDi.002") + "<COMMENTS1>Brother of A (QDi.001).</COMMENTS1>"
    statements, report = read(write(tmp_path, entry.format(7), entry.format(8), refer))
    assert [issue.code for issue in report.issues] == ["shared_reference", "unresolved_reference"]
    assert side(statements, "un-9", "Family") == []


def test_an_unknown_field_is_kept_and_reported(tmp_path: Path) -> None:
    entry = (
        "<DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER><HEIGHT>180</HEIGHT>"
    )
    statements, report = read(write(tmp_path, entry))
    assert [(issue.code, issue.original) for issue in report.issues] == [("unknown_field", "180")]
    assert values(statements, "un-1", "notes") == [("180", "unknown_field:HEIGHT")]


@pytest.mark.parametrize("cut", [400, 5_000, 30_000])
def test_a_truncated_file_names_the_line(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes((DATA / "un_sc.xml").read_bytes()[:cut])
    with pytest.raises(ListError, match=r"cut\.xml, line \d+"):
        read(path)


REAL = {"2020-11-24": (713, 305), "2024-05-15": (682, 193), "2025-04-19": (684, 193), "2026-02-27": (730, 273)}


@pytest.mark.shared
def test_the_real_files() -> None:
    if not SHARED.exists():
        pytest.skip("../shared is not here")
    found = {}
    for path in sorted(SHARED.glob("*.xml")):
        statements, report = read(path)
        schemata = Counter(s.schema for s in {(s.entity_id): s for s in statements}.values())
        found[str(FORMAT.date(Bundle(FORMAT, path)))] = (schemata["Person"], schemata["Organization"])
        people = {s.entity_id for s in statements if s.schema == "Person"}
        born = {s.entity_id for s in statements if s.schema == "Person" and s.prop == "birthDate"}
        assert schemata["Person"] + schemata["Organization"] >= SOURCE.floors.entries
        assert sum(s.name_kind is not None for s in statements) >= SOURCE.floors.names
        assert len(born) / len(people) >= SOURCE.floors.with_birth_date
        assert schemata["Sanction"] == schemata["Person"] + schemata["Organization"]
        assert Counter(issue.code for issue in report.issues)["unparsed"] < 20
    assert found == REAL


def test_a_name_listed_before_keeps_what_says_so(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "<DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER><INDIVIDUAL_ALIAS>"
        "<QUALITY>Good</QUALITY><ALIAS_NAME>Mohamed Aouani</ALIAS_NAME><NOTE>formerly listed as</NOTE>"
        "</INDIVIDUAL_ALIAS>",
    )
    (name,) = [s for s in read(path)[0] if s.prop == "previousName"]
    assert (name.value, name.original) == ("Mohamed Aouani", "Mohamed Aouani (formerly listed as)")
