"""A name taken apart: its parts in order, each with its role.

Takes the text of a name and what kind of thing bears it; gives a `Name`. Must not weigh anything: how much a part says
is for matching/. Roles: `part` (carries the name), `particle` (al, bin, de), `title`, `form` (a legal form, as a mark),
`number`, `initial`.
"""

import json
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from allonym.names import forms
from allonym.names.script import Word, words

MAX_PARTS = 40


class Role(IntEnum):
    """What a part does in a name."""

    PART = 0
    PARTICLE = 1
    TITLE = 2
    FORM = 3
    NUMBER = 4
    INITIAL = 5


class Kind(IntEnum):
    """Who bears a name, as far as it changes how the name is read."""

    PERSON = 0
    ORGANISATION = 1
    THING = 2  # vessels, aircraft and what else has a name
    ANY = 3  # LegalEntity, Thing: a person or an organisation


_KINDS = {
    "Person": Kind.PERSON,
    "Company": Kind.ORGANISATION,
    "Organization": Kind.ORGANISATION,
    "PublicBody": Kind.ORGANISATION,
    "LegalEntity": Kind.ANY,
    "Thing": Kind.ANY,
}


def kind_of(schema: str) -> Kind:
    """The kind of name an FtM schema bears."""
    return _KINDS.get(schema, Kind.THING)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: lower-case ASCII text, role, and whether its script left vowels out."""

    text: str
    role: Role = Role.PART
    abjad: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its parts in order; `parts` is empty when there is nothing to compare."""

    original: str
    parts: tuple[Part, ...]


@cache
def _words() -> dict[str, dict[str, str] | frozenset[str]]:
    data = json.loads((files("allonym.names") / "words.json").read_text(encoding="utf-8"))
    return {key: frozenset(v) if isinstance(v, list) else v for key, v in data.items() if key != "origin"}


@cache
def _roles() -> dict[str, Role]:
    data = _words()
    roles = dict.fromkeys(data["titles"], Role.TITLE)
    roles.update(dict.fromkeys(data["particles"], Role.PARTICLE))
    return roles


def is_lineage(text: str) -> bool:
    """Whether the part says "son of", so that the order of what stands around it matters."""
    return text in _words()["lineage"]


@lru_cache(maxsize=131_072)
def read(text: str, kind: Kind = Kind.PERSON) -> Name:
    """A name taken apart. "Surname, Given" is turned round for persons; at most MAX_PARTS parts are kept."""
    if kind in (Kind.PERSON, Kind.ANY) and text.count(",") == 1:
        family, given = text.split(",")
        if given.strip() and family.strip() and not _is_suffix(given):
            text = f"{given} {family}"
    found = words(text)
    parts = _organisation(found) if kind is not Kind.PERSON else _person(found)
    return Name(text, _not_bare(parts)[:MAX_PARTS])


def _person(found: list[Word]) -> list[Part]:
    parts = [_part(w, Kind.PERSON) for w in found]
    if sum(p.role is Role.PART for p in parts) != 1:
        return parts
    # "Amir Abdullah" is a name of two parts, though many an emir is called amir.
    names = _words()["titles_that_are_names"]
    return [Part(p.text, Role.PART, p.abjad) if p.role is Role.TITLE and p.text in names else p for p in parts]


def _is_suffix(text: str) -> bool:
    plain = text.strip().strip(".").lower()
    return plain in ("jr", "sr", "ii", "iii", "iv") or tuple(plain.replace(".", "").split()) in forms.table()


def _part(word: Word, kind: Kind) -> Part:
    text = word.text
    role = _roles().get(text)
    # Only persons bear titles: the MS of MS-13 is no Ms.
    if role is not None and (role is not Role.TITLE or kind is Kind.PERSON):
        return Part(text, role, word.abjad)
    if text.isdigit():
        return Part(text.lstrip("0") or "0", Role.NUMBER)
    if len(text) == 1:
        return Part(text, Role.INITIAL, word.abjad)
    return Part(text, Role.PART, word.abjad)


def _organisation(found: list[Word]) -> list[Part]:
    data = _words()
    numbers, translations = data["numbers"], data["translations"]
    assert isinstance(numbers, dict) and isinstance(translations, dict)
    parts, at = [], 0
    for text, is_form, length in forms.mark([w.text for w in found]):
        abjad = found[at].abjad
        at += length
        if is_form:
            parts.append(Part(text, Role.FORM))
        elif text in numbers:
            parts.append(Part(numbers[text], Role.NUMBER))
        else:
            parts.append(_part(Word(translations.get(text, text), abjad), Kind.ORGANISATION))
    return parts


def _not_bare(parts: list[Part]) -> tuple[Part, ...]:
    """A name of nothing but particles, titles and initials is taken as made of parts, so that it can be found."""
    if any(part.role in (Role.PART, Role.NUMBER) for part in parts):
        return tuple(parts)
    return tuple(p if p.role is Role.FORM else Part(p.text, Role.PART, p.abjad) for p in parts)
