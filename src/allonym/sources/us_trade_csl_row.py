"""A row of trade.gov's Consolidated Screening List, whichever form it comes in.

Takes the CSV file (cells joined by `;`) or the JSON file (`{"results": [...]}`, lists in place of joined cells); gives
`Row`s with the same fields. Raises ListError, naming line or result, when the file cannot be read to its end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from allonym.errors import ListError
from allonym.sources import sheet, values
from allonym.sources.us_ofac_labels import DOCUMENTS, Labelled, is_known

LISTS = ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth")
CELLS = (
    "_id", "source", "entity_number", "type", "name", "title", "federal_register_notice", "start_date", "end_date",
    "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage",
    "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url", "source_information_url",
)  # fmt: skip
NEEDED = ("_id", "source", "name")
ADDRESS_PARTS = {"address": "street", "city": "city", "state": "state", "postal_code": "postalCode"}
COUNTRY_END = re.compile(r"(?:(.*), ?)?([A-Z]{2})", re.DOTALL)
ISO_DAY = r"(\d{4}-\d\d-\d\d),\s*"
#: What stands in front of a label: country, up to two dates, number.
DOCUMENT = re.compile(rf"(?:([A-Z]{{2}}),\s*)?(?:{ISO_DAY}(?:{ISO_DAY})?)?(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """An address: one line without its country, or FtM address parts; the country as the list prints it."""

    line: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `where` is its line or number for messages; `unknown` are fields this reader has no name for."""

    where: str
    cells: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    addresses: tuple[Place, ...]
    ids: tuple[Labelled, ...]
    unknown: tuple[tuple[str, str], ...] = ()


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows of the CSV form."""
    lines = sheet.csv_rows(path)
    header = [heading.removeprefix("\ufeff") for heading in (next(lines, sheet.Row(1, ())).cells)]
    if missing := [column for column in NEEDED if column not in header]:
        raise ListError(f"{path}, line 1: no column {', '.join(missing)}; fetch the file again")
    for line in lines:
        if not any(line.cells):
            continue
        if len(line.cells) != len(header):
            raise ListError(f"{path}, line {line.number}: {len(line.cells)} columns, not {len(header)}; the file is "
                            "cut off or damaged, fetch it again")  # fmt: skip
        fields = dict(zip(header, line.cells, strict=True))
        whole = not fields["source"].startswith("Denied Persons")
        yield Row(
            where=f"{path}, line {line.number}",
            cells={name: fields.get(name, "") for name in CELLS},
            lists={name: _joined(fields.get(name, "")) for name in LISTS},
            addresses=tuple(addresses(fields.get("addresses", ""), with_country=whole)),
            ids=tuple(identifiers(fields.get("ids", ""))),
            unknown=tuple(
                (name, text) for name, text in fields.items()
                if text and name not in CELLS and name not in LISTS and name not in ("addresses", "ids")
            ),
        )  # fmt: skip


def json_count(path: Path) -> int | None:
    """How many results the JSON form says it has."""
    match = re.search(rb'"total"\s*:\s*(\d{1,9})\b', path.read_bytes()[:4096])
    return int(match[1]) if match else None


def json_rows(path: Path) -> Iterator[Row]:
    """The results of the JSON form."""
    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ListError(f"{path}, line {error.lineno}: the JSON breaks off or is damaged ({error.msg}); "
                        "fetch the file again") from None  # fmt: skip
    results = content.get("results") if isinstance(content, dict) else None
    if not isinstance(results, list):
        raise ListError(f"{path}: has no list of results; fetch the file again")
    for number, result in enumerate(results, 1):
        if not isinstance(result, dict):
            raise ListError(f"{path}, result {number}: is no object; fetch the file again")
        yield _result(result, f"{path}, result {number}")


def _result(result: dict[str, Any], where: str) -> Row:
    fields = {("_id" if name == "id" else name): value for name, value in result.items()}
    if missing := [name for name in NEEDED if not _text(fields.get(name))]:
        raise ListError(f"{where}: has no {', '.join(missing)}; fetch the file again")
    known = {*CELLS, *LISTS, "addresses", "ids"}
    return Row(
        where=where,
        cells={name: _text(fields.get(name)) for name in CELLS},
        lists={name: tuple(filter(None, map(_text, _list(fields.get(name))))) for name in LISTS},
        addresses=tuple(filter(None, map(_place, _list(fields.get("addresses"))))),
        ids=tuple(filter(None, map(_identifier, _list(fields.get("ids"))))),
        unknown=tuple((name, _text(value)) for name, value in fields.items() if name not in known and _text(value)),
    )


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_text, value.values())))
    return str(value).strip()


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _place(value: Any) -> Place | None:
    if not isinstance(value, dict):
        return Place(line=_text(value)) if _text(value) else None
    parts = tuple((prop, _text(value.get(name))) for name, prop in ADDRESS_PARTS.items() if _text(value.get(name)))
    rest = ", ".join(_text(v) for name, v in value.items() if name not in (*ADDRESS_PARTS, "country") and _text(v))
    country = _text(value.get("country"))
    return Place(line=rest, parts=parts, country=country) if parts or rest or country else None


def _identifier(value: Any) -> Labelled | None:
    if not isinstance(value, dict):
        return next(identifiers(_text(value)), None)
    label, number = _text(value.get("type")), _text(value.get("number"))
    if not label and not number:
        return None
    return Labelled(
        label, number, country=_text(value.get("country")) or None, issued=_text(value.get("issue_date")) or None,
        expires=_text(value.get("expiration_date")) or None,
    )  # fmt: skip


def _joined(cell: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in cell.split(";") if piece.strip())


def addresses(cell: str, *, with_country: bool = True) -> Iterator[Place]:
    """The addresses of a joined cell. A street may hold a `;` of its own: where the list ends every address with its
    country (`with_country`), a piece that has none belongs to the one after it."""
    held = ""
    for piece in _joined(cell):
        text = f"{held}; {piece}" if held else piece
        match = COUNTRY_END.fullmatch(text)
        if match and values.country(match[2]):
            yield Place(line=(match[1] or "").strip(), country=match[2])
            held = ""
        elif with_country:
            held = text
        else:
            yield Place(line=text)
    if held:
        yield Place(line=held)


def identifiers(cell: str, known: Callable[[str], bool] = is_known) -> Iterator[Labelled]:
    """The identifiers of a joined cell: `JO, 2014-08-30, 2009-08-31, K475336, Passport`, the label last.

    Values hold commas and `;` too: a piece that does not end in a label of OFAC's belongs to the one after it.
    """
    held = ""
    for piece in _joined(cell):
        text = f"{held}; {piece}" if held else piece
        value, _, label = text.rpartition(",")
        if known(label):
            yield _parted(value.strip(), label.strip())
            held = ""
        else:
            held = text
    if held:
        value, _, label = held.rpartition(",")
        yield Labelled(label.strip() if value else "", (value or label).strip())


def _parted(value: str, label: str) -> Labelled:
    if Labelled(label, value).key not in DOCUMENTS:
        return Labelled(label, value)
    match = DOCUMENT.fullmatch(value)
    country, first, second, number = match.groups() if match else (None, None, None, value)
    if second:  # the later, of expiry, comes first
        return Labelled(label, number, country=country, issued=second, expires=first)
    return Labelled(label, number, country=country, date=first)
