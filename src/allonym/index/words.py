"""The parts of queries, each looked up once: which parts of the lists are like it, and how much.

Takes parts of queries; gives each a number, and for all numbers a table of (query part, listed part) with its grade.
Look-ups are made for many parts at once and kept, since names share their parts. Must not know names or weights.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from allonym.index import keys
from allonym.index.growing import Growing
from allonym.index.index import Index
from allonym.names.frequency import part_rarity
from allonym.names.parts import Kind, Part, Role
from allonym.names.script import Script
from allonym.names.similarity import PAIRINGS, Grade, grades, shapes

MAX_LIKE = 4_000_000  # likenesses kept between batches: 20 MB
Key = tuple[str, Role, Script, str]


class Words:
    """Query parts by number, with their likenesses in rows `start[n]` to `start[n] + count[n]`, sorted by listed part.

    Arrays by number: `role`, `first` (letter), `start`, `count`, `rarity` (n, 2) in nats as a person's and as an
    organisation's name. Arrays by row: `part`, `grade`. Valid after `prepare`; numbers hold until `begin`.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.seen = np.zeros(1 << 20, bool)  # room of `Cells`
        self._clear()

    def _clear(self) -> None:
        self.numbers: dict[Key, int] = {}
        self._fresh: list[Part] = []
        self._role, self._first = Growing(np.uint8), Growing(np.uint8)
        self._start, self._count = Growing(np.int64), Growing(np.int64)
        self._rarity = Growing(np.float32, 2)
        self._part, self._grade = Growing(np.int32), Growing(np.int8)

    @cached_property
    def marks(self) -> tuple[Any, Any]:
        """Room to mark listed names, (m,) bool and u16, all 0: to be given back as it was taken."""
        count = len(self.index.arrays["name_flags"])
        return np.zeros(count, bool), np.zeros(count, np.uint16)

    def begin(self) -> None:
        """Start a batch: numbers of earlier ones are no longer to be used."""
        if len(self._part) > MAX_LIKE:
            self._clear()

    def number(self, parts: Iterable[Part]) -> list[int]:
        """Numbers of these parts; unknown ones get a number now and are looked up by `prepare`."""
        found = []
        for part in parts:
            key = (part.text, part.role, part.script, part.cut_from)
            number = self.numbers.get(key)
            if number is None:
                number = self.numbers[key] = len(self.numbers)
                self._fresh.append(part)
            found.append(number)
        return found

    def prepare(self) -> None:
        """Look up what is numbered and not yet known."""
        fresh, self._fresh = self._fresh, []
        if fresh:
            self._role.extend([p.role for p in fresh])
            self._first.extend([ord(p.text[0]) for p in fresh])
            self._rarity.extend([[part_rarity(p, kind) for kind in (Kind.PERSON, Kind.ORGANISATION)] for p in fresh])
            self._look_up(fresh)
        self.role, self.first, self.rarity = self._role.array, self._first.array, self._rarity.array
        self.start, self.count = self._start.array, self._count.array
        self.part, self.grade = self._part.array, self._grade.array

    def _look_up(self, fresh: list[Part]) -> None:
        """Likenesses of these parts, added to the table in their order."""
        known = self.index.lettered
        plain = [at for at, p in enumerate(fresh) if p.role is Role.PART]
        owner, part, grade = self._alike([fresh[at] for at in plain])
        owner = np.array(plain, np.int64)[owner]
        numbers = [(at, known[p.text]) for at, p in enumerate(fresh) if p.role is Role.NUMBER and p.text in known]
        if numbers:
            owner = np.concatenate([owner, [at for at, _ in numbers]])
            order = np.argsort(owner, kind="stable")
            owner = owner[order]
            part = np.concatenate([part, [n for _, n in numbers]])[order]
            grade = np.concatenate([grade, np.full(len(numbers), Grade.EXACT, np.int8)])[order]
        counts = np.bincount(owner, minlength=len(fresh))
        self._start.extend(np.cumsum(counts) - counts + len(self._part))
        self._count.extend(counts)
        self._part.extend(part)
        self._grade.extend(grade)

    def _alike(self, fresh: list[Part]) -> tuple[Any, Any, Any]:
        """(place in `fresh`, listed part, grade) of all likenesses, sorted by the first two."""
        if not fresh:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int8)
        arrays = self.index.arrays
        own, script = shapes([p.text for p in fresh]), np.array([p.script for p in fresh], np.uint8)
        owner, key = keys.table(own, script, listed=False)
        buckets = arrays["key_start"]
        bucket = key >> np.uint32(self.index.key_shift)
        low = buckets[bucket]
        counts = buckets[bucket + 1] - low
        spots = spread(low, counts)
        same = arrays["key_check"][spots] == key.astype(np.uint16).repeat(counts)
        pairs = owner.repeat(counts)[same] << 32 | arrays["key_part"][spots[same]]
        pairs.sort()
        if len(pairs):
            pairs = pairs[firsts(pairs)]
        owner, part = pairs >> 32, pairs & 0xFFFFFFFF
        listed = self.index.part_shapes
        found = grades(own, owner, listed, part, PAIRINGS[script[owner], arrays["part_script"][part]])
        good = found > 0
        return owner[good], part[good], found[good]


def firsts(ordered: Any) -> Any:
    """Whether each value of a sorted array, not empty, is the first of its kind."""
    first = np.empty(len(ordered), bool)
    first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def spread(starts: Any, counts: Any) -> Any:
    """The positions start, start + 1, … of every run, one after the other: int64 array of sum(counts)."""
    ends = counts.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + (starts.astype(np.int64) - ends + counts).repeat(counts)
