"""What is asked of an index: one way to read one name of one query, and many of them as arrays.

Takes part numbers of `Words`; gives `Probe`s and `Probes`. Must not look anything up.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np


class Probe(NamedTuple):
    """One way to read one name of one query: part numbers of `Words`, as a person's name or not."""

    query: int
    words: tuple[int, ...]
    person: bool
    form: int = 0
    lineage: bool = False
    syllabic: bool = False
    initials: int = 0
    characters: bool = False


class Probes:
    """Many probes as arrays by probe: `query`, `size` (parts), `first` (place of the first part in `words`), `person`,
    `form`, `lineage`, `syllabic`, `initials`, `characters`; `words`, all part numbers one after the other, and `rows`,
    the same in a matrix (n, longest) padded with -1."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self.size = np.array([len(p.words) for p in probes], np.int64)
        self.words = np.array([w for p in probes for w in p.words], np.int64)
        self.query = np.array([p.query for p in probes], np.int64)
        self.person = np.array([p.person for p in probes], bool)
        self.form = np.array([p.form for p in probes], np.int64)
        self.lineage = np.array([p.lineage for p in probes], bool)
        self.syllabic = np.array([p.syllabic for p in probes], bool)
        self.first = np.cumsum(self.size) - self.size
        longest = int(self.size.max()) if len(probes) else 0
        self.rows = np.full((len(probes), longest), -1, np.int64)
        self.rows[np.arange(longest) < self.size[:, None]] = self.words
        self.initials = np.array([p.initials for p in probes], np.int64)
        self.characters = np.array([p.characters for p in probes], bool)

    def __len__(self) -> int:
        return len(self.size)

    @property
    def owner(self) -> Any:
        """The probe of each of `words`."""
        return np.repeat(np.arange(len(self)), self.size)
