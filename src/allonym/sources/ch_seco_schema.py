"""The elements and attributes of Switzerland's list that are known, and a check for the others.

Takes an element of the list; reports what the table does not have, keeps its text in `notes`, and says where it stood.
Must not look into `added` and `removed`: they repeat what an entry was before and after each change.
"""

from typing import Any

from allonym.sources.entry import Entry

_TEXT: tuple[frozenset[str], frozenset[str]] = (frozenset({"ssid", "lang"}), frozenset())


def _known(attributes: str = "", children: str = "") -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(attributes.split()), frozenset(children.split())


#: Element to its (attributes, children).
KNOWN = {
    "target": _known("ssid sanctions-set-id foreign-identifier", "sanctions-set-id foreign-identifier individual "
                     "entity object modification generic-attribute"),
    "sanctions-set-id": _TEXT, "foreign-identifier": _TEXT,
    "individual": _known("sex", "identity justification relation other-information generic-attribute"),
    "entity": _known("", "identity justification relation other-information generic-attribute"),
    "object": _known("object-type", "identity justification relation other-information generic-attribute"),
    "identity": _known("ssid main", "name nationality day-month-year place-of-birth address identification-document"),
    "name": _known("ssid name-type quality lang", "name-part"),
    "name-part": _known("order name-part-type", "value spelling-variant"),
    "value": _known("lang script"), "spelling-variant": _known("ssid lang script"),
    "nationality": _known("ssid", "country"), "country": _known("iso-code"),
    "day-month-year": _known("ssid day month year calendar quality"),
    "place-of-birth": _known("ssid place-id quality"),
    "address": _known("ssid place-id main quality", "c-o address-details p-o-box zip-code remark"),
    "c-o": _TEXT, "address-details": _TEXT, "p-o-box": _TEXT, "zip-code": _TEXT, "remark": _TEXT,
    "identification-document": _known("ssid document-type", "number issuer date-of-issue expiry-date remark"),
    "number": _TEXT, "issuer": _known("code"), "date-of-issue": _TEXT, "expiry-date": _TEXT,
    "justification": _TEXT, "other-information": _TEXT, "generic-attribute": _known("ssid name lang"),
    "relation": _known("ssid target-id relation-type", "remark"),
    "modification": _known("ssid modification-type enactment-date publication-date effective-date",
                           "added removed remark"),
}  # fmt: skip
#: Elements whose inside is an entry's history.
HISTORY = {"added", "removed"}


def check(element: Any, entry: Entry) -> None:
    """Report and note every attribute and child below `element` that the table does not have."""
    attributes, children = KNOWN[str(element.tag)]
    for attribute, value in element.attrib.items():
        if attribute not in attributes:
            _unknown(entry, f"{element.tag}/@{attribute}", str(value))
    for child in element:
        tag = str(child.tag)
        if tag in children and tag not in HISTORY:
            check(child, entry)
        elif tag not in HISTORY:
            _unknown(entry, f"{element.tag}/{tag}", _whole(child))


def _whole(element: Any) -> str:
    """Attributes and texts of an element, in one line."""
    parts = [f"{key}={value}" for key, value in element.attrib.items()]
    parts += [text.strip() for text in element.itertext() if text.strip()]
    return " ".join(parts)


def _unknown(entry: Entry, where: str, text: str) -> None:
    entry.report.issue("unknown_field", f"{where} is not known", entity_id=entry.entity_id, original=text)
    entry.add("notes", f"{where}: {text}", qualifier=f"unparsed:{where}")
