"""One address to one file: redirects, retries, limits, checks.

Takes an address and what is remembered of the last answer; writes the body to a part file and gives its checksum and
the server's validators. Must not follow a redirect to anything but http and https, nor from https to http; must not
keep a body that is cut off, empty, an HTML page, or larger than the limit before or after it is decompressed.
"""

import contextlib
import email.utils
import hashlib
import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from allonym.errors import FetchError

RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HTML = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title)\b",
                  re.IGNORECASE | re.DOTALL)  # fmt: skip
BLOCK = 1 << 16
SNIFFED = 4096


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits of a fetch. Times in seconds, sizes in bytes; `headers` go to the first host of an address only.

    `stall` is the longest silence of a connection, `total` the time for one file with all its retries, `wait_limit` the
    longest wait before a retry, whatever the server asks for; the waits are `back_off`, twice that, four times …
    """

    workers: int = 4
    connect: float = 15.0
    stall: float = 30.0
    total: float = 900.0
    retries: int = 4
    back_off: float = 1.0
    wait_limit: float = 60.0
    redirects: int = 5
    max_bytes: int = 1_000_000_000
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a body, by which it may say later that nothing changed."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Headers of a conditional request."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Body:
    """What was written: SHA-256 in hexadecimal, size in bytes after decompression; neither when `not_modified`."""

    url: str
    checksum: str | None = None
    size: int = 0
    validators: Validators = Validators()
    not_modified: bool = False


Progress = Callable[[int, int | None], None]  # bytes done, bytes in all


class _Retry(Exception):  # noqa: N818 - a signal within this module, no error of ours
    """The attempt failed in a way that may pass; `wait` is what the server asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Transfer:
    """Fetches addresses through one pool of connections; safe to share between threads."""

    def __init__(self, options: FetchOptions) -> None:
        self.options = options
        self.pool = urllib3.PoolManager(retries=False, num_pools=16, maxsize=options.workers)
        self.agent = f"allonym/{version('allonym')}"

    def fetch(self, url: str, part: Path, known: Validators, progress: Progress) -> Body:
        """The body of an address, written to `part`. FetchError, one line, when there is none to be had."""
        deadline = time.monotonic() + self.options.total
        for attempt in range(self.options.retries + 1):
            try:
                return self._attempt(url, part, known, progress, deadline)
            except _Retry as failure:
                asked = self.options.back_off * 2**attempt if failure.wait is None else failure.wait
                wait = min(asked, self.options.wait_limit)
                if attempt == self.options.retries:
                    raise FetchError(f"{url}: {failure}, {attempt + 1} times; try again later") from None
                if time.monotonic() + wait >= deadline:
                    raise FetchError(f"{url}: {failure}; gave up after {self.options.total:g} s") from None
                time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, url: str, part: Path, known: Validators, progress: Progress, deadline: float) -> Body:
        with _failures(url), self._open(url, known, deadline) as response:
            status = response.status
            if status == HTTPStatus.NOT_MODIFIED and known.headers():
                return Body(url, validators=known, not_modified=True)
            if status in RETRIED:
                raise _Retry(f"the server answers {status}", _retry_after(response.headers.get("Retry-After")))
            if status != HTTPStatus.OK:
                raise FetchError(f"{url}: the server answers {status} {response.reason or ''}".rstrip()
                                 + "; check the address and whether the publisher moved the list")  # fmt: skip
            checksum, size = self._save(url, response, part, progress, deadline)
        headers = response.headers
        return Body(url, checksum, size, Validators(headers.get("ETag"), headers.get("Last-Modified")))

    @contextlib.contextmanager
    def _open(self, url: str, known: Validators, deadline: float) -> Iterator[urllib3.BaseHTTPResponse]:
        """The answer at the end of all redirects."""
        current, headers = url, {**self.options.headers, **known.headers()}
        for _ in range(self.options.redirects + 1):
            response = self.pool.request(
                "GET", current, redirect=False, preload_content=False, decode_content=False,
                headers={"User-Agent": self.agent, "Accept-Encoding": "gzip", **headers},
                timeout=self._timeout(deadline),
            )  # fmt: skip
            try:
                location = response.headers.get("Location") if response.status in REDIRECTS else None
                if location is None:
                    yield response
                    return
            finally:
                response.close()
            following = _target(url, current, location)
            if urlsplit(following).netloc != urlsplit(current).netloc:
                headers = known.headers()
            current = following
        raise FetchError(f"{url}: more than {self.options.redirects} redirects; check the address")

    def _timeout(self, deadline: float) -> urllib3.Timeout:
        left = max(deadline - time.monotonic(), 0.001)
        return urllib3.Timeout(connect=min(self.options.connect, left), read=min(self.options.stall, left))

    def _save(self, url: str, response: Any, part: Path, progress: Progress, deadline: float) -> tuple[str, int]:
        """Write the decoded body; (checksum, size)."""
        digest, size, head = hashlib.sha256(), 0, b""
        with part.open("wb") as file:
            for block in self._decoded(url, response, progress, deadline):
                size += len(block)
                if size > self.options.max_bytes:
                    raise FetchError(f"{url}: more than {self.options.max_bytes:,} bytes; no list is that large")
                if len(head) < SNIFFED:
                    head += block[: SNIFFED - len(head)]
                digest.update(block)
                file.write(block)
        if HTML.match(head):
            raise FetchError(
                f"{url}: the answer is an HTML page, not the list; open the address in a browser to see why"
            )
        if not size:
            raise _Retry("the answer is empty")
        return digest.hexdigest(), size

    def _decoded(self, url: str, response: Any, progress: Progress, deadline: float) -> Iterator[bytes]:
        encoding = (response.headers.get("Content-Encoding") or "identity").lower()
        blocks = self._raw(url, response, progress, deadline)
        if encoding == "identity":
            return blocks
        if encoding in ("gzip", "x-gzip"):
            return _gunzip(blocks)
        raise FetchError(f"{url}: the answer is encoded as {encoding}, which was not asked for")

    def _raw(self, url: str, response: Any, progress: Progress, deadline: float) -> Iterator[bytes]:
        """The body as it comes over the wire, with its length checked."""
        declared = response.headers.get("Content-Length")
        total = int(declared) if declared and declared.isdigit() else None
        done = 0
        # read1, since read waits until the whole block is there: a server that drips would outlive the deadline.
        while block := response.read1(BLOCK, decode_content=False):
            done += len(block)
            progress(done, total)
            if done > self.options.max_bytes:
                raise FetchError(f"{url}: more than {self.options.max_bytes:,} bytes; no list is that large")
            if time.monotonic() > deadline:
                raise FetchError(f"{url}: not finished after {self.options.total:g} s; try again on a faster line")
            yield block
        if total is not None and done != total:
            raise _Retry(f"the answer breaks off after {done:,} of {total:,} bytes")


def _target(url: str, current: str, location: str) -> str:
    following = urljoin(current, location)
    scheme = urlsplit(following).scheme
    if scheme not in ("http", "https"):
        raise FetchError(f"{url}: redirected to {following[:200]}, which is neither http nor https; not followed")
    if scheme == "http" and urlsplit(current).scheme == "https":
        raise FetchError(f"{url}: redirected from https to http; not followed")
    return following


@contextlib.contextmanager
def _failures(url: str) -> Iterator[None]:
    """What urllib3 raises, as a failure that may pass or as a FetchError."""
    try:
        yield
    except urllib3.exceptions.SSLError as error:
        raise FetchError(f"{url}: the server's certificate is refused ({error}); not fetched") from None
    except urllib3.exceptions.LocationValueError as error:
        raise FetchError(f"{url}: no address that can be fetched ({error})") from None
    except urllib3.exceptions.NewConnectionError as error:  # which urllib3 counts among the timeouts
        raise _Retry(f"the connection fails ({type(error).__name__})") from None
    except urllib3.exceptions.TimeoutError:
        raise _Retry("no answer in time") from None
    except urllib3.exceptions.HTTPError as error:
        raise _Retry(f"the connection fails ({type(error).__name__})") from None
    except zlib.error as error:
        raise _Retry(f"the answer cannot be decompressed ({error})") from None


def _gunzip(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Decompressed in pieces of bounded size, so that a small body that unfolds to a huge one meets the size limit."""
    decoder = zlib.decompressobj(wbits=31)
    for block in blocks:
        piece = b""
        # A full piece may leave more in the decoder than it shows as unconsumed.
        while block or (len(piece) == BLOCK and not decoder.eof):
            if decoder.eof:
                decoder = zlib.decompressobj(wbits=31)
            piece = decoder.decompress(block, BLOCK)
            yield piece
            block = decoder.unconsumed_tail or decoder.unused_data
    if not decoder.eof:
        raise zlib.error("the data break off")


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date; None when it is neither."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
