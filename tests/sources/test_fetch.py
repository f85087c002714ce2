"""Fetching, against a real HTTP server on the loopback that serves small files and misbehaves."""

import gzip
import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from allonym.sources.fetch import MEMORY, FetchOptions, FetchResult, fetch
from allonym.sources.fetch_transfer import _gunzip, _target
from allonym.sources.source import Floors, Source

from .http_site import BIG, LIST, Site

QUICK = FetchOptions(
    connect=2, stall=0.5, total=3, retries=2, back_off=0.01, wait_limit=0.05, max_bytes=1_000_000, workers=4
)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def make(name: str, downloads: dict[str, str], publisher: str = "P") -> Source:
    return Source(name, name, publisher, name, "licence", (), Floors(), downloads)


def one(site: Site, path: str, folder: Path, options: FetchOptions = QUICK) -> FetchResult:
    return fetch([make("s", {"list.xml": site.url + path})], folder, options=options)[0]


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != MEMORY)


@pytest.mark.parametrize(
    ("path", "hits"),
    [("/list", 1), ("/moved", 1), ("/busy", 2), ("/patient", 2), ("/broken", 2), ("/cut-once", 2), ("/gzipped", 1),
     ("/chunked", 1)],
)  # fmt: skip
def test_delivered(site: Site, tmp_path: Path, path: str, hits: int) -> None:
    result = one(site, path, tmp_path)
    (file,) = result.files
    assert result.errors == []
    assert file.path == tmp_path / "s" / "list.xml"
    assert file.path.read_bytes() == LIST
    assert (file.checksum, file.bytes) == (hashlib.sha256(LIST).hexdigest(), len(LIST))
    assert (result.ok, result.changed, file.not_modified) == (True, True, False)
    assert site.hits[path] == hits
    assert leftovers(tmp_path) == ["list.xml"]


@pytest.mark.parametrize(
    ("path", "hits", "says"),
    [
        ("/forbidden", 1, "answers 403 Forbidden"),
        ("/not-asked", 1, "answers 304"),
        ("/always-broken", 3, "answers 500, 3 times"),
        ("/cut", 3, "3 times"),
        ("/cut-chunk", 3, "3 times"),
        ("/hang-up", 3, "connection fails"),
        ("/html", 1, "HTML page"),
        ("/xhtml", 1, "HTML page"),
        ("/empty", 3, "empty"),
        ("/half-gzip", 3, "decompressed"),
        ("/bomb", 1, "more than 1,000,000 bytes"),
        ("/brotli", 1, "encoded as br"),
        ("/endless", 1, "more than 1,000,000 bytes"),
        ("/loop", 6, "more than 5 redirects"),
        ("/to-file", 1, "neither http nor https"),
    ],
)
def test_refused(site: Site, tmp_path: Path, path: str, hits: int, says: str) -> None:
    old = tmp_path / "s" / "list.xml"
    old.parent.mkdir()
    old.write_bytes(b"the list in use")
    result = one(site, path, tmp_path)
    (error,) = result.errors
    assert says in error
    assert site.url + path in error
    assert "\n" not in error
    assert not result.ok
    assert not result.changed
    assert site.hits[path] == hits
    assert old.read_bytes() == b"the list in use"
    assert leftovers(tmp_path) == ["list.xml"]


def test_silence_is_retried_and_given_up(site: Site, tmp_path: Path) -> None:
    options = FetchOptions(stall=0.1, total=5, retries=1, back_off=0.01)
    assert "no answer in time, 2 times" in one(site, "/silent", tmp_path, options).errors[0]


def test_dripping_server_meets_the_total_limit(site: Site, tmp_path: Path) -> None:
    options = FetchOptions(stall=1, total=0.3, retries=3, back_off=0.01)
    start = time.monotonic()
    assert "not finished after 0.3 s" in one(site, "/drip", tmp_path, options).errors[0]
    assert time.monotonic() - start < 20


def test_wait_that_does_not_fit_ends_the_attempts(site: Site, tmp_path: Path) -> None:
    options = FetchOptions(total=1, retries=5, wait_limit=10)
    start = time.monotonic()
    assert "gave up after 1 s" in one(site, "/patient", tmp_path, options).errors[0]
    assert time.monotonic() - start < 10


def test_nobody_listens(site: Site, tmp_path: Path) -> None:
    source = make("s", {"a": "http://127.0.0.1:1/x", "b": "gopher://127.0.0.1/x"})
    result = fetch([source], tmp_path, options=QUICK)[0]
    assert "connection fails" in result.errors[0]
    assert "no address that can be fetched" in result.errors[1]


@pytest.mark.parametrize("path", ["/list", "/dated"])
def test_second_request_is_conditional(site: Site, tmp_path: Path, path: str) -> None:
    first = one(site, path, tmp_path)
    second = one(site, path, tmp_path)
    assert second.files[0].not_modified
    assert (second.ok, second.changed) == (True, False)
    assert second.files[0].checksum == first.files[0].checksum
    assert second.files[0].bytes == len(LIST)
    assert (tmp_path / "s" / "list.xml").read_bytes() == LIST


@pytest.mark.parametrize("damage", ["file", "gone", "memory", "types"])
def test_what_is_damaged_is_fetched_again(site: Site, tmp_path: Path, damage: str) -> None:
    one(site, "/list", tmp_path)
    file, memory = tmp_path / "s" / "list.xml", tmp_path / "s" / MEMORY
    if damage == "file":
        file.write_bytes(LIST.replace(b"Joa", b"Jua"))
    elif damage == "gone":
        file.unlink()
    elif damage == "memory":
        memory.write_bytes(b"{")
    else:
        memory.write_text(json.dumps({"list.xml": {**json.loads(memory.read_bytes())["list.xml"], "etag": 1}}))
        memory.write_text(memory.read_text().replace("last_modified", "lost"))
    assert one(site, "/list", tmp_path).changed
    assert file.read_bytes() == LIST


def test_headers(site: Site, tmp_path: Path) -> None:
    other = Site()
    try:
        site.other = other.url
        options = FetchOptions(retries=0, headers={"Authorization": "Bearer secret"})
        assert one(site, "/elsewhere", tmp_path, options).ok
        assert one(site, "/moved", tmp_path / "x", options).ok
    finally:
        other.close()
    assert site.requests[0][1]["Authorization"] == "Bearer secret"
    assert site.requests[0][1]["User-Agent"].startswith("allonym/0")
    assert "Authorization" not in other.requests[0][1]
    assert site.requests[2] == ("/list", site.requests[2][1])
    assert site.requests[2][1]["Authorization"] == "Bearer secret"


def test_https_is_not_left() -> None:
    with pytest.raises(Exception, match="from https to http"):
        _target("https://a.example/x", "https://a.example/x", "http://a.example/x")
    assert _target("http://a.example/x", "http://a.example/x", "https://b.example/y") == "https://b.example/y"


def test_one_failure_stops_neither_publisher_nor_source(site: Site, tmp_path: Path) -> None:
    sources = [
        make("bad", {"a.xml": site.url + "/forbidden"}, "A"),
        make("good", {"a.xml": site.url + "/list"}, "A"),
        make("other", {"a.bin": site.url + "/big", "b.xml": site.url + "/list"}, "B"),
        make("nothing", {}, "C"),
    ]
    seen: list[tuple[str, str, int, int | None]] = []
    results = fetch(sources, tmp_path, options=QUICK, progress=lambda *call: seen.append(call))
    assert [(r.source, r.ok) for r in results] == [("bad", False), ("good", True), ("other", True), ("nothing", True)]
    done = [call for call in seen if call[:2] == ("other", "a.bin")]
    assert done[-1][2:] == (len(BIG), len(BIG))
    assert [call[2] for call in done] == sorted(call[2] for call in done)
    assert (tmp_path / "other" / "a.bin").read_bytes() == BIG


def test_a_bundle_is_replaced_whole_or_not(site: Site, tmp_path: Path) -> None:
    old = tmp_path / "s" / "a.xml"
    old.parent.mkdir()
    old.write_bytes(b"old")
    source = make("s", {"a.xml": site.url + "/list", "b.xml": site.url + "/forbidden"})
    result = fetch([source], tmp_path, options=QUICK)[0]
    assert "not replaced, since b.xml" in result.errors[0]
    assert "403" in result.errors[1]
    assert old.read_bytes() == b"old"
    assert leftovers(tmp_path) == ["a.xml"]


def test_folder_that_cannot_be_written(site: Site, tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"a file where the folder should be")
    result = one(site, "/list", tmp_path)
    assert "cannot be written" in result.errors[0]


@pytest.mark.parametrize("data", [b"", b"x", bytes(65536), bytes(131_072), BIG], ids=len)
@pytest.mark.parametrize("cut", [7, 1000, 1_000_000])
def test_gunzip_in_pieces(data: bytes, cut: int) -> None:
    packed = gzip.compress(data) + gzip.compress(b"second member")
    blocks = [packed[i : i + cut] for i in range(0, len(packed), cut)]
    pieces = list(_gunzip(iter(blocks)))
    assert b"".join(pieces) == data + b"second member"
    assert max(map(len, pieces)) <= 65536
