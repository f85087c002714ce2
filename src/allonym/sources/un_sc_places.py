"""Countries and addresses of the UN list.

Takes an INDIVIDUAL or ENTITY element; states its addresses with their notes. Must not take a remark on where somebody
may be for an address.
"""

import re
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import SPACES, Entry

# Names the UN prints and FtM does not know.
COUNTRY_NAMES = {"libyan arab jamahiriya": "Libya", "former soviet union": "Soviet Union"}
# `Sudan/South Sudan`, `Sudan/or South Sudan`, `Iran / unknown`
COUNTRY_OR = re.compile(r"\s*/\s*(?:or\s+)?")
REMARK = re.compile(
    r"^\W*(?:operates?|operation|support network|believed|located|active|also|in prison|may be)\b", re.I
)
BORDER = re.compile(r"\bborder\b", re.IGNORECASE)


def state_country(entry: Entry, prop: str, text: str, *, qualifier: str | None = None) -> None:
    """State a country, or each of two printed as alternatives; what is no country goes to the notes and the report."""
    text = SPACES.sub(" ", text)
    names = [
        COUNTRY_NAMES.get(name.casefold(), name) for name in COUNTRY_OR.split(text) if name.casefold() != "unknown"
    ]
    if names and all(values.country(name) for name in names):
        for name in names:
            entry.add(prop, name, original=text if name != text else None, qualifier=qualifier)
    else:
        entry.add(prop, text, qualifier=qualifier)


def place_line(*parts: str) -> str:
    """The parts that are there, in one line."""
    return ", ".join(SPACES.sub(" ", part) for part in parts if part)


def state_addresses(entry: Entry, element: Any) -> None:
    """State each address in one line and as an Address entity; its note becomes that entity's remark."""
    for tag in ("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS"):
        for address in element.iterfind(tag):
            _address(entry, address)


def _address(entry: Entry, address: Any) -> None:
    street, city, state, postal_code, country, note = (
        xml.text(address, tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
    )
    line = place_line(street, city, state, postal_code, country)
    if not line:
        # Entities print branch offices here; what is noted of a person is a whereabouts.
        if entry.schema == "Organization" and not REMARK.search(note) and not BORDER.search(note):
            entry.address(SPACES.sub(" ", note))
        elif note:
            entry.add("notes", note, qualifier="address")
        return
    entry.address(line, street=street, city=city, state=state, postalCode=postal_code, remarks=note)
    state_country(entry.child("Address", line), "country", country)
    if entry.schema == "Organization" and values.country(country):
        entry.add("country", country, qualifier="address")
