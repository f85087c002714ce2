"""Sessions of the pages: a signed cookie, and a token against requests that another site makes in a user's name.

Takes a data folder and a cookie; gives the key the session was begun with and its token. The cookie says who and until
when, signed with a secret of the data folder, so that every worker process knows it. Must not hold a key's secret.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import orjson

from allonym.api.keys import write_private
from allonym.errors import StoreError

COOKIE = "allonym_session"
TOKEN_HEADER, TOKEN_FIELD = "x-csrf-token", "csrf_token"
HOURS = 12
SECRET_FILE = "session.key"  # noqa: S105 (the name of the file)
#: Who has a session where nobody needs a key.
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Session:
    """`key_id` is whose session it is, `until` seconds since 1970, `token` what a form has to send back."""

    key_id: str
    until: int
    token: str


class Sessions:
    """Makes and checks cookies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / SECRET_FILE
        self._secret = b""

    def begin(self, key_id: str, *, now: float | None = None) -> str:
        """The value of a new session's cookie."""
        until = int((time.time() if now is None else now) + HOURS * 3600)
        body = _encoded(orjson.dumps([key_id, until, secrets.token_urlsafe(16)]))
        return f"{body}.{self._signed('session', body)}"

    def read(self, cookie: str, *, now: float | None = None) -> Session | None:
        """The session of a cookie; None for one that was not made here or has ended."""
        body, _, signature = cookie.partition(".")
        expected = self._signed("session", body).encode()
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected):
            return None
        key_id, until, _ = orjson.loads(_decoded(body))
        if (time.time() if now is None else now) >= until:
            return None
        return Session(key_id, until, self._signed("csrf", body))

    @staticmethod
    def cookie(value: str, *, https: bool) -> str:
        """The header that sets it, or with an empty value forgets it."""
        age = HOURS * 3600 if value else 0
        secure = "; Secure" if https else ""
        return f"{COOKIE}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}"

    def _signed(self, purpose: str, body: str) -> str:
        message = f"{purpose}:{body}".encode("utf-8", "replace")
        return _encoded(hmac.digest(self._key(), message, hashlib.sha256))

    def _key(self) -> bytes:
        """The secret of the data folder, made when it is first needed; of two that make it, the first is used."""
        if not self._secret:
            if not self._path.exists():
                from filelock import FileLock

                with FileLock(self._path.with_suffix(".lock"), timeout=10):
                    if not self._path.exists():
                        write_private(self._path, secrets.token_bytes(32))
            self._secret = self._path.read_bytes()
            if len(self._secret) < 32:
                self._secret = b""
                raise StoreError(f"{self._path}: is too short to sign with; remove it, and sessions begin anew")
        return self._secret


def token_matches(session: Session, given: str | None) -> bool:
    """Whether a request that changes something carries the session's token."""
    return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), session.token.encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
