"""A name taken apart: its parts in order, each with its role.

Takes the text of a name and what kind of thing bears it; gives a `Name`. Must not weigh anything: how much a part says
is for matching/. Roles: `part` (carries the name), `particle` (al, bin, de), `title`, `form` (a legal form, as a mark),
`number`, `initial`.
"""

import json
import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from allonym.names import forms, glossary
from allonym.names.remembered import remembered
from allonym.names.script import Script, Word, words

MAX_PARTS = 40
ACRONYM_WORDS, MAX_ACRONYM = 3, 10
COMPANY = "company"  # as the glossary has it
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


class Part(NamedTuple):
    """One part: lower-case ASCII text, role, what it was read from, and the word it was cut out of, if any. A tuple,
    for they are made by the thousand."""

    text: str
    role: Role = Role.PART
    script: Script = Script.LETTERS
    cut_from: str = ""


class Name(NamedTuple):
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


def says_lineage(texts: Iterable[str]) -> bool:
    """Whether one of the parts says "son of", so that the order of what stands around it matters."""
    lineage = _words()["lineage"]
    return True in [text in lineage for text in texts]


@remembered(131_072)
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
    parts = [_part(w.text, w.script, Kind.PERSON) for w in found]
    if [p.role for p in parts].count(Role.PART) != 1:
        return parts
    # "Amir Abdullah" is a name of two parts, though many an emir is called amir.
    names = _words()["titles_that_are_names"]
    return [Part(p.text, Role.PART, p.script) if p.role is Role.TITLE and p.text in names else p for p in parts]


def _is_suffix(text: str) -> bool:
    plain = text.strip().strip(".").lower()
    return plain in ("jr", "sr", "ii", "iii", "iv") or forms.is_form(plain.replace(".", "").split())


@remembered(262_144)
def _part(text: str, script: Script, kind: Kind) -> Part:
    role = _roles().get(text)
    # Only persons bear titles: the MS of MS-13 is no Ms.
    if role is not None and (role is not Role.TITLE or kind is Kind.PERSON):
        return Part(text, role, script)
    if text.isdigit():
        return Part(text.lstrip("0") or "0", Role.NUMBER)
    if len(text) == 1:
        return Part(text, Role.INITIAL, script)
    return Part(text, Role.PART, script)


def alone(word: Word, kind: Kind) -> Part | None:
    """The part that a word is, whatever stands beside it; None where that matters: a title may be a name, and of words
    beside each other there are legal forms and phrases."""
    if kind is not Kind.PERSON and not _is_read_as_it_stands(word.text):
        return None
    part = _part(word.text, word.script, kind if kind is Kind.PERSON else Kind.ORGANISATION)
    return None if part.role is Role.TITLE else part


@remembered(131_072)
def _is_read_as_it_stands(text: str) -> bool:
    """Whether no legal form, phrase or number begins with the word, and the glossary has no other word for it."""
    return not (
        forms.begins(text) or glossary.opens(text) or text in _words()["numbers"] or glossary.meaning(text) != (text,)
    )


def _organisation(found: list[Word]) -> list[Part]:
    if all(_is_read_as_it_stands(word.text) for word in found):
        return [_part(word.text, word.script, Kind.ORGANISATION) for word in found]
    parts, run = list[Part](), list[Word]()
    at = 0
    for text, is_form, length in forms.mark([w.text for w in found]):
        if is_form:
            parts += _translated(run)
            parts.append(Part(text, Role.FORM))
            run = []
        else:
            run.append(found[at])
        at += length
    return _without_company(parts + _translated(run))


def _without_company(parts: list[Part]) -> list[Part]:
    """A company with a legal form need not say that it is one: the word comes and goes like a particle."""
    if Role.FORM not in [p.role for p in parts]:
        return parts
    return [Part(p.text, Role.PARTICLE, p.script) if p.text == COMPANY and p.role is Role.PART else p for p in parts]


def _translated(found: list[Word]) -> list[Part]:
    """The parts of an organisation's name between legal forms, in English as far as the glossary has them."""
    numbers = _words()["numbers"]
    assert isinstance(numbers, dict)
    texts, parts, at = [w.text for w in found], list[Part](), 0
    while at < len(found):
        script = found[at].script
        meant, length = ((texts[at],), 1) if script is Script.BARE else glossary.phrase(texts, at)
        parts += [_part(numbers.get(text, text), script, Kind.ORGANISATION) for text in meant]
        at += length
    return parts


def _not_bare(parts: list[Part]) -> tuple[Part, ...]:
    """A name of nothing but particles, titles and initials is taken as made of parts, so that it can be found."""
    roles = [part.role for part in parts]
    if Role.PART in roles or Role.NUMBER in roles:
        return tuple(parts)
    return tuple(p if p.role is Role.FORM else Part(p.text, Role.PART, p.script) for p in parts)


@remembered(16_384)
def acronym(text: str) -> str | None:
    """The first letters of a many-word organisation's name, as its short name may be: `farc`; a number stays whole.

    Particles, legal forms and what stands in brackets do not count, and words count as they are written, not as
    translated. None with fewer than ACRONYM_WORDS words, or in a script without vowels.
    """
    found = words(BRACKETS.sub(" ", text))
    marked, particles = forms.mark([w.text for w in found]), _words()["particles"]
    kept = [text for text, is_form, _ in marked if not is_form and text not in particles]
    if len(kept) < ACRONYM_WORDS or len(kept) > MAX_ACRONYM or any(w.script is Script.BARE for w in found):
        return None
    return "".join(part if part.isdigit() else part[0] for part in kept)
