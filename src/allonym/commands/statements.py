"""What the lists say about one entity, statement by statement: for `allonym show --statements` and its FtM formats.

Takes a view and an id or a name; gives entities, FtM, and lines with the text as printed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import allonym
from allonym.dossier.clocks import Chosen
from allonym.dossier.entries import said_of, seen_in
from allonym.dossier.find import SameActor
from allonym.errors import NotFoundError
from allonym.lists import Lists
from allonym.matching.engine import Options
from allonym.model import Entity, NameKind, Statement, pooled
from allonym.screening.printable import printable
from allonym.sources.catalogue import is_official
from allonym.store.view import View


def find(lists: Lists, view: View, same: SameActor, asked: str) -> list[Entity]:
    """The entry under that id, all entries where it is an actor's; else those of the actor that the name finds."""
    found = _entries(lists, view, asked)
    if found:
        others = (e for entry in same.ids(asked) if entry != asked for e in _entries(lists, view, entry))
        return [*found, *(e for e in others if is_official(e.source))]
    hits = next(iter(lists.engine(view, Options(limit=5))([allonym.lists.query(asked, 1)])))
    if not hits:
        raise NotFoundError(
            f"nobody is listed as {asked!r}; `allonym screen` with a lower --threshold shows who is near"
        )
    return [e for referent in hits[0].referents for e in lists.store.entity(view, referent)]


def _entries(lists: Lists, view: View, asked: str) -> list[Entity]:
    """The entries of an id; also of one with its source in front, as an actor's id has it where a user's own file
    repeats an id."""
    found = lists.store.entity(view, asked)
    source, _, entity_id = asked.partition("/")
    return found or ([e for e in lists.store.entity(view, entity_id) if e.source == source] if entity_id else [])


def as_ftm(lists: Lists, view: View, found: list[Entity], chosen: Chosen) -> dict[str, Any]:
    """One FtM entity, its values from all sources together, with what belongs to it under `related`."""
    first = found[0]
    properties = pooled(map(said_of, found))
    ids = list(dict.fromkeys(e.entity_id for e in found))
    dates = [_first_seen(lists, e, chosen) for e in found]
    return {
        "id": first.entity_id,
        "caption": first.caption,
        "schema": first.schema,
        "properties": properties,
        "datasets": list(dict.fromkeys(e.source for e in found)),
        "referents": ids[1:],
        "first_seen": min(dates),
        "last_seen": max(view.date(e.source) or "" for e in found),
        "target": bool(properties.get("topics")),
        "related": [_plain(e) for e in _related(lists, view, found)],
    }


def _plain(entity: Entity) -> dict[str, Any]:
    return {"id": entity.entity_id, "schema": entity.schema, "properties": said_of(entity),
            "datasets": [entity.source]}  # fmt: skip


def _related(lists: Lists, view: View, found: Iterable[Entity]) -> list[Entity]:
    """What refers to these entities, and the addresses they refer to."""
    related: dict[tuple[str, str], Entity] = {}
    for entity in found:
        addresses = entity.values("addressEntity")
        for other in (*lists.store.referring(view, entity.entity_id), *_entities(lists, view, addresses)):
            if other.source == entity.source:
                related[other.source, other.entity_id] = other
    return list(related.values())


def _entities(lists: Lists, view: View, ids: list[str]) -> list[Entity]:
    return list(lists.store.entities(view, ids=ids)) if ids else []


def lines(lists: Lists, view: View, found: list[Entity], chosen: Chosen) -> Iterator[str]:
    """Every entry with its statements, for people."""
    for entity in found:
        yield f"{printable(entity.caption)}  ({entity.schema}, {entity.entity_id})"
        yield f"  as {entity.source} of {view.date(entity.source)} says"
        yield from _names(entity)
        for statement in entity.statements:
            if statement.name_kind is None and statement.prop != "addressEntity":
                yield f"  {statement.prop}: {_told(statement)}"
        for other in _related(lists, view, [entity]):
            values = [f"{prop} {printable('; '.join(v))}" for prop, v in said_of(other).items()
                      if entity.entity_id not in v]  # fmt: skip
            yield f"  [{other.schema}] {', '.join(values)}"
        yield f"  first seen in the snapshot of {_first_seen(lists, entity, chosen)}\n"


def _first_seen(lists: Lists, entity: Entity, chosen: Chosen) -> str:
    """The first snapshot that has it, of those that were known."""
    history = lists.store.history(entity.source, entity.entity_id)
    return min(s.first_seen for s in seen_in(history, chosen.dates(entity.source)))


def _names(entity: Entity) -> Iterator[str]:
    for kind in NameKind:
        told = [_told(s) for s in entity.statements if s.name_kind is kind]
        if told:
            yield f"  {kind.value.replace('_', ' ')}: {'; '.join(told)}"


def _told(statement: Statement) -> str:
    notes = [f"printed {statement.original!r}" if statement.original else "", statement.lang or ""]
    if statement.qualifier and statement.qualifier != NameKind.ORIGINAL_SCRIPT:
        notes.append(statement.qualifier)
    told = ", ".join(n for n in notes if n)
    return printable(f"{statement.value} ({told})" if told else statement.value)
