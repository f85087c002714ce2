"""A table of the names on OFAC's lists (`name,source,entity_id,entity_type,country`), one name a row, to statements.

Takes the file; gives names, country and topic of every entry. Entries of the non-SDN list have ids of their own
(`ofac-cons-N`): 77 numbers of the 2025-11 file stand on both lists. Must not trust the type of an alias row: the file
has "individual" on aliases of companies of the non-SDN list; the primary row's type counts.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources import us_ofac_entry
from allonym.sources.entry import Entry, Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_csv import CONTROL, KINDS, NUMBER, decode
from allonym.sources.us_ofac_listing import Alias

HEADER = ["name", "source", "entity_id", "entity_type", "country"]
PREFIXES = {"SDN": "ofac-", "SDN_ALT": "ofac-", "CONS": "ofac-cons-", "CONS_ALT": "ofac-cons-"}


def _recognise(path: Path, head: bytes) -> bool:
    return re.split(r"\r?\n", decode(head), maxsplit=1)[0].strip().split(",") == HEADER


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = CONTROL.sub(" ", decode(path.read_bytes().rstrip(b"\x1a")))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        next(reader, None)
        for row in reader:
            if not row:
                continue
            cells = [cell.strip() for cell in row]
            if len(cells) != len(HEADER) or cells[1] not in PREFIXES or not cells[0] or not NUMBER.fullmatch(cells[2]):
                raise ListError(f"{path}, line {reader.line_num}: not a row of {', '.join(HEADER)} with one of the "
                                f"sources {', '.join(PREFIXES)}; fetch the file again")  # fmt: skip
            yield reader.line_num, cells
    except csv.Error as error:
        raise ListError(f"{path}, line {reader.line_num}: no CSV ({error}); fetch the file again") from None


def read(bundle: Bundle, report: Report) -> Iterator[Statement]:
    """Statements of every entry, in the order of the primary rows."""
    entries: dict[str, Entry] = {}
    kinds: dict[str, str] = {}
    aliases: list[tuple[str, list[str]]] = []
    for line, row in _rows(bundle.main):
        entity_id = PREFIXES[row[1]] + row[2]
        if row[1].endswith("_ALT"):
            aliases.append((entity_id, row))
        elif entity_id in entries:
            report.issue("duplicate_id", f"line {line}: a second primary name for {entity_id}, read as an alias",
                         entity_id=entity_id, original=", ".join(row))  # fmt: skip
            aliases.append((entity_id, row))
        else:
            kinds[entity_id] = row[3]
            entries[entity_id] = _entry(entity_id, row, report)
    misfits = []
    for entity_id, row in aliases:
        entry = entries.get(entity_id)
        if entry is None:
            report.issue("orphan", f"an alias of {entity_id}, which has no primary row", original=", ".join(row))
            continue
        us_ofac_entry.state_alias(entry, Alias(row[0]))
        entry.add("country", row[4])
        if row[3] != kinds[entity_id]:
            misfits.append(row)
    if misfits:
        report.issue("conflict", f"{len(misfits)} alias rows have another entity_type than their primary row, whose "
                     "type counts; the first is given", original=", ".join(misfits[0]))  # fmt: skip
    for entry in entries.values():
        yield from entry.statements()


def _entry(entity_id: str, row: list[str], report: Report) -> Entry:
    kind = KINDS.get(row[3].casefold())
    if kind is None:
        report.issue("unknown_field", f"entity_type {row[3]!r} is not known, read as an organisation",
                     entity_id=entity_id, original=row[3])  # fmt: skip
    entry = Entry(entity_id, us_ofac_entry.SCHEMATA[kind or "entity"], report)
    us_ofac_entry.state_name(entry, row[0])
    entry.add("country", row[4])
    entry.add("topics", "sanction")
    return entry


FORMAT = Format("names csv", "us_ofac_sdn_names", _recognise, read, lambda bundle: None)
