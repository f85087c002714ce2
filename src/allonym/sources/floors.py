"""Floors: what a list must have before it may replace the one in use.

Takes a source, a snapshot with its counts, and the snapshot before; gives the snapshot, marked when it was accepted in
spite of its floors. Raises FloorError that says which floor, by how much, and what to do.
"""

from dataclasses import replace

from allonym.errors import FloorError
from allonym.model import Snapshot
from allonym.sources.source import Source

ADVICE = "Nothing was replaced; use --accept-shrinkage if the list really is so"


class SmallError(FloorError):
    """Fewer entries or names than this publisher's list ever had: broken, or an extract.

    `problem` says how few; `entries` is their number, 0 when none has a name.
    """

    def __init__(self, problem: str, entries: int) -> None:
        super().__init__(f"{problem}. {ADVICE}")
        self.problem = problem
        self.entries = entries


def check(source: Source, snapshot: Snapshot, before: Snapshot | None, *, accept: bool = False) -> Snapshot:
    """The snapshot when it may be used. With `accept`, floors are passed over and the snapshot says so."""
    problem = _small(source, snapshot)
    if problem and not accept:
        names = sum(snapshot.counts["names"].values())
        raise SmallError(problem, entries_of(snapshot) if names else 0)
    problem = problem or _empty(source, snapshot) or _shrunk(source, snapshot, before)
    if problem and not accept:
        raise FloorError(f"{problem}. {ADVICE}")
    return replace(snapshot, accepted_shrinkage=True) if problem else snapshot


def _small(source: Source, snapshot: Snapshot) -> str | None:
    floors = source.floors
    entries, names = entries_of(snapshot), sum(snapshot.counts["names"].values())
    where = f"{source.name}, {snapshot.origin}"
    if entries < floors.entries:
        return f"{where}: {entries:,} entries, and this list has at least {floors.entries:,}"
    if names < floors.names:
        return f"{where}: {names:,} names, and this list has at least {floors.names:,}"
    return None


def _empty(source: Source, snapshot: Snapshot) -> str | None:
    persons = snapshot.counts["entries"].get("Person", 0)
    if not persons:
        return None
    share = snapshot.counts["with_birth_date"] / persons
    if share >= source.floors.with_birth_date:
        return None
    return (f"{source.name}, {snapshot.origin}: {share:.0%} of its persons have a date of birth, and at least "
            f"{source.floors.with_birth_date:.0%} should")  # fmt: skip


def _shrunk(source: Source, snapshot: Snapshot, before: Snapshot | None) -> str | None:
    if before is None:
        return None
    had, has = entries_of(before), entries_of(snapshot)
    if has >= had * (1 - source.floors.shrinkage):
        return None
    return (f"{source.name}, {snapshot.origin}: {has:,} entries where the snapshot of {before.date} had {had:,}; "
            f"more than {source.floors.shrinkage:.0%} fewer")  # fmt: skip


def entries_of(snapshot: Snapshot) -> int:
    """The number of entries of a snapshot."""
    return int(sum(snapshot.counts["entries"].values()))
