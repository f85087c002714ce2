"""Writes a small workbook, so that tests can keep their excerpts as text."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

TYPES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def column(number: int) -> str:
    """The letters of a column, from 0."""
    return (column(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)


def sheet_xml(rows: Sequence[Sequence[object]]) -> str:
    """A sheet; text as inline strings, numbers as numbers."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for index, value in enumerate(row):
            at = f'r="{column(index)}{number}"'
            if isinstance(value, (int, float)):
                cells.append(f"<c {at}><v>{value}</v></c>")
            elif value:
                cells.append(f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{TYPES}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[object]] | str]) -> Path:
    """Write the workbook; a sheet given as text is its XML."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{TYPES}" xmlns:r="{RELS}"><sheets>{listed}</sheets></workbook>'
        )
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
                         f'Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
        for number, name in enumerate(names, 1):
            rows = sheets[name]
            archive.writestr(f"xl/worksheets/sheet{number}.xml", rows if isinstance(rows, str) else sheet_xml(rows))
    return path
