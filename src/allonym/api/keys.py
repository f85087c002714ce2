"""API keys: who may ask, and as what.

Takes a data folder; gives keys made, listed, revoked and checked. A key is 256 random bits, so that its SHA-256 is all
that has to be kept: guessing is hopeless whatever the hash costs, and scrypt, which protects passwords that people
choose, would add fifty milliseconds to every request. Must not keep a key, nor print one a second time.
"""

import hashlib
import hmac
import os
import re
import secrets
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock

from allonym.errors import NotFoundError, StoreError, UsageError

FILE = "keys.json"
FORMAT = "keys/1"
PREFIX = "alo"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@ -]{0,59}")
_KEY = re.compile(r"alo_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = "0" * 64


class Role(IntEnum):
    """What a caller may do; each may do what those before it may."""

    READER = 1
    ANALYST = 2
    REVIEWER = 3
    ADMIN = 4

    @classmethod
    def named(cls, name: str) -> "Role":
        """The role of a name. Raises UsageError."""
        try:
            return cls[name.upper()]
        except KeyError:
            raise UsageError(f"{name!r} is no role; give {', '.join(r.name.lower() for r in cls)}") from None


@dataclass(frozen=True, slots=True)
class Key:
    """One key as it is kept: `digest` is the SHA-256 of the secret; times are UTC, ISO."""

    key_id: str
    name: str
    role: str
    digest: str
    made: str
    expires: str | None = None
    revoked: str | None = None

    def alive(self, now: str) -> bool:
        """Whether it is good at that time."""
        return self.revoked is None and (self.expires is None or now < self.expires)


class Keys:
    """The keys of a data folder. Every look sees what another process changed: the file is read again when it is not
    the one that was read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._known: dict[str, Key] = {}

    def all(self) -> list[Key]:
        """Every key, those that were revoked too, oldest first. Raises StoreError for a file that cannot be read."""
        return list(self._read().values())

    @property
    def any(self) -> bool:
        """Whether a key was ever made: from then on one is needed."""
        return bool(self._read())

    def add(self, name: str, role: Role, *, days: int | None = None) -> tuple[Key, str]:
        """A new key, and the text of it, which is not kept. Raises UsageError for a name that is none or taken."""
        if not NAME.fullmatch(name):
            raise UsageError(f"{name!r} cannot name a key; use letters, digits, blanks, _ . @ and -, at most 60")
        if days is not None and not 1 <= days <= 36_500:
            raise UsageError(f"--days {days}: give 1 to 36500")
        now = datetime.now(UTC)
        with self._changing() as known:
            if any(key.name == name and key.alive(_stamp(now)) for key in known.values()):
                raise UsageError(f"there is a key called {name!r}; revoke it first, or choose another name")
            key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
            expires = None if days is None else _stamp(now + timedelta(days=days))
            key = Key(key_id, name, role.name.lower(), _digest(secret), _stamp(now), expires)
            known[key_id] = key
        return key, f"{PREFIX}_{key_id}_{secret}"

    def revoke(self, name: str) -> Key:
        """End a key, by its name or id. Raises NotFoundError when there is none that is in use."""
        now = _stamp(datetime.now(UTC))
        with self._changing() as known:
            for key in known.values():
                if name in (key.name, key.key_id) and key.revoked is None:
                    known[key.key_id] = replace(key, revoked=now)
                    return known[key.key_id]
        raise NotFoundError(f"no key called {name!r} is in use; see `allonym keys list`")

    def check(self, text: str) -> Key | None:
        """The key of that text when it is good; the time it takes does not tell how much of it was right."""
        match = _KEY.fullmatch(text)
        key = self._read().get(match[1]) if match else None
        given = _digest(match[2] if match else text)
        same = hmac.compare_digest(given, key.digest if key else _NOBODY)
        return key if key is not None and same and key.alive(_stamp(datetime.now(UTC))) else None

    def get(self, key_id: str) -> Key | None:
        """The key of that id when it is good, for a session that was begun with it."""
        key = self._read().get(key_id)
        return key if key is not None and key.alive(_stamp(datetime.now(UTC))) else None

    def _read(self) -> dict[str, Key]:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read ({error.strerror}); check its permissions") from None
        seen = stat.st_mtime_ns, stat.st_ino, stat.st_size
        with self._lock:
            if seen != self._seen:
                self._known, self._seen = _parsed(self.path), seen
            return self._known

    def _changing(self) -> "_Changing":
        return _Changing(self)


class _Changing:
    """The keys to be changed: under the lock of all processes, written when it went well."""

    def __init__(self, keys: Keys) -> None:
        self._path = keys.path
        keys.path.parent.mkdir(parents=True, exist_ok=True)
        self._held = FileLock(keys.path.with_suffix(".lock"), timeout=10)

    def __enter__(self) -> dict[str, Key]:
        self._held.acquire()
        try:
            self._known = _parsed(self._path) if self._path.exists() else {}
        except BaseException:
            self._held.release()
            raise
        return self._known

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                document = {"format": FORMAT, "keys": [asdict(key) for key in self._known.values()]}
                write_private(self._path, orjson.dumps(document, option=orjson.OPT_INDENT_2))
        finally:
            self._held.release()


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, complete or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _parsed(path: Path) -> dict[str, Key]:
    """The keys of the file. Whoever cannot read it must let nobody in, so that a broken file is an error."""
    try:
        document: Any = orjson.loads(path.read_bytes())
        if document["format"] != FORMAT:
            raise ValueError
        keys = [Key(**values) for values in document["keys"]]
        for key in keys:
            Role.named(key.role)
    except (OSError, ValueError, KeyError, TypeError, UsageError):
        raise StoreError(f"{path}: is no file of keys that this version reads; restore it from a copy") from None
    return {key.key_id: key for key in keys}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _stamp(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
