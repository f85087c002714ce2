"""Lists from their publishers' addresses to a folder.

Takes sources and a folder; gives, for each source, its files under `<folder>/<source>/` with checksums, or what went
wrong. Publishers are asked in parallel, the addresses of one publisher one after the other; a source that fails does
not stop the others. Must not leave half a bundle: the files of a source replace the old ones when all are there.

`.fetched.json` beside the files remembers what the server said of each (ETag, Last-Modified), so that the next request
is conditional. It counts only while the file has the checksum it had.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from allonym.errors import FetchError
from allonym.sources.fetch_transfer import Body, FetchOptions, Transfer, Validators
from allonym.sources.source import Source

MEMORY = ".fetched.json"

#: Called with source, file name, bytes done and bytes in all (None when the server does not say), one call at a time.
Progress = Callable[[str, str, int, int | None], None]

__all__ = ["FetchOptions", "FetchResult", "Fetched", "Progress", "fetch"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file. `path` and `checksum` (SHA-256, hexadecimal) are None when there is an `error`, a line for the user;
    `bytes` is the size of the file; `not_modified` says that the one already there is the publisher's current one."""

    name: str
    url: str
    path: Path | None = None
    checksum: str | None = None
    bytes: int = 0
    not_modified: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The files of one source, in the order of its `downloads`."""

    source: str
    files: tuple[Fetched, ...]

    @property
    def ok(self) -> bool:
        """Whether every file is there."""
        return not self.errors

    @property
    def errors(self) -> list[str]:
        """What went wrong, one line a file."""
        return [file.error for file in self.files if file.error]

    @property
    def changed(self) -> bool:
        """Whether a file is another one than before."""
        return self.ok and any(not file.not_modified for file in self.files)


def fetch(
    sources: Sequence[Source], folder: Path, *, options: FetchOptions | None = None, progress: Progress | None = None
) -> list[FetchResult]:
    """Download every file of the sources; one result a source, in the order given. A source without addresses has none.

    Raises nothing for a server that fails or a disk that is full: that is in the result.
    """
    options = options or FetchOptions()
    transfer, lock = Transfer(options), threading.Lock()

    def report(source: str, name: str, done: int, total: int | None) -> None:
        if progress:
            with lock:
                progress(source, name, done, total)

    by_publisher: dict[str, list[Source]] = {}
    for source in sources:
        by_publisher.setdefault(source.publisher, []).append(source)

    def run(group: list[Source]) -> list[FetchResult]:
        return [_fetch_source(source, folder / source.name, transfer, report) for source in group]

    with ThreadPoolExecutor(max_workers=options.workers) as pool:
        results = [result for group in pool.map(run, by_publisher.values()) for result in group]
    found = {result.source: result for result in results}
    return [found[source.name] for source in sources]


def _fetch_source(source: Source, folder: Path, transfer: Transfer, report: Progress) -> FetchResult:
    files: list[Fetched] = []
    bodies: dict[str, Body] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        memory = _recall(folder)
        for name, url in source.downloads.items():
            known = _validators(folder / name, url, memory.get(name))
            try:
                body = transfer.fetch(url, _part(folder, name), known, partial(report, source.name, name))
            except FetchError as error:
                files.append(Fetched(name, url, error=str(error)))
                continue
            bodies[name] = body
            files.append(_fetched(folder, name, body, memory))
        if all(file.error is None for file in files):
            _commit(folder, bodies, memory)
    except OSError as error:
        reason = f"{folder}: cannot be written ({error.strerror or error}); make room or choose another folder"
        files = [Fetched(name, url, error=reason) for name, url in source.downloads.items()]
    finally:
        for name in source.downloads:
            with suppress(OSError):
                _part(folder, name).unlink(missing_ok=True)
    return FetchResult(source.name, _consistent(files))


def _fetched(folder: Path, name: str, body: Body, memory: dict[str, Any]) -> Fetched:
    if body.not_modified:
        kept = memory[name]
        return Fetched(name, body.url, folder / name, kept["sha256"], kept["bytes"], not_modified=True)
    return Fetched(name, body.url, folder / name, body.checksum, body.size)


def _consistent(files: list[Fetched]) -> tuple[Fetched, ...]:
    """When one file of a source failed, the others were not put in place either, and say so."""
    failed = next((file for file in files if file.error), None)
    if failed is None:
        return tuple(files)
    reason = f"not replaced, since {failed.name} of the same list failed"
    return tuple(file if file.error else Fetched(file.name, file.url, error=f"{file.url}: {reason}") for file in files)


def _commit(folder: Path, bodies: dict[str, Body], memory: dict[str, Any]) -> None:
    """Put the new files in place of the old ones, then remember what the server said."""
    for name, body in bodies.items():
        if not body.not_modified:
            os.replace(_part(folder, name), folder / name)
            memory[name] = {
                "url": body.url, "sha256": body.checksum, "bytes": body.size,
                "etag": body.validators.etag, "last_modified": body.validators.last_modified,
            }  # fmt: skip
    part = _part(folder, MEMORY)
    part.write_bytes(orjson.dumps(memory, option=orjson.OPT_INDENT_2))
    os.replace(part, folder / MEMORY)


def _part(folder: Path, name: str) -> Path:
    return folder / f".{name}.part"


def _recall(folder: Path) -> dict[str, Any]:
    """What is remembered of a folder's files; nothing when the memory is missing or damaged."""
    try:
        memory = orjson.loads((folder / MEMORY).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    return memory if isinstance(memory, dict) else {}


def _validators(path: Path, url: str, known: Any) -> Validators:
    """The validators of the last answer, if the file is still the one that came with it."""
    if not isinstance(known, dict) or known.get("url") != url or not path.is_file():
        return Validators()
    if path.stat().st_size != known.get("bytes") or _checksum(path) != known.get("sha256"):
        return Validators()
    etag, modified = known.get("etag"), known.get("last_modified")
    return Validators(etag if isinstance(etag, str) else None, modified if isinstance(modified, str) else None)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
