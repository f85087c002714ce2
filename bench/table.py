"""Figures for people: one table a section, and in the end where we lose.

Takes sections; gives lines of text or Markdown. Must not choose: a figure that is there is shown.
"""

from collections.abc import Iterable, Sequence

from bench.figure import OURS, Figure, Section

#: Units of which less is better, where a peer's figure stands beside ours.
LESS_IS_BETTER = frozenset({"s", "ms", "µs", "MB"})
HEADINGS = ("what", "value", "spread", "at least / most", "note")


def value(number: float, unit: str) -> str:
    """A number with its unit, in about three digits."""
    if unit == "share":
        return f"{100 * number:.2f} %"
    if unit == "count":
        return f"{number:,.0f}"
    if unit == "times":
        return f"{number:,.2f} times"
    if unit == "ratio":
        return f"{number:.3f}"
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2 if abs(number) >= 1 else 3
    return f"{number:,.{digits}f} {unit}"


def spread(figure: Figure) -> str:
    """The spread of a figure, in its unit."""
    if figure.low is None or figure.high is None or (figure.spread == "min-max" and figure.runs == 1):
        return ""
    low, high = value(figure.low, figure.unit), value(figure.high, figure.unit)
    told = f"{low} - {high}"
    return f"{told}, {figure.runs} runs" if figure.runs > 1 else told


def target(figure: Figure) -> str:
    """The target and whether it is met."""
    if figure.target is None:
        return ""
    sign = "≤" if figure.target.at_most else "≥"
    return f"{sign} {value(figure.target.value, figure.unit)}: {'met' if figure.met else 'MISSED'}"


def rows(section: Section) -> list[tuple[str, ...]]:
    """The cells of a section, a row a figure; a peer's row names the peer."""
    return [
        (f.what if f.by == OURS else f"{f.what} [{f.by}]", value(f.value, f.unit), spread(f), target(f), f.note)
        for f in section.figures
    ]


def losses(sections: Iterable[Section]) -> list[str]:
    """Where a target is missed, and where a peer does better on the same thing."""
    found = []
    for section in sections:
        for f in section.figures:
            if f.met is False:
                found.append(f"{section.title}: {f.what}: {value(f.value, f.unit)}, {target(f)}")
        found += [f"{section.title}: {line}" for line in _beaten(section.figures)]
    return found


def _beaten(figures: Sequence[Figure]) -> list[str]:
    ours = {(f.what, f.unit): f for f in figures if f.by == OURS}
    found = []
    for peer in figures:
        own = ours.get((peer.what, peer.unit))
        if peer.by == OURS or own is None:
            continue
        less = own.less or own.unit in LESS_IS_BETTER or bool(own.target and own.target.at_most)
        better = peer.value < own.value if less else peer.value > own.value
        if better:
            told = value(peer.value, peer.unit), value(own.value, own.unit)
            found.append(f"{peer.what}: {peer.by} {told[0]}, {OURS} {told[1]}")
    return found


def text(section: Section) -> list[str]:
    """A section for the terminal."""
    lines = ["", section.title, "-" * len(section.title)]
    if section.skipped:
        return [*lines, f"skipped: {section.skipped}"]
    cells = [HEADINGS, *rows(section)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(HEADINGS) - 1)]
    for row in cells:
        fixed = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        lines.append(f"{fixed}  {row[-1]}".rstrip())
    return [*lines, *(f"  {note}" for note in section.notes)]


def markdown(section: Section) -> list[str]:
    """A section for the documentation."""
    lines = [f"## {section.title}", ""]
    if section.skipped:
        return [*lines, f"Skipped: {section.skipped}", ""]
    lines += ["| " + " | ".join(HEADINGS) + " |", "|---|--:|---|---|---|"]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows(section)]
    pictures = [line for name in section.pictures for line in (f"![{section.title}]({name})", "")]
    return [*lines, "", *pictures, *(f"- {_cell(note)}" for note in section.notes), *([""] if section.notes else [])]


def _cell(told: str) -> str:
    return told.replace("|", "\\|")
