"""DFAT's free text: `Title: a) Mullah b) Haji. Designation: … Passport no.: …`, and when an entry was listed.

Takes `Additional Information` or `Listing Information`; states on the entry or its sanction what a label begins. Must
not replace the text: it stays whole in `notes` or `summary`, so that a segment cut too short loses nothing.
"""

import re

from allonym.sources import cell, document, values
from allonym.sources.entry import Entry

LABELS = {
    "title": r"(?:Alternative )?Title", "position": r"(?:Designation|Position|Last known position|Military rank)",
    "gender": r"(?:Gender|Sex)", "website": r"Websites?", "email": r"E-?mail(?: address(?:es)?)?",
    "phone": r"(?:Tel(?:ephone)?(?: numbers?)?|Phone(?: number)?|Mob(?:ile)?|Fax|Facsimile number|Tel/Fax)\.?",
    "passport": r"(?:[A-Z][a-z]+ )?(?:Diplomatic )?Passport(?: information| numbers?| no)?\.?(?: nos?\.)?",
    "national": r"National identification(?: numbers?| no)?\.?|Ration card number|Italian Fiscal Code"
                r"|Spanish Identity Card No|National ID Card|Personal Identification Card|FARDC ID",
    "swift": r"SWIFT(?:/BIC)?", "imo": r"IMO Number", "birth": r"(?:Other possible date of birth|Alternative DOB)",
    "tax": r"Pakistan National Tax Number|Tax ID", "registration": r"Regist(?:ration|ered company) number",
}  # fmt: skip
ANY = "|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS.items())
LABEL = re.compile(rf"(?:^|(?<=[.;,)\n ]))(?:{ANY})\s*[:‑]\s*", re.IGNORECASE)
#: A sentence ends at a dot before a capital, unless what stopped was an abbreviation or an initial.
SENTENCE = re.compile(r"(?<![ (][A-Z])(?<!\bno)(?<!\bNo)(?<!Brig)(?<!Gen)(?<!Jan)(?<!Dr)[.;]\s+(?=[A-Z‘'(])")
#: A number: a fiscal code, what follows "number", what a segment begins with, or a longer one anywhere.
NUMBERS = (
    re.compile(r"\b([A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z])\b"),
    re.compile(r"\b(?:number|no\.?|card)\s*:?\s*([A-Z]{0,4}[-/ ]?\d[\dA-Z./-]{2,}(?<![./-]))(?![\w/])"),
    re.compile(r"^([A-Z]{0,4}[-/ ]?\d[\dA-Z./-]{2,}(?<![./-]))(?! [A-Z][a-z]+\.? \d{4}|[\w/])"),
    re.compile(r"(?<![\w/.])([A-Z]{0,4}[-/ ]?\d[\dA-Z./-]{4,}(?<![./-]))(?![\w/])"),
)
DAY = r"(?:\b\d{1,2} (?!and\b)[A-Z][a-z]{2,9}\.? ?\d{4}|\d{4}-\d\d-\d\d)"
EVENT = re.compile(
    rf"(?P<date>{DAY})|(?P<amended>amend)|(?P<relisted>re-?list)|(?P<listed>listed ?on|listed|designated under)"
    rf"|(?P<continued>declared on)|(?P<other>expire|cease|until)",
    re.IGNORECASE,
)
PROPS = {"title": "title", "position": "position", "gender": "gender", "swift": "swiftBic", "imo": "imoNumber",
         "tax": "taxNumber", "registration": "registrationNumber"}  # fmt: skip


def additional(entry: Entry, text: str) -> None:
    """Keep the text as a note, and state what its labelled segments say."""
    text = text.replace("\xa0", " ")
    entry.add("notes", text)
    found = list(LABEL.finditer(text))
    for label, following in zip(found, [*found[1:], None], strict=False):
        end = following.start() if following else len(text)
        segment = text[label.end() : end].strip()
        name = label.lastgroup or ""
        if name in ("passport", "national"):
            lead = re.sub(r"passport.*|no\.?$", "", label[0], flags=re.IGNORECASE | re.DOTALL).strip(" :")
            _documents(entry, name, lead if name == "passport" else label[0].strip(" :"), segment)
        elif name in ("website", "email"):
            _contacts(entry, name, segment)
        elif name == "phone":
            _phones(entry, segment)
        elif name == "birth":
            if entry.schema == "Person":
                cell.dates(entry, "birthDate", SENTENCE.split(segment)[0])
        else:
            for value in cell.lettered(SENTENCE.split(segment)[0]):
                cell.fact(entry, PROPS[name], value.rstrip(". "), label[0].strip(" :"))


def _documents(entry: Entry, name: str, lead: str, segment: str) -> None:
    prop = "passportNumber" if name == "passport" else "idNumber"
    for item in cell.lettered(segment):
        # Issue and expiry may be sentences of their own; the first sentence that says something else ends it.
        sentences = SENTENCE.split(item)
        kept = [sentences[0]]
        for sentence in sentences[1:]:
            if not re.match(r"(?:Date of|Place of|Issued|Expire|Valid)", sentence):
                break
            kept.append(sentence)
        item = ". ".join(kept)
        numbers = (match[1].strip() for pattern in NUMBERS if (match := pattern.search(item)))
        number = next((number for number in numbers if len(number) == 4 or not values.dates(number, True)), None)
        if re.match(r"na\b", item, re.IGNORECASE):
            continue
        if number:
            details = f"{lead} {item}".strip() if not document.country(item) else item
            document.state(entry, number, details, prop)
        elif any(character.isdigit() for character in item):
            entry.report.issue("unparsed", f"{prop}: not understood", entity_id=entry.entity_id, original=item)


def _contacts(entry: Entry, prop: str, segment: str) -> None:
    # Nothing is unparsed here: the segment runs into running text, which is in the notes.
    for token in re.split(r"[\s;,]+", segment):
        token = token.strip(".()")
        if prop == "email" and re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", token):
            entry.add("email", token)
        elif prop == "website" and re.match(r"https?://\S+\.|www\.\S+\.", token):
            entry.add("website", token)


def _phones(entry: Entry, segment: str) -> None:
    for number in re.findall(r"[+(]{0,2}\d[\d ()/-]{6,}\d", SENTENCE.split(segment)[0]):
        entry.add("phone", re.sub(r"^00", "+", number), original=number)


def listing(sanction: Entry, text: str) -> None:
    """Keep the text as the summary; state each day in it as what the nearest word before it says it is.

    Listed: `listingDate`. Amended, relisted, continued: `modifiedAt`, the last two with that qualifier.
    """
    sanction.add("summary", text)
    event = "listed"
    for match in EVENT.finditer(text.replace("\xa0", " ")):
        if match.lastgroup != "date":
            event = match.lastgroup or event
        elif event == "listed":
            sanction.date("listingDate", match["date"], day_first=True)
        elif event != "other":
            sanction.date("modifiedAt", match["date"], day_first=True, qualifier=event if event != "amended" else None)
