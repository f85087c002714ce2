"""From probes to pairs of probe and listed name with their sums.

Takes probes and the least sum wanted of each; gives the pairs that may reach it. A probe that wants any sum (minus
infinity) gets the names that share the most weight of parts with it.
"""

from typing import Any

import numpy as np

from allonym.index.probe import Probes
from allonym.index.search import GRADE_PULL, Postings, candidates, strongest
from allonym.index.words import Words
from allonym.matching.alike import Likenesses, likenesses
from allonym.matching.batch import score
from allonym.matching.crowd import MANY, crowded
from allonym.matching.found import Found, agreement
from allonym.matching.reach import Reading, reach
from allonym.matching.weights import Weights

NOTHING = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)


def find(
    words: Words, probes: Probes, weights: Weights, least: Any, *, allowed: Any = None
) -> tuple[Any, Any, Any]:  # fmt: skip
    """(probe, name, sum) of the pairs found, sorted by probe; sums float32 in nats. `least`: by probe, nats,
    above the prior or minus infinity."""
    if not len(probes):
        return NOTHING
    like = likenesses(words, probes, *agreement(weights))
    reading = reach(words, probes, like, weights, least)
    probe, names = _candidates(words, probes, like, reading, least, allowed)
    return summed(Found(words, probes, probe, names, like), weights, least) if len(probe) else NOTHING


def summed(found: Found, weights: Weights, least: Any) -> tuple[Any, Any, Any]:
    """(probe, name, sum) of those pairs that have their least sum."""
    found.limit(weights, least)
    if not len(found.probe):
        return NOTHING
    sums = score(found.words, found.probes, found, weights)
    wanted = sums >= least[found.probe]
    return found.probe[wanted], found.names[wanted], sums[wanted]


def _candidates(
    words: Words, probes: Probes, like: Likenesses, reading: Reading, least: Any, allowed: Any
) -> tuple[Any, Any]:
    """(probe, name) of the candidates, sorted by probe: each probe is searched in the way that suits it."""
    any_sum = np.isneginf(least)
    crowds = (reading.load > MANY) & ~any_sum
    kind, chosen = np.nonzero(reading.read)
    row, probe = reading.row[kind, chosen], like.owner[like.slot[chosen]]
    plain = np.flatnonzero(~(any_sum | crowds)[probe])
    found = [candidates(words.index, Postings(probe[plain], row[plain]), allowed=allowed)]
    if any_sum.any():
        ranked = np.flatnonzero(any_sum[probe])
        pull = GRADE_PULL[like.grade[chosen[ranked]]] * like.lower[chosen[ranked]]
        found.append(strongest(words.index, Postings(probe[ranked], row[ranked]), pull, allowed=allowed))
    for one in np.flatnonzero(crowds).tolist():
        names = crowded(words, probes, like, reading, one, float(least[one]))
        names = names if allowed is None else names[allowed[names]]
        found.append((np.full(len(names), one), names))
    if len(found) == 1:
        return found[0]
    probe, names = (np.concatenate(pair) for pair in zip(*found, strict=True))
    order = np.argsort(probe, kind="stable")
    return probe[order], names[order]
