"""The lists that a server answers from, opened once a thread and changed for newer ones without a pause.

Takes a data folder; gives open `Lists`. A request that has begun keeps what it began with: an index file stays mapped
as long as somebody uses it, so that a reload drops nothing. Must not load lists.
"""

import threading

import allonym
from allonym.api.settings import Settings
from allonym.lists import Lists


class Served:
    """Open lists for the threads of one worker process. `Lists` looks at every call which snapshots are current, so
    that a new view, and a judgement, is seen by the next request without anything being done here."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._own = threading.local()
        self._all: list[Lists] = []
        self._lock = threading.Lock()

    def lists(self) -> Lists:
        """The lists of this thread; engines are not shared between threads."""
        found: Lists | None = getattr(self._own, "lists", None)
        if found is None:
            found = allonym.open(self.settings.data)
            self._own.lists = found
            with self._lock:
                self._all.append(found)
        return found

    def close(self) -> None:
        """Close what all threads have open; they must not be asked any more."""
        with self._lock:
            for lists in self._all:
                lists.close()
            self._all.clear()
