"""Names and aliases of the UN list.

Takes an INDIVIDUAL or ENTITY element; states its names. The UN prints a person's name in up to four parts in the
order of the person's own language: FIRST_NAME is the family name of most Koreans, the last part the tribe or place of
many Arabs. The parts are stated as firstName, secondName, middleName and lastName by their position only, with the
qualifier `position:N`; the joined name is the primary one. Must not reorder anything.
"""

import re
from collections.abc import Iterable
from typing import Any

from allonym.model import NameKind
from allonym.sources import xml
from allonym.sources.entry import SPACES, Entry
from allonym.sources.name_cell import CellName, in_latin, split_cell, state_name
from allonym.sources.un_sc_places import place_line, state_country

PARTS = {"FIRST_NAME": "firstName", "SECOND_NAME": "secondName", "THIRD_NAME": "middleName", "FOURTH_NAME": "lastName"}
#: What the UN prints for a part there is none of.
MISSING = "na"
KINDS = {
    "good": NameKind.ALIAS,
    "a.k.a.": NameKind.ALIAS,
    "low": NameKind.WEAK,
    "f.k.a.": NameKind.FORMER,
}
FORMER_NOTE = re.compile(r"^\W*(?:previously|formerly) listed as\W*", re.IGNORECASE)
SCRIPT_NOTE = re.compile(r"\(?\b(?:original script|in arabic(?: script)?)\s*:?", re.IGNORECASE)
NAME_LIKE = re.compile(r"\(?[^\W\d_][^\d:.()]{2,60}\)?")
BORN_NOTE = re.compile(r"(?:\bDOB:|\bborn(?: in| on)?)\s+((?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.? )?\d{4})\b")
LANGUAGE = re.compile(r"\s*\([A-Za-z ]+\)$")


def state_names(entry: Entry, element: Any) -> None:
    """State the primary name, its parts, the name in its original script, and all aliases."""
    printed = {tag: xml.text(element, tag) for tag in PARTS}
    parts = {tag: "" if part == MISSING else part for tag, part in printed.items()}
    whole = _join(parts.values())
    entry.name(whole, original=_join(printed.values()) if parts != printed else None)
    if not whole:
        entry.report.issue("no_name", "an entry without a name", entity_id=entry.entity_id)
    if entry.schema == "Person":
        for position, (tag, prop) in enumerate(PARTS.items(), 1):
            entry.add(prop, parts[tag], qualifier=f"position:{position}")
    elif ";" in whole:
        for piece in split_cell(whole):
            state_name(entry, piece, NameKind.ALIAS, original=whole)
    script = SPACES.sub(" ", xml.text(element, "NAME_ORIGINAL_SCRIPT"))
    plain = script if in_latin(script) else LANGUAGE.sub("", script)
    entry.name(plain, NameKind.ORIGINAL_SCRIPT, original=script if plain != script else None)
    for tag in ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        for alias in element.iterfind(tag):
            _alias(entry, alias)


def _join(parts: Iterable[str]) -> str:
    return SPACES.sub(" ", " ".join(part for part in parts if part))


def _alias(entry: Entry, alias: Any) -> None:
    cell, quality, note = (SPACES.sub(" ", xml.text(alias, tag)) for tag in ("ALIAS_NAME", "QUALITY", "NOTE"))
    kind = KINDS.get(quality.casefold())
    if cell and kind is None:
        entry.report.issue("unknown_value", "QUALITY of an alias: not known, taken as an alias",
                           entity_id=entry.entity_id, original=f"{quality}: {cell}")  # fmt: skip
    kind = kind or NameKind.ALIAS
    if FORMER_NOTE.search(note):
        kind = NameKind.FORMER
    printed = f"{cell} ({note})" if kind is NameKind.FORMER and note else cell
    for name in split_cell(cell):
        state_name(entry, name, kind, original=printed if name.text != printed else None)
    if note:
        _note(entry, cell, note, kind)
    if entry.schema == "Person":
        _birth(entry, alias, "alias" if cell else None)


def _note(entry: Entry, cell: str, note: str, kind: NameKind) -> None:
    """Names within the note of an alias; the note itself is kept unless it says no more than the names do."""
    rest = SCRIPT_NOTE.sub("", FORMER_NOTE.sub("", note))
    pieces = [piece.strip() for piece in note.split(";")]
    listed = len(pieces) > 1 and all(NAME_LIKE.fullmatch(piece) for piece in pieces)
    for name in split_cell(note if listed else rest):
        if name.other_script:
            state_name(entry, name, kind, original=note)
            rest = rest.replace(name.text, "")
        elif listed:
            state_name(entry, CellName(name.text, False), kind, original=note)
    if entry.schema == "Person" and (born := BORN_NOTE.search(note)):
        entry.add("birthDate", born[1], original=note, qualifier="alias")
    if rest.strip(" .,:()"):
        entry.add("notes", f"{cell}: {note}" if cell else note, original=note, qualifier="alias")


def _birth(entry: Entry, alias: Any, qualifier: str | None) -> None:
    """Date and place of birth under an alias.

    The 2024 files carry second dates of birth in aliases without a name; those are the person's own, no alias's.
    """
    entry.date("birthDate", xml.text(alias, "DATE_OF_BIRTH"), qualifier=qualifier)
    country = xml.text(alias, "COUNTRY_OF_BIRTH")
    entry.add("birthPlace", place_line(xml.text(alias, "CITY_OF_BIRTH"), country), qualifier=qualifier)
    state_country(entry, "birthCountry", country, qualifier=qualifier)
