"""Candidates: which listed names may be the one that is asked for.

Takes probes (queries cut into parts); gives for each the names that share the most weight of parts with it. Names are
reached through every likeness of every part; very common parts bring nobody in where a rarer one does. What is dropped
here can never be found, so the caller's scoring is exact and this is generous.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from allonym.index.build import PERSON
from allonym.index.words import Words, spread

KEEP = 40
CROWD = 4_000  # names that bear one part: beyond that, it brings nobody in where a rarer part can
GRADE_PULL = np.array([0.0, 1.0, 0.95, 0.85, 0.7, 0.75, 0.75, 0.0, 0.4, 0.4], np.float32)
# A probe (20 bits), a name (24 bits) and a pull (20 bits, in units of 1/4096 nat) make one signed 64-bit integer.
PULL_BITS, NAME_BITS = 20, 24
PULL_MASK, NAME_MASK = (1 << PULL_BITS) - 1, (1 << NAME_BITS) - 1
PULL_UNIT = 4_096


@dataclass(frozen=True, slots=True)
class Probe:
    """One way to read one name of one query: part numbers of `Words`, as a person's name or not."""

    query: int
    words: tuple[int, ...]
    person: bool
    form: int = 0
    lineage: bool = False
    syllabic: bool = False


def candidates(words: Words, probes: list[Probe], *, allowed: Any = None, keep: int = KEEP) -> tuple[Any, Any]:
    """(probe, name) numbers of the best candidates, two int64 arrays sorted by probe, then best first.

    `allowed`, a boolean array over names, limits the search to some of them.
    """
    arrays = words.index.arrays
    starts, parts, graded = words.table()
    probe_of = np.repeat(np.arange(len(probes)), [len(p.words) for p in probes])
    word = np.array([w for p in probes for w in p.words], np.int64)
    counts = starts[word + 1] - starts[word] if len(word) else np.empty(0, np.int64)
    spots = spread(starts[word] if len(word) else counts, counts)
    part, probe = parts[spots], np.repeat(probe_of, counts)
    person = np.array([p.person for p in probes], bool)
    column = np.where(person[probe], 0, 1)
    own = np.array(words.rarities, np.float32).reshape(-1, 2)[np.repeat(word, counts), column]
    pull = GRADE_PULL[graded[spots]] * np.minimum(own, arrays["part_rarity"][part, column])
    fan = arrays["post_start"][part + 1].astype(np.int64) - arrays["post_start"][part]
    stay = (pull > 0) & _uncrowded(probe, fan, len(probes))
    part, probe, pull, fan = part[stay], probe[stay], pull[stay], fan[stay]
    names = arrays["post_name"][spread(arrays["post_start"][part], fan)]
    probe, pull = np.repeat(probe, fan), np.repeat(pull, fan)
    fits = (arrays["name_flags"][names] & PERSON > 0) == person[probe]
    if allowed is not None:
        fits &= allowed[names]
    return _best(probe[fits], names[fits], pull[fits], keep)


def _uncrowded(probe: Any, fan: Any, count: int) -> Any:
    """Without the likenesses that bring a crowd in, for probes that have others."""
    crowded = fan > CROWD
    has_other = np.zeros(count, bool)
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
    first = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    total = np.minimum(np.add.reduceat(key & PULL_MASK, first), PULL_MASK)
    pair = pair[first]
    ranked = (pair >> NAME_BITS) << (NAME_BITS + PULL_BITS) | (PULL_MASK - total) << NAME_BITS | pair & NAME_MASK
    ranked.sort()
    probe, names = ranked >> (NAME_BITS + PULL_BITS), ranked & NAME_MASK
    run = np.flatnonzero(np.concatenate([[True], probe[1:] != probe[:-1]]))
    place = np.arange(len(probe)) - np.repeat(run, np.diff(np.append(run, len(probe))))
    chosen = place < keep
    return probe[chosen], names[chosen]
