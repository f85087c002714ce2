"""Who belongs to whom: leaders, members, family, owners and other links of one actor.

Takes its entries; gives links from the lists' edges, and co-defendants from the measures that name several. Must not
infer: what an edge does not say in its role is told as the plain kind of edge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Link, Standing
from allonym.dossier.entries import EDGES, Listed
from allonym.dossier.find import OpenLists, SameActor
from allonym.model import Entity
from allonym.store.view import View

#: What the other end is, by schema: (when this one is the first end, when it is the second).
RELATIONS = {
    "Membership": ("group", "member"),
    "Directorship": ("directs", "director"),
    "Employment": ("employer", "employee"),
    "Ownership": ("owned", "owner"),
    "Family": ("family", "family"),
    "Associate": ("associate", "associate"),
    "Representation": ("client", "agent"),
    "Succession": ("successor", "predecessor"),
    "UnknownLink": ("linked to", "linked to"),
}
#: Words in a role that make the first end of an edge one who leads the second.
LEADING = ("leader", "head of", "commander", "chief", "founder", "chairman", "president")
ORDER = ("leader", "director", "member", "part", "group", "part of", "leads", "directs", "family", "owner", "owned",
         "associate", "co-defendant")  # fmt: skip


def links(lists: OpenLists, chosen: Chosen, same: SameActor, entries: list[Listed], day: str) -> list[Link]:
    """The links that had begun by a day (ISO), nearest kinds first; both ends are actors."""
    own = {same.actor(e.entity.entity_id) for e in entries} | {e.entity.entity_id for e in entries}
    found: dict[tuple[str, str, str | None], Link] = {}
    for listed in entries:
        for link in (*_edges(listed), *_parents(listed)):
            other = same.actor(link.other_id)
            if other in own or (link.since is not None and link.since[:10] > day):
                continue
            found.setdefault((link.relation, other, link.role), _with_name(lists, chosen, link, other))
    return sorted(found.values(), key=_order)


def co_defendants(lists: OpenLists, chosen: Chosen, standings: Iterable[Standing]) -> list[Link]:
    """Those whom one charge names together with the actor."""
    found: dict[str, Link] = {}
    for standing in standings:
        measure = standing.measure
        if measure.type != "charges" or not standing.counts:
            continue
        for other in measure.targets:
            if other != standing.entity_id:
                link = Link("co-defendant", other, other, None, standing.begun, None, standing.source,
                            measure.measure_id)  # fmt: skip
                found.setdefault(other, _with_name(lists, chosen, link, other))
    return sorted(found.values(), key=_order)


def _order(link: Link) -> tuple[int, str, str]:
    place = ORDER.index(link.relation) if link.relation in ORDER else len(ORDER)
    return place, link.caption.casefold(), link.other_id


def _edges(listed: Listed) -> Iterator[Link]:
    entity_id = listed.entity.entity_id
    for edge in listed.referring:
        if edge.schema not in EDGES:
            continue
        first, second = EDGES[edge.schema]
        role = "; ".join([*edge.values("role"), *edge.values("relationship")]) or None
        if edge.values("percentage"):
            role = f"{role or 'owner'}, {', '.join(edge.values('percentage'))} %"
        is_first = entity_id in edge.values(first)
        for other in edge.values(second if is_first else first):
            relation = _relation(edge.schema, role, is_first=is_first)
            yield Link(relation, other, other, role, *_span(edge), listed.source, edge.entity_id)


def _relation(schema: str, role: str | None, *, is_first: bool) -> str:
    leads = role is not None and any(word in role.casefold() for word in LEADING)
    if leads and schema in ("Membership", "UnknownLink", "Directorship"):
        return "leads" if is_first else "leader"
    return RELATIONS[schema][0 if is_first else 1]


def _span(edge: Entity) -> tuple[str | None, str | None]:
    return min(edge.values("startDate"), default=None), max(edge.values("endDate"), default=None)


def _parents(listed: Listed) -> Iterator[Link]:
    """Bodies it is part of, and its own parts."""
    entity = listed.entity
    for parent in entity.values("parent"):
        yield Link("part of", parent, parent, None, None, None, listed.source, entity.entity_id)
    for other in listed.referring:
        if entity.entity_id in other.values("parent"):
            yield Link("part", other.entity_id, other.caption, None, None, None, listed.source, other.entity_id)


def _with_name(lists: OpenLists, chosen: Chosen, link: Link, other: str) -> Link:
    """The link with the name of the other end, from its own list and else from the register."""
    caption = link.caption
    for entity_id in dict.fromkeys((other, link.other_id)):
        view = (
            View(tuple(s for s in chosen.view.snapshots if s[0] == link.source)) if entity_id != other else chosen.view
        )
        found = lists.store.entity(view, entity_id)
        if found:
            caption = found[0].caption
            break
    return replace(link, other_id=other, caption=caption)
