"""The time line and the network of a dossier as SVG.

Takes events or a network; gives one `<svg>` element that needs nothing from outside, every text escaped, no style and
no script. The network's layout is networkx's, with a fixed seed: the same network, the same picture.
"""

import datetime
from collections.abc import Iterable, Sequence
from html import escape

from allonym.dossier.dossier import Event
from allonym.dossier.network import Network
from allonym.screening.printable import printable

WIDTH, ROW, LEFT, LABEL = 900, 22, 20, 200
COLOURS = {"measure": "#a33", "list": "#36c", "life": "#777"}
SIDE, MARGIN, SEED = 720, 90, 7


def time_line(events: Sequence[Event]) -> str:
    """One row an event, a mark at its date, the date and the words beside it; empty when nothing is dated."""
    shown = [e for e in events if e.kind != "life"]
    if not shown:
        return ""
    days = [_ordinal(e.date) for e in shown]
    first, last = min(days), max(days)
    height = ROW * (len(shown) + 2)
    parts = [_open(WIDTH, height, "Time line"),
             f'<line x1="{LEFT}" y1="{ROW}" x2="{LEFT + LABEL}" y2="{ROW}" stroke="#999"/>',
             *_years(shown[0].date, shown[-1].date)]  # fmt: skip
    for number, (event, day) in enumerate(zip(shown, days, strict=True)):
        x = LEFT + (LABEL * (day - first) / (last - first) if last > first else 0)
        y = ROW * (number + 1.9)
        parts.append(f'<line x1="{x:.1f}" y1="{ROW}" x2="{x:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{COLOURS[event.kind]}"/>')
        parts.append(_text((LEFT + LABEL + 20, y + 4), f"{event.date}  {event.text}", limit=95))
    return "".join([*parts, "</svg>"])


def _years(first: str, last: str) -> Iterable[str]:
    yield _text((LEFT, ROW - 6), first[:4])
    if last[:4] != first[:4]:
        yield _text((LEFT + LABEL - 28, ROW - 6), last[:4])


def _ordinal(date: str) -> int:
    """Days since the beginning of the calendar; a date cut to its year or month counts as its first day."""
    try:
        return datetime.date.fromisoformat(f"{date[:10]}-01-01"[:10] if len(date) < 10 else date[:10]).toordinal()
    except ValueError:
        return datetime.date(int(date[:4]), 1, 1).toordinal()


def network_picture(found: Network) -> str:
    """Actors as circles, the one that was asked in the middle, links as lines with what the other end is."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(node.entity_id for node in found.nodes)
    graph.add_edges_from((actor, other) for actor, _, other in found.edges)
    shells = [[n.entity_id for n in found.nodes if n.step == s] for s in range(max(n.step for n in found.nodes) + 1)]
    start = nx.shell_layout(graph, shells)
    place = nx.spring_layout(graph, pos=start, fixed=shells[0], seed=SEED, iterations=60, k=2 / len(found.nodes) ** 0.5)
    reach = max([abs(value) for xy in place.values() for value in xy] + [1e-9])
    scale = (SIDE / 2 - MARGIN) / reach
    at = {key: (SIDE / 2 + x * scale, SIDE / 2 + y * scale) for key, (x, y) in place.items()}
    parts = [_open(SIDE, SIDE, "Network")]
    for actor, link, other in found.edges:
        (x1, y1), (x2, y2) = at[actor], at[other]
        parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#bbb"/>')
        parts.append(_text(((x1 + x2) / 2, (y1 + y2) / 2), link.relation, size=9, colour="#777", middle=True))
    for node in found.nodes:
        x, y = at[node.entity_id]
        colour = ("#a33", "#36c", "#7a9")[min(node.step, 2)]
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{9 - 2 * node.step}" fill="{colour}"/>')
        parts.append(_text((x, y - 11), node.caption, middle=True, limit=34))
    return "".join([*parts, "</svg>"])


def _open(width: int, height: int, title: str) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" font-family="sans-serif"><title>{escape(title)}</title>')  # fmt: skip


def _text(
    at: tuple[float, float], words: str, *, size: int = 11, colour: str = "#222", middle: bool = False, limit: int = 0
) -> str:
    """Words at a place; what is longer than `limit` is cut, and whole in the title."""
    safe = printable(words)
    short = safe if not limit or len(safe) <= limit else f"{safe[: limit - 1]}…"
    anchor = ' text-anchor="middle"' if middle else ""
    title = f"<title>{escape(safe)}</title>" if short != safe else ""
    where = f'x="{at[0]:.1f}" y="{at[1]:.1f}"'
    return f'<text {where} font-size="{size}" fill="{colour}"{anchor}>{escape(short)}{title}</text>'
