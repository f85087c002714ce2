"""Which statements about some entities stand in one of two snapshots and not in the other.

Takes a source, two of its snapshots and ids; gives per id what changed: the properties of the entity itself, and those
of the side entities that refer to it (its sanctions, identity documents, edges), and the measures upon it. It asks for
the ids alone, so that it costs what they cost. Must not need FtM's model; `diff` tells the whole list and does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from allonym.model import Measure
from allonym.store.measures import read_measures
from allonym.store.plain import Rows, alive, portions
from allonym.store.view import View


@dataclass(frozen=True, slots=True)
class Touch:
    """One property: values that only the old snapshot has, and those that only the new one has; sorted.

    `part` is the schema of the side entity that states it, "Measure" for a measure, None for the entity itself.
    """

    part: str | None
    prop: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def read_touched(
    rows: Rows, source: str, dates: tuple[str, str], ids: Collection[str]
) -> dict[str, tuple[Touch, ...]]:  # fmt: skip
    """What changed from the first of `dates` to the second, by entity id, sorted by part and property."""
    old: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    new: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    heads = _heads(rows, source, ids)
    for entity_id, schema, prop, value, is_old in _differing(rows, source, dates, {*ids, *heads}):
        for head in heads.get(entity_id, (entity_id,)):
            if value != head and not value.startswith(f"{head}-"):  # what links the two says nothing
                part = "" if entity_id == head else schema
                (old if is_old else new)[head, part, prop].add(value)
            if entity_id == head:
                (old if is_old else new)[head, "", "schema"].add(schema)
    for head, part, prop, before, after in _measures(rows, source, dates, ids):
        old[head, part, prop] |= before
        new[head, part, prop] |= after
    found: dict[str, list[Touch]] = defaultdict(list)
    for head, part, prop in sorted(old.keys() | new.keys()):
        before, after = old[head, part, prop], new[head, part, prop]
        if before != after and not (prop == "schema" and not (before and after)):
            touch = Touch(part or None, prop, tuple(sorted(before - after)), tuple(sorted(after - before)))
            found[head].append(touch)
    return {head: tuple(touches) for head, touches in found.items()}


def _heads(rows: Rows, source: str, ids: Collection[str]) -> dict[str, list[str]]:
    """The entities that refer to one of the ids, each with those it refers to; an entry of the ids stays its own."""
    heads: dict[str, list[str]] = {}
    for signs, portion in portions(ids):
        sql = (f"SELECT DISTINCT entity_id, value FROM statement WHERE source = ? AND refers IS {rows.true} "  # noqa: S608
               f"AND value IN ({signs})")  # fmt: skip
        for side, head in rows.execute(sql, (source, *portion)):
            if side not in ids and head not in heads.setdefault(side, []):
                heads[side].append(head)
    return heads


def _differing(
    rows: Rows, source: str, dates: tuple[str, str], ids: Collection[str]
) -> Iterator[tuple[str, str, str, str, bool]]:
    """(entity id, schema, property, value with its qualifier, is old) of the statements that one snapshot lacks."""
    (old, before), (new, after) = (alive(date) for date in dates)
    for signs, portion in portions(ids):
        sql = (f"SELECT entity_id, schema, prop, value, qualifier, {old} FROM statement WHERE source = ? "  # noqa: S608
               f"AND entity_id IN ({signs}) AND ({old} AND NOT {new} OR {new} AND NOT {old})")  # fmt: skip
        values = (*before, source, *portion, *before, *after, *after, *before)
        for entity_id, schema, prop, value, qualifier, is_old in rows.execute(sql, values):
            yield entity_id, schema, prop, value if qualifier is None else f"{value} ({qualifier})", bool(is_old)


def _measures(
    rows: Rows, source: str, dates: tuple[str, str], ids: Collection[str]
) -> Iterator[tuple[str, str, str, set[str], set[str]]]:
    """Measures upon the ids that one snapshot lacks; one of which only the words changed is told as a note."""
    old, new = ({m.measure_id: m for m in read_measures(rows, View(((source, date),)))} for date in dates)
    for measure_id in sorted(old.keys() | new.keys()):
        before, after = old.get(measure_id), new.get(measure_id)
        if before == after:
            continue
        prop = "note" if before and after and _plain(before) == _plain(after) else "measure"
        for head in {*(before.targets if before else ()), *(after.targets if after else ())} & set(ids):
            left, right = _told(before, prop), _told(after, prop)
            yield head, "Measure", prop, left, right


def _plain(measure: Measure) -> Measure:
    """A measure without the words around it."""
    return replace(measure, note=None, citations=(), target_text=None, confidence="high")


def _told(measure: Measure | None, prop: str) -> set[str]:
    if measure is None:
        return set()
    if prop == "note":
        return {measure.note or "; ".join(c.title for c in measure.citations)}
    dates = ", ".join(f"{d.kind} {d.date}" for d in measure.dates)
    amount = f"{measure.amount:,.0f} {measure.currency or ''}".strip() if measure.amount is not None else ""
    what = [measure.type, measure.authority, measure.program, measure.legal_basis, dates, amount, measure.status]
    return {"; ".join(text for text in what if text)}
