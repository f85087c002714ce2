from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources import us_ofac_xml
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_csv import FORMAT_CONS, FORMAT_SDN, _address, companions, decode

DATA = Path(__file__).parent / "data" / "us_ofac"
NULL = ",-0- " * 7


def read(main: Path, form: Format = FORMAT_SDN) -> tuple[list[Statement], Report]:
    report = Report()
    bundle = Bundle(form, main, form.companions(main))
    return [s for s in form.read(bundle, report) if isinstance(s, Statement)], report


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text.encode() + b"\x1a")
    return folder / "sdn.csv"


def facts(statements: list[Statement]) -> set[tuple[str, str, str, str, str | None]]:
    return {(s.entity_id, s.schema, s.prop, s.value, s.qualifier) for s in statements}


def test_csv_and_xml_of_the_same_entries_state_the_same() -> None:
    ours, theirs = facts(read(DATA / "sdn.csv")[0]), facts(read(DATA / "sdn.xml", us_ofac_xml.FORMAT_SDN)[0])
    assert ours == theirs


def test_recognises_main_files_only() -> None:
    for path, expected in (
        (DATA / "sdn.csv", (True, False)), (DATA / "cons" / "CONS_PRIM.CSV", (False, True)),
        (DATA / "alt.csv", (False, False)), (DATA / "add.csv", (False, False)),
        (DATA / "sdn_comments.csv", (False, False)), (DATA / "sanctions_names.csv", (False, False)),
    ):  # fmt: skip
        head = path.read_bytes()[:8192]
        assert (FORMAT_SDN.recognise(path, head), FORMAT_CONS.recognise(path, head)) == expected, path.name


def test_companions_whatever_the_case() -> None:
    assert {role: path.name for role, path in companions(DATA / "cons" / "CONS_PRIM.CSV").items()} == {
        "alt": "CONS_ALT.CSV", "add": "CONS_ADD.CSV", "comments": "CONS_COMMENTS.CSV",
    }  # fmt: skip
    assert set(companions(DATA / "sdn.csv")) == {"alt", "add", "comments"}
    assert companions(DATA / "sanctions_names.csv") == {}


def test_the_csv_has_no_date() -> None:
    assert FORMAT_SDN.date(Bundle(FORMAT_SDN, DATA / "sdn.csv")) is None


def test_non_sdn_entries_have_ids_of_their_own() -> None:
    statements, report = read(DATA / "cons" / "CONS_PRIM.CSV", FORMAT_CONS)
    names = {s.entity_id: s.value for s in statements if s.prop == "name"}
    assert names == {
        "ofac-cons-9639": "Ismail Abdul Salah HANIYA",
        "ofac-cons-30882": "CHINA TELECOM CORPORATION LIMITED",
        "ofac-cons-31695": "CENTRAL BANK OF THE RUSSIAN FEDERATION",
    }
    # Its remark is cut within a directive's sentence and goes on in the comments.
    assert {s.value for s in statements if s.entity_id == "ofac-cons-31695" and s.prop == "taxNumber"} == {"7702235133"}
    assert not [i for i in report.issues if i.code == "cut_remark"]


def test_a_remark_goes_on_in_the_comments_at_the_very_character(tmp_path: Path) -> None:
    start = "DOB 1960; Linked To: ALFA; " + "a.k.a. 'X'; " * 70 + "Digital Currency Address - XBT 1Kuf"
    start = start[:26] + " " * (1000 - len(start)) + start[26:]
    assert len(start) == 1000
    sdn = f'1,ALFA,-0- ,CYBER2{NULL},"-0- "\r\n2,"DOE, J",individual,CYBER2{NULL},"{start}"\r\n'
    whole, report = read(write(tmp_path, sdn=sdn, sdn_comments="2,\"2Rd8; a.k.a. 'Z'.\"\r\n"))
    assert [s.value for s in whole if s.prop == "publicKey"] == ["1Kuf2Rd8"]
    assert [s.value for s in whole if s.prop == "weakAlias"] == ["X", "Z"]
    assert not report.issues
    (tmp_path / "sdn_comments.csv").unlink()
    cut, report = read(tmp_path / "sdn.csv")
    assert [s for s in cut if s.prop == "publicKey"] == []
    assert [(i.code, i.original) for i in report.issues] == [("cut_remark", "Digital Currency Address - XBT 1Kuf")]
    assert [s.value for s in cut if s.qualifier == "cut"] == ["Digital Currency Address - XBT 1Kuf"]


def test_companions_are_joined_on_the_first_column_only(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        sdn=f"36,AERO,-0- ,CUBA{NULL},-0- \r\n",
        alt='36,12,aka,AERO-CARIBBEAN,-0- \r\n99,36,aka,STRANGER,"a remark"\r\n',
        add='36,25,-0- ,Havana,Cuba,-0- \r\n98,36,"1 Far St",Elsewhere,Peru,-0- \r\n',
    )
    statements, report = read(main)
    assert [s.value for s in statements if s.prop == "alias"] == ["AERO-CARIBBEAN"]
    assert [s.value for s in statements if s.prop == "full"] == ["Havana, Cuba"]
    assert [(i.code, (i.original or "").split(",")[0]) for i in report.issues] == [("orphan", "99"), ("orphan", "98")]


def test_a_number_claimed_twice_is_kept_apart_and_gets_no_companions(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        sdn=f'2677,"AL-ZOMOR, Abboud",individual,SDGT{NULL},DOB 1947.\r\n2677,HAMER LIMITED,-0- ,SDGT{NULL},-0- \r\n',
        alt='2677,1796,aka,"ZUMAR, Abbud",-0- \r\n',
    )
    statements, report = read(main)
    (issue,) = report.issues
    assert issue.code == "duplicate_id" and issue.entity_id is not None
    of_second = [(s.prop, s.value) for s in statements if s.entity_id == issue.entity_id]
    assert of_second == [("name", "HAMER LIMITED"), ("topics", "sanction"), ("topics", "crime.terror")]
    assert [s.entity_id for s in statements if s.prop == "alias"] == ["ofac-2677"]


def test_decides_the_encoding_from_the_bytes(tmp_path: Path) -> None:
    assert decode("MUÑOZ".encode()) == "MUÑOZ"
    assert decode("MUÑOZ’S".encode("cp1252")) == "MUÑOZ’S"
    assert decode(b"\x81") == "\x81"
    main = tmp_path / "sdn.csv"
    main.write_bytes(f"1,MUÑOZ,-0- ,CUBA{NULL},-0- \r\n\x1a".encode("latin-1"))
    assert [s.value for s in read(main)[0] if s.prop == "name"] == ["MUÑOZ"]


def test_control_characters_are_blanks_and_reported(tmp_path: Path) -> None:
    statements, report = read(write(tmp_path, sdn=f"1,A\x07B,-0- ,CUBA{NULL},-0- \r\n"))
    assert [s.value for s in statements if s.prop == "name"] == ["A B"]
    assert [i.code for i in report.issues] == ["control_character"]


@pytest.mark.parametrize(
    "last",
    ['2,"BROKEN OFF', "2,SHORT,-0- ,CUBA\r\n", f"two,X,-0- ,CUBA{NULL},-0- \r\n", "<html>Access denied</html>\r\n"],
)
def test_a_damaged_row_is_refused_with_its_line(tmp_path: Path, last: str) -> None:
    main = write(tmp_path, sdn=f"1,A,-0- ,CUBA{NULL},-0- \r\n{last}")
    with pytest.raises(ListError, match=r"sdn\.csv, line 2: .*fetch"):
        read(main)


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("London EC3N 1DY", ("London", "", "EC3N 1DY")),
        ("Culiacan, Sinaloa C.P. 80197", ("Culiacan", "Sinaloa", "C.P. 80197")),
        ("Montreal, Quebec", ("Montreal", "Quebec", "")),
        ("Lima 18", ("", "", "")),
        ("Suite 4, Floor 2, Nicosia", ("", "", "")),
    ],
)
def test_places_are_parted_where_the_column_says_so_plainly(printed: str, parts: tuple[str, str, str]) -> None:
    address = _address("1 High Street", printed, "Peru", "")
    assert (address.city, address.state, address.postal_code) == parts
    assert address.full == f"1 High Street, {printed}, Peru"
