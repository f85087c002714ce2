"""The explanation as a picture: one bar a reason, each starting where the last one ended.

Takes evidence; gives one self-contained SVG, light or dark as the reader's system is, every text escaped. The axis is
the sum so far in nats; the last bar is the whole sum, and the score is written beside it. Must not weigh anything.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from allonym.matching.evidence import Evidence, probability

WIDTH = 960
LABELS = 400  # px for the sentences
VALUES = 70  # px for the weights, at the right edge
ROW, BAR = 26, 16  # px
TOP, BOTTOM = 16, 34
LONGEST_LABEL = 58  # characters that surely fit LABELS
LONGEST_TITLE = 1_000
STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0)
MOST_TICKS = 8
STYLE = """
  .waterfall { --paper: #ffffff; --ink: #1f2328; --faint: #6e7781; --line: #d8dee4; --for: #1a7f4b; --against: #b4381f;
    --start: #6e7781; --sum: #2f5fb3; font: 13px/1 system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) { .waterfall { --paper: #14181d; --ink: #e6edf3; --faint: #9aa4af;
    --line: #343b44; --for: #4cb782; --against: #e5795f; --start: #9aa4af; --sum: #7aa2ef; } }
  .waterfall .paper { fill: var(--paper); } .waterfall text { fill: var(--ink); }
  .waterfall .axis { fill: var(--faint); font-size: 11px; } .waterfall .grid { stroke: var(--line); }
  .waterfall .step { stroke: var(--faint); stroke-dasharray: 2 2; }
  .waterfall .for { fill: var(--for); } .waterfall .against { fill: var(--against); }
  .waterfall .start { fill: var(--start); } .waterfall .sum { fill: var(--sum); }
  .waterfall .value { text-anchor: end; font-variant-numeric: tabular-nums; } .waterfall .whole { font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: from `start` to `end` on the axis (nats), what it says, and its kind: start, for, against, sum."""

    start: float
    end: float
    label: str
    kind: str


def bars(evidence: Sequence[Evidence]) -> list[Bar]:
    """The rows in order, the prior first, the sum last: each starts where the one before ended."""
    ordered = sorted(evidence, key=lambda e: e.feature != "prior")
    found: list[Bar] = []
    level = 0.0
    for item in ordered:
        end = level + item.weight
        kind = "start" if item.feature == "prior" else "for" if item.weight >= 0 else "against"
        found.append(Bar(level, end, item.sentence, kind))
        level = end
    return [*found, Bar(0.0, level, f"sum, a score of {probability(level):.3f}", "sum")]


def waterfall_svg(evidence: Sequence[Evidence]) -> str:
    """The evidence as SVG text, WIDTH px wide and as high as its rows need."""
    rows = bars(evidence)
    scale = _Scale(rows)
    height = TOP + ROW * len(rows) + BOTTOM
    shown = [line for number, row in enumerate(rows) for line in _row(row, number, scale, rows)]
    title = escape(f"Evidence: {rows[-1].label}", quote=False)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="waterfall" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" aria-label="{_attribute(title)}">',
            f"<title>{title}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
            *scale.lines(TOP, height - BOTTOM),
            *shown,
            "</svg>",
            "",
        ]
    )


class _Scale:
    """Nats to px."""

    def __init__(self, rows: list[Bar]) -> None:
        ends = [0.0, *(row.end for row in rows)]
        low, high = min(ends), max(ends)
        self.step = next((s for s in STEPS if (high - low) / s <= MOST_TICKS), (high - low) / MOST_TICKS)
        self.low = math.floor(low / self.step)
        self.high = max(math.ceil(high / self.step), self.low + 1)
        self.left, self.right = LABELS + 10, WIDTH - VALUES - 10

    def x(self, nats: float) -> float:
        """Position of a sum so far."""
        share = (nats / self.step - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def lines(self, top: int, bottom: int) -> list[str]:
        """The grid with its numbers, and what the axis is."""
        found = []
        for tick in range(self.low, self.high + 1):
            x = f"{self.x(tick * self.step):.1f}"
            found.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{top - 6}" y2="{bottom}"/>')
            found.append(
                f'<text class="axis" x="{x}" y="{bottom + 14}" text-anchor="middle">{tick * self.step:g}</text>'
            )
        middle = (self.left + self.right) / 2
        found.append(f'<text class="axis" x="{middle:.1f}" y="{bottom + 28}" text-anchor="middle">'
                     "sum so far, in nats of log-odds; right of 0 is likelier than not</text>")  # fmt: skip
        return found


def _row(row: Bar, number: int, scale: _Scale, rows: list[Bar]) -> list[str]:
    top = TOP + ROW * number
    left, right = sorted((scale.x(row.start), scale.x(row.end)))
    middle = top + BAR / 2 + 4.5
    whole = " whole" if row.kind == "sum" else ""
    found = [
        # A picture within the picture cuts what is wider than it, whatever the reader's fonts.
        f'<svg x="12" y="{top}" width="{LABELS - 12}" height="{ROW}"><text class="label{whole}" y="{middle - top:.1f}">'
        f"<title>{escape(_safe(row.label), quote=False)}</title>{escape(_short(row.label), quote=False)}</text></svg>",
        f'<rect class="bar {row.kind}" x="{left:.2f}" y="{top}" width="{max(right - left, 0.75):.2f}" height="{BAR}" '
        f'rx="2" data-start="{row.start!r}" data-end="{row.end!r}"/>',
        f'<text class="value{whole}" x="{WIDTH - 12}" y="{middle:.1f}">{row.end - row.start:+.2f}</text>',
    ]
    if number + 1 < len(rows):
        x = f"{scale.x(row.end):.2f}"
        found.append(f'<line class="step" x1="{x}" x2="{x}" y1="{top + BAR}" y2="{top + ROW}"/>')
    return found


def _safe(text: str) -> str:
    """Without control characters, which XML cannot hold, and those that turn the direction of what follows."""
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST_TITLE])


def _short(text: str) -> str:
    """A label that fits: its end gives way to an ellipsis; the whole stands in the title of the row."""
    plain = _safe(text)
    return plain if len(plain) <= LONGEST_LABEL else plain[: LONGEST_LABEL - 1] + "…"


def _attribute(text: str) -> str:
    return text.replace('"', "&quot;")
