"""OFAC's ENHANCED XML: eight real entities of the list that is not SDN, an SDN file in its schema, the whole list."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import NameKind, Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_enhanced import FORMAT_CONS, FORMAT_SDN
from allonym.sources.us_ofac_enhanced_links import listed

EXCERPT = Path(__file__).parent / "data" / "us_ofac_cons_enhanced.xml"
LIST = Path(__file__).parents[3] / "shared" / "lists" / "us_ofac_cons" / "CONS_ENHANCED_2025-01-14.XML"
NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"


def read(path: Path, form: Format = FORMAT_CONS) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in form.read(Bundle(form, path), report) if isinstance(s, Statement)], report


def of(statements: list[Statement], entity_id: str, prop: str) -> list[str]:
    return [s.value for s in statements if s.entity_id == entity_id and s.prop == prop]


def sides(statements: list[Statement], schema: str, owner: str) -> list[dict[str, list[str]]]:
    """Properties of the side entities of that schema; a qualifier behind an @."""
    found: dict[str, dict[str, list[str]]] = {}
    for s in statements:
        if s.schema == schema and s.entity_id.startswith(f"{owner}-"):
            value = f"{s.value}@{s.qualifier}" if s.qualifier else s.value
            found.setdefault(s.entity_id, {}).setdefault(s.prop, []).append(value)
    return list(found.values())


def sdn(folder: Path, *entities: str) -> Path:
    path = folder / "SDN_ENHANCED.XML"
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<sanctionsData xmlns="{NAMESPACE}"><publicationInfo>'
        "<dataAsOf>2026-02-03T00:00:00</dataAsOf><filters><sanctionsLists>"
        '<sanctionsList refId="1550">SDN List</sanctionsList></sanctionsLists></filters></publicationInfo><entities>'
        + "\n".join(entities)
        + "</entities></sanctionsData>",
        encoding="utf-8",
    )
    return path


def entity(number: int, kind: str, *groups: str) -> str:
    return (
        f'<entity id="{number}"><generalInfo><identityId>1</identityId><entityType refId="600">{kind}</entityType>'
        f"</generalInfo>{''.join(groups)}</entity>"
    )


def name(full: str, *, alias: str = "", weak: bool = False, script: str = "Latin", more: str = "") -> str:
    kind = f"<aliasType>{alias}</aliasType>" if alias else ""
    return (
        f"<names><name><isPrimary>{'false' if alias else 'true'}</isPrimary>{kind}<isLowQuality>{str(weak).lower()}"
        f"</isLowQuality><translations><translation><isPrimary>true</isPrimary><script>{script}</script>"
        f"<formattedFullName>{full}</formattedFullName>{more}</translation></translations></name></names>"
    )


def feature(label: str, value: str, more: str = "") -> str:
    return f"<features><feature><type>{label}</type><value>{value}</value>{more}</feature></features>"


def bounds(*days: str, approximate: bool = False) -> str:
    tags = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    inner = "".join(f"<{tag}>{day}</{tag}>" for tag, day in zip(tags, days, strict=True))
    return f"<valueDate>{inner}<isApproximate>{str(approximate).lower()}</isApproximate></valueDate>"


def related(words: str, number: int) -> str:
    return (
        f'<relationships><relationship><type>{words}</type><relatedEntity entityId="{number}">Y</relatedEntity>'
        "<quality>High</quality></relationship></relationships>"
    )


def test_each_format_recognises_its_own_list(tmp_path: Path) -> None:
    other = sdn(tmp_path)
    for path, own, foreign in ((EXCERPT, FORMAT_CONS, FORMAT_SDN), (other, FORMAT_SDN, FORMAT_CONS)):
        head = path.read_bytes()[:8192]
        assert own.recognise(path, head)
        assert not foreign.recognise(path, head)
    assert str(FORMAT_CONS.date(Bundle(FORMAT_CONS, EXCERPT))) == "2025-01-10"
    assert str(FORMAT_SDN.date(Bundle(FORMAT_SDN, other))) == "2026-02-03"


def test_person_of_the_excerpt() -> None:
    statements, report = read(EXCERPT)
    person = "ofac-cons-9647"
    primary = next(s for s in statements if s.entity_id == person and s.prop == "name")
    assert (primary.schema, primary.value, primary.original) == (
        "Person", "Mahmoud Khaled ZAHHAR", "ZAHHAR, Mahmoud Khaled",
    )  # fmt: skip
    assert of(statements, person, "alias") == ["Mahmoud Khaled AL ZAHAR"]
    assert of(statements, person, "weakAlias") == ["Mahmoud ZAHAR", "Mahmoud AL-ZAHAR"]
    assert of(statements, person, "birthDate") == ["1945"]
    assert of(statements, person, "gender") == ["male"]
    assert of(statements, person, "nationality") == ["ps"]
    plc, sdgt = sides(statements, "Sanction", person)
    assert (plc["program"], sdgt["program"], sdgt["programId"]) == (["NS-PLC"], ["SDGT"], ["US-TERR"])
    assert plc["listingDate"] == [
        "2006-04-12@list:Non-SDN Palestinian Legislative Council List", "2023-11-14@list:SDN List",
    ]  # fmt: skip
    assert "Consolidated List, published 2014-10-10" in plc["summary"]
    assert "Executive Order 13224 (Terrorism)@legal_basis" in sdgt["reason"]
    (acting,) = sides(statements, "Representation", person)
    assert acting == {"agent": [person], "client": ["ofac-4695"], "role": ["Acting for or on behalf of"]}
    assert [i.code for i in report.issues if i.entity_id == person] == ["orphan"]


def test_company_of_the_excerpt() -> None:
    statements, _ = read(EXCERPT)
    company = "ofac-cons-18770"
    foreign = [s.value for s in statements if s.entity_id == company and s.name_kind is NameKind.ORIGINAL_SCRIPT]
    assert foreign == ["ОТКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО РОССИЙСКАЯ ЭЛЕКТРОНИКА", "АО РОСЭЛЕКТРОНИКА"]
    assert of(statements, company, "taxNumber") == ["7710277994"]
    (owned,) = sides(statements, "Ownership", company)
    assert (owned["asset"], owned["owner"], owned["role"]) == (
        [company], ["ofac-cons-17260"], ["Owned or Controlled By"],
    )  # fmt: skip
    papers = {p["type"][0]: p for p in sides(statements, "Identification", company)}
    assert papers["Tax ID No."]["country"] == ["ru"]
    (owns,) = sides(statements, "Ownership", "ofac-cons-30932")
    assert (owns["owner"], owns["asset"]) == (["ofac-cons-30932"], ["ofac-cons-32128"])
    securities = sides(statements, "Security", "ofac-cons-30924")
    assert {"ticker": ["762 HK"], "issuer": ["ofac-cons-30924"], "notes": ["(HKEX)"]} in securities
    (cmic,) = sides(statements, "Sanction", "ofac-cons-30924")
    assert cmic["startDate"] == ["2021-08-02"]
    addresses = sides(statements, "Address", "ofac-cons-31694")
    assert [a["city"] for a in addresses] == [["Moscow"], ["Москва"]]


@pytest.mark.parametrize(
    ("value", "days", "approximate", "expected"),
    [
        ("1962", ("1962-01-01", "1962-01-01", "1962-12-31", "1962-12-31"), False, [("1962", None)]),
        ("Dec 1967", ("1967-12-01",) * 2 + ("1967-12-31",) * 2, False, [("1967-12", None)]),
        ("circa 1960", ("1960-01-01",) * 2 + ("1960-12-31",) * 2, True, [("1960", "circa")]),
        ("1960", ("1960-01-01",) * 2 + ("1960-12-31",) * 2, True, [("1960", "circa")]),
        ("1955 to 1957", ("1955-01-01",) * 2 + ("1957-12-31",) * 2, False,
         [("1955", "range:1955/1957"), ("1957", "range:1955/1957")]),
        ("", ("1962-01-01",) * 2 + ("1962-12-31",) * 2, False, [("1962", None)]),
        ("", ("1967-12-01",) * 2 + ("1967-12-31",) * 2, False, [("1967-12", None)]),
        ("", ("1962-03-04",) * 4, False, [("1962-03-04", None)]),
        ("", ("1955-03-01",) * 2 + ("1957-04-02",) * 2, False,
         [("1955-03-01", "range:1955-03-01/1957-04-02"), ("1957-04-02", "range:1955-03-01/1957-04-02")]),
    ],
)  # fmt: skip
def test_birth_dates(
    tmp_path: Path, value: str, days: tuple[str, ...], approximate: bool, expected: list[tuple[str, str | None]]
) -> None:
    born = feature("Birthdate", value, bounds(*days, approximate=approximate))
    statements, report = read(sdn(tmp_path, entity(7, "Individual", name("DOE, J"), born)), FORMAT_SDN)
    found = [(s.value, s.qualifier) for s in statements if s.prop == "birthDate"]
    assert found == expected
    assert not report.issues


@pytest.mark.parametrize("days", [("2022",) * 2 + ("2023",) * 2, ("",) * 4, ("9999-99-99",) * 4, ("x",) * 4])
def test_bounds_that_are_no_days(tmp_path: Path, days: tuple[str, ...]) -> None:
    born = feature("Birthdate", "sometime", bounds(*days))
    statements, report = read(sdn(tmp_path, entity(7, "Individual", name("DOE, J"), born)), FORMAT_SDN)
    assert not of(statements, "ofac-7", "birthDate")
    assert of(statements, "ofac-7", "notes") == ["sometime"]
    assert [i.code for i in report.issues] == ["unparsed"]


def test_vessel_wallet_and_aircraft(tmp_path: Path) -> None:
    ship = entity(
        1, "Vessel", name("PEGAS"), feature("Vessel Call Sign", "UBMQ9"), feature("VESSEL TYPE", "Crude Oil Tanker"),
        feature("Vessel Flag", "Russia"), feature("Former Vessel Flag", "Panama"), feature("Vessel Tonnage", "61991"),
        "<identityDocuments><identityDocument><type>Vessel Registration Identification</type>"
        "<documentNumber>IMO 9256860</documentNumber></identityDocument></identityDocuments>",
    )  # fmt: skip
    man = entity(
        2, "Individual", name("DOE, John"), feature("Digital Currency Address - XBT", "1Fz29BQp82"),
        feature("Phone Number", "+41446681800"), feature("Title", "Owner", "<reliability>Reported</reliability>"),
        feature("Gender", "Female", "<reliability>False</reliability>"), feature("Shoe Size", "44"),
    )  # fmt: skip
    plane = entity(3, "Aircraft", name("EP-AJC"), feature("Previous Aircraft Tail Number", "G-VAIR"))
    statements, report = read(sdn(tmp_path, ship, man, plane), FORMAT_SDN)
    for prop, value in (("callSign", "UBMQ9"), ("type", "Crude Oil Tanker"), ("flag", "ru"), ("pastFlags", "pa"),
                        ("tonnage", "61991"), ("imoNumber", "IMO9256860")):  # fmt: skip
        assert of(statements, "ofac-1", prop) == [value]
    (wallet,) = sides(statements, "CryptoWallet", "ofac-2")
    assert (wallet["publicKey"], wallet["currency"], wallet["holder"]) == (["1Fz29BQp82"], ["XBT"], ["ofac-2"])
    assert of(statements, "ofac-2", "phone") == ["+41446681800"]
    title = next(s for s in statements if s.prop == "position")
    assert (title.value, title.qualifier) == ("Owner", "reliability:reported")
    assert not of(statements, "ofac-2", "gender")
    assert of(statements, "ofac-2", "notes") == ["Gender: Female", "Shoe Size: 44"]
    assert [(i.code, i.original) for i in report.issues] == [("unknown_field", "Shoe Size: 44")]
    tail = next(s for s in statements if s.prop == "registrationNumber")
    assert (tail.schema, tail.value, tail.qualifier) == ("Airplane", "G-VAIR", "former")


def test_documents(tmp_path: Path) -> None:
    papers = (
        "<identityDocuments><identityDocument><type>Passport</type><documentNumber>K475336</documentNumber>"
        "<isValid>false</isValid><issuingCountry>Jordan</issuingCountry><issueDate>2009-08-31</issueDate>"
        "<expirationDate>2014-08-30</expirationDate></identityDocument><identityDocument><type>Registration ID</type>"
        "<documentNumber>1026303117642 (Russia)</documentNumber></identityDocument><identityDocument>"
        "<type>Library Card</type><documentNumber>9</documentNumber></identityDocument></identityDocuments>"
    )
    statements, report = read(sdn(tmp_path, entity(7, "Individual", name("DOE, J"), papers)), FORMAT_SDN)
    (passport,) = sides(statements, "Passport", "ofac-7")
    assert {k: v for k, v in passport.items() if k != "holder"} == {
        "number": ["K475336"], "type": ["Passport"], "country": ["jo"], "startDate": ["2009-08-31"],
        "endDate": ["2014-08-30"], "summary": ["not valid"],
    }  # fmt: skip
    registration = next(s for s in statements if s.prop == "registrationNumber")
    assert (registration.value, registration.original) == ("1026303117642", "1026303117642 (Russia)")
    assert of(statements, "ofac-7", "idNumber") == ["9"]
    assert [i.code for i in report.issues] == ["unknown_field"]


@pytest.mark.parametrize(
    ("words", "near", "far", "schema", "first", "second"),
    [
        ("Leader or official of", "Individual", "Entity", "Directorship", "director", "organization"),
        ("Leader or official of", "Individual", "Individual", "UnknownLink", "subject", "object"),
        ("Family member of", "Individual", "Individual", "Family", "person", "relative"),
        ("Associate Of", "Individual", "Individual", "Associate", "person", "associate"),
        ("Associate Of", "Individual", "Entity", "UnknownLink", "subject", "object"),
        ("Owned or Controlled By", "Vessel", "Entity", "Ownership", "asset", "owner"),
        ("Owns, controls, or operates", "Individual", "Vessel", "Ownership", "owner", "asset"),
        ("Property in the interest of", "Aircraft", "Entity", "Ownership", "asset", "owner"),
        ("Acting for or on behalf of", "Entity", "Entity", "Representation", "agent", "client"),
        ("Providing support to", "Entity", "Entity", "UnknownLink", "subject", "object"),
        ("playing a significant role in", "Individual", "Entity", "UnknownLink", "subject", "object"),
        ("Rival of", "Entity", "Entity", "UnknownLink", "subject", "object"),
    ],
)
def test_relationships(
    tmp_path: Path, words: str, near: str, far: str, schema: str, first: str, second: str
) -> None:  # fmt: skip
    path = sdn(tmp_path, entity(1, near, name("X"), related(words, 2)), entity(2, far, name("Y")))
    statements, report = read(path, FORMAT_SDN)
    (edge,) = sides(statements, schema, "ofac-1")
    assert (edge[first], edge[second]) == (["ofac-1"], ["ofac-2"])
    assert edge.get("role", edge.get("relationship")) == [words]
    assert edge.get("status", edge.get("summary")) == ["High"]
    assert [i.code for i in report.issues] == (["unknown_field"] if words == "Rival of" else [])


def test_names_in_other_scripts_and_former_ones(tmp_path: Path) -> None:
    path = sdn(
        tmp_path,
        entity(1, "Entity", name("A CO"), name("旷视科技", alias="A.K.A.", script="Chinese Simplified"),
               name("ОАО РЖД", alias="A.K.A.", script="Cyrillic", weak=True), name("OLD", alias="F.K.A."),
               name("NEW", alias="N.K.A."), name("ODD", alias="F.K.A.", weak=True)),
    )  # fmt: skip
    statements, report = read(path, FORMAT_SDN)
    found = [(s.prop, s.value, s.lang, s.qualifier) for s in statements if s.name_kind]
    assert found == [
        ("name", "A CO", None, None),
        ("alias", "旷视科技", "zho", "original_script"),
        ("weakAlias", "ОАО РЖД", None, "original_script"),
        ("previousName", "OLD", None, None),
        ("alias", "NEW", None, "now_known_as"),
        ("previousName", "ODD", None, "weak"),
    ]
    assert not report.issues


def test_what_is_not_known_is_kept_and_reported(tmp_path: Path) -> None:
    path = sdn(tmp_path, entity(1, "Robot", name("R2"), "<mood><now>bad</now></mood>"), entity(1, "Entity", name("B")))
    statements, report = read(path, FORMAT_SDN)
    assert of(statements, "ofac-1", "notes") == ["entityType: Robot", "mood: bad"]
    assert [i.code for i in report.issues] == ["unknown_field", "unknown_field", "duplicate_id"]
    assert sorted(s.value for s in statements if s.prop == "name") == ["B", "R2"]
    assert len({s.entity_id for s in statements if s.prop == "name"}) == 2


def test_damaged_files(tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    cut.write_bytes(EXCERPT.read_bytes()[:20_000])
    with pytest.raises(ListError, match=r"cut\.xml, line \d+: the XML breaks off"):
        read(cut)
    nameless = sdn(tmp_path, "<entity><generalInfo/></entity>")
    with pytest.raises(ListError, match="without an id"):
        read(nameless, FORMAT_SDN)


def test_types_are_found_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sdn(tmp_path, *(entity(n, "Entity" if n % 2 else "Individual", name(f"N{n}")) for n in range(1, 60)))
    whole = listed(path)
    monkeypatch.setattr("allonym.sources.us_ofac_enhanced_links._BLOCK", 97)
    assert listed(path) == whole
    assert Counter(item.type for item in whole.values()) == {"Entity": 30, "Individual": 29}


@pytest.mark.shared
def test_whole_list() -> None:
    if not LIST.exists():
        pytest.skip("../shared is not here")
    statements, report = read(LIST)
    schemata = Counter({s.entity_id: s.schema for s in statements}.values())
    assert (schemata["Person"], schemata["Organization"]) == (80, 363)
    assert (schemata["Ownership"], schemata["Representation"]) == (282, 1)
    kinds = Counter(s.name_kind for s in statements if s.name_kind)
    # 1,579 names, of which 45 have a second form in another script
    assert kinds == {
        NameKind.PRIMARY: 443, NameKind.ALIAS: 925, NameKind.FORMER: 144, NameKind.WEAK: 67,
        NameKind.ORIGINAL_SCRIPT: 45,
    }  # fmt: skip
    # 692 identity documents and 6 bank codes
    assert schemata["Identification"] + schemata["Passport"] == 698
    assert sum(s.prop == "birthDate" for s in statements) == 75
    assert [i.code for i in report.issues] == ["orphan", "unparsed"]
    ids = [s.entity_id for s in statements]
    assert sum(a != b for a, b in pairwise(ids)) + 1 == len(set(ids))
