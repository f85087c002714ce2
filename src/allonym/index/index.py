"""An open index: arrays mapped from disk, with the few look-ups that need more than an array.

Takes the path of a file that `build` wrote; gives entities, names and parts by number. Opening reads the header only.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from allonym.errors import StoreError
from allonym.index import container
from allonym.index.build import SHAPE, VERSION, long_hash, short_hash
from allonym.index.listed import Listed
from allonym.names.similarity import Shapes
from allonym.store.view import View


def index_file(folder: Path, view: View) -> Path:
    """Where the index of a view lies in a data folder; another version of the layout has another name."""
    return folder / "index" / f"{view.key}-v{VERSION}.idx"


class Index:
    """An index file, open for reading; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        opened = container.read(path)
        if opened.meta.get("version") != VERSION:
            raise StoreError(f"{path}: written for another version of Allonym; run `allonym update` to build it again")
        self.path = path
        self.meta = opened.meta
        self.arrays = opened.arrays

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
    def part_numbers(self) -> dict[tuple[str, bool], int]:
        """Number of each (part, abjad)."""
        abjad = self.arrays["part_abjad"].tolist()
        return {(text, a): i for i, (text, a) in enumerate(zip(self.part_texts, abjad, strict=True))}

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

    def entity(self, number: int) -> Listed:
        """The entity by number."""
        ends = self.arrays["entity_end"]
        start = int(ends[number - 1]) if number else 0
        row = orjson.loads(self.arrays["entity_record"][start : int(ends[number])].tobytes())
        entity_id, actor_id, source, schema, caption, names, facts, programs = row
        return Listed(
            entity_id, actor_id, source, schema, caption, tuple((n, w) for n, w in names), facts, tuple(programs)
        )

    def name_text(self, number: int) -> str:
        """The text of a name by number."""
        ends = self.arrays["name_end"]
        start = int(ends[number - 1]) if number else 0
        return str(self.arrays["name_text"][start : int(ends[number])].tobytes(), "utf-8")

    def with_identifiers(self, plain: Iterable[str]) -> set[int]:
        """Numbers of the entities that bear one of these (plain) identifiers."""
        found: set[int] = set()
        hashes, entities = self.arrays["id_hash"], self.arrays["id_entity"]
        for identifier in plain:
            value = np.uint64(long_hash(identifier))
            low, high = np.searchsorted(hashes, value), np.searchsorted(hashes, value, "right")
            found.update(entities[low:high].tolist())
        return found

    def joined(self, text: str) -> tuple[int, int] | None:
        """First and last of the parts that some listed name has side by side and that joined give `text`."""
        hashes = self.arrays["join_hash"]
        value = np.uint32(short_hash(text))
        at = int(np.searchsorted(hashes, value))
        if at < len(hashes) and hashes[at] == value:
            left, right = self.arrays["join_pair"][at].tolist()
            return left, right
        return None


def _texts(data: Any, ends: Any) -> list[str]:
    whole, stops = data.tobytes().decode("ascii"), ends.tolist()
    return [whole[a:b] for a, b in zip([0, *stops], stops, strict=False)]
