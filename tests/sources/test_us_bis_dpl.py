"""BIS Denied Persons List: eleven real rows, odd files, the whole list."""

from collections import Counter
from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle
from allonym.sources.us_bis_dpl import COLUMNS, FORMAT, SOURCES

EXCERPT = Path(__file__).parent / "data" / "us_bis_dpl.txt"
LIST = Path(__file__).parents[3] / "shared" / "lists" / "us_bis_dpl" / "dpl_2022-09.txt"
HEADER = "\t".join(f'"{column}"' for column in COLUMNS)


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in FORMAT.read(Bundle(FORMAT, path), report) if isinstance(s, Statement)], report


def write(folder: Path, content: bytes) -> Path:
    path = folder / "dpl.txt"
    path.write_bytes(content)
    return path


def row(**cells: str) -> str:
    return "\t".join(f'"{cells.get(column, "")}"' for column in COLUMNS)


def test_excerpt() -> None:
    assert FORMAT.recognise(EXCERPT, EXCERPT.read_bytes()[:8192])
    assert FORMAT.date(Bundle(FORMAT, EXCERPT)) is None
    statements, report = read(EXCERPT)
    names = [s for s in statements if s.prop == "name"]
    assert Counter(s.value for s in names) == {
        "I. ASH": 1, "ABDIEL PADRON MADRID": 1, "AL-NASER AIRLINES": 4, "MUHAMMED ALI HIJAZI": 3, "NEI-CHIEN CHU": 2,
    }  # fmt: skip
    assert len({s.entity_id for s in names}) == 11
    assert {s.schema for s in names} == {"LegalEntity"}
    assert [i.code for i in report.issues] == ["unparsed", "duplicate_id"]  # the year 0222; the same row twice
    first = names[0].entity_id
    facts = {s.prop: s for s in statements if s.schema == "Sanction" and s.entity_id.startswith(first)}
    assert facts["authority"].value == "Bureau of Industry and Security"
    assert (facts["startDate"].value, facts["startDate"].original) == ("2003-06-19", "06/19/2003")
    assert facts["endDate"].value == "2056-06-29"
    assert facts["modifiedAt"].value == "2007-01-31"
    assert facts["reason"].value == "68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07"
    assert (facts["provisions"].value, facts["provisions"].original) == ("Standard denial order", "Standard_Order: Y")
    assert facts["summary"].value == "FEDERAL REGISTER NOTICE UPDATED"
    address = {s.prop: s.value for s in statements if s.schema == "Address" and s.entity_id.startswith(first)}
    assert (address["city"], address["state"], address["postalCode"], address["country"]) == (
        "SEAGOVILLE", "TX", "75159", "us",
    )  # fmt: skip
    topics = [s.value for s in statements if s.entity_id == first and s.prop == "topics"]
    assert topics == ["debarment", "export.control"]


def test_ids_stay_when_citations_change(tmp_path: Path) -> None:
    cells = {"Name": "X", "City": "OSLO", "Effective_Date": "01/02/2003"}
    before, _ = read(write(tmp_path, f"{HEADER}\n{row(**cells)}\n".encode()))
    after, _ = read(write(tmp_path, f"{HEADER}\n{row(**cells, FR_Citation='1 F.R. 2', Action='NEW')}\n".encode()))
    assert before[0].entity_id == after[0].entity_id
    assert next(s.value for s in before if s.prop == "startDate") == "2003-01-02"


def test_latin_1_and_unknown_columns(tmp_path: Path) -> None:
    text = f'{HEADER}\t"Mood"\n{row(Name=" PEÑA", Standard_Order="Q")}\t"bad"\n'
    statements, report = read(write(tmp_path, text.encode("latin-1")))
    assert next(s.value for s in statements if s.prop == "name") == "PEÑA"
    assert [s.value for s in statements if s.prop == "notes"] == ["Mood: bad"]
    assert [s.value for s in statements if s.prop == "summary"] == ["Standard_Order: Q"]
    assert sorted(i.code for i in report.issues) == ["unknown_field", "unparsed"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "line 1: no column Name"),
        (b'"Name"\t"City"\n', "line 1: no column Street_Address"),
        (f'{HEADER}\n"X"\t"Y"\n'.encode(), r"line 2: 2 columns, not 12"),
        (f'{HEADER}\n"X\n'.encode(), "line 2: unexpected end of data"),
        (HEADER.encode("utf-16"), "is UTF-16"),
    ],
)
def test_damaged_files(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ListError, match=rf"dpl\.txt.*{message}"):
        read(write(tmp_path, content))


def test_control_characters_are_blanks(tmp_path: Path) -> None:
    statements, report = read(write(tmp_path, f"{HEADER}\n{row(Name='A' + chr(1) + 'B')}\n".encode()))
    assert next(s.value for s in statements if s.prop == "name") == "A B"
    assert [i.code for i in report.issues] == ["control_character"]


@pytest.mark.shared
def test_whole_list() -> None:
    if not LIST.exists():
        pytest.skip("../shared is not here")
    statements, report = read(LIST)
    names = [s.entity_id for s in statements if s.prop == "name"]
    assert len(names) == len(set(names)) == 581
    assert Counter(i.code for i in report.issues) == {"unparsed": 5, "duplicate_id": 2}
    assert sum(s.prop == "endDate" for s in statements) == 528
    assert SOURCES[0].floors.entries < 581 / 3
