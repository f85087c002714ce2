"""European Union financial sanctions (FSF), full XML 1.1.

Takes xmlFullSanctionsList_1_1; gives Person and Organization entities with their Sanction. Must not take the latest
amendment for the first listing, and must not join two records that carry one logicalId.
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.eu_fsf_addresses import FIELDS as ADDRESS_FIELDS
from allonym.sources.eu_fsf_addresses import state_addresses
from allonym.sources.eu_fsf_births import FIELDS as BIRTH_FIELDS
from allonym.sources.eu_fsf_births import state_births
from allonym.sources.eu_fsf_identifications import FIELDS as IDENTIFICATION_FIELDS
from allonym.sources.eu_fsf_identifications import state_identifications
from allonym.sources.eu_fsf_names import FIELDS as NAME_FIELDS
from allonym.sources.eu_fsf_names import state_names
from allonym.sources.source import Bundle, Floors, Format, Source

SCHEMATA = {"person": "Person", "enterprise": "Organization"}
GENERATED = re.compile(rb"generationDate\s*=\s*[\"'](\d{4}-\d\d-\d\d)")
UN_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3}")
LISTED = re.compile(r"(?:date of (?:listing|designation)\s*:?\s*)?(\d{1,2}[./]\d{1,2}[./]\d{4})\.?", re.IGNORECASE)
AUTHORITIES = {
    "council": "Council of the European Union",
    "commission": "European Commission",
    "opoce": "Publications Office of the European Union",
    "un": "United Nations",
}
# Programmes about terrorism by their own acts: CFSP 2001/931 (TERR), Hamas and PIJ (HAM), ISIL and Al-Qaida as listed
# by the UN (TAQA) and by the EU itself (EUAQ). AFG is about the peace of Afghanistan.
TERRORISM = {"TERR", "HAM", "TAQA", "EUAQ"}
# The elements of an entry with their attributes, and what may stand within them.
FIELDS: dict[str, set[str]] = {
    "remark": set(),
    "regulation": {
        "regulationType", "organisationType", "publicationDate", "entryIntoForceDate", "numberTitle", "programme",
        "logicalId",
    },
    "subjectType": {"code", "classificationCode"},
    "nameAlias": NAME_FIELDS,
    "citizenship": {"region", "countryIso2Code", "countryDescription", "regulationLanguage", "logicalId"},
    "birthdate": BIRTH_FIELDS,
    "identification": IDENTIFICATION_FIELDS,
    "address": ADDRESS_FIELDS,
}  # fmt: skip
WITHIN = {"remark", "regulationSummary", "contactInfo", "publicationUrl"}
ATTRIBUTES = {"designationDetails", "designationDate", "unitedNationId", "euReferenceNumber", "logicalId"}


def read(bundle: Bundle, report: Report) -> Iterator[Any]:
    """All statements of the list, entry by entry. Raises ListError when the file cannot be read to its end."""
    taken: dict[str, str] = {}
    claimed: dict[str, str] = {}
    for element in xml.entries(bundle.main, {"sanctionEntity"}, report):
        yield from _entry(element, taken, claimed, report).statements()


def _entry(element: Any, taken: dict[str, str], claimed: dict[str, str], report: Report) -> Entry:
    subject = element.find("subjectType")
    code = subject.get("code", "") if subject is not None else ""
    logical_id = element.get("logicalId", "")
    names = element.findall("nameAlias")
    content = (code, element.get("euReferenceNumber", ""), names[0].get("wholeName", "") if names else "")
    entity_id = unique_id(taken, f"eu-{logical_id or 'none'}", content, report)
    entry = Entry(entity_id, SCHEMATA.get(code, "LegalEntity"), report)
    if code not in SCHEMATA:
        report.issue("unknown_value", "subjectType: neither person nor enterprise", entity_id=entity_id, original=code)
    if not logical_id:
        report.issue("no_id", "an entry without logicalId", entity_id=entity_id, original=" ".join(content))
    state_names(entry, names)
    state_births(entry, element)
    for citizenship in element.iterfind("citizenship"):
        _citizenship(entry, citizenship)
    state_identifications(entry, element)
    state_addresses(entry, element)
    _sanctions(entry, element, claimed)
    for remark in xml.texts(element, "remark"):
        if remark != "none":
            entry.add("notes", remark)
    _unknown_fields(entry, element)
    return entry


def _citizenship(entry: Entry, citizenship: Any) -> None:
    country = citizenship.get("countryDescription", "")
    remarks = "; ".join((citizenship.get("region", ""), *xml.texts(citizenship, "remark"))).strip("; ")
    if country != "UNKNOWN":
        prop = "citizenship" if values.has_property(entry.schema, "citizenship") else "country"
        # The description, not the code: CS is Serbia and Montenegro here and Czechoslovakia in FtM.
        entry.add(prop, country)
    if remarks:
        entry.add("notes", f"Citizenship: {country}, {remarks}", original=remarks, qualifier="citizenship")


def _sanctions(entry: Entry, element: Any, claimed: dict[str, str]) -> None:
    entry.add("topics", "sanction")
    for regulation in element.iterfind("regulation"):
        programme = regulation.get("programme", "")
        if programme in TERRORISM:
            entry.add("topics", "crime.terror")
        sanction = entry.child("Sanction", programme, element.get("euReferenceNumber"))
        sanction.link("entity", entry)
        _regulation(sanction, regulation, programme)
        _designation(sanction, element)
        _un_reference(sanction, entry, element.get("unitedNationId", "").strip(), claimed)


def _regulation(sanction: Entry, regulation: Any, programme: str) -> None:
    """The act the record rests on: mostly the last amendment, so that its dates are no date of the first listing."""
    organisation = regulation.get("organisationType", "")
    if organisation and organisation not in AUTHORITIES:
        sanction.report.issue("unknown_value", "organisationType: not known", entity_id=sanction.entity_id,
                              original=organisation)  # fmt: skip
    sanction.add("authority", AUTHORITIES.get(organisation, organisation))
    sanction.add("program", programme)
    sanction.add("programId", programme)
    sanction.add("country", "eu")
    kind = regulation.get("regulationType", "")
    sanction.add("provisions", regulation.get("numberTitle"), qualifier=kind or None)
    sanction.date("startDate", regulation.get("entryIntoForceDate"), qualifier=kind if kind != "regulation" else None)
    sanction.date("modifiedAt", regulation.get("publicationDate"))
    for url in xml.texts(regulation, "publicationUrl"):
        sanction.add("programUrl", url)


def _designation(sanction: Entry, element: Any) -> None:
    sanction.add("authorityId", element.get("euReferenceNumber"))
    sanction.add("recordId", element.get("logicalId"))
    details = element.get("designationDetails", "").strip()
    sanction.date("listingDate", element.get("designationDate"))
    sanction.add("summary", details)
    listed = LISTED.fullmatch(details)
    day = values.iso_date(listed[1], True) if listed else None
    if day:
        sanction.add("listingDate", day, original=details)
    acts = {s.get("numberTitle", ""): s for s in element.iterfind("*/regulationSummary")}
    for title, act in acts.items():
        sanction.add("provisions", title, qualifier=f"part:{act.get('regulationType', '')}")
        sanction.date("modifiedAt", act.get("publicationDate"))
        sanction.add("sourceUrl", act.get("publicationUrl"))
    if not day and not element.get("designationDate") and acts:
        earliest = min(act.get("publicationDate", "") for act in acts.values())
        sanction.date("listingDate", earliest, qualifier="earliest_act")


def _un_reference(sanction: Entry, entry: Entry, reference: str, claimed: dict[str, str]) -> None:
    """The UN's number of the same listing; rare, now and then another entry's or no such number."""
    if not reference:
        return
    usual = bool(UN_REFERENCE.fullmatch(reference))
    sanction.add("unscId", reference, qualifier=None if usual else "odd_reference")
    if not usual:
        sanction.report.issue("odd_reference", "unitedNationId: no reference number of the UN's form",
                              entity_id=entry.entity_id, original=reference)  # fmt: skip
    if claimed.setdefault(reference, entry.entity_id) != entry.entity_id:
        sanction.report.issue("shared_reference", f"{reference} is the unitedNationId of {claimed[reference]} too",
                              entity_id=entry.entity_id, original=reference)  # fmt: skip


def _unknown_fields(entry: Entry, element: Any) -> None:
    """Keep and report fields that no version of the format had until now."""
    found = [(name, value) for name, value in element.attrib.items() if name not in ATTRIBUTES]
    for child in element:
        known = FIELDS.get(child.tag)
        if known is None:
            found.append((child.tag, " ".join((child.text or "", *child.attrib.values()))))
            continue
        found += [(f"{child.tag} {name}", value) for name, value in child.attrib.items() if name not in known]
        found += [(f"{child.tag} {node.tag}", node.text or "") for node in child if node.tag not in WITHIN]
    for name, value in found:
        if not value.strip():
            continue
        entry.report.issue("unknown_field", f"{name}: a field that was not known", entity_id=entry.entity_id,
                           original=value.strip())  # fmt: skip
        entry.add("notes", value, qualifier=f"unknown_field:{name}")


def _recognise(path: Path, head: bytes) -> bool:
    return xml.root(head) == "export" and b"eu.europa.ec/fpi/fsd/export" in head.replace(b"\x00", b"")


def _date(bundle: Bundle) -> datetime.date | None:
    with bundle.main.open("rb") as file:
        match = GENERATED.search(file.read(8192).replace(b"\x00", b""))
    try:
        return datetime.date.fromisoformat(match[1].decode()) if match else None
    except ValueError:
        return None


_ADDRESS = "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"
SOURCES: tuple[Source, ...] = (
    Source(
        name="eu_fsf",
        title="European Union Consolidated Financial Sanctions List",
        publisher="European Commission (FISMA)",
        authority="eu-council",
        licence="Commission reuse decision 2011/833/EU (CC BY 4.0)",
        formats=(Format(name="eu_fsf_xml_1_1", source="eu_fsf", recognise=_recognise, read=read, date=_date),),
        floors=Floors(entries=2400, names=12000, with_birth_date=0.4, shrinkage=0.2),
        downloads={"xmlFullSanctionsList_1_1.xml": _ADDRESS},
        page="https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
    ),
)
