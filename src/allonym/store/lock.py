"""The lock that one loader holds, so that there are never two.

Takes where the store is; gives a context in which nobody else loads. The lock is the operating system's (a file) or the
server's (an advisory lock): it goes with the process, also when that is killed. Must not be needed for reading.
"""

import datetime
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson
from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from allonym.errors import LockedError, StoreError

_POLL_SECONDS = 0.05
#: One number among all advisory locks of a PostgreSQL database: "allonym" in ASCII.
_SERVER_KEY = int.from_bytes(b"allonym", "big")


def _locked(where: object, holder: str) -> LockedError:
    return LockedError(f"{where}: {holder} is loading; wait until it has ended, then try again")


class FolderLock:
    """A lock file, and beside it a file that says who holds it (pid, host, since)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._holder = path.with_name(path.name + ".holder")
        self._draft = path.with_name(path.name + ".holder.new")

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        """Hold the lock. Raises LockedError, naming the holder, when it is not free within `wait` seconds."""
        lock = FileLock(self.path, thread_local=False)
        try:
            lock.acquire(timeout=max(0.0, wait), poll_interval=_POLL_SECONDS)
        except Timeout:
            raise _locked(self.path.parent, self.holder()) from None
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be locked ({error.strerror}); check its permissions") from None
        try:
            self._sign()
            yield
        finally:
            for path in (self._holder, self._draft):
                with suppress(OSError):
                    path.unlink()
            lock.release()

    def holder(self) -> str:
        """Who holds the lock, in words; as far as the file beside it tells."""
        try:
            told = orjson.loads(self._holder.read_bytes())
            return f"process {told['pid']} on {told['host']}, since {told['since']},"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"

    def _sign(self) -> None:
        since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        with suppress(OSError):  # a full disk must not stop a lock that is held already
            self._draft.write_bytes(orjson.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}))
            self._draft.replace(self._holder)


class ServerLock:
    """PostgreSQL's advisory lock, held by a session of its own."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        """Hold the lock. Raises LockedError, naming the holder, when it is not free within `wait` seconds."""
        end = time.monotonic() + max(0.0, wait)
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            take = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=_SERVER_KEY)
            while not connection.execute(take).scalar():
                if time.monotonic() >= end:
                    raise _locked(self.name, self.holder())
                time.sleep(_POLL_SECONDS)
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)").bindparams(key=_SERVER_KEY))

    def holder(self) -> str:
        """Who holds the lock, in words, as the server sees it."""
        asked = text(
            "SELECT a.pid, coalesce(host(a.client_addr), 'the server itself'), a.backend_start FROM pg_locks l "
            "JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted "
            "AND (l.classid::bigint << 32 | l.objid::bigint) = :key AND a.datname = current_database()"
        ).bindparams(key=_SERVER_KEY)
        with self.engine.connect() as connection:
            row = connection.execute(asked).first()
        return f"server process {row[0]} from {row[1]}, since {row[2]:%Y-%m-%dT%H:%M:%S}," if row else "another process"
