"""Which likenesses of a query's parts can lead to a sum that is wanted, so that the rest need not be followed.

Takes probes, their `Words` and for each probe the least sum wanted; gives the postings to read. The bounds here must
not be lower than the sums of `batch`, whatever the weights; a test holds that nothing above the least sum is lost.

A name is reached through any part it shares with the query. Its sum is at most what all parts of the query gain at
their best: a likeness that even then falls short is left out. Of the parts with the longest postings, as many are left
out as fall short together: a name that has no other part of the query cannot reach the sum (the MaxScore method).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from allonym.index.build import CLASSES
from allonym.index.probe import Probes
from allonym.index.words import Words, firsts
from allonym.matching.alike import Likenesses
from allonym.matching.found import ROUNDING, agreement
from allonym.matching.weights import Weights
from allonym.names.parts import Role
from allonym.names.similarity import Grade

FAN_BITS = 32


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read. First axis: names without and with an initial among their parts; second axis: likenesses.

    `row`: the row of the postings; `kept`: those that can lead to a sum that is wanted; `read`: those that must be read
    for that; `load` by probe: how many names that makes."""

    row: Any
    kept: Any
    read: Any
    load: Any
    bounds: "Bounds"


def reach(words: Words, probes: Probes, like: Likenesses, weights: Weights, least: Any) -> Reading:
    """The likenesses that must be followed. `least`: nats by probe."""
    bounds = Bounds(probes, like, weights)
    starts = words.index.arrays["post_start"]
    probe = like.owner[like.slot]
    row = like.part.astype(np.int64) * CLASSES + probes.person[probe] + np.array([[0], [2]])
    least = least - ROUNDING
    wanted = least[probe]
    fan = starts[row + 1] - starts[row]
    kept = ((like.gain > 0) | np.isneginf(wanted)) & (fan > 0) & (bounds.of_likenesses() >= wanted)
    fan = np.where(kept, fan, 0)
    read = kept & bounds.needed(fan, least)[:, like.slot]
    return Reading(row, kept, read, np.bincount(probe, (fan * read).sum(0), len(probes)), bounds)


class Bounds:
    """Upper bounds of sums; first axis: names without and with an initial among their parts."""

    def __init__(self, probes: Probes, like: Likenesses, weights: Weights) -> None:
        self.probes, self.like, self.weights = probes, like, weights
        self.first = probes.first
        self.initial = like.role == Role.INITIAL
        best = np.zeros(len(like.owner), np.float32)
        if len(like.slot):
            runs = np.flatnonzero(firsts(like.slot))
            best[like.slot[runs]] = np.maximum(np.maximum.reduceat(like.gain, runs), 0)
        share, constant = agreement(weights)
        # An initial has a rarity of 1; a part that it stands for may have a lower one.
        stands = max(0.0, float(constant[Grade.INITIAL]), float(share[Grade.INITIAL] + constant[Grade.INITIAL]))
        both = max(stands, float(share[Grade.EXACT] + constant[Grade.EXACT]))
        self.stands = np.where(like.role == Role.NUMBER, np.float32(0), np.float32(stands))
        self.best = np.empty((2, len(best)), np.float32)
        self.best[0] = np.where(self.initial, np.float32(stands), best)
        self.best[1] = np.where(self.initial, np.float32(both), np.maximum(best, self.stands))
        loss = np.minimum(0, weights.extra_share * like.own + weights.extra_constant)
        self.loss = np.where(self.initial, np.float32(0), loss.astype(np.float32))
        self.alone = min(0.0, weights.lone)
        self.whole = max(0.0, weights.whole, weights.sounding)
        self.has_initial = np.add.reduceat(self.initial, self.first, dtype=np.int64) > 0

    def of_likenesses(self) -> Any:
        """The highest sum of a name that is reached through each likeness: (2, likenesses)."""
        like, weights, probes = self.like, self.weights, self.probes
        slot, probe = like.slot, like.owner[like.slot]
        total = np.add.reduceat(self.best, self.first, axis=1)
        agreed = like.gain + total[:, probe] - self.best[:, slot]
        fill = weights.identical_fill * np.maximum(0, weights.identical_floor - agreed)
        exact = np.empty(agreed.shape, bool)
        exact[0] = like.grade == Grade.EXACT
        np.logical_and(exact[0], self.has_initial[probe], out=exact[1])
        bonus = np.where(exact, np.maximum(self.whole, weights.identical + fill), self.whole)
        bonus = np.where(probes.size[probe] == 1, np.maximum(bonus, weights.single), bonus)
        # A part without any likeness is left over for certain, unless the listing has an initial that may be it.
        lost = (self.best[0] == 0) & ~self.initial
        losses = np.add.reduceat(np.where(lost, self.loss, np.float32(0)), self.first)
        open_ = np.add.reduceat(lost, self.first, dtype=np.int64)
        only = (open_ > 0) & (open_ == probes.size - 1) & ~self.has_initial
        losses += np.where(only, np.float32(self.alone), np.float32(0))
        bonus[0] = np.where(open_[probe] > 0, losses[probe], bonus[0])
        return weights.prior + agreed + bonus

    def needed(self, fan: Any, least: Any) -> Any:
        """The slots whose postings must be read, (2, slots) bool, when each likeness has `fan` names."""
        owner, count = self.like.owner, len(self.like.owner)
        crowd = np.empty((2, count), np.int64)
        for kind in range(2):
            crowd[kind] = np.bincount(self.like.slot, fan[kind], count)
        order = np.argsort(owner << FAN_BITS | ((1 << FAN_BITS) - 1 - crowd), 1, kind="stable")
        order[1] += count  # places in the flat arrays
        rest = np.empty((2, count), np.float32)
        rest[0], rest[1] = self.loss, np.where(self.initial, np.float32(0), self.stands)
        counted = ~self.initial
        step = ((self.best - rest) * counted).ravel()[order]
        fixed = np.add.reduceat(np.where(counted, rest, self.best), self.first, axis=1)  # when nothing else counts
        gained = np.cumsum(step, 1, dtype=np.float64)
        before = gained[:, self.first] - step[:, self.first]
        place = np.arange(count) - self.first[owner]
        bound = self.weights.prior + (fixed - before)[:, owner] + gained
        bound[0] += ((place == 0) & ~self.has_initial[owner]) * self.alone
        bound[1] += self.whole
        parts = np.add.reduceat(counted, self.first, dtype=np.int64)
        needed = np.empty(2 * count, bool)
        needed[order] = (bound >= least[owner]) | (place >= parts[owner] - 1)
        return needed.reshape(2, count)

    def of_parts(self, probe: int, kind: int) -> Any:
        """The highest sum of a name by the set of parts of the probe that it has: bit n of the place is part n."""
        slots = slice(int(self.first[probe]), int(self.first[probe] + self.probes.size[probe]))
        initial, best = self.initial[slots], np.where(self.initial[slots], np.float32(0), self.best[kind, slots])
        free = float(self.best[kind, slots][initial].sum())
        rest = np.where(initial, np.float32(0), self.stands[slots] if kind else self.loss[slots])
        has = (np.arange(1 << len(best))[:, None] >> np.arange(len(best)) & 1).astype(bool)
        agreed = np.where(has, best, np.maximum(rest, 0)).sum(1) + free
        bound = self.weights.prior + agreed + np.where(has, np.float32(0), np.minimum(rest, 0)).sum(1)
        covered = (has | initial).all(1) if not kind else np.ones(len(has), bool)
        fill = self.weights.identical_fill * np.maximum(0, self.weights.identical_floor - agreed)
        bonus = np.maximum(max(self.whole, self.weights.single), self.weights.identical + fill)
        lone = (has.sum(1) == 1) & (not initial.any() and len(best) > 1 and not kind)
        return bound + np.where(covered, bonus, np.where(lone, np.float32(self.alone), np.float32(0)))
