"""What of a name takes part in a comparison, with the rarity of each part.

Takes a name's text and schema; gives a `Profile`, cached. Particles and titles stay out: they come and go. A legal form
is kept aside, since its agreement says little and its absence nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from allonym.names import syllables
from allonym.names.frequency import part_rarity
from allonym.names.parts import Kind, Part, Role, alone, read, says_lineage
from allonym.names.remembered import remembered
from allonym.names.script import Script, Word, words

MAX_COMPARED = 12
MOST_PARTS = 20  # of a name, particles included, that are joined or cut
SYLLABLES, PARTICLE, NUMBER = Script.SYLLABLES, Role.PARTICLE, Role.NUMBER
COMPARED = frozenset({Role.PART, Role.NUMBER, Role.INITIAL})
WITH_PARTICLES = COMPARED | {Role.PARTICLE}


# Profiles are kept: names read need not be kept beside them.
_read = read.__wrapped__


class _Values(NamedTuple):
    original: str
    kind: Kind
    parts: tuple[Part, ...]
    rarity: tuple[float, ...]
    form: str
    lineage: bool
    whole: tuple[Part, ...]
    syllabic: bool
    characters: bool
    texts: tuple[str, ...]
    plain: bool


class Profile(_Values):
    """A name ready to compare: `parts` in order, their `rarity` (nats), the legal form, whether it says "son of".

    `syllabic`: every part is made of Korean or Chinese syllables, so that order tells one name from another.
    `characters`: a part was read from Hangul or Han, where many names are read alike.
    `whole` has the particles too, in order: words may have been joined across them ("van der bilt").
    `texts` are those of `parts`; `plain`: all of them are words in letters, so that only their letters are compared.
    A tuple, for they are made by the thousand."""

    @property
    def sizes(self) -> tuple[int, int]:
        """Two sets of bits. Bit n of the first: a part of `whole` has n letters, one more or one less; of the second:
        two or three parts of it, written together, have n letters."""
        kept = vars(self)  # `cached_property` takes a lock, which is most of the time
        if "sizes" not in kept:
            kept["sizes"] = _sizes(self.whole[:MOST_PARTS])
        found: tuple[int, int] = kept["sizes"]
        return found

    @property
    def person(self) -> bool:
        """Whether the name is read as a person's."""
        return self.kind is Kind.PERSON

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of `parts`."""
        return tuple([part.role for part in self.parts])

    def cut_as(self, parts: tuple[Part, ...]) -> "Profile":
        """The same name with other parts compared, of the same words."""
        rarity, texts = tuple([part_rarity(p, self.kind) for p in parts]), tuple([p.text for p in parts])
        return self._replace(parts=parts, rarity=rarity, texts=texts, plain=_is_plain(parts))


@remembered(131_072)
def profile(text: str, kind: Kind) -> Profile:
    """The profile of a name. Of more than MAX_COMPARED parts the first are compared."""
    return _word_by_word(text, kind) or _profile(text, kind)


def _profile(text: str, kind: Kind) -> Profile:
    name = _read(text, kind)
    whole = tuple([p for p in name.parts if not p.role or p.role in WITH_PARTICLES])
    parts = compared(whole)
    forms = [p.text for p in name.parts if p.role is Role.FORM] if kind is not Kind.PERSON else ()
    form = forms[0] if forms else ""
    lineage = kind is not Kind.ORGANISATION and says_lineage([p.text for p in name.parts])
    texts = tuple([p.text for p in parts])
    syllabic = kind is Kind.PERSON and all(map(syllables.count, texts))
    characters = SYLLABLES in [p.script for p in parts]
    rarities = tuple([part_rarity(p, kind) for p in parts])
    return Profile(
        name.original, kind, parts, rarities, form, lineage, whole, syllabic, characters, texts, _is_plain(parts)
    )


def _word_by_word(text: str, kind: Kind) -> Profile | None:
    """The same sooner, for a name of words that do not depend on each other, as most are; None for any other."""
    if "," in text:
        return None
    whole, parts, rarities, texts = list[Part](), list[Part](), list[float](), list[str]()
    lineage = characters = named = False
    plain, syllabic = True, kind is Kind.PERSON
    for word in words(text):
        known = _known(word, kind)
        if known is None:
            return None
        part, rare, is_syllabic, says_son = known
        whole.append(part)
        lineage = lineage or says_son
        if (role := part.role) is not PARTICLE:
            parts.append(part)
            rarities.append(rare)
            texts.append(part.text)
            syllabic = syllabic and is_syllabic
            characters = characters or part.script is SYLLABLES
            plain = plain and not (role or part.script)
            named = named or not role or role is NUMBER
    # A name of nothing but particles and initials is made of them.
    if not named or len(whole) > MAX_COMPARED:
        return None
    every = tuple(whole)
    own = every if len(parts) == len(every) else tuple(parts)
    return Profile(text, kind, own, tuple(rarities), "", lineage, every, syllabic, characters, tuple(texts), plain)


@remembered(262_144)
def _known(word: Word, kind: Kind) -> tuple[Part, float, bool, bool] | None:
    """The part that a word is, its rarity in nats, whether it is made of syllables, whether it says "son of"."""
    part = alone(word, kind)
    if part is None:
        return None
    is_syllabic = kind is Kind.PERSON and syllables.count(part.text) > 0
    return part, part_rarity(part, kind), is_syllabic, kind is not Kind.ORGANISATION and says_lineage([part.text])


def _sizes(whole: Sequence[Part]) -> tuple[int, int]:
    lengths = runs = last = before = 0
    for part in whole:
        size = len(part.text)
        lengths |= 7 << size - 1
        if last:
            runs |= 1 << last + size
            if before:
                runs |= 1 << before + last + size
        before, last = last, size
    return lengths, runs


def _is_plain(parts: Sequence[Part]) -> bool:
    return not any(p.role or p.script for p in parts)


def compared(whole: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a name that are compared."""
    return tuple([p for p in whole if not p.role or p.role in COMPARED])[:MAX_COMPARED]
