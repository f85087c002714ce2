from pathlib import Path

import pytest

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle
from allonym.sources.us_ofac_names import FORMAT

NAMES = Path(__file__).parent / "data" / "us_ofac" / "sanctions_names.csv"
HEADER = "name,source,entity_id,entity_type,country\n"


def read(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in FORMAT.read(Bundle(FORMAT, path), report) if isinstance(s, Statement)], report


def test_recognises_by_the_header() -> None:
    assert FORMAT.recognise(NAMES, NAMES.read_bytes()[:8192])
    assert not FORMAT.recognise(NAMES, b"name,alias\nX,Y\n")


def test_both_lists_keep_their_own_entries() -> None:
    statements, report = read(NAMES)
    names = {s.entity_id: (s.schema, s.value) for s in statements if s.prop == "name"}
    assert names == {
        "ofac-2109": ("Organization", "TROBER, S.A."),
        "ofac-9647": ("Person", "Mahmoud Khaled ZAHHAR"),
        "ofac-15036": ("Vessel", "ARTAVIL"),
        "ofac-17016": ("Organization", "GAZPROMBANK JOINT STOCK COMPANY"),
        "ofac-20861": ("Airplane", "N200VR"),
        "ofac-24998": ("Person", "Huseyin SAHIN"),
        "ofac-cons-9647": ("Person", "Mahmoud Khaled ZAHHAR"),
        "ofac-cons-17016": ("Organization", "GAZPROMBANK JOINT STOCK COMPANY"),
    }
    assert sum(s.prop == "alias" for s in statements) == 11
    # The alias rows of 17016 on the non-SDN list say "individual": reported, and not believed.
    assert [(i.code, i.message.split()[0]) for i in report.issues] == [("conflict", "3")]


def test_countries_and_order() -> None:
    statements, _ = read(NAMES)
    assert [s.value for s in statements if s.entity_id == "ofac-24998" and s.prop == "country"] == ["tr"]
    order = list(dict.fromkeys(s.entity_id for s in statements))
    assert order.index("ofac-2109") < order.index("ofac-cons-9647")


def test_orphans_and_second_primaries(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(HEADER + "A,SDN,1,,\nB,SDN,1,,\nC,SDN_ALT,2,,\n", encoding="utf-8")
    statements, report = read(path)
    assert [(s.prop, s.value) for s in statements] == [("name", "A"), ("topics", "sanction"), ("alias", "B")]
    assert [i.code for i in report.issues] == ["duplicate_id", "orphan"]


@pytest.mark.parametrize("row", ["A,SDN,1\n", "A,UN,1,,\n", ",SDN,1,,\n", "A,SDN,x,,\n", '"A,SDN,1,,\n'])
def test_a_damaged_row_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(ListError, match=r"names\.csv, line [23]: .*fetch"):
        read(path)
