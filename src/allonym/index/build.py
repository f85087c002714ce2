"""Builds an index from listed entities.

Takes `Listed` records in any order; writes one container file. Must not keep more than the names and their parts in
memory. Two builds of the same records give the same bytes.

Arrays (n parts, m names, e entities):
    part_text, part_end        part texts, one after the other (bytes); end offsets (n,) u64
    part_sound, part_…         sounds and the other `similarity.Shapes` of the parts
    part_abjad, part_rarity    (n, ) bool; (n, 2) f32: nats as a person's and as an organisation's name
    key_hash, key_part         sorted keys and the part each leads to, (k,) u32
    post_start, post_name      CSR of names by part, (n + 1,) and (p,) u32
    name_start, name_part      CSR of compared parts by name, in order, (m + 1,) and (q,) u32
    name_role, name_entity     (q,) u8; (m,) u32
    name_form, name_flags      (m,) u32 hash of the legal form or 0; (m,) u8: 1 weak, 2 lineage, 4 person
    name_text, name_end        texts of names
    join_hash, join_pair       sorted hashes of adjacent parts joined, (j,) u32; first and last of them, (j, 2) u32
    id_hash, id_entity         sorted hashes of identifiers, (i,) u64 and u32
    entity_record, entity_end  JSON of each entity, one after the other
    entity_actor, entity_source  (e,) u32 and u16
"""

import hashlib
import zlib
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from allonym.errors import StoreError
from allonym.index import container
from allonym.index.keys import keys
from allonym.index.listed import Listed
from allonym.names.frequency import rarity
from allonym.names.parts import Kind, Part, Role, is_lineage, kind_of, read
from allonym.names.similarity import shapes
from allonym.names.sound import sound

VERSION = 4
WEAK, LINEAGE, PERSON = 1, 2, 4
SHAPE = ("lengths", "syllable", "sound_hash", "bones_hash", "bones", "letters", "sound_letters")
COMPARED = (Role.PART, Role.NUMBER, Role.INITIAL)
MAX_COMPARED = 12
SHORTEST_JOINED = 5
MOST_NAMES = 1 << 24  # `search` packs a name's number into 24 bits


# Each name and part is met once or twice here: kept copies would be most of the memory.
_read = read.__wrapped__
_keys = keys.__wrapped__


def long_hash(text: str) -> int:
    """64-bit hash of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def short_hash(text: str) -> int:
    """32-bit hash of a text; a false agreement costs a look-up, no more."""
    return zlib.crc32(text.encode())


class _Builder:
    """Collects names as they come; numbers go into arrays, since a tuple each would be most of the memory."""

    def __init__(self, identifiers: Callable[[dict[str, list[str]]], Iterable[str]]) -> None:
        self.identifiers = identifiers
        self.parts: dict[tuple[str, bool], int] = {}
        self.post_part, self.post_name = array("I"), array("I")
        self.name_part, self.name_role, self.name_start = array("I"), array("B"), array("I", [0])
        self.name_entity, self.name_form, self.name_flags = array("I"), array("I"), array("B")
        self.texts: list[bytes] = []
        self.join_hash, self.join_left, self.join_right = array("I"), array("I"), array("I")
        self.joined: set[int] = set()
        self.id_hash, self.id_entity = array("Q"), array("I")
        self.records: list[bytes] = []
        self.actors: dict[str, int] = {}
        self.sources: dict[str, int] = {}
        self.entity_actor, self.entity_source = array("I"), array("H")

    def add(self, entity: Listed) -> None:
        number = len(self.records)
        self.records.append(orjson.dumps([
            entity.entity_id, entity.actor_id, entity.source, entity.schema, entity.caption, entity.names, entity.facts,
            entity.programs,
        ]))  # fmt: skip
        self.entity_actor.append(self.actors.setdefault(entity.actor_id, len(self.actors)))
        self.entity_source.append(self.sources.setdefault(entity.source, len(self.sources)))
        for identifier in dict.fromkeys(self.identifiers(entity.facts)):
            self.id_hash.append(long_hash(identifier))
            self.id_entity.append(number)
        kind = kind_of(entity.schema)
        kinds = (Kind.PERSON, Kind.ORGANISATION) if kind is Kind.ANY else (kind,)
        for text, weak in entity.names:
            for one in kinds:
                self._name(number, text, one, weak)

    def _name(self, entity: int, text: str, kind: Kind, weak: bool) -> None:
        name = _read(text, kind)
        compared = [p for p in name.parts if p.role in COMPARED][:MAX_COMPARED]
        if not compared:
            return
        number = len(self.texts)
        form = next((p.text for p in name.parts if p.role is Role.FORM), "")
        lineage = kind is Kind.PERSON and any(is_lineage(p.text) for p in name.parts)
        self.name_entity.append(entity)
        self.name_form.append(zlib.crc32(form.encode()) if form else 0)
        self.name_flags.append(WEAK * weak | LINEAGE * lineage | PERSON * (kind is Kind.PERSON))
        self.texts.append(text.encode())
        for part in compared:
            at = self.parts.setdefault((part.text, part.abjad), len(self.parts))
            self.name_part.append(at)
            self.name_role.append(part.role)
            if part.role is not Role.INITIAL:
                self.post_part.append(at)
                self.post_name.append(number)
        self.name_start.append(len(self.name_part))
        self._join([p for p in name.parts if p.role in (*COMPARED, Role.PARTICLE)])

    def _join(self, parts: list[Part]) -> None:
        """Note runs of two and three parts written together, with the first and last compared part of each."""
        for length in (2, 3):
            for start in range(len(parts) - length + 1):
                run = parts[start : start + length]
                text = "".join(p.text for p in run)
                if len(text) < SHORTEST_JOINED or any(p.abjad for p in run):
                    continue
                key = short_hash(text)
                ids = [self.parts[p.text, False] for p in run if (p.text, False) in self.parts]
                if key in self.joined or not ids:
                    continue
                for each in (key, short_hash("~" + sound(text))):
                    if each not in self.joined:
                        self.joined.add(each)
                        self.join_hash.append(each)
                        self.join_left.append(ids[0])
                        self.join_right.append(ids[-1])

    def arrays(self) -> dict[str, Any]:
        count = len(self.parts)
        posts = np.unique(_numbers(self.post_part).astype(np.uint64) << np.uint64(32) | _numbers(self.post_name))
        join_order = np.argsort(_numbers(self.join_hash), kind="stable")
        id_order = np.lexsort((_numbers(self.id_entity), _numbers(self.id_hash)))
        joins = np.stack([_numbers(self.join_left), _numbers(self.join_right)], 1)
        return {
            **self._parts(),
            **self._keys(),
            "post_start": np.searchsorted(posts >> np.uint64(32), np.arange(count + 1)).astype(np.uint32),
            "post_name": (posts & np.uint64(0xFFFFFFFF)).astype(np.uint32),
            "name_start": _numbers(self.name_start),
            "name_part": _numbers(self.name_part),
            "name_role": _numbers(self.name_role),
            "name_entity": _numbers(self.name_entity),
            "name_form": _numbers(self.name_form),
            "name_flags": _numbers(self.name_flags),
            **_texts("name_text", "name_end", self.texts),
            "join_hash": _numbers(self.join_hash)[join_order],
            "join_pair": joins[join_order],
            "id_hash": _numbers(self.id_hash)[id_order],
            "id_entity": _numbers(self.id_entity)[id_order],
            **_texts("entity_record", "entity_end", self.records),
            "entity_actor": _numbers(self.entity_actor),
            "entity_source": _numbers(self.entity_source),
        }

    def _parts(self) -> dict[str, Any]:
        words = [text for text, _ in self.parts]
        shape = shapes(words)
        rare = np.empty((len(words), 2), np.float32)
        for at, (text, abjad) in enumerate(self.parts):
            rare[at] = rarity(text, Kind.PERSON, abjad), rarity(text, Kind.ORGANISATION, abjad)
        return {
            **_texts("part_text", "part_end", [w.encode() for w in words]),
            **_texts("part_sound", "part_sound_end", [w.encode() for w in shape.sounds]),
            **{f"part_{name}": getattr(shape, name) for name in SHAPE},
            "part_abjad": np.fromiter((a for _, a in self.parts), bool, len(words)),
            "part_rarity": rare,
        }

    def _keys(self) -> dict[str, Any]:
        hashes, counts = array("I"), array("I")
        for text, abjad in self.parts:
            own = _keys(text, abjad)
            hashes.extend(own)
            counts.append(len(own))
        table = _numbers(hashes).astype(np.uint64) << np.uint64(32)
        table |= np.repeat(np.arange(len(self.parts), dtype=np.uint64), _numbers(counts))
        table.sort()
        return {
            "key_hash": (table >> np.uint64(32)).astype(np.uint32),
            "key_part": (table & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        }


def _numbers(values: "array[int]") -> Any:
    """The array's own memory as numpy sees it."""
    return np.frombuffer(values, np.dtype(values.typecode)) if values else np.empty(0, np.dtype(values.typecode))


def _texts(name: str, end: str, rows: list[bytes]) -> dict[str, Any]:
    return {name: np.frombuffer(b"".join(rows), np.uint8),
            end: np.cumsum(np.fromiter((len(r) for r in rows), np.uint64, len(rows)), dtype=np.uint64)}  # fmt: skip


def build(
    path: Path,
    entities: Iterable[Listed],
    *,
    snapshots: tuple[tuple[str, str], ...] = (),
    identifiers: Callable[[dict[str, list[str]]], Iterable[str]] = lambda facts: (),
) -> int:
    """Build the index file; gives the number of entities. `identifiers` gives the comparable identifiers of facts."""
    builder = _Builder(identifiers)
    for entity in entities:
        builder.add(entity)
    if len(builder.texts) >= MOST_NAMES:
        raise StoreError(f"more than {MOST_NAMES:,} names in one view; screen fewer lists at once with --sources")
    meta = {
        "version": VERSION,
        "snapshots": snapshots,
        "sources": list(builder.sources),
        "entities": len(builder.records),
        "names": len(builder.texts),
    }
    container.write(path, meta, builder.arrays())
    return len(builder.records)
