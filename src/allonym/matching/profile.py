"""What of a name takes part in a comparison, with the rarity of each part.

Takes a name's text and schema; gives a `Profile`, cached. Particles and titles stay out: they come and go. A legal form
is kept aside, since its agreement says little and its absence nothing.
"""

from dataclasses import dataclass
from functools import lru_cache

from allonym.names.frequency import rarity
from allonym.names.parts import Kind, Part, Role, is_lineage, read

MAX_COMPARED = 12
NUMBER_RARITY = 2.5
INITIAL_RARITY = 1.0


@dataclass(frozen=True, slots=True)
class Profile:
    """A name ready to compare: `parts` in order, their `rarity` (nats), the legal form, whether it says "son of"."""

    original: str
    kind: Kind
    parts: tuple[Part, ...]
    rarity: tuple[float, ...]
    form: str
    lineage: bool


@lru_cache(maxsize=131_072)
def profile(text: str, kind: Kind) -> Profile:
    """The profile of a name. Of more than MAX_COMPARED parts the first are compared."""
    name = read(text, kind)
    parts = tuple(p for p in name.parts if p.role in (Role.PART, Role.NUMBER, Role.INITIAL))[:MAX_COMPARED]
    form = next((p.text for p in name.parts if p.role is Role.FORM), "")
    lineage = kind is not Kind.ORGANISATION and any(is_lineage(p.text) for p in name.parts)
    return Profile(name.original, kind, parts, tuple(part_rarity(p, kind) for p in parts), form, lineage)


def part_rarity(part: Part, kind: Kind) -> float:
    """Rarity in nats; numbers and initials have one value each."""
    if part.role is Role.NUMBER:
        return NUMBER_RARITY
    if part.role is Role.INITIAL:
        return INITIAL_RARITY
    return rarity(part.text, kind)
