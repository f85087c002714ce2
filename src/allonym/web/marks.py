"""Evidence as rows of a waterfall, and texts cut into marked pieces.

Takes evidence, or a reading; gives what templates draw. Must not weigh or interpret.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from allonym.matching.evidence import Evidence
from allonym.matching.waterfall import bars

WIDE = 200  # px of the axis


@dataclass(frozen=True, slots=True)
class Row:
    """One reason: its sentence, its weight in nats, and the bar's kind, place and width in px."""

    label: str
    weight: float
    kind: str
    x: float
    width: float


def waterfall(evidence: Sequence[Evidence]) -> list[Row]:
    """The rows, the prior first, the sum last."""
    found = bars(evidence)
    low = min(0.0, *(min(b.start, b.end) for b in found))
    high = max(0.0, *(max(b.start, b.end) for b in found))
    unit = WIDE / ((high - low) or 1.0)
    return [Row(b.label, b.end - b.start, b.kind, round((min(b.start, b.end) - low) * unit, 1),
                round(max(1.0, abs(b.end - b.start) * unit), 1)) for b in found]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: its words, the mention it belongs to, the numbers of the measures that it tells."""

    text: str
    mention: dict[str, Any] | None
    measures: tuple[int, ...]


def pieces(reading: dict[str, Any]) -> list[Piece]:
    """The whole text of a reading (`reading/1`), cut wherever a mention or a measure begins or ends."""
    text: str = reading["text"]
    mentions = reading["mentions"]
    clauses = [m["evidence"] for m in reading["measures"]]
    edges = chain.from_iterable((s["start"], s["end"]) for s in (*mentions, *clauses))
    found = []
    for start, end in pairwise(sorted({0, len(text), *edges})):
        mention = next((m for m in mentions if m["start"] <= start < m["end"]), None)
        inside = tuple(n for n, c in enumerate(clauses, 1) if c["start"] <= start < c["end"])
        found.append(Piece(text[start:end], mention, inside))
    return found
