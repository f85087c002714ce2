"""What words of organisations' names mean: *zavod*, *fábrica* and *factory* are read as `plant`.

Takes the lower-case ASCII words of a name; gives them in English, as far as `glossary.tsv` has them: phrases first,
then words, then Russian stems with any ending. A Russian adjective of a place that is not there loses its ending and
-sk-, so that *Volgogradskiy* is read as `volgograd`. Must not touch the names of persons.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from allonym.names.remembered import remembered

LONGEST_PHRASE = 5
SHORTEST_STEM = 3
SHORTEST_PLACE = 4
SHORTEST_RESPELT = 5  # letters: OOO and LLC are no slips
#: Endings of Russian nouns and adjectives as `plain` spells them, romanised in any way.
ENDINGS = frozenset(
    "a aia am ami akh e ei eie em ev evo i ia iakh iam ie iei iem ii iia iiu ikh im imi io iu o oe oei ogo oi oie om "
    "omu ov ova oiu u uiu".split()
) | {""}  # fmt: skip
_ADJECTIVE = re.compile(r"(.{2,})sk(?:a[ijy]a|[ijy]{1,3}|[ijy]{1,2}e|o[ijy]?e|o[ijy]|o[ijy]u|ogo|omu|[ijy]kh|[ijy]m)$")
_DOUBLED = re.compile(r"([a-z])\1+")
_SIBILANT = re.compile(r"s(?:c?h)+")
_NEUTER = re.compile(r"oie$")


class Tables(NamedTuple):
    """The glossary by kind of entry; all keys as `plain` spells them."""

    words: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    phrases: dict[tuple[str, ...], tuple[str, ...]]
    openings: frozenset[str]


@remembered(65_536)
def plain(word: str) -> str:
    """One spelling for what romanisations write in several ways: y, j and i, shch and sch, -oe and -oye, doubled
    letters."""
    if len(word) < SHORTEST_RESPELT:
        return word
    spelled = _SIBILANT.sub("sh", word).replace("y", "i").replace("j", "i")
    return _NEUTER.sub("oe", _DOUBLED.sub(r"\1", spelled))


@cache
def tables() -> Tables:
    """The glossary."""
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in (files("allonym.names") / "glossary.tsv").read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            continue
        meaning, _, entries = line.partition("\t")
        english = tuple(meaning.split())
        for entry in entries.split():
            if "_" in entry:
                phrases[tuple(plain(word) for word in entry.split("_"))] = english
            elif entry.endswith("-"):
                stems[plain(entry[:-1])] = english
            else:
                words[plain(entry)] = english
        if len(english) == 1:
            words.setdefault(plain(meaning), english)
    return Tables(words, stems, phrases, frozenset(key[0] for key in phrases))


@remembered(131_072)
def meaning(word: str) -> tuple[str, ...]:
    """The English words for one word; itself when the glossary does not have it."""
    spelled = plain(word)
    known = tables()
    if found := known.words.get(spelled):
        return found
    for cut in range(len(spelled), SHORTEST_STEM - 1, -1):
        if spelled[cut:] in ENDINGS and (found := known.stems.get(spelled[:cut])):
            return found
    if not (adjective := _ADJECTIVE.match(word)):
        return (word,)
    # Minsk and Omsk end in -sk- themselves; longer names of that kind are in the glossary.
    place = adjective[1] if len(adjective[1]) >= SHORTEST_PLACE else f"{adjective[1]}sk"
    return known.words.get(plain(place), (place,))


def is_known(word: str) -> bool:
    """Whether the glossary has the word, be it in English."""
    return plain(word) in tables().words or meaning(word) != (word,)


def opens(word: str) -> bool:
    """Whether a phrase begins with the word."""
    return plain(word) in tables().openings


def phrase(words: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
    """The English words for what begins at `at`, and how many words that is."""
    known = tables()
    first = plain(words[at])
    if first in known.openings:
        spelled = [first, *map(plain, words[at + 1 : at + LONGEST_PHRASE])]
        for length in range(len(spelled), 1, -1):
            if found := known.phrases.get(tuple(spelled[:length])):
                return found, length
    return meaning(words[at]), 1
