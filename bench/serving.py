"""Measure: `allonym serve` under a load from another process over loopback.

Takes a data folder; gives seconds from start to ready, percentiles of one match at a time, matches a second of one
worker and of two, and the memory of two workers. The client is a process of its own and asks for names that were not
asked before.
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import process
from bench.data import Data
from bench.figure import Figure, Section, Target, runs
from bench.spread import percentile

START = re.compile(rb"serving on http://([\d.]+):(\d+)")
CONNECTIONS = 8
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def measure(data: Data) -> Section:
    """Start, one at a time, many at once, memory."""
    folder = data.folder(data.main)
    with server(folder, 1):
        pass  # the first start builds what is served from
    figures: list[Figure] = []
    target = not data.size.small and data.shared
    names, others = _names(data)
    first, second = (_written(data.work / f"serving-{n}.json", one) for n, one in enumerate((names, others)))
    starts = [_start(folder) for _ in range(data.size.of(5, 2))]
    wanted = Target(2.0, at_most=True) if target else None
    figures.append(runs("start to ready, with an index", starts, "s", target=wanted))
    for workers in (1, 2):
        with server(folder, workers) as (port, pid):
            told, _ = process.ask("serving:load", port=port, names=first, connections=1)
            before = worked(pid)
            many, _ = process.ask("serving:load", port=port, names=second, connections=CONNECTIONS)
            if workers == 1:
                for percent, most in ((50, 1.5), (95, 4.0)):
                    wanted = Target(most, at_most=True) if target else None
                    value = percentile(told["milliseconds"], percent)
                    figures.append(runs(f"one match query, p{percent}", [value], "ms", target=wanted,
                                        note=f"{len(names)} names, one connection"))  # fmt: skip
            wanted = Target(1000, at_most=False) if target and workers == 1 else None
            figures.append(runs(f"matches a second, {workers} worker{'s' * (workers > 1)}",
                                [len(others) / many["seconds"]], "/s", target=wanted,
                                note=f"{len(others)} names, {CONNECTIONS} connections"))  # fmt: skip
            if workers == 1:
                figures.append(runs("CPU of the worker a match", [1000 * (worked(pid) - before) / len(others)], "ms",
                                    note="says what a free core would do"))  # fmt: skip
            if workers == 2:
                shared = sum(memory(one) for one in (pid, *children(pid)))
                wanted = Target(400, at_most=True) if target else None
                figures.append(runs("memory, two workers and supervisor", [shared], "MB", target=wanted,
                                    note="proportional set size"))  # fmt: skip
    return Section(f"HTTP: yente's API over loopback ({data.main})", tuple(figures),
                   ("the client runs on the same two cores",))  # fmt: skip


def _names(data: Data) -> tuple[list[str], list[str]]:
    """Names for the two loads; none is in both, for what was asked before is answered from memory."""
    if not data.shared:
        return [f"Bench Name {number}" for number in range(300)], [f"Other Name {number}" for number in range(300)]
    listed = [row["name_as_typed"] for row in data.listed()]
    found = [*listed, *(row["full_name"] for row in data.unlisted(data.size.of(6000, 1000), shuffled=True))]
    different = list(dict.fromkeys(found))
    return different[::2], different[1::2]


def _written(path: Path, names: list[str]) -> str:
    path.write_text(json.dumps(names), encoding="utf-8")
    return str(path)


def _start(folder: Path) -> float:
    begun = time.perf_counter()
    with server(folder, 1) as (port, _):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 200
        return time.perf_counter() - begun


@contextmanager
def server(folder: Path, workers: int, *words: str) -> Iterator[tuple[int, int]]:
    """A running server that is ready: port and process."""
    command = [process.console(), "serve", "--port", "0", "--workers", str(workers), "--data", str(folder), *words]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **process.ONE_THREAD})
    try:
        assert running.stderr is not None
        while not (match := START.search(line := running.stderr.readline())):
            assert line, "the server ended"
        port = int(match[2])
        # The log goes on, a line a request: unread, it would fill the pipe and stop the server.
        threading.Thread(target=running.stderr.read, daemon=True).start()
        while not _is_ready(port):
            time.sleep(0.02)
        yield port, running.pid
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in told.split()]


def worked(pid: int) -> float:
    """Seconds of CPU that the children of a process took."""
    told = [Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for one in children(pid)]
    return sum(int(fields[11]) + int(fields[12]) for fields in told) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """What a process holds in 1e6 bytes; pages that several share are counted in shares."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    match = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(match[1]) * 1024 / 1e6 if match else 0.0


def load(port: int, names: str, connections: int) -> dict[str, Any]:
    """In the child: milliseconds of each match of the names in a file, and seconds for all over so many connections."""
    return asyncio.run(_load(port, json.loads(Path(names).read_text(encoding="utf-8")), connections))


async def _load(port: int, names: list[str], connections: int) -> dict[str, Any]:
    waiting = [_request(name) for name in names]
    taken: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_client(port, waiting, taken) for _ in range(connections)))
    return {"seconds": time.perf_counter() - begun, "milliseconds": taken}


def _request(name: str) -> bytes:
    body = json.dumps({"queries": {"q": {"schema": "Person", "properties": {"name": [name]}}}}).encode()
    head = ["POST /match/default HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body


async def _client(port: int, waiting: list[bytes], taken: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        asked = waiting.pop()
        begun = time.perf_counter()
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        match = LENGTH.search(head)
        assert match is not None
        await reader.readexactly(int(match[1]))
        taken.append(1000 * (time.perf_counter() - begun))
    writer.close()
