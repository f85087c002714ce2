"""Addresses and contact details of the EU list.

Takes a sanctionEntity element; states each address in one line and as an Address entity, and telephone numbers,
electronic addresses and sites. Must not invent a dialling code: a local number that FtM refuses goes to the notes.
"""

import re
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import SPACES, Entry

CONTACTS = {"PHONE": "phone", "FAX": "phone", "EMAIL": "email", "WEB": "website"}
# No comma between telephone numbers unless a new number surely follows: `18111, 18222` is one and an extension.
SEVERAL_NUMBERS = re.compile(r"\s*;\s*(?:and\s+)?|\s+and\s+|[\s,/]+(?=\(?\+\d)|(?<=\d)\s*,\s+(?=\(|8[ -])")
SEVERAL_ADDRESSES = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+(?:and|or)\s+|\s+/\s+|\s{2,}")
#: No cell of contacts is longer; taking a longer one apart would only cost time.
LONGEST = 1000
UNKNOWN = "UNKNOWN"
FIELDS = {
    "city", "street", "poBox", "zipCode", "region", "place", "asAtListingTime", "countryIso2Code", "countryDescription",
    "regulationLanguage", "logicalId",
}  # fmt: skip


def state_addresses(entry: Entry, element: Any) -> None:
    """State all addresses with their contact details and remarks."""
    for address in element.iterfind("address"):
        _address(entry, address)
        for contact in address.iterfind("contactInfo"):
            _contact(entry, contact.get("key", ""), contact.get("value", ""))


def _address(entry: Entry, address: Any) -> None:
    street, po_box, zip_code, city, place, region = (
        SPACES.sub(" ", address.get(name, "")).strip()
        for name in ("street", "poBox", "zipCode", "city", "place", "region")
    )
    printed = address.get("countryDescription", "")
    country = printed if printed != UNKNOWN else ""
    box = f"P.O. Box {po_box}" if po_box[:1].isdigit() else po_box
    line = ", ".join(part for part in (street, box, f"{zip_code} {city}".strip(), place, region, country) if part)
    remarks = [SPACES.sub(" ", text) for text in xml.texts(address, "remark")]
    if not line:
        for remark in remarks:
            entry.add("notes", remark, qualifier="address")
        return
    entry.address(
        line, street=street, postOfficeBox=po_box, postalCode=zip_code, city=city, region=region, country=country
    )
    entity = entry.child("Address", line)
    if place:
        entity.add("remarks", f"Place: {place}", original=place, qualifier="place")
    if address.get("asAtListingTime") == "true":
        entity.add("remarks", "as at the time of listing", qualifier="asAtListingTime")
    for remark in remarks:
        entity.add("remarks", remark)
    if entry.schema != "Person":
        entry.add("country", country, qualifier="address")


def _contact(entry: Entry, key: str, value: str) -> None:
    prop = CONTACTS.get(key)
    if prop is None:
        entry.report.issue("unknown_value", "contactInfo key: not known", entity_id=entry.entity_id, original=key)
        entry.add("notes", f"{key}: {value}", original=value, qualifier="contactInfo")
        return
    if len(value) > LONGEST:
        entry.unparsed(prop, value)
        return
    # Soft hyphens, typographic ones and blanks come from the line breaks of the printed act.
    plain = value.replace("\xad", "").replace("\u2010", "-")
    for part in (SEVERAL_NUMBERS if prop == "phone" else SEVERAL_ADDRESSES).split(plain):
        text = part.strip(" .,")
        text = re.sub(r"^00\s?(?=[1-9])", "+", text) if prop == "phone" else text.replace(" ", "")
        if text and values.clean(entry.schema, prop, text) is None:
            entry.unparsed(prop, part.strip())
        else:
            entry.add(prop, text, original=value if text != value else None, qualifier="fax" if key == "FAX" else None)
