"""Measures: the labelled pairs of names (F1, STRONG pairs, by schema, by threshold), and how far scores are calibrated.

Takes `name_pairs_dev.csv`; gives figures for each contestant. Pairs that Allonym gets wrong go to the JSON.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import contest, process
from bench.contest import BRUTE, LOGIC
from bench.data import SHARED, Data, rows
from bench.figure import OURS, Figure, Section, Target, on_row, share
from bench.spread import wilson

PAIRS = SHARED / "bench/name_pairs_dev.csv"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
BINS = 10
F1, ECE = Target(0.87), Target(0.05, at_most=True)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs were said to match rightly, wrongly, and not said to though they do."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def counts(labels: Sequence[bool], scores: Sequence[float], threshold: float) -> Counts:
    """Counts at a threshold."""
    said = [score >= threshold for score in scores]
    return Counts(
        sum(a and b for a, b in zip(said, labels, strict=True)),
        sum(a and not b for a, b in zip(said, labels, strict=True)),
        sum(b and not a for a, b in zip(said, labels, strict=True)),
    )


def asked(data: Data, by: str) -> dict[str, Any]:
    """The answer of a contestant's `pairs` to the labelled pairs, asked once; empty where it cannot run."""
    key = f"pairs of {by}"
    if key not in data.kept:
        lines = [(r["schema"], r["left"], r["right"]) for r in rows(PAIRS)]
        data.kept[key] = ask(data, by, dump(data.work / "pairs.jsonl", lines))
    answer: dict[str, Any] = data.kept[key]
    return answer


def dump(path: Path, lines: Sequence[tuple[str, str, str]]) -> Path:
    """Write pairs, (schema, left, right) each, for a child process."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def ask(data: Data, by: str, file: Path) -> dict[str, Any]:
    """The answer of a contestant's `pairs` to a file of pairs; empty where it cannot run."""
    if by == OURS:
        return process.ask("ours:pairs", file=str(file))[0]
    told = contest.ask_peer(data, by, "pairs", file=str(file))
    return told[0] if told else {}


def pairs(data: Data) -> Section:
    """F1, precision, recall, STRONG pairs, and F1 by schema and by threshold."""
    title = "Labelled pairs of names (development half)"
    if not PAIRS.exists():
        return Section(title, skipped="name_pairs_dev.csv is not in ../shared")
    labelled = rows(PAIRS)
    figures: list[Figure] = []
    detail = {}
    for by in (LOGIC, BRUTE, OURS):
        answer = asked(data, by)
        if answer:
            figures += _figures(labelled, answer["scores"], answer["threshold"], by)
        if by == OURS:
            detail = {"wrong": wrong(labelled, answer["scores"], answer["threshold"])}
    ordered = sorted(figures, key=lambda f: [g.what for g in figures].index(f.what))
    strong = [line for line in detail["wrong"] if line.startswith("STRONG")]
    same = sum(row["is_match"] == "true" for row in labelled)
    told = f"{len(labelled)} pairs, {same} of them the same; labels conflict in places"
    notes = (told, *(f"wrong: {line}" for line in strong))
    return Section(title, tuple(ordered), notes, detail=detail)


def _figures(labelled: list[Row], scores: list[float], threshold: float, by: str) -> list[Figure]:
    labels = [row["is_match"] == "true" for row in labelled]
    whole = counts(labels, scores, threshold)
    ours = by == OURS
    figures = [
        *on_row(
            "pairs_f1", Figure("F1 at the default threshold", whole.f1, "ratio", by=by, target=F1 if ours else None)
        ),
        share("precision", whole.right, whole.right + whole.wrong, by=by),
        share("recall", whole.right, whole.right + whole.missed, by=by),
    ]
    strong = [(s >= threshold) is label for row, s, label in zip(labelled, scores, labels, strict=True)
              if row["strength"] == "STRONG"]  # fmt: skip
    figures += on_row("pairs_strong", share("pairs marked STRONG right", sum(strong), len(strong), by=by,
                                            target=Target(1.0) if ours else None))  # fmt: skip
    for schema in sorted({row["schema"] for row in labelled}):
        chosen = [n for n, row in enumerate(labelled) if row["schema"] == schema]
        part = counts([labels[n] for n in chosen], [scores[n] for n in chosen], threshold)
        note = f"{len(chosen)} pairs, {part.wrong} wrong, {part.missed} missed"
        figures.append(Figure(f"F1, {schema}", part.f1, "ratio", by=by, note=note))
    if by != BRUTE:
        for at in THRESHOLDS:
            found = counts(labels, scores, at)
            note = f"{found.right} right, {found.wrong} wrong, {found.missed} missed"
            figures.append(Figure(f"F1 at {at}", found.f1, "ratio", by=by, note=note))
    return figures


def wrong(labelled: list[Row], scores: list[float], threshold: float) -> list[str]:
    """Pairs on the wrong side of the threshold, the STRONG ones first, then the furthest from it."""
    found = [
        (row["strength"] != "STRONG", -abs(score - threshold), f"{row['strength']} {row['schema']}: “{row['left']}” "
         f"and “{row['right']}” {'are the same' if row['is_match'] == 'true' else 'differ'}, {score:.3f}")
        for row, score in zip(labelled, scores, strict=True)
        if (score >= threshold) is not (row["is_match"] == "true")
    ]  # fmt: skip
    return [line for *_, line in sorted(found)]


def calibration(data: Data) -> Section:
    """The reliability of scores on the labelled pairs: bins of equal width, and the expected calibration error."""
    title = "Calibration on labelled pairs (the weights have seen them)"
    if not PAIRS.exists():
        return Section(title, skipped="name_pairs_dev.csv is not in ../shared")
    labels = [row["is_match"] == "true" for row in rows(PAIRS)]
    scores = asked(data, OURS)["scores"]
    error, bins = reliability(labels, scores)
    figures = [*on_row("ece", Figure("expected calibration error", error, "ratio", target=ECE))]
    for low, score, hits, of in bins:
        figures.append(share(f"true among scores from {low:.1f}", hits, of, note=f"mean score {score:.3f}"))
    note = "on unseen pairs it will be worse: python -m bench.learn.weights --folds tells how much"
    return Section(title, tuple(figures), (note,), pictures={"reliability.svg": diagram(bins)})


def diagram(bins: Sequence[tuple[float, float, int, int]]) -> str:
    """The reliability diagram as SVG: a dot a bin at (mean score, share of true pairs), its area by the pairs in it;
    its Wilson interval; the line where both are equal."""
    side, edge = 360, 44
    marks = []
    for _, score, hits, of in bins:
        low, high = wilson(hits, of)
        x, y, radius = edge + score * side, edge + (1 - hits / of) * side, 2 + 0.9 * of**0.5
        top, bottom = edge + (1 - high) * side, edge + (1 - low) * side
        marks.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" stroke="#888"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#2a6f97" fill-opacity="0.8">'
            f"<title>{hits} of {of} true, mean score {score:.3f}</title></circle>"
        )
    far, middle = edge + side, edge + side / 2
    ticks = "".join(
        f'<text x="{edge + t * side:.0f}" y="{far + 18}" text-anchor="middle">{t:.1f}</text>'
        f'<text x="{edge - 8}" y="{edge + (1 - t) * side + 4:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0.0, 0.5, 1.0)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {far + edge} {far + edge}" width="{far + edge}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="Share of true pairs by score">'
        f'<rect width="100%" height="100%" fill="#fff"/><rect x="{edge}" y="{edge}" width="{side}" height="{side}" '
        f'fill="none" stroke="#444"/><line x1="{edge}" y1="{far}" x2="{far}" y2="{edge}" stroke="#bbb" '
        f'stroke-dasharray="4 4"/>{"".join(marks)}{ticks}'
        f'<text x="{middle:.0f}" y="{far + 34}" text-anchor="middle">mean score</text>'
        f'<text x="{edge}" y="{edge - 12}">share of pairs labelled a match</text></svg>\n'
    )


def reliability(labels: Sequence[bool], scores: Sequence[float]) -> tuple[float, list[tuple[float, float, int, int]]]:
    """The expected calibration error, and (lower end, mean score, true, all) of each bin that is not empty."""
    bins, error = [], 0.0
    for number in range(BINS):
        chosen = [n for n, score in enumerate(scores) if min(BINS - 1, int(score * BINS)) == number]
        if chosen:
            mean, hits = sum(scores[n] for n in chosen) / len(chosen), sum(labels[n] for n in chosen)
            error += abs(hits - mean * len(chosen)) / len(scores)
            bins.append((number / BINS, mean, hits, len(chosen)))
    return error, bins


MEASURES: dict[str, Callable[[Data], Section]] = {"pairs": pairs, "calibration": calibration}
