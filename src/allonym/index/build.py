"""Builds an index from listed entities.

Takes `Listed` records in any order; writes one container file. Must not keep more than the names and their parts in
memory. Two builds of the same records give the same bytes.

Arrays (n parts, m names, e entities):
    part_text, part_end        part texts, one after the other (bytes); end offsets (n,) u64
    part_sound, part_…         sounds and the other `similarity.Shapes` of the parts
    part_script, part_rarity   (n,) u8, see `names.script.Script`; (n, 2) f32, nats as a person's and as an
                               organisation's name
    key_start, key_part        CSR of parts by the first bits of their keys, (2^b + 1,) and (k,) u32, b from 16 to 22
    key_check                  the last 16 bits of each key, (k,) u16
    post_start, post_name      CSR of names by part and class (4 * part + class), (4n + 1,) and (p,) u32; classes: 0 an
                               organisation's name, 1 a person's, 2 and 3 the same with an initial among its parts
    name_start, name_part      CSR of compared parts by name, in order, (m + 1,) and (q,) u32
    name_role, name_entity     (q,) u8; (m,) u32
    name_place                 (m,) u16: which of its entity's names it is
    name_form, name_flags      (m,) u16 number of the legal form or 0; (m,) u8: 1 weak, 2 lineage, 4 person, 8 initials,
                               16 read from Hangul or Han
    id_hash, id_entity         sorted hashes of identifiers, (i,) u64 and u32
    entity_record, entity_end  JSON of each entity (see `record`), one after the other; end offsets (e,) u64
    entity_source              (e,) u16
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
from allonym.index import container, keys, record
from allonym.index.listed import Listed
from allonym.names.frequency import rarity
from allonym.names.parts import Kind, Part, Role, kind_of, read, says_lineage
from allonym.names.script import Script
from allonym.names.similarity import Shapes, shapes

VERSION = 7
WEAK, LINEAGE, PERSON, INITIALS, CHARACTERS = 1, 2, 4, 8, 16
CLASSES = 4
FEWEST_BITS, MOST_BITS = 16, 22
SHAPE = ("lengths", "syllable", "short", "sound_hash", "bones_hash", "bones", "letters", "sound_letters")
COMPARED = (Role.PART, Role.NUMBER, Role.INITIAL)
MAX_COMPARED = 12
MOST_NAMES = 1 << 24  # `search` packs a name's number into 24 bits


# Each name is met once or twice here: kept copies would be most of the memory.
_read = read.__wrapped__


def long_hash(text: str) -> int:
    """64-bit hash of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def form_number(mark: str) -> int:
    """A legal form's mark as a number of 16 bits, 0 for none; two forms with one number would pass for the same."""
    return zlib.crc32(mark.encode()) % 0xFFFF + 1 if mark else 0


class _Builder:
    """Collects names as they come; numbers go into arrays, since a tuple each would be most of the memory."""

    def __init__(self, identifiers: Callable[[dict[str, list[str]]], Iterable[str]]) -> None:
        self.identifiers = identifiers
        self.parts: dict[tuple[str, Script], int] = {}
        self.name_part, self.name_role, self.name_start = array("I"), array("B"), array("I", [0])
        self.name_entity, self.name_place = array("I"), array("H")
        self.name_form, self.name_flags = array("H"), array("B")
        self.id_hash, self.id_entity = array("Q"), array("I")
        self.records, self.record_end = bytearray(), array("Q")
        self.sources: dict[str, int] = {}
        self.schemata: dict[str, int] = {}
        self.entity_source = array("H")

    def add(self, entity: Listed) -> None:
        number = len(self.record_end)
        source = self.sources.setdefault(entity.source, len(self.sources))
        schema = self.schemata.setdefault(entity.schema, len(self.schemata))
        self.records += orjson.dumps(record.row(entity, source, schema))
        self.record_end.append(len(self.records))
        self.entity_source.append(source)
        for identifier in dict.fromkeys(self.identifiers(entity.facts)):
            self.id_hash.append(long_hash(identifier))
            self.id_entity.append(number)
        kind = kind_of(entity.schema)
        kinds = (Kind.PERSON, Kind.ORGANISATION) if kind is Kind.ANY else (kind,)
        for place, (text, weak) in enumerate(entity.names):
            for one in kinds:
                self._name(number, place, _read(text, one).parts, one is Kind.PERSON, weak)

    def _name(self, entity: int, place: int, parts: tuple[Part, ...], person: bool, weak: bool) -> None:
        compared = [p for p in parts if p.role in COMPARED][:MAX_COMPARED]
        if not compared:
            return
        form = next((p.text for p in parts if p.role is Role.FORM), "")
        roles = [p.role for p in compared]
        lineage = person and says_lineage([p.text for p in parts])
        self.name_entity.append(entity)
        self.name_place.append(place)
        self.name_form.append(form_number(form))
        characters = any(p.script is Script.SYLLABLES for p in compared)
        flags = WEAK * weak | LINEAGE * lineage | PERSON * person | INITIALS * (Role.INITIAL in roles)
        self.name_flags.append(flags | CHARACTERS * characters)
        numbers = self.parts
        self.name_part.extend([numbers.setdefault((p.text, p.script), len(numbers)) for p in compared])
        self.name_role.extend(roles)
        self.name_start.append(len(self.name_part))

    def arrays(self) -> dict[str, Any]:
        """What was added as the arrays of the container, by the names that the head of this file explains."""
        id_order = np.lexsort((_numbers(self.id_entity), _numbers(self.id_hash)))
        return {
            **self._parts(),
            **self._postings(),
            "name_start": _numbers(self.name_start),
            "name_part": _numbers(self.name_part),
            "name_role": _numbers(self.name_role),
            "name_entity": _numbers(self.name_entity),
            "name_place": _numbers(self.name_place),
            "name_form": _numbers(self.name_form),
            "name_flags": _numbers(self.name_flags),
            "id_hash": _numbers(self.id_hash)[id_order],
            "id_entity": _numbers(self.id_entity)[id_order],
            "entity_record": np.frombuffer(self.records, np.uint8),
            "entity_end": _numbers(self.record_end),
            "entity_source": _numbers(self.entity_source),
        }

    def _postings(self) -> dict[str, Any]:
        """The names of each part by class: a part that is an initial brings nobody in."""
        flags, start = _numbers(self.name_flags), _numbers(self.name_start)
        names = np.repeat(np.arange(len(flags), dtype=np.uint64), np.diff(start))
        kind = (flags & PERSON > 0) + 2 * (flags & INITIALS > 0).astype(np.uint64)
        posts = (_numbers(self.name_part).astype(np.uint64) * np.uint64(CLASSES) + kind[names]) << np.uint64(32) | names
        posts = posts[_numbers(self.name_role) != Role.INITIAL]
        posts.sort()
        posts = posts[np.concatenate([posts[:1] == posts[:1], posts[1:] != posts[:-1]])]
        return {
            "post_start": _starts(posts >> np.uint64(32), CLASSES * len(self.parts)),
            "post_name": posts.astype(np.uint32),
        }

    def _parts(self) -> dict[str, Any]:
        words = [text for text, _ in self.parts]
        shape, script = shapes(words), np.fromiter((s for _, s in self.parts), np.uint8, len(words))
        rare = np.empty((len(words), 2), np.float32)
        for at, (text, one) in enumerate(self.parts):
            bare = one is Script.BARE
            rare[at] = rarity(text, Kind.PERSON, bare), rarity(text, Kind.ORGANISATION, bare)
        return {
            **_texts("part_text", "part_end", [w.encode() for w in words]),
            **_texts("part_sound", "part_sound_end", [w.encode() for w in shape.sounds]),
            **{f"part_{name}": getattr(shape, name) for name in SHAPE},
            "part_script": script,
            "part_rarity": rare,
            **_keys(shape, script),
        }


def _keys(shape: Shapes, script: Any) -> dict[str, Any]:
    nothing = np.empty(0, np.int64), np.empty(0, np.uint32)
    part, key = keys.table(shape, script, listed=True) if len(script) else nothing
    table = key.astype(np.uint64) << np.uint64(32) | part.astype(np.uint64)
    table.sort()
    table = table[np.concatenate([table[:1] == table[:1], table[1:] != table[:-1]])]
    bits = min(MOST_BITS, max(FEWEST_BITS, len(table).bit_length() - 1))
    return {
        "key_start": _starts(table >> np.uint64(64 - bits), 1 << bits),
        "key_part": (table & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        "key_check": (table >> np.uint64(32) & np.uint64(0xFFFF)).astype(np.uint16),
    }


def _starts(rows: Any, count: int) -> Any:
    """Where each of `count` rows starts in a sorted array of row numbers, and the end: (count + 1,) u32."""
    starts = np.zeros(count + 1, np.uint32)
    np.cumsum(np.bincount(rows.astype(np.int64), minlength=count), out=starts[1:])
    return starts


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
    names, entities_listed = len(builder.name_entity), len(builder.record_end)
    if names >= MOST_NAMES:
        raise StoreError(f"more than {MOST_NAMES:,} names in one view; screen fewer lists at once with --sources")
    meta = {
        "version": VERSION,
        "snapshots": snapshots,
        "sources": list(builder.sources),
        "schemata": list(builder.schemata),
        "entities": entities_listed,
        "names": names,
    }
    container.write(path, meta, builder.arrays())
    return entities_listed
