"""What one worker answers from: a shelf with its index, changed for newer ones without dropping a request.

Takes settings; gives the standing shelf and engines. A request keeps what it began with. A thread looks twice a second
where the pointer points, and opens what is new before it is asked. Must not load or build anything.
"""

import logging
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from fastapi import HTTPException

from allonym.api.settings import Settings
from allonym.api.yente.algorithms import Offered
from allonym.api.yente.example import Asked
from allonym.api.yente.peer import Peer
from allonym.api.yente.pointer import Pointer
from allonym.api.yente.shelf import Shelf
from allonym.errors import AllonymError
from allonym.index.index import Index
from allonym.lists import Lists
from allonym.matching.engine import Engine, Options

LOOK = 0.5  # seconds
PLAIN = Options(merged=False)
#: What an engine puts off until it is first asked is done before it stands.
WARM_UP = (("Person", "Mohammed Warm Up"), ("Company", "Warm Up Trading Limited"))
log = logging.getLogger("allonym.serve")


class Standing:
    """One shelf and the index of its view. `engine` is for the event loop, `heavy` for the thread of large questions:
    an engine answers one question at a time."""

    def __init__(self, path: Path, data: Path) -> None:
        self.shelf = Shelf(path)
        lists = Lists(data)
        try:
            self.index = Index(lists.index_path(self.shelf.view))
        finally:
            lists.close()
        self.engine = Engine(self.index, PLAIN)
        self._scoped: dict[tuple[bool, tuple[str, ...]], Engine] = {}
        for schema, name in WARM_UP:
            next(self.engine([Asked(schema, {"name": [name]})]))

    @cached_property
    def heavy(self) -> Engine:
        """A second engine on the same index."""
        return Engine(self.index, PLAIN)

    def asked(self, options: Options, *, heavy: bool = False) -> Engine:
        """The engine for a question with these options."""
        sources = options.sources or ()
        scoped = self._scoped.get((heavy, sources))
        if scoped is None:
            if len(self._scoped) > 64:
                self._scoped.clear()
            scoped = (self.heavy if heavy else self.engine).asked_for(options)
            self._scoped[heavy, sources] = scoped
        return scoped.asked_for(options)


def ready(standing: Standing | None) -> Standing:
    """What answers. Raises HTTPException 503 when there is nothing yet."""
    if standing is None:
        raise HTTPException(503, "Index not ready.")
    return standing


class Keeper:
    """Holds what stands, and looks for newer."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.offered = Offered(settings)
        self.peer = Peer(settings.nomenklatura["python"]) if settings.nomenklatura else None
        self.pointer = Pointer(settings.data, settings.manifest)
        self._standing: Standing | None = None
        #: One thread for large questions, so that small ones are not kept waiting.
        self.large = ThreadPoolExecutor(1, "large")
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._looking: threading.Thread | None = None

    @property
    def standing(self) -> Standing | None:
        """What answers. Where nothing stood yet it looks at once: another worker may have said that it is ready."""
        if self._standing is None:
            self.look()
        return self._standing

    def start(self) -> None:
        """Open what there is and begin to look."""
        self.look()
        if self._looking is None:
            self._ended.clear()
            self.large = ThreadPoolExecutor(1, "large")
            self._looking = threading.Thread(target=self._look, name="look", daemon=True)
            self._looking.start()

    def _look(self) -> None:
        while not self._ended.wait(LOOK):
            self.look()

    def look(self) -> None:
        """Change over if the pointer points elsewhere; what cannot be opened is left, and said."""
        with self._lock:
            path = self.pointer.path()
            if path is None or (self._standing is not None and self._standing.shelf.path == path):
                return
            try:
                self._standing = Standing(path, self.settings.data)
            except (AllonymError, OSError, ValueError, sqlite3.Error) as error:
                log.warning("the new lists cannot be opened, the old ones answer: %s", error)

    def stop(self) -> None:
        """Look no longer."""
        self._ended.set()
        if self._looking is not None:
            self._looking.join(timeout=5)
            self._looking = None
        self.large.shutdown(wait=False, cancel_futures=True)
