"""The network around one actor: who is linked to it, and who to them, at most a few steps away.

Takes a dossier and the lists; gives nodes and edges. A neighbourhood that is too large is cut, with a count of what was
left out. Must not draw.
"""

from dataclasses import dataclass, replace

from allonym.dossier import entries
from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Dossier, Link
from allonym.dossier.find import OpenLists, SameActor, is_official
from allonym.dossier.links import co_defendants, links
from allonym.dossier.reported import together
from allonym.dossier.standings import standings

STEPS, MOST = 2, 60


@dataclass(frozen=True, slots=True)
class Node:
    """An actor with its distance from the one that was asked; `hidden` counts links of it that were cut."""

    entity_id: str
    caption: str
    step: int
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, nearest first, and edges (the actor, what the other is to it, the other)."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, Link, str], ...]

    @property
    def hidden(self) -> int:
        """How many links were cut."""
        return sum(node.hidden for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a network is read from: the lists, the snapshots that answer, who is one actor, and the day (ISO); `as_of`
    and `known_at` as they were asked, for documents."""

    lists: OpenLists
    chosen: Chosen
    same: SameActor
    day: str
    as_of: str | None = None
    known_at: str | None = None


def network(ground: Ground, dossier: Dossier, *, steps: int = STEPS, most: int = MOST) -> Network:
    """The network of a dossier, at most `steps` away and at most `most` actors; what documents report of the actor
    itself comes last, and leads no further."""
    nodes = {dossier.entity_id: Node(dossier.entity_id, dossier.caption, 0)}
    edges: dict[tuple[str, str, str], tuple[str, Link, str]] = {}
    ids = {dossier.entity_id, *(s.entity_id for s in dossier.stated)}
    reported = together(ground.lists.store, ids, ground.as_of, ground.known_at)
    waiting = [(dossier.entity_id, list(dossier.links))]
    while waiting:
        actor, own = waiting.pop(0)
        here, hidden = nodes[actor], 0
        for link in own:
            other = link.other_id
            if other not in nodes:
                if len(nodes) >= most:
                    hidden += 1
                    continue
                nodes[other] = Node(other, link.caption, here.step + 1)
                if here.step + 1 < steps:
                    waiting.append((other, _links(ground, other)))
            first, second = sorted((actor, other))
            if (first, second, _pair(link.relation)) not in edges:
                edges[first, second, _pair(link.relation)] = (actor, link, other)
        nodes[actor] = Node(actor, here.caption, here.step, hidden)
    _add_reported(nodes, edges, reported, most)
    return Network(tuple(nodes.values()), tuple(edges.values()))


def _add_reported(
    nodes: dict[str, Node], edges: dict[tuple[str, str, str], tuple[str, Link, str]], reported: list[Link], most: int
) -> None:
    """Those who are mentioned together with the first actor, as far as there is room."""
    actor = next(iter(nodes.values()))
    hidden = 0
    for link in reported:
        if link.other_id not in nodes and len(nodes) >= most:
            hidden += 1
            continue
        nodes.setdefault(link.other_id, Node(link.other_id, link.caption, 1))
        edges[actor.entity_id, link.other_id, link.relation] = (actor.entity_id, link, link.other_id)
    nodes[actor.entity_id] = replace(actor, hidden=actor.hidden + hidden)


#: The same link seen from its other end.
ENDS = {"leads": "leader", "group": "member", "part of": "part", "owned": "owner", "directs": "director",
        "employer": "employee", "client": "agent", "successor": "predecessor"}  # fmt: skip


def _pair(relation: str) -> str:
    return ENDS.get(relation, relation)


def _links(ground: Ground, actor: str) -> list[Link]:
    lists, chosen, same, day = ground.lists, ground.chosen, ground.same, ground.day
    wanted = [(e.source, e.entity_id) for e in lists.store.entities(chosen.view, ids=same.ids(actor))]
    official = [entry for entry in wanted if is_official(entry[0])]
    listed = entries.read(lists, chosen, official or wanted[:1])
    if not listed:
        return []
    return [*links(lists, chosen, same, listed, day), *co_defendants(lists, chosen, standings(lists, listed, day))]


def tree(found: Network) -> list[tuple[int, str]]:
    """The network as (depth, line): under each actor those it leads to, each actor once; then links between them."""
    by_actor: dict[str, list[tuple[Link, str]]] = {}
    for actor, link, other in found.edges:
        by_actor.setdefault(actor, []).append((link, other))
    step = {node.entity_id: node.step for node in found.nodes}
    hidden = {node.entity_id: node.hidden for node in found.nodes}
    lines: list[tuple[int, str]] = []
    told: set[str] = set()

    def under(actor: str, depth: int) -> None:
        told.add(actor)
        for link, other in by_actor.get(actor, ()):
            again = " (see above)" if other in told else ""
            role = f" [{link.role}]" if link.reported else ""
            lines.append((depth, f"{link.relation}: {link.caption} ({other}){role}{again}"))
            if other not in told and step[other] > step[actor]:
                under(other, depth + 1)
        if hidden[actor]:
            lines.append((depth, f"and {hidden[actor]:,} more that are not shown"))

    under(found.nodes[0].entity_id, 0)
    return lines
