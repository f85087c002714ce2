"""The entries of official lists as they are compared with each other.

Takes an index and the UN's reference numbers; gives one record for every entry, from the list that says most about it.
Users' own files are left out: nobody but a person joins their entries to an official one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.model import Entity
from allonym.names.script import folded
from allonym.resolution.standing import family_of
from allonym.sources.catalogue import is_official

#: A name with its short form in brackets, as the UN writes them.
SHORT_FORM = re.compile(r"(.*\w)\W*\s\(([A-Z][A-Za-z-]{1,7})\)$")
REFERENCE = re.compile(r"([A-Z]{2})([IE])\.?(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Record:
    """An entry. `family`: the name that lists with the same numbers share; `main` (the first name) and `names` folded,
    for those that are the same; `references`: the numbers the UN gave it, in one form."""

    entry: str
    source: str
    family: str
    schema: str
    main: str
    properties: dict[str, list[str]]
    names: frozenset[str]
    references: frozenset[str]

    @property
    def query(self) -> dict[str, Any]:
        """It as an FtM-like dict."""
        return {"schema": self.schema, "properties": self.properties}


def family(source: str) -> str | None:
    """The name that lists with the same numbers share; None for a user's own file."""
    return family_of(source) if is_official(source) else None


def records(index: Index, references: Mapping[str, frozenset[str]]) -> dict[str, Record]:
    """All official entries by `Listed.entry`, each from the list that says most about it."""
    families = {source: family(source) for source in index.sources}
    found: dict[str, Listed] = {}
    for number in range(len(index)):
        listed = index.entity(number)
        if families[listed.source] is None:
            continue
        before = found.get(listed.entry)
        if before is None or _said(listed) > _said(before):
            found[listed.entry] = listed
    return {entry: _record(listed, families[listed.source] or "", references) for entry, listed in found.items()}


def former_record(listed: Listed) -> Record:
    """An official entry as an older index has it, without reference numbers."""
    return _record(listed, family(listed.source) or "", {})


def _said(listed: Listed) -> tuple[int, int]:
    return sum(map(len, listed.facts.values())), len(listed.names)


def _record(listed: Listed, name: str, references: Mapping[str, frozenset[str]]) -> Record:
    strong = [text for text, weak in listed.names if not weak]
    strong += [plain for text in strong if (plain := without_short_form(text)) is not None and plain not in strong]
    weak = [text for text, is_weak in listed.names if is_weak]
    properties = {"name": strong, "weakAlias": weak, **listed.facts}
    same = frozenset(_plain(text) for text in (*strong, *weak)) - {""}
    return Record(
        listed.entry, listed.source, name, listed.schema, _plain(listed.caption),
        {p: list(v) for p, v in properties.items() if v}, same, references.get(listed.entry, frozenset()),
    )  # fmt: skip


def without_short_form(name: str) -> str | None:
    """A name without its short form in brackets at the end; None where there is none. The letters of a short form stand
    in the name in that order, the first at the beginning of a word: "(KENYA)" after a foundation's name is none."""
    match = SHORT_FORM.match(name)
    if match is None:
        return None
    plain, short = folded(match[1]), folded(match[2]).replace(" ", "")
    begin = re.search(rf"\b{re.escape(short[:1])}", plain)
    if begin is None:
        return None
    at = begin.end()
    for letter in short[1:]:
        at = plain.find(letter, at) + 1
        if not at:
            return None
    return match[1]


def _plain(name: str) -> str:
    """A name without case, accents, signs and order of its words."""
    return " ".join(sorted(folded(name).split()))


def un_references(sanctions: Iterable[Entity]) -> dict[str, frozenset[str]]:
    """The UN's reference numbers by entry, from the sanctions of all lists that state them."""
    found: dict[str, set[str]] = {}
    for sanction in sanctions:
        numbers = {plain for text in sanction.values("unscId") if (plain := reference(text))}
        if numbers and is_official(sanction.source):
            for target in sanction.values("entity"):
                found.setdefault(target, set()).update(numbers)
    return {entry: frozenset(numbers) for entry, numbers in found.items()}


def reference(text: str) -> str | None:
    """A UN reference number (`QDi.399`) in one form; None for any other text."""
    match = REFERENCE.match(re.sub(r"\s", "", text.upper()))
    return f"{match[1]}{match[2]}.{int(match[3]):03}" if match else None
