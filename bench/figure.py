"""Figures and sections: what a measure gives.

Takes values; gives frozen records that `table` prints and `--json` writes. A figure says whose it is, so that a peer's
stands beside ours in one row.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bench.spread import median, wilson

OURS = "allonym"


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure must reach: at least or at most `value`, in the figure's unit."""

    value: float
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `low` and `high` are what `spread` says: the extremes of `runs` runs, or a 95 % interval.
    `row` is the row of the headline table that it belongs to; `less`: less is better, as of all times and sizes. Units:
    s, ms, µs, MB (1e6 bytes), /s (a second), share (0 to 1), count, times, ratio."""

    what: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    spread: str = ""
    runs: int = 1
    target: Target | None = None
    by: str = OURS
    note: str = ""
    row: str = ""
    less: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        return self.value <= self.target.value if self.target.at_most else self.value >= self.target.value

    def to_dict(self) -> dict[str, Any]:
        """As JSON, `met` included."""
        return asdict(self) | {"met": self.met}


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one measure, with the lines of text that belong to it. `skipped` says why there is no figure;
    `detail` goes to the JSON only; `pictures` are SVG by the name of a file beside the documentation."""

    title: str
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "title": self.title,
            "figures": [f.to_dict() for f in self.figures],
            "notes": list(self.notes),
            "skipped": self.skipped,
            "detail": self.detail,
        }


def on_row(row: str, *figures: Figure) -> tuple[Figure, ...]:
    """The figures, on that row of the headline table."""
    return tuple(replace(figure, row=row) for figure in figures)


def runs(
    what: str, values: Sequence[float], unit: str, *, target: Target | None = None, by: str = OURS, note: str = ""
) -> Figure:
    """The median of several runs, with the least and the greatest."""
    return Figure(what, median(values), unit, min(values), max(values), "min-max", len(values), target, by, note)


def share(
    what: str, hits: int, of: int, *, target: Target | None = None, by: str = OURS, note: str = ""
) -> Figure:  # fmt: skip
    """A share of a number of cases, with its Wilson 95 % interval; the counts go into the note."""
    low, high = wilson(hits, of)
    counts = f"{hits:,} of {of:,}"
    told = f"{counts}; {note}" if note else counts
    return Figure(what, hits / of if of else 0.0, "share", low, high, "95 %", 1, target, by, told)
