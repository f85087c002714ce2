"""United Nations Security Council consolidated list, XML.

Takes the consolidated.xml of any year since 2020; gives Person and Organization entities with a Sanction each, and
edges to the entries their comments refer to. Must not decide which part of a person's name is the surname, and must
not join two entries that share a reference number.
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allonym.sources import xml
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.source import Bundle, Floors, Format, Source
from allonym.sources.un_sc_births import state_births
from allonym.sources.un_sc_comments import References, state_comments
from allonym.sources.un_sc_documents import state_documents
from allonym.sources.un_sc_names import state_names
from allonym.sources.un_sc_places import state_addresses, state_country

AUTHORITY = "United Nations Security Council"
ENTRIES = {"INDIVIDUAL": "Person", "ENTITY": "Organization"}
GENERATED = re.compile(rb"dateGenerated\s*=\s*[\"'](\d{4}-\d\d-\d\d)")
REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3}")
# What the publisher's software writes where it lost the text.
PLACEHOLDERS = {"null", "[object Object]"}
# VERSIONNUM is 1 and LIST_TYPE "UN List" everywhere; the SORT_KEYs are empty or order the printed list.
SKIPPED = {"VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD"}
FIELDS = {
    *SKIPPED, "DATAID", "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "NAME_ORIGINAL_SCRIPT",
    "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "LAST_DAY_UPDATED", "SUBMITTED_BY", "SUBMITTED_ON", "GENDER",
    "TITLE", "DESIGNATION", "NATIONALITY", "COMMENTS1", "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "INDIVIDUAL_ADDRESS",
    "ENTITY_ADDRESS", "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH", "INDIVIDUAL_DOCUMENT",
}  # fmt: skip
ADDRESS_FIELDS = {"STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"}
ALIAS_FIELDS = {"QUALITY", "ALIAS_NAME", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"}
NESTED_FIELDS = {
    "INDIVIDUAL_ALIAS": ALIAS_FIELDS, "ENTITY_ALIAS": ALIAS_FIELDS,
    "INDIVIDUAL_ADDRESS": ADDRESS_FIELDS, "ENTITY_ADDRESS": ADDRESS_FIELDS, "INDIVIDUAL_PLACE_OF_BIRTH": ADDRESS_FIELDS,
    "INDIVIDUAL_DATE_OF_BIRTH": {"TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"},
    "INDIVIDUAL_DOCUMENT": {
        "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE",
        "DATE_OF_ISSUE", "NOTE",
    },
}  # fmt: skip
# The programme that is about terrorism by its own resolutions (1267, 1989, 2253). The Taliban one (1988) is about the
# peace of Afghanistan, the others about states.
TERRORISM = {"Al-Qaida"}


def read(bundle: Bundle, report: Report) -> Iterator[Any]:
    """All statements of the list, entry by entry. Raises ListError when the file cannot be read to its end."""
    references = _references(bundle.main, report)
    taken: dict[str, str] = {}
    for element in xml.entries(bundle.main, set(ENTRIES), report):
        yield from _entry(element, taken, references, report).statements()


def _references(path: Path, report: Report) -> References:
    """Reference numbers of the list with the ids of their entries: comments refer forwards and backwards."""
    found: References = {}
    for element in xml.entries(path, set(ENTRIES)):
        ids = found.setdefault(xml.text(element, "REFERENCE_NUMBER"), [])
        ids.append(f"un-{xml.text(element, 'DATAID')}")
    for reference, ids in found.items():
        if reference and len(set(ids)) > 1:
            report.issue("shared_reference", f"{reference} is the reference number of {len(ids)} entries, kept apart: "
                         f"{', '.join(ids)}", entity_id=ids[0], original=reference)  # fmt: skip
    return found


def _entry(element: Any, taken: dict[str, str], references: References, report: Report) -> Entry:
    data_id, reference = xml.text(element, "DATAID"), xml.text(element, "REFERENCE_NUMBER")
    schema = ENTRIES[element.tag]
    content = (schema, reference, xml.text(element, "FIRST_NAME"), xml.text(element, "SECOND_NAME"))
    entry = Entry(unique_id(taken, f"un-{data_id or reference or 'none'}", content, report), schema, report)
    if not data_id:
        report.issue("no_id", "an entry without DATAID", entity_id=entry.entity_id, original=" ".join(content))
    _clear_damage(entry, element)
    state_names(entry, element)
    if schema == "Person":
        state_births(entry, element)
        state_documents(entry, element)
        _person(entry, element)
    state_addresses(entry, element)
    _sanction(entry, element, reference)
    state_comments(entry, xml.text(element, "COMMENTS1"), reference, references)
    _unknown_fields(entry, element)
    return entry


def _clear_damage(entry: Entry, element: Any) -> None:
    """Report lost characters, and take out what the publisher's software wrote in place of a text."""
    for node in element.iter():
        if not node.text:
            continue
        if "\ufffd" in node.text:
            entry.report.issue("damaged_text", f"{node.tag}: characters were lost at the publisher",
                               entity_id=entry.entity_id, original=node.text.strip())  # fmt: skip
        elif node.text.strip() in PLACEHOLDERS:
            entry.report.issue("damaged_text", f"{node.tag}: the text was lost at the publisher",
                               entity_id=entry.entity_id, original=node.text.strip())  # fmt: skip
            node.text = None


def _person(entry: Entry, element: Any) -> None:
    for title in xml.texts(element, "TITLE/VALUE"):
        entry.add("title", title)
    for position in xml.texts(element, "DESIGNATION/VALUE"):
        for part in re.split(r"(?:^|\s)[a-h]\)\s", position):
            entry.add("position", part, original=position if part != position else None)
    for nationality in xml.texts(element, "NATIONALITY/VALUE"):
        state_country(entry, "nationality", nationality)
    gender = xml.text(element, "GENDER")
    if gender.casefold() != "unknown":
        entry.add("gender", gender)


def _sanction(entry: Entry, element: Any, reference: str) -> None:
    program = xml.text(element, "UN_LIST_TYPE")
    entry.add("topics", "sanction")
    if program in TERRORISM:
        entry.add("topics", "crime.terror")
    sanction = entry.child("Sanction", reference or xml.text(element, "DATAID"))
    sanction.link("entity", entry)
    sanction.add("authority", AUTHORITY)
    sanction.add("program", program)
    sanction.add("unscId", reference)
    sanction.add("recordId", xml.text(element, "DATAID"))
    if not REFERENCE.fullmatch(reference):
        entry.report.issue("odd_reference", "no reference number of the usual form", entity_id=entry.entity_id,
                           original=reference)  # fmt: skip
    sanction.date("listingDate", xml.text(element, "LISTED_ON"))
    for updated in xml.texts(element, "LAST_DAY_UPDATED/VALUE"):
        sanction.date("modifiedAt", updated)
    submitter = xml.text(element, "SUBMITTED_BY")
    if submitter:
        sanction.add("summary", f"Submitted by {submitter}", original=submitter, qualifier="submitted_by")
    sanction.date("date", xml.text(element, "SUBMITTED_ON"), qualifier="submitted_on")


def _unknown_fields(entry: Entry, element: Any) -> None:
    """Keep and report fields that no version of the format had until now."""
    for child in element:
        nested = NESTED_FIELDS.get(child.tag, {"VALUE"})
        for node in (child, *child):
            known = FIELDS if node is child else nested
            content = (node.text or "").strip()
            if content and node.tag not in known:
                entry.report.issue("unknown_field", f"{node.tag}: a field that was not known", original=content,
                                   entity_id=entry.entity_id)  # fmt: skip
                entry.add("notes", content, qualifier=f"unknown_field:{node.tag}")


def _recognise(path: Path, head: bytes) -> bool:
    return xml.root(head) == "CONSOLIDATED_LIST"


def _date(bundle: Bundle) -> datetime.date | None:
    with bundle.main.open("rb") as file:
        match = GENERATED.search(file.read(8192).replace(b"\x00", b""))
    try:
        return datetime.date.fromisoformat(match[1].decode()) if match else None
    except ValueError:
        return None


SOURCES: tuple[Source, ...] = (
    Source(
        name="un_sc",
        title="United Nations Security Council Consolidated List",
        publisher="United Nations Security Council",
        authority="un-security-council",
        licence="UN terms of use, attribution",
        formats=(Format(name="un_consolidated_xml", source="un_sc", recognise=_recognise, read=read, date=_date),),
        floors=Floors(entries=450, names=2000, with_birth_date=0.45, shrinkage=0.2),
        downloads={"consolidated.xml": "https://scsanctions.un.org/resources/xml/en/consolidated.xml"},
        page="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
    ),
)
