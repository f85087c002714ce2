"""Movements as text for a terminal, and as CSV.

Takes a `Flow`; gives lines with bars of `+` and `-`, or a table. Must not leave out a period in which somebody came or
went.
"""

from collections import Counter
from collections.abc import Iterator

from allonym.dossier.flow import Flow, Movement
from allonym.dossier.table import sheet
from allonym.screening.printable import printable

BAR = 40
GROUPS, NAMED = 25, 3
COLUMNS = ("period", "source", "group", "added", "removed", "added_dated_by_snapshot", "removed_dated_by_snapshot")


def text(found: Flow) -> Iterator[str]:
    """Which snapshots it rests on, what each group had, and every period."""
    for source, dates in found.snapshots:
        span = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else dates[0]
        yield printable(f"{source}: {len(dates):,} snapshot{'s' if len(dates) > 1 else ''}, {span}")
    yield from _groups(found)
    yield from _periods(found)
    seen = sum(m.added_seen + m.removed_seen for m in found.movements)
    yield ""
    if seen:
        yield f"{seen:,} of these are dated by the first snapshot that shows them (*), the others as the lists state."
    if undated := sum(number for _, _, number in found.undated):
        yield f"{undated:,} entries stood in the first snapshot without a date; when they came is not known."


def _groups(found: Flow) -> Iterator[str]:
    added, removed, undated = Counter[str](), Counter[str](), Counter[str]()
    for m in found.movements:
        added[m.group] += m.added
        removed[m.group] += m.removed
    for _, group, number in found.undated:
        undated[group] += number
    groups = sorted({*added, *removed, *undated}, key=lambda g: (-added[g] - removed[g] - undated[g], g))
    yield ""
    yield f"{'added':>7} {'removed':>8} {'undated':>8}  {found.by.value}"
    for group in groups[:GROUPS]:
        yield f"{added[group]:>7,} {removed[group]:>8,} {undated[group]:>8,}  {printable(group)}"
    if len(groups) > GROUPS:
        rest = groups[GROUPS:]
        sums = [sum(counter[g] for g in rest) for counter in (added, removed, undated)]
        yield f"{sums[0]:>7,} {sums[1]:>8,} {sums[2]:>8,}  {len(rest):,} others"


def _periods(found: Flow) -> Iterator[str]:
    by_period: dict[str, list[Movement]] = {}
    for m in found.movements:
        by_period.setdefault(m.period, []).append(m)
    sums = {p: (sum(m.added for m in own), sum(m.removed for m in own)) for p, own in by_period.items()}
    most = max((added + removed for added, removed in sums.values()), default=1)
    yield ""
    yield f"{found.every.value:<8} {'added':>7} {'removed':>8}"
    for period, own in sorted(by_period.items()):
        added, removed = sums[period]
        bar = "+" * _length(added, most) + "-" * _length(removed, most)
        star = "*" if any(m.added_seen or m.removed_seen for m in own) else " "
        yield f"{period:<8} {added:>7,} {removed:>8,}{star} {bar:<{BAR + 1}} {printable(_named(own))}".rstrip()


def _length(number: int, most: int) -> int:
    """Characters of a bar: at least one where there is anything."""
    return max(1, round(BAR * number / most)) if number else 0


def _named(own: list[Movement]) -> str:
    """The groups that moved most."""
    moved = Counter[str]()
    for m in own:
        moved[m.group] += m.added + m.removed
    ordered = sorted(moved.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{group} {number:,}" for group, number in ordered[:NAMED])
    return f"{told} and {len(ordered) - NAMED:,} more" if len(ordered) > NAMED else told


def write_csv(found: Flow) -> bytes:
    """A row for every period, source and group; what came on a day that is not known has an empty period."""
    rows = [(m.period, m.source, m.group, m.added, m.removed, m.added_seen, m.removed_seen) for m in found.movements]
    return sheet(COLUMNS, [*rows, *(("", source, group, n, 0, 0, 0) for source, group, n in found.undated)])
