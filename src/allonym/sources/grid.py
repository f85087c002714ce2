"""How far a sheet of a workbook reaches, measured on its packed XML before a reader lays out the whole rectangle.

Takes the blocks of one member of an .xlsx or .ods file as they are unpacked; raises ListError once the rectangle from
the first to the last filled cell has too many cells: one far-off cell in a small file is a bomb. Must not keep the XML.
"""

import re
from pathlib import Path
from typing import Any

from lxml import etree

from allonym.errors import ListError

MAX_CELLS = 20_000_000
CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,7})(\d{1,9})["']""")
OVERLAP = 1_024


class Grid:
    """The rectangle of one member; members that are no sheets have none."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.width, self.height = path, 1, 1
        self.xlsx = name.startswith("xl/worksheets/")
        self.tail = b""
        self.column = self.row = self.times = 0
        self.parser: etree.XMLPullParser | None = None
        if name == "content.xml":
            self.parser = etree.XMLPullParser(("start", "end"), resolve_entities=False, load_dtd=False, no_network=True)

    def look(self, block: bytes) -> None:
        """Take the next block."""
        if self.xlsx:
            for letters, row in CELL.findall(self.tail + block):
                self._reach(_column(letters), int(row))
            self.tail = block[-OVERLAP:]
        elif self.parser:
            try:
                self.parser.feed(block)
            except etree.XMLSyntaxError as error:
                raise ListError(f"{self.path}: the workbook is damaged ({error}); fetch the file again") from None
            self._ods(self.parser)

    def _ods(self, parser: etree.XMLPullParser) -> None:
        # .ods counts: a cell or row stands once with the number of its repetitions, blanks to the edge included.
        element: Any
        for event, element in parser.read_events():
            tag = str(element.tag).rpartition("}")[2]
            if tag == "table" and event == "start":
                self.row = 0
            elif tag == "table-row" and event == "start":
                self.column, self.times = 0, _repeated(element, "rows")
            elif tag in ("table-cell", "covered-table-cell") and event == "end":
                self.column += _repeated(element, "columns")
                if len(element) or any(str(name).endswith("}value-type") for name in element.attrib):
                    self._reach(self.column, self.row + self.times)
                element.clear()
            elif tag == "table-row":
                self.row += self.times
                element.clear()

    def _reach(self, column: int, row: int) -> None:
        self.width, self.height = max(self.width, column), max(self.height, row)
        if self.width * self.height > MAX_CELLS:
            raise ListError(f"{self.path}: a sheet of {self.height} rows and {self.width} columns; not read")


def _repeated(element: Any, what: str) -> int:
    found = [text for name, text in element.attrib.items() if str(name).endswith(f"}}number-{what}-repeated")]
    return int(found[0]) if found and str(found[0]).isdigit() else 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
