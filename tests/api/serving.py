"""The server as clients meet it: on a socket, in a thread of this process."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from allonym.api.app import create
from allonym.api.keys import Keys, Role
from allonym.api.settings import Settings

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: its application, address, and a client."""

    app: FastAPI
    port: int
    client: httpx.Client
    settings: Settings

    def raw(self) -> socket.socket:
        """A connection of its own, to be slow with, or rude."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


@contextmanager
def running(data: Path, *, app: FastAPI | None = None, **options: Any) -> Iterator[Running]:
    """A server on that data folder; `options` are settings."""
    settings = Settings(data=data, **options)
    app = app or create(settings)
    # A route that a test added stands before what takes everything that is left.
    app.router.routes.sort(key=lambda route: getattr(route, "path", None) == "")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield Running(app, port, client, settings)
    server.should_exit = True
    thread.join()


def refused(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    """The problem of an answer, which must be one of that status and kind, with all its members."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    told: dict[str, Any] = answer.json()
    assert told["type"] == f"/api/v1/problems/{kind}", told
    assert (told["status"], told["instance"]) == (status, answer.request.url.path)
    assert told["title"] and told["detail"] and told["request_id"] == answer.headers["x-request-id"]
    return told


def key(data: Path, role: str, name: str | None = None) -> dict[str, str]:
    """A new key, as the header that carries it."""
    return {"Authorization": f"Bearer {Keys(data).add(name or role, Role.named(role))[1]}"}


def ended(client: httpx.Client, where: str, **options: Any) -> dict[str, Any]:
    """The job at that address, when it has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(where, **options).json()
        if job["state"] not in ("queued", "running"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"the job did not end: {json.dumps(job)}")
