"""What an `identity` of Switzerland's list says besides names: dates, places, nationality, addresses, documents.

Takes an `identity` element and the places of the list by ssid; states it all on an entry. Must not convert calendars: a
date that is not Gregorian is kept as text and reported.
"""

from dataclasses import dataclass
from typing import Any

from allonym.sources import xml
from allonym.sources.ch_seco_name import read_name
from allonym.sources.entry import Entry

DATE_PROP = {"Person": "birthDate", "Organization": "incorporationDate", "Vessel": "buildDate", "Airplane": "buildDate"}
COUNTRY_PROP = {"Person": "nationality", "Vessel": "flag"}
GOOD = {None, "", "good"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the list: location, area and country as printed, variants of spelling, and the country's code."""

    location: str
    area: str
    country: str
    code: str
    variants: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The place in one line."""
        return ", ".join(part for part in (self.location, self.area, self.country) if part)


def read_place(element: Any) -> tuple[str, Place]:
    """(ssid, place) of a `place` element."""
    country = element.find("country")
    code = country.get("iso-code") if country is not None else ""
    variants = [*xml.texts(element, "location-variant"), *xml.texts(element, "area-variant")]
    found = Place(xml.text(element, "location"), xml.text(element, "area"), xml.text(element, "country"), code or "",
                  tuple(variants))  # fmt: skip
    return element.get("ssid") or "", found


def read_identity(element: Any, entry: Entry, places: dict[str, Place]) -> None:
    """State everything one identity says."""
    main = element.get("main") == "true"
    for name in element.iterfind("name"):
        read_name(name, entry, main=main)
    for date in element.iterfind("day-month-year"):
        _date(date, entry)
    for nationality in element.iterfind("nationality/country"):
        code, printed = nationality.get("iso-code"), (nationality.text or "").strip()
        entry.add(COUNTRY_PROP.get(entry.schema, "country"), code or printed, original=printed or code)
    for birth in element.iterfind("place-of-birth"):
        _place_of_birth(birth, entry, places)
    for address in element.iterfind("address"):
        _address(address, entry, places)
    for document in element.iterfind("identification-document"):
        _document(document, entry)


def _date(element: Any, entry: Entry) -> None:
    year, month, day = (element.get(key) or "" for key in ("year", "month", "day"))
    printed = " ".join(f'{key}="{value}"' for key, value in element.attrib.items() if key != "ssid")
    prop = DATE_PROP.get(entry.schema)
    calendar = element.get("calendar") or "Gregorian"
    numbers = [part for part in (year, month, day) if part]
    if not prop or not year or calendar != "Gregorian" or not all(part.isdigit() for part in numbers):
        if numbers:
            entry.unparsed(prop or "date", printed)
        return
    parts = [year.zfill(4), month.zfill(2)] if month else [year.zfill(4)]
    if month and day:
        parts.append(day.zfill(2))
    circa = None if element.get("quality") in GOOD else "circa"
    entry.date(prop, "-".join(parts), qualifier=circa)


def _place_of_birth(element: Any, entry: Entry, places: dict[str, Place]) -> None:
    place = _place(element, entry, places)
    if place is None:
        return
    if entry.schema != "Person":
        entry.unparsed("birthPlace", place.full)
        return
    entry.add("birthPlace", place.full)
    for variant in place.variants:
        entry.add("birthPlace", variant, original=place.full)
    entry.add("birthCountry", place.code or place.country, original=place.country or None)


def _place(element: Any, entry: Entry, places: dict[str, Place]) -> Place | None:
    ref = element.get("place-id")
    if not ref:
        return None
    if ref not in places:
        entry.report.issue("orphan", f"{element.tag} names a place that the list does not have",
                           entity_id=entry.entity_id, original=ref)  # fmt: skip
        return None
    return places[ref]


def _address(element: Any, entry: Entry, places: dict[str, Place]) -> None:
    place = _place(element, entry, places) or Place("", "", "", "")
    care_of, details, box, code, remark = (
        xml.text(element, tag) for tag in ("c-o", "address-details", "p-o-box", "zip-code", "remark")
    )
    street = ", ".join(part for part in (f"c/o {care_of}" if care_of else "", details) if part)
    town = " ".join(part for part in (code, place.location) if part)
    post_box = f"P.O. Box {box}" if box and box.isdigit() else box
    local = ", ".join(part for part in (street, post_box, town, place.area) if part)
    line = f"{local}, {place.country}" if local and place.country else local
    entry.address(line, country=place.code or place.country or None, street=street or None, postOfficeBox=box or None,
                  postalCode=code or None, city=place.location or None, region=place.area or None,
                  remarks=remark or None)  # fmt: skip
    if not line and remark:
        entry.add("notes", f"Address: {remark}")
    # An address that is only a country is no address.
    entry.add("country", place.code or place.country or None, original=place.country or None)


def _document(element: Any, entry: Entry) -> None:
    kind, number = element.get("document-type") or "", xml.text(element, "number")
    issuer = element.find("issuer")
    code = issuer.get("code") if issuer is not None else None
    printed = (issuer.text or "").strip() if issuer is not None else ""
    remark = xml.text(element, "remark")
    if not number or entry.schema in ("Vessel", "Airplane"):
        entry.unparsed("idNumber", " ".join(part for part in (kind, number, printed, remark) if part))
        return
    passport = kind in ("passport", "diplomatic-passport") and entry.schema == "Person"
    document = entry.document(number, prop="passportNumber" if passport else "idNumber", kind=kind,
                              country=code or printed or None)  # fmt: skip
    if document is not None:
        document.add("authority", printed)
        document.date("startDate", xml.text(element, "date-of-issue"))
        document.date("endDate", xml.text(element, "expiry-date"))
        document.add("summary", remark)
