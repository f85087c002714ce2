"""The headline table: the peers, Allonym, what it must reach, and whether it does.

Takes all sections; gives the table's rows in a fixed order. A row that was not measured says so.
"""

from collections.abc import Iterable

from bench.contest import BRUTE, LOGIC
from bench.figure import OURS, Figure, Section
from bench.table import spread, value

ROWS = {
    "pairs_f1": "labelled name pairs, F1",
    "pairs_strong": "… pairs marked STRONG that are right",
    "ece": "calibration error on labelled pairs",
    "mistyped": "listed people with letters mistyped, recall, when 0.1 % of unlisted people raise an alert",
    "alias_first": "aliases taken out of the index and asked for: right entity first",
    "alias_ten": "… right entity among ten",
    "alias_found": "… found above the score at which 1 % of unlisted people raise an alert",
    "script_candidate": "names in Arabic, Cyrillic, Han against Latin listings: a candidate",
    "script_above": "… above the threshold",
    "mistyped_default": "at the default threshold: mistyped people found",
    "unlisted": "… unlisted people who raise an alert",
    "groups": "… groups of names surely above twice the overall rate",
    "facts_first": "with date of birth (in places mistyped) and nationality: right entity first",
    "facts_alone": "… alone in first place",
    "exhaustive": "pairs above the threshold that the index finds with the same score",
    "rate_listed": "names a second and core, with evidence, from a cold start: listed people",
    "rate_unlisted": "… unlisted people",
    "one": "one name in a warm process, p95",
    "pair": "one comparison of two names, apart",
    "pair_batch": "… many in a row",
    "build": "index of 43,000 names: build",
    "size": "… size on disk",
    "memory": "… memory of the process",
    "cold": "a cold process answers its first name",
    "cold_first": "… the first time after installation",
    "dossier": "a dossier with its history, cold process",
    "grow_1_rate": "1 million names: names a second and core",
    "grow_1_p95": "… p95",
    "grow_1_size": "… index",
    "grow_1_build": "… build",
    "grow_5_rate": "5 million names: names a second and core",
    "grow_5_p95": "… p95",
    "grow_5_size": "… index",
    "grow_5_build": "… build",
}
HEADINGS = ("what", LOGIC, BRUTE, OURS, "must reach", "met")
NONE = "–"


def rows(sections: Iterable[Section]) -> list[tuple[str, ...]]:
    """The cells of each row, without those of which nothing at all was measured."""
    found: dict[str, dict[str, Figure]] = {}
    for section in sections:
        for figure in section.figures:
            if figure.row:
                found.setdefault(figure.row, {})[figure.by] = figure
    return [_cells(told, found[row]) for row, told in ROWS.items() if row in found]


def _cells(told: str, figures: dict[str, Figure]) -> tuple[str, ...]:
    own = figures.get(OURS)
    aim, met = "", ""
    if own and own.target:
        aim = f"{'≤' if own.target.at_most else '≥'} {value(own.target.value, own.unit)}"
        met = "met" if own.met else "MISSED"
    return told, *(_cell(figures.get(by)) for by in (LOGIC, BRUTE, OURS)), aim, met


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return NONE
    told = spread(figure) if figure.spread == "95 %" else ""
    return f"{value(figure.value, figure.unit)} ({told})" if told else value(figure.value, figure.unit)


def text(sections: Iterable[Section]) -> list[str]:
    """The table for the terminal; nothing when no row was measured."""
    cells = [HEADINGS, *rows(sections)]
    if len(cells) == 1:
        return []
    widths = [max(len(row[n]) for row in cells) for n in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return ["", "Beside the peers", "----------------", *lines]


def markdown(sections: Iterable[Section]) -> list[str]:
    """The table for the documentation."""
    found = rows(sections)
    if not found:
        return []
    lines = ["## Beside the peers", "", "| " + " | ".join(HEADINGS) + " |", "|---|--:|--:|--:|--:|---|"]
    return [*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in found), ""]
