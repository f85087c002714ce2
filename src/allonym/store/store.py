"""The store: everything a list has said, and when.

Takes the address of a data folder or a PostgreSQL database; gives views, entities, histories, differences, and the one
way to load. Reading needs no lock and sees whole snapshots only. Must not fetch, read or judge a list.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine

from allonym.errors import NotFoundError
from allonym.model import Entity, Issue, Measure, Snapshot
from allonym.store import decisions, entities, history, issues, measures, records, spans, touched
from allonym.store.engine import Place, connect, told
from allonym.store.plain import Rows, Wrapped
from allonym.store.snapshots import read_current, read_snapshots
from allonym.store.view import View, check_sources, chosen, iso_day

# Loading and comparing need FtM's model and numpy, which take longer to import than a question takes to answer.
if TYPE_CHECKING:
    from allonym.store.diff import Diff
    from allonym.store.loading import Loading

#: One number among all advisory locks of a PostgreSQL database: "allonymA" in ASCII, with the first bit off.
AUDIT_KEY = int.from_bytes(b"allonymA", "big") & (2**63 - 1)


class Store:
    """An open store. One object may be used by several threads; processes open their own.

    Every method raises StoreError in one line when the disk, the server or another program is in the way.
    """

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, url_or_path: str | Path, *, create: bool = True) -> Self:
        """Open a data folder (`<folder>/allonym.db`) or `postgresql://USER@HOST/DATABASE`; made when it is not there.

        Raises StoreError for a folder that cannot be read and written, a file in its place, a database of another
        program or a newer version, and with `create=False` for one that is not there.
        """
        place = Place(url_or_path)
        return cls(connect(place, create=create), place)

    @property
    def name(self) -> str:
        """Where the store is, for messages."""
        return self._place.name

    @property
    def folder(self) -> Path | None:
        """The data folder; None for a server."""
        return self._place.folder

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self.name), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Rows of one state of the store, for what is not of lists: alerts and the audit log."""
        with self._reading() as connection:
            yield Wrapped(connection)

    @contextmanager
    def deciding(self) -> Iterator[Rows]:
        """One transaction of alerts and the audit log: one writer at a time, on the disk when it ends, and nothing of
        it when it fails."""
        options = self._engine.execution_options(writes=True, durable=True)
        with told(self.name), options.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({AUDIT_KEY})")
            yield Wrapped(connection)

    def sweep(self) -> None:
        """Take what was erased out of SQLite's journal too, as far as nobody reads it just now."""
        if self._place.file is not None:
            with told(self.name), self._engine.connect() as connection:
                raw = connection.connection.cursor()  # a checkpoint is not possible within a transaction
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.close()

    def snapshots(self, source: str | None = None) -> list[Snapshot]:
        """The snapshots of one source or of all, in time order."""
        with self._reading() as connection:
            return read_snapshots(connection, source)

    def find(self, source: str, checksum: str) -> Snapshot | None:
        """The newest snapshot of that source that was read from files with that checksum."""
        return next((s for s in reversed(self.snapshots(source)) if s.checksum == checksum), None)

    def view(self, *, as_of: str | None = None, sources: Collection[str] | None = None) -> View:
        """Per source the newest snapshot of the day `as_of` or before (None: the newest of all).

        Raises UsageError for a source that is not loaded or a text that is no date, NotFoundError when `as_of` is
        before the first snapshot of every source.
        """
        return chosen(self.snapshots(), as_of, sources)

    def entities(
        self,
        view: View,
        *,
        ids: Collection[str] | None = None,
        only: Collection[str] = (),
        without: Collection[str] = (),
    ) -> Iterator[Entity]:
        """The entities of a view in the order of (source, entity id), as a stream; only those of `ids`, of the schemata
        `only` and of none of the schemata `without`, where given."""
        with self._reading() as connection:
            yield from entities.read_entities(connection, view, ids, only=only, without=without)

    def entity_ids(self, view: View) -> Iterator[tuple[str, str]]:
        """(source, entity id) of every entity of a view."""
        with self._reading() as connection:
            yield from entities.read_ids(connection, view)

    def entity(self, view: View, entity_id: str) -> list[Entity]:
        """The entity of that id, once for each source of the view that has it."""
        return list(self.entities(view, ids=[entity_id]))

    def referring(self, view: View, entity_id: str) -> list[Entity]:
        """The entities with a statement whose value is that id (edges, sanctions, owners of an address)."""
        with self._reading() as connection:
            return entities.read_referring(connection, view, entity_id)

    def measures(self, view: View, *, entity_id: str | None = None) -> list[Measure]:
        """The measures of a view, by source and id; only those upon one entity if given."""
        with self._reading() as connection:
            return measures.read_measures(Wrapped(connection), view, entity_id)

    def issues(self, source: str, date: str | None = None) -> list[Issue]:
        """What was odd in one snapshot of a source, the newest by default. Raises UsageError, NotFoundError."""
        date = self._dates(source, date)[0]
        with self._reading() as connection:
            return issues.read_issues(connection, source, date)

    def history(self, source: str, entity_id: str) -> list[history.SeenStatement]:
        """Every statement of an entity with the snapshots it was first and last seen in; empty if there is none."""
        with self._reading() as connection:
            return history.read_history(connection, source, entity_id)

    def spans(self, source: str) -> list[spans.Span]:
        """Every statement of a source's sanctions, and every presence of its other entities, with their snapshots."""
        with self._reading() as connection:
            return list(spans.read_spans(connection, source))

    def diff(self, source: str, old: str | None = None, new: str | None = None) -> "Diff":
        """What changed between two snapshots of a source, by default the two newest.

        With `old` alone, from that one to the newest; with `new` alone, from the one before it. Raises UsageError for
        an unknown source, NotFoundError for a date that is no snapshot or when there is nothing to compare with.
        """
        from allonym.store.diff import Comparison

        dates = self._dates(source, old, new)
        all_dates = [s.date for s in self.snapshots(source)]
        last = dates[-1] if new is not None else all_dates[-1]
        first = dates[0] if old is not None else max((d for d in all_dates if d < last), default=None)
        if first is None:
            raise NotFoundError(f"{source} has no snapshot before {last} to compare with; load an older or newer one")
        with self._reading() as connection:
            return Comparison(connection, source, first, last).diff()

    def touched(
        self, source: str, old: str, new: str, ids: Collection[str]
    ) -> dict[str, tuple[touched.Touch, ...]]:  # fmt: skip
        """What two snapshots of a source say differently about the entities of these ids; only those that changed."""
        with self._reading() as connection:
            return touched.read_touched(Wrapped(connection), source, (old, new), ids)

    def _dates(self, source: str, *dates: str | None) -> list[str]:
        """The dates that are given, or the newest; all checked."""
        known = [s.date for s in self.snapshots(source)]
        if not known:
            check_sources([source], {s.source for s in self.snapshots()})
        given = [iso_day(date) for date in dates if date is not None]
        for date in given:
            if date not in known:
                raise NotFoundError(f"{source} has no snapshot of {date}; it has {', '.join(known)}")
        return given or known[-1:]

    @contextmanager
    def loading(self, wait: float = 0) -> Iterator["Loading"]:
        """Hold the loading lock. Raises LockedError, naming the holder, when it is not free in `wait` seconds."""
        from allonym.store.loading import Loading

        with self._place.lock(self._engine).held(wait):
            yield Loading(self._engine, self.name)

    def current(self) -> tuple[View, str] | None:
        """The view that answers and the name of its index; None before the first was activated."""
        with self._reading() as connection:
            return read_current(connection)

    def decisions(self, entries: Collection[str] | None = None, *, undone: bool = False) -> list[decisions.Decision]:
        """What was decided about entries, in order; only about these; with `undone` also what was taken back."""
        with self._reading() as connection:
            return decisions.read_decisions(connection, entries, undone=undone)

    def actors(self, known_at: str | None = None, version: int | None = None) -> tuple[int, dict[str, str]]:
        """The number of the last change, and whose entries those are that belong, or belonged, together with others; as
        of the end of an ISO day, or after the change of a number, if given."""
        with self._reading() as connection:
            if version is None:
                version = decisions.read_version(connection, known_at)
            return version, decisions.read_actors(connection, version)

    def actors_changed(self, since: int) -> set[str]:
        """The entries whose actor changed after the change of that number."""
        with self._reading() as connection:
            return decisions.read_changed(connection, since)

    def put_record(self, kind: str, key: str, payload: bytes) -> None:
        """Keep a small document under a kind and key; one that is there is replaced."""
        with self._writing() as connection:
            records.write_record(Wrapped(connection), kind, key, payload)

    def record(self, kind: str, key: str) -> bytes:
        """The document under that kind and key. Raises NotFoundError."""
        with self._reading() as connection:
            return records.read_record(Wrapped(connection), kind, key)

    def drop_record(self, kind: str, key: str) -> None:
        """Remove a document; one that is not there is no error."""
        with self._writing() as connection:
            records.remove_record(Wrapped(connection), kind, key)

    def records(self, kind: str) -> list[str]:
        """The keys of the documents of that kind, sorted."""
        with self._reading() as connection:
            return records.read_keys(Wrapped(connection), kind)
