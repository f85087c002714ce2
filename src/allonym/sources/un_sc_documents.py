"""Identity documents of the UN list.

Takes an INDIVIDUAL element; states the number of each document and an Identification or Passport entity with its
type, country, dates and note. The UN prints numbers in four cells: NUMBER, within it after words, in
TYPE_OF_DOCUMENT2 and in NOTE. Must not take the digits of a date for a number.
"""

import re
from typing import Any

from allonym.sources import values, xml
from allonym.sources.entry import SPACES, Entry
from allonym.sources.un_sc_places import state_country

NUMBER_WORD = r"(?:number|no\s?\.|no:|card|code|SSN|passport|document (?:\(.*?\)))\s*:?"
# `Qatari passport number 00868774`, `Indonesian passport no. A 123`: words, a word that announces it, the number.
LABELLED = re.compile(
    rf"^[\w\W]*?\b{NUMBER_WORD}\s*((?:[A-Z]{{1,3}}[ -]{{1,2}})?[A-Z0-9][\w./-]*\d[\w./-]*)(?=[\s,]|$)", re.I
)
BARE = re.compile(r"([A-Z]{0,3}\d[\w/-]*)(?= issued|$)")
#: No note announces a number later than this; longer texts would only slow the pattern down.
LONGEST = 500
BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
DATE = r"((?:\d{1,2} )?[A-Z][a-z]{2,8}\.? ?(?:\d{1,2}, ?)?\d{4}|\d{4}-\d\d-\d\d|(?<=in )\d{4})"
EXPIRY = re.compile(rf"\b(?:expir\w*(?: date)?:?|exp\.|valid until|expiry date of)(?: on| of)?\s*{DATE}", re.I)
DATE_OF_EXPIRY = re.compile(rf"\bdate of expiration:?\s*{DATE}", re.I)
ISSUE = re.compile(rf"\b(?:issued|date of issue)(?: on| in)?:?\s*{DATE}", re.I)


def state_documents(entry: Entry, element: Any) -> None:
    """State all identity documents."""
    for document in element.iterfind("INDIVIDUAL_DOCUMENT"):
        _document(entry, document)


def _document(entry: Entry, document: Any) -> None:
    kind, other_kind, printed, country, issue_country, note = (
        SPACES.sub(" ", xml.text(document, tag))
        for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "NOTE")
    )
    text = printed or _number_within(other_kind) or _number_within(note)
    if not text:
        if kind or other_kind or note:
            entry.unparsed("idNumber", " | ".join(t for t in (kind, other_kind, country, note) if t))
        return
    number, bracket = _plain(text)
    source = printed or (other_kind if _number_within(other_kind) else note)
    label = " ".join((kind, other_kind, printed if number != printed else "", note if not printed else ""))
    valid = country if values.country(country) else issue_country if values.country(issue_country) else bracket
    entity = entry.document(number, prop=_prop(label), kind=_kind(kind, other_kind), country=valid or None,
                            original=source if source != number else None)  # fmt: skip
    if entity is None:
        return
    for words in (kind, other_kind):  # one of them names the document, the other may say more
        if re.search(r"[A-Za-z]{3}", words) and number not in words and words.rstrip(":") != "number":
            entity.add("type", words)
    for printed_country in (country, issue_country):
        if printed_country and printed_country != valid:
            state_country(entity, "country", printed_country)
    entity.date("startDate", xml.text(document, "DATE_OF_ISSUE"))
    entity.add("authority", xml.text(document, "CITY_OF_ISSUE"), qualifier="city_of_issue")
    entity.add("summary", note)
    _noted_dates(entity, " ".join((note, BRACKET.findall(text)[0] if BRACKET.search(text) else "")))


def _noted_dates(entity: Entry, note: str) -> None:
    expiry = DATE_OF_EXPIRY.search(note) or EXPIRY.search(note)
    for prop, match in (("endDate", expiry), ("startDate", ISSUE.search(note))):
        if match and (day := values.iso_date(match[1])):
            entity.add(prop, day, original=note.strip())


def _number_within(text: str) -> str | None:
    """The number a text announces, or is."""
    text = text[:LONGEST]
    match = LABELLED.match(text) or BARE.match(text)
    return match[1].strip() if match else None


def _plain(printed: str) -> tuple[str, str | None]:
    """A number without the words around it, and the country named beside it."""
    country = None
    if (bracket := BRACKET.search(printed)) and bracket.start():
        country = bracket[1] if values.country(bracket[1]) else None
        printed = printed[: bracket.start()]
    head, comma, tail = printed.partition(", ")
    if comma and values.country(tail):
        return head, tail
    words, _, tail = printed.rpartition(" ")
    # Two letters before a number are its series (`SE 011252`), no country code.
    if len(words) > 3 and values.country(words) and re.search(r"\d", tail):
        return tail, words
    if re.search(r"[a-z]{2}", printed) and (match := LABELLED.match(printed[:LONGEST])):
        rest = printed[match.start(1) :]
        return (rest if re.fullmatch(r"[A-Z0-9 ./No-]+", rest) else match[1]), country
    return printed, country


def _kind(kind: str, other: str) -> str:
    other = re.sub(r"\s+\d+$", "", other) if _number_within(other) else other
    return (other.rstrip(": ") if re.search(r"[a-z]{3}", other) and other.rstrip(":") != "number" else "") or kind


def _prop(label: str) -> str:
    label = label.casefold()
    if "social security" in label or "ssn" in label:
        return "socialSecurityNumber"
    if "fiscal code" in label:
        return "taxNumber"
    if "passport" in label.replace("on passport", "") or "passeport" in label or "pasaporte" in label:
        return "passportNumber"
    return "idNumber"
