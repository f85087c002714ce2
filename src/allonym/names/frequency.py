"""How rare a part of a name is: the share of people (or organisations) that bear it, in nats.

Takes a part as `parts.read` gives it; gives -ln(share), between FLOOR and CEILING. A person's part is as rare as the
lower of two tables says: `frequencies.tsv`, the share among listed persons and organisations (made by
bench/learn/frequencies.py), and `population.tsv`, the share in the culture where the part is commonest (made by
bench/learn/population.py). Both were made once, from the sources their headers name; they do not depend on which lists
are loaded, so that a pair scores the same everywhere. A part that is in no table is as rare as CEILING, except for
romanised Korean and Chinese syllables, which are capped (see `syllables`), and for parts from a script without vowels:
they agree by their skeleton, so they weigh what all parts with that skeleton weigh together.
"""

from functools import cache
from importlib.resources import files

from allonym.names import syllables
from allonym.names.parts import Kind, Part, Role
from allonym.names.remembered import remembered
from allonym.names.script import Script
from allonym.names.sound import skeleton

FLOOR = 0.7
CEILING = 9.0
NUMBER_RARITY, INITIAL_RARITY = 2.5, 1.0  # nats: numbers and initials have one value each
ONE_SYLLABLE = 3.5  # nats; the study's value, specs/name_evidence.md
TWO_SYLLABLES = 6.5
PER_CONSONANT = 2.7  # nats, ln 15: a skeleton in no table is as rare as one drawn from some 15 classes of consonants
POOLED = "~"  # before a skeleton, in both tables
Rarities = dict[str, float]  # part to nats
BARE = Script.BARE


@cache
def tables() -> dict[str, Rarities]:
    """The rarities among listed "person"s and "organisation"s, and among the "population" of the culture where a part
    is commonest. What is not in a table is as rare as CEILING there."""
    found: dict[str, Rarities] = {"person": {}, "organisation": {}, "population": {}}
    for name in ("frequencies.tsv", "population.tsv"):
        text = (files("allonym.names") / name).read_text(encoding="ascii")
        for line in text.splitlines():
            if not line.startswith("#"):
                table, value, parts = line.split("\t")
                found[table].update(dict.fromkeys(parts.split(" "), float(value)))
    return found


@remembered(262_144)
def rarity(part: str, kind: Kind, bare: bool = False) -> float:
    """Rarity of a part in nats for that kind of name; the lower of both where the kind is open.

    `bare`: the part comes from a script without vowels.
    """
    known, key, value = tables(), part, CEILING
    if bare:
        bones = skeleton(part)
        key, value = POOLED + bones, unmet(bones)
    if kind in (Kind.PERSON, Kind.ANY):
        value = min(value, known["person"].get(key, CEILING), known["population"].get(key, CEILING))
        # Syllables are looked for only where they would lower it.
        value = value if bare or value <= ONE_SYLLABLE else min(value, _syllables(part))
    if kind is not Kind.PERSON:
        value = min(value, known["organisation"].get(key, CEILING))
    return max(FLOOR, value)


def part_rarity(part: Part, kind: Kind) -> float:
    """Rarity of a part in nats by its role and script: numbers and initials have one value each, and the pieces of a
    word that was cut tell no more, together, than the word."""
    if part.role:
        if part.role is Role.NUMBER:
            return NUMBER_RARITY
        if part.role is Role.INITIAL:
            return INITIAL_RARITY
    value = rarity(part.text, kind, part.script is BARE)
    if part.cut_from:
        value = min(value, max(FLOOR, rarity(part.cut_from, kind) * len(part.text) / len(part.cut_from)))
    return value


def _syllables(part: str) -> float:
    made_of = syllables.count(part)
    return CEILING if not made_of else ONE_SYLLABLE if made_of == 1 else TWO_SYLLABLES


def unmet(bones: str) -> float:
    """Rarity in nats of a skeleton that no table has."""
    return max(FLOOR, min(CEILING, len(bones) * PER_CONSONANT))
