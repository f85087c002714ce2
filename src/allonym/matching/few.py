"""A few probes searched one by one: what `find` does in arrays, for which a call costs more than the work.

Takes probes and the least sum wanted of each; gives the pairs that `find` gives, or says that one of the probes brings
too many names in. A test holds the two together. The bounds here must not be lower than the sums, whatever the weights.

A probe's likenesses are followed where they can lead to the sum that is wanted, see `reach`; the names they lead to
are bounded by the best that each of their parts can gain or must cost, and the rest is weighed by the rule of `names`.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from allonym.index.build import CLASSES, INITIALS
from allonym.index.probe import Probe
from allonym.index.words import Words, firsts, spread
from allonym.matching.crowd import MANY
from allonym.matching.few_sums import Alike, sums
from allonym.matching.found import ROUNDING, agreement, initial_gain
from allonym.matching.weights import Weights
from allonym.names.frequency import CEILING, FLOOR, NUMBER_RARITY
from allonym.names.parts import Role
from allonym.names.similarity import Grade

MOST_PROBES = 12  # from which arrays over all of them are quicker
FEW = 6  # names that are weighed without being bounded first
FIRST_LETTER = ord("a")
NOBODY = np.empty(0, np.int64)


class Few:
    """Searches an index by a few probes at a time."""

    def __init__(self, words: Words, weights: Weights) -> None:
        self.words, self.weights = words, weights
        self.arrays = words.index.arrays
        self.share, self.constant = agreement(weights)
        self.alone = min(0.0, weights.lone)
        self.whole = max(0.0, weights.whole, weights.sounding)
        share, constant = float(self.share[Grade.INITIAL]), float(self.constant[Grade.INITIAL])
        #: What an initial gains where it stands for a part, and where it is another initial.
        self.stands = max(0.0, constant, share + constant)
        self.both = max(self.stands, float(self.share[Grade.EXACT] + self.constant[Grade.EXACT]))
        self.initial = initial_gain(weights)
        common = weights.missing_share * FLOOR, weights.missing_share * CEILING
        self.missing = min(0.0, max(common) + weights.missing_constant)

    @cached_property
    def _rarity(self) -> tuple[Any, Any]:
        """Rarity of the listed parts as a person's and as an organisation's."""
        rare = self.arrays["part_rarity"]
        return np.ascontiguousarray(rare[:, 0]), np.ascontiguousarray(rare[:, 1])

    @cached_property
    def _costs(self) -> tuple[Any, Any]:
        """What each listed part costs at least when it is left over; room for what it gains, to be given back."""
        digits = self.words.index.part_first < FIRST_LETTER
        found = []
        for rare in self._rarity:
            rare = np.where(digits, np.minimum(rare, np.float32(NUMBER_RARITY)), rare)
            cost = self.weights.missing_share * rare + self.weights.missing_constant
            found.append(np.minimum(0, cost).astype(np.float32))
        return found[0], found[1]

    def find(
        self, probes: Sequence[Probe], least: Sequence[float], *, allowed: Any = None
    ) -> tuple[Any, Any, Any] | None:  # fmt: skip
        """(probe, name, sum) of the pairs found, as `find.find` has them; None where a probe brings too many in.
        `least`: by probe, nats, above the prior."""
        probe, names, totals = list[int](), list[int](), list[float]()
        for number, (one, wanted) in enumerate(zip(probes, least, strict=True)):
            like = self._likenesses(one)
            read = self._names(one, like, wanted - ROUNDING) if len(like.part) else NOBODY
            if read is None:
                return None
            if allowed is not None:
                read = read[allowed[read]]
            if len(read) > FEW:
                read = read[self._most(one, like, read) >= wanted - ROUNDING]
            if len(read):
                rarity = self._rarity[0 if one.person else 1]
                for name, total in zip(
                    read.tolist(), sums(self.words, self.weights, rarity, one, like, read), strict=True
                ):
                    if total >= wanted:
                        probe.append(number)
                        names.append(name)
                        totals.append(total)
        return np.array(probe, np.int64), np.array(names, np.int64), np.array(totals, np.float32)

    def _names(self, probe: Probe, like: Alike, least: float) -> Any:
        """The names in the postings that must be read, sorted; None where they are too many."""
        rows = self._rows(probe, like, least)
        if rows is None or not len(rows):
            return rows
        starts, posts = self.arrays["post_start"], self.arrays["post_name"]
        ends = zip(starts[rows].tolist(), starts[rows + 1].tolist(), strict=True)
        names = np.concatenate([posts[start:end] for start, end in ends])
        names.sort()
        return names[firsts(names)].astype(np.int64)

    def _likenesses(self, probe: Probe) -> Alike:
        words, column = self.words, 0 if probe.person else 1
        numbers = list(probe.words)
        starts, counts = words.start[numbers].tolist(), words.count[numbers]
        parts, grades = words.part, words.grade
        sizes = counts.tolist()
        runs = [slice(start, start + size) for start, size in zip(starts, sizes, strict=True)]
        part, grade = np.concatenate([parts[run] for run in runs]), np.concatenate([grades[run] for run in runs])
        role, own = words.role[numbers].tolist(), words.rarity[numbers, column]
        slot = own.repeat(counts)
        lower = np.minimum(slot, self._rarity[column][part])
        if Role.NUMBER in role:
            # The rarity of a number does not depend on the list.
            lower = np.where(np.array([r == Role.NUMBER for r in role]).repeat(counts), slot, lower)
        gain = self.share[grade] * lower + self.constant[grade]
        gains, best, at = gain.tolist(), list[float](), 0
        for size in sizes:
            best.append(max(0.0, max(gains[at : at + size], default=0.0)))
            at += size
        return Alike(part, grade, gain, counts, best, own.tolist(), role)

    def _losses(self, like: Alike) -> list[float]:
        """What each part costs at most, as a sum below zero, when nothing is like it; an initial's leftover is free."""
        share, constant = self.weights.extra_share, self.weights.extra_constant
        return [0.0 if role == Role.INITIAL else min(0.0, share * rare + constant)
                for rare, role in zip(like.rarity, like.role, strict=True)]  # fmt: skip

    def _rows(self, probe: Probe, like: Alike, least: float) -> Any:
        """The rows of the postings that must be read; None where they hold too many names."""
        losses, size, counts = self._losses(like), len(like.best), like.counts
        best, limits = [], []
        for kind in range(2):
            most, bonus = self._bests(like, kind), self._bonus(probe, like, losses, kind)
            total = self.weights.prior + sum(most)
            best.append(most)
            limits.append([max(least - (total - own) - bonus, 1e-9) for own in most])
        kept = like.gain >= np.array(limits).repeat(counts, 1)
        self._keep_exact(probe, like, least, best, kept)
        row = like.part * np.int64(CLASSES) + int(probe.person)
        rows = np.array([row, row + 2])
        starts = self.arrays["post_start"]
        kind, at = kept.nonzero()
        rows = rows[kind, at]
        fan = starts[rows + 1].astype(np.int64) - starts[rows]
        slot = kind * size + np.arange(size).repeat(counts)[at]
        crowd = np.bincount(slot, fan, 2 * size).tolist()
        plain, others = crowd[:size], crowd[size:]
        needed = self._needed(like, (best[0], losses), plain, least, 0.0 if probe.initials else self.alone)
        rest = [0.0 if role in (Role.INITIAL, Role.NUMBER) else self.stands for role in like.role]
        needed += self._needed(like, (best[1], rest), others, least - self.whole, 0.0)
        if sum(crowd[n] for n, wanted in enumerate(needed) if wanted) > MANY:
            return None
        return rows[np.array(needed)[slot] & (fan > 0)]

    def _bests(self, like: Alike, kind: int) -> list[float]:
        """The most that each part can gain from a name, without (0) or with (1) an initial among its parts."""
        if not kind:
            return [self.stands if role == Role.INITIAL else one
                    for one, role in zip(like.best, like.role, strict=True)]  # fmt: skip
        return [self.both if role == Role.INITIAL else one if role == Role.NUMBER else max(one, self.stands)
                for one, role in zip(like.best, like.role, strict=True)]  # fmt: skip

    def _bonus(self, probe: Probe, like: Alike, losses: list[float], kind: int) -> float:
        """The most that the rest can add to a name that has a part like one of the probe's, but not the same."""
        open_ = [] if kind else [n for n, best in enumerate(like.best) if not best and like.role[n] != Role.INITIAL]
        if open_:
            only = len(open_) == len(losses) - 1 and not probe.initials
            return sum([losses[n] for n in open_]) + (self.alone if only else 0.0)
        return max(self.whole, self.weights.single) if len(losses) == 1 else self.whole

    def _keep_exact(self, probe: Probe, like: Alike, least: float, best: list[list[float]], kept: Any) -> None:
        """Names of which all parts may be the same can get more."""
        open_ = [one for one, role in zip(like.best, like.role, strict=True) if not one and role != Role.INITIAL]
        kinds = [kind for kind in range(2) if (probe.initials if kind else not open_)]
        if not kinds:
            return
        ends = like.counts.cumsum().tolist()
        for at in (like.grade == Grade.EXACT).nonzero()[0].tolist():
            slot = next(n for n, end in enumerate(ends) if at < end)
            gain = float(like.gain[at])
            for kind in kinds:
                agreed = gain + sum(best[kind]) - best[kind][slot]
                if gain > 0 and self.weights.prior + agreed + self._identical(agreed) >= least:
                    kept[kind, at] = True

    def _identical(self, agreed: float) -> float:
        fill = self.weights.identical_fill * max(0.0, self.weights.identical_floor - agreed)
        return max(self.whole, self.weights.identical + fill)

    def _needed(
        self, like: Alike, sums: tuple[list[float], list[float]], crowd: list[float], least: float, lone: float
    ) -> list[bool]:  # fmt: skip
        """Which parts' postings must be read: those of the longest need not be, as far as they fall short together.

        `sums`: what a part gives at its best, and when the name does not have it; `lone`: what one part alone costs.
        """
        best, rest = sums
        needed, counted = [True] * len(best), [n for n, role in enumerate(like.role) if role != Role.INITIAL]
        bound = self.weights.prior + sum(best) + sum([rest[n] - best[n] for n in counted])
        order = sorted(counted, key=lambda n: -crowd[n])
        for place, slot in enumerate(order[:-1]):
            bound += best[slot] - rest[slot]
            needed[slot] = bound + (0.0 if place else lone) >= least
        return needed

    def _most(self, probe: Probe, like: Alike, names: Any) -> Any:
        """The most that each of these names can weigh."""
        weights, room = self.weights, self._costs[0 if probe.person else 1]
        first = self.words.index.name_start[names]
        size = self.words.index.name_start[names + 1] - first
        spots = spread(first, size)
        part = self.arrays["name_part"][spots]
        gaining = (like.gain > 0).nonzero()[0]
        gaining = gaining[like.gain[gaining].argsort(kind="stable")]
        marked = like.part[gaining]
        before = room[marked]
        # Of two likenesses of a part the later is written last: it gains more.
        room[marked] = like.gain[gaining]
        value = room[part]
        room[marked] = before
        runs = size.cumsum() - size
        gains = value > 0
        alike = np.add.reduceat(gains, runs, dtype=np.int64)
        agreed = np.add.reduceat(np.where(gains, value, np.float32(0)), runs)
        cost = np.add.reduceat(np.where(gains, np.float32(0), value), runs)
        own = len(like.best)
        extras, misses = np.maximum(own - alike, 0), size - np.minimum(alike, own)
        spare = np.full(len(names), probe.initials)
        if probe.initials or (self.arrays["name_flags"][names] & INITIALS).any():
            # As many parts as there are initials may have a counterpart after all.
            spare = np.add.reduceat(self.arrays["name_role"][spots] == Role.INITIAL, runs, dtype=np.int64) + spare
            agreed = agreed + spare * self.initial
            extras, misses = np.maximum(extras - spare, 0), np.maximum(misses - spare, 0)
            cost = np.where(spare > 0, self.missing * misses, cost)
        cost = cost + max(self._losses(like)) * extras
        both = np.minimum(extras, misses)
        cost += min(0.0, weights.conflict) * both
        cost += np.where(both > 0, min(0.0, max(-1.0, weights.conflict_agreed)) * agreed, 0)
        cost += np.where((alike == 1) & (spare == 0), self.alone, 0.0)
        fill = weights.identical_fill * np.maximum(0, weights.identical_floor - agreed)
        bonus = np.maximum(max(self.whole, weights.single), weights.identical + fill)
        return weights.prior + agreed + np.where(extras + misses > 0, cost, bonus)
