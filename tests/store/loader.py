"""A loader in a process of its own, to be killed, blocked and read beside. Run by the tests of this folder.

loader.py FOLDER forever     for each line on standard input forks a loader that loads one snapshot after the other
                             until it is killed, and says `begun N` and `stored N`
loader.py FOLDER hold        holds the loading lock until standard input ends
loader.py FOLDER once N      loads snapshot N, slowly
"""

import datetime
import os
import sys
import time
from collections.abc import Iterator

from allonym.model import Issue, Measure, Snapshot, Statement
from allonym.store import Store, intake

SOURCE = "xx"
assert intake  # imported before the fork, so that each loader starts at once


def date_of(number: int) -> str:
    """The date of the snapshot of that number."""
    return (datetime.date(2000, 1, 1) + datetime.timedelta(days=number)).isoformat()


def records_of(number: int) -> Iterator[Statement | Measure]:
    """A list of which a third changes with every snapshot."""
    for place in range(40):
        version = (number + place) // 3
        yield Statement(f"{place:04d}", "Person", "name", f"Name {place} {version}")
        yield Statement(f"{place:04d}", "Person", "alias", f"Alias {place}")
        yield Statement(f"{place:04d}", "Person", "notes", f"{version}" * 200)
    yield Measure("m", "reward", "us-state", ("0001",), amount=float(number))


def load(store: Store, number: int, *, pause: float = 0.0, begun: bool = False) -> None:
    """Load the snapshot of that number; `begun`: say when its transaction has begun."""

    def slowly() -> Iterator[Statement | Measure]:
        if begun:
            os.write(1, b"begun %d\n" % number)
        for record in records_of(number):
            time.sleep(pause)
            yield record

    made = Snapshot(SOURCE, date_of(number), str(number), "2026-01-01T00:00:00Z", "test")
    with store.loading(wait=20) as loading:
        stored = loading.snapshot(made, slowly(), lambda: [Issue("number", str(number))])
        loading.activate(store.view(), f"index {stored.date}")


def forever(folder: str) -> None:
    """One loader, until it is killed: from the first snapshot that is not there on."""
    with Store.open(folder) as store:
        number = len(store.snapshots())
        while True:
            load(store, number, begun=True)
            os.write(1, b"stored %d\n" % number)
            number += 1


def main(folder: str, what: str, number: str = "0") -> None:
    """See the module's docstring."""
    if what == "once":
        with Store.open(folder) as store:
            load(store, int(number), pause=0.01)
    elif what == "hold":
        with Store.open(folder) as store, store.loading():
            print("held", flush=True)
            sys.stdin.read()
    else:
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                forever(f"{folder}/{line.strip()}")
            os.write(1, b"pid %d\n" % child)
            os.waitpid(child, 0)
            os.write(1, b"dead\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
