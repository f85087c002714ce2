"""One report sent to one address: signed, tried again, and kept when it does not arrive.

Takes an address, a secret and a body; posts it. The signature is the HMAC-SHA256 of the body, which holds the time of
sending and an id, so that a receiver can tell an old or repeated one. Must not follow a redirect, speak anything but
http and https, or call anything else; what cannot be delivered is written to a file as it was to be sent.
"""

import hashlib
import hmac
import os
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import urllib3

from allonym.errors import InputError, UsageError
from allonym.screening.report import Report, rows

FORMAT = "changes/1"
SECRET = "ALLONYM_WEBHOOK_SECRET"  # noqa: S105 - the name of the variable
SHORTEST_SECRET = 16
SIGNATURE, TIMESTAMP, DELIVERY = "X-Allonym-Signature", "X-Allonym-Timestamp", "X-Allonym-Delivery"
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
TRIES = 4
BACK_OFF, WAIT_LIMIT = 1.0, 60.0  # seconds: the first wait, twice that, four times …
CONNECT, READ = 10.0, 30.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to send, with which secret, how often to try."""

    url: str
    secret: bytes
    tries: int = TRIES
    wait: Callable[[float], None] = time.sleep

    def send(self, message: "Message") -> str | None:
        """Post the message; None when it was taken (2xx), else what went wrong at the last try."""
        pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=CONNECT, read=READ), retries=False)
        trouble: str | None = "not tried"
        for attempt in range(self.tries):
            if attempt:
                self.wait(min(WAIT_LIMIT, BACK_OFF * 2 ** (attempt - 1)))
            try:
                answer = pool.request("POST", self.url, body=message.body, headers=message.headers(self.secret),
                                      redirect=False, preload_content=False)  # fmt: skip
                status = answer.status
                answer.close()
            except urllib3.exceptions.HTTPError as error:
                trouble = f"{type(error).__name__}: {error}"
                continue
            if 200 <= status < 300:
                return None
            trouble = f"answered {status}"
            if status not in RETRIED:
                break
        return trouble


@dataclass(frozen=True, slots=True)
class Message:
    """A body with its id and time (UTC, ISO)."""

    delivery: str
    sent_at: str
    body: bytes

    @classmethod
    def of(cls, reports: Sequence[Report]) -> "Message":
        """The message that tells these reports."""
        delivery, now = str(uuid.uuid4()), datetime.now(UTC).isoformat(timespec="seconds")
        told = [
            {
                "watch": r.watch,
                "customers": r.customers,
                "from": r.old.snapshots,
                "to": r.new.snapshots,
                "events": list(rows(r)),
            }
            for r in reports
        ]
        return cls(
            delivery, now, orjson.dumps({"format": FORMAT, "delivery": delivery, "sent_at": now, "reports": told})
        )

    def headers(self, secret: bytes) -> dict[str, str]:
        """The headers that go with it."""
        return {
            "Content-Type": "application/json",
            "User-Agent": "allonym",
            DELIVERY: self.delivery,
            TIMESTAMP: self.sent_at,
            SIGNATURE: signature(secret, self.body),
        }

    def keep(self, folder: Path, url: str, trouble: str) -> Path:
        """Write it to a file of `folder`, to be sent by hand; gives the path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.sent_at[:19].replace(':', '')}-{self.delivery}.json"
        beside = path.with_suffix(".part")
        document = {"url": url, "trouble": trouble, "delivery": self.delivery, "sent_at": self.sent_at,
                    "body": self.body.decode()}  # fmt: skip
        beside.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        beside.replace(path)
        return path


def signature(secret: bytes, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256 of the body in hexadecimal digits."""
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()


def webhook(url: str, secret_file: str | None, tries: int = TRIES) -> Webhook:
    """The webhook of the command line; the secret from the file, else from the environment.

    Raises UsageError for an address that is none, and without a secret; InputError for a file that cannot be read.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, usable = urlsplit(""), False
    if not usable:
        raise UsageError("--webhook: give an address that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise UsageError("--webhook: no name or password in the address; the signature tells who sends")
    if tries < 1:
        raise UsageError(f"--tries {tries}: give 1 or more")
    return Webhook(url, _secret(secret_file), tries)


def _secret(file: str | None) -> bytes:
    if file is None:
        found = os.environ.get(SECRET, "").encode("utf-8", "surrogateescape")
        where = f"${SECRET}"
    else:
        where = file
        try:
            found = Path(file).read_bytes().strip()
        except OSError as error:
            raise InputError(f"{file}: cannot be read ({error.strerror}); give the file with the secret") from None
    if len(found) < SHORTEST_SECRET:
        raise UsageError(f"{where}: holds no secret of {SHORTEST_SECRET} characters or more to sign with; put one into "
                         f"${SECRET} or give --secret-file FILE")  # fmt: skip
    return found
