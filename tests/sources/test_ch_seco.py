"""Switzerland's list: the published example entries, and entries made for the test in the same schema."""

import datetime
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources.ch_seco import FORMAT, SOURCES
from allonym.sources.ch_seco_schema import HISTORY, KNOWN
from allonym.sources.entry import Report
from allonym.sources.source import Bundle

EXAMPLE = Path(__file__).parent / "data" / "ch_seco_small.xml"
PROGRAM = """<sanctions-program ssid="20" version-date="2024-01-01"><program-key lang="ger">Syrien</program-key>
<program-key lang="eng">Syria</program-key><program-name lang="eng">Ordinance on Syria</program-name>
<sanctions-set ssid="4387" lang="eng">Annex 7</sanctions-set><origin>EU</origin></sanctions-program>"""
PLACES = """<place ssid="7"><location>Aleppo</location>
<location-variant variant-type="spelling">Halab</location-variant><area>North</area>
<country iso-code="SY">Syria</country></place>"""


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in FORMAT.read(Bundle(FORMAT, path), report) if isinstance(s, Statement)], report


def write(folder: Path, *targets: str) -> Path:
    path = folder / "list.xml"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="whole-list" '
                    f'date="2024-05-06">{PROGRAM}{"".join(targets)}{PLACES}</swiss-sanctions-list>',
                    encoding="utf-8")  # fmt: skip
    return path


def target(body: str, ssid: str = "100", rest: str = '<modification modification-type="listed"/>') -> str:
    return f'<target ssid="{ssid}"><sanctions-set-id>4387</sanctions-set-id>{body}{rest}</target>'


def person(identity: str, more: str = "", **kwargs: str) -> str:
    return target(f'<individual sex="male"><identity ssid="1" main="true">{identity}</identity>{more}</individual>',
                  **kwargs)  # fmt: skip


def name(parts: str, kind: str = "primary-name", quality: str = "good") -> str:
    return f'<name ssid="2" name-type="{kind}" quality="{quality}" lang="eng">{parts}</name>'


def part(order: int, kind: str, value: str, variants: str = "") -> str:
    return f'<name-part order="{order}" name-part-type="{kind}"><value>{value}</value>{variants}</name-part>'


def values(statements: list[Statement], prop: str) -> list[str]:
    return [f"{s.value}@{s.qualifier}" if s.qualifier else s.value for s in statements if s.prop == prop]


def test_recognised() -> None:
    head = EXAMPLE.read_bytes()[:8192]
    assert FORMAT.recognise(EXAMPLE, head)
    assert not FORMAT.recognise(EXAMPLE, head.replace(b"swiss-sanctions-list", b"list"))
    assert FORMAT.date(Bundle(FORMAT, EXAMPLE)) == datetime.date(2024, 1, 17)
    assert SOURCES[0].authority == "ch-seco"


def test_published_examples() -> None:
    statements, report = read(EXAMPLE)
    assert report.issues == []
    people = [(s.entity_id, s.value, s.lang) for s in statements if s.prop == "name"]
    assert people == [
        ("ch-seco-64398", "Test B", "eng"), ("ch-seco-64403", "Test C", "eng"), ("ch-seco-64393", "Test A", "eng"),
    ]  # fmt: skip
    assert values(statements, "birthDate") == ["2025-12-31", "2000-01-01", "1900-01-01"]
    assert values(statements, "nationality") == ["gb", "us", "ch"]
    assert values(statements, "gender") == ["female", "male"]


def test_one_program_id_two_sets() -> None:
    statements, _ = read(EXAMPLE)
    both = [s.value for s in statements if s.prop == "provisions" and s.entity_id.startswith("ch-seco-64393-")]
    assert both == ["Financial measures, annex 2", "Travel ban, annex 1"]
    assert set(values(statements, "programId")) == {"PPDM"}
    assert set(values(statements, "program")) == {"EXAMPLE"}


def test_names(tmp_path: Path) -> None:
    latin = '<spelling-variant lang="eng" script="LATN">Lukashenko</spelling-variant>'
    cyrillic = '<spelling-variant lang="rus" script="CYRL">{}</spelling-variant>'
    main = name(
        part(2, "family-name", "Lukashenka", latin + cyrillic.format("Лукашенко"))
        + part(1, "given-name", "Aliaksandr", cyrillic.format("Александр"))
        + part(3, "title", "Dr.") + part(4, "maiden-name", "Novik") + part(5, "suffix", "-")
    )  # fmt: skip
    others = (
        name(part(1, "whole-name", "Batka"), "alias", "low") + name(part(1, "whole-name", "A. L."), "alias")
        + name(part(1, "whole-name", "Old One"), "formerly-known-as")
    )  # fmt: skip
    second = f'<identity ssid="9" main="false">{name(part(1, "whole-name", "Second Identity"))}</identity>'
    statements, report = read(write(tmp_path, person(main + others, second)))
    assert report.issues == []
    assert values(statements, "name") == ["Aliaksandr Lukashenka"]
    assert values(statements, "alias") == [
        "Aliaksandr Lukashenko", "Александр Лукашенко@original_script", "A. L.", "Second Identity",
    ]  # fmt: skip
    assert values(statements, "weakAlias") == ["Batka"]
    assert values(statements, "previousName") == ["Aliaksandr Novik", "Old One"]
    assert values(statements, "title") == ["Dr."]
    assert values(statements, "nameSuffix") == []
    assert (values(statements, "firstName"), values(statements, "lastName")) == (["Aliaksandr"], ["Lukashenka"])


def test_variants_are_not_multiplied(tmp_path: Path) -> None:
    variants = "".join(f'<spelling-variant script="LATN">V{i}</spelling-variant>' for i in range(20))
    parts = "".join(part(i, "given-name", f"G{i}", variants) for i in range(5))
    statements, _ = read(write(tmp_path, person(name(parts))))
    assert len(values(statements, "alias")) == 100


def test_dates_places_documents(tmp_path: Path) -> None:
    identity = (
        name(part(1, "whole-name", "X"))
        + '<day-month-year ssid="3" year="1960" calendar="Gregorian" quality="circa"/>'
        + '<day-month-year ssid="4" month="5" year="1961" calendar="Gregorian" quality="good"/>'
        + '<day-month-year ssid="5" day="1" month="9" year="1380" calendar="Islamic" quality="good"/>'
        + '<place-of-birth ssid="6" place-id="7" quality="good"/><place-of-birth ssid="6" place-id="8"/>'
        + '<address ssid="8" place-id="7"><address-details>1 Street</address-details><zip-code>99</zip-code>'
        + "<p-o-box>12</p-o-box><remark>old</remark></address>"
        + '<identification-document ssid="9" document-type="passport"><number>N 12345</number>'
        + '<issuer code="SY">Syria</issuer><date-of-issue>2001-02-03</date-of-issue>'
        + "<expiry-date>2011-02-03</expiry-date><remark>stolen</remark></identification-document>"
    )  # fmt: skip
    statements, report = read(write(tmp_path, person(identity)))
    assert values(statements, "birthDate") == ["1960@circa", "1961-05"]
    assert values(statements, "notes") == [
        'day="1" month="9" year="1380" calendar="Islamic" quality="good"@unparsed:birthDate'
    ]
    assert values(statements, "birthPlace") == ["Aleppo, North, Syria", "Halab"]
    assert values(statements, "birthCountry") == ["sy"]
    assert values(statements, "address") == ["1 Street, P.O. Box 12, 99 Aleppo, North, Syria"]
    parts = {s.prop: s.value for s in statements if s.schema == "Address"}
    assert parts == {
        "full": "1 Street, P.O. Box 12, 99 Aleppo, North, Syria", "street": "1 Street", "postOfficeBox": "12",
        "postalCode": "99", "city": "Aleppo", "region": "North", "remarks": "old", "country": "sy",
    }  # fmt: skip
    passport = {s.prop: s.value for s in statements if s.schema == "Passport"}
    assert passport == {
        "holder": "ch-seco-100", "number": "N 12345", "type": "passport", "country": "sy", "authority": "Syria",
        "startDate": "2001-02-03", "endDate": "2011-02-03", "summary": "stolen",
    }  # fmt: skip
    assert values(statements, "passportNumber") == ["N 12345"]
    assert sorted(issue.code for issue in report.issues) == ["orphan", "unparsed"]


def test_relations(tmp_path: Path) -> None:
    relations = (
        '<relation ssid="1" target-id="101" relation-type="spouse-of"/>'
        '<relation ssid="2" target-id="102" relation-type="related-to"><remark>since 2001</remark></relation>'
        '<relation ssid="3" target-id="999" relation-type="owner-of"/>'
    )
    wife = person(name(part(1, "whole-name", "W")), ssid="101")
    firm = target(
        f'<entity><identity ssid="1" main="true">{name(part(1, "whole-name", "F"))}</identity></entity>', "102"
    )
    statements, report = read(write(tmp_path, person(name(part(1, "whole-name", "X")), relations), wife, firm))
    family = {s.prop: s.value for s in statements if s.schema == "Family"}
    assert family == {"person": "ch-seco-100", "relative": "ch-seco-101", "relationship": "spouse of"}
    link = {s.prop: s.value for s in statements if s.schema == "UnknownLink"}
    assert link == {
        "subject": "ch-seco-100", "object": "ch-seco-102", "role": "related to", "summary": "since 2001",
    }  # fmt: skip
    assert [(issue.code, issue.original) for issue in report.issues] == [("orphan", "owner-of 999")]


def test_listing_and_history(tmp_path: Path) -> None:
    rest = (
        "<foreign-identifier>QDi.012</foreign-identifier>"
        '<modification modification-type="amended" effective-date="2020-03-04"><removed><target ssid="100">'
        f"<individual>{name(part(1, 'whole-name', 'Former State'))}</individual></target></removed></modification>"
        '<modification modification-type="listed" enactment-date="2011-05-01" publication-date="2011-05-02" '
        'effective-date="2011-05-03"/>'
    )
    reasons = (
        "<justification ssid='5'>Finances the regime.</justification><other-information>A remark</other-information>"
    )
    statements, report = read(write(tmp_path, person(name(part(1, "whole-name", "X")), reasons, rest=rest)))
    assert report.issues == []
    sanction = {s.prop: s.value for s in statements if s.schema == "Sanction" and s.prop != "summary"}
    assert sanction == {
        "entity": "ch-seco-100", "authority": "State Secretariat for Economic Affairs", "country": "ch",
        "program": "Ordinance on Syria", "programId": "Syria", "provisions": "Annex 7", "recordId": "100",
        "unscId": "QDi.012", "reason": "Finances the regime.", "listingDate": "2011-05-02", "startDate": "2011-05-03",
        "modifiedAt": "2020-03-04",
    }  # fmt: skip
    assert values(statements, "summary") == [
        "Origin: EU", "listed: enacted 2011-05-01, published 2011-05-02, effective 2011-05-03",
        "amended: effective 2020-03-04",
    ]  # fmt: skip
    assert values(statements, "name") == ["X"]
    assert values(statements, "notes") == ["A remark"]
    assert values(statements, "topics") == ["sanction"]


@pytest.mark.parametrize("order", [1, -1])
def test_delisted(tmp_path: Path, order: int) -> None:
    changes = [
        '<modification modification-type="de-listed" effective-date="2025-06-20"/>',
        '<modification modification-type="amended" effective-date="2025-06-03"/>',
        '<modification modification-type="listed" effective-date="2012-01-01"/>',
    ]
    rest = "".join(changes[::order])
    statements, report = read(write(tmp_path, person(name(part(1, "whole-name", "X")), rest=rest)))
    assert values(statements, "endDate") == ["2025-06-20"]
    assert values(statements, "status") == ["de-listed"]
    assert values(statements, "topics") == []
    assert [issue.code for issue in report.issues] == ["delisted"]


def test_objects(tmp_path: Path) -> None:
    def thing(kind: str, ssid: str) -> str:
        return target(f'<object object-type="{kind}"><identity ssid="1" main="true">{name(part(1, "whole-name", kind))}'
                      '<nationality><country iso-code="SY">Syria</country></nationality></identity>'
                      "<other-information>IMO number: 9187629</other-information></object>", ssid)  # fmt: skip

    statements, report = read(write(tmp_path, thing("vessel", "1"), thing("aircraft", "2"), thing("idol", "3")))
    assert [s.schema for s in statements if s.prop == "name"] == ["Vessel", "Airplane", "Asset"]
    assert values(statements, "imoNumber") == ["IMO9187629"]
    assert values(statements, "flag") == ["sy"]
    assert [(issue.code, issue.original) for issue in report.issues] == [("unknown_value", "idol")]


def test_what_the_schema_table_does_not_know(tmp_path: Path) -> None:
    identity = name(part(1, "whole-name", "X")) + '<biometrics kind="iris">blue</biometrics>'
    statements, report = read(write(tmp_path, person(identity, '<relation target-id="100" weight="3"/>')))
    assert [(issue.code, issue.original) for issue in report.issues] == [
        ("unknown_field", "kind=iris blue"), ("unknown_field", "3"),
    ]  # fmt: skip
    assert values(statements, "notes") == [
        "identity/biometrics: kind=iris blue@unparsed:identity/biometrics",
        "relation/@weight: 3@unparsed:relation/@weight",
    ]


def test_schema_table_is_closed() -> None:
    """Every child that an element may have is in the table itself."""
    named = {child for _, children in KNOWN.values() for child in children}
    assert named - HISTORY <= set(KNOWN)


def test_two_targets_of_one_ssid_are_kept_apart(tmp_path: Path) -> None:
    both = [person(name(part(1, "whole-name", text))) for text in ("X", "Y")]
    statements, report = read(write(tmp_path, *both))
    assert len({s.entity_id for s in statements if s.prop == "name"}) == 2
    assert [issue.code for issue in report.issues] == ["duplicate_id"]


def test_broken(tmp_path: Path) -> None:
    path = write(tmp_path, person(name(part(1, "whole-name", "X")), ssid=""))
    with pytest.raises(ListError, match="target 1 has no ssid"):
        read(path)
    path.write_bytes(EXAMPLE.read_bytes()[:-100])
    with pytest.raises(ListError, match="line 1"):
        read(path)
