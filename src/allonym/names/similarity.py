"""How alike two parts are: one grade, by one rule, for single pairs and for arrays.

Takes two parts (or arrays of their measurements); gives a `Grade`. Must stay free of frequencies and weights: those are
matching's. The scalar and the array form are the same rule, and a test holds them together.
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from allonym.names.sound import skeleton, sound

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
    return _rule(raw, heard, shorter, longer, len(bones) if same_bones else 0)


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


def grades(lefts: Sequence[str], rights: Sequence[str], abjad: Any) -> Any:
    """`grade` for many pairs: int8 array (n,). `abjad` (n,) says how many of the pair come without vowels."""
    raw = process.cpdist(lefts, rights, scorer=OSA.distance, score_cutoff=CUTOFF - 1, dtype=np.uint8)
    left_sounds, right_sounds = [sound(w) for w in lefts], [sound(w) for w in rights]
    heard = process.cpdist(left_sounds, right_sounds, scorer=OSA.distance, score_cutoff=CUTOFF - 1, dtype=np.uint8)
    bones = np.fromiter(
        (len(a) if (a := skeleton(left)) == skeleton(right) else 0 for left, right in zip(lefts, rights, strict=True)),
        np.int16, len(lefts),
    )  # fmt: skip
    lengths = np.array([[len(w) for w in lefts], [len(w) for w in rights]], np.int16)
    shorter, longer = lengths.min(0), lengths.max(0)
    one, two = raw == 1, raw == 2
    conditions = (
        (raw == 0) & (shorter == longer),
        (abjad == 1) & (bones >= 2),
        (abjad == 2) & one & (longer >= 5),
        abjad > 0,
        (heard == 0) & (shorter >= 3),
        one & (longer >= 6),
        one & (longer >= 4),
        one & (longer == 3),
        two & (longer >= 8),
        (raw < CUTOFF) & (longer >= 5) & ((heard == 1) | (bones >= 3)),
        two & (longer >= 6),
    )
    outcomes = (
        Grade.EXACT, Grade.CONSONANTS, Grade.SHORT, Grade.NONE, Grade.VARIANT, Grade.NEAR, Grade.SHORT, Grade.TINY,
        Grade.CLOSE, Grade.CLOSE, Grade.LOOSE,
    )  # fmt: skip
    return np.select(conditions, [np.int8(o) for o in outcomes], np.int8(0)).astype(np.int8)
