import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import ListError
from allonym.sources import sheet
from allonym.sources.entry import Report

from . import xlsx_file


def test_workbook_cells_are_text(tmp_path: Path) -> None:
    path = xlsx_file.write(tmp_path / "a.xlsx", {"One": [["Ref", "Name"], [2, " Ann "], [2.5, ""]], "Two": [["x"]]})
    found = sheet.workbook(path)
    assert [row.cells for row in found["One"]] == [("Ref", "Name"), ("2", "Ann"), ("2.5", "")]
    assert [row.number for row in found["One"]] == [1, 2, 3]
    assert set(sheet.workbook(path, only="Two")) == {"Two"}
    assert sheet.peek(path)["Two"][0].cells == ("x",)


def test_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    padded = xlsx_file.sheet_xml([["a"]]) + " " * (sheet.RATIO_FROM + 1)
    path = xlsx_file.write(tmp_path / "bomb.xlsx", {"S": padded})
    with pytest.raises(ListError, match="zip bomb"):
        sheet.workbook(path)
    assert sheet.peek(path) == {}


def test_total_size_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx_file.write(tmp_path / "big.xlsx", {"S": [["a" * 5_000]]})
    monkeypatch.setattr(sheet, "MAX_UNPACKED", 4_000)
    with pytest.raises(ListError, match="more than 4000 bytes"):
        sheet.workbook(path)


def test_a_lie_about_the_size_is_found(tmp_path: Path) -> None:
    # The directory says 10 bytes with a matching checksum; the packed data goes on to 100,000.
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b"x" * 100_000) + packed.flush()
    buffer = io.BytesIO()
    name, checksum = b"xl/workbook.xml", zlib.crc32(b"x" * 10)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, checksum, len(data), 10, len(name), 0)
    buffer.write(local + name + data)
    start = buffer.tell()
    buffer.write(
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, checksum, len(data), 10, len(name), 0, 0, 0, 0, 0, 0
        )
        + name
    )
    size = buffer.tell() - start
    buffer.write(struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, size, start, 0))
    path = tmp_path / "lie.xlsx"
    path.write_bytes(buffer.getvalue())
    assert zipfile.ZipFile(path).infolist()[0].file_size == 10
    with pytest.raises(ListError, match="not the 10 stated"):
        sheet.workbook(path)


def test_a_far_off_cell_is_refused(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{xlsx_file.TYPES}"><sheetData>{cells}</sheetData></worksheet>'
    with pytest.raises(ListError, match="1048576 rows"):
        sheet.workbook(xlsx_file.write(tmp_path / "far.xlsx", {"S": xml}))


TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
FILLED = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:text="{PARAGRAPH}">'
            f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def test_ods_with_blanks_to_the_edge(tmp_path: Path) -> None:
    edge = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = f"<table:table-row>{FILLED.format('')}{edge}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048575">{edge}</table:table-row>'
    assert [row.cells[0] for row in sheet.workbook(ods(tmp_path / "a.ods", rows))["S"]] == ["x"]


@pytest.mark.parametrize(
    "row",
    [
        FILLED.format(' table:number-columns-repeated="16384"'),
        '<table:table-cell table:number-columns-repeated="16383"/>' + FILLED.format(""),
    ],
)
def test_ods_that_repeats_a_filled_cell_is_refused(tmp_path: Path, row: str) -> None:
    rows = f'<table:table-row table:number-rows-repeated="1048576">{row}</table:table-row>'
    with pytest.raises(ListError, match="1048576 rows and 16384 columns"):
        sheet.workbook(ods(tmp_path / "bomb.ods", rows))


@pytest.mark.parametrize(
    "content",
    [b"", b"plain text", b"<!DOCTYPE html><title>Error</title>", b"PK\x03\x04 and nothing more", b"%PDF-1.7"],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(ListError, match=r"list\.xlsx"):
        sheet.workbook(path)


def test_a_workbook_cut_off_is_refused(tmp_path: Path) -> None:
    path = xlsx_file.write(tmp_path / "a.xlsx", {"S": [["abc"] * 20] * 50})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ListError, match="damaged"):
        sheet.workbook(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "web page"),
        (b"a,b\n1,\x00\n", "NUL"),
        (b'a,b\n1,"cut off', "line 2: the CSV breaks off"),
    ],
)
def test_a_csv_that_is_none(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(ListError, match=message):
        list(sheet.csv_rows(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('Name,Né\r\n"two\r\nlines",x\r\nlast,y'.encode(encoding))
    rows = list(sheet.csv_rows(path))
    assert rows[0].cells == ("Name", "Né")
    assert [row.number for row in rows] == [1, 2, 4]


def test_records_find_their_headings(tmp_path: Path) -> None:
    rows = [sheet.Row(1, ("Report", "")), sheet.Row(2, ("Unique ID", "D.O.B")), sheet.Row(4, ("A1", "1960"))]
    (record,) = sheet.records(tmp_path, rows, ["uniqueid"], Report())
    assert (record.number, record["uniqueid"], record["dob"], record["absent"]) == (4, "A1", "1960", "")
    with pytest.raises(ListError, match="headings nosuch"):
        list(sheet.records(tmp_path, rows, ["nosuch"], Report()))


def test_a_row_of_another_width_is_reported_and_a_last_one_is_the_end(tmp_path: Path) -> None:
    headings, odd, full = sheet.Row(1, ("a", "b")), sheet.Row(2, ("1",)), sheet.Row(3, ("1", "2"))
    report = Report()
    assert len(list(sheet.records(tmp_path, [headings, odd, full], ["a"], report))) == 2
    assert [issue.code for issue in report.issues] == ["row_width"]
    with pytest.raises(ListError, match="line 2: the last row has 1 cells"):
        list(sheet.records(tmp_path, [headings, odd], ["a"], Report()))


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_have_no_point(number: int) -> None:
    assert sheet.text(float(number)) == sheet.text(number) == str(number)
