"""The table for people: one line a hit, with the reason.

Takes the rows of a run; writes plain text columns, and at the end how many queries had no hit. Names are hostile:
whatever could move the cursor or reorder text is escaped, and nothing in them is markup. The reason comes last and is
never cut; a terminal wraps it. Must not depend on the terminal, so that the same run gives the same bytes.
"""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, BinaryIO

from rich.cells import cell_len, set_cell_size

from allonym.screening.printable import printable

_HEADINGS = ("row", "query", "score", "match", "entity", "id", "lists", "why")
_WIDEST = (9, 32, 5, 5, 36, 28, 36)
#: Column widths are settled on so many rows, so that a long table can be written as it comes.
_PROBE = 2_000


def write_table(rows: Iterable[list[Any]], file: BinaryIO) -> None:
    """Write the table as UTF-8. Queries without a hit are counted, not listed."""
    without = 0
    iterator = iter(rows)
    probe = list(islice(iterator, _PROBE))
    lines = [_cells(row) for row in probe if row[3] is not None]
    widths = [
        min(most, max(map(cell_len, column)))
        for most, column in zip(_WIDEST, zip(*[_HEADINGS, *lines], strict=True), strict=False)
    ]
    if lines:
        file.write(_line(_HEADINGS, widths))
        file.write(_line(tuple("─" * width for width in [*widths, 3]), widths))
    for row in chain(probe, iterator):
        if row[3] is None:
            without += 1
        else:
            file.write(_line(_cells(row), widths))
    file.write(f"{'' if not lines else chr(10)}{_without(without)}\n".encode())


def _without(count: int) -> str:
    return f"{count:,} {'query' if count == 1 else 'queries'} without a hit"


def _cells(row: list[Any]) -> tuple[str, ...]:
    number, _, query, entity, name, listed, _, score, match, reasons, programs, sources, _, _ = row
    shown = name if listed in (None, "", name) else f"{listed} ({name})"
    lists = ", ".join(programs or sources)
    texts = (str(number), query, f"{score:.2f}", "yes" if match else "no", shown, entity, lists, "; ".join(reasons))
    return tuple(printable(text) for text in texts)


def _line(cells: tuple[str, ...], widths: list[int]) -> bytes:
    *padded, last = cells
    fitted = [_fit(cell, width) for cell, width in zip(padded, widths, strict=True)]
    return ("  ".join([*fitted, last]).rstrip() + "\n").encode("utf-8", "backslashreplace")


def _fit(cell: str, width: int) -> str:
    if cell_len(cell) <= width:
        return set_cell_size(cell, width)
    return set_cell_size(cell, width - 1) + "…"
