"""Several values in one cell: `(1) … (2) …`, `a) … b) …`, lists of dates, of contacts.

Takes the text of a cell and the entry it belongs to; gives the single values, or states them on the entry with the
publisher's words as the original. Must not guess where one value ends: what cannot be told apart stays whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from allonym.sources import values
from allonym.sources.entry import Entry

EMPTY = {"", "-", "--", "na", "n/a", "nil", "none", "not available"}
#: What separates dates for certain, then what does so only when both sides are dates.
STRONG = re.compile(
    r";|>>|\n|(?<=\d)\s{2,}(?=\d)|(?<![a-z0-9])\(?[a-z]\)|\(\d{1,2}\)|\balt(?:ernat\w*)?\.? *DOB\.?:?", re.IGNORECASE
)
WEAK = re.compile(r",?\s+or\s+|,\s*|\s+and\s+")
REMARK = re.compile(r"\([^()]*[A-Za-z]{2}[^()]*\)?|\.\s+for this aka only", re.IGNORECASE)
DECADE = re.compile(r"(?:(?:early|mid|late)[- ]+)?(?:the )?(\d{3})0'?s", re.IGNORECASE)
SHORT_YEAR = re.compile(r"\b(\d\d)(\d\d) ?([-/]) ?(\d\d)$")
TOKEN = re.compile(r"[\s;,]+")


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, NA."""
    return text.strip(" .\xa0\t\n").casefold() in EMPTY


def _labelled(text: str, labels: Iterable[str]) -> list[str]:
    """Cut at each label of a sequence, as long as they come in order; what stands before the first is a part too."""
    cuts, start = [], 0
    for label in labels:
        match = re.compile(label).search(text, start)
        if not match:
            break
        cuts.append(match.span())
        start = match.end()
    if not cuts:
        return [text.strip()]
    ends = [cut[0] for cut in cuts[1:]] + [len(text)]
    parts = [text[begin:end].strip() for (_, begin), end in zip(cuts, ends, strict=True)]
    before = text[: cuts[0][0]].strip()
    return [before, *parts] if before else parts


def numbered(text: str) -> list[str]:
    """`(1) A. (2) B` as [A, B]. A place holder stays as an empty value, so that two such cells pair up."""
    if not re.match(r"\s*\(1\)", text):
        return ["" if is_empty(text) else text.strip()]
    parts = _labelled(text, (rf"\({number}\)" for number in range(1, 100)))
    return ["" if is_empty(part) else part.removesuffix(".").strip() if len(part) > 3 else part for part in parts]


def lettered(text: str) -> list[str]:
    """`a) A b) B` as [A, B], without place holders; a text without such marks is one value."""
    plain = text.replace("\xa0", " ")
    marks = [rf"(?<![A-Za-z0-9])\(?{chr(97 + number)}\)" for number in range(26)]
    # `A, b) B`: the first mark is forgotten now and then.
    parts = _labelled(plain, marks if re.search(marks[0], plain) else marks[1:])
    return [part.strip(" ;,") for part in parts if not is_empty(part.strip(" ;,"))]


def paired(first: str, second: str) -> Iterator[tuple[str, str]]:
    """The values of two numbered cells side by side; unequal lists repeat a single second value, or leave it empty."""
    left, right = numbered(first), numbered(second)
    if len(right) == 1 and len(left) > 1:
        right = right * len(left)
    elif len(left) < len(right):
        left = left + [""] * (len(right) - len(left))
    for position, value in enumerate(left):
        yield value, right[position] if position < len(right) else ""


def dates(entry: Entry, prop: str, text: str) -> None:
    """State every date of a cell, days first; each keeps the piece of the cell it was read from as its original."""
    text = re.sub(r"(\([^()]*\))\s+(?=\d)", r"\1;", text.replace("\xa0", " "))
    text = re.sub(r"\b(?:dd|mm)(?=/)", "00", text, flags=re.IGNORECASE)
    if is_empty(text):
        return
    for piece in STRONG.split(text):
        whole = piece.strip(" ,.;\t")
        bare = (REMARK.sub("", whole) or whole).strip(" ,.;()\t")
        if is_empty(bare):
            if bare or whole:
                entry.unparsed(prop, whole)
            continue
        found = _phrase(bare)
        if not found:
            entry.unparsed(prop, whole)
        for date in found:
            # `5 Feb. 1970 (this aka only, born 5 Feb. 1969)`: which name a date belongs to, the whole cell tells.
            original = text if "aka only" in text else whole
            entry.add(prop, date.value, original=original if original != date.value else None, qualifier=date.qualifier)


def _phrase(text: str) -> tuple[values.FtmDate, ...]:
    text = re.sub(r"(?<=[a-z])(?=\d{4}$)", " ", re.sub(r"[()]", "", text))
    if found := values.dates(text, True):
        return found
    if match := re.search(r"\b(\d{4})/(\d{4})$", text):
        return values.dates(f"{text[: match.start()]}{match[1]}-{match[2]}")
    if match := DECADE.fullmatch(text):
        first, last = f"{match[1]}0", f"{match[1]}9"
        return values.dates(f"circa {first} to {last}")
    if (match := SHORT_YEAR.search(text)) and int(match[4]) > max(12, int(match[2])):
        return values.dates(f"{text[: match.start()]}{match[1]}{match[2]}-{match[1]}{match[4]}", True)
    pieces = [piece.strip() for piece in WEAK.split(text) if piece.strip()]
    each = [values.dates(piece, True) for piece in pieces]
    return tuple(date for found in each for date in found) if len(pieces) > 1 and all(each) else ()


def countries(entry: Entry, prop: str, text: str, split: Callable[[str], list[str]] = numbered) -> None:
    """State every country of a cell: `Algerian and Malian` when both are countries, `Former USSR, now Ukraine`."""
    # `(1-3) Libya (4) Morocco`: the numbers pair the countries with towns, and leave gaps.
    parts = re.split(r"\(\d{1,2}(?:-\d{1,2})?\)", text) if split is numbered else split(text)
    for part in parts:
        part = part.strip(" .;,\xa0")
        if is_empty(part):
            continue
        now = re.search(r"\b(?:now|currently|alt\.? citizen\w*:?)\s+(?:part of )?([^()]+)", part, re.IGNORECASE)
        pieces = [piece.strip() for piece in re.split(r"[;,/]| and | or ", part) if piece.strip()]
        if now and values.country(now[1].strip()):
            entry.add(prop, now[1], original=part)
            before = part[: now.start()].strip(" (,")
            if before and values.country(before):
                entry.add(prop, before, original=part)
        elif values.country(part) or len(pieces) < 2 or not all(map(values.country, pieces)):
            entry.add(prop, part)
        else:
            for piece in pieces:
                entry.add(prop, piece, original=part)


def contacts(entry: Entry, prop: str, text: str) -> None:
    """State every telephone number, e-mail address or web address of a cell of such; `prop` is what it should hold."""
    for part in numbered(text):
        if prop == "phone":
            for number in re.split(r"\.\s+|[;,]\s*|\s+(?=\+\d)", part):
                plain = re.sub(r"^\s*00", "+", re.sub(r"\([^()0-9]*\)", "", number)).strip(" .")
                entry.add("phone", plain, original=number.strip())
            continue
        for token in TOKEN.split(part):
            token = token.strip(" .")
            if not token:
                continue
            if "@" in token:
                entry.add("email", token.removeprefix("mailto:"), original=token)
            elif re.match(r"https?://|www\.", token, re.IGNORECASE) or (prop == "website" and "." in token):
                entry.add("website", token)
            else:
                entry.unparsed(prop, token)


def fact(entry: Entry, prop: str, text: str, label: str) -> None:
    """State a property, or, where entities of this kind have none such, a note `label: text`."""
    if values.has_property(entry.schema, prop):
        entry.add(prop, text)
    elif text.strip():
        entry.add("notes", f"{label}: {text.strip()}", qualifier=f"other:{prop}")
