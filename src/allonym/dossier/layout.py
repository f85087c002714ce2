"""Where the actors of a network stand in a picture: a column for every step, those one leads to beside it.

Takes a network; gives places in pixels and who is drawn to whom. The columns are networkx's multipartite layout, each
ordered by its neighbours in the column before. The same network gives the same places.
"""

import unicodedata
from dataclasses import dataclass

from allonym.dossier.network import Network, Node
from allonym.screening.printable import printable

COLUMN, ROW, BOX, HIGH, MARGIN = 330, 40, 250, 32, 16  # px
#: Width of a letter at 11 px, px: East Asian, capital, any other.
LETTERS = (11.0, 7.9, 6.0)
_LARGE = 11  # px


@dataclass(frozen=True, slots=True)
class Drawn:
    """An actor with the middle of its left side, and what it is to the one it hangs on, in words."""

    node: Node
    x: float
    y: float
    told: str
    reported: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two drawn actors, in words; `tree` when it leads from one column to the next and is told in the
    box of the second; `reported` when only documents tell it."""

    first: str
    second: str
    told: str
    tree: bool
    reported: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is drawn, by id, and how large the picture is."""

    drawn: dict[str, Drawn]
    lines: tuple[Line, ...]
    width: float
    height: float


def fitted(text: str, size: float = _LARGE) -> str:
    """The text, made safe to show, cut so that it surely fits into a box in letters of so many pixels."""
    safe = printable(text)
    room = (BOX - 16) * _LARGE / size
    for place, letter in enumerate(safe):
        wide = unicodedata.east_asian_width(letter) in "WF"
        room -= LETTERS[0] if wide else LETTERS[1] if letter.isupper() else LETTERS[2]
        if room < 0:
            return f"{safe[: place - 1]}…"
    return safe


def layout(found: Network) -> Layout:
    """The layout of a network."""
    joined = _joined(found)
    parent = _parents(found, joined)
    places = _places(found, parent)
    drawn, lines = {}, []
    for node in found.nodes:
        words, reported = joined.get((parent.get(node.entity_id, ""), node.entity_id), ([], False))
        hidden = [f"{node.hidden:,} more not shown"] if node.hidden else []
        x, y = places[node.entity_id]
        drawn[node.entity_id] = Drawn(node, x, y, "; ".join([*words, *hidden]), reported)
    for (first, second), (words, reported) in joined.items():
        tree = parent.get(second) == first
        lines.append(Line(first, second, ", ".join(words), tree, reported))
    width = max(d.x for d in drawn.values()) + BOX + (COLUMN - BOX) / 2 + MARGIN
    height = max(d.y for d in drawn.values()) + HIGH / 2 + MARGIN
    return Layout(drawn, tuple(lines), width, height)


def _joined(found: Network) -> dict[tuple[str, str], tuple[list[str], bool]]:
    """Every pair that is linked, nearer end first, with all that links it; reported when nothing else does."""
    step = {node.entity_id: number for number, node in enumerate(found.nodes)}
    pairs: dict[tuple[str, str], tuple[list[str], bool]] = {}
    for actor, link, other in found.edges:
        first, second = sorted((actor, other), key=step.__getitem__)
        words, reported = pairs.get((first, second), ([], True))
        told = link.relation if first == actor else f"is {link.relation} of"
        told = f"{told} ({link.role})" if link.reported and link.role else told
        pairs[first, second] = [*words, *([told] if told not in words else [])], reported and link.reported
    return pairs


def _parents(found: Network, joined: dict[tuple[str, str], tuple[list[str], bool]]) -> dict[str, str]:
    """For each actor but the first, the one in the column before through which it was found."""
    step = {node.entity_id: node.step for node in found.nodes}
    parents: dict[str, str] = {}
    for first, second in joined:
        if step[second] == step[first] + 1:
            parents.setdefault(second, first)
    return parents


def _places(found: Network, parent: dict[str, str]) -> dict[str, tuple[float, float]]:
    import networkx as nx

    columns: dict[int, list[str]] = {}
    rank: dict[str, int] = {}
    for node in sorted(found.nodes, key=lambda n: n.step):
        columns.setdefault(node.step, []).append(node.entity_id)
    graph = nx.Graph()
    for step, column in columns.items():
        # Children stand in the order of their parents, so that lines of one column cross little.
        column.sort(key=lambda entity_id: rank.get(parent.get(entity_id, ""), 0))
        rank |= {entity_id: place for place, entity_id in enumerate(column)}
        graph.add_nodes_from(column, step=step)
    places = nx.multipartite_layout(graph, subset_key="step", align="vertical")
    heights = [float(xy[1]) for xy in places.values()]
    longest = max(map(len, columns.values()))
    scale = ROW * (longest - 1) / (max(heights) - min(heights)) if longest > 1 else 0.0
    drawn: dict[str, tuple[float, float]] = {}
    for step, column in columns.items():
        # The library takes the actors of a column in the order of a set, which differs from run to run.
        own = sorted(float(places[entity_id][1]) for entity_id in column)
        for entity_id, height in zip(column, own, strict=True):
            drawn[entity_id] = (MARGIN + COLUMN * step, MARGIN + HIGH / 2 + (height - min(heights)) * scale)
    return drawn
