"""A name taken apart: its parts in order, each with its role.

Takes the text of a name and what kind of thing bears it; gives a `Name`. Must not weigh anything: how much a part says
is for matching/. Roles: `part` (carries the name), `particle` (al, bin, de), `title`, `form` (a legal form, as a mark),
`number`, `initial`.
"""

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from allonym.names import forms
from allonym.names.script import Word, words

MAX_PARTS = 40
ACRONYM_WORDS, MAX_ACRONYM = 3, 10
BRACKETS = re.compile(r"\([^()]*\)")


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
    parts = [_part(w.text, w.abjad, Kind.PERSON) for w in found]
    if [p.role for p in parts].count(Role.PART) != 1:
        return parts
    # "Amir Abdullah" is a name of two parts, though many an emir is called amir.
    names = _words()["titles_that_are_names"]
    return [Part(p.text, Role.PART, p.abjad) if p.role is Role.TITLE and p.text in names else p for p in parts]


def _is_suffix(text: str) -> bool:
    plain = text.strip().strip(".").lower()
    return plain in ("jr", "sr", "ii", "iii", "iv") or tuple(plain.replace(".", "").split()) in forms.table()


@lru_cache(maxsize=262_144)
def _part(text: str, abjad: bool, kind: Kind) -> Part:
    role = _roles().get(text)
    # Only persons bear titles: the MS of MS-13 is no Ms.
    if role is not None and (role is not Role.TITLE or kind is Kind.PERSON):
        return Part(text, role, abjad)
    if text.isdigit():
        return Part(text.lstrip("0") or "0", Role.NUMBER)
    if len(text) == 1:
        return Part(text, Role.INITIAL, abjad)
    return Part(text, Role.PART, abjad)


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
            parts.append(_part(translations.get(text, text), abjad, Kind.ORGANISATION))
    return parts


def _not_bare(parts: list[Part]) -> tuple[Part, ...]:
    """A name of nothing but particles, titles and initials is taken as made of parts, so that it can be found."""
    roles = [part.role for part in parts]
    if Role.PART in roles or Role.NUMBER in roles:
        return tuple(parts)
    return tuple(p if p.role is Role.FORM else Part(p.text, Role.PART, p.abjad) for p in parts)


@lru_cache(maxsize=16_384)
def acronym(text: str) -> str | None:
    """The first letters of a many-word organisation's name, as its short name may be: `farc`; a number stays whole.

    Particles, legal forms and what stands in brackets do not count, and words count as they are written, not as
    translated. None with fewer than ACRONYM_WORDS words, or in a script without vowels.
    """
    found = words(BRACKETS.sub(" ", text))
    marked, particles = forms.mark([w.text for w in found]), _words()["particles"]
    kept = [text for text, is_form, _ in marked if not is_form and text not in particles]
    if len(kept) < ACRONYM_WORDS or len(kept) > MAX_ACRONYM or any(w.abjad for w in found):
        return None
    return "".join(part if part.isdigit() else part[0] for part in kept)
