"""OFAC's remarks: `DOB 10 Dec 1948; nationality Iraq; Passport 1084010 (Egypt); a.k.a. 'X'; Linked To: Y.`

Takes the whole text (CSV: all facts of an entry that have no column; XML: what has no element); gives `Remarks`. Must
not lose a part: one that no known label begins is in `plain`, one that is cut off is in `cut`.
"""

import json
import re
from functools import lru_cache
from importlib import resources

from allonym.sources import us_ofac_labels as labels
from allonym.sources import values
from allonym.sources.us_ofac_labels import Labelled
from allonym.sources.us_ofac_listing import Alias, Remarks

SEPARATOR = re.compile(r";\s*")
ALT = re.compile(r"[Aa]lt\.? +(?=\S)")
SIMPLE = re.compile(r"(DOB|POB|nationality|citizen)\b:?\s+(.+)", re.DOTALL)
SIMPLE_FIELDS = {"DOB": "births", "POB": "places", "nationality": "nationalities", "citizen": "citizenships"}
ALIAS = re.compile(r"([afnd])\.([kb])\.a\.\s+(['\"])(.+)\3\.?", re.DOTALL)
LINKED = re.compile(r"(\()?Linked To:\s*(.+)", re.DOTALL)
IMO = re.compile(r"International Maritime Organization No\.? \(?(\d{7})\)?")
BARE = re.compile(
    r"(?P<mail>[\w.+-]+@[\w.-]+\.\w+)(?: \(email\))?|(?P<site>(?:https?://|www\.)[^\s()]+)(?: \(website\))?"
)
WALLET = re.compile(r"(Digital Currency Address - \w+)\s+(\S+)")
DATE = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
DOCUMENT = re.compile(
    rf"(?P<number>.*?)(?: \((?P<country>[^()]+)\))?(?: issued (?P<issued>{DATE}(?: to {DATE})?))?"
    rf"(?: expires (?P<expires>{DATE}(?: to {DATE})?))?\.?",
    re.DOTALL,
)
NUMBER_THEN_COUNTRY = re.compile(r"(.*\d), ([A-Za-z ]+)")
#: The CSV ends every remark with a dot, unless the text ends with one; only an abbreviation's own dot can be told.
ABBREVIATION = re.compile(r"(?:^|[\s(,])(?:\w\.){2,}$")
#: Spellings of labels that older remarks have.
OLDER = {
    "Email": "Email Address", "EMAIL": "Email Address", "Telephone": "Phone Number", "Telephone No.": "Phone Number",
    "Telephone Number": "Phone Number", "Phone No.": "Phone Number", "PHONE": "Phone Number",
    "Passport Booklet": "Passport", "Position": "Title", "Alternate Title": "Title", "Alternate Title,": "Title",
    "Occupation": "Title",
}  # fmt: skip
CODES_WITHOUT_DIGITS = {"swift/bic"}


def _stem(label: str) -> str:
    return label.rstrip(" :#-")


@lru_cache(maxsize=1)
def printed_labels() -> dict[str, str]:
    """Every label without closing punctuation, and how OFAC's XML prints it (registers/ofac_labels.json)."""
    text = resources.files("allonym.registers").joinpath("ofac_labels.json").read_text(encoding="utf-8")
    return {_stem(label): label for label in json.loads(text)["labels"]} | OLDER


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    known = sorted(printed_labels(), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, known))})(?:\s*[:#]|\s+-(?=\s)|(?=\s))\s*(?:#\s*)?(\S.*)", re.DOTALL)


def parse(text: str, *, final_dot: bool = False, is_cut: bool = False) -> Remarks:
    """Take remarks apart. `final_dot`: a dot ends the whole (CSV); `is_cut`: the last part is unfinished."""
    parts = [part for part in SEPARATOR.split(text.strip()) if part.strip()]
    cut = parts.pop() if is_cut and parts else ""
    if final_dot and parts and not cut and parts[-1].endswith(".") and not ABBREVIATION.search(parts[-1]):
        parts[-1] = parts[-1][:-1]
    found: dict[str, list[str]] = {name: [] for name in (*SIMPLE_FIELDS.values(), "links", "plain")}
    aliases: list[Alias] = []
    labelled: list[Labelled] = []
    in_brackets = False
    for position, part in enumerate(parts):
        if match := LINKED.fullmatch(part):
            in_brackets = in_brackets or bool(match[1])
            is_last = position + 1 == len(parts) or not LINKED.fullmatch(parts[position + 1])
            found["links"].append(_target(match[2], closes=in_brackets and is_last))
            in_brackets = in_brackets and not is_last
            continue
        item = ALT.sub("", part, count=1) if ALT.match(part) else part
        if match := SIMPLE.fullmatch(item):
            found[SIMPLE_FIELDS[match[1]]].append(match[2])
        elif match := ALIAS.fullmatch(item):
            aliases.append(Alias(match[4], f"{match[1]}{match[2]}a", weak=True))
        elif labelled_item := _labelled(item):
            labelled.append(labelled_item)
        else:
            found["plain"].append(without_dot(item))
    return Remarks(**{name: tuple(texts) for name, texts in found.items()}, aliases=tuple(aliases),
                   labelled=tuple(labelled), cut=cut)  # fmt: skip


def without_dot(text: str) -> str:
    """The text without the dot that ends a sentence; an abbreviation keeps its own."""
    text = text.strip()
    return text[:-1].rstrip() if text.endswith(".") and not ABBREVIATION.search(text) else text


def _target(text: str, *, closes: bool) -> str:
    # Targets have brackets of their own: `(Linked To: ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE)`.
    if closes and text.endswith(")") and text.count(")") > text.count("("):
        return text[:-1].strip()
    return text.strip()


def _labelled(item: str) -> Labelled | None:
    if match := WALLET.fullmatch(item):
        return Labelled(match[1], match[2])
    if match := IMO.fullmatch(item):
        return Labelled("Identification Number", f"IMO {match[1]}")
    if match := BARE.fullmatch(without_dot(item)):
        return Labelled("Email Address", match["mail"]) if match["mail"] else Labelled("Website", match["site"])
    match = _label_pattern().fullmatch(item)
    if not match:
        return None
    label, rest = printed_labels()[match[1]], match[2].strip()
    if match[1] in OLDER and not _fits(label, rest):
        return None
    found = Labelled(label, rest)
    return document(found) if found.key in labels.DOCUMENTS else found


def _fits(label: str, rest: str) -> bool:
    return label not in ("Phone Number", "Passport") or any(character.isdigit() for character in rest)


def document(item: Labelled) -> Labelled | None:
    """Part a printed number from its country and dates; None when it is a sentence, not a number."""
    match = DOCUMENT.fullmatch(item.value)
    if not match:
        return None
    number, country = match["number"].strip(), match["country"]
    if country and not is_place(country):
        number, country = f"{number} ({country})", None
    if not country and (pair := NUMBER_THEN_COUNTRY.fullmatch(number)) and is_place(pair[2]):
        number, country = pair[1], pair[2]
    is_number = any(character.isdigit() for character in number) and not number.startswith(("issued", "is issued"))
    if not number or not (is_number or country or item.key in CODES_WITHOUT_DIGITS):
        return None
    return Labelled(item.label, number, country=country, issued=match["issued"], expires=match["expires"])


def is_place(text: str) -> bool:
    """Whether OFAC prints this where a document's country stands."""
    return text.startswith("Region:") or values.country(text) is not None
