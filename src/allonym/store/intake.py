"""One snapshot's records on their way into the tables.

Takes statements and measures as a reader yields them; gives them to the presences in batches, counted. Must not hold
more than one batch, apart from a number for each key and each entity.
"""

from collections.abc import Iterable
from hashlib import blake2b
from importlib import import_module
from typing import Any

import numpy as np
import orjson
from sqlalchemy import Connection, bindparam

from allonym.errors import InputError
from allonym.model import Measure, Statement
from allonym.store import schema
from allonym.store.counts import Tally
from allonym.store.entities import read_entities
from allonym.store.entries import kind, owner
from allonym.store.measures import payload, read_measures, targets
from allonym.store.plain import Wrapped
from allonym.store.presence import Numbers, Place, Presences
from allonym.store.schema import Compiled, compiled
from allonym.store.view import View

_BATCH = 20_000


def digest(content: bytes) -> bytes:
    """8 bytes of BLAKE2b."""
    return blake2b(content, digest_size=8).digest()


def keys_of(digests: list[bytes]) -> Numbers:
    """The keys of these digests: 63 bits, which a million different statements share once in ten million lists."""
    return (np.frombuffer(b"".join(digests), dtype=">u8") >> np.uint64(1)).astype(np.int64)


class Intake:
    """Takes in one snapshot."""

    def __init__(self, connection: Connection, place: Place) -> None:
        self.connection, self.place = connection, place
        self.tally = Tally()
        self._statements = Presences(connection, schema.statement, place)
        self._measures = Presences(connection, schema.measure, place)
        self._targets = _ignoring(connection)
        self._positions: dict[str, int] = {}  # the next free place in each entity
        self._measure_keys: set[int] = set()
        self._digests: list[bytes] = []  # of the batch, and the statements they belong to with their places
        self._rows: list[tuple[Statement, int]] = []

    def take(self, records: Iterable[Statement | Measure]) -> None:
        """Take in all records. Raises InputError for text that cannot be kept."""
        group: list[Statement] = []
        entity_id: str | None = None
        for record in records:
            if isinstance(record, Measure):
                self._measure(record)
                continue
            if record.entity_id != entity_id:
                if group:
                    self._entity(group)
                group, entity_id = [], record.entity_id
            group.append(record)
        if group:
            self._entity(group)
        self._flush()

    def settle(self, *, keep_absent: bool) -> None:
        """End what the snapshot no longer holds; with `keep_absent`, only of entities that it holds."""
        if keep_absent:
            self._statements.keep("entity_id", lambda entity_id: not self._covers(entity_id))
            self._measures.keep("payload", lambda text: not any(map(self._covers, targets(text))))
        self._statements.settle()
        self._measures.settle()
        if keep_absent:
            self._count_again()

    def _covers(self, entity_id: str) -> bool:
        """Whether the snapshot holds this entity or the entry it hangs on."""
        if entity_id in self._positions:
            return True
        held = owner(entity_id)
        return held is not None and held in self._positions

    def _entity(self, group: list[Statement]) -> None:
        entity_id = group[0].entity_id
        start = position = self._positions.get(entity_id, 0)
        kept: list[Statement] = []
        seen: set[bytes] = set()
        for s in group:
            try:
                content = orjson.dumps((entity_id, s.schema, s.prop, s.value, s.original, s.lang, s.qualifier))
            except TypeError:
                raise InputError(f"entry {entity_id}, {s.prop}: {s.value!r} is no valid text; mend the list") from None
            if content in seen:
                continue
            seen.add(content)
            kept.append(s)
            self._digests.append(digest(b"%b%d" % (content, position)))
            self._rows.append((s, position))
            position += 1
        self._positions[entity_id] = position
        self.tally.entity(kept, known=start > 0)
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        source, date, last = self.place.source, self.place.date, self.place.last_seen
        keys = keys_of(self._digests)
        fresh = []
        for number in self._statements.absorb(keys).tolist():
            s, position = self._rows[number]
            refers = s.prop in kind(s.schema).references
            fresh.append(
                (source, s.entity_id, s.schema, s.prop, s.value, s.original, s.lang, s.qualifier, refers,
                 int(keys[number]), position, date, last)
            )  # fmt: skip
        self._statements.insert(fresh)
        self._digests, self._rows = [], []

    def _measure(self, measure: Measure) -> None:
        try:
            text = payload(measure)
        except TypeError:
            raise InputError(f"measure {measure.measure_id}: holds no valid text; mend the list") from None
        keys = keys_of([digest(text)])
        key = int(keys[0])
        if key in self._measure_keys:
            return
        self._measure_keys.add(key)
        self.tally.measure(measure)
        if len(self._measures.absorb(keys)):
            source, date = self.place.source, self.place.date
            row = (source, measure.measure_id, key, text.decode(), date, self.place.last_seen)
            self._measures.insert([row])
            self._targets.run(self.connection, [(entity_id, source, key) for entity_id in measure.targets])

    def _count_again(self) -> None:
        """Count what an extract leaves standing, not only what it holds itself."""
        self.tally = Tally()
        view = View(((self.place.source, self.place.date),))
        for entity in read_entities(self.connection, view):
            self.tally.entity(entity.statements)
        for measure in read_measures(Wrapped(self.connection), view):
            self.tally.measure(measure)


def _ignoring(connection: Connection) -> Compiled:
    """The INSERT of measure targets that passes over those that are there."""
    dialect: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    names = ("entity_id", "source", "key")
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return compiled(connection, dialect.insert(schema.measure_target).values(values).on_conflict_do_nothing())
