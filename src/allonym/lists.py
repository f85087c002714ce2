"""An open data folder: the Python face of Allonym.

Takes a data folder; gives `update`, `screen`, `show`, `diff` and what they need. Opening is quick: what loads lists is
imported only when lists are loaded. Must not print.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allonym.errors import InputError, NotFoundError, UsageError
from allonym.index.index import Index, index_file
from allonym.matching.engine import Engine, Options
from allonym.matching.evidence import Hit
from allonym.model import Entity, Snapshot
from allonym.names.remembered import forget
from allonym.screening.query import Query
from allonym.store.current import CurrentView
from allonym.store.view import View, check_sources, chosen

if TYPE_CHECKING:
    from allonym.pipeline import Outcome
    from allonym.sources.fetch import Progress
    from allonym.store import Store
    from allonym.store.diff import Diff
    from allonym.store.documents import Documents

CHUNK = 1_000
TOLD_EVERY = 60.0  # seconds after which an index that is asked is marked as in use
WAIT_FOR_LOCK = 0.0
Asked = str | dict[str, Any]


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """`path`: files already here, in place of the publisher's address; `name`: the source an FtM file is loaded as;
    `as_of`: the snapshot's day, where the files do not say it; `wait`: seconds to wait for another loader;
    `progress(source, records)` and `fetching(source, file, bytes, of)` hear how far it is."""

    path: str | Path | None = None
    name: str | None = None
    as_of: str | None = None
    accept_shrinkage: bool = False
    wait: float = WAIT_FOR_LOCK
    progress: Callable[[str, int], None] | None = None
    fetching: "Progress | None" = None


class Lists:
    """The lists in one data folder, ready to be asked. Use `allonym.open`; close it, or use `with`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = CurrentView(folder)
        self._engines: dict[tuple[View, Options, int], Engine] = {}
        self._told: dict[tuple[View, Options, int], float] = {}  # when their index was last marked as in use

    @classmethod
    def open(cls, data_dir: str | Path) -> "Lists":
        """Open the folder; one that is not there is made, and a new one gets the built-in register.

        Raises StoreError when it cannot be used.
        """
        if not str(data_dir).strip():
            raise UsageError("the data folder has no name; give one")
        folder = Path(data_dir).expanduser()
        lists = cls(folder)
        if lists._pointer.read() is None and lists.store.current() is None:
            lists.update("register", wait=60.0)
        return lists

    @cached_property
    def store(self) -> "Store":
        """The store; opened when it is first needed, for a look-up does not."""
        from allonym.store import Store

        return Store.open(self.folder)

    @cached_property
    def documents(self) -> "Documents | Store":
        """The small documents that are kept beside the lists, and what changed about entities: read without opening the
        store where that can be."""
        if self._pointer.read() is None:
            return self.store
        from allonym.store.documents import Documents

        return Documents(self.folder)

    def close(self) -> None:
        """Close the store, and forget the names that were read: that is sooner done than the process would end."""
        self._engines.clear()
        forget()
        self._pointer.close()
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> "Lists":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def update(self, *sources: str, **options: Any) -> "list[Outcome]":
        """Load lists; gives what happened to each. Keyword options are the fields of `UpdateOptions`.

        `update("ftm", path=..., name="mine")` loads an FtM file, `update("register")` the built-in register,
        `update(path=...)` every list found there, `update("un_sc")` that list from its publisher.
        Raises UsageError and InputError for what cannot be loaded at all, LockedError, StoreError.
        """
        from allonym.update import update

        outcomes = update(self.store, self.folder, sources, UpdateOptions(**options))
        self._engines.clear()
        return outcomes

    def view(
        self, as_of: str | None = None, sources: Sequence[str] | None = None, known_at: str | None = None
    ) -> View:  # fmt: skip
        """The snapshots that answer: the newest of each source, or as they stood on a day; only `sources` if given, and
        only what was loaded here by the day `known_at`.

        Raises UsageError for a source that is not loaded or a date that is none, NotFoundError for a day before all.
        """
        if as_of is None and sources is None and known_at is None:
            return self._current()
        return chosen(self.snapshots(), as_of, sources, known_at)

    def _current(self) -> View:
        current = self._pointer.read() or self.store.current()
        if current is None:
            raise NotFoundError("no list is loaded; run `allonym update register`")
        return current[0]

    def actors(self, known_at: str | None = None, version: int | None = None) -> tuple[int, Mapping[str, str]]:
        """The number of the last change, and whose entries those are that are part of an actor with others; as it was
        at the end of an ISO day, or after the change of a number, if given."""
        if self._pointer.read() is None:
            return self.store.actors(known_at, version)
        now = self._pointer.actors_version
        if known_at is None and version in (None, now):
            return now, self._pointer.actors()
        return (0, {}) if version == 0 else self.store.actors(known_at, version)

    def actors_changed(self, since: int) -> set[str]:
        """The entries that are another actor's than after the change of that number."""
        return (self.store if self._pointer.read() is None else self._pointer).actors_changed(since)

    def index_path(self, view: View) -> Path:
        """The index of a view; built now when it is not there."""
        path = index_file(self.folder, view)
        if path.exists():
            with suppress(OSError):
                os.utime(path)  # those that were used last are kept
            return path
        from allonym.pipeline import index

        return index(self.store, self.folder, view)

    def engine_factory(self, view: View, options: Options, actors: int | None = None) -> "partial[Engine]":
        """A picklable factory of engines on that view, for worker processes. `actors`: after which change of actors;
        None is the last."""
        if options.sources is not None:
            check_sources(options.sources, {source for source, _ in view.snapshots})
        return partial(open_engine, self.index_path(view), options, self.actors(version=actors)[1])

    def engine(self, view: View, options: Options, actors: int | None = None) -> Engine:
        """An engine on that view, as `engine_factory` makes it; the last ones are kept."""
        key = view, options, self.actors()[0] if actors is None else actors
        if key not in self._engines:
            factory = self.engine_factory(view, options, actors)
            if len(self._engines) >= 4:
                self._engines.clear()
            self._engines[key], self._told[key] = factory(), time.monotonic()
        elif time.monotonic() > self._told[key] + TOLD_EVERY:
            self.index_path(view)
            self._told[key] = time.monotonic()
        return self._engines[key]

    def screen(  # noqa: PLR0913 (the signature that design.md gives, and the second clock)
        self,
        queries: Iterable[Asked],
        threshold: float | None = None,
        limit: int = 10,
        as_of: str | None = None,
        sources: Sequence[str] | None = None,
        merged: bool = True,
        *,
        known_at: str | None = None,
    ) -> Iterator[list[Hit]]:  # fmt: skip
        """One list of hits per query, in order, best first.

        `queries` are names or FtM-like dicts; `threshold` 0 to 1 (0: every candidate that was scored); `as_of` an ISO
        day; `sources` limits the search; `merged=False` gives one hit per list entry; `known_at` an ISO day: only what
        was loaded here by then. Raises UsageError for options, InputError for a query that holds no name, after the
        answers of those before it (its number is in the message).
        """
        options = checked(Options(threshold, limit, None if sources is None else tuple(sources), merged))
        actors = None if known_at is None else self.actors(known_at)[0]
        engine = self.engine(self.view(as_of, known_at=known_at), options, actors)
        return self._answers(queries, engine)

    @staticmethod
    def _answers(queries: Iterable[Asked], engine: Engine) -> Iterator[list[Hit]]:
        numbered = enumerate(queries, 1)
        while chunk := list(islice(numbered, CHUNK)):
            usable, wrong = [], None
            for row, asked in chunk:
                try:
                    usable.append(query(asked, row))
                except InputError as error:
                    wrong = InputError(f"query {row}: {error}")
                    break
            yield from engine(usable)
            if wrong is not None:
                raise wrong

    def snapshots(self) -> list[Snapshot]:
        """Every snapshot, by source, in time order.

        What an interrupted update stored and did not switch to is left out; the next update takes it up.
        """
        newest = dict(self._current().snapshots)
        found = [s for s in self.store.snapshots() if s.date <= newest.get(s.source, "")]
        return sorted(found, key=lambda s: (s.source, s.date))

    def diff(self, source: str, old: str | None = None, new: str | None = None) -> "Diff":
        """What changed between two snapshots of a source; the two newest by default."""
        return self.store.diff(source, old, new or self._current().date(source))

    def entity(self, entity_id: str, as_of: str | None = None) -> list[Entity]:
        """The entity of that id, one for each source that has it. Raises NotFoundError."""
        found = self.store.entity(self.view(as_of), entity_id)
        if not found:
            raise NotFoundError(f"no entity {entity_id!r}; look it up by name: allonym screen NAME")
        return found

    @cached_property
    def records_folder(self) -> Path:
        """Where records of runs are kept."""
        return self.folder / "records"


def listed_names(text: str | None) -> tuple[str, ...] | None:
    """The names of `S,S`; None when nothing is given. Raises UsageError when there is no name in it."""
    if text is None:
        return None
    found = tuple(name.strip() for name in text.split(",") if name.strip())
    if not found:
        raise UsageError(f"{text!r} names no list; give names as `allonym sources` prints them, with commas")
    return found


def open_engine(path: Path, options: Options, actors: Mapping[str, str] | None = None) -> Engine:
    """An engine on an index file; `actors` as `Index` takes them."""
    return Engine(Index(path, actors), options)


def checked(options: Options) -> Options:
    """The options when they make sense. Raises UsageError."""
    if options.threshold is not None and not 0 <= options.threshold <= 1:
        raise UsageError(f"threshold {options.threshold}: give a number from 0 to 1")
    if options.limit < 1:
        raise UsageError(f"limit {options.limit}: give 1 or more")
    return options


def query(asked: Asked, row: int) -> Query:
    """A query from a name or an FtM-like dict."""
    if isinstance(asked, str):
        return Query.from_name(asked, row=row)
    return Query.from_dict(asked, row=row, warn=lambda what, value: None)
