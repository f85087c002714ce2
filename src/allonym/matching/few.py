"""A few probes searched one by one: what `find` does in arrays, for which a call costs more than the work.

Takes probes and the least sum wanted of each; gives the pairs that `find` gives, or says that one of the probes brings
too many names in. A test holds the two together. The bounds here must not be lower than the sums, whatever the weights.

A probe's likenesses are followed where they can lead to the sum that is wanted, see `reach`; the names they lead to
are bounded by the best that each of their parts can gain or must cost, and the rest is weighed by the rule of `names`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from allonym.index.build import CLASSES, INITIALS
from allonym.index.probe import Probe, Probes
from allonym.index.words import Words, firsts, spread
from allonym.matching.alike import likenesses
from allonym.matching.few_sums import Alike, sums
from allonym.matching.find import summed
from allonym.matching.found import ROUNDING, Found, agreement, initial_gain
from allonym.matching.weights import Weights
from allonym.names.frequency import CEILING, FLOOR, NUMBER_RARITY
from allonym.names.parts import Role
from allonym.names.similarity import Grade

MOST_PROBES = 12  # from which arrays over all of them are quicker
MANY = 4_000  # names to look at for one probe, beyond which its parts are laid over each other, see `crowd`
FEW = 6  # names that are weighed without being bounded first
MOST_ALONE = 25  # names that are weighed one by one
FIRST_LETTER = ord("a")
EXACT, INITIAL, NUMBER = int(Grade.EXACT), int(Role.INITIAL), int(Role.NUMBER)
NOBODY = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Readings:
    """Probes of the same words: `alike` and `columns` (of the rarities) by probe; by likeness `part` (listed) and
    `gain`, (probes, likenesses); `counts` of likenesses by word; `exact`: those of the same words."""

    alike: list[Alike]
    columns: Any
    part: Any
    gain: Any
    counts: Any
    exact: list[int]


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
    def _rarity(self) -> Any:
        """Rarity of the listed parts, in a person's name and in an organisation's: (2, n)."""
        return np.ascontiguousarray(self.arrays["part_rarity"].T)

    @cached_property
    def _costs(self) -> Any:
        """What each listed part costs at least when it is left over, for persons and then for organisations: (2n,);
        room for what it gains, to be given back."""
        digits = self.words.index.part_first < FIRST_LETTER
        rare = np.where(digits, np.minimum(self._rarity, np.float32(NUMBER_RARITY)), self._rarity)
        cost = self.weights.missing_share * rare + self.weights.missing_constant
        return np.minimum(0, cost).astype(np.float32).ravel()

    def find(
        self, probes: Sequence[Probe], least: Sequence[float], *, allowed: Any = None
    ) -> tuple[Any, Any, Any] | None:  # fmt: skip
        """(probe, name, sum) of the pairs found, as `find.find` has them; None where a probe brings too many in.
        `least`: by probe, nats, above the prior."""
        together: dict[tuple[tuple[int, ...], float], list[int]] = {}
        for number, (probe, wanted) in enumerate(zip(probes, least, strict=True)):
            together.setdefault((probe.words, wanted), []).append(number)
        found: list[list[tuple[int, float]]] = [[] for _ in probes]
        for (_, wanted), numbers in together.items():
            readings = self._likenesses([probes[number] for number in numbers])
            names = self._names(readings, wanted - ROUNDING)
            if names is None:
                return None
            if allowed is not None:
                names = [some[allowed[some]] for some in names]
            if sum(map(len, names)) > FEW:
                names = self._bounded(readings, names, wanted - ROUNDING)
            for number, pairs in zip(numbers, self._summed(readings, names, wanted), strict=True):
                found[number] = pairs
        owner = np.arange(len(probes)).repeat([len(pairs) for pairs in found])
        names = [name for pairs in found for name, _ in pairs]
        totals = [total for pairs in found for _, total in pairs]
        return owner, np.array(names, np.int64), np.array(totals, np.float32)

    def _summed(self, readings: _Readings, names: list[Any], least: float) -> Iterator[list[tuple[int, float]]]:
        """By probe, the names that have the least sum, with it."""
        if sum(map(len, names)) > MOST_ALONE:
            probes = Probes([like.probe for like in readings.alike])
            probe = np.arange(len(names)).repeat([len(some) for some in names])
            like = likenesses(self.words, probes, self.share, self.constant)
            found = Found(self.words, probes, probe, np.concatenate(names), like)
            probe, number, total = summed(found, self.weights, np.full(len(names), least, np.float32))
            for one in range(len(names)):
                yield list(zip(number[probe == one].tolist(), total[probe == one].tolist(), strict=True))
            return
        for alike, some in zip(readings.alike, names, strict=True):
            rarity = self._rarity[0 if alike.probe.person else 1]
            totals = sums(self.words, self.weights, rarity, alike, some) if len(some) else []
            yield [(name, one) for name, one in zip(some.tolist(), totals, strict=True) if one >= least]

    def _likenesses(self, probes: list[Probe]) -> _Readings:
        """Of probes with the same words."""
        words, numbers = self.words, list(probes[0].words)
        columns = [0 if probe.person else 1 for probe in probes]
        starts, counts = words.start[numbers].tolist(), words.count[numbers]
        sizes = counts.tolist()
        runs = [slice(start, start + size) for start, size in zip(starts, sizes, strict=True)]
        part = np.concatenate([words.part[run] for run in runs])
        grade = np.concatenate([words.grade[run] for run in runs])
        role, own = words.role[numbers].tolist(), words.rarity[numbers].T[columns]
        slot = own.repeat(counts, 1)
        lower = np.minimum(slot, self._rarity[:, part][columns])
        if NUMBER in role:
            # The rarity of a number does not depend on the list.
            lower = np.where(np.array([r == NUMBER for r in role]).repeat(counts), slot, lower)
        gain = self.share[grade] * lower + self.constant[grade]
        share, constant = self.weights.extra_share, self.weights.extra_constant
        alike = []
        for probe, rarity, values in zip(probes, own.tolist(), gain.tolist(), strict=True):
            best, at = list[float](), 0
            for size in sizes:
                best.append(max(0.0, max(values[at : at + size], default=0.0)))
                at += size
            losses = [0.0 if r == INITIAL else min(0.0, share * rare + constant)
                      for rare, r in zip(rarity, role, strict=True)]  # fmt: skip
            open_ = [n for n, most in enumerate(best) if not most and role[n] != INITIAL]
            alike.append(Alike(probe, part, grade, values, sizes, best, rarity, losses, role, open_))
        return _Readings(alike, np.array(columns), part, gain, counts, (grade == EXACT).nonzero()[0].tolist())

    def _names(self, readings: _Readings, least: float) -> Any:
        """The names in the postings that must be read, sorted, by probe; None where they are too many."""
        size, alike, posts = len(readings.counts), readings.alike, self.arrays["post_name"]
        rooms = [(like, kind) for like in alike for kind in range(2)]
        bests = [self._bests(like, kind) for like, kind in rooms]
        limits = []
        for (like, kind), best in zip(rooms, bests, strict=True):
            base = self.weights.prior + sum(best) + self._bonus(like, kind)
            limits.append([max(least - (base - own), 1e-9) for own in best])
        kept = readings.gain.repeat(2, 0) >= np.array(limits).repeat(readings.counts, 1)
        for number, like in enumerate(alike):
            here = slice(2 * number, 2 * number + 2)
            self._keep_exact(like, readings.exact, least, bests[here], kept[here])
        room, at = kept.nonzero()
        classes = np.array([like.probe.person + 2 * kind for like, kind in rooms], np.int64)
        row = readings.part[at] * np.int64(CLASSES) + classes[room]
        low = self.arrays["post_start"][row].astype(np.int64)
        fan = self.arrays["post_start"][row + 1] - low
        slot = room * size + np.arange(size).repeat(readings.counts)[at]
        crowd = np.bincount(slot, fan, 2 * size * len(alike)).tolist()
        needed, load = list[bool](), [0.0] * len(alike)
        for number, ((like, kind), best) in enumerate(zip(rooms, bests, strict=True)):
            own = crowd[number * size : (number + 1) * size]
            wanted = self._needed(like, kind, best, own, least)
            load[number // 2] += sum([names for names, is_needed in zip(own, wanted, strict=True) if is_needed])
            needed += wanted
        if max(load) > MANY:
            return None
        read = (np.array(needed)[slot] & (fan > 0)).nonzero()[0]
        low, high = low[read], low[read] + fan[read]
        found: list[list[Any]] = [[] for _ in alike]
        for number, start, end in zip((room[read] >> 1).tolist(), low.tolist(), high.tolist(), strict=True):
            found[number].append(posts[start:end])
        return [_together(some) for some in found]

    def _bests(self, like: Alike, kind: int) -> list[float]:
        """The most that each part can gain from a name, without (0) or with (1) an initial among its parts."""
        if not kind:
            return [self.stands if role == INITIAL else one
                    for one, role in zip(like.best, like.role, strict=True)]  # fmt: skip
        return [self.both if role == INITIAL else one if role == NUMBER else max(one, self.stands)
                for one, role in zip(like.best, like.role, strict=True)]  # fmt: skip

    def _bonus(self, like: Alike, kind: int) -> float:
        """The most that the rest can add to a name that has a part like one of the probe's, but not the same."""
        size = len(like.best)
        if like.open and not kind:
            only = len(like.open) == size - 1 and not like.probe.initials
            return sum([like.losses[n] for n in like.open]) + (self.alone if only else 0.0)
        return max(self.whole, self.weights.single) if size == 1 else self.whole

    def _keep_exact(
        self, like: Alike, exact: list[int], least: float, bests: list[list[float]], kept: Any
    ) -> None:  # fmt: skip
        """Names of which all parts may be the same can get more."""
        kinds = [kind for kind in range(2) if (like.probe.initials if kind else not like.open)]
        if not kinds:
            return
        ends = list(accumulate(like.sizes))
        for at in exact:
            gain, slot = like.gain[at], bisect_right(ends, at)
            for kind in kinds:
                agreed = gain + sum(bests[kind]) - bests[kind][slot]
                if gain > 0 and self.weights.prior + agreed + self._identical(agreed) >= least:
                    kept[kind, at] = True

    def _identical(self, agreed: float) -> float:
        fill = self.weights.identical_fill * max(0.0, self.weights.identical_floor - agreed)
        return max(self.whole, self.weights.identical + fill)

    def _needed(self, like: Alike, kind: int, best: list[float], crowd: list[float], least: float) -> list[bool]:
        """Which parts' postings must be read: those of the longest need not be, as far as they fall short together."""
        needed, counted = [True] * len(best), [n for n, role in enumerate(like.role) if role != INITIAL]
        if kind:
            rest, bound, lone = [0.0 if role == NUMBER else self.stands for role in like.role], self.whole, 0.0
        else:
            rest, bound, lone = like.losses, 0.0, 0.0 if like.probe.initials else self.alone
        bound += self.weights.prior + sum(best) + sum([rest[n] - best[n] for n in counted])
        order = sorted(counted, key=crowd.__getitem__, reverse=True)
        for place, slot in enumerate(order[:-1]):
            bound += best[slot] - rest[slot]
            needed[slot] = bound + (0.0 if place else lone) >= least
        return needed

    def _bounded(self, readings: _Readings, names: list[Any], least: float) -> list[Any]:
        """The names by probe that may weigh so much."""
        weights, room, arrays = self.weights, self._costs, self.arrays
        number, count = np.concatenate(names), len(room) // 2
        member = np.arange(len(names)).repeat([len(some) for some in names])
        offset = readings.columns * count
        first = self.words.index.name_start[number]
        size = self.words.index.name_start[number + 1] - first
        spots = spread(first, size)
        part = arrays["name_part"][spots] + offset[member].repeat(size)
        marked, gain = (readings.part + offset[:, None]).ravel(), readings.gain.ravel()
        order = gain.argsort(kind="stable")
        order = order[gain[order] > 0]
        marked = marked[order]
        before = room[marked]
        # Of two likenesses of a part the later is written last: it gains more.
        room[marked] = gain[order]
        value = room[part]
        room[marked] = before
        runs = size.cumsum() - size
        alike = np.add.reduceat(value > 0, runs, dtype=np.int64)
        agreed = np.add.reduceat(np.maximum(value, 0), runs)
        cost = np.add.reduceat(np.minimum(value, 0), runs)
        own, initials = len(readings.counts), readings.alike[0].probe.initials
        aligned = np.minimum(alike, own)
        extras, misses, lone = own - aligned, size - aligned, alike == 1
        if initials or (arrays["name_flags"][number] & INITIALS).any():
            # As many parts as there are initials may have a counterpart after all.
            spare = np.add.reduceat(arrays["name_role"][spots] == INITIAL, runs, dtype=np.int64) + initials
            agreed, lone = agreed + spare * self.initial, lone & (spare == 0)
            extras, misses = np.maximum(extras - spare, 0), np.maximum(misses - spare, 0)
            cost = np.where(spare > 0, self.missing * misses, cost)
        losses = np.array([max(like.losses) for like in readings.alike])
        cost = cost + losses[member] * extras + self.alone * lone
        both = np.minimum(extras, misses)
        if weights.conflict < 0:
            cost += weights.conflict * both
        cost += min(0.0, max(-1.0, weights.conflict_agreed)) * agreed * (both > 0)
        fill = weights.identical_fill * np.maximum(0, weights.identical_floor - agreed)
        bonus = np.maximum(max(self.whole, weights.single), weights.identical + fill)
        kept = weights.prior + agreed + np.where(extras + misses > 0, cost, bonus) >= least
        number, member = number[kept], member[kept]
        return [number[member == one] for one in range(len(names))] if len(names) > 1 else [number]


def _together(names: list[Any]) -> Any:
    """Different names, sorted."""
    if not names:
        return NOBODY
    found = np.concatenate(names)
    found.sort()
    return found[firsts(found)].astype(np.int64)
