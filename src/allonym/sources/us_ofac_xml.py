"""OFAC's sdn.xml and consolidated.xml (one form, two namespaces so far) to statements.

Takes a file; gives statements by way of `Listing`s. Matches local names only. Raises ListError when the XML breaks off.
The `id` elements hold identifiers and also genders, provisions and remarks of law; `us_ofac_labels` tells them apart.
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources import us_ofac_reading, us_ofac_remarks, xml
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Format
from allonym.sources.us_ofac_labels import Labelled
from allonym.sources.us_ofac_listing import Alias, Listing, PrintedAddress, Remarks

PUBLISHED = re.compile(rb"Publish_Date>\s*(\d\d)/(\d\d)/(\d{4})\s*<")
NUMBER = re.compile(r"[0-9]+")
PROGRAM = re.compile(rb"<(?:\w+:)?program>([^<]*)<")
#: Programs that only the non-SDN list is made of; an entry may bear one of them on the SDN list beside another.
NOT_SDN = ("NS-PLC", "MBS", "CMIC-EO13959", "FSE-IR", "FSE-SY", "561-Related")
VESSEL_PROPS = {
    "callSign": "callSign", "vesselType": "type", "vesselFlag": "flag", "tonnage": "tonnage",
    "grossRegisteredTonnage": "grossRegisteredTonnage",
}  # fmt: skip
ENTRY_FIELDS = {
    "uid", "firstName", "lastName", "title", "sdnType", "remarks", "programList", "idList", "akaList", "addressList",
    "nationalityList", "citizenshipList", "dateOfBirthList", "placeOfBirthList", "vesselInfo",
}  # fmt: skip
ID_FIELDS = {"uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"}
AKA_FIELDS = {"uid", "type", "category", "lastName", "firstName"}
ADDRESS_FIELDS = {
    "uid", "address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country", "remarks",
}  # fmt: skip
Fields = dict[str, str]


def is_cons(programs: list[str], path: Path) -> bool:
    """Whether a list with these programs at its beginning is the non-SDN one; the file's name settles a mixture."""
    share = sum(code in NOT_SDN for code in programs) / len(programs) if programs else 0.0
    return share >= 0.5 or path.name.casefold().startswith("cons")


def _recognise(path: Path, head: bytes, *, cons: bool) -> bool:
    if xml.root(head) != "sdnList":
        return False
    return is_cons([code.decode("utf-8", "replace").strip() for code in PROGRAM.findall(head)], path) is cons


def date(bundle: Bundle) -> datetime.date | None:
    """The Publish_Date, which is printed month first."""
    with bundle.main.open("rb") as file:
        match = PUBLISHED.search(file.read(8192))
    if not match:
        return None
    try:
        return datetime.date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        printed = b"/".join(match.groups()).decode()
        raise ListError(f"{bundle.main}: Publish_Date {printed} is no date; fetch the file again") from None


def read(bundle: Bundle, report: Report) -> Iterator[Statement]:
    """Statements of every entry, in the file's order."""
    yield from us_ofac_reading.statements(_listings(bundle.main, report), bundle.format.source, report)


def _listings(path: Path, report: Report) -> Iterator[Listing]:
    for element in xml.entries(path, {"publshInformation", "sdnEntry"}, report):
        if element.tag == "sdnEntry":
            yield _listing(element, path)
        elif (count := xml.text(element, "Record_Count")).isdigit():
            report.publisher_count = int(count)


def _fields(element: Any) -> Fields:
    return {child.tag: child.text.strip() for child in element if child.text}


def _rest(element: str, fields: Fields, known: set[str]) -> Iterator[tuple[str, str]]:
    return ((f"{element}/{tag}", value) for tag, value in fields.items() if tag not in known and value)


def _listing(element: Any, path: Path) -> Listing:
    fields = _fields(element)
    lists = {child.tag: child for child in element if len(child)}
    if not NUMBER.fullmatch(fields.get("uid", "")) or not fields.get("lastName"):
        raise ListError(f"{path}, line {element.sourceline}: an sdnEntry without a number as uid or without lastName; "
                        "fetch the file again")  # fmt: skip
    akas, addresses, ids = (
        [_fields(item) for item in lists[tag]] if tag in lists else [] for tag in ("akaList", "addressList", "idList")
    )
    vessel = _fields(lists["vesselInfo"]) if "vesselInfo" in lists else {}
    unknown = [pair for pair in _rest("sdnEntry", fields, ENTRY_FIELDS) if pair[0] != "sdnEntry/"]
    for tag, known, items in (
        ("aka", AKA_FIELDS, akas), ("address", ADDRESS_FIELDS, addresses), ("id", ID_FIELDS, ids),
        ("vesselInfo", {*VESSEL_PROPS, "vesselOwner"}, [vessel]),
    ):  # fmt: skip
        unknown.extend(pair for item in items for pair in _rest(tag, item, known))
    unknown.extend((tag, " ".join(child.itertext()).strip()) for tag, child in lists.items() if tag not in ENTRY_FIELDS)
    return Listing(
        number=fields["uid"],
        kind=fields.get("sdnType", "").casefold(),
        name=_name(fields),
        title=fields.get("title", ""),
        programs=tuple(xml.texts(element, "programList/program")),
        aliases=tuple(map(_alias, akas)),
        addresses=tuple(map(_address, addresses)),
        vessel=tuple((VESSEL_PROPS[tag], value) for tag, value in vessel.items() if tag in VESSEL_PROPS and value),
        vessel_owner=vessel.get("vesselOwner", ""),
        stated=Remarks(
            births=_main_first(lists.get("dateOfBirthList"), "dateOfBirth"),
            places=_main_first(lists.get("placeOfBirthList"), "placeOfBirth"),
            nationalities=_main_first(lists.get("nationalityList"), "country"),
            citizenships=_main_first(lists.get("citizenshipList"), "country"),
            labelled=tuple(_labelled(item) for item in ids if item.get("idType") and item.get("idNumber")),
        ),
        remarks=us_ofac_remarks.parse(fields["remarks"]) if fields.get("remarks") else Remarks(),
        unknown=tuple(unknown),
    )


def _name(fields: Fields) -> str:
    return ", ".join(filter(None, (fields.get("lastName"), fields.get("firstName"))))


def _alias(fields: Fields) -> Alias:
    return Alias(_name(fields), fields.get("type", "a.k.a.").replace(".", ""), fields.get("category") == "weak")


def _address(fields: Fields) -> PrintedAddress:
    def joined(*tags: str) -> str:
        return ", ".join(filter(None, map(fields.get, tags)))

    city, state, code = fields.get("city", ""), fields.get("stateOrProvince", ""), fields.get("postalCode", "")
    return PrintedAddress(
        street=joined("address1", "address2", "address3"),
        locality=f"{joined('city', 'stateOrProvince')} {code}".strip(),
        country=fields.get("country", ""), city=city, state=state, postal_code=code, comment=fields.get("remarks", ""),
    )  # fmt: skip


def _main_first(element: Any, tag: str) -> tuple[str, ...]:
    if element is None:
        return ()
    items = sorted(map(_fields, element), key=lambda item: item.get("mainEntry") != "true")
    return tuple(item[tag] for item in items if item.get(tag))


def _labelled(fields: Fields) -> Labelled:
    return Labelled(
        fields["idType"], fields["idNumber"].removeprefix("#").strip(), country=fields.get("idCountry"),
        issued=fields.get("issueDate"), expires=fields.get("expirationDate"),
    )  # fmt: skip


def _format(source: str, *, cons: bool) -> Format:
    return Format("xml", source, lambda path, head: _recognise(path, head, cons=cons), read, date)


FORMAT_SDN = _format("us_ofac_sdn", cons=False)
FORMAT_CONS = _format("us_ofac_cons", cons=True)
