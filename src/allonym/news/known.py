"""Names that are known before a text is read.

Takes names.json, the built-in register and, where lists are open, their entities; gives `Known`, which finds the names
in a text. Must not judge what a name means where it stands (`mentions` does). Folding keeps every offset.
"""

import json
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from ahocorasick_rs import AhoCorasick, MatchKind

from allonym.model import NAME_PROPS, Entity, NameKind
from allonym.sources import built_in
from allonym.sources.built_in import Actor
from allonym.store import Store
from allonym.store.view import View

NAMES = Path(__file__).parent / "names.json"
GROUPS = ("Organization", "LegalEntity", "Company", "Vessel")
GENERIC = ("cartel ", "cártel ", "clan ", "banda ", "facção ", "grupo ")  # begin a group's name in lower case too
#: Last words of groups' names that newspapers write small: "the Sinaloa cartel".
WRITTEN_SMALL = frozenset(
    "cartel cártel group network gang clan organization organisation faction brigade brigades movement party army "
    "militia front rebels guards division suns soles gangs family".split()
)
#: Names of groups that Spanish and Portuguese write small as a whole: "los hutíes".
PEOPLE = frozenset("huties hutis huthis houthis talibanes taliban talibas".split())
#: Acronyms that newspapers also write as words.
WRITTEN_AS_WORDS = frozenset(
    "Nato Ofac Opec Isis Farc Asio Unicef Asean Ecowas Unrwa Usaid Otan Opep Unasur Celac Onu Cicig Acnur".split()
)
LEAST = 4  # letters of a listed name of one word


class Lists(Protocol):
    """What open lists must offer."""

    @property
    def store(self) -> Store:
        """The store with their entities."""

    def view(self) -> View:
        """The newest snapshot of each."""

    def actors(self) -> tuple[int, Mapping[str, str]]:
        """The number of the last change, and whose entries those are that belong together with others."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for; `exact` where its case must be as given (acronyms)."""

    text: str
    type: str
    canonical: str
    entity_id: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A name at its place in the text."""

    start: int
    end: int
    name: Name


@lru_cache(maxsize=20_000)
def _folded(char: str) -> str:
    if char in "’‘ʼ`":
        return "'"
    if unicodedata.category(char) == "Cs":
        return "?"
    plain = unicodedata.normalize("NFKD", char)[:1].lower()
    return plain if len(plain) == 1 else char


def fold(text: str) -> str:
    """The text in lower case without accents, one character for each of the text."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


class Known:
    """Known names, and where they stand in a text."""

    def __init__(self, names: dict[str, Name], adjectives: dict[str, str]) -> None:
        self.adjectives = adjectives
        self._names = list(names.values())
        self._keys = list(names)
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.Standard)

    def __len__(self) -> int:
        """The number of names."""
        return len(self._names)

    def find(self, text: str) -> list[Found]:
        """Known names in the text as whole words in the right case, of overlapping ones the longest, in order."""
        folded = fold(text)
        taken = list[tuple[int, int]]()
        found = list[Found]()
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        for number, start, end in sorted(hits, key=lambda hit: (hit[1] - hit[2], hit[1])):
            if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
                continue
            name, there = self._names[number], text[start:end]
            if not _written_so(name, there):
                continue
            at = bisect_left(taken, (start, end))
            if any(one < end and start < other for one, other in taken[max(0, at - 1) : at + 1]):
                continue
            taken.insert(at, (start, end))
            found.append(Found(start, end, name))
        return sorted(found, key=lambda hit: hit.start)


def _written_so(name: Name, there: str) -> bool:
    """Whether the case in the text is that of the name: of every letter in acronyms, of the capitals in titles of
    media ("El país" begins a sentence), else of the first letter."""
    if name.exact and there in WRITTEN_AS_WORDS:
        return True
    if name.exact:
        return all(a.isupper() == b.isupper() for a, b in zip(name.text, there, strict=True))
    if name.type == "media":
        return all(b.isupper() for a, b in zip(name.text, there, strict=True) if a.isupper())
    if not any(c.isupper() or c.isdigit() for c in there):
        return name.type == "designated_group" and fold(there) in PEOPLE
    if name.type == "designated_group" and _is_phrase(name.text.split()[-1], there.split()[-1]):
        return False
    generic = name.type == "designated_group" and there.startswith(GENERIC)
    return there[0].isupper() or not name.text[0].isupper() or generic


def _is_phrase(last: str, there: str) -> bool:
    """Whether the last word of a name is written as a common word: "comando vermelho", "shining path"."""
    return last[0].isupper() and there[0].islower() and there not in WRITTEN_SMALL


def known(lists: Lists | None = None) -> Known:
    """The known names: the built-in ones, and those of the lists where they are given. Kept for the next call."""
    if lists is None:
        return _built_in()
    view, (version, actors) = lists.view(), lists.actors()
    key = f"{view.key} {version}"
    if lists not in _KEPT or _KEPT[lists][0] != key:
        names = dict(_names())
        called = {name.entity_id: name.canonical for name in names.values() if name.entity_id is not None}
        for entity in lists.store.entities(view, only=("Person", *GROUPS)):
            _add_listed(names, entity, actors.get(entity.entity_id, entity.entity_id), called)
        _KEPT[lists] = key, Known(names, _adjectives())
    return _KEPT[lists][1]


_KEPT: "WeakKeyDictionary[Lists, tuple[str, Known]]" = WeakKeyDictionary()


@cache
def _built_in() -> Known:
    return Known(_names(), _adjectives())


@cache
def _data() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(NAMES.read_text(encoding="utf-8"))
    return parsed


def english_names() -> Mapping[str, str]:
    """What English texts call offices and groups whose own name is Spanish or Portuguese."""
    names: dict[str, str] = _data()["english"]
    return names


def _adjectives() -> dict[str, str]:
    return {fold(word): country for country, row in _data()["government"].items() for word in row["adjectives"]}


def _add(names: dict[str, Name], name: Name) -> None:
    key = fold(name.text)
    if len(key) > 1:
        names.setdefault(key, name)


def _is_acronym(text: str) -> bool:
    return len(text) <= 6 and " " not in text and sum(c.isupper() for c in text) >= 2


@cache
def _names() -> dict[str, Name]:
    names: dict[str, Name] = {}
    for type_ in ("agency", "media", "person", "designated_group"):
        for canonical, texts in _data()[type_].items():
            for text in texts:
                _add(names, Name(text, type_, canonical, exact=_is_acronym(text)))
    for country, row in _data()["government"].items():
        for text in row["names"]:
            _add(names, Name(text, "government", country, exact=len(text) <= 4))
    register = built_in.register()
    for actor in register.actors:
        if actor.schema in ("Person", "Organization"):
            _add_actor(names, actor)
    for authority in register.authorities:
        known_as = _canonical(names, authority)
        for row in authority.names:
            if row.kind is not NameKind.WEAK or len(row.text) >= LEAST:
                _add(names, Name(row.text, "agency", known_as, authority.entity_id, _is_acronym(row.text)))
    for text in _data()["place"]:
        _add(names, Name(text, "place", text))
    return names


def _add_actor(names: dict[str, Name], actor: Actor) -> None:
    """Add what an actor of the register is called, in place of built-in names; weak names only where acronyms."""
    known_as, person = _canonical(names, actor), actor.schema == "Person"
    for row in actor.names:
        weak, acronym = row.kind is NameKind.WEAK, _is_acronym(row.text)
        if (person and (weak or " " not in row.text)) or (weak and not acronym):
            continue
        type_ = "person" if person else "designated_group"
        names[fold(row.text)] = Name(row.text, type_, known_as, actor.entity_id, acronym)


def _canonical(names: dict[str, Name], actor: Actor) -> str:
    """What an actor is called here: as one of its names is known already, else by its first."""
    known = [names[fold(row.text)] for row in actor.names if fold(row.text) in names]
    return known[0].canonical if known else actor.names[0].text


def _add_listed(names: dict[str, Name], entity: Entity, actor: str, called: dict[str, str]) -> None:
    """Add the names of an entry under its actor's id; `called`: what actors are called already, by id.

    A group that is known by one of these names without an entry is that actor from now on.
    """
    person = entity.schema == "Person"
    type_ = "person" if person else "designated_group"
    texts = [(s.value, s.prop) for s in entity.statements if s.prop in NAME_PROPS]
    if not texts:
        return
    keys = [fold(text) for text, _ in texts]
    group = entity.schema in ("Organization", "LegalEntity")
    before = [names[k] for k in keys if group and k in names and names[k].type == type_ and not names[k].entity_id]
    canonical = called.setdefault(actor, before[0].canonical if before else texts[0][0])
    for name in before:
        if name.canonical == canonical:
            names[fold(name.text)] = replace(name, entity_id=actor)
    for text, prop in texts:
        words = len(text.split())
        if prop == "weakAlias" or (words < 2 and (person or len(text) < LEAST)):
            continue
        _add(names, Name(text, type_, canonical, actor, _is_acronym(text)))
