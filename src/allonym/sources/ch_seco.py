"""Switzerland: the list of SECO (State Secretariat for Economic Affairs), XML of the SESAM data base.

Takes `swiss-sanctions-list`; gives a Person, Organization, Vessel or Airplane for each target, one Sanction for each
of its sanctions sets, and the relations between targets as edges. Only example entries in the real schema were at hand
when this was written, so the floors ask for one entry only, and whatever the schema table does not know is reported.

One program id stands for several sets, so a set is found by its own ssid. The whole list keeps targets that were taken
off: such a target has a Sanction with `endDate` and the status `de-listed`, no topic, and the issue `delisted`. Which
modification is the last one is a matter of its dates, and of the order of the file (latest first) only where dates are
equal. `added` and `removed` repeat whole targets, so only children of the document element are entries.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allonym.errors import ListError
from allonym.sources import xml
from allonym.sources.ch_seco_identity import Place, read_identity, read_place
from allonym.sources.ch_seco_schema import check
from allonym.sources.entry import Entry, Report, unique_id
from allonym.sources.source import Bundle, Floors, Format, Record, Source

OBJECTS = {"vessel": "Vessel", "ship": "Vessel", "aircraft": "Airplane"}
SUBJECTS = ("individual", "entity", "object")
UN_REFERENCE = re.compile(r"[A-Z]{2,3}[ie]\.\d+")
IMO = re.compile(r"\bIMO\b[^0-9]{0,20}(\d{7})\b", re.IGNORECASE)
DATES = ("effective-date", "publication-date", "enactment-date")
KINSHIP = re.compile(r"\b(spouse|husband|wife|child|son|daughter|parent|father|mother|brother|sister|sibling|family|"
                     r"married|cousin|uncle|aunt|nephew|niece|grand\w+)\b")  # fmt: skip


@dataclass(slots=True)
class _Lookup:
    """What targets refer to, from a first pass over the file."""

    sets: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    """One modification; dates are ISO days or empty."""

    kind: str
    effective: str
    published: str
    enacted: str
    remark: str

    @property
    def day(self) -> str:
        return self.effective or self.published or self.enacted

    @property
    def line(self) -> str:
        """The modification in words; empty when it has neither date nor remark."""
        dated = (("enacted", self.enacted), ("published", self.published), ("effective", self.effective))
        parts = [f"{word} {day}" for word, day in dated if day] + ([self.remark] if self.remark else [])
        return f"{self.kind}: {', '.join(parts)}" if parts else ""


def recognise(path: Path, head: bytes) -> bool:
    """Whether the document element is `swiss-sanctions-list`."""
    return xml.root(head) == "swiss-sanctions-list"


def published(bundle: Bundle) -> datetime.date | None:
    """The `date` attribute of the list."""
    with bundle.main.open("rb") as file:
        match = re.search(rb"<swiss-sanctions-list[^>]*\bdate=[\"'](\d{4}-\d\d-\d\d)", file.read(4096))
    try:
        return datetime.date.fromisoformat(match[1].decode()) if match else None
    except ValueError:
        return None


def read(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Statements target by target. ListError when the XML breaks off or a target has no ssid."""
    lookup = _lookup(bundle.main)
    taken: dict[str, str] = {}
    for number, element in enumerate(xml.entries(bundle.main, {"target"}, report, top=True), 1):
        ssid = element.get("ssid")
        if not ssid:
            raise ListError(f"{bundle.main}: target {number} has no ssid; fetch the list again")
        content = [text.strip() for text in element.itertext() if text.strip()]
        entry = Entry(unique_id(taken, f"ch-seco-{ssid}", content[:40], report), _schema(element, ssid, report), report)
        _target(element, entry, lookup)
        yield from entry.statements()


def _lookup(path: Path) -> _Lookup:
    found = _Lookup()
    for element in xml.entries(path, {"sanctions-program", "place", "target"}, top=True):
        if element.tag == "place":
            ssid, place = read_place(element)
            found.places[ssid] = place
        elif element.tag == "target":
            kind = next((tag for tag in SUBJECTS if element.find(tag) is not None), "")
            found.kinds[element.get("ssid") or ""] = kind
        else:
            _program(element, found)
    return found


def _program(element: Any, found: _Lookup) -> None:
    for sanctions_set in element.iterfind("sanctions-set"):
        found.sets[sanctions_set.get("ssid") or ""] = {
            "key": _in_english(element, "program-key"),
            "name": _in_english(element, "program-name"),
            "set": _in_english(element, "sanctions-set", sanctions_set.get("ssid")),
            "origin": xml.text(element, "origin"),
        }


def _in_english(element: Any, tag: str, ssid: str | None = None) -> str:
    """The English text among the four languages, else the first there is."""
    found = [child for child in element.iterfind(tag) if ssid is None or child.get("ssid") == ssid]
    best = next((child for child in found if child.get("lang") == "eng"), found[0] if found else None)
    return (best.text or "").strip() if best is not None else ""


def _schema(element: Any, ssid: str, report: Report) -> str:
    if element.find("individual") is not None:
        return "Person"
    if element.find("entity") is not None:
        return "Organization"
    subject = element.find("object")
    kind = (subject.get("object-type") or "") if subject is not None else ""
    if kind not in OBJECTS:
        report.issue("unknown_value", "neither individual, entity, vessel nor aircraft; taken for an asset",
                     entity_id=f"ch-seco-{ssid}", original=kind)  # fmt: skip
    return OBJECTS.get(kind, "Asset")


def _target(element: Any, entry: Entry, lookup: _Lookup) -> None:
    check(element, entry)
    subject = next((child for child in element if child.tag in SUBJECTS), None)
    if subject is not None:
        if subject.get("sex"):
            entry.add("gender", subject.get("sex"))
        for identity in subject.iterfind("identity"):
            read_identity(identity, entry, lookup.places)
        for information in xml.texts(subject, "other-information"):
            _information(information, entry)
        for relation in subject.iterfind("relation"):
            _relation(relation, entry, lookup)
    for attribute in [*element.iterfind("generic-attribute"), *element.iterfind("*/generic-attribute")]:
        label, text = attribute.get("name") or "", (attribute.text or "").strip()
        _information(f"{label}: {text}" if label else text, entry)
    _sanctions(element, entry, lookup, xml.texts(subject, "justification") if subject is not None else [])


def _information(text: str, entry: Entry) -> None:
    entry.add("notes", text)
    if entry.schema == "Vessel" and (match := IMO.search(text)):
        entry.add("imoNumber", match[1], original=text)


def _relation(element: Any, entry: Entry, lookup: _Lookup) -> None:
    target, kind = element.get("target-id") or "", element.get("relation-type") or ""
    remark = xml.text(element, "remark")
    if target not in lookup.kinds:
        entry.report.issue("orphan", "relation to a target that the list does not have", entity_id=entry.entity_id,
                           original=f"{kind} {target} {remark}".strip())  # fmt: skip
        entry.add("notes", f"Relation: {kind} {target} {remark}")
        return
    words = kind.replace("-", " ")
    kin = KINSHIP.search(words) and entry.schema == "Person" and lookup.kinds[target] == "individual"
    schema, ends = ("Family", ("person", "relative")) if kin else ("UnknownLink", ("subject", "object"))
    edge = entry.child(schema, entry.entity_id, target, kind)
    edge.link(ends[0], entry)
    edge.link(ends[1], f"ch-seco-{target}")
    edge.add("relationship" if kin else "role", words, original=kind)
    edge.add("summary", remark)


def _sanctions(element: Any, entry: Entry, lookup: _Lookup, reasons: list[str]) -> None:
    changes = _changes(element, entry)
    if changes and changes[-1].kind == "de-listed":
        entry.report.issue("delisted", f"taken off the list on {changes[-1].day or 'a day not given'}; "
                           "kept, with its end", entity_id=entry.entity_id)  # fmt: skip
    else:
        entry.add("topics", "sanction")
    for set_id in _set_ids(element) or [""]:
        program = lookup.sets.get(set_id)
        if program is None:
            entry.report.issue("orphan", "sanctions set that the list does not have", entity_id=entry.entity_id,
                               original=set_id)  # fmt: skip
        sanction = entry.child("Sanction", set_id)
        sanction.link("entity", entry)
        _program_props(sanction, program or {})
        _references(element, sanction)
        for reason in reasons:
            sanction.add("reason", reason)
        _change_props(sanction, changes)


def _set_ids(element: Any) -> list[str]:
    listed = [*xml.texts(element, "sanctions-set-id"), (element.get("sanctions-set-id") or "").strip()]
    return list(dict.fromkeys(set_id for set_id in listed if set_id))


def _program_props(sanction: Entry, program: dict[str, str]) -> None:
    sanction.add("authority", "State Secretariat for Economic Affairs")
    sanction.add("country", "ch")
    sanction.add("program", program.get("name"))
    sanction.add("programId", program.get("key"))
    sanction.add("provisions", program.get("set"))
    if program.get("origin"):
        sanction.add("summary", f"Origin: {program['origin']}")


def _references(element: Any, sanction: Entry) -> None:
    sanction.add("recordId", element.get("ssid"))
    for reference in [*xml.texts(element, "foreign-identifier"), (element.get("foreign-identifier") or "").strip()]:
        sanction.add("unscId" if UN_REFERENCE.fullmatch(reference) else "recordId", reference)


def _changes(element: Any, entry: Entry) -> list[_Change]:
    """Every modification, oldest first."""
    changes = []
    for modification in element.iterfind("modification"):
        kind = modification.get("modification-type") or ""
        if kind not in ("listed", "amended", "de-listed"):
            entry.report.issue("unknown_value", "modification-type is not known", entity_id=entry.entity_id,
                               original=kind)  # fmt: skip
        effective, published, enacted = (modification.get(key) or "" for key in DATES)
        remark = xml.text(modification, "remark")
        changes.append(_Change(kind, effective, published, enacted, remark))
    changes.reverse()
    return sorted(changes, key=lambda change: change.day)


def _change_props(sanction: Entry, changes: list[_Change]) -> None:
    for change in changes:
        sanction.add("summary", change.line)
    first = next((change for change in changes if change.kind == "listed"), None)
    if first:
        sanction.date("listingDate", first.published or first.enacted or first.effective)
        sanction.date("startDate", first.effective)
    sanction.date("modifiedAt", next((c.day for c in reversed(changes) if c.kind == "amended"), ""))
    if changes and changes[-1].kind == "de-listed":
        sanction.add("status", "de-listed")
        sanction.date("endDate", changes[-1].day)


FORMAT = Format("seco_xml", "ch_seco", recognise, read, published)

SOURCES: tuple[Source, ...] = (
    Source(
        name="ch_seco",
        title="Sanctions list of the State Secretariat for Economic Affairs",
        publisher="State Secretariat for Economic Affairs (SECO)",
        authority="ch-seco",
        licence="Open use, with attribution to SECO",
        formats=(FORMAT,),
        floors=Floors(entries=1, names=1),
        downloads={
            "consolidated-list.xml": "https://www.sesam.search.admin.ch/sesam-search-web/pages/"
            "downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction"
        },
    ),
)
