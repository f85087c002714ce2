"""What of a name takes part in a comparison, with the rarity of each part.

Takes a name's text and schema; gives a `Profile`, cached. Particles and titles stay out: they come and go. A legal form
is kept aside, since its agreement says little and its absence nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from allonym.names import syllables
from allonym.names.frequency import INITIAL_RARITY, NUMBER_RARITY, rarity
from allonym.names.parts import Kind, Part, Role, is_lineage, read

MAX_COMPARED = 12
COMPARED = frozenset({Role.PART, Role.NUMBER, Role.INITIAL})
WITH_PARTICLES = COMPARED | {Role.PARTICLE}


@dataclass(frozen=True, slots=True)
class Profile:
    """A name ready to compare: `parts` in order, their `rarity` (nats), the legal form, whether it says "son of".

    `syllabic`: every part is made of Korean or Chinese syllables, so that order tells one name from another.
    `whole` has the particles too, in order: words may have been joined across them ("van der bilt")."""

    original: str
    kind: Kind
    parts: tuple[Part, ...]
    rarity: tuple[float, ...]
    form: str
    lineage: bool
    whole: tuple[Part, ...] = ()
    syllabic: bool = False


@lru_cache(maxsize=131_072)
def profile(text: str, kind: Kind) -> Profile:
    """The profile of a name. Of more than MAX_COMPARED parts the first are compared."""
    name = read(text, kind)
    whole = tuple([p for p in name.parts if p.role in WITH_PARTICLES])
    parts = compared(whole)
    form = next((p.text for p in name.parts if p.role is Role.FORM), "") if kind is not Kind.PERSON else ""
    lineage = kind is not Kind.ORGANISATION and any(is_lineage(p.text) for p in name.parts)
    syllabic = kind is Kind.PERSON and all(syllables.count(p.text) for p in parts)
    return Profile(
        name.original, kind, parts, tuple([part_rarity(p, kind) for p in parts]), form, lineage, whole, syllabic
    )


def compared(whole: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a name that are compared."""
    return tuple([p for p in whole if p.role in COMPARED])[:MAX_COMPARED]


def part_rarity(part: Part, kind: Kind) -> float:
    """Rarity in nats; numbers and initials have one value each."""
    if part.role is Role.NUMBER:
        return NUMBER_RARITY
    if part.role is Role.INITIAL:
        return INITIAL_RARITY
    return rarity(part.text, kind, part.abjad)
