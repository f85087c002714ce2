"""How rare a part of a name is: the share of people (or organisations) that bear it, in nats.

Takes a part as `parts.read` gives it; gives -ln(share), between FLOOR and CEILING. The shares come from
`frequencies.tsv`, made by `bench/learn/frequencies.py` from the sources its header names. They do not depend on which
lists are loaded, so that a pair scores the same everywhere. A part that is not in the table is as rare as CEILING,
except for romanised Korean and Chinese syllables, which are capped (see `syllables`).
"""

from functools import cache, lru_cache
from importlib.resources import files

from allonym.names import syllables
from allonym.names.parts import Kind

FLOOR = 0.7
CEILING = 9.0
ONE_SYLLABLE = 3.5  # nats; the study's value, specs/name_evidence.md
TWO_SYLLABLES = 6.5
Shares = dict[str, tuple[float, float]]


@cache
def table() -> Shares:
    """Part to its rarity among persons and among organisations, in nats; CEILING where it was not met."""
    found: Shares = {}
    text = (files("allonym.names") / "frequencies.tsv").read_text(encoding="ascii")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        part, person, organisation = line.split("\t")
        found[part] = (float(person or CEILING), float(organisation or CEILING))
    return found


@lru_cache(maxsize=262_144)
def rarity(part: str, kind: Kind) -> float:
    """Rarity of a part in nats for that kind of name; the lower of both where the kind is open."""
    person, organisation = table().get(part, (CEILING, CEILING))
    if kind in (Kind.PERSON, Kind.ANY):
        made_of = syllables.count(part)
        if made_of:
            person = min(person, ONE_SYLLABLE if made_of == 1 else TWO_SYLLABLES)
    value = {Kind.PERSON: person, Kind.ANY: min(person, organisation)}.get(kind, organisation)
    return max(FLOOR, min(CEILING, value))
