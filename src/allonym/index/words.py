"""The parts of queries, each looked up once: which parts of the lists are like it, and how much.

Takes parts of queries; gives each a number within one batch, and for all numbers together a sorted table of (query
part, listed part) with its grade. Look-ups are made for many parts at once and kept, since names share their parts.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from allonym.index.index import Index
from allonym.index.keys import keys
from allonym.names.frequency import rarity
from allonym.names.parts import Kind, Part, Role
from allonym.names.similarity import grades, shapes

MAX_KEPT = 200_000
INITIAL_RARITY, NUMBER_RARITY = 1.0, 2.5
Key = tuple[str, Role, bool]


class Words:
    """Query parts of one batch by number, with their likenesses; the look-ups of earlier batches are kept."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.kept: dict[Key, Any] = {}  # u64 array of part << 8 | grade, sorted
        self.begin()

    def begin(self) -> None:
        """Start a batch: numbers begin at 0 again."""
        if len(self.kept) > MAX_KEPT:
            self.kept.clear()
        self.numbers: dict[Key, int] = {}
        self.rarities: list[tuple[float, float]] = []
        self.firsts: list[int] = []
        self.roles: list[int] = []
        self._table: Any = None

    def number(self, parts: Iterable[Part]) -> list[int]:
        """Numbers of these parts; unknown ones get a number now and are looked up by `prepare`."""
        found = []
        for part in parts:
            key = (part.text, part.role, part.abjad)
            number = self.numbers.get(key)
            if number is None:
                number = self.numbers[key] = len(self.numbers)
                self.firsts.append(ord(part.text[0]))
                self.roles.append(part.role)
                self.rarities.append(self._rarity(part))
            found.append(number)
        return found

    @staticmethod
    def _rarity(part: Part) -> tuple[float, float]:
        if part.role is Role.NUMBER:
            return NUMBER_RARITY, NUMBER_RARITY
        if part.role is Role.INITIAL:
            return INITIAL_RARITY, INITIAL_RARITY
        return rarity(part.text, Kind.PERSON, part.abjad), rarity(part.text, Kind.ORGANISATION, part.abjad)

    def prepare(self) -> None:
        """Look up what is numbered and not yet known, and lay out the table of this batch."""
        fresh = [key for key in self.numbers if key not in self.kept]
        known = self.index.part_numbers
        empty = np.empty(0, np.uint64)
        for key in fresh:
            text, role, abjad = key
            is_known_number = role is Role.NUMBER and (text, abjad) in known
            self.kept[key] = np.array([known[text, abjad] << 8 | 1], np.uint64) if is_known_number else empty
        plain = [key for key in fresh if key[1] is Role.PART]
        if plain:
            self._look_up(plain)
        like = [self.kept[key] for key in self.numbers]
        starts = np.zeros(len(like) + 1, np.int64)
        np.cumsum([len(a) for a in like], out=starts[1:])
        packed = np.concatenate(like) if like else empty
        self._table = starts, (packed >> np.uint64(8)).astype(np.int64), (packed & np.uint64(255)).astype(np.int8)

    def _look_up(self, fresh: list[Key]) -> None:
        arrays = self.index.arrays
        key_lists = [keys(text, abjad) for text, _, abjad in fresh]
        hashes = np.array([k for row in key_lists for k in row], np.uint32)
        owners = np.repeat(np.arange(len(fresh)), [len(row) for row in key_lists])
        low = np.searchsorted(arrays["key_hash"], hashes)
        counts = np.searchsorted(arrays["key_hash"], hashes, "right") - low
        pairs = np.unique(np.repeat(owners, counts) << 32 | arrays["key_part"][spread(low, counts)])
        owner, part = pairs >> 32, pairs & 0xFFFFFFFF
        own, listed = shapes([text for text, _, _ in fresh]), self.index.part_shapes
        abjad = np.array([a for _, _, a in fresh], np.int8)[owner] + arrays["part_abjad"][part].astype(np.int8)
        found = grades(own, owner, listed, part, abjad)
        good = found > 0
        owner, packed = owner[good], (part[good].astype(np.uint64) << np.uint64(8)) | found[good].astype(np.uint64)
        starts = np.searchsorted(owner, np.arange(len(fresh) + 1))
        for at, key in enumerate(fresh):
            self.kept[key] = packed[starts[at] : starts[at + 1]]

    def table(self) -> tuple[Any, Any, Any]:
        """Likenesses of this batch, after `prepare`: CSR starts (w + 1,), listed parts and grades, by number."""
        return self._table  # type: ignore[no-any-return]


def spread(starts: Any, counts: Any) -> Any:
    """The positions start, start + 1, … of every run, one after the other: int64 array of sum(counts)."""
    total = int(counts.sum())
    ends = np.cumsum(counts)
    return np.arange(total, dtype=np.int64) + np.repeat(starts.astype(np.int64) - ends + counts, counts)
