"""Passports, identity numbers and registrations that a list describes in a sentence.

Takes a number and the words beside it; states the number, and a document with country, kind, issue and expiry where
the words say so plainly. Must not lose the words: they stay whole in the document's `summary`.
"""

import re

from allonym.sources import values
from allonym.sources.entry import Entry

DATE = (
    r"(\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}(?:st|nd|rd|th)?[ -][A-Za-z]{3,9}\.?[ -]\d{4}|[A-Z][a-z]{2,8}\.? \d{4}|\d{4})"
)
ISSUED = re.compile(r"(?:\bissued?(?: on)?|issue date|date of issue)\s*:?\s*(?:on )?" + DATE, re.IGNORECASE)
EXPIRES = re.compile(
    r"(?:expir\w+(?: date)?(?: on)?|valid until|date of expir\w+)\s*:?\s*(?:on )?" + DATE, re.IGNORECASE
)
KIND = re.compile(
    r"ration card|fiscal code|tazkira|birth certificate|certificate of nationality|driv\w+['’]?s? (?:licen[cs]e|permit)"
    r"|voter id|student id|diplomatic passport|service passport|personal id|tax (?:id\w*|number)|\bINN\b|\bOGRN\b"
    r"|(?:national )?(?:identity|identification|id) (?:card|number)|military id\w*|foreign travel passport",
    re.IGNORECASE,
)
COUNTRY_END = re.compile(
    r"[,.:;()]|\b(?:number|passport|no|national|diplomatic|service|identity|identification|id|birth|foreign|issued|"
    r"fiscal|driving|expire[sd]?|inn|tax|personal|voter|ni)\b",
    re.IGNORECASE,
)
#: Registrations by what the list calls them: the FtM property, and what its numbers look like.
REGISTRATIONS = (
    (r"OGRN", "ogrnCode", r"\d{13}(?:\d\d)?"),
    (r"INN ?/ ?TIN|TIN ?/ ?INN|INN", "innCode", r"\d{10}(?:\d\d)?"),
    (r"OKPO", "okpoCode", r"\d{8,14}"),
    (r"KPP", "registrationNumber", r"\d{9}"),
    (r"Unified Social Credit (?:Code|Identifier|Number)|USCC|UNP|USREOU", "registrationNumber", r"[0-9A-Z]{7,18}"),
    (r"BvD(?: ID)?", "bvdId", r"[A-Z]{2}[0-9A-Z*]{3,20}"),
    (r"BIN(?: ?/ ?IIN)?|CRN?|SRN|ICP|UID|CH-ID|SPARK code", "registrationNumber", r"(?:CHE?-)?[0-9][0-9.-]{6,18}"),
    (r"BIK(?: \(RU\))?", "registrationNumber", r"\d{9}"),
    (r"УНН/ИНН|УНП", "registrationNumber", r"\d{9,12}"),
    (r"ИНН", "innCode", r"\d{10,12}"),
    (r"LEI|Legal Entity Identifier", "leiCode", r"[0-9A-Z]{20}"),
    (r"D-?U-?N-?S", "dunsCode", r"\d{9}"),
    (r"SWIFT ?(?:/ ?BIC)?|BIC", "swiftBic", r"[A-Z0-9]{8,11}"),
    (r"Tax(?:payer)? ?(?:Identification|ID|Registration|Number|No)?|TIN|VAT(?: Tax)?", "taxNumber",
     r"[0-9][0-9A-Z/-]{4,19}"),
    (r"(?:Company |Business |State )?Registration|Company|Business|Enterprise", "registrationNumber",
     r"[0-9A-Z][0-9A-Z./_-]{3,24}"),
)  # fmt: skip
BETWEEN = r"\)?(?:\s*(?:number|no|code|id|identification|[(][A-Z]{2,5}[)])\b\.?)*\s*[:=–—-]*\s*"
PLAIN = re.compile(r"([0-9A-Z][0-9A-Z./-]{3,24})(?:\s*\(([^()]+)\))?(?: dated " + DATE + ")?")
#: `Trade register number: 512036625`: under this heading, whatever words stand before it.
OTHER = re.compile(r"([^\W\d][^\d:]{1,45}?)\s*[:–—-]\s*([0-9A-Z./-]*\d[0-9A-Z./-]{2,})(?:\s*\(([^()]+)\))?")
GLUED = re.compile(r"(?<=\d)(?=(?:OGRN|INN|KPP|OKPO|TIN|SWIFT|VAT|BIK|PPC|BIC|LEI|CR No|IP Identification)\b)")
LABEL_ALONE = re.compile(
    r"(?:tax|taxpayer|identification|registration|company|business|id|number|no|and|[:/()\s])+", re.IGNORECASE
)


def state(entry: Entry, number: str, details: str, prop: str) -> None:
    """State a document of an entry: `prop` is `passportNumber` or `idNumber`; either text may be empty.

    Details without a number are kept as a note.
    """
    details = details.strip(" .")
    clean = number.strip(" .;").lstrip("'")  # a leading apostrophe is Excel's mark for text
    if not clean:
        if details:
            entry.unparsed(prop, details)
        return
    if not values.has_property(entry.schema, prop):
        prop = "idNumber" if values.has_property(entry.schema, "idNumber") else "registrationNumber"
    kind = KIND.search(details)
    document = entry.document(clean, prop=prop, kind=kind[0] if kind else None, country=country(details),
                              original=number if number != clean else None)  # fmt: skip
    if document is None or not details:
        return
    document.add("summary", details)
    for target, pattern in (("startDate", ISSUED), ("endDate", EXPIRES)):
        if match := pattern.search(details):
            document.date(target, match[1], day_first=True)


def numbers(text: str) -> list[str]:
    """`734088604. 735958824` as two, when each part by itself looks like a number; else the text as it is."""
    parts = [part for part in re.split(r"\.\s+|[;,]\s*", text.strip(" .;,")) if part]
    alone = all(re.fullmatch(r"[A-Z]{0,3} ?\d[0-9A-Z/-]{4,}", part) for part in parts)
    return parts if len(parts) > 1 and alone else [text]


def country(details: str) -> str | None:
    """The country that details begin with (`Afghan number, issued …`); None when they begin otherwise."""
    lead = COUNTRY_END.split(details.lstrip("( "), maxsplit=1)[0].strip()
    return lead if 2 < len(lead) <= 40 and values.country(lead) else None


def registrations(entry: Entry, text: str) -> None:
    """State the registration numbers of a cell by their labels; an unlabelled number alone in its part is one too."""
    rest = GLUED.sub("; ", text)
    for label, prop, shape in REGISTRATIONS:
        pattern = re.compile(rf"\b({label})\b{BETWEEN}({shape})(?![0-9])", re.IGNORECASE)
        for match in pattern.finditer(rest):
            target = prop if values.has_property(entry.schema, prop) else "registrationNumber"
            if not any(character.isdigit() for character in match[2]) and prop != "swiftBic":
                continue
            entry.document(match[2], prop=target, kind=match[1], original=match[0])
            rest = rest.replace(match[0], ";", 1)
    for part in re.split(r"\(\d{1,2}\)|[;,|]|\.\s+", rest):
        part = part.strip(" .'-–")
        if not part:
            continue
        if LABEL_ALONE.fullmatch(part) or values.country(part.strip("()")):
            # Words left over between numbers; the whole cell keeps them in their place.
            entry.add("notes", f"Registrations: {text.strip()}", qualifier="other:registrationNumber")
            continue
        plain = PLAIN.fullmatch(part)
        if plain and any(character.isdigit() for character in plain[1]):
            place = plain[2] if plain[2] and values.country(plain[2]) else None
            paper = entry.document(plain[1], prop="registrationNumber", country=place, original=part)
            if paper and plain[3]:
                paper.date("startDate", plain[3], day_first=True)
        elif other := OTHER.fullmatch(part):
            place = other[3] if other[3] and values.country(other[3]) else None
            entry.document(other[2], prop="registrationNumber", kind=other[1], country=place, original=part)
        else:
            entry.unparsed("registrationNumber", part)
