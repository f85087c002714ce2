"""Pairs of probe and name with the parts in which they are alike, and which of them can reach the sum that is wanted.

Takes pairs; gives those that may, with their cells of alike parts. The limit here must not be lower than the sums of
`batch`, whatever the weights; a test holds that nothing above the least sum is lost.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from allonym.index.build import INITIALS
from allonym.index.probe import Probes
from allonym.index.words import Words, spread
from allonym.matching.alike import Cells, Likenesses
from allonym.matching.weights import Weights
from allonym.names.frequency import CEILING, FLOOR, NUMBER_RARITY
from allonym.names.parts import Role
from allonym.names.similarity import Grade

ROUNDING = 0.01  # nats: sums are of 32 bits
MANY = 100  # pairs from which it pays to weigh their leftovers before they are scored
Leftovers = Callable[[Any, Any, Weights], Any]


def agreement(weights: Weights, number: Any = np.float32) -> tuple[Any, Any]:
    """Share of the rarity and constant that an agreeing pair weighs, by grade, as numbers of that type."""
    return np.array(weights.agree_share, number), np.array(weights.agree_constant, number)


class Found:
    """Pairs (`probe`, `names`) and their `cells`: (pair, place in the probe, place in the name, grade) by pair."""

    def __init__(
        self, words: Words, probes: Probes, probe: Any, names: Any, like: Likenesses
    ) -> None:  # fmt: skip
        self.words, self.probes, self.probe, self.names = words, probes, probe, names
        start = words.index.name_start
        first = start[names]
        self.size = start[names + 1] - first
        spots = spread(first, self.size)
        owner = np.repeat(np.arange(len(names)), self.size)
        cells = Cells(like, words.seen)
        spot, row = cells.find(probe[owner], words.index.arrays["name_part"][spots])
        cells.close()
        pair = owner[spot]
        self._gains = like.gain[row]
        self.initials = self._count_initials()
        self.cells = pair, like.place[like.slot[row]], spots[spot] - first[pair], like.grade[row]

    def limit(self, weights: Weights, least: Any) -> None:
        """Keep only the pairs that may reach their least sum."""
        self._keep(weights.prior + self._most(weights, self._at_least) >= least[self.probe] - ROUNDING)
        if len(self.probe) > MANY:
            self._keep(weights.prior + self._most(weights, self._leftovers) >= least[self.probe] - ROUNDING)

    def _keep(self, kept: Any) -> None:
        pair, i, j, grade = self.cells
        stay = kept[pair]
        place = np.cumsum(kept) - 1
        self.cells = place[pair[stay]], i[stay], j[stay], grade[stay]
        self.probe, self.names, self.size = self.probe[kept], self.names[kept], self.size[kept]
        self._gains, self.initials = self._gains[stay], self.initials[kept]

    def _at_least(self, extras: Any, misses: Any, weights: Weights) -> Any:
        """What at least so many leftovers cost when all of them are common, as a sum below zero."""
        common = np.array([[FLOOR], [CEILING]])
        extra = min(0.0, float((weights.extra_share * common + weights.extra_constant).max()))
        missing = min(0.0, float((weights.missing_share * common + weights.missing_constant).max()))
        return extras * extra + misses * missing

    def _leftovers(self, extras: Any, misses: Any, weights: Weights) -> Any:
        """What the parts without a cell cost, as a sum below zero."""
        words, probes, index = self.words, self.probes, self.words.index
        pair, i, j, _ = self.cells
        count = len(self.probe)
        column = 1 - probes.person[self.probe].view(np.int8)
        cost = np.minimum(0, weights.extra_share * words.rarity + weights.extra_constant)
        rows = probes.rows[self.probe]
        left = np.where(rows >= 0, cost[rows, column[:, None]], 0)
        left[pair, i] = 0
        owner = np.repeat(np.arange(count), self.size)
        first = index.name_start[self.names]
        spots = spread(first, self.size)
        role = index.arrays["name_role"][spots]
        rare = index.arrays["part_rarity"][index.arrays["name_part"][spots], column[owner]]
        rare = np.where(role == Role.NUMBER, np.minimum(rare, NUMBER_RARITY), rare)
        right = np.minimum(0, weights.missing_share * rare + weights.missing_constant)
        right[(np.cumsum(self.size) - self.size)[pair] + j] = 0
        return left.sum(1) + np.bincount(owner, right, count)

    def _most(self, weights: Weights, leftovers: Leftovers) -> Any:
        """The most that the names of each pair can weigh."""
        pair, i, j, grade = self.cells
        count = len(self.probe)
        agreed = np.bincount(pair, self._gains, count)
        extras = self.probes.size[self.probe] - _different(pair, i, count)
        misses = self.size - _different(pair, j, count)
        # What has no cell is left over for certain, but for as many parts as there are initials: they have no cells.
        own, listed = self.probes.initials[self.probe], self.initials
        spare = own + listed
        left, right = np.maximum(extras - spare, 0), np.maximum(misses - spare, 0)
        agreed = agreed + initial_gain(weights) * spare
        exact = np.bincount(pair[grade == Grade.EXACT], minlength=count) + np.minimum(own, listed) >= self.size
        whole = _as_a_whole(agreed, exact, self.size, weights)
        cost = np.where(spare > 0, self._at_least(left, right, weights), leftovers(extras, misses, weights))
        cost += _conflict(agreed, np.minimum(left, right), weights)
        cost += min(0.0, weights.lone) * ((np.bincount(pair, minlength=count) == 1) & (spare == 0))
        return agreed + np.where(left + right == 0, whole, cost)

    def _count_initials(self) -> Any:
        """How many initials each name has."""
        index = self.words.index
        found = np.zeros(len(self.names), np.int64)
        some = np.flatnonzero(index.arrays["name_flags"][self.names] & INITIALS)
        if len(some):
            spots = spread(index.name_start[self.names[some]], self.size[some])
            is_initial = index.arrays["name_role"][spots] == Role.INITIAL
            found[some] = np.add.reduceat(is_initial, np.cumsum(self.size[some]) - self.size[some], dtype=np.int64)
        return found


def initial_gain(weights: Weights) -> float:
    """The most that one initial can add."""
    share, constant = agreement(weights)
    stands = max(float(constant[Grade.INITIAL]), float(share[Grade.INITIAL] + constant[Grade.INITIAL]))
    return max(0.0, stands, float(share[Grade.EXACT] + constant[Grade.EXACT]))


def _different(pair: Any, place: Any, count: int) -> Any:
    """How many different places each of `count` pairs has."""
    seen = np.zeros((count, int(place.max()) + 1 if len(place) else 1), bool)
    seen[pair, place] = True
    return seen.sum(1)


def _as_a_whole(agreed: Any, exact: Any, size: Any, weights: Weights) -> Any:
    """The most that a pair without leftovers can get as a whole; `exact`: all of its parts may be the same."""
    fill = weights.identical_fill * np.maximum(0, weights.identical_floor - agreed)
    other = max(0.0, weights.whole, weights.sounding)
    found = np.where(exact, np.maximum(other, weights.identical + fill), other)
    return np.where(size == 1, np.maximum(found, weights.single), found)


def _conflict(agreed: Any, both: Any, weights: Weights) -> Any:
    """What it costs that each side has so many parts the other lacks, as a sum below zero."""
    share = min(0.0, max(-1.0, weights.conflict_agreed))  # of an upper bound: more would be no bound
    return min(0.0, weights.conflict) * both + np.where(both > 0, share * agreed, 0)
