"""Candidates for a query, from a file that is built once and mapped into memory.

Takes the postings to read; gives for each probe the names in them. Where the caller cannot say what sum it wants, very
common parts bring nobody in beside a rarer one, and the names that share the most weight of parts are kept.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from allonym.index.index import Index
from allonym.index.words import firsts, spread

KEEP = 40
CROWD = 4_000  # names that bear one part: beyond that, it brings nobody in where a rarer part can
GRADE_PULL = np.array([0.0, 1.0, 0.95, 0.85, 0.7, 0.75, 0.75, 0.0, 0.4, 0.4, 0.3, 0.6], np.float32)
# A probe (20 bits), a name (24 bits) and a pull (20 bits, in units of 1/4096 nat) make one signed 64-bit integer.
PULL_BITS, NAME_BITS = 20, 24
PULL_MASK, NAME_MASK = (1 << PULL_BITS) - 1, (1 << NAME_BITS) - 1
PULL_UNIT = 4_096


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows of the index's postings, each with the probe it is read for."""

    probe: Any
    row: Any


def candidates(index: Index, postings: Postings, *, allowed: Any = None) -> tuple[Any, Any]:
    """(probe, name) numbers of all names in these postings, two int64 arrays sorted by both, without repeats.

    `allowed`, a boolean array over names, limits the search to some of them.
    """
    names, counts = _read(index, postings.row)
    pair = np.repeat(postings.probe.astype(np.int64), counts) << NAME_BITS | names
    if allowed is not None:
        pair = pair[allowed[names]]
    pair.sort()
    if len(pair):
        pair = pair[firsts(pair)]
    return pair >> NAME_BITS, pair & NAME_MASK


def strongest(
    index: Index, postings: Postings, pull: Any, *, allowed: Any = None, keep: int = KEEP
) -> tuple[Any, Any]:  # fmt: skip
    """(probe, name) numbers of the best candidates by the sum of `pull` (nats, by posting), two int64 arrays sorted by
    probe, then best first."""
    starts = index.arrays["post_start"]
    fan = starts[postings.row + 1] - starts[postings.row]
    stay = (pull > 0) & _uncrowded(postings.probe, fan)
    names, counts = _read(index, postings.row[stay])
    probe, pull = np.repeat(postings.probe[stay], counts), np.repeat(pull[stay], counts)
    if allowed is not None:
        probe, names, pull = probe[allowed[names]], names[allowed[names]], pull[allowed[names]]
    return _best(probe, names, pull, keep)


def _read(index: Index, rows: Any) -> tuple[Any, Any]:
    """The names in these rows one after the other, and how many are in each."""
    starts = index.arrays["post_start"]
    counts = (starts[rows + 1] - starts[rows]).astype(np.int64)
    return index.arrays["post_name"][spread(starts[rows], counts)], counts


def _uncrowded(probe: Any, fan: Any) -> Any:
    """Without the likenesses that bring a crowd in, for probes that have others."""
    crowded = fan > CROWD
    has_other = np.zeros(int(probe.max()) + 1 if len(probe) else 0, bool)
    has_other[probe[~crowded & (fan > 0)]] = True
    return ~crowded | ~has_other[probe]


def _best(probe: Any, names: Any, pull: Any, keep: int) -> tuple[Any, Any]:
    """Sums the pull of each (probe, name) and keeps the strongest; packed into one integer, so that a sort is all."""
    if not len(probe):
        return probe.astype(np.int64), names.astype(np.int64)
    amount = np.minimum(np.rint(pull * PULL_UNIT).astype(np.int64), PULL_MASK)
    key = probe.astype(np.int64) << (NAME_BITS + PULL_BITS) | names.astype(np.int64) << PULL_BITS | amount
    key.sort()
    pair = key >> PULL_BITS
    first = np.flatnonzero(firsts(pair))
    total = np.minimum(np.add.reduceat(key & PULL_MASK, first), PULL_MASK)
    pair = pair[first]
    ranked = (pair >> NAME_BITS) << (NAME_BITS + PULL_BITS) | (PULL_MASK - total) << NAME_BITS | pair & NAME_MASK
    ranked.sort()
    probe, names = ranked >> (NAME_BITS + PULL_BITS), ranked & NAME_MASK
    run = np.flatnonzero(firsts(probe))
    place = np.arange(len(probe)) - np.repeat(run, np.diff(np.append(run, len(probe))))
    chosen = place < keep
    return probe[chosen], names[chosen]
