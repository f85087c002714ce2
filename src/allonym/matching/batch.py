"""Many pairs of names scored at once, by the rules of `names`, in arrays.

Takes probes and candidate names; gives the sum of the name evidence, prior included, for each pair. It decides which
pairs are worth the exact comparison, so it must not be lower than that by more than rounding; a test holds the two
together.
"""

from typing import Any

import numpy as np

from allonym.index.build import LINEAGE, WEAK
from allonym.index.search import Probe
from allonym.index.words import Words
from allonym.matching.weights import Weights
from allonym.names.parts import Role
from allonym.names.similarity import Grade

SIZES = (4, 6, 12)
SMALL = 400


def score(words: Words, probes: list[Probe], probe: Any, names: Any, weights: Weights) -> Any:
    """Sums in nats, float32 (n,), for the pairs (probe[i], names[i])."""
    sums = np.empty(len(probe), np.float32)
    if not len(probe):
        return sums
    left_length = np.array([len(p.words) for p in probes])[probe]
    starts = words.index.name_start
    right_length = starts[names + 1] - starts[names]
    longest = np.maximum(left_length, right_length)
    # A few pairs in three blocks cost more in calls than they save in padding.
    size = np.searchsorted(SIZES, longest if len(probe) > SMALL else np.full_like(longest, longest.max()))
    for at, width in enumerate(SIZES):
        chosen = np.flatnonzero(size == at)
        if len(chosen):
            sums[chosen] = _Block(words, probes, probe[chosen], names[chosen], width).sums(weights)
    return sums


class _Block:
    """Pairs of names of at most `width` parts a side, padded with -1."""

    def __init__(self, words: Words, probes: list[Probe], probe: Any, names: Any, width: int) -> None:
        self.words, self.probes, self.probe, self.names = words, probes, probe, names
        arrays = words.index.arrays
        rows = np.full((len(probes), width), -1, np.int64)
        for number in np.unique(probe).tolist():
            own = probes[number].words[:width]
            rows[number, : len(own)] = own
        self.left = rows[probe]
        start = words.index.name_start
        spots = start[names][:, None] + np.arange(width)
        inside = spots < start[names + 1][:, None]
        spots = np.where(inside, spots, 0)
        self.right = np.where(inside, arrays["name_part"][spots].astype(np.int64), -1)
        self.right_role = np.where(inside, arrays["name_role"][spots], 255)
        self.person = np.array([p.person for p in probes])[probe]
        column = np.where(self.person, 0, 1)[:, None]
        self.left_role = np.where(self.left >= 0, np.array(words.roles, np.uint8)[self.left], 255)
        self.left_rarity = np.array(words.rarities, np.float32).reshape(-1, 2)[self.left, column]
        rare = arrays["part_rarity"][self.right, column]
        rare = np.where(self.right_role == Role.NUMBER, np.float32(2.5), rare)
        self.right_rarity = np.where(self.right_role == Role.INITIAL, np.float32(1.0), rare)

    def grades(self) -> Any:
        """Grades of all parts against all: int8 (n, width, width)."""
        starts, parts, graded = self.words.table()
        owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        table = owner << 32 | parts
        asked = self.left[:, :, None] << 32 | self.right[:, None, :]
        real = (self.left >= 0)[:, :, None] & (self.right >= 0)[:, None, :]
        found = np.zeros(asked.shape, np.int8)
        if len(table):
            at = np.minimum(np.searchsorted(table, asked), len(table) - 1)
            found = np.where(real & (table[at] == asked), graded[at], np.int8(0))
        initial = (self.left_role == Role.INITIAL)[:, :, None], (self.right_role == Role.INITIAL)[:, None, :]
        either = initial[0] | initial[1]
        if not either.any():
            return found
        firsts = np.array(self.words.firsts, np.uint8)[self.left]
        same = firsts[:, :, None] == self.words.index.part_first[self.right][:, None, :]
        grade = np.where(initial[0] & initial[1], np.int8(Grade.EXACT), np.int8(Grade.INITIAL))
        numbers = (self.left_role == Role.NUMBER)[:, :, None] | (self.right_role == Role.NUMBER)[:, None, :]
        return np.where(either & real, np.where(same & ~numbers, grade, np.int8(0)), found)

    def sums(self, weights: Weights) -> Any:
        """The sums of all pairs."""
        grade = self.grades()
        count, width = self.left.shape
        share, constant = np.array(weights.agree_share, np.float32), np.array(weights.agree_constant, np.float32)
        lower = np.minimum(self.left_rarity[:, :, None], self.right_rarity[:, None, :])
        gain = np.where(grade > 0, share[grade] * lower + constant[grade], np.float32(0)).reshape(count, -1)
        grade = grade.reshape(count, -1)
        total = np.full(count, weights.prior, np.float32)
        taken = np.full((count, width), -1, np.int64)  # listed position of each query part
        all_exact, alike = np.ones(count, bool), np.ones(count, bool)
        rows = np.arange(count)
        for _ in range(width):
            best = gain.argmax(1)
            value = gain[rows, best]
            more = value > 0
            if not more.any():
                break
            total += np.where(more, value, np.float32(0))
            all_exact &= ~more | (grade[rows, best] == Grade.EXACT)
            alike &= ~more | (grade[rows, best] <= Grade.NEAR)
            i, j = best // width, best % width
            taken[rows[more], i[more]] = j[more]
            cube = gain.reshape(count, width, width)
            cube[rows[more], i[more], :] = 0
            cube[rows[more], :, j[more]] = 0
        fill = weights.identical_fill * np.maximum(0, weights.identical_floor - (total - weights.prior))
        identical = np.where(all_exact, weights.identical + fill, weights.whole)
        return total + self._rest(taken, identical, alike, total - weights.prior, weights)

    def _rest(self, taken: Any, identical: Any, alike: Any, agreed: Any, weights: Weights) -> Any:
        """What is left over, and the whole: all but the agreeing pairs."""
        count, width = taken.shape
        used = np.zeros((count, width + 1), bool)
        np.put_along_axis(used, np.where(taken >= 0, taken, width), True, 1)
        extra = (self.left >= 0) & (taken < 0)
        missing = (self.right >= 0) & ~used[:, :width]
        extras, misses, pairs = extra.sum(1), missing.sum(1), (taken >= 0).sum(1)
        rest = np.where(extra, weights.extra_share * self.left_rarity + weights.extra_constant, 0).sum(1)
        rest += np.where(missing, weights.missing_share * self.right_rarity + weights.missing_constant, 0).sum(1)
        both = np.minimum(extras, misses)
        rest += weights.conflict * both + np.where(both > 0, weights.conflict_agreed * agreed, 0)
        numbers = (extra & (self.left_role == Role.NUMBER)).any(1) & (missing & (self.right_role == Role.NUMBER)).any(1)
        rest += weights.number_conflict * numbers
        turned, lineage = self._turned(taken, pairs)
        syllabic = turned & np.array([p.syllabic for p in self.probes])[self.probe] & ~lineage
        covered = (extras == 0) & (misses == 0) & ~(turned & lineage)
        rest += np.where(covered & (pairs >= 2), np.where(syllabic, weights.whole, identical), 0)
        rest += weights.single * (covered & (pairs == 1) & alike)
        rest += weights.lone * ((pairs == 1) & (extras + misses > 0))
        order = np.where(syllabic, weights.syllable_order, weights.order)
        rest += np.where(turned, np.where(lineage, weights.lineage_order, order), 0)
        rest += weights.weak * ((self._flags & WEAK) > 0)
        own_form = np.array([p.form for p in self.probes], np.int64)[self.probe]
        form = self.words.index.arrays["name_form"][self.names].astype(np.int64)
        rest += weights.form_conflict * (~self.person & (own_form > 0) & (form > 0) & (own_form != form))
        return rest.astype(np.float32)

    @property
    def _flags(self) -> Any:
        return self.words.index.arrays["name_flags"][self.names]

    def _turned(self, taken: Any, pairs: Any) -> tuple[Any, Any]:
        """Whether parts changed places (see `names._reordered`), and whether both names say "son of"; (n,) bool."""
        width = taken.shape[1]
        order = np.argsort(np.where(taken >= 0, np.arange(width), width + np.arange(width)), 1, kind="stable")
        places = np.take_along_axis(taken, order, 1)  # listed positions in query order, the aligned ones first
        inside = np.arange(width) < pairs[:, None]
        last = np.arange(width) == (pairs[:, None] - 1)
        following = np.where(last, places[:, :1], np.roll(places, -1, 1))
        falls = (inside & (places > following)).sum(1)
        lineage = np.array([p.lineage for p in self.probes])[self.probe] & ((self._flags & LINEAGE) > 0)
        strict = (inside & ~last & (places > following)).any(1)
        return (pairs >= 2) & np.where(lineage, strict, falls > 1), lineage
