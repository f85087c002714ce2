"""Brings the shelf up to date: loads the files of a manifest that changed, builds what is missing, points to it.

Takes settings; gives the name of the shelf that answers. One process at a time does it; the others find it done. A
kill at any moment leaves the old shelf or the new. Run alone: python -m allonym.api.yente.load DATA [MANIFEST].
"""

import contextlib
import datetime
import hashlib
import sqlite3
import sys
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

import allonym
from allonym.api.yente import changed, manifest
from allonym.api.yente.lines import KIND, Lines
from allonym.api.yente.manifest import Catalogue, Dataset
from allonym.api.yente.pointer import Pointer
from allonym.collector import uncollected
from allonym.errors import AllonymError, InputError
from allonym.lists import Lists
from allonym.sources import ftm_json
from allonym.sources.discover import Found
from allonym.sources.source import Bundle
from allonym.store import Store

KEPT = 2  # shelves that stay beside the one in use: a worker may not have changed over yet
WAIT = 600.0  # seconds for another loader


def refresh(data: Path, file: Path | None) -> str:
    """Load what changed and build the shelf; gives its name. Raises InputError, StoreError."""
    pointer = Pointer(data, file)
    pointer.folder.mkdir(parents=True, exist_ok=True)
    with FileLock(pointer.folder / "shelf.lock", timeout=WAIT), allonym.open(data) as lists:
        if file is None:
            catalogue, files = manifest.of_lists(lists.view().snapshots), []
        else:
            catalogue = manifest.read(file)
            files = [str(file), *(str(d.path) for d in catalogue.datasets.values() if d.path)]
        before = changed.seen(data, files)
        if file is not None:
            _load(lists, data, catalogue)
        name = _built(lists, pointer, catalogue)
        # The files as they were before they were read: what was written meanwhile is new.
        changed.write(pointer, {**changed.seen(data, []), "files": before["files"]})
        return name


def _built(lists: Lists, pointer: Pointer, catalogue: Catalogue) -> str:
    from allonym.api.yente import shelf_build

    view = lists.view()
    lists.index_path(view)
    told = orjson.dumps([view.snapshots, catalogue.to_dict(), shelf_build.VERSION])
    name = f"{hashlib.sha256(told).hexdigest()[:24]}.shelf"
    path = pointer.folder / name
    if not path.exists():
        with uncollected():
            shelf_build.build(path, lists.store, view, catalogue)
    pointer.write(name)
    used = sorted(pointer.folder.glob("*.shelf"), key=lambda p: p.stat().st_mtime)
    pointed = pointer.all()
    for old in [p for p in used if p.name not in pointed][:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return name


def _load(lists: Lists, data: Path, catalogue: Catalogue) -> None:
    """Load the files that are not the newest snapshot of their list."""
    from allonym.pipeline import Loader, LoadOptions, activate
    from allonym.update import resolver

    store = lists.store
    found = [(d, one) for d in catalogue.datasets.values() if d.path and (one := _changed(store, d, d.path))]
    if not found:
        return
    with store.loading(WAIT) as loading, uncollected():
        loader = Loader(loading, store, LoadOptions())
        for dataset, one in found:
            outcome = loader.load(one)
            if outcome.snapshot is None:
                raise InputError(f"dataset {dataset.name}: {outcome.message}")
            Lines.read(one.bundle.main).keep(store, dataset.source, outcome.snapshot.date)
        view = activate(loading, store, data)
        resolver(store, data, None).after_update(loading, view)


def _changed(store: Store, dataset: Dataset, path: Path) -> Found | None:
    """What to load of a dataset; None when its file is the newest snapshot already."""
    if path.stat().st_size == 0:
        raise InputError(f"dataset {dataset.name}: {path}: is empty; give a file with one FollowTheMoney entity a line")
    bundle = Bundle(ftm_json.FORMAT, path)
    checksum, day = bundle.checksum(), datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date()
    snapshots = store.snapshots(dataset.source)
    if snapshots:
        newest = snapshots[-1]
        if newest.checksum == checksum and f"{dataset.source}@{newest.date}" in store.records(KIND):
            return None
        if newest.checksum == checksum:
            Lines.read(path).keep(store, dataset.source, newest.date)
            return None
        # A file that is older than what is loaded is what shall be served all the same.
        day = max(day, datetime.date.fromisoformat(newest.date[:10]))
        if any(s.checksum == checksum and s.date[:10] == day.isoformat() for s in snapshots):
            day += datetime.timedelta(days=1)
    return Found(dataset.source, bundle, day.isoformat(), "given")


def main(arguments: list[str]) -> int:
    """Do it in a process of its own; complaints in one line on standard error."""
    try:
        refresh(Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else None)
    except AllonymError as error:
        print(f"allonym: {' '.join(str(error).splitlines())}", file=sys.stderr)
        return error.status
    except (OSError, sqlite3.Error, Timeout) as error:
        where = getattr(error, "filename", None) or arguments[0]
        told = f"what is served cannot be written ({error}); free some space, or check the permissions"
        print(f"allonym: {where}: {told}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
