"""The time line and the network of a dossier as SVG.

Takes events or a network; gives one `<svg>` element that needs nothing from outside, every text escaped, no style and
no script. The same events or network give the same picture.
"""

import datetime
from collections.abc import Iterable, Sequence
from html import escape

from allonym.dossier.dossier import Event
from allonym.dossier.layout import BOX, COLUMN, HIGH, Drawn, fitted, layout
from allonym.dossier.network import Network
from allonym.screening.printable import printable

WIDTH, ROW, LEFT, LABEL = 900, 22, 20, 200
COLOURS = {"measure": "#a33", "list": "#36c", "life": "#777"}
#: What documents alone report.
REPORTED = "#b7791f"


def time_line(events: Sequence[Event]) -> str:
    """One row an event, a mark at its date, the date and the words beside it; empty when nothing is dated."""
    shown = [e for e in events if e.kind != "life"]
    if not shown:
        return ""
    days = [first_day(e.date).toordinal() for e in shown]
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


def first_day(date: str) -> datetime.date:
    """The day; a date cut to its year or month counts as its first day, one that no calendar has as its year's."""
    try:
        return datetime.date.fromisoformat(f"{date}-01-01"[:10] if len(date) < 10 else date[:10])
    except ValueError:
        return datetime.date(int(date[:4]), 1, 1)


def network_picture(found: Network) -> str:
    """Actors as boxes, a column for every step from the one that was asked, each with what it is to the one it hangs
    on; other links as thin curves; what documents alone report is dotted."""
    shape = layout(found)
    parts = [_open(round(shape.width), round(shape.height), "Network")]
    for line in sorted(shape.lines, key=lambda line: line.tree):
        path = _path(shape.drawn[line.first], shape.drawn[line.second])
        colour = REPORTED if line.reported else "#999" if line.tree else "#7a9cc6"
        dots = ' stroke-dasharray="2 4"' if line.reported else "" if line.tree else ' stroke-dasharray="6 3"'
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}"{dots}>'
                     f"<title>{escape(printable(line.told))}</title></path>")  # fmt: skip
    for drawn in shape.drawn.values():
        colour = REPORTED if drawn.reported else ("#a33", "#36c", "#4a8a78")[min(drawn.node.step, 2)]
        dots = ' stroke-dasharray="2 3"' if drawn.reported else ""
        parts.append(f'<rect x="{drawn.x:.1f}" y="{drawn.y - HIGH / 2:.1f}" width="{BOX}" height="{HIGH}" rx="4" '
                     f'fill="#fff" stroke="{colour}" stroke-width="1.5"{dots}/>')  # fmt: skip
        middle = drawn.y + (4 if not drawn.told else -2)
        parts.append(_fitted((drawn.x + 8, middle), drawn.node.caption))
        if drawn.told:
            parts.append(_fitted((drawn.x + 8, drawn.y + 11), drawn.told, size=9, colour="#666"))
    return "".join([*parts, "</svg>"])


def _fitted(at: tuple[float, float], words: str, *, size: int = 11, colour: str = "#222") -> str:
    """Words in a box; what is cut stands in the title."""
    short = fitted(words, size)
    return _text(at, words, size=size, colour=colour, limit=len(short) if short != printable(words) else 0)


def _path(first: Drawn, second: Drawn) -> str:
    """A curve from the right side of a box to the left side of one in the next column, or between two right sides."""
    x1, x2 = first.x + BOX, second.x
    if first.node.step != second.node.step:
        middle = (x1 + x2) / 2
        return (f"M{x1:.1f} {first.y:.1f} C{middle:.1f} {first.y:.1f} {middle:.1f} {second.y:.1f} "
                f"{x2:.1f} {second.y:.1f}")  # fmt: skip
    out = x1 + min(COLUMN - BOX - 10, 14 + abs(first.y - second.y) / 8)
    return f"M{x1:.1f} {first.y:.1f} C{out:.1f} {first.y:.1f} {out:.1f} {second.y:.1f} {x1:.1f} {second.y:.1f}"


def _open(width: int, height: int, title: str) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" font-family="sans-serif"><title>{escape(title)}</title>')  # fmt: skip


def _text(at: tuple[float, float], words: str, *, size: int = 11, colour: str = "#222", limit: int = 0) -> str:
    """Words at a place; what is longer than `limit` is cut, and whole in the title."""
    safe = printable(words)
    short = safe if not limit or len(safe) <= limit else f"{safe[: limit - 1]}…"
    title = f"<title>{escape(safe)}</title>" if short != safe else ""
    where = f'x="{at[0]:.1f}" y="{at[1]:.1f}"'
    return f'<text {where} font-size="{size}" fill="{colour}">{escape(short)}{title}</text>'
