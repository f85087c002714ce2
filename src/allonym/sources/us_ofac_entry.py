"""A printed entry of OFAC's lists to statements: the one mapping behind the XML and the CSV form.

Takes `Listing`s and the name index of their list; gives `Entry` objects. Must not read files. What no property takes is
a note, what is not understood is a note and an issue.
"""

import re

from allonym.model import NameKind
from allonym.sources import us_ofac_labels as labels
from allonym.sources import us_ofac_programs, values
from allonym.sources.entry import Entry, Report
from allonym.sources.us_ofac_labels import Labelled
from allonym.sources.us_ofac_links import Names
from allonym.sources.us_ofac_listing import Alias, Listing, PrintedAddress, Remarks
from allonym.sources.us_ofac_remarks import without_dot

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
SUFFIX = re.compile(r"(?:^|,? )(Jr|Sr|II|III|IV)\.?(?:,|$)\s*", re.IGNORECASE)
#: Sentences that OFAC prints on many entries and that say nothing of names, places or links.
STANDING = re.compile(
    r"(?:and )?all (?:other )?(?:offices|branches|locations)\b.*worldwide|for more information\b.*|<head office>|"
    r"icty indictee\b.*|(?:fax|telex|tgms)\b.*|(?:sub)?tribe:.*|currently incarcerated\b.*|arrested \d.*",
    re.IGNORECASE,
)  # fmt: skip
ROLE = re.compile(
    r"(?:[\w.'&/()-]+,? ){0,5}(?:minister|president|vice-president|director|chairman|chairperson|vice-chairperson|"
    r"chair|commander|commissioner|governor|secretary|deputy|head|chief|leader|member|officer|official|manager|"
    r"representative|general|colonel|admiral|marshal|judge|prosecutor|ambassador|diplomat|employee|advisor|adviser|magistrate|"
    r"speaker|mayor|owner|founder|co-founder|professor|doctor|sheikh|shaykh|mullah|haji|maulana|maulawi|spokesperson|"
    r"hojjatoleslam|mufti|businessman|major|captain|lieutenant|brigadier|consul)\b[^:]*",
    re.IGNORECASE,
)  # fmt: skip
ETHNICITY = re.compile(r"ethnicity (\w+)")
FAMILY = re.compile(
    r"((?:half-)?(?:brother|sister|son|daughter|wife|husband|spouse|father|mother|nephew|niece|uncle|cousin)"
    r"(?:-in-law)?) of (.+)",
    re.IGNORECASE,
)
OWNED = re.compile(r"((?:owned(?: or controlled)?|controlled)(?: in (?:whole|part))?) by (.+)", re.IGNORECASE)
POSSIBLY = "possibly "
PHONE_DIGITS = re.compile(r"\D+")


def build(listing: Listing, entity_id: str, names: Names, report: Report) -> Entry:
    """All statements of one entry, links included; `names` knows every entry of the list."""
    schema = SCHEMATA.get(listing.kind)
    if schema is None:
        report.issue("unknown_field", f"type of entry {listing.kind!r} is not known, read as an organisation",
                     entity_id=entity_id, original=listing.kind)  # fmt: skip
    entry = Entry(entity_id, schema or "Organization", report)
    state_name(entry, listing.name)
    for alias in (*listing.aliases, *listing.stated.aliases, *listing.remarks.aliases):
        state_alias(entry, alias)
    titles = [part for part in listing.title.split("; ") if part.strip()]
    for title in titles:
        text(entry, "position", without_dot(title), "Title")
    sanctions = _sanctions(entry, listing)
    for address in listing.addresses:
        _address(entry, address)
    for prop, value in listing.vessel:
        _vessel_field(entry, prop, value)
    if listing.vessel_owner and not names.link_property(entry, "owner", listing.vessel_owner):
        labels.note(entry, f"Vessel Owner: {listing.vessel_owner}")
    known_titles = {_fold(part) for title in titles for part in title.split(";")}
    for facts in (listing.stated, listing.remarks):
        _facts(entry, facts, sanctions, names)
        for part in facts.plain:
            if _fold(part) not in known_titles:
                _plain(entry, part, names)
        if facts.cut:
            report.issue("cut_remark", "the remark is cut off and not continued; its last part is kept as a note",
                         entity_id=entity_id, original=facts.cut)  # fmt: skip
            labels.note(entry, facts.cut, qualifier="cut")
    for element, value in listing.unknown:
        report.issue("unknown_field", f"element {element} is not known", entity_id=entity_id, original=value)
        labels.note(entry, f"{element}: {value}", qualifier=f"unknown:{element}")
    return entry


def _fold(part: str) -> str:
    return part.strip().rstrip(".").casefold()


def text(entry: Entry, prop: str, value: str, label: str) -> None:
    """State a property, or a note with the label when the schema has no such property."""
    if values.has_property(entry.schema, prop):
        entry.add(prop, value)
    else:
        labels.note(entry, f"{label}: {value}")


def person_parts(printed: str) -> tuple[str, str, str]:
    """Surname, given names and suffix of "SURNAME, Given"; what is not printed is empty.

    OFAC puts a suffix on either side (`KNOWLES, JR., Samuel`, `DELOS REYES, Feliciano Semborio, Jr.`).
    """
    surname, _, given = printed.partition(",")
    given, suffix = given.strip(), ""
    if match := SUFFIX.search(given):
        suffix = match[1] if not given[match.end(1) :].startswith(".") else match[1] + "."
        given = (given[: match.start()] + " " + given[match.end() :]).strip(" ,")
    return surname.strip(), given, suffix


def state_name(entry: Entry, printed: str) -> None:
    """The primary name; a person's in reading order with its parts, the printed form as its original."""
    if entry.schema == "Person" and "," in printed:
        surname, given, suffix = person_parts(printed)
        entry.name(" ".join(filter(None, (given, surname, suffix))), original=printed)
        entry.add("firstName", given)
        entry.add("lastName", surname)
        entry.add("nameSuffix", suffix)
        return
    entry.name(printed)


def state_alias(entry: Entry, alias: Alias) -> None:
    """Another name. f.k.a. is a former name; n.k.a. is an alias marked `now_known_as`, d.b.a. one of `trade_name`."""
    printed = alias.text
    if entry.schema == "Person" and "," in printed:
        surname, given, suffix = person_parts(printed)
        name, original = " ".join(filter(None, (given, surname, suffix))), printed
    else:
        name, original = printed, None
    kind = NameKind.WEAK if alias.weak else NameKind.ALIAS
    if alias.kind == "fka":
        entry.add("previousName", name, original=original, qualifier="weak" if alias.weak else None)
    elif alias.kind in ("nka", "dba"):
        qualifier = "now_known_as" if alias.kind == "nka" else "trade_name"
        entry.add("weakAlias" if alias.weak else "alias", name, original=original, qualifier=qualifier)
    else:
        entry.name(name, kind, original=original)
        if alias.kind != "aka":
            entry.report.issue("unknown_field", f"kind of name {alias.kind!r} is not known, read as an alias",
                               entity_id=entry.entity_id, original=printed)  # fmt: skip
    if alias.comment:
        labels.note(entry, f"{printed}: {alias.comment}")


def _sanctions(entry: Entry, listing: Listing) -> dict[str, Entry]:
    entry.add("topics", "sanction")
    sanctions = {}
    for code in listing.programs or ("",):
        program = us_ofac_programs.program(code)
        if code and not us_ofac_programs.is_known(code):
            entry.report.issue("unknown_program", f"program {code!r} is not in the register", entity_id=entry.entity_id,
                               original=code)  # fmt: skip
        for topic in program.topics:
            entry.add("topics", topic)
        sanction = sanctions[code] = entry.child("Sanction", code)
        sanction.link("entity", entry)
        sanction.add("authority", us_ofac_programs.AUTHORITY)
        sanction.add("country", "us")
        sanction.add("program", code)
        sanction.add("programId", program.program_id)
        sanction.add("recordId", listing.number)
    return sanctions


def _address(entry: Entry, address: PrintedAddress) -> None:
    full = address.full
    if not full:
        return
    city = address.city
    if not city and address.locality and not re.search(r"[\d,]", address.locality):
        city = address.locality  # with a comma or a digit the CSV's column may hold a state or a postal code as well
    # "Region: Crimea" and "undetermined" stand in the country's place, and stay in the address's line.
    region = address.country.removeprefix("Region: ") if address.country.startswith("Region: ") else ""
    entry.address(
        full, country=address.country if values.country(address.country) else None, street=address.street, city=city,
        state=address.state, postalCode=address.postal_code, region=region, remarks=address.comment,
    )  # fmt: skip


def _vessel_field(entry: Entry, prop: str, value: str) -> None:
    if not values.has_property(entry.schema, prop) or (prop == "flag" and value.casefold() == "none identified"):
        labels.note(entry, f"{prop}: {value}")
    elif prop in ("tonnage", "grossRegisteredTonnage"):
        plain = value.replace(",", "")
        entry.add(prop, plain, original=value if plain != value else None)
    else:
        entry.add(prop, value)


def _facts(entry: Entry, facts: Remarks, sanctions: dict[str, Entry], names: Names) -> None:
    for birth in facts.births:
        if values.has_property(entry.schema, "birthDate"):
            entry.date("birthDate", birth)
        else:
            labels.note(entry, f"DOB: {birth}")
    for place in facts.places:
        text(entry, "birthPlace", place, "POB")
    for nationality in facts.nationalities:
        if nationality.startswith(POSSIBLY) and entry.schema == "Person":
            entry.add("nationality", nationality.removeprefix(POSSIBLY), original=nationality, qualifier="possibly")
        else:
            text(entry, "nationality", nationality, "nationality")
    for citizenship in facts.citizenships:
        text(entry, "citizenship", citizenship, "citizen")
    for item in facts.labelled:
        _labelled(entry, item, sanctions, names)
    for target in facts.links:
        names.link(entry, "UnknownLink", ("subject", "object"), target, role="Linked To")


def _labelled(entry: Entry, item: Labelled, sanctions: dict[str, Entry], names: Names) -> None:
    key = item.key
    if key == "phone number" and values.has_property(entry.schema, "phone"):
        _phone(entry, item.value)
    elif key == "aircraft operator" and names.link_property(entry, "operator", item.value):
        return
    elif labels.PROVISIONS.match(key) or key.startswith((*labels.LISTING_DATES, labels.DIVESTMENT)):
        code = us_ofac_programs.of_order(sanctions, item.text)
        sanction = sanctions[code] if code else next(iter(sanctions.values())) if len(sanctions) == 1 else None
        if sanction is None:
            labels.note(entry, item.text)
        else:
            labels.state(entry, sanction, item)
    elif key.startswith("legal entity number") or labels.is_known(item.label):
        labels.state(entry, next(iter(sanctions.values())), item)
    else:
        entry.report.issue("unknown_field", f"type of identifier {item.label!r} is not known, read as an id number",
                           entity_id=entry.entity_id, original=item.text)  # fmt: skip
        labels.document(entry, item)


def _phone(entry: Entry, value: str) -> None:
    """OFAC prints most numbers with the country's code but no `+`; taken when the whole is a valid number so."""
    plus = "+" + PHONE_DIGITS.sub("", value).removeprefix("00")
    if values.clean(entry.schema, "phone", value) is None and values.clean(entry.schema, "phone", plus):
        entry.add("phone", plus, original=value)
    else:
        entry.add("phone", value)


def _plain(entry: Entry, part: str, names: Names) -> None:
    if match := FAMILY.fullmatch(part):
        names.link(entry, "Family", ("person", "relative"), match[2], role=match[1], whole=part)
    elif match := OWNED.fullmatch(part):
        names.link(entry, "Ownership", ("asset", "owner"), match[2], role=match[1], whole=part)
    elif entry.schema == "Person" and (match := ETHNICITY.fullmatch(part)):
        entry.add("ethnicity", match[1], original=part)
    elif entry.schema == "Person" and ROLE.fullmatch(part):
        entry.add("position", part)
    elif STANDING.fullmatch(part):
        labels.note(entry, part)
    else:
        entry.report.issue("unknown_remark", "remark not understood, kept as a note", entity_id=entry.entity_id,
                           original=part)  # fmt: skip
        labels.note(entry, part, qualifier="unknown_remark")
