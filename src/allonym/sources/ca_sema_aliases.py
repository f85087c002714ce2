"""The alias cell of Canada's list, split into names.

Takes the text of `Aliases` with the surname and given names of the record; gives each name with its kind and, where the
cell names it, its language. Must not split inside a name. The list separates aliases in many ways, so this is the rule:

1. A language label (`Russian:`, `Arabic:` …) and `;` always separate, and so does a line break between two scripts; any
   other line break is a blank.
2. `/` separates outside brackets, and so does ` or `. ` and ` separates in the record of a person, where one side is
   not in Latin script, and after a legal form; elsewhere it may belong to the name, which stays whole and is reported.
3. A comma outside brackets separates, except before or after a lone legal form (`Evro Polis, OOO`), before a small
   letter (`Ministry of Education, science and youth`), and in `SURNAME, Given`: two pieces of a person of which the
   first, transliterated, is like the surname of the record and the second is not. That one is turned round.
4. A piece that is nothing but a legal form never stands alone: what it would be cut from stays whole.
5. A single word for a person (`Batya`, `Yevgeni`) is a weak alias; a name outside Latin script is in original script.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz

from allonym.model import NameKind

LANGUAGES = {
    "arabic": "ara", "belarusian": "bel", "belarussian": "bel", "farsi": "fas", "persian": "fas",
    "russian": "rus", "spanish": "spa", "ukrainian": "ukr",
}  # fmt: skip
LABEL = re.compile(rf"\b({'|'.join(LANGUAGES)})\s*:", re.IGNORECASE)
LEGAL_FORMS = frozenset(
    "ooo оoo ооо ао aо аo ao пао pao оао oao зао zao ojsc cjsc pjsc jsc llc ltd limited inc plc co corp фгуп fsue сао "
    "мк нпо ано фкп гуп муп sa gmbh".split()
) | {
    "акционерное общество", "aкционерное общество", "открытое акционерное общество", "публичное акционерное общество",
    "закрытое акционерное общество", "общество с ограниченной ответственностью", "co ltd", "joint stock company",
    "некоммерческое партнерство",
}  # fmt: skip
#: Small words that begin a new name after a comma all the same.
OPENERS = re.compile(r"(?:the|also|or|and|l['’])\b", re.IGNORECASE)
QUOTES = {"“": "”", '"': '"', "«": "»", "‘": "’", "”": "”"}
SAME_SURNAME = 70.0  # rapidfuzz ratio, 0 to 100


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of the cell. `original` is the piece as printed when it was turned round; `unsure`: it may be two."""

    text: str
    kind: NameKind
    lang: str | None = None
    original: str | None = None
    unsure: bool = False


def aliases(cell: str, surname: str = "", person: bool = False) -> Iterator[Alias]:
    """Every alias of one cell, in order; nothing for an empty one."""
    for lang, block in _blocks(cell):
        for part in block.split(";"):
            for piece, original in _pieces(part, surname, person):
                text = _bare(piece)
                if any(c.isalnum() for c in text):
                    unsure = not person and "," in part and bool(re.search(r"\s(?:and|et)\s", text))
                    yield Alias(text, _kind(text, person), lang, original, unsure)


def is_latin(text: str) -> bool:
    """Whether most letters of a text are in Latin script; true when it has none.

    Most, not the first: the list writes a Latin I or P into Ukrainian and Belarusian names.
    """
    latin = sum(1 if c < "\u0250" or "\u1e00" <= c <= "\u1eff" else -1 for c in text if c.isalpha())
    return latin >= 0


def outside_brackets(text: str, pattern: str) -> list[str]:
    """Split where the pattern matches outside round brackets; unbalanced brackets count as none."""
    balanced = text.count("(") == text.count(")")
    pieces, start = [], 0
    for match in re.finditer(pattern, text):
        before = text[: match.start()]
        if balanced and before.count("(") > before.count(")"):
            continue
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def _blocks(cell: str) -> Iterator[tuple[str | None, str]]:
    """(language, text): cut at labels and at line breaks between scripts."""
    lang: str | None = None
    pieces = LABEL.split(cell)
    for index, piece in enumerate(pieces):
        if index % 2:
            lang = LANGUAGES[piece.lower()]
            continue
        lines = [line.strip() for line in piece.splitlines() if line.strip()]
        block = ""
        for line in lines:
            if block and is_latin(_last_word(block)) != is_latin(line):
                yield lang, block
                block = line
            else:
                block = f"{block} {line}" if block else line
        if block:
            yield lang, block


def _pieces(text: str, surname: str, person: bool) -> Iterator[tuple[str, str | None]]:
    """(name, original when turned round)."""
    for whole in _joined_forms(_connectives(text, person)):
        names = _commas(whole)
        if person and len(names) == 2 and _is_surname(names[0], surname) and not _like(names[1], surname):
            yield f"{names[1].strip()} {names[0].strip()}", whole.strip()
            continue
        for name in names:
            yield name, None


def _connectives(text: str, person: bool) -> list[str]:
    pieces = []
    for part in outside_brackets(text, r"/|\s(?:or|OR)\s|,\s*(?:or|and)\s"):
        rest = part
        for match in re.finditer(r"\sand\s", part):
            before, after = part[: match.start()], part[match.end() :]
            foreign = not is_latin(_last_word(before)) or not is_latin(_last_word(after, 0))
            if person or foreign or _is_form(_last_word(before)):
                pieces.append(rest[: len(rest) - len(part[match.start() :])])
                rest = after
        pieces.append(rest)
    return pieces


def _commas(text: str) -> list[str]:
    names: list[str] = []
    for piece in outside_brackets(re.sub(r',(["”»])(?=\s)', r"\1,", text), ","):
        bare = piece.strip()
        small = bare[:1].islower() and not OPENERS.match(bare)
        if names and (_is_form(bare) or small or _is_form(names[-1])):
            names[-1] = f"{names[-1]}, {bare}"
        elif bare:
            names.append(bare)
    return names


def _joined_forms(pieces: list[str]) -> list[str]:
    """The pieces, unless one of them is a lone legal form: then the text they were cut from."""
    kept = [piece for piece in pieces if piece.strip()]
    if any(_is_form(piece) for piece in kept):
        return [" or ".join(piece.strip() for piece in kept)]
    return kept


def _is_form(text: str) -> bool:
    return text.strip(" .,\"“”«»'").replace(".", "").replace("-", " ").casefold() in LEGAL_FORMS


def _last_word(text: str, which: int = -1) -> str:
    """The last word that has a letter, or the first one (0)."""
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    return words[which] if words else ""


def _is_surname(text: str, surname: str) -> bool:
    return len(text.split()) <= len(surname.split()) and _like(text, surname)


def _like(text: str, surname: str) -> bool:
    """Whether a word of the text, transliterated, is like the surname."""
    wanted = anyascii(surname).casefold().strip()
    return any(fuzz.ratio(anyascii(word).casefold(), wanted) >= SAME_SURNAME for word in text.split())


def _bare(text: str) -> str:
    """Without blanks and commas around it, `also` before it, quotes around all of it, and half a bracket."""
    text = re.sub(r"\s+", " ", text).strip(" ,.:;\xa0") if not text.strip().endswith(".") else text.strip(" ,:;\xa0")
    text = re.sub(r"^also\s+|^\)\s*|\s*\($", "", text)
    if text.count("(") > text.count(")"):
        text = text.lstrip("(") if text.startswith("(") else text.rstrip("( ")
    if text.count(")") > text.count("("):
        text = text.rstrip(")")
    inner = text[1:-1]
    if len(text) > 2 and QUOTES.get(text[0]) == text[-1] and text[0] not in inner and text[-1] not in inner:
        text = inner
    return re.sub(r"\s+", " ", text).strip()


def _kind(text: str, person: bool) -> NameKind:
    if person and len(re.findall(r"[^\s\W]+(?:[-'’][^\s\W]+)*", text)) == 1:
        return NameKind.WEAK
    return NameKind.ALIAS if is_latin(text) else NameKind.ORIGINAL_SCRIPT
