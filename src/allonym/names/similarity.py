"""How alike two parts are: one grade, by one rule, for single pairs and for arrays.

Takes two parts (or arrays of their measurements); gives a `Grade`. Must stay free of frequencies and weights: those are
matching's. The scalar and the array form are the same rule, and a test holds them together.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from allonym.names.nicknames import full, same
from allonym.names.remembered import remembered
from allonym.names.sound import skeleton, sound, sound_apart
from allonym.names.syllables import is_one

CUTOFF = 4  # distances above CUTOFF - 1 are all the same: too far
HEARD_FROM = 3  # letters
LONG, BONES, NOT_HEARD = 8, 3, 2  # letters, consonants and distance of sounds beyond which more make no difference
FEW = 500  # pairs
LETTER_BITS = {letter: 1 << place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
DIGIT_BIT = 1 << 26


class Grade(IntEnum):
    """Kinds of agreement between two parts, best first after NONE."""

    NONE = 0
    EXACT = 1
    VARIANT = 2  # the same sound: Husayn, Hussein
    NEAR = 3  # one edit in six letters or more
    CLOSE = 4  # two edits in eight or more; one in the sound; the same consonants within three edits
    SHORT = 5  # one edit in four or five letters
    CONSONANTS = 6  # the same consonants, one of the two from a script without vowels
    INITIAL = 7  # one is the other's first letter
    TINY = 8  # one edit in three letters
    LOOSE = 9  # two edits in six or seven letters
    SYLLABLE = 10  # both are Korean or Chinese syllables, or of two letters, and near: as likely another name as a slip
    NICKNAME = 11  # one is a short form of the other: Ted, Theodore


#: How two parts are compared, by the `Script` that each was read from.
ONE_BARE, BOTH_BARE, VOWELS_READ, SYLLABLES_READ = 1, 2, 3, 4
PAIRING = (
    (0, ONE_BARE, VOWELS_READ, SYLLABLES_READ),
    (ONE_BARE, BOTH_BARE, ONE_BARE, ONE_BARE),
    (VOWELS_READ, ONE_BARE, 0, SYLLABLES_READ),
    (SYLLABLES_READ, ONE_BARE, SYLLABLES_READ, SYLLABLES_READ),
)
PAIRINGS = np.array(PAIRING, np.int8)
#: Grades that say "mistyped".
SLIPS = (Grade.NEAR, Grade.CLOSE, Grade.SHORT, Grade.TINY, Grade.LOOSE)
IS_SLIP = np.array([g in SLIPS for g in Grade], bool)
GRADE_WORDS = {
    Grade.EXACT: "agrees",
    Grade.VARIANT: "sounds the same as",
    Grade.NEAR: "is one letter off",
    Grade.CLOSE: "is spelt much like",
    Grade.SHORT: "is one letter off (short)",
    Grade.CONSONANTS: "has the consonants of",
    Grade.INITIAL: "may be the initial of",
    Grade.TINY: "is one letter off (very short)",
    Grade.LOOSE: "is two letters off",
    Grade.SYLLABLE: "is a syllable near",
    Grade.NICKNAME: "is a short form of",
}


@remembered(131_072)
def grade(left: str, right: str, pairing: int = 0) -> Grade:
    """The grade of two parts, neither an initial. `pairing` of the scripts they were read from: see `PAIRING`."""
    if left == right:
        return Grade.EXACT
    longer = max(len(left), len(right))
    if pairing in (ONE_BARE, BOTH_BARE):
        raw = OSA.distance(left, right, score_cutoff=1)
        return _without_vowels(raw, longer, _bones(left, right), pairing)
    raw = OSA.distance(left, right, score_cutoff=CUTOFF - 1)
    if raw >= CUTOFF and not pairing and sound_apart(left, right):
        return Grade.NICKNAME if full(left) and same(left, right) else Grade.NONE
    sounds = sound(left), sound(right)
    same_sound, shorter = sounds[0] == sounds[1], min(len(left), len(right))
    syllables = is_one(left) and is_one(right)
    if syllables and same_sound:
        return Grade.VARIANT
    if pairing:
        return _read(raw, longer, same_sound and shorter >= HEARD_FROM, _bones(left, right), pairing)
    heard, bones = 0 if same_sound else CUTOFF, 0
    if raw < CUTOFF and longer >= 5 and heard:  # else nothing but the same sound counts
        heard, bones = OSA.distance(*sounds, score_cutoff=CUTOFF - 1), _bones(left, right)
    found = _rule(raw, heard, shorter, longer, bones)
    if found is Grade.NONE and same(left, right):
        return Grade.NICKNAME
    return Grade.SYLLABLE if syllables and found in SLIPS else found


def traced_grade(left: str, right: str, trace: str | None, other: str | None) -> Grade:
    """`grade` of two words in letters whose traces are known (see `sound.trace`): most are far apart, and need not be
    remembered."""
    if left == right:
        return Grade.EXACT
    if trace == other or trace is None or other is None:
        return grade(left, right)
    if OSA.distance(left, right, score_cutoff=CUTOFF - 1) < CUTOFF:
        return grade(left, right)
    return Grade.NICKNAME if full(left) and same(left, right) else Grade.NONE


def _bones(left: str, right: str) -> int:
    """How many consonants they have in common, when they have the same; else 0."""
    bones = skeleton(left)
    return len(bones) if bones == skeleton(right) else 0


def _read(raw: int, longer: int, alike: bool, bones: int, pairing: int) -> Grade:
    """Where one of the two was read from another script, nothing but its vowels may differ, or not even they."""
    if alike:
        return Grade.VARIANT
    near = bones >= 3 or (bones == 2 and 3 * raw <= longer + 1)
    return Grade.CONSONANTS if pairing == VOWELS_READ and near else Grade.NONE


def _without_vowels(raw: int, longer: int, bones: int, pairing: int) -> Grade:
    if pairing == ONE_BARE:
        return Grade.CONSONANTS if bones >= 2 else Grade.NONE
    # Without vowels every letter tells, and one in four is another name.
    return Grade.SHORT if raw == 1 and longer >= 5 else Grade.NONE


def _rule(raw: int, heard: int, shorter: int, longer: int, bones: int) -> Grade:
    if heard == 0 and shorter >= HEARD_FROM:
        return Grade.VARIANT
    if raw == 1 and longer >= 6:
        return Grade.NEAR
    if raw == 1 and longer >= 4:
        return Grade.SHORT
    if raw == 1 and longer == 3:
        return Grade.TINY
    if raw == 1 and longer == 2:
        return Grade.SYLLABLE
    if raw == 2 and longer >= 8:
        return Grade.CLOSE
    if raw < CUTOFF and longer >= (0, 5, 5, 8)[raw] and (heard == 1 or bones >= 3):
        return Grade.CLOSE
    if raw == 2 and longer >= 6:
        return Grade.LOOSE
    return Grade.NONE


@dataclass(frozen=True, slots=True)
class Shapes:
    """Measurements of many words, each array (n,): what can rule a pair out before a distance is computed.

    `syllable` tells words that are one Korean or Chinese syllable; `short`, given names that have short forms or are
    one.

    `sound_hash` and `bones_hash` are CRC-32 of sound and skeleton, `bones` the skeleton's length, `letters` and
    `sound_letters` bit sets of the letters that occur (digits share one bit).
    """

    texts: Sequence[str]
    sounds: Sequence[str]
    lengths: Any
    syllable: Any
    short: Any
    sound_hash: Any
    bones_hash: Any
    bones: Any
    letters: Any
    sound_letters: Any


def shapes(texts: Sequence[str]) -> Shapes:
    """The shapes of these words."""
    sounds = [sound(t) for t in texts]
    skeletons = [skeleton(t) for t in texts]
    return Shapes(
        texts,
        sounds,
        np.array([len(t) for t in texts], np.uint8),
        np.array([is_one(t) for t in texts], bool),
        np.array([bool(full(t)) for t in texts], bool),
        np.array([zlib.crc32(t.encode()) for t in sounds], np.uint32),
        np.array([zlib.crc32(t.encode()) for t in skeletons], np.uint32),
        np.array([len(t) for t in skeletons], np.uint8),
        np.array([_letters(t) for t in texts], np.uint32),
        np.array([_letters(t) for t in sounds], np.uint32),
    )


def _letters(text: str) -> int:
    bits = 0
    for char in text:
        bits |= LETTER_BITS.get(char, DIGIT_BIT)
    return bits


def grades(left: Shapes, lefts: Any, right: Shapes, rights: Any, pairing: Any) -> Any:
    """`grade` for pairs (left[lefts[i]], right[rights[i]]): int8 (n,). `pairing`, int8 (n,): see `PAIRING`."""
    if len(lefts) <= FEW:
        # Distances are measured sooner than ruled out.
        found = _measured(left, lefts, right, rights, pairing)
    else:
        found = np.zeros(len(lefts), np.int8)
        chosen = np.flatnonzero(_possible(left, lefts, right, rights, pairing))
        if len(chosen):
            found[chosen] = _measured(left, lefts[chosen], right, rights[chosen], pairing[chosen])
    if left.short.any():
        short = np.flatnonzero(left.short[lefts] & right.short[rights] & (pairing == 0) & (found == 0))
        both = zip(lefts[short].tolist(), rights[short].tolist(), strict=True)
        found[short] = [Grade.NICKNAME if same(left.texts[i], right.texts[j]) else Grade.NONE for i, j in both]
    return found


def _possible(left: Shapes, lefts: Any, right: Shapes, rights: Any, pairing: Any) -> Any:
    """Whether pairs may be alike, but for nicknames: bool (n,)."""
    same_sound = left.sound_hash[lefts] == right.sound_hash[rights]
    same_bones = left.bones_hash[lefts] == right.bones_hash[rights]
    apart = np.bitwise_count(left.letters[lefts] ^ right.letters[rights])
    heard_apart = np.bitwise_count(left.sound_letters[lefts] ^ right.sound_letters[rights])
    lengths = left.lengths[lefts].astype(np.int8), right.lengths[rights].astype(np.int8)
    longer, difference = np.maximum(*lengths), np.abs(lengths[0] - lengths[1])
    # An edit changes two letters of the set and the length by one at the most: what differs more is too far off.
    edits = np.where(longer >= 6, np.int8(2), np.int8(1))
    loose = (longer >= 5) & (difference < CUTOFF) & (apart <= 2 * (CUTOFF - 1))
    possible = same_sound | ((apart <= 2 * edits) & (difference <= edits)) | (loose & (heard_apart <= 2))
    return possible | same_bones & ((pairing == ONE_BARE) | (pairing == VOWELS_READ) | loose & (left.bones[lefts] >= 3))


def _measured(left: Shapes, lefts: Any, right: Shapes, rights: Any, pairing: Any) -> Any:
    """The grades of pairs by their distances, nicknames left out: int8 (n,)."""
    numbers = lefts.tolist(), rights.tolist()
    texts = list(map(left.texts.__getitem__, numbers[0])), list(map(right.texts.__getitem__, numbers[1]))
    raw = process.cpdist(*texts, scorer=OSA.distance, score_cutoff=CUTOFF - 1, dtype=np.uint8)
    alike = (left.sound_hash[lefts] == right.sound_hash[rights]).view(np.uint8)
    bones = np.minimum(left.bones[lefts], BONES) * (left.bones_hash[lefts] == right.bones_hash[rights])
    lengths = left.lengths[lefts], right.lengths[rights]
    longer = np.minimum(np.maximum(*lengths), LONG)
    heard = NOT_HEARD - NOT_HEARD * alike
    # Sounds are measured only where one edit in them decides.
    asked = np.flatnonzero(_is_open()[raw, longer, bones, alike])
    if len(asked):
        some = lefts[asked], rights[asked]
        asked = asked[np.bitwise_count(left.sound_letters[some[0]] ^ right.sound_letters[some[1]]) <= 2]
        sounds = [left.sounds[i] for i in lefts[asked].tolist()], [right.sounds[i] for i in rights[asked].tolist()]
        heard[asked] = process.cpdist(*sounds, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    long_enough = (np.minimum(*lengths) >= HEARD_FROM).view(np.uint8)
    syllables = (left.syllable[lefts] & right.syllable[rights]).view(np.uint8)
    return _outcomes()[raw, longer, long_enough, heard, bones, pairing, syllables]


@cache
def _is_open() -> Any:
    """Whether the sounds decide, by distance (to CUTOFF), letters of the longer word (to LONG), consonants (to BONES)
    and whether the sounds are the same."""
    raw, longer, bones, alike = np.ogrid[: CUTOFF + 1, : LONG + 1, : BONES + 1, :2]
    return (alike == 0) & (raw > 1) & (raw < CUTOFF) & (longer >= 5) & (bones < 3) & ((raw > 2) | (longer < 8))


@cache
def _outcomes() -> Any:
    """The grade, int8, for every outcome of the measurements: distance (to CUTOFF), letters of the longer word (to
    LONG), whether the shorter is long enough to be heard, distance of the sounds (to NOT_HEARD), consonants (to BONES),
    pairing, whether both are a syllable.
    """
    table = np.zeros((CUTOFF + 1, LONG + 1, 2, NOT_HEARD + 1, BONES + 1, 5), np.int8)
    for raw, longer, long_enough, heard, bones, pairing in np.ndindex(table.shape):
        if raw == 0:
            found = Grade.EXACT
        elif pairing in (ONE_BARE, BOTH_BARE):
            found = _without_vowels(raw, longer, bones, pairing)
        elif pairing:
            found = _read(raw, longer, heard == 0 and bool(long_enough), bones, pairing)
        else:
            found = _rule(raw, heard, HEARD_FROM if long_enough else 0, longer, bones)
        table[raw, longer, long_enough, heard, bones, pairing] = found
    raws, _, _, sounds, _, pairings = np.ogrid[tuple(slice(size) for size in table.shape)]
    syllables = np.where(IS_SLIP[table] & (pairings == 0), np.int8(Grade.SYLLABLE), table)
    bare = (pairings == ONE_BARE) | (pairings == BOTH_BARE)
    syllables = np.where((sounds == 0) & (raws > 0) & ~bare, np.int8(Grade.VARIANT), syllables)
    return np.stack([table, syllables], -1)
