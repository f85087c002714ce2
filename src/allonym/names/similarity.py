"""How alike two parts are: one grade, by one rule, for single pairs and for arrays.

Takes two parts (or arrays of their measurements); gives a `Grade`. Must stay free of frequencies and weights: those are
matching's. The scalar and the array form are the same rule, and a test holds them together.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from allonym.names.sound import skeleton, sound
from allonym.names.syllables import count

CUTOFF = 4  # distances above CUTOFF - 1 are all the same: too far


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
    SYLLABLE = 10  # both are Korean or Chinese syllables, and near: as likely another name as a slip
    NICKNAME = 11  # one is a short form of the other: Ted, Theodore


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


@lru_cache(maxsize=131_072)
def grade(left: str, right: str, abjad: int = 0) -> Grade:
    """The grade of two parts, neither an initial. `abjad`: how many of them come from a script without vowels."""
    if left == right:
        return Grade.EXACT
    bones = skeleton(left)
    same_bones = bones == skeleton(right)
    if abjad == 1:
        return Grade.CONSONANTS if same_bones and len(bones) >= 2 else Grade.NONE
    if abjad == 2:
        # Without vowels every letter tells, and one in four is another name.
        one = max(len(left), len(right)) >= 5 and OSA.distance(left, right, score_cutoff=1) == 1
        return Grade.SHORT if one else Grade.NONE
    sounds = sound(left), sound(right)
    raw = OSA.distance(left, right, score_cutoff=CUTOFF - 1)
    heard = OSA.distance(*sounds, score_cutoff=CUTOFF - 1)
    shorter, longer = sorted((len(left), len(right)))
    found = _rule(raw, heard, shorter, longer, len(bones) if same_bones else 0)
    if found in SLIPS and count(left) == 1 and count(right) == 1:
        return Grade.SYLLABLE
    return found


def _rule(raw: int, heard: int, shorter: int, longer: int, bones: int) -> Grade:
    if heard == 0 and shorter >= 3:
        return Grade.VARIANT
    if raw == 1 and longer >= 6:
        return Grade.NEAR
    if raw == 1 and longer >= 4:
        return Grade.SHORT
    if raw == 1 and longer == 3:
        return Grade.TINY
    if raw == 2 and longer >= 8:
        return Grade.CLOSE
    if raw < CUTOFF and longer >= 5 and (heard == 1 or bones >= 3):
        return Grade.CLOSE
    if raw == 2 and longer >= 6:
        return Grade.LOOSE
    return Grade.NONE


@dataclass(frozen=True, slots=True)
class Shapes:
    """Measurements of many words, each array (n,): what can rule a pair out before a distance is computed.

    `syllable` tells words that are one Korean or Chinese syllable.

    `sound_hash` and `bones_hash` are CRC-32 of sound and skeleton, `bones` the skeleton's length, `letters` and
    `sound_letters` bit sets of the letters that occur (digits share one bit).
    """

    texts: Sequence[str]
    sounds: Sequence[str]
    lengths: Any
    syllable: Any
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
        np.array([count(t) == 1 for t in texts], bool),
        np.array([zlib.crc32(t.encode()) for t in sounds], np.uint32),
        np.array([zlib.crc32(t.encode()) for t in skeletons], np.uint32),
        np.array([len(t) for t in skeletons], np.uint8),
        np.array([_letters(t) for t in texts], np.uint32),
        np.array([_letters(t) for t in sounds], np.uint32),
    )


def _letters(text: str) -> int:
    bits = 0
    for char in text:
        bits |= 1 << (ord(char) - 97 if char >= "a" else 26)
    return bits


def grades(left: Shapes, lefts: Any, right: Shapes, rights: Any, abjad: Any) -> Any:
    """`grade` for pairs (left[lefts[i]], right[rights[i]]): int8 (n,). `abjad` (n,): how many come without vowels."""
    same_sound = left.sound_hash[lefts] == right.sound_hash[rights]
    same_bones = left.bones_hash[lefts] == right.bones_hash[rights]
    apart = np.bitwise_count(left.letters[lefts] ^ right.letters[rights])
    heard_apart = np.bitwise_count(left.sound_letters[lefts] ^ right.sound_letters[rights])
    # An edit changes two letters of the set at the most, so what differs more cannot be near enough for any grade.
    possible = same_sound | same_bones | (apart <= 4) | ((apart <= 6) & (heard_apart <= 2))
    found = np.zeros(len(lefts), np.int8)
    chosen = np.flatnonzero(possible)
    if len(chosen):
        measured = _Measured(left, lefts[chosen], right, rights[chosen], same_sound[chosen], same_bones[chosen])
        found[chosen] = measured.grades(abjad[chosen])
    return found


class _Measured:
    """Pairs that may be alike, with their distances."""

    def __init__(self, left: Shapes, lefts: Any, right: Shapes, rights: Any, same_sound: Any, same_bones: Any) -> None:
        numbers = lefts.tolist(), rights.tolist()
        texts = [left.texts[i] for i in numbers[0]], [right.texts[i] for i in numbers[1]]
        self.raw = process.cpdist(*texts, scorer=OSA.distance, score_cutoff=CUTOFF - 1, dtype=np.uint8)
        self.heard = np.where(same_sound, 0, CUTOFF).astype(np.uint8)
        asked = np.flatnonzero(~same_sound & (self.raw < CUTOFF)).tolist()
        if asked:
            sounds = [left.sounds[numbers[0][i]] for i in asked], [right.sounds[numbers[1][i]] for i in asked]
            self.heard[asked] = process.cpdist(*sounds, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        self.syllables = left.syllable[lefts] & right.syllable[rights]
        self.bones = np.where(same_bones, left.bones[lefts], 0)
        lengths = left.lengths[lefts], right.lengths[rights]
        self.shorter, self.longer = np.minimum(*lengths), np.maximum(*lengths)

    def grades(self, abjad: Any) -> Any:
        one, two = self.raw == 1, self.raw == 2
        longer, bones = self.longer, self.bones
        conditions = (
            (self.raw == 0) & (self.shorter == longer),
            (abjad == 1) & (bones >= 2),
            (abjad == 2) & one & (longer >= 5),
            abjad > 0,
            (self.heard == 0) & (self.shorter >= 3),
            one & (longer >= 6),
            one & (longer >= 4),
            one & (longer == 3),
            two & (longer >= 8),
            (self.raw < CUTOFF) & (longer >= 5) & ((self.heard == 1) | (bones >= 3)),
            two & (longer >= 6),
        )
        outcomes = (
            Grade.EXACT, Grade.CONSONANTS, Grade.SHORT, Grade.NONE, Grade.VARIANT, Grade.NEAR, Grade.SHORT, Grade.TINY,
            Grade.CLOSE, Grade.CLOSE, Grade.LOOSE,
        )  # fmt: skip
        found = np.select(conditions, [np.int8(o) for o in outcomes], np.int8(0)).astype(np.int8)
        return np.where(self.syllables & IS_SLIP[found] & (abjad == 0), np.int8(Grade.SYLLABLE), found)
