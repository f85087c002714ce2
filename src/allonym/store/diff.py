"""What changed in a source between two of its snapshots, told by the entries of the list.

Takes two dates; gives who was added, who was removed, and for the others which properties changed, with all values
before and after. Must not report a side entity (sanction, address, document, edge) by itself where the entry is known
that it hangs on: it is told as a change of that entry, under the schema of the side entity. A value counts as changed
when its text or its qualifier ("circa") did; a new order, language or original spelling alone is no change.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, not_, or_, select

from allonym.model import Entity, Measure, Statement
from allonym.store.entities import read_entities, read_referring
from allonym.store.entries import is_entry, kind, owner
from allonym.store.measures import read_measures
from allonym.store.plain import Wrapped
from allonym.store.schema import alive, statement
from allonym.store.view import View


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list, as far as a diff names it."""

    entity_id: str
    schema: str
    caption: str


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """The values of one property before and after, each without repeats; `part` is the schema of the side entity whose
    property it is, None for one of the entry itself.

    For an entry's own property these are all its values; for a side entity's, those that the other snapshot lacks.
    `prop` is "schema" when the entry itself changed its schema.
    """

    part: str | None
    prop: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is in both snapshots, and what changed in it."""

    entry: Entry
    properties: tuple[PropertyChange, ...]


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure before and after; None where the snapshot lacks it."""

    before: Measure | None
    after: Measure | None


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in `source` from the snapshot `old` to the snapshot `new` (dates); everything sorted by id."""

    source: str
    old: str
    new: str
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Change, ...]
    measures: tuple[MeasureChange, ...] = ()


class Comparison:
    """Compares two snapshots of one source."""

    def __init__(self, connection: Connection, source: str, old: str, new: str) -> None:
        self.connection, self.source = connection, source
        self.dates = (old, new)
        self.views = (View(((source, old),)), View(((source, new),)))
        ids = self._touched()
        self.old, self.new = (self._entities(view, ids) for view in self.views)

    def diff(self) -> Diff:
        """The difference."""
        gone, come, entries = set[str](), set[str](), set[str]()
        parts: dict[str, list[str]] = defaultdict(list)
        for entity_id in sorted(self.old.keys() | self.new.keys()):
            before, after = self.old.get(entity_id), self.new.get(entity_id)
            head = self._head(after or before)
            if head != entity_id:
                parts[head].append(entity_id)
            elif before is None:
                come.add(entity_id)
            elif after is None:
                gone.add(entity_id)
            else:
                entries.add(entity_id)
        self._look_up(parts.keys() - self.old.keys() - self.new.keys())
        changes = []
        for entity_id in sorted((entries | parts.keys()) - gone - come):
            properties = (*self._own(entity_id), *self._parts(entity_id, parts[entity_id]))
            if properties:
                changes.append(Change(_entry(self.new.get(entity_id) or self.old[entity_id]), properties))
        added = tuple(_entry(self.new[entity_id]) for entity_id in sorted(come))
        removed = tuple(_entry(self.old[entity_id]) for entity_id in sorted(gone))
        return Diff(self.source, *self.dates, added, removed, tuple(changes), self._measures())

    def _touched(self) -> set[str]:
        """The ids of entities of which a presence covers one of the two snapshots only."""
        old, new = (alive(statement, date) for date in self.dates)
        differs = or_(and_(old, not_(new)), and_(new, not_(old)))
        query = select(statement.c.entity_id).where(statement.c.source == self.source, differs).distinct()
        return set(self.connection.scalars(query))

    def _entities(self, view: View, ids: set[str]) -> dict[str, Entity]:
        return {entity.entity_id: entity for entity in read_entities(self.connection, view, ids)}

    def _look_up(self, ids: set[str]) -> None:
        """Entries that did not change themselves, for their captions."""
        for entities, view in ((self.old, self.views[0]), (self.new, self.views[1])):
            entities.update(self._entities(view, ids))

    def _head(self, entity: Entity | None) -> str:
        """The id of the entry an entity hangs on: its own for an entry, or when none is found."""
        assert entity is not None
        if is_entry(entity.entity_id, entity.schema):
            return entity.entity_id
        named = owner(entity.entity_id)
        if named is not None:
            return named if self._exists(named) else entity.entity_id
        references = kind(entity.schema).references
        for s in entity.statements:
            if s.prop in references and s.value != entity.entity_id and self._exists(s.value):
                return s.value
        for view in self.views:
            for other in read_referring(self.connection, view, entity.entity_id):
                if is_entry(other.entity_id, other.schema):
                    return other.entity_id
        return entity.entity_id

    def _exists(self, entity_id: str) -> bool:
        if entity_id in self.old or entity_id in self.new:
            return True
        query = select(statement.c.id).where(statement.c.source == self.source, statement.c.entity_id == entity_id)
        old, new = (alive(statement, date) for date in self.dates)
        return self.connection.execute(query.where(or_(old, new)).limit(1)).first() is not None

    def _own(self, entity_id: str) -> Iterable[PropertyChange]:
        before, after = self.old.get(entity_id), self.new.get(entity_id)
        if before is None or after is None:
            return
        if before.schema != after.schema:
            yield PropertyChange(None, "schema", (before.schema,), (after.schema,))
        left, right = _told(before.statements), _told(after.statements)
        for prop in dict.fromkeys([*left, *right]):
            first, second = left.get(prop, {}), right.get(prop, {})
            if first.keys() != second.keys():
                yield PropertyChange(None, prop, tuple(first), tuple(second))

    def _parts(self, head: str, ids: Iterable[str]) -> Iterable[PropertyChange]:
        """Side entities of one entry, told together by their schema and property; that they hang on it goes unsaid."""
        left: dict[tuple[str, str], dict[str, None]] = {}
        right: dict[tuple[str, str], dict[str, None]] = {}
        for entity_id in ids:
            for entities, values in ((self.old, left), (self.new, right)):
                if (entity := entities.get(entity_id)) is not None:
                    for prop, found in _told(entity.statements).items():
                        values.setdefault((entity.schema, prop), {}).update(found)
        for part, prop in sorted(left.keys() | right.keys()):
            before, after = left.get((part, prop), {}), right.get((part, prop), {})
            gone = tuple(value for value in before if value not in after and value != head)
            come = tuple(value for value in after if value not in before and value != head)
            if gone or come:
                yield PropertyChange(part, prop, gone, come)

    def _measures(self) -> tuple[MeasureChange, ...]:
        old, new = ({m.measure_id: m for m in read_measures(Wrapped(self.connection), view)} for view in self.views)
        ids = sorted(old.keys() | new.keys())
        return tuple(MeasureChange(old.get(i), new.get(i)) for i in ids if old.get(i) != new.get(i))


def _told(statements: Iterable[Statement]) -> dict[str, dict[str, None]]:
    """Per property its values in order, each with its qualifier; links to side entities are left out."""
    found: dict[str, dict[str, None]] = {}
    for s in statements:
        if s.prop in kind(s.schema).references and owner(s.value) is not None:
            continue
        told = s.value if s.qualifier is None else f"{s.value} ({s.qualifier})"
        found.setdefault(s.prop, {})[told] = None
    return found


def _entry(entity: Entity) -> Entry:
    return Entry(entity.entity_id, entity.schema, entity.caption)
