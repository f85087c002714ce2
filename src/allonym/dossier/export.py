"""A dossier for other programs: its whole set of FollowTheMoney entities, and what each list states, value by value.

Takes an open store and a dossier; gives FtM entities (the actor first, then what refers to it and what that refers to)
and statements in the columns that FtM's tools know. Must not change a value; what is Allonym's own mark is left out.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Dossier
from allonym.dossier.entries import FRAMING, seen_in
from allonym.errors import NotFoundError
from allonym.model import REGISTER, Entity, Properties, pooled
from allonym.store import Store
from allonym.store.view import View

#: FtM's columns of a statement, and how far its value goes (`circa`, `original_script`).
STATEMENT = ("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "lang", "original_value",
             "external", "first_seen", "last_seen", "qualifier")  # fmt: skip


def entries(store: Store, dossier: Dossier, sources: Collection[str] | None = None) -> list[Entity]:
    """The entries of the actor as the lists stood; when all let it go, as they last had it. Raises NotFoundError."""
    stated = [s for s in dossier.stated if sources is None or s.source in sources]
    if dossier.as_of is not None:
        stated = [s for s in stated if s.source == REGISTER or s.snapshot[:10] <= dossier.as_of]
    chosen = [s for s in stated if s.present] or stated
    found = [e for s in chosen for e in store.entity(View(((s.source, s.snapshot),)), s.entity_id)]
    if not found:
        day = f" on {dossier.as_of}" if dossier.as_of else ""
        raise NotFoundError(f"no list asked has an entry of {dossier.entity_id}{day}; ask without --as-of or --sources")
    return found


def views(dossier: Dossier) -> dict[str, View]:
    """The snapshot each source is read in, as a view."""
    found = {c.source: View(((c.source, c.snapshot),)) for c in dossier.consulted}
    return found | {s.source: View(((s.source, s.snapshot),)) for s in dossier.stated}


def ftm(store: Store, dossier: Dossier, found: list[Entity]) -> list[dict[str, Any]]:
    """FtM entities: the actor with the values of all its entries together, then the others; references to an entry
    lead to the actor. What two lists have under one id is one entity."""
    own = dict.fromkeys([dossier.entity_id, *(e.entity_id for e in found)])
    together: dict[str, dict[str, Any]] = {}
    for entity in (*found, *beside(store, dossier, found)):
        is_actor = entity.entity_id in own
        entity_id = dossier.entity_id if is_actor else entity.entity_id
        made = together.setdefault(entity_id, _empty(entity_id, entity))
        made["schema"] = _common(made["schema"], entity.schema)
        made["datasets"] = list(dict.fromkeys([*made["datasets"], entity.source]))
        more = _properties(entity, {} if is_actor else dict.fromkeys(own, dossier.entity_id))
        made["properties"] = pooled((made["properties"], more))
    actor = together[dossier.entity_id]
    at, seen = views(dossier), [s for s in dossier.stated if s.source in actor["datasets"]]
    actor["caption"] = dossier.caption
    actor["referents"] = [entity_id for entity_id in own if entity_id != dossier.entity_id]
    actor["first_seen"] = min(s.first_seen for s in seen)
    actor["last_seen"] = max(at[s.source].snapshots[0][1] for s in seen)
    actor["target"] = bool(actor["properties"].get("topics"))
    return list(together.values())


def _empty(entity_id: str, entity: Entity) -> dict[str, Any]:
    return {"id": entity_id, "caption": entity.caption, "schema": entity.schema, "properties": {}, "datasets": []}


def _common(one: str, other: str) -> str:
    """The narrower of two schemata; the first where neither is the other's kind."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    try:
        return str(model.common_schema(one, other).name)
    except InvalidData:
        return one


def _properties(entity: Entity, instead: dict[str, str]) -> Properties:
    from allonym.store.entries import kind

    references = kind(entity.schema).references
    found: Properties = {}
    for statement in entity.statements:
        if statement.qualifier in FRAMING:
            continue
        value = instead.get(statement.value, statement.value) if statement.prop in references else statement.value
        values = found.setdefault(statement.prop, [])
        if value not in values:
            values.append(value)
    return found


def beside(store: Store, dossier: Dossier, found: Iterable[Entity]) -> list[Entity]:
    """What refers to the entries (sanctions, documents, edges), and what these and the entries refer to."""
    at = views(dossier)
    entries = list(found)
    own = {(e.source, e.entity_id) for e in entries}
    related: dict[tuple[str, str], Entity] = {}
    for entity in entries:
        for other in store.referring(at[entity.source], entity.entity_id):
            if (other.source, other.entity_id) not in own:
                related[other.source, other.entity_id] = other
    for entity in (*entries, *list(related.values())):
        wanted = [i for i in _referred(entity) if (entity.source, i) not in own | related.keys()]
        if wanted:
            for other in store.entities(at[entity.source], ids=wanted):
                related[other.source, other.entity_id] = other
    return list(related.values())


def _referred(entity: Entity) -> list[str]:
    from allonym.store.entries import kind

    references = kind(entity.schema).references
    return list(dict.fromkeys(s.value for s in entity.statements if s.prop in references))


def statements(store: Store, dossier: Dossier, found: list[Entity], chosen: Chosen) -> Iterator[tuple[str | None, ...]]:
    """Rows of `STATEMENT`, entry by entry and then what hangs on them, in the order the lists state them; `chosen` are
    the snapshots of the dossier."""
    own = {e.entity_id for e in found}
    at = views(dossier)
    for entity in (*found, *beside(store, dossier, found)):
        date = at[entity.source].snapshots[0][1]
        history = seen_in(store.history(entity.source, entity.entity_id), chosen.dates(entity.source))
        seen = {s.statement: s.first_seen for s in history if s.first_seen <= date <= (s.last_seen or date)}
        canonical = dossier.entity_id if entity.entity_id in own else entity.entity_id
        for s in entity.statements:
            if s.qualifier not in FRAMING:
                yield (canonical, s.entity_id, s.prop, _type(s.schema, s.prop), s.schema, s.value, entity.source,
                       s.lang, s.original, "f", seen.get(s, date), date, s.qualifier)  # fmt: skip


def _type(schema: str, prop: str) -> str | None:
    from followthemoney import model

    known = model.get(schema)
    found = known.get(prop) if known is not None else None
    return str(found.type.name) if found is not None else None
