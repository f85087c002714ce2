"""An open index: arrays mapped from disk, with the few look-ups that need more than an array.

Takes the path of a file that `build` wrote; gives entities, names and parts by number. Opening reads the header only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from allonym.errors import StoreError
from allonym.index import container, record
from allonym.index.build import CLASSES, SHAPE, VERSION, long_hash
from allonym.index.listed import Listed
from allonym.names.script import Script
from allonym.names.similarity import Shapes
from allonym.store.view import View

KEPT = 4_096  # entities that stay read
FEW = 200  # names: so many are quicker in a set than in an array
COMMON = 20  # names in which two parts would meet by chance


def index_file(folder: Path, view: View) -> Path:
    """Where the index of a view lies in a data folder; another version of the layout has another name."""
    return folder / "index" / f"{view.key}-v{VERSION}.idx"


class Index:
    """An index file, open for reading; safe to share between threads. `actors`: whose entries some are, by `entry`,
    as was decided since the index was built."""

    def __init__(self, path: Path, actors: Mapping[str, str] | None = None) -> None:
        opened = container.read(path)
        if opened.meta.get("version") != VERSION:
            raise StoreError(f"{path}: written for another version of Allonym; run `allonym update` to build it again")
        self.path = path
        self.meta = opened.meta
        self.arrays = opened.arrays
        self.actors: Mapping[str, str] = actors or {}
        #: The entity by number.
        self.entity = lru_cache(maxsize=KEPT)(self._entity)
        self.key_shift = 32 - (len(self.arrays["key_start"]).bit_length() - 1)

    def __len__(self) -> int:
        """The number of entities."""
        return int(self.meta["entities"])

    @property
    def snapshots(self) -> tuple[tuple[str, str], ...]:
        """(source, snapshot date) of every list in the index."""
        return tuple((s, d) for s, d in self.meta["snapshots"])

    @property
    def sources(self) -> list[str]:
        """Source names by number."""
        return list(self.meta["sources"])

    @cached_property
    def part_texts(self) -> list[str]:
        """Texts of all parts by number."""
        return _texts(self.arrays["part_text"], self.arrays["part_end"])

    @cached_property
    def part_shapes(self) -> Shapes:
        """The shapes of all parts."""
        sounds = _texts(self.arrays["part_sound"], self.arrays["part_sound_end"])
        return Shapes(self.part_texts, sounds, *(self.arrays[f"part_{name}"] for name in SHAPE))

    @cached_property
    def lettered(self) -> dict[str, int]:
        """Number of each part that was written in letters."""
        texts, numbers = self.part_texts, np.flatnonzero(self.arrays["part_script"] == Script.LETTERS).tolist()
        return dict(zip([texts[number] for number in numbers], numbers, strict=True))

    @cached_property
    def _postings(self) -> tuple[Any, Any]:
        """Where the names of each part begin, quick to ask one by one, and the names."""
        return memoryview(self.arrays["post_start"]), self.arrays["post_name"]

    @cached_property
    def name_start(self) -> Any:
        """Where the parts of each name start, (m + 1,) int64."""
        return self.arrays["name_start"].astype(np.int64)

    @cached_property
    def part_first(self) -> Any:
        """First byte of each part, (n,) u8."""
        ends = self.arrays["part_end"]
        starts = np.concatenate([np.zeros(1, np.uint64), ends[:-1]]) if len(ends) else ends
        return self.arrays["part_text"][np.minimum(starts, max(0, len(self.arrays["part_text"]) - 1))]

    def _entity(self, number: int) -> Listed:
        ends = self.arrays["entity_end"]
        start = int(ends[number - 1]) if number else 0
        row = orjson.loads(self.arrays["entity_record"][start : int(ends[number])].data)
        found = record.entity(row, self.meta["sources"], self.meta["schemata"])
        actor = self.actors.get(found.entry) if self.actors else None
        return found if actor is None else replace(found, actor_id=actor)

    def name_text(self, number: int) -> str:
        """The text of a name by number."""
        names = self.entity(int(self.arrays["name_entity"][number])).names
        return names[int(self.arrays["name_place"][number])][0]

    def with_identifiers(self, plain: Iterable[str]) -> set[int]:
        """Numbers of the entities that bear one of these (plain) identifiers."""
        found: set[int] = set()
        hashes, entities = self.arrays["id_hash"], self.arrays["id_entity"]
        for identifier in plain:
            value = np.uint64(long_hash(identifier))
            low, high = np.searchsorted(hashes, value), np.searchsorted(hashes, value, "right")
            found.update(entities[low:high].tolist())
        return found

    def side_by_side(self, left: str, right: str) -> bool:
        """Whether some listed name has both parts; taken for granted when both are common."""
        one, other = self.lettered.get(left), self.lettered.get(right)
        if one is None or other is None:
            return False
        starts, names = self._postings
        first, second = (slice(starts[CLASSES * n], starts[CLASSES * (n + 1)]) for n in (one, other))
        counts = first.stop - first.start, second.stop - second.start
        if counts[0] * counts[1] > COMMON * len(self.arrays["name_flags"]):
            return True
        if sum(counts) < FEW:
            return not set(names[first].tolist()).isdisjoint(names[second].tolist())
        both = np.sort(np.concatenate([names[first], names[second]]))
        return bool((both[1:] == both[:-1]).any())


def _texts(data: Any, ends: Any) -> list[str]:
    whole, stops = data.tobytes().decode("ascii"), ends.tolist()
    return [whole[a:b] for a, b in zip([0, *stops], stops, strict=False)]
