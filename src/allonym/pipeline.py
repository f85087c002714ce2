"""The whole way in order; read this first.

    discover / fetch   files                       -> bundles of files, each one snapshot of a source
    read               a bundle                    -> statements, measures, issues        (sources/)
    load               those                       -> a snapshot in the store, floors checked   (store/)
    index              the newest snapshot of each -> one file of candidates, switched to in one step   (index/)
    resolve            entries of different lists  -> decisions which are one actor   (resolution/, by `update`)
    screen             queries                     -> hits with evidence                  (matching/, screening/)

Takes an open store and what to load; gives what happened to each list. A list that fails leaves the others alone and
the data as it was. Must not print.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from allonym.actors import actors
from allonym.errors import AllonymError, FloorError, StoreError
from allonym.index.build import build
from allonym.index.index import index_file
from allonym.index.listed import UNSCREENED, Listed, listed
from allonym.matching.facts import COUNTRY_PROPS, IDENTIFIER_PROPS, identifiers
from allonym.model import EXTRACT, REGISTER, Entity, Snapshot
from allonym.sources import catalogue, ftm_json, values
from allonym.sources.catalogue import is_official
from allonym.sources.discover import Found
from allonym.sources.entry import Report
from allonym.sources.floors import SmallError, check, entries_of
from allonym.sources.source import Record, Source
from allonym.store import Store
from allonym.store.loading import Loading
from allonym.store.view import View

FACT_PROPS = ("birthDate", "gender", *COUNTRY_PROPS, *IDENTIFIER_PROPS)
KEPT_INDEXES = 4
#: Seconds after which an unfinished index file belongs to nobody who still lives.
ABANDONED = 3_600
#: A list with at least this share of the entries of the one in use is that list gone wrong, and no extract of it.
EXTRACT_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one list: `state` is loaded, unchanged, refused, failed, or ignored (files that are no list);
    `message` is one line for people; `status` is the exit status that a failure calls for."""

    source: str
    state: str
    message: str
    snapshot: Snapshot | None = None
    status: int = 0


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """`accept_shrinkage` loads a list in spite of its floors, and is recorded. `local`: the files are the user's own,
    so that a list below its floor may be an extract. `progress(source, done)` hears the number of records read."""

    accept_shrinkage: bool = False
    local: bool = True
    progress: Callable[[str, int], None] | None = None


def source_of(name: str) -> Source:
    """The `Source` behind a name: a publisher's list, the register, or a user's FtM file."""
    if name == REGISTER:
        return catalogue.register()
    known = catalogue.sources()
    return known[name] if name in known else ftm_json.source(name)


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads bundles into a store, under the lock that `loading` holds."""

    loading: Loading
    store: Store
    options: LoadOptions = LoadOptions()

    def load(self, found: Found) -> Outcome:
        """Read one bundle and store it as a snapshot. Never raises for what the list holds: the outcome says it.

        Raises StoreError when the store cannot be written, for then no list can be loaded.
        """
        source = source_of(found.source)
        try:
            return self._load(source, found)
        except StoreError:
            raise
        except FloorError as error:
            return Outcome(found.source, "refused", str(error), status=error.status)
        except AllonymError as error:
            return Outcome(found.source, "failed", str(error), status=error.status)
        except OSError as error:
            message = f"{found.bundle.main}: cannot be read ({error.strerror}); check the file and its permissions"
            return Outcome(found.source, "failed", message, status=2)

    def _load(self, source: Source, found: Found) -> Outcome:
        checksum = found.bundle.checksum()
        # Files that were taken as an extract may be loaded as the list itself.
        names = (source.name,) if self.options.accept_shrinkage else (source.name, source.name + EXTRACT)
        for name in names:
            before = self.store.find(name, checksum)
            if before is not None and (found.basis != "given" or before.date[:10] == found.day):
                return Outcome(name, "unchanged", f"{name}: {before.date} is loaded already", before)
        snapshot = Snapshot(
            source=source.name,
            date=found.day,
            checksum=checksum,
            loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
            origin=found.bundle.main.name,
            date_basis=found.basis,
            format=found.bundle.format.name,
        )
        try:
            stored = self._store(source, found, snapshot)
        except SmallError as error:
            if not self.options.local or not self._is_extract(source, error):
                raise
            stored = self._store(source, found, replace(snapshot, source=source.name + EXTRACT))
            why = f"; taken as an extract, beside the list itself ({error.problem})"
            return Outcome(stored.source, "loaded", describe(stored) + why, stored)
        return Outcome(source.name, "loaded", describe(stored), stored)

    def _is_extract(self, source: Source, error: SmallError) -> bool:
        """Whether a list below its floor is an excerpt that somebody made, and not the list gone wrong."""
        whole = self.store.snapshots(source.name)
        return error.entries > 0 and (not whole or error.entries < EXTRACT_SHARE * entries_of(whole[-1]))

    def _store(self, source: Source, found: Found, snapshot: Snapshot) -> Snapshot:
        report = Report()
        if found.basis == "file_time":
            report.issue("undated", f"the files say no date: {found.day} is when they were last changed; "
                         "give --as-of DATE if it is another day", original=found.bundle.main.name)  # fmt: skip
        records = self._counted(found.bundle.format.read(found.bundle, report), snapshot.source)
        extract = snapshot.source != source.name
        previous = _before(self.store.snapshots(snapshot.source), found.day)

        def checked(stored: Snapshot) -> Snapshot:
            return stored if extract else check(source, stored, previous, accept=self.options.accept_shrinkage)

        return self.loading.snapshot(snapshot, records, lambda: report.issues, check=checked, keep_absent=extract)

    def _counted(self, records: Iterator[Record], name: str) -> Iterator[Record]:
        done, progress = 0, self.options.progress
        for done, record in enumerate(records, 1):
            if progress and done % 10_000 == 0:
                progress(name, done)
            yield record
        if progress:
            progress(name, done)


def _before(snapshots: Sequence[Snapshot], day: str) -> Snapshot | None:
    earlier = [s for s in snapshots if s.date[:10] <= day]
    return earlier[-1] if earlier else None


def describe(snapshot: Snapshot) -> str:
    """One line about a loaded snapshot."""
    entries = sum(snapshot.counts["entries"].values())
    names = sum(snapshot.counts["names"].values())
    issues = snapshot.counts["issues"]
    told = f", {issues:,} issues" if issues else ""
    return f"{snapshot.source}: {snapshot.date}, {entries:,} entries, {names:,} names{told}"


def index(store: Store, folder: Path, view: View) -> Path:
    """The index of a view, built when it is not there."""
    path = index_file(folder, view)
    if path.exists():
        with contextlib.suppress(OSError):
            os.utime(path)  # `_tidy` keeps those that were used last
    else:
        build(path, all_listed(store, view), snapshots=view.snapshots, identifiers=identifiers)
    return path


def all_listed(store: Store, view: View) -> Iterator[Listed]:
    """Everything a view screens against, with actor ids and programs; streams, sanctions apart."""
    programs: dict[tuple[str, str], list[str]] = {}
    ended: dict[tuple[str, str], bool] = {}
    for sanction in store.entities(view, only=("Sanction",)):
        over, names = _is_over(sanction, view), _programs(sanction)
        for target in sanction.values("entity"):
            key = sanction.source, target
            ended[key] = ended.get(key, True) and over
            programs.setdefault(key, []).extend(names)
    register = View(tuple(s for s in view.snapshots if s[0] == REGISTER))
    private = any(not is_official(source) for source, _ in view.snapshots)
    known = actors(store.entities(register), store.entity_ids(view) if private else ())
    for entity in store.entities(view, without=UNSCREENED):
        key = entity.source, entity.entity_id
        if (is_official(entity.source) and ended.get(key, False)) or _is_authority(entity):
            continue
        own = tuple(dict.fromkeys(programs.get(key, ())))
        found = listed(entity, known.actor(*key), FACT_PROPS, own)
        if found is not None:
            yield found


def _is_over(sanction: Entity, view: View) -> bool:
    """Whether a sanction had ended when its list was published; some lists keep those that were delisted."""
    ends = sanction.values("endDate")
    return bool(ends) and max(ends) < (view.date(sanction.source) or "")


def _is_authority(entity: Entity) -> bool:
    """The register's authorities are there to say who acted; nobody is screened against the Treasury."""
    return entity.source == REGISTER and entity.schema == "PublicBody"


def _programs(sanction: Entity) -> list[str]:
    return sanction.values("program") or sanction.values("programId") or sanction.values("authority")[:1]


def activate(load: Loading, store: Store, folder: Path) -> View:
    """Build the index of the newest snapshots and switch to it; old index files go, the newest few apart."""
    view = store.view()
    values.clean.cache_clear()  # reading is over, and its memory is wanted for the index
    path = index(store, folder, view)
    load.activate(view, path.name)
    _tidy(path)
    return view


def _tidy(current: Path) -> None:
    """Remove index files that were not used for long; a process that has one mapped keeps it."""
    others = sorted((p for p in current.parent.glob("*.idx") if p != current), key=_changed)
    before = time.time() - ABANDONED
    abandoned = [p for p in current.parent.glob("*.part") if _changed(p) < before]
    for path in [*others[: max(0, len(others) - KEPT_INDEXES)], *abandoned]:
        with contextlib.suppress(OSError):
            path.unlink()


def _changed(path: Path) -> float:
    """When a file was last written or used; one that another process removed meanwhile is as old as can be."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
