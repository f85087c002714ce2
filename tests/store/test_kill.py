"""A load is there whole or not at all, also when it is killed, read beside, or runs into another."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from allonym.errors import LockedError
from allonym.model import Measure, Statement
from allonym.store import Store
from allonym.store.lock import FolderLock

from . import loader

KILLS = 200
#: Loads are killed in a new data folder every so often, so that its history stays short.
FOLDERS = 10


def process(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, loader.__file__, *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def expected(number: int) -> tuple[dict[str, list[Statement]], list[Measure]]:
    entities: dict[str, list[Statement]] = {}
    measures = []
    for record in loader.records_of(number):
        if isinstance(record, Statement):
            entities.setdefault(record.entity_id, []).append(record)
        else:
            measures.append(record)
    return entities, measures


def check(folder: Path, acknowledged: int, active: int) -> int:
    """The folder opens to what was acknowledged or the load after it; gives how many snapshots there are.

    `acknowledged` is how many snapshots there must be; `active` is how many there were when the last view that is known
    to have been activated was.
    """
    with Store.open(folder) as store:
        dates = [s.date for s in store.snapshots()]
        assert dates == [loader.date_of(number) for number in range(len(dates))]
        assert acknowledged <= len(dates) <= acknowledged + 1
        view = store.view()
        if dates:
            newest = len(dates) - 1
            found = {e.entity_id: list(e.statements) for e in store.entities(view)}
            assert (found, store.measures(view)) == expected(newest)
            assert [issue.message for issue in store.issues(loader.SOURCE)] == [str(newest)]
            current = store.current()
            shown = current and (current[0].date(loader.SOURCE), current[1])
            # a loader may be killed between a load and its activation, and the next one, too
            possible = [(date, f"index {date}") for date in dates[max(active - 1, 0) :]]
            assert shown in possible or (shown is None and active == 0)
    connection = sqlite3.connect(folder / "allonym.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return len(dates)


class Loaders:
    """Forks loaders on demand."""

    def __init__(self, folder: Path) -> None:
        self.process = process(folder, "forever")

    def start(self, name: str) -> int:
        """A loader on that folder; gives its process id."""
        assert self.process.stdin
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        return int(self.line().removeprefix("pid "))

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill(self, pid: int) -> list[str]:
        """Kill the loader; gives what it said until then."""
        os.kill(pid, signal.SIGKILL)
        return list(iter(self.line, "dead"))

    def pace(self) -> float:
        """Seconds from the start of a loader until it has stored two snapshots."""
        start = time.monotonic()
        pid = self.start("pace")
        while self.line() != "stored 1":
            pass
        took = time.monotonic() - start
        self.kill(pid)
        return took


def test_killed_two_hundred_times(tmp_path: Path) -> None:
    rng = random.Random(20260227)
    loaders = Loaders(tmp_path)
    pace = min(loaders.pace(), 0.25)
    stored, active, grown, within = 0, 0, 0, 0
    with loaders.process as running:
        for kill in range(KILLS):
            folder = tmp_path / str(kill * FOLDERS // KILLS)
            if not folder.exists():
                stored, active = 0, 0
            pid = loaders.start(folder.name)
            time.sleep(rng.uniform(0, pace))
            said = loaders.kill(pid)
            active = max((int(word[7:]) + 1 for word in said if word.startswith("stored")), default=active)
            before, stored = stored, check(folder, max(stored, active), active)
            grown += stored > before
            within += bool(said) and said[-1].startswith("begun")
        assert running.stdin
        running.stdin.close()
    assert running.returncode == 0
    assert 5 < grown < KILLS  # some were killed before their first load was stored, some after
    assert within > 5  # and many in the midst of one
    for number in range(FOLDERS):
        folder = tmp_path / str(number)
        with Store.open(folder) as store:
            loads = len(store.snapshots())
            loader.load(store, loads)
        assert check(folder, loads + 1, loads + 1) == loads + 1


def test_a_killed_loader_leaves_no_lock(tmp_path: Path) -> None:
    with process(tmp_path, "hold") as holder, Store.open(tmp_path) as store:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError), store.loading():
            pass
        holder.kill()
        holder.wait()
        with store.loading():
            pass


def test_the_second_loader_says_who_holds_the_lock(tmp_path: Path) -> None:
    with process(tmp_path, "hold") as holder, Store.open(tmp_path) as store:
        assert holder.stdin and holder.stdout and holder.stdout.readline() == "held\n"
        before = time.monotonic()
        told = f"process {holder.pid} on .*, since 2.* wait until"
        with pytest.raises(LockedError, match=told) as raised, store.loading(wait=0.2):
            pass
        assert 0.2 <= time.monotonic() - before < 5
        assert "\n" not in str(raised.value)
        threading.Timer(0.2, holder.stdin.close).start()
        with store.loading(wait=20):
            assert str(os.getpid()) in FolderLock(tmp_path / "allonym.lock").holder()
        assert FolderLock(tmp_path / "allonym.lock").holder() == "another process"


def test_two_loaders_in_one_process(address: str | Path) -> None:
    with Store.open(address) as first, Store.open(address) as second:
        told = pytest.raises(LockedError, match=r"process .*, since 2.*, is loading")
        with first.loading(), told, second.loading():
            pass
        with second.loading():
            pass


def test_two_processes_read_while_one_loads(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Store.open(tmp_path) as second:
        loader.load(store, 0)
        with process(tmp_path, "once", 1) as loading:
            seen = {1: 0, 2: 0}
            while loading.poll() is None:
                for reader in (store, second):
                    view = reader.view()
                    found = {e.entity_id: list(e.statements) for e in reader.entities(view)}
                    number = len(reader.snapshots("xx"))
                    date = view.date("xx")
                    assert (found, reader.measures(view)) == expected(
                        [loader.date_of(0), loader.date_of(1)].index(date)
                    )
                    seen[number] += 1
        assert loading.returncode == 0
        assert seen[1] > 10  # they did read while it loaded
        assert store.view().date("xx") == second.view().date("xx") == loader.date_of(1)
