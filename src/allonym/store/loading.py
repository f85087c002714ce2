"""Loading: the one way in which a store changes.

Takes snapshots with their records from whoever holds the lock; gives each as stored, with its counts. A snapshot is one
transaction: it is there whole or not at all. Must not fetch, read or judge a list.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import Engine

from allonym.model import Issue, Measure, Snapshot, Statement
from allonym.store.decisions import Decision, undo_decisions, write_actors, write_decisions
from allonym.store.engine import told
from allonym.store.intake import Intake
from allonym.store.issues import write_issues
from allonym.store.presence import Place
from allonym.store.snapshots import read_snapshots, write_current, write_snapshot
from allonym.store.view import View, free_date, iso_day

#: KiB of SQLite's page cache while loading: the index of a large list fits, and memory stays small.
_CACHE = 48 * 1024


class Loading:
    """What the holder of the loading lock may do; see `Store.loading`."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine.execution_options(writes=True)
        self._name = name

    def snapshot(
        self,
        snapshot: Snapshot,
        records: Iterable[Statement | Measure],
        issues: Callable[[], list[Issue]],
        *,
        check: Callable[[Snapshot], Snapshot] | None = None,
        keep_absent: bool = False,
    ) -> Snapshot:
        """Store one snapshot, wherever in time it belongs; gives it with its counts and the date it got.

        `records` are streamed, all statements of one entity together; `issues` is asked when they are through. `check`
        sees the counts before anything is final: what it raises undoes all, and the snapshot it returns is stored.
        A day that another version of the list has already gets a date with a version ("2024-05-15.2"); the same
        checksum and day again is that snapshot, and nothing is read. `keep_absent` is for an extract: entities that it
        lacks stay as they stand in the snapshot before, as loaded at this moment (counts["extract"] is True).
        Raises StoreError (full disk, permissions), InputError, and what `records` and `check` raise; data as before.
        """
        with told(self._name), self._engine.connect() as connection:
            transaction = connection.begin()
            others = read_snapshots(connection, snapshot.source)
            day = iso_day(snapshot.date)[:10]
            for other in others:
                if other.checksum == snapshot.checksum and other.date[:10] == day:
                    return other
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE}")
            dates = [other.date for other in others]
            snapshot = replace(snapshot, date=free_date(day, dates))
            intake = Intake(connection, _place(snapshot, dates))
            intake.take(records)
            intake.settle(keep_absent=keep_absent)
            found = issues()
            counts = intake.tally.counts(len(found)) | ({"extract": True} if keep_absent else {})
            snapshot = replace(snapshot, counts=counts)
            if check is not None:
                snapshot = replace(check(snapshot), source=snapshot.source, date=snapshot.date)
            write_snapshot(connection, snapshot)
            write_issues(connection, snapshot, found)
            transaction.commit()
            return snapshot

    def activate(self, view: View, index: str) -> None:
        """Make a view the one that answers, with the name of the index built from it. Raises StoreError."""
        with told(self._name), self._engine.begin() as connection:
            write_current(connection, view, index)

    def decide(
        self, made: Iterable[Decision], undone: Iterable[int], actors: dict[str, str], *, at: str, by: str = ""
    ) -> None:  # fmt: skip
        """Keep decisions, take others back (by number), and keep whose entries these are now: all or nothing.

        `at` is the ISO time and `by` the person at which and by whom they are taken back. Raises StoreError.
        """
        with told(self._name), self._engine.begin() as connection:
            write_decisions(connection, made)
            undo_decisions(connection, undone, at, by)
            write_actors(connection, actors, at)


def _place(snapshot: Snapshot, dates: Iterable[str]) -> Place:
    before = max((date for date in dates if date < snapshot.date), default=None)
    after = min((date for date in dates if date > snapshot.date), default=None)
    return Place(snapshot.source, before, snapshot.date, after)
