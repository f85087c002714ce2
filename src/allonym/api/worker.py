"""One worker process of `allonym serve`: an event loop on a socket that it was given.

Takes the number of the socket and, as the first line of standard input, settings; says one line on standard output when
it answers. Ends gracefully on SIGTERM, and when standard input ends, which is when the supervisor is gone.
Run by the supervisor: python -m allonym.api.worker SOCKET.
"""

import gc
import os
import signal
import socket
import sys
import threading
from typing import Any

import uvicorn

from allonym.api.app import create
from allonym.api.observed import log_to_stderr
from allonym.api.settings import Settings

READY = "ready"
GRACE = 10  # seconds for requests that have begun


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(READY, flush=True)


def main(arguments: list[str]) -> None:
    """Serve until told to stop."""
    settings = Settings.from_json(sys.stdin.readline())
    log_to_stderr()
    listening = socket.socket(fileno=int(arguments[0]))
    told: dict[str, Any] = {"http": "httptools", "loop": "asyncio", "lifespan": "on", "ws": "none"}
    config = uvicorn.Config(
        create(settings), **told, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE, log_config=None,
    )  # fmt: skip
    # Modules and FtM's model stay for ever: the collector need not look through them again and again.
    gc.collect()
    gc.freeze()
    threading.Thread(target=_until_alone, name="supervised", daemon=True).start()
    _Server(config).run([listening])


def _until_alone() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
