"""The likenesses of the parts of probes, and the table of them that is asked for pairs of probe and listed part.

Takes probes and their `Words`; gives `Likenesses`, and `Cells`: of many pairs of names, the few pairs of parts that are
alike. Most listed parts are like none of a probe, which a bit per hashed pair tells without a search.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from allonym.index.probe import Probes
from allonym.index.words import Words, firsts, spread
from allonym.names.parts import Role

BITS = 20
_PROBE, _PART, _SHIFT = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(32 - BITS)


@dataclass(frozen=True, slots=True)
class Likenesses:
    """All likenesses of the parts of probes: per part (slot) arrays `owner` (its probe), `place` in it, `own` (rarity),
    `role`; per likeness arrays `slot`, `part` (listed), `grade`, `lower` (of both rarities), `gain` (nats)."""

    owner: Any
    place: Any
    own: Any
    role: Any
    slot: Any
    part: Any
    grade: Any
    lower: Any
    gain: Any


def likenesses(words: Words, probes: Probes, share: Any, constant: Any) -> Likenesses:
    """All likenesses, in the order of the slots; gains by grade: `share` of the rarity and a `constant`."""
    word, owner = probes.words, probes.owner
    counts = words.count[word]
    spots = spread(words.start[word], counts)
    slot = np.repeat(np.arange(len(word)), counts)
    part, grade, role = words.part[spots], words.grade[spots], words.role[word]
    column = 1 - probes.person[owner].view(np.int8)
    own = words.rarity[word, column]
    rare = words.index.arrays["part_rarity"][part, column[slot]]
    # The rarity of a number does not depend on the list.
    lower = np.where((role == Role.NUMBER)[slot], own[slot], np.minimum(own[slot], rare))
    place = np.arange(len(word)) - np.repeat(probes.first, probes.size)
    return Likenesses(owner, place, own, role, slot, part, grade, lower, share[grade] * lower + constant[grade])


class Cells:
    """The likenesses that gain something, ready to be asked by probe and listed part."""

    def __init__(self, like: Likenesses, seen: Any) -> None:
        """`seen`: 2 ** BITS False values, to be used and given back by `close`."""
        probe = like.owner[like.slot]
        gaining = np.flatnonzero(like.gain > 0)
        keys = probe[gaining] << 32 | like.part[gaining]
        order = np.argsort(keys, kind="stable")
        keys, self._rows = keys[order], gaining[order]
        first = np.flatnonzero(firsts(keys)) if len(keys) else order
        self._keys, self._starts = keys[first], np.append(first, len(keys))
        self._seen = seen
        self._marks = _mark(self._keys >> 32, self._keys)
        seen[self._marks] = True

    def close(self) -> None:
        """Forget the likenesses, so that the next table can use the same room."""
        self._seen[self._marks] = False

    def find(self, probe: Any, part: Any) -> tuple[Any, Any]:
        """(i, likeness) of all pairs (probe[i], listed part[i]) that are alike, sorted by i."""
        if not len(self._keys):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        spots = np.flatnonzero(self._seen[_mark(probe, part)])
        asked = probe[spots] << 32 | part[spots]
        at = np.searchsorted(self._keys, asked)
        at[at == len(self._keys)] = 0
        real = np.flatnonzero(self._keys[at] == asked)
        at = at[real]
        counts = self._starts[at + 1] - self._starts[at]
        return np.repeat(spots[real], counts), self._rows[spread(self._starts[at], counts)]


def _mark(probe: Any, part: Any) -> Any:
    return (probe.astype(np.uint32) * _PROBE ^ part.astype(np.uint32) * _PART) >> _SHIFT
