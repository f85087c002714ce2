"""What of a name takes part in a comparison, with the rarity of each part.

Takes a name's text and schema; gives a `Profile`, cached. Particles and titles stay out: they come and go. A legal form
is kept aside, since its agreement says little and its absence nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from allonym.names import syllables
from allonym.names.frequency import part_rarity
from allonym.names.parts import Kind, Part, Role, read, says_lineage
from allonym.names.remembered import remembered
from allonym.names.script import Script

MAX_COMPARED = 12
MOST_PARTS = 20  # of a name, particles included, that are joined or cut
SYLLABLES = Script.SYLLABLES
COMPARED = frozenset({Role.PART, Role.NUMBER, Role.INITIAL})
WITH_PARTICLES = COMPARED | {Role.PARTICLE}


# Profiles are kept: names read need not be kept beside them.
_read = read.__wrapped__


@dataclass(frozen=True, slots=True)
class Profile:
    """A name ready to compare: `parts` in order, their `rarity` (nats), the legal form, whether it says "son of".

    `syllabic`: every part is made of Korean or Chinese syllables, so that order tells one name from another.
    `characters`: a part was read from Hangul or Han, where many names are read alike.
    `whole` has the particles too, in order: words may have been joined across them ("van der bilt").
    `texts` are those of `parts`; `plain`: all of them are words in letters, so that only their letters are compared.
    `lengths` and `runs`, bit n each: a part of `whole` has n letters, one more or one less; two or three parts of it,
    written together, have n letters."""

    original: str
    kind: Kind
    parts: tuple[Part, ...]
    rarity: tuple[float, ...]
    form: str
    lineage: bool
    whole: tuple[Part, ...] = ()
    syllabic: bool = False
    characters: bool = False
    texts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    plain: bool = field(init=False, repr=False, compare=False)
    lengths: int = field(init=False, repr=False, compare=False)
    runs: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        plain = True
        for part in self.parts:
            if part.role or part.script:
                plain = False
        lengths = runs = last = before = 0
        for part in self.whole[:MOST_PARTS]:
            size = len(part.text)
            lengths |= 7 << size - 1
            if last:
                runs |= 1 << last + size
                if before:
                    runs |= 1 << before + last + size
            before, last = last, size
        put = object.__setattr__
        put(self, "texts", tuple([part.text for part in self.parts]))
        put(self, "plain", plain)
        put(self, "lengths", lengths)
        put(self, "runs", runs)

    @property
    def person(self) -> bool:
        """Whether the name is read as a person's."""
        return self.kind is Kind.PERSON

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of `parts`."""
        return tuple([part.role for part in self.parts])


@remembered(131_072)
def profile(text: str, kind: Kind) -> Profile:
    """The profile of a name. Of more than MAX_COMPARED parts the first are compared."""
    name = _read(text, kind)
    whole = tuple([p for p in name.parts if not p.role or p.role in WITH_PARTICLES])
    parts = compared(whole)
    forms = [p.text for p in name.parts if p.role is Role.FORM] if kind is not Kind.PERSON else ()
    form = forms[0] if forms else ""
    lineage = kind is not Kind.ORGANISATION and says_lineage([p.text for p in name.parts])
    syllabic = kind is Kind.PERSON and all(map(syllables.count, [p.text for p in parts]))
    characters = SYLLABLES in [p.script for p in parts]
    rarities = tuple([part_rarity(p, kind) for p in parts])
    return Profile(name.original, kind, parts, rarities, form, lineage, whole, syllabic, characters)


def compared(whole: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a name that are compared."""
    return tuple([p for p in whole if not p.role or p.role in COMPARED])[:MAX_COMPARED]
