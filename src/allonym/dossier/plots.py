"""Pictures drawn by matplotlib: the time line of a dossier, a network, and who came and went on the lists.

Takes a dossier, a network or a `Flow`; gives figures, and a figure as SVG or PNG, the same bytes for the same figure.
Letters stay letters in SVG, so that the reader's fonts show every script. Must not be imported without matplotlib.
"""

import datetime
import io
import textwrap
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib import dates as mdates
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path

from allonym.dossier.dossier import Dossier, Standing, State
from allonym.dossier.flow import Every, Flow
from allonym.dossier.layout import BOX, COLUMN, HIGH, fitted, layout
from allonym.dossier.network import Network
from allonym.dossier.pictures import first_day
from allonym.dossier.terms import terms
from allonym.dossier.timeline import money
from allonym.screening.printable import printable

#: Fonts for other scripts, where the system has them: one after the other is asked for a letter.
FONTS = ("DejaVu Sans", "Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans CJK SC", "Noto Sans CJK JP",
         "WenQuanYi Zen Hei", "Noto Sans Hebrew", "Noto Sans Thai", "Arial Unicode MS")  # fmt: skip
DPI, WIDE, ROW = 150, 11.0, 0.4  # dots an inch, inches
INK, FAINT, GRID = "#1f2328", "#6e7781", "#d8dee4"
COLOURS = ("#2f5fb3", "#b4381f", "#1a7f4b", "#b7791f", "#6b4fa0", "#0e7c86", "#a33b7a", "#5d6d1e", "#8a5a44")
OTHERS = "#9aa4af"
STATES = {State.IN_FORCE: "#b4381f", State.DONE: "#2f5fb3", State.ENDED: "#9aa4af", State.NOT_YET: "#b7791f",
          State.UNKNOWN: "#6b4fa0"}  # fmt: skip
MOST_ROWS, LONGEST, LONGEST_LINE = 120, 100, 64
PIXELS = 100  # of a layout, an inch
#: Without these the picture would say when it was made.
PLAIN = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


def rendered(draw: Callable[[], Figure], format_: str) -> bytes:
    """The figure as svg or png."""
    names = {font.name for font in fontManager.ttflist}
    style = {
        "svg.fonttype": "none", "svg.hashsalt": "allonym", "font.size": 9, "text.parse_math": False,
        "font.family": [name for name in FONTS if name in names] or ["sans-serif"], "axes.edgecolor": FAINT,
        "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "hatch.linewidth": 0.5,
    }  # fmt: skip
    with mpl.rc_context(style), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure = draw()
        (FigureCanvasSVG if format_ == "svg" else FigureCanvasAgg)(figure)
        content = io.BytesIO()
        figure.savefig(content, format=format_, dpi=DPI, metadata=PLAIN[format_])
    return content.getvalue()


def timeline_figure(dossier: Dossier) -> Figure:
    """One row a measure, a bar from when it began to when it ended or to the day asked; acts of one day as marks; below
    them what the lists' snapshots show."""
    today = dossier.as_of or datetime.date.today().isoformat()
    rows = _rows(dossier, today)
    hidden, rows = len(rows) - MOST_ROWS, rows[:MOST_ROWS]
    figure = Figure(figsize=(WIDE, 1.5 + ROW * max(len(rows), 1)), layout="constrained")
    axes = figure.add_subplot()
    for number, (begun, ended, state, _) in enumerate(rows):
        colour = STATES.get(state, FAINT) if state is not None else FAINT
        first, last = _number(begun), _number(ended)
        if last - first > 1:
            axes.barh(number, last - first, left=first, height=0.55, color=colour, alpha=0.85)
        axes.plot([first], [number], marker="o" if last - first > 1 else "D", color=colour, markersize=5)
    axes.set_yticks(range(len(rows)), [_wrapped(label) for *_, label in rows])
    axes.invert_yaxis()
    days = [_number(day) for row in rows for day in row[:2]] or [_number(today)]
    room = max(30.0, 0.03 * (max(days) - min(days)))
    axes.set_xlim(min(days) - room, max(days) + room)
    axes.axvline(_number(today), color=INK, linewidth=0.8, linestyle=":")
    _years(axes)
    told = "" if hidden <= 0 else f"; {hidden:,} more are not shown"
    axes.set_title(_short(f"{dossier.caption}: time line to {today}{told}"), loc="left", fontsize=11)
    _legend(axes, [(STATES[state], state.value) for state in STATES if any(row[2] is state for row in rows)])
    return figure


def network_figure(found: Network) -> Figure:
    """The boxes and curves of a network, as its SVG has them."""
    shape = layout(found)
    figure = Figure(figsize=(shape.width / PIXELS, shape.height / PIXELS))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, shape.width)
    axes.set_ylim(shape.height, 0)
    axes.set_axis_off()
    for line in shape.lines:
        (x1, y1), (x2, y2) = ((d.x, d.y) for d in (shape.drawn[line.first], shape.drawn[line.second]))
        bend = BOX + (COLUMN - BOX) / 2
        ends = [(x1 + BOX, y1), (x1 + bend, y1), (x1 + bend, y2), (x2 if x1 != x2 else x2 + BOX, y2)]
        style = ":" if line.reported else "-" if line.tree else "--"
        colour = COLOURS[3] if line.reported else OTHERS if line.tree else "#7a9cc6"
        axes.add_patch(PathPatch(Path(ends, [1, 4, 4, 4]), fill=False, edgecolor=colour, linestyle=style, zorder=1))
    for drawn in shape.drawn.values():
        colour = COLOURS[3] if drawn.reported else (COLOURS[1], COLOURS[0], COLOURS[2])[min(drawn.node.step, 2)]
        box = FancyBboxPatch((drawn.x, drawn.y - HIGH / 2), BOX, HIGH, boxstyle="round,pad=0,rounding_size=4",
                             facecolor="white", edgecolor=colour, linestyle=":" if drawn.reported else "-")  # fmt: skip
        axes.add_patch(box)
        at = drawn.y - (6 if drawn.told else 0)
        axes.text(drawn.x + 8, at, fitted(drawn.node.caption), va="center", fontsize=7.5)
        axes.text(drawn.x + 8, drawn.y + 8, fitted(drawn.told, 9), va="center", fontsize=6.5, color=FAINT)
    return figure


Row = tuple[str, str, State | None, str]  # from, to (ISO), how it stands, label


def _rows(dossier: Dossier, today: str) -> list[Row]:
    """Measures that are dated or were seen on a list, oldest first, then what the lists' snapshots show."""
    seen = {(s.source, s.entity_id): s.first_seen[:10] for s in dossier.stated}
    found: list[Row] = []
    for standing in dossier.standings:
        first = seen.get((standing.source, standing.entity_id))
        begun = standing.begun or (first if standing.measure.status == "listed" else None)
        if begun is not None:
            found.append((begun, max(begun, _end(standing, today)), standing.state, _label(standing, first)))
    events: list[Row] = [(e.date, e.date, None, f"{e.date} {e.text}") for e in dossier.events if e.kind == "list"]
    return [*sorted(found, key=lambda row: (row[0], row[3])), *events]


def _end(standing: Standing, today: str) -> str:
    """The end of a bar; what is no state that lasts ends as it begins."""
    if standing.state is State.IN_FORCE:
        return min(standing.ended or today, today)
    if standing.state is State.ENDED:
        return min(standing.ended or standing.snapshot[:10], today)
    return ""


def _label(standing: Standing, first: str | None) -> str:
    amount = f" of up to {money(standing.measure.amount, standing.measure.currency)}" if standing.measure.amount else ""
    body = terms().authority(standing.measure.authority).english.partition(",")[0]
    program = f" ({standing.measure.program})" if standing.measure.program and not amount else ""
    listed = f"entry on {standing.source}" if standing.measure.status == "listed" else standing.label
    since = standing.begun or f"undated, seen since {first}:"
    return f"{since} {listed}{amount}{program}, {body}"


def flow_figure(found: Flow) -> Figure:
    """Bars up for who came and down for who went, in the colours of the groups that moved most; dotted lines where the
    snapshots are."""
    moved = Counter[str]()
    for m in found.movements:
        moved[m.group] += m.added + m.removed
    chosen = [group for group, _ in sorted(moved.items(), key=lambda item: (-item[1], item[0]))[: len(COLOURS)]]
    rest = len(moved) - len(chosen)
    shown = [*chosen, *(["others"] if rest else [])]
    figure = Figure(figsize=(WIDE, 4.6 + 0.2 * len(shown)), layout="constrained")
    axes = figure.add_subplot()
    periods = sorted({m.period for m in found.movements})
    width = {Every.MONTH: 26, Every.QUARTER: 80, Every.YEAR: 330}[found.every]
    up, down = Counter[str](), Counter[str]()
    for number, group in enumerate(shown):
        own = [m for m in found.movements if m.group == group or (group == "others" and m.group not in chosen)]
        for sums, sign, attribute in ((up, 1, "added"), (down, -1, "removed")):
            height = Counter[str]()
            for m in own:
                height[m.period] += getattr(m, attribute)
            at = [p for p in periods if height[p]]
            axes.bar([_middle(p) for p in at], [sign * height[p] for p in at], bottom=[sums[p] for p in at],
                     width=width, color=COLOURS[number] if number < len(COLOURS) else OTHERS)  # fmt: skip
            for p in at:
                sums[p] += sign * height[p]
    axes.axhline(0, color=INK, linewidth=0.8)
    _snapshots(axes, found)
    _years(axes)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
    axes.set_ylabel("removed (below 0), added (above)")
    title = f"Added and removed by {found.every.value} and {found.by.value}: {', '.join(s for s, _ in found.snapshots)}"
    axes.set_title(_short(title), loc="left", fontsize=11)
    labels = [(COLOURS[n] if n < len(COLOURS) else OTHERS, g if g != "others" else f"{rest:,} others")
              for n, g in enumerate(shown)]  # fmt: skip
    _legend(axes, labels, columns=1 if any(len(label) > 40 for _, label in labels) else 3)
    undated = sum(number for *_, number in found.undated)
    told = ["dotted: days of the snapshots that were compared"] if any(len(d) > 1 for _, d in found.snapshots) else []
    told += [f"{undated:,} entries stood in the first snapshot without a date and are not drawn"] if undated else []
    axes.set_xlabel("; ".join(told), fontsize=8, color=FAINT)
    return figure


def _snapshots(axes: Any, found: Flow) -> None:
    """Dotted lines at the days of snapshots, where sources have several."""
    first = min(_middle(m.period) for m in found.movements)
    for _, dates in found.snapshots:
        for date in dates if len(dates) > 1 else ():
            if _number(date[:10]) >= first:
                axes.axvline(_number(date[:10]), color=FAINT, linewidth=0.7, linestyle=":")


def _middle(period: str) -> float:
    """A day in the middle of a period."""
    year, rest = int(period[:4]), period[5:]
    if not rest:
        return float(mdates.date2num(datetime.date(year, 7, 1)))
    month = int(rest[1:]) * 3 - 1 if rest.startswith("Q") else int(rest)
    return float(mdates.date2num(datetime.date(year, month, 15)))


def _number(date: str) -> float:
    """A day as matplotlib counts it."""
    return float(mdates.date2num(first_day(date)))


def _years(axes: Any) -> None:
    locator = mdates.AutoDateLocator(minticks=4, maxticks=12)
    axes.xaxis_date()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _legend(axes: Any, labels: Sequence[tuple[str, str]], columns: int = 3) -> None:
    if labels:
        handles = [Patch(color=colour, label=_short(label)) for colour, label in labels]
        axes.figure.legend(handles=handles, loc="outside lower left", ncols=columns, frameon=False, fontsize=8)


def _wrapped(text: str) -> str:
    """A label in one or two lines."""
    return "\n".join(textwrap.wrap(printable(text), LONGEST_LINE, max_lines=2, placeholder=" …"))


def _short(text: str, most: int = LONGEST) -> str:
    """Text for a picture: invisible characters written out, what is too long cut."""
    safe = printable(text)
    return safe if len(safe) <= most else f"{safe[: most - 1]}…"
