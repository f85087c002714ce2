"""The EU list: a golden excerpt (real entries of 2024-05-13), broken input, and the real file."""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import NameKind, Statement
from allonym.sources.entry import Report
from allonym.sources.eu_fsf import SOURCES
from allonym.sources.source import Bundle

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "lists" / "eu_fsf"
SOURCE = SOURCES[0]
FORMAT = SOURCE.formats[0]
NAME = '<nameAlias wholeName="A" function="" nameLanguage="" strong="true" regulationLanguage="en" logicalId="1"/>'


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    found = [s for s in FORMAT.read(Bundle(FORMAT, path), report) if isinstance(s, Statement)]
    return found, report


def write(tmp_path: Path, body: str, attributes: str = "", kind: str = "person") -> Path:
    path = tmp_path / "eu.xml"
    path.write_text(
        '<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-05-13T17:44:28.283+02:00">'
        f'<sanctionEntity logicalId="1" euReferenceNumber="EU.1.1" {attributes}><subjectType code="{kind}"/>{body}'
        "</sanctionEntity></export>",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def golden() -> tuple[list[Statement], Report]:
    return read(DATA / "eu_fsf.xml")


def values(statements: list[Statement], entity_id: str, prop: str) -> list[tuple[str, str | None]]:
    return [(s.value, s.qualifier) for s in statements if s.entity_id == entity_id and s.prop == prop]


def side(statements: list[Statement], entity_id: str, schema: str) -> list[dict[str, list[str]]]:
    """The side entities of an entry of one schema, each as its properties."""
    found: dict[str, dict[str, list[str]]] = {}
    for s in statements:
        if s.schema == schema and s.entity_id.startswith(f"{entity_id}-{schema.lower()}"):
            found.setdefault(s.entity_id, {}).setdefault(s.prop, []).append(s.value)
    return list(found.values())


def test_recognised_and_dated() -> None:
    path = DATA / "eu_fsf.xml"
    assert FORMAT.recognise(path, path.read_bytes()[:8192])
    assert not FORMAT.recognise(path, b'<export xmlns="urn:other">')
    assert FORMAT.date(Bundle(FORMAT, path)) == datetime.date(2024, 5, 13)


def test_two_records_with_one_id_stay_apart(golden: tuple[list[Statement], Report]) -> None:
    statements, report = golden
    names = {s.entity_id: s.value for s in statements if s.prop == "name"}
    assert names["eu-547"] == "Sayed Esmatullah Asem"
    (other,) = [i for i in names if i.startswith("eu-547-")]
    assert names[other] == "Asem, Sayed Esmatullah"
    assert other in {i.entity_id for i in report.issues if i.code == "duplicate_id"}


def test_the_primary_name_is_neither_weak_nor_foreign(golden: tuple[list[Statement], Report]) -> None:
    statements, _ = golden
    # The first name of 117053 is remarked a low quality alias, that of 20 is the French one.
    assert values(statements, "eu-117053", "name") == [("ERMIAS ALEM", None)]
    assert ("Ermies Ghermay", None) in values(statements, "eu-117053", "weakAlias")
    assert values(statements, "eu-20", "name") == [("Qusay Saddam Hussein Al-Tikriti", None)]
    assert [s.lang for s in statements if s.value == "Qoussaï Saddam Hussein Al-Tikriti"] == ["fra"]
    primaries = Counter(s.entity_id for s in statements if s.name_kind is NameKind.PRIMARY)
    assert set(primaries.values()) == {1}


def test_former_names_and_scripts(golden: tuple[list[Statement], Report]) -> None:
    kinds = Counter(s.name_kind for s in golden[0] if s.entity_id == "eu-136506")
    assert kinds[NameKind.FORMER] == 1
    assert kinds[NameKind.ORIGINAL_SCRIPT] == 1


@pytest.mark.parametrize(
    ("remark", "prop"),
    [
        ("formerly known as", "previousName"),
        ("low quality alias; previously listed as", "previousName"),
        ("formerly known as PJSC Chernomorneftegaz", "alias"),
        ("former name of Sovcombank", "previousName"),
        ("Former member of the State Duma", "alias"),
        ("lo quality alias", "weakAlias"),
        ("good quality alias", "alias"),
    ],
)
def test_what_a_remark_makes_of_a_name(tmp_path: Path, remark: str, prop: str) -> None:
    second = NAME.replace('"A"', '"B"').replace("/>", f"><remark>{remark}</remark></nameAlias>")
    statements, _ = read(write(tmp_path, NAME + second))
    assert values(statements, "eu-1", prop) == [("B", None)]


@pytest.mark.parametrize(
    ("attributes", "remark", "expected"),
    [
        ('circa="false" calendarType="GREGORIAN" birthdate="1937-04-28" year="1937"', "", [("1937-04-28", None)]),
        ('circa="true" calendarType="GREGORIAN" year="1967"', "", [("1967", "circa")]),
        ('circa="false" calendarType="GREGORIAN" year="1967" monthOfYear="5"', "", [("1967-05", None)]),
        ('circa="true" calendarType="GREGORIAN" yearRangeFrom="1953" yearRangeTo="1958"', "between 1953 and 1958",
         [("1953", "circa range:1953/1958"), ("1958", "circa range:1953/1958")]),
        ('circa="false" calendarType="GREGORIAN" yearRangeTo="1980"', "", [("1980", "until:1980")]),
        ('circa="false" calendarType="GREGORIAN" yearRangeTo="1980"', "Approximately 1980", [("1980", "circa")]),
        ('circa="false" calendarType="ISLAMIC" year="1343"', "Iranian Hijri calendar",
         [("1964", "islamic_calendar range:1964/1965"), ("1965", "islamic_calendar range:1964/1965")]),
        ('circa="false" calendarType="ISLAMIC" year="1402" monthOfYear="6" dayOfMonth="24" birthdate="1982-04-19"',
         "hijri calendar", [("1982-04-19", "islamic_calendar"), ("1982-04-18", "islamic_calendar")]),
        ('circa="false" calendarType="GREGORIAN" city="Moscow"', "DOB: 30.12.1965 or 19.12.1962",
         [("1965-12-30", None), ("1962-12-19", None)]),
        ('circa="false" calendarType="GREGORIAN" city="Moscow"', "Then USSR", []),
    ],
)  # fmt: skip
def test_dates_of_birth(tmp_path: Path, attributes: str, remark: str, expected: list[tuple[str, str | None]]) -> None:
    body = f'{NAME}<birthdate {attributes} countryDescription="UNKNOWN"><remark>{remark}</remark></birthdate>'
    statements, _ = read(write(tmp_path, body))
    assert values(statements, "eu-1", "birthDate") == expected
    if remark == "Then USSR":
        assert values(statements, "eu-1", "notes") == [("Birth: Then USSR", "birthDate")]


def test_serbia_and_montenegro_is_not_czechoslovakia(tmp_path: Path) -> None:
    body = f'{NAME}<citizenship region="" countryIso2Code="CS" countryDescription="SERBIA AND MONTENEGRO"/>'
    statements, _ = read(write(tmp_path, body))
    assert values(statements, "eu-1", "citizenship") == [("csxx", None)]


@pytest.mark.parametrize(
    ("code", "number", "remark", "kind", "expected"),
    [
        ("passport", "B/014965", "", "person", ("passportNumber", "B/014965")),
        ("other", "Ration Card no. 0094195", "", "person", ("idNumber", "0094195")),
        ("other", "SSN 156-92-9858", "", "person", ("socialSecurityNumber", "156-92-9858")),
        ("regnumber", "1027739019142", "OGRN", "enterprise", ("ogrnCode", "1027739019142")),
        ("regnumber", "123", "Tax Identification Number", "enterprise", ("taxNumber", "123")),
        ("fiscalcode", "7744000912", "INN", "enterprise", ("innCode", "7744000912")),
        ("other", "JSNMRUMM", "SWIFT/BIC", "enterprise", ("swiftBic", "JSNMRUMM")),
        ("imo", "5342883", "", "enterprise", ("imoNumber", "IMO5342883")),
        ("imo", "5342883", "", "person", ("idNumber", "5342883")),
    ],
)
def test_identifications(
    tmp_path: Path, code: str, number: str, remark: str, kind: str, expected: tuple[str, str]
) -> None:
    body = (
        f'{NAME}<identification identificationTypeCode="{code}" number="{number}" knownFalse="true" '
        f'issueDate="2010-02-18" countryDescription="RUSSIAN FEDERATION"><remark>{remark}</remark></identification>'
    )
    statements, report = read(write(tmp_path, body, kind=kind))
    assert values(statements, "eu-1", expected[0]) == [(expected[1], None)]
    schema = "Passport" if expected[0] == "passportNumber" else "Identification"
    (document,) = side(statements, "eu-1", schema)
    assert document["country"] == ["ru"]
    assert document["startDate"] == ["2010-02-18"]
    assert "known to be false" in document["summary"]
    assert report.issues == []


def test_a_number_without_a_digit_is_kept_and_reported(tmp_path: Path) -> None:
    body = f'{NAME}<identification identificationTypeCode="other" number="Unknown national ID"/>'
    statements, report = read(write(tmp_path, body))
    assert values(statements, "eu-1", "notes") == [("Unknown national ID", "unparsed:idNumber")]
    assert [issue.code for issue in report.issues] == ["unparsed"]


def test_contacts(tmp_path: Path) -> None:
    contacts = (
        '<contactInfo key="PHONE" value="+963-933-526812 +963-932-878282"/>'
        '<contactInfo key="FAX" value="+98 21 88960239"/><contactInfo key="PHONE" value="587-25 45"/>'
        '<contactInfo key="EMAIL" value="ryonha@ silibank.com; and millim@ silibank.com"/>'
        '<contactInfo key="WEB" value="www.eltelme.com, www.abrajtec.com"/>'
    )
    address = f'<address city="Damascus" street="X" countryDescription="SYRIAN ARAB REPUBLIC">{contacts}</address>'
    statements, report = read(write(tmp_path, NAME + address, kind="enterprise"))
    assert values(statements, "eu-1", "phone") == [
        ("+963933526812", None), ("+963932878282", None), ("+982188960239", "fax"),
    ]  # fmt: skip
    assert [v for v, _ in values(statements, "eu-1", "email")] == ["ryonha@silibank.com", "millim@silibank.com"]
    assert len(values(statements, "eu-1", "website")) == 2
    assert [(issue.code, issue.original) for issue in report.issues] == [("unparsed", "587-25 45")]
    (entity,) = side(statements, "eu-1", "Address")
    assert (entity["city"], entity["country"]) == (["Damascus"], ["sy"])


def test_a_contact_of_absurd_length_is_kept_whole(tmp_path: Path) -> None:
    absurd = "+963 " + ", " * 5_000
    address = f'<address city="X" countryDescription="UNKNOWN"><contactInfo key="PHONE" value="{absurd}"/></address>'
    statements, report = read(write(tmp_path, NAME + address))
    assert values(statements, "eu-1", "notes") == [(absurd, "unparsed:phone")]
    assert [issue.code for issue in report.issues] == ["unparsed"]


def test_sanction(golden: tuple[list[Statement], Report]) -> None:
    statements, report = golden
    (sanction,) = side(statements, "eu-6133", "Sanction")
    assert sanction["authority"] == ["Council of the European Union"]
    assert sanction["program"] == ["LBY"]
    assert sanction["listingDate"] == ["2011-03-21"]
    assert sanction["authorityId"] == ["EU.3358.8"]
    assert sanction["modifiedAt"][0] == "2016-01-19"
    (start,) = [s for s in statements if s.entity_id.startswith("eu-6133-sanction") and s.prop == "startDate"]
    assert (start.value, start.qualifier) == ("2016-01-20", "amendment")
    # Without a designation date the earliest act that the record cites is the best there is, and says so.
    (listed,) = [s for s in statements if s.entity_id.startswith("eu-7154-sanction") and s.prop == "listingDate"]
    assert (listed.value, listed.qualifier) == ("2012-10-16", "earliest_act")
    assert ("crime.terror", None) in values(statements, "eu-120128", "topics")
    assert ("crime.terror", None) not in values(statements, "eu-547", "topics")
    assert {i.original for i in report.issues if i.code == "odd_reference"} == {"LYi.28", "QDi.43"}


def test_a_unitednationid_of_two_entries_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path, NAME + '<regulation programme="PRK"/>', 'unitedNationId="KPi.045"')
    text = path.read_text(encoding="utf-8")
    entry = text[text.index("<sanctionEntity") : text.index("</export>")]
    path.write_text(
        text.replace("</export>", entry.replace('logicalId="1" eu', 'logicalId="2" eu') + "</export>"), encoding="utf-8"
    )
    _, report = read(path)
    assert [(issue.code, issue.entity_id) for issue in report.issues] == [("shared_reference", "eu-2")]


def test_an_unknown_field_is_kept_and_reported(tmp_path: Path) -> None:
    path = write(tmp_path, NAME.replace("/>", ' alphabet="Latn"/>') + "<vessel>Lady R</vessel>", 'lifted="no"')
    statements, report = read(path)
    assert Counter(issue.original for issue in report.issues if issue.code == "unknown_field") == {
        "Latn": 1, "Lady R": 1, "no": 1,
    }  # fmt: skip
    assert {value for value, _ in values(statements, "eu-1", "notes")} == {"Latn", "Lady R", "no"}


@pytest.mark.parametrize("cut", [700, 9_000])
def test_a_truncated_file_names_the_line(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes((DATA / "eu_fsf.xml").read_bytes()[:cut])
    with pytest.raises(ListError, match=r"cut\.xml, line \d+"):
        read(path)


@pytest.mark.shared
def test_the_real_file() -> None:
    if not SHARED.exists():
        pytest.skip("../shared is not here")
    (path,) = SHARED.glob("*.xml")
    statements, report = read(path)
    schemata = Counter(s.schema for s in {s.entity_id: s for s in statements}.values())
    assert (schemata["Person"], schemata["Organization"], schemata["Sanction"]) == (3755, 1056, 4811)
    assert Counter(issue.code for issue in report.issues)["duplicate_id"] == 3
    kinds = Counter(s.name_kind for s in statements if s.name_kind)
    assert kinds[NameKind.PRIMARY] == 4811
    assert sum(kinds.values()) >= SOURCE.floors.names
    born = {s.entity_id for s in statements if s.prop == "birthDate" and s.schema == "Person"}
    assert len(born) / schemata["Person"] >= SOURCE.floors.with_birth_date


def test_every_act_has_its_address(tmp_path: Path) -> None:
    act = (
        '<regulationSummary regulationType="regulation" publicationDate="2003-07-08" numberTitle="{0}" '
        'publicationUrl="http://eur-lex.europa.eu/{0}"/>'
    )
    body = f'<regulation programme="TAQA" numberTitle="1"/>{NAME}<citizenship countryDescription="UNKNOWN">'
    statements, _ = read(write(tmp_path, body + act.format("A") + act.format("B") + "</citizenship>"))
    found = {prop: [s.value for s in statements if s.schema == "Sanction" and s.prop == prop]
             for prop in ("sourceUrl", "programId", "country")}  # fmt: skip
    assert found == {
        "sourceUrl": ["http://eur-lex.europa.eu/A", "http://eur-lex.europa.eu/B"], "programId": ["TAQA"],
        "country": ["eu"],
    }  # fmt: skip
