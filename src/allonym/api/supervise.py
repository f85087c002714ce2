"""The supervisor of `allonym serve`: it listens, starts workers, starts those anew that died, and has lists loaded.

Takes settings; gives the exit status when it is told to stop. It holds nothing itself, so that it stays small: workers
answer, and a process of its own loads. Must not import what answers.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from allonym.api.figures import begin
from allonym.api.settings import Settings
from allonym.api.yente.changed import Changed
from allonym.errors import UsageError

LOOK = 0.1  # seconds
LOOK_AT_FILES = 1.0
GRACE = 12.0  # a little more than a worker's own
BACKLOG = 2_048
SOON, MOST_SOON = 5.0, 5  # so many workers that die so soon after the start are a defect, and not an accident


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises UsageError for an address that cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(BACKLOG)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host} port {port} ({error.strerror}); choose another with --port"
        ) from None
    made.setblocking(False)
    return made


class Supervisor:
    """Workers on one socket. `tell` hears lines for people."""

    def __init__(self, settings: Settings, listening: socket.socket, tell: Callable[[str], None]) -> None:
        self.settings = settings
        self.listening = listening
        self.tell = tell
        self.changed = Changed(settings.data, settings.manifest)
        self.workers: list[tuple[subprocess.Popen[bytes], float]] = []
        self.loader: subprocess.Popen[bytes] | None = None
        self.soon = 0
        self.stopping = False

    def run(self) -> int:
        """Until SIGTERM or SIGINT; gives the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        looked = 0.0
        try:
            self._load()
            begin(self.settings)
            for _ in range(self.settings.workers):
                self._start()
            self._await_ready()
            while not self.stopping:
                if time.monotonic() > looked + LOOK_AT_FILES:
                    looked = time.monotonic()
                    self._load()
                status = self._look()
                if status is not None:
                    return status
                time.sleep(LOOK)
        finally:
            self._end()
        return 0

    def _stop(self, _: int, __: FrameType | None) -> None:
        self.stopping = True

    def _start(self) -> None:
        command = [sys.executable, "-m", "allonym.api.worker", str(self.listening.fileno())]
        worker = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[self.listening.fileno()],
            start_new_session=True,
        )  # fmt: skip
        assert worker.stdin is not None
        worker.stdin.write(self.settings.to_json().encode() + b"\n")
        worker.stdin.flush()
        self.workers.append((worker, time.monotonic()))

    def _await_ready(self) -> None:
        """Wait for the first word of every worker; one that died says nothing, and is found later."""
        for worker, _ in self.workers:
            assert worker.stdout is not None
            if not worker.stdout.readline():
                return
        host, port = self.listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        self.tell(f"serving on http://{shown}:{port} with {self.settings.workers} worker processes; Ctrl-C stops")

    def _load(self) -> None:
        """Have the lists loaded when there is something new, by one process at a time."""
        if self.loader is not None or not self.changed.look():
            return
        words = [str(self.settings.data), *([str(self.settings.manifest)] if self.settings.manifest else [])]
        self.loader = subprocess.Popen([sys.executable, "-m", "allonym.api.yente.load", *words], start_new_session=True)

    def _look(self) -> int | None:
        """Start dead workers anew, take leave of the loader; a status when it is no use to go on."""
        for worker, started in list(self.workers):
            if worker.poll() is not None:
                self.workers.remove((worker, started))
                self.soon = self.soon + 1 if time.monotonic() < started + SOON else 0
                if self.soon >= MOST_SOON:
                    self.tell("workers die as soon as they start; see their messages above")
                    return 1
                self.tell(f"a worker ended with {worker.returncode}; another is started")
                self._start()
        if self.loader is not None and self.loader.poll() is not None:
            status, self.loader = self.loader.returncode, None
            if status and not self.changed.answers():
                return status if status > 0 else 1
            if status:
                self.tell("the new lists are not loaded; the old ones answer")
        return None

    def _end(self) -> None:
        """Let requests that have begun end, then go."""
        self.listening.close()
        running = [worker for worker, _ in self.workers]
        for worker in running:
            worker.terminate()
        deadline = time.monotonic() + GRACE
        for worker in running:
            try:
                worker.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        if self.loader is not None:
            self.loader.terminate()
            self.loader.wait()


def serve(settings: Settings, tell: Callable[[str], None]) -> int:
    """Listen and serve until told to stop."""
    with listen(settings.host, settings.port) as listening:
        os.set_inheritable(listening.fileno(), True)
        return Supervisor(settings, listening, tell).run()
