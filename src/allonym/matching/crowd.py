"""Candidates of a probe whose postings are long: the names that have enough of its parts.

Takes what is to be read for one probe; gives the names whose parts, each at its best, can reach the sum that is wanted.
All postings are laid over each other, a bit per part of the probe, in an array with room for every name of the index:
for thousands of names that is quicker than to look at the parts of each.
"""

from typing import Any

import numpy as np

from allonym.index.probe import Probes
from allonym.index.words import Words, firsts
from allonym.matching.alike import Likenesses
from allonym.matching.found import ROUNDING
from allonym.matching.reach import Reading

MANY = 1_000  # names: below that, their parts are looked at
LONGEST = 50  # times the names that are read: longer postings are not laid over them, but taken to have them all


def crowded(words: Words, probes: Probes, like: Likenesses, reading: Reading, probe: int, least: float) -> Any:
    """Numbers of names, sorted, for a probe that wants at least `least` nats."""
    first = probes.first[probe]
    start, end = np.searchsorted(like.slot, [first, first + probes.size[probe]])
    here = slice(int(start), int(end))
    place = like.place[like.slot[here]]
    found = []
    for kind in range(2):
        kept, read, row = reading.kept[kind, here], reading.read[kind, here], reading.row[kind, here]
        if read.any():
            by_part = {part: row[kept & (place == part)] for part in set(place[kept].tolist())}
            has, names = _parts_of(words, row[read], by_part)
            found.append(names[(reading.bounds.of_parts(probe, kind) >= least - ROUNDING)[has]])
    if not found:
        return np.empty(0, np.int64)
    names = np.sort(np.concatenate(found))
    return names[firsts(names)] if len(names) else names


def _parts_of(words: Words, read: Any, by_part: dict[int, Any]) -> tuple[Any, Any]:
    """The names in the rows `read`, and for each the parts it has as bits, when these are the rows of the parts."""
    names = _names(words, read)
    wanted, has = words.marks
    wanted[names] = True
    everywhere = 0
    for part, rows in by_part.items():
        starts = words.index.arrays["post_start"]
        if int((starts[rows + 1].astype(np.int64) - starts[rows]).sum()) > LONGEST * len(names):
            everywhere |= 1 << part
            continue
        others = _names(words, rows)
        has[others[wanted[others]]] |= 1 << part
    found = has[names] | everywhere
    wanted[names], has[names] = False, 0
    return found, names


def _names(words: Words, rows: Any) -> Any:
    """The names in some rows of the postings: few rows, and long ones."""
    starts, names = words.index.arrays["post_start"], words.index.arrays["post_name"]
    ends = zip(starts[rows].tolist(), starts[rows + 1].tolist(), strict=True)
    return np.concatenate([names[start:end] for start, end in ends]).astype(np.int64)
