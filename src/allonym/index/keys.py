"""The keys by which a part of a query reaches the parts of the lists that are spelt or sound much like it.

Takes lower-case ASCII parts; gives 32-bit keys. Two parts within two edits share a key: each of their first PREFIX
letters with up to two of them deleted is one (the symmetric-deletion method). Their sound, their consonants and the
full names that they are short for are keys too; two consonants count only against a script without vowels. A shared key
is a suggestion only; `similarity` decides.

A text is hashed as the polynomial of its letters. A deletion moves the later letters one place to the front, so that
the hashes of all shortened forms are one product of the letters with a constant matrix.
"""

import zlib
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from allonym.names.nicknames import full
from allonym.names.script import Script
from allonym.names.similarity import Shapes, shapes

PREFIX = 7
SHORTEST_ONE, SHORTEST_TWO = 2, 6  # letters from which one and two deletions count
FEWEST_BONES, FEWEST_BONES_ALONE = 2, 3  # consonants that are a key between scripts, and within one with vowels
_BASE, _MIX = 0x9E3779B1, np.uint32(0x85EBCA6B)
_SOUND, _BONES, _BARE = np.uint32(0x27D4EB2F), np.uint32(0x165667B1), np.uint32(0x7FEB352D)
_FORM = np.uint32(0xC2B2AE35)
_GONE = ((), *((i,) for i in range(PREFIX)), *combinations(range(PREFIX), 2))


def _matrix() -> Any:
    """The power of each place for each way to delete: (PREFIX, ways) u32."""
    powers = np.zeros((PREFIX, len(_GONE)), np.uint32)
    for way, gone in enumerate(_GONE):
        left = [i for i in range(PREFIX) if i not in gone]
        powers[left, way] = [pow(_BASE, n + 1, 1 << 32) for n in range(len(left))]
    return powers


_POWERS = _matrix()
_LAST = np.array([max(gone, default=-1) for gone in _GONE])  # the last place that each way deletes
_NEEDS = np.array([(0, SHORTEST_ONE, SHORTEST_TWO)[len(gone)] for gone in _GONE])
#: Which ways there are, by the letters of a part, PREFIX standing for more: (PREFIX + 1, ways).
_USED = (np.arange(PREFIX + 1)[:, None] > _LAST) & (np.arange(PREFIX + 1)[:, None] >= _NEEDS)


_DELETIONS = ("whole word", "one letter left out", "two letters left out")
WAYS = (*_DELETIONS, "sound", "consonants", "short forms")
_WAYS = (*(_DELETIONS[len(gone)] for gone in _GONE), "sound", "consonants", "consonants")


def table(
    shape: Shapes, script: Any, *, listed: bool, leave_out: Collection[str] = ()
) -> tuple[Any, Any]:  # fmt: skip
    """Keys of many parts: (part number, key), int64 and u32 arrays, with few repeats.

    `script`, (n,) u8: what the parts were read from; `listed`: the parts are the index's, not those of a query;
    `leave_out`: some of WAYS, to measure what each is good for.
    """
    count = len(shape.texts)
    letters = np.array(shape.texts, f"S{PREFIX}").view(np.uint8).reshape(count, PREFIX).astype(np.uint32)
    hashes = np.empty((count, len(_GONE) + 3), np.uint32)
    hashes[:, :-3] = letters @ _POWERS
    hashes[:, -3] = shape.sound_hash ^ _SOUND
    hashes[:, -2], hashes[:, -1] = shape.bones_hash ^ _BONES, shape.bones_hash ^ _BARE
    used = np.empty(hashes.shape, bool)
    used[:, :-3] = _USED[np.minimum(shape.lengths, PREFIX)]
    bare, read = script == Script.BARE, script == Script.VOWELLED
    used[:, -3] = ~bare
    # The key for a listed part's consonants tells whether it was written with vowels; one that was read has both.
    some = shape.bones >= FEWEST_BONES
    used[:, -2] = some & (~bare if listed else bare | read | (shape.bones >= FEWEST_BONES_ALONE))
    used[:, -1] = some & (bare | read if listed else ~bare)
    if leave_out:
        used[:, [way in leave_out for way in _WAYS]] = False
    owner, hashed = used.nonzero()[0], hashes[used]
    known = [] if "short forms" in leave_out else shape.short.nonzero()[0].tolist()
    if known:
        short = [(at, name) for at in known for name in full(shape.texts[at])]
        names = np.array([zlib.crc32(name.encode()) for _, name in short], np.uint32) ^ _FORM
        owner, hashed = np.concatenate([owner, [at for at, _ in short]]), np.concatenate([hashed, names])
    return owner, _mixed(hashed)


def _mixed(hashes: Any) -> Any:
    """Spread over all bits, since the index finds a key by its first ones."""
    hashes = (hashes ^ (hashes >> np.uint32(15))) * _MIX
    return hashes ^ (hashes >> np.uint32(13))


def keys(texts: Sequence[str], *, script: Script = Script.LETTERS, listed: bool = False) -> list[set[int]]:
    """All keys of each part."""
    found: list[set[int]] = [set() for _ in texts]
    if texts:
        owner, key = table(shapes(texts), np.full(len(texts), script), listed=listed)
        for one, value in zip(owner.tolist(), key.tolist(), strict=True):
            found[one].add(value)
    return found
