"""Canada's list: a golden excerpt of fourteen records, the older vocabulary, the whole list."""

from collections import Counter
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources import xml
from allonym.sources.ca_sema import FORMAT, SOURCES
from allonym.sources.entry import Report
from allonym.sources.source import Bundle

EXCERPT = Path(__file__).parent / "data" / "ca_sema_2025.xml"
LIST = Path(__file__).parents[3] / "shared" / "lists" / "ca_sema" / "sema-lmes_2025.xml"


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    statements = [s for s in FORMAT.read(Bundle(FORMAT, path), report) if isinstance(s, Statement)]
    return statements, report


def write(folder: Path, *records: str) -> Path:
    path = folder / "list.xml"
    body = "".join(f"<record>{record}</record>" for record in records)
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<data-set>{body}</data-set>', encoding="utf-8")
    return path


def of(statements: list[Statement], name: str) -> dict[str, list[str]]:
    """Properties of the entity of that name, its Sanction's with `sanction.` in front; a qualifier behind an @."""
    entity = next(s.entity_id for s in statements if s.prop == "name" and s.value == name)
    found: dict[str, list[str]] = {}
    for s in statements:
        prefix = "" if s.entity_id == entity else "sanction."
        if s.entity_id == entity or s.entity_id.startswith(f"{entity}-sanction-"):
            value = f"{s.value}@{s.qualifier}" if s.qualifier else s.value
            found.setdefault(prefix + s.prop, []).append(value)
    return found


def test_recognised() -> None:
    head = EXCERPT.read_bytes()[:8192]
    assert FORMAT.recognise(EXCERPT, head)
    assert not FORMAT.recognise(EXCERPT, head.replace(b"data-set", b"sdnList"))
    assert not FORMAT.recognise(EXCERPT, head.replace(b"<Country>", b"<Land>"))
    assert FORMAT.date(Bundle(FORMAT, EXCERPT)) is None
    assert SOURCES[0].authority == "ca-gac"


def test_person() -> None:
    statements, _ = read(EXCERPT)
    found = of(statements, "Oleg Anatolievich BARANOV")
    entity = found.pop("sanction.entity")[0]
    assert entity.startswith("ca-sema-")
    assert len(entity) == len("ca-sema-") + 12
    assert found == {
        "name": ["Oleg Anatolievich BARANOV"],
        "lastName": ["BARANOV"],
        "firstName": ["Oleg Anatolievich"],
        "birthDate": ["1969-03-16"],
        "alias": ["Олег Анатольевич Баранов@original_script"],
        "topics": ["sanction"],
        "sanction.authority": ["Global Affairs Canada"],
        "sanction.country": ["ca"],
        "sanction.program": ["Russia"],
        "sanction.programId": ["CA-SEMA"],
        "sanction.provisions": ["Schedule 1, Part 1.1"],
        "sanction.recordId": ["1, Part 1.1, item 37"],
        "sanction.listingDate": ["2022-12-07"],
    }
    originals = {s.prop: s.original for s in statements if s.entity_id.startswith(entity) and s.original}
    assert originals["name"] == "BARANOV, Oleg Anatolievich"
    assert originals["alias"] == "Баранов, Олег Анатольевич"
    assert originals["program"] == "Russia / Russie"


def test_ship_has_a_build_date_and_no_birth() -> None:
    statements, _ = read(EXCERPT)
    found = of(statements, "Balitiyskiy III")
    assert {s.schema for s in statements if s.value == "Balitiyskiy III"} == {"Vessel"}
    assert found["buildDate"] == ["1980"]
    assert found["imoNumber"] == ["IMO7612448"]
    assert found["type"] == ["General Cargo / Multi Purpose"]
    assert "birthDate" not in found


def test_both_languages() -> None:
    statements, _ = read(EXCERPT)
    navy = [(s.value, s.prop, s.lang, s.original) for s in statements if "avale iran" in s.value or "Navy" in s.value]
    printed = "Iranian Navy/Force navale iranienne"
    assert navy == [
        ("Iranian Navy", "name", "eng", printed),
        ("Force navale iranienne", "alias", "fra", printed),
    ]
    assert of(statements, "MEC Steel Mills (Hmaw Bi/Pyi/Ywama)")["sanction.program"] == ["Myanmar (Burma)"]
    assert of(statements, "Jumah Al-Ahmad")["title"] == ["Major General", "major-général"]


def test_names_within_names() -> None:
    statements, _ = read(EXCERPT)
    assert of(statements, "Aleksey Aleksandrovich DIKIY")["alias"] == ["Aleksey Aleksandrovich DIKY"]
    bureau = of(statements, "Engineering Design Bureau “Fakel” JSC")
    assert bureau["alias"][0] == (
        "Joint Stock Company Machine-Building Engineering Office Fakel named after Akademika P. D. Grushina"
    )
    assert of(statements, "Pavel DREMOV")["weakAlias"] == ["Batya", "Kazak"]


def test_dates_that_are_no_single_day() -> None:
    statements, report = read(EXCERPT)
    assert of(statements, "Siamak Rahpeik")["birthDate"] == ["1963@alternative", "1964@alternative"]
    assert of(statements, "Abdelrahim Hamdan Dagalo")["notes"] == ["born in the early 1970s@unparsed:birthDate"]
    assert [issue.code for issue in report.issues] == ["unparsed"]


def test_other_regulations_have_no_sema_key() -> None:
    statements, _ = read(EXCERPT)
    found = of(statements, "Nicolás MADURO MOROS")
    assert found["sanction.program"] == ["Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR)"]
    assert "sanction.programId" not in found


def test_older_vocabulary_gives_the_same(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    for new, old in (("DateOfBirthOrShipBuildDate", "DateOfBirth"), ("EntityOrShip", "Entity"),
                     ("TitleOrShip", "Title")):  # fmt: skip
        text = text.replace(new, old)
    path = tmp_path / "2022.xml"
    path.write_text(text, encoding="utf-8")
    assert read(path)[0] == read(EXCERPT)[0]


def test_two_records_that_collide_are_kept_apart(tmp_path: Path) -> None:
    record = "<Country>Iran</Country><LastName>A</LastName><GivenName>B</GivenName><Item>1</Item>"
    dates = [f"<DateOfBirth>{year}</DateOfBirth>" for year in (1950, 1960)]
    statements, report = read(write(tmp_path, *(record + date for date in dates)))
    people = [s.entity_id for s in statements if s.prop == "name"]
    assert len(set(people)) == 2
    assert [issue.code for issue in report.issues] == ["duplicate_id"]


def test_id_survives_blanks_and_case_but_not_another_item(tmp_path: Path) -> None:
    def identity(country: str, schedule: str, item: str, name: str) -> str:
        statements, _ = read(write(tmp_path, f"<Country>{country}</Country><Entity>{name}</Entity>"
                                   f"<Schedule>{schedule}</Schedule><Item>{item}</Item>"))  # fmt: skip
        return statements[0].entity_id

    first = identity("Russia / Russie", "1, Part 3", "7", "Some Plant")
    assert identity("Russia", "1,Part 3", "7", "SOME  PLANT") == first
    assert identity("Russia", "1,Part 3", "8", "SOME PLANT") != first


def test_unknown_field_and_nameless_record(tmp_path: Path) -> None:
    path = write(tmp_path, "<Country>Iran</Country><Entity>X Co.</Entity><Passport>A1</Passport>",
                 "<Country>Iran</Country><Item>9</Item>")  # fmt: skip
    statements, report = read(path)
    assert [(s.value, s.qualifier) for s in statements if s.prop == "notes"] == [("Passport: A1", "unparsed:Passport")]
    assert [issue.code for issue in report.issues] == ["unknown_field", "no_name"]


def test_truncated(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes(EXCERPT.read_bytes()[:-40])
    with pytest.raises(ListError, match=r"cut\.xml, line \d+"):
        read(path)


def test_entries_at_the_top_only(tmp_path: Path) -> None:
    path = tmp_path / "nested.xml"
    path.write_text("<a><t n='1'><old><t n='2'/></old></t><t n='3'/></a>")
    assert [e.get("n") for e in xml.entries(path, {"t"}, top=True)] == ["1", "3"]
    assert [e.get("n") for e in xml.entries(path, {"t"})] == ["2", "1", "3"]


@pytest.mark.shared
def test_whole_list() -> None:
    if not LIST.exists():
        pytest.skip("../shared is not here")
    statements, report = read(LIST)
    schemata = Counter({s.entity_id: s.schema for s in statements}.values())
    assert schemata == {"Person": 3334, "Organization": 1316, "Vessel": 109, "Sanction": 4759}
    kinds = Counter(s.name_kind for s in statements if s.name_kind)
    assert kinds["primary"] == 4759
    assert 2900 < kinds["original_script"] < 3000
    assert sum(1 for s in statements if s.prop == "buildDate") == 109
    assert sum(1 for s in statements if s.prop == "imoNumber") == 109
    assert Counter(issue.code for issue in report.issues)["unparsed"] == 2
    floors = SOURCES[0].floors
    assert floors.entries <= 4759
    assert floors.names <= kinds.total()
