"""Two clocks: when something was in force, and when we knew.

Takes the snapshots there are, the day asked and the day of knowledge; gives the snapshot of each source that answers.
The register dates each of its facts itself, so that its newest snapshot answers for any day; a list that was first
loaded as of a later day answers with its first snapshot, and says so. Must not read a statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from allonym.model import REGISTER, Snapshot
from allonym.store.view import View, iso_day, known_by


@dataclass(frozen=True, slots=True)
class Chosen:
    """The snapshots that answer, by source, and those before them (for what was on the list and is gone).

    `late` are the sources whose first snapshot is of a later day than the one asked.
    """

    snapshots: dict[str, Snapshot]
    earlier: dict[str, tuple[Snapshot, ...]]
    late: frozenset[str]

    def dates(self, source: str) -> list[str]:
        """The snapshots of a source that count, oldest first: those before the one that answers, and it."""
        return [*(s.date for s in self.earlier[source]), self.snapshots[source].date]

    @property
    def view(self) -> View:
        """The view of these snapshots."""
        return View(tuple(sorted((source, s.date) for source, s in self.snapshots.items())))


def day(text: str | None) -> str | None:
    """The ISO day of an option. Raises UsageError for what is none."""
    return iso_day(text)[:10] if text is not None else None


def choose(snapshots: Iterable[Snapshot], as_of: str | None, known_at: str | None) -> Chosen:
    """The snapshots that answer for a day, of those that were loaded by the day `known_at` (both inclusive, ISO).

    Raises NotFoundError when nothing was loaded by then, UsageError for what is no day.
    """
    asked = day(as_of)
    known = known_by(sorted(snapshots, key=lambda s: (s.source, s.date)), known_at)
    found: dict[str, Snapshot] = {}
    earlier: dict[str, tuple[Snapshot, ...]] = {}
    late = set()
    for source in sorted({s.source for s in known}):
        own = [s for s in known if s.source == source]
        by_then = [s for s in own if asked is None or s.date[:10] <= asked]
        if source == REGISTER:
            by_then = own
        elif not by_then:
            late.add(source)
            by_then = own[:1]
        found[source], earlier[source] = by_then[-1], tuple(by_then[:-1])
    return Chosen(found, earlier, frozenset(late))
