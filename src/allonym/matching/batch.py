"""Many pairs of names scored at once, by the rules of `names`, in arrays.

Takes probes and candidate names; gives the sum of the name evidence, prior included, for each pair. It decides which
pairs are worth the exact comparison, so it must not be lower than that by more than rounding; a test holds the two
together.
"""

from typing import Any

import numpy as np

from allonym.index.build import CHARACTERS, LINEAGE, WEAK
from allonym.index.probe import Probes
from allonym.index.words import Words
from allonym.matching.found import Found, agreement
from allonym.matching.names import ANCHORS, TYPED
from allonym.matching.weights import Weights
from allonym.names.parts import Role
from allonym.names.similarity import Grade

SIZES = (4, 6, 12)
SMALL = 400
IS_ANCHOR = np.array([g in ANCHORS for g in Grade], bool)
IS_TYPED = np.array([g in TYPED for g in Grade], bool)


def score(words: Words, probes: Probes, found: Found, weights: Weights) -> Any:
    """Sums in nats, float32 (n,), of the pairs found."""
    sums = np.empty(len(found.probe), np.float32)
    longest = np.maximum(probes.size[found.probe], found.size)
    # A few pairs in three blocks cost more in calls than they save in padding.
    size = np.searchsorted(SIZES, longest if len(longest) > SMALL else np.full_like(longest, longest.max(initial=0)))
    for at, width in enumerate(SIZES):
        chosen = np.flatnonzero(size == at)
        if len(chosen):
            sums[chosen] = Block(words, probes, found, chosen, width).sums(weights)
    return sums


class Block:
    """Some of the pairs found, of at most `width` parts a side, padded with -1. Sums have the type of the rarities."""

    def __init__(self, words: Words, probes: Probes, found: Found, chosen: Any, width: int) -> None:
        self.words, self.probes = words, probes
        self.probe, self.names = found.probe[chosen], found.names[chosen]
        rows = probes.rows[:, :width]
        self.left = np.full((len(chosen), width), -1, np.int64)
        self.left[:, : rows.shape[1]] = rows[self.probe]
        place = np.full(len(found.probe), -1, np.int64)
        place[chosen] = np.arange(len(chosen))
        stay = place[found.cells[0]] >= 0
        pair, *cells = (row[stay] for row in found.cells)
        self.cells = place[pair], *cells
        inside = np.arange(width) < found.size[chosen][:, None]
        spots = np.where(inside, words.index.name_start[self.names][:, None] + np.arange(width), 0)
        self.right = np.where(inside, words.index.arrays["name_part"][spots], np.int64(-1))
        arrays = words.index.arrays
        self.right_role = np.where(inside, arrays["name_role"][spots], 255)
        self.person = probes.person[self.probe]
        column = np.where(self.person, 0, 1)[:, None]
        self.left_role = np.where(self.left >= 0, words.role[self.left], 255)
        self.left_rarity = words.rarity[self.left, column]
        rare = arrays["part_rarity"][self.right, column]
        rare = np.where(self.right_role == Role.NUMBER, np.float32(2.5), rare)
        self.right_rarity = np.where(self.right_role == Role.INITIAL, np.float32(1.0), rare)

    def grades(self) -> Any:
        """Grades of all parts against all: int8 (n, width, width)."""
        width = self.left.shape[1]
        found = np.zeros((len(self.left), width, width), np.int8)
        pair, i, j, grade = self.cells
        found[pair, i, j] = grade
        some = np.flatnonzero((self.left_role == Role.INITIAL).any(1) | (self.right_role == Role.INITIAL).any(1))
        if len(some):
            found[some] = self._with_initials(found[some], some)
        return found

    def _with_initials(self, found: Any, some: Any) -> Any:
        """Grades of some of the pairs, with what initials may stand for."""
        left, right = self.left[some], self.right[some]
        left_role, right_role = self.left_role[some][:, :, None], self.right_role[some][:, None, :]
        initial = left_role == Role.INITIAL, right_role == Role.INITIAL
        real = (left >= 0)[:, :, None] & (right >= 0)[:, None, :]
        same = self.words.first[left][:, :, None] == self.words.index.part_first[right][:, None, :]
        grade = np.where(initial[0] & initial[1], np.int8(Grade.EXACT), np.int8(Grade.INITIAL))
        numbers = (left_role == Role.NUMBER) | (right_role == Role.NUMBER)
        return np.where((initial[0] | initial[1]) & real, np.where(same & ~numbers, grade, np.int8(0)), found)

    def sums(self, weights: Weights) -> Any:
        """The sums of all pairs; leaves in `agree` which of them have a part in common."""
        grade = self.grades()
        count, width = self.left.shape
        number = self.left_rarity.dtype
        share, constant = agreement(weights, number)
        lower = np.minimum(self.left_rarity[:, :, None], self.right_rarity[:, None, :])
        gain = np.where(grade > 0, share[grade] * lower + constant[grade], np.float32(0)).reshape(count, -1)
        grade = grade.reshape(count, -1)
        total = np.full(count, weights.prior, number)
        taken = np.full((count, width), -1, np.int64)  # listed position of each query part
        all_exact, sounding, alike = (np.ones(count, bool) for _ in range(3))
        anchored, slips = np.zeros(count, bool), np.zeros(count, np.int64)
        rows = np.arange(count)
        for _ in range(width):
            best = gain.argmax(1)
            value = gain[rows, best]
            more = value > 0
            if not more.any():
                break
            total += np.where(more, value, np.float32(0))
            all_exact &= ~more | (grade[rows, best] == Grade.EXACT)
            sounding &= ~more | (grade[rows, best] <= Grade.VARIANT)
            alike &= ~more | (grade[rows, best] <= Grade.NEAR)
            slips += more & IS_TYPED[grade[rows, best]]
            anchored |= more & IS_ANCHOR[grade[rows, best]]
            i, j = best // width, best % width
            taken[rows[more], i[more]] = j[more]
            cube = gain.reshape(count, width, width)
            cube[rows[more], i[more], :] = 0
            cube[rows[more], :, j[more]] = 0
        self.agree = (taken >= 0).any(1)
        fill = weights.identical_fill * np.maximum(0, weights.identical_floor - (total - weights.prior))
        other = np.where(sounding, weights.sounding, weights.whole)
        identical = np.where(all_exact, weights.identical + fill, other)
        adrift = ~anchored & ((taken >= 0).sum(1) > 1)
        rest = self._rest(taken, identical, other, alike, total - weights.prior, weights)
        return total + weights.unanchored * adrift + weights.slips * np.maximum(0, slips - 1) + rest

    def _rest(self, taken: Any, identical: Any, other: Any, alike: Any, agreed: Any, weights: Weights) -> Any:
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
        syllabic = turned & self.probes.syllabic[self.probe] & ~lineage
        covered = (extras == 0) & (misses == 0) & ~(turned & lineage)
        rest += np.where(covered & (pairs >= 2), np.where(syllabic, other, identical), 0)
        rest += weights.single * (covered & (pairs == 1) & alike)
        rest += weights.lone * ((pairs == 1) & (extras + misses > 0))
        order = np.where(syllabic, weights.syllable_order, weights.order)
        rest += np.where(turned, np.where(lineage, weights.lineage_order, order), 0)
        rest += weights.weak * ((self._flags & WEAK) > 0)
        rest += weights.characters * (self.probes.characters[self.probe] != ((self._flags & CHARACTERS) > 0))
        own_form = self.probes.form[self.probe]
        form = self.words.index.arrays["name_form"][self.names].astype(np.int64)
        rest += weights.form_conflict * (~self.person & (own_form > 0) & (form > 0) & (own_form != form))
        return rest.astype(self.left_rarity.dtype)

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
        lineage = self.probes.lineage[self.probe] & ((self._flags & LINEAGE) > 0)
        strict = (inside & ~last & (places > following)).any(1)
        return (pairs >= 2) & np.where(lineage, strict, falls > 1), lineage
