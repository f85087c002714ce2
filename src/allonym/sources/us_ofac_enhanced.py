"""OFAC's ENHANCED XML, the publisher's newest form, for the SDN list and for the lists that are not SDN.

Takes one file (sanctionsData); gives statements. Both lists share one schema and differ in the filter that
publicationInfo names, so that each format recognises its own. OFAC's row numbers of names, addresses, features and
identities are not kept: they name nothing outside the file. Must not guess: an element that is not known is reported
and kept as a note.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allonym.errors import ListError
from allonym.model import NAME_KIND_PROP, NameKind, Statement
from allonym.sources import us_ofac_programs, values, xml
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_enhanced_features import documents, features
from allonym.sources.us_ofac_enhanced_links import Listed, listed, relationships
from allonym.sources.us_ofac_labels import note

SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
#: Scripts that only one language of the list is written in; of Arabic and Cyrillic the language is not known.
LANGUAGES = {
    "Armenian": "hye", "Chinese Simplified": "zho", "Chinese Traditional": "zho", "Georgian": "kat", "Greek": "ell",
    "Hangul": "kor", "Hebrew": "heb", "Japanese": "jpn", "Korean": "kor",
}  # fmt: skip
NAME_PARTS = {
    "Last Name": "lastName", "First Name": "firstName", "Middle Name": "middleName", "Patronymic": "fatherName",
    "Matronymic": "motherName",
}  # fmt: skip
#: Parts that repeat the whole name they are part of.
WHOLE_NAMES = {"Entity Name", "Vessel Name", "Aircraft Name"}
ADDRESS_PARTS = {
    "ADDRESS1": "street", "ADDRESS2": "street", "ADDRESS3": "street", "CITY": "city", "STATE/PROVINCE": "state",
    "REGION": "region", "POSTAL CODE": "postalCode",
}  # fmt: skip
GROUPS = {
    "generalInfo", "sanctionsLists", "sanctionsPrograms", "sanctionsTypes", "legalAuthorities", "names", "addresses",
    "features", "identityDocuments", "relationships",
}  # fmt: skip
REGION = "Region: "  # in the place of a country: "Region: Crimea"
SDN_LIST = "SDN List"
AGGREGATE = "Consolidated List"  # OFAC's own sum of its lists that are not SDN


@dataclass(frozen=True, slots=True)
class ListKind:
    """Which of the two lists a file is: id prefixes of its own entries and of those only the other list has."""

    source: str
    filter: str
    prefix: str
    other_prefix: str


SDN = ListKind("us_ofac_sdn", SDN_LIST, "ofac-", "ofac-cons-")
CONS = ListKind("us_ofac_cons", AGGREGATE, "ofac-cons-", "ofac-")


def recognises(kind: ListKind, head: bytes) -> bool:
    """Whether a file that begins like this is ENHANCED XML filtered to the list."""
    lists = re.findall(rb"<(?:\w+:)?sanctionsList\b[^>]*>([^<]*)<", head.partition(b"publicationInfo>")[2])
    return xml.root(head) == "sanctionsData" and kind.filter.encode() in [name.strip() for name in lists[:1]]


def content_date(bundle: Bundle) -> datetime.date | None:
    """`dataAsOf`; None when there is none that is a date."""
    with bundle.main.open("rb") as file:
        head = file.read(8192).decode("utf-8", "replace")
    match = re.search(r"<(?:\w+:)?dataAsOf>\s*(\d{4}-\d\d-\d\d)", head)
    day = values.iso_date(match[1]) if match else None
    return datetime.date.fromisoformat(day) if day else None


def read(kind: ListKind, bundle: Bundle, report: Report) -> Iterator[Statement]:
    """The statements of every entity. Raises ListError for a damaged file and for an entity without an id."""
    path = bundle.main
    countries: dict[str, str] = {}
    taken: dict[str, str] = {}
    known = listed(path)
    for element in xml.entries(path, {"referenceValue", "entity"}, report):
        if element.tag == "referenceValue":
            if code := xml.text(element, "isoCode"):
                countries[element.get("refId", "")] = code
        else:
            yield from _entity(element, kind, path, _Context(report, countries, taken, known)).statements()


@dataclass(frozen=True, slots=True)
class _Context:
    report: Report
    countries: dict[str, str]
    taken: dict[str, str]
    listed: dict[str, Listed]


def _entity(element: Any, kind: ListKind, path: Path, context: _Context) -> Entry:
    number = element.get("id", "").strip()
    word = xml.text(element, "generalInfo/entityType")
    if not number:
        raise ListError(f"{path}, line {element.sourceline}: an entity without an id; fetch the file again")
    first = next(iter(xml.texts(element, "names/name/translations/translation/formattedFullName")), "")
    entity_id = unique_id(context.taken, f"{kind.prefix}{number}", (word, first), context.report)
    entry = Entry(entity_id, SCHEMATA.get(word, "LegalEntity"), context.report)
    if word not in SCHEMATA:
        _unknown(entry, "entityType", word)
    _names(element, entry)
    sanctions = _sanctions(element, entry, number)
    _general(element, entry)
    _addresses(element, entry)
    features(element, entry, sanctions)
    documents(element, entry, context.countries)
    relationships(element, entry, kind.prefix, kind.other_prefix, context.listed)
    for child in element:
        if child.tag not in GROUPS:
            _unknown(entry, str(child.tag), " ".join(t.strip() for t in child.itertext() if t.strip()))
    return entry


def _unknown(entry: Entry, field: str, text: str) -> None:
    entry.report.issue("unknown_field", f"{field} is not known", entity_id=entry.entity_id, original=text)
    note(entry, f"{field}: {text}" if text else field, qualifier=f"unknown:{field}")


def _general(element: Any, entry: Entry) -> None:
    for child in element.iterfind("generalInfo/*"):
        text = (child.text or "").strip()
        if child.tag == "remarks":
            entry.add("notes", text)
        elif child.tag == "title":
            entry.add("position" if values.has_property(entry.schema, "position") else "notes", text)
        elif child.tag not in ("identityId", "entityType"):
            _unknown(entry, str(child.tag), text)


def _sanctions(element: Any, entry: Entry, number: str) -> dict[str, Entry]:
    """One Sanction for each program, as in OFAC's other forms, by its code.

    Lists, sanctions types and authorities are not tied to a program in the format, so that every Sanction has them all;
    the qualifier of a date names its list. The date of OFAC's sum of lists is a note where another list is named.
    """
    entry.add("topics", "sanction")
    programs = xml.texts(element, "sanctionsPrograms/sanctionsProgram") or [""]
    found = {code: _sanction(entry, code, number) for code in programs}
    items = element.findall("sanctionsLists/sanctionsList")
    titles = {(item.text or "").strip() for item in items}
    for sanction in found.values():
        for item in items:
            title, day = (item.text or "").strip(), item.get("datePublished")
            if title == AGGREGATE and len(titles) > 1:
                sanction.add("summary", f"{title}, published {day}" if day else title)
                continue
            sanction.add("summary", title)
            sanction.add("listingDate", day, original=f"{title}, published {day}", qualifier=f"list:{title}")
        for text in xml.texts(element, "sanctionsTypes/sanctionsType"):
            sanction.add("provisions", text, qualifier="sanctions_type")
        for text in xml.texts(element, "legalAuthorities/legalAuthority"):
            sanction.add("reason", text, qualifier="legal_basis")
    return found


def _sanction(entry: Entry, code: str, number: str) -> Entry:
    program = us_ofac_programs.program(code)
    if code and not us_ofac_programs.is_known(code):
        entry.report.issue("unknown_program", f"program {code!r} is not in the register", entity_id=entry.entity_id,
                           original=code)  # fmt: skip
    for topic in program.topics:
        entry.add("topics", topic)
    sanction = entry.child("Sanction", code)
    sanction.link("entity", entry)
    sanction.add("authority", us_ofac_programs.AUTHORITY)
    sanction.add("country", "us")
    sanction.add("program", code)
    sanction.add("programId", program.program_id)
    sanction.add("recordId", number)
    return sanction


def _names(element: Any, entry: Entry) -> None:
    for name in element.iterfind("names/name"):
        kind = _kind(name, entry)
        qualifier = "now_known_as" if xml.text(name, "aliasType") == "N.K.A." else None
        if kind is NameKind.FORMER and xml.text(name, "isLowQuality") == "true":
            qualifier = "weak"
        for translation in name.iterfind("translations/translation"):
            _name(translation, kind, qualifier, entry)


def _kind(name: Any, entry: Entry) -> NameKind:
    if xml.text(name, "isPrimary") == "true":
        return NameKind.PRIMARY
    alias = xml.text(name, "aliasType")
    if alias not in ("", "A.K.A.", "F.K.A.", "N.K.A."):
        _unknown(entry, "aliasType", alias)
    if alias == "F.K.A.":
        return NameKind.FORMER
    return NameKind.WEAK if xml.text(name, "isLowQuality") == "true" else NameKind.ALIAS


def _name(translation: Any, kind: NameKind, qualifier: str | None, entry: Entry) -> None:
    full = xml.text(translation, "formattedFullName")
    given, family = xml.text(translation, "formattedFirstName"), xml.text(translation, "formattedLastName")
    turned = f"{given} {family}" if given and family else full or family or given
    original = full if full and full != turned else None
    script = xml.text(translation, "script")
    lang = None
    prop = NAME_KIND_PROP[kind]
    if script not in ("", "Latin"):
        # A weak or former name stays so; that it is one in its own script is told by the qualifier.
        prop = NAME_KIND_PROP[NameKind.ORIGINAL_SCRIPT] if kind is NameKind.PRIMARY else prop
        qualifier, lang = NameKind.ORIGINAL_SCRIPT.value, LANGUAGES.get(script)
    entry.add(prop, turned, original=original, lang=lang, qualifier=qualifier)
    for part in translation.iterfind("nameParts/namePart"):
        _part(part, turned, qualifier, entry)


def _part(part: Any, name: str, qualifier: str | None, entry: Entry) -> None:
    word, text = xml.text(part, "type"), xml.text(part, "value")
    if word in WHOLE_NAMES or text == name:
        return
    prop = NAME_PARTS.get(word)
    if prop and values.has_property(entry.schema, prop):
        entry.add(prop, text, qualifier=qualifier)
    else:
        note(entry, f"{word} of {name}: {text}")
        if word not in NAME_PARTS and word not in ("Maiden Name", "Nickname"):
            entry.report.issue("unknown_field", f"namePart {word!r} is not known", entity_id=entry.entity_id,
                               original=text)  # fmt: skip


def _addresses(element: Any, entry: Entry) -> None:
    for address in element.iterfind("addresses/address"):
        country = xml.text(address, "country")
        for translation in address.iterfind("translations/translation"):
            _address(translation, country, entry)


def _address(translation: Any, country: str, entry: Entry) -> None:
    parts: dict[str, list[str]] = {}
    for part in translation.iterfind("addressParts/addressPart"):
        word, text = xml.text(part, "type"), xml.text(part, "value")
        if word in ADDRESS_PARTS:
            parts.setdefault(ADDRESS_PARTS[word], []).append(text)
        else:
            _unknown(entry, f"addressPart {word}", text)
    joined = {prop: ", ".join(texts) for prop, texts in parts.items()}
    place = values.country(country) is not None
    region = joined.get("region")
    if country.startswith(REGION):
        joined["region"] = ", ".join(filter(None, (region, country.removeprefix(REGION))))
    # In one line as OFAC's other forms have it: the postal code behind the city without a comma.
    locality = ", ".join(filter(None, (joined.get("city"), joined.get("state"))))
    locality = f"{locality} {joined.get('postalCode', '')}".strip()
    line = ", ".join(filter(None, (joined.get("street"), locality, region, country)))
    if parts or (country and xml.text(translation, "isPrimary") != "false"):
        entry.address(line, country=country if place else None, **joined)


def _format(kind: ListKind, name: str) -> Format:
    return Format(
        name=name,
        source=kind.source,
        recognise=lambda path, head: recognises(kind, head),
        read=lambda bundle, report: read(kind, bundle, report),
        date=content_date,
    )


FORMAT_SDN = _format(SDN, "sdn_enhanced_xml")
FORMAT_CONS = _format(CONS, "cons_enhanced_xml")
