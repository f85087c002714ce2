"""`allonym serve` as a process: it answers over loopback, keeps going, and stops when told."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api import yente_files
from tests.command import command, copied

SERVING = re.compile(r"serving on (http://\S+) with (\d+) worker")


class Served:
    """A running server."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process, self.address = process, address

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return json.load(answer)

    def match(self, name: str) -> list[str]:
        query = {"schema": "Person", "properties": {"name": name, "birthDate": "1961-04-12"}}
        request = urllib.request.Request(
            f"{self.address}/match/1_everything", json.dumps({"queries": {"a": query}}).encode(),
            {"content-type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=30) as answer:
            return [one["id"] for one in json.load(answer)["responses"]["a"]["results"]]

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def workers(self) -> list[int]:
        """Processes of workers."""
        pid = self.process.pid
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(one) for one in told.split() if b"allonym.api.worker" in Path(f"/proc/{one}/cmdline").read_bytes()]


@contextlib.contextmanager
def serving(*words: object) -> Iterator[Served]:
    arguments = [sys.executable, "-m", "allonym", "serve", "--port", "0", *map(str, words)]
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": ""})
    try:
        assert process.stderr is not None
        match = SERVING.search(process.stderr.readline())
        assert match is not None
        # The log goes on, a line a request: unread, it would fill the pipe and stop the server.
        reading = threading.Thread(target=process.stderr.read, daemon=True)
        reading.start()
        yield Served(process, match[1])
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        reading.join(10)
    finally:
        process.kill()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


def until(what: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.1)


def test_a_server_from_files_to_its_end(new_folder: Path, tmp_path: Path) -> None:
    manifest = yente_files.write(tmp_path)
    data = copied(new_folder, tmp_path / "data")
    with serving("--manifest", manifest, "--workers", "2", "--data", data) as server:
        until(lambda: server.status("/readyz") == 200)
        assert server.match("Zoltan Vornik") == ["bl-vornik"]
        assert len(server.get("/catalog")["datasets"]) == 5
        # lists are changed while it runs
        new = yente_files.entity("bl-new", "Person", {"name": ["Ophelia Krantz"]})
        yente_files.write_list(tmp_path / "blocklist.ftm.json", [*yente_files.BLOCKLIST, new])
        asked = 0

        def is_there() -> bool:
            nonlocal asked
            asked += 1
            assert server.match("Zoltan Vornik") == ["bl-vornik"], "no request is dropped"
            return server.status("/entities/bl-new") == 200

        until(is_there)
        assert asked > 1
        # a worker that dies is started anew
        victim, *_ = before = server.workers()
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(server.workers()) == 2 and victim not in server.workers())
        assert set(server.workers()) & set(before)
        assert server.match("Zoltan Vornik") == ["bl-vornik"]
        running = server.workers()
    assert server.process.returncode == 0
    for pid in running:
        assert not Path(f"/proc/{pid}").exists()


def test_workers_end_when_the_supervisor_is_killed(new_folder: Path, tmp_path: Path) -> None:
    with serving("--data", copied(new_folder, tmp_path / "data")) as server:
        (worker,) = server.workers()
        until(lambda: server.status("/readyz") == 200)
        server.process.kill()
        until(lambda: not Path(f"/proc/{worker}").exists())


def test_lists_that_are_loaded_meanwhile_are_served(new_folder: Path, tmp_path: Path) -> None:
    data = copied(new_folder, tmp_path / "data")
    with serving("--data", data) as server:
        until(lambda: server.status("/readyz") == 200)
        file = tmp_path / "mine.jsonl"
        yente_files.write_list(file, [yente_files.entity("m1", "Person", {"name": ["Ophelia Krantz"]})])
        assert command("update", "ftm", "--from", file, "--name", "mine", data=data).status == 0
        until(lambda: server.status("/entities/m1") == 200)


def test_it_is_closed_by_default(data: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.7", "example.net"):
        assert "make one with allonym keys add" in command("serve", "--host", host, data=data).complaint()


def test_wrong_use(data: Path, tmp_path: Path) -> None:
    assert "no such file" in command("serve", "--manifest", tmp_path / "none.yml", data=data).complaint()
    assert "--port" in command("serve", "--port", "99999", data=data).complaint()
    assert "--workers" in command("serve", "--workers", "0", data=data).complaint()


def test_a_manifest_that_is_wrong_ends_it(data: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "m.yml"
    manifest.write_text("datasets: []")
    arguments = [
        sys.executable,
        "-m",
        "allonym",
        "serve",
        "--port",
        "0",
        "--manifest",
        str(manifest),
        "--data",
        str(data),
    ]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "no `datasets`" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told(new_folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    with serving("--data", copied(new_folder, tmp_path / "data")) as server:
        begun = time.monotonic()
        server.process.send_signal(number)
        assert server.process.wait(timeout=20) == 0
        assert time.monotonic() - begun < 10


def test_other_machines_may_ask_where_there_are_keys(data: Path) -> None:
    assert command("keys", "add", "one", "--role", "reader", data=data).status == 0
    with serving("--data", data, "--host", "0.0.0.0") as server:
        server.address = server.address.replace("0.0.0.0", "127.0.0.1")
        until(lambda: server.status("/healthz") == 200)
        assert server.status("/api/v1/lists") == 401
        assert server.status("/entities/reg-cartel-de-los-soles") == 401
