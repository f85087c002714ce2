"""The features and identity documents of an entity of OFAC's ENHANCED XML.

Takes the lxml element of the entity; states what hangs on it through the labels of `us_ofac_labels`. Must not drop a
feature that OFAC marks as doubtful: it is kept with the qualifier `reliability:…`, and a false one as a note only.
"""

import calendar
from typing import Any

from allonym.sources import dates as list_dates
from allonym.sources import us_ofac_programs, values, xml
from allonym.sources.entry import Entry
from allonym.sources.us_ofac_labels import DOCUMENTS, Labelled, document, note, state

FEATURE_FIELDS = {"type", "versionId", "value", "valueDate", "isPrimary", "valueRefId", "reliability", "comments"}
DOCUMENT_FIELDS = {
    "type", "name", "documentNumber", "isValid", "issuingLocation", "issuingCountry", "issuingAuthority", "issueDate",
    "expirationDate", "comments",
}  # fmt: skip


def features(element: Any, entry: Entry, sanctions: dict[str, Entry]) -> None:
    """State every feature; `sanctions` are those of the entity by program code."""
    for feature in element.iterfind("features/feature"):
        label, value = xml.text(feature, "type"), xml.text(feature, "value")
        dates, printed = feature.find("valueDate"), value
        if dates is not None and (value := phrase(dates, printed)) != printed and printed not in value:
            note(entry, f"{label}: {printed}")
        reliability = xml.text(feature, "reliability").casefold()
        comment = xml.text(feature, "comments") or None
        doubtful = f"reliability:{reliability}" if reliability not in ("", "confirmed") else None
        item = Labelled(label, value, comment=comment, qualifier=doubtful)
        if reliability == "false":
            note(entry, item.text, qualifier=doubtful)
        elif not value:
            entry.report.issue("empty", f"feature {label!r} has no value", entity_id=entry.entity_id)
        else:
            code = us_ofac_programs.of_order(sanctions, item.text)
            state(entry, sanctions[code] if code else next(iter(sanctions.values())), item)
        _others(feature, FEATURE_FIELDS, "feature", entry)


def phrase(dates: Any, value: str) -> str:
    """The date as the list prints it; rebuilt from its bounds where the text is missing or says less than they do.

    `circa` is put in front when only `isApproximate` says so.
    """
    if not values.dates(value):
        first, last = (_precise(dates, side) for side in ("from", "to"))
        value = _whole(_day(dates, "fromDateBegin"), _day(dates, "toDateEnd")) or (
            f"{first} to {last}" if first and last and first != last else first or last or value
        )
    if xml.text(dates, "isApproximate") == "true" and not any(
        "circa" in (d.qualifier or "") for d in values.dates(value)
    ):
        value = f"circa {value}"
    return value


def _precise(dates: Any, side: str) -> str | None:
    begin, end = _day(dates, f"{side}DateBegin"), _day(dates, f"{side}DateEnd")
    return _whole(begin, end) or _spoken(begin if side == "from" else end)


def _whole(begin: str, end: str) -> str | None:
    """The day, month or year that begins and ends so, as a phrase; None when it is none of them."""
    if not begin or not end:
        return None
    if begin == end:
        return _spoken(begin)
    if (begin[4:], end[4:]) == ("-01-01", "-12-31") and begin[:4] == end[:4]:
        return begin[:4]
    last = calendar.monthrange(int(begin[:4]), int(begin[5:7]))[1]
    if begin[:7] == end[:7] and (begin[8:], end[8:]) == ("01", f"{last:02d}"):
        return f"{_month(begin)} {begin[:4]}"
    return None


def _day(dates: Any, bound: str) -> str:
    day = values.iso_date(xml.text(dates, bound)[:10]) or ""
    return day if len(day) == 10 else ""


def _spoken(day: str) -> str | None:
    # Without hyphens: a range is split at them.
    return f"{int(day[8:10])} {_month(day)} {day[:4]}" if day else None


def _month(day: str) -> str:
    # Of calendar.month_name the language depends on the locale.
    return next(name for name, number in list_dates.MONTHS.items() if number == int(day[5:7]))


def documents(element: Any, entry: Entry, countries: dict[str, str]) -> None:
    """State every identity document with its Identification."""
    for paper in element.iterfind("identityDocuments/identityDocument"):
        label, number = xml.text(paper, "type"), xml.text(paper, "documentNumber")
        found = paper.find("issuingCountry")
        country = countries.get(found.get("refId", ""), (found.text or "").strip()) if found is not None else None
        remarks = [xml.text(paper, "comments")]
        if (place := xml.text(paper, "issuingLocation")) and values.country(place) != values.country(country or ""):
            remarks.append(f"issued in {place}")
        if xml.text(paper, "isValid") == "false":
            remarks.append("not valid")
        item = Labelled(
            label, number, country=country, issued=xml.text(paper, "issueDate"),
            expires=xml.text(paper, "expirationDate"), authority=xml.text(paper, "issuingAuthority") or None,
            comment="; ".join(r for r in remarks if r) or None,
        )  # fmt: skip
        if item.key not in DOCUMENTS:
            entry.report.issue("unknown_field", f"identity document {label!r} is not known, taken as an idNumber",
                               entity_id=entry.entity_id, original=number)  # fmt: skip
        if not number:
            entry.report.issue("empty", f"identity document {label!r} has no number", entity_id=entry.entity_id)
            note(entry, label)
        document(entry, item)
        _others(paper, DOCUMENT_FIELDS, "identityDocument", entry)


def _others(element: Any, known: set[str], holder: str, entry: Entry) -> None:
    for child in element:
        if child.tag not in known:
            text = " ".join(t.strip() for t in child.itertext() if t.strip())
            entry.report.issue("unknown_field", f"{holder}/{child.tag} is not known", entity_id=entry.entity_id,
                               original=text)  # fmt: skip
            note(entry, f"{child.tag}: {text}", qualifier=f"unknown:{child.tag}")
