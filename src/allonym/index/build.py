"""Builds an index from listed entities.

Takes `Listed` records in any order; writes one container file. Must not keep more than the names and their parts in
memory. Two builds of the same records give the same bytes.

Arrays (n parts, m names, e entities):
    part_text, part_end        part texts, one after the other (bytes); end offsets (n,) u32
    part_sound, part_…         sounds and the other `similarity.Shapes` of the parts
    part_abjad, part_rarity    (n, ) bool; (n, 2) f32: nats as a person's and as an organisation's name
    key_hash, key_part         sorted keys and the part each leads to, (k,) u32
    post_start, post_name      CSR of names by part, (n + 1,) and (p,) u32
    name_start, name_part      CSR of compared parts by name, in order, (m + 1,) and (q,) u32
    name_role, name_entity     (q,) u8; (m,) u32
    name_form, name_flags      (m,) u32 hash of the legal form or 0; (m,) u8: 1 weak, 2 lineage, 4 person
    name_text, name_end        texts of names
    join_hash, join_pair       sorted hashes of adjacent parts written together, (j,); first and last of them, (j, 2)
    id_hash, id_entity         sorted hashes of identifiers, (i,) u64 and u32
    entity_record, entity_end  JSON of each entity, one after the other
    entity_actor, entity_source  (e,) u32 and u16
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from allonym.index import container
from allonym.index.keys import keys
from allonym.index.listed import Listed
from allonym.names.frequency import rarity
from allonym.names.parts import Kind, Part, Role, is_lineage, kind_of, read
from allonym.names.similarity import shapes
from allonym.names.sound import sound

VERSION = 2
WEAK, LINEAGE, PERSON = 1, 2, 4
SHAPE = ("lengths", "sound_hash", "bones_hash", "bones", "letters", "sound_letters")
COMPARED = (Role.PART, Role.NUMBER, Role.INITIAL)
MAX_COMPARED = 12
SHORTEST_JOINED = 5


def long_hash(text: str) -> int:
    """64-bit hash of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


class _Builder:
    def __init__(self, identifiers: Callable[[dict[str, list[str]]], Iterable[str]]) -> None:
        self.identifiers = identifiers
        self.parts: dict[tuple[str, bool], int] = {}
        self.posts: list[tuple[int, int]] = []
        self.name_parts: list[int] = []
        self.name_roles: list[int] = []
        self.name_start = [0]
        self.names: list[tuple[int, int, int, str]] = []  # entity, form, flags, text
        self.joins: dict[int, tuple[int, int]] = {}
        self.ids: list[tuple[int, int]] = []
        self.records: list[bytes] = []
        self.actors: dict[str, int] = {}
        self.sources: dict[str, int] = {}
        self.entity_actor: list[int] = []
        self.entity_source: list[int] = []

    def add(self, entity: Listed) -> None:
        number = len(self.records)
        self.records.append(orjson.dumps([
            entity.entity_id, entity.actor_id, entity.source, entity.schema, entity.caption, entity.names, entity.facts,
            entity.programs,
        ]))  # fmt: skip
        self.entity_actor.append(self.actors.setdefault(entity.actor_id, len(self.actors)))
        self.entity_source.append(self.sources.setdefault(entity.source, len(self.sources)))
        self.ids.extend((long_hash(i), number) for i in self.identifiers(entity.facts))
        kind = kind_of(entity.schema)
        kinds = (Kind.PERSON, Kind.ORGANISATION) if kind is Kind.ANY else (kind,)
        for text, weak in entity.names:
            for one in kinds:
                self._name(number, text, one, weak)

    def _name(self, entity: int, text: str, kind: Kind, weak: bool) -> None:
        name = read(text, kind)
        compared = [p for p in name.parts if p.role in COMPARED][:MAX_COMPARED]
        if not compared:
            return
        number = len(self.names)
        form = next((p.text for p in name.parts if p.role is Role.FORM), "")
        lineage = kind is Kind.PERSON and any(is_lineage(p.text) for p in name.parts)
        flags = WEAK * weak | LINEAGE * lineage | PERSON * (kind is Kind.PERSON)
        self.names.append((entity, zlib.crc32(form.encode()) if form else 0, flags, text))
        ids = [self.parts.setdefault((p.text, p.abjad), len(self.parts)) for p in compared]
        self.name_parts.extend(ids)
        self.name_roles.extend(p.role for p in compared)
        self.name_start.append(len(self.name_parts))
        self.posts.extend((i, number) for i, p in zip(ids, compared, strict=True) if p.role is not Role.INITIAL)
        self._join([p for p in name.parts if p.role in (*COMPARED, Role.PARTICLE)])

    def _join(self, parts: list[Part]) -> None:
        """Note runs of two and three parts written together, with the first and last compared part of each."""
        for length in (2, 3):
            for start in range(len(parts) - length + 1):
                run = parts[start : start + length]
                text = "".join(p.text for p in run)
                ids = [self.parts[p.text, p.abjad] for p in run if (p.text, p.abjad) in self.parts]
                if len(text) < SHORTEST_JOINED or any(p.abjad for p in run) or not ids:
                    continue
                self.joins.setdefault(long_hash(text), (ids[0], ids[-1]))
                self.joins.setdefault(long_hash("~" + sound(text)), (ids[0], ids[-1]))

    def arrays(self) -> dict[str, Any]:
        texts = [text.encode() for text, _ in self.parts]
        abjad = np.array([a for _, a in self.parts], bool)
        by_key = sorted((k, i) for i, (text, a) in enumerate(self.parts) for k in keys(text, a))
        key_table = np.array(by_key, np.uint32).reshape(-1, 2)
        posts = np.array(sorted(set(self.posts)), np.uint32).reshape(-1, 2)
        joins = sorted(self.joins.items())
        ids = sorted(set(self.ids))
        shape = shapes([t for t, _ in self.parts])
        rare = [(rarity(t, Kind.PERSON, a), rarity(t, Kind.ORGANISATION, a)) for t, a in self.parts]
        return {
            "part_text": _bytes(b"".join(texts)),
            "part_end": np.cumsum([len(t) for t in texts], dtype=np.uint32),
            "part_abjad": abjad,
            "part_sound": _bytes("".join(shape.sounds).encode()),
            "part_sound_end": np.cumsum([len(t) for t in shape.sounds], dtype=np.uint32),
            **{f"part_{name}": getattr(shape, name) for name in SHAPE},
            "part_rarity": np.array(rare, np.float32).reshape(-1, 2),
            "key_hash": key_table[:, 0].copy(),
            "key_part": key_table[:, 1].copy(),
            "post_start": np.searchsorted(posts[:, 0], np.arange(len(texts) + 1)).astype(np.uint32),
            "post_name": posts[:, 1].copy(),
            "name_start": np.array(self.name_start, np.uint32),
            "name_part": np.array(self.name_parts, np.uint32),
            "name_role": np.array(self.name_roles, np.uint8),
            "name_entity": np.array([n[0] for n in self.names], np.uint32),
            "name_form": np.array([n[1] for n in self.names], np.uint32),
            "name_flags": np.array([n[2] for n in self.names], np.uint8),
            **_texts("name", [n[3].encode() for n in self.names]),
            "join_hash": np.array([h for h, _ in joins], np.uint64),
            "join_pair": np.array([p for _, p in joins], np.uint32).reshape(-1, 2),
            "id_hash": np.array([h for h, _ in ids], np.uint64),
            "id_entity": np.array([e for _, e in ids], np.uint32),
            **_texts("entity", self.records),
            "entity_actor": np.array(self.entity_actor, np.uint32),
            "entity_source": np.array(self.entity_source, np.uint16),
        }


def _bytes(data: bytes) -> Any:
    return np.frombuffer(data, np.uint8)


def _texts(name: str, rows: list[bytes]) -> dict[str, Any]:
    return {
        f"{name}_record" if name == "entity" else f"{name}_text": _bytes(b"".join(rows)),
        f"{name}_end": np.cumsum([len(r) for r in rows], dtype=np.uint64),
    }


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
    meta = {
        "version": VERSION,
        "snapshots": snapshots,
        "sources": list(builder.sources),
        "entities": len(builder.records),
        "names": len(builder.names),
    }
    container.write(path, meta, builder.arrays())
    return len(builder.records)
