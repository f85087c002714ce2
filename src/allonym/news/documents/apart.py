"""The parsers of pages, PDFs and e-mails, in a process of their own.

Takes bytes and their kind; gives an `Extract`. A document that makes a parser run for ever, take all memory or crash
costs that process, not this one; the next document gets a new one. Must not be shared by threads.
"""

import json
import sys
import threading
from typing import TYPE_CHECKING, Any

from allonym.errors import InputError
from allonym.news.documents.document import Extract

if TYPE_CHECKING:
    import subprocess

SECONDS = 20.0  # for one document


class Apart:
    """The process; it is started by the first question and serves many. Use with `with`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def extract(self, kind: str, content: bytes) -> Extract:
        """What the document holds. Raises InputError, also when it takes too long or crashes its reader."""
        late = threading.Event()
        process = self._started()
        timer = threading.Timer(self._seconds, self._stop, (process, late))
        timer.start()
        try:
            told = self._asked(process, {"kind": kind, "size": len(content), "seconds": self._seconds}, content)
        finally:
            timer.cancel()
        if told is None or late.is_set():
            self.close()
        if told is None:
            if late.is_set():
                raise InputError(f"reading it took longer than {self._seconds:g} seconds; save its text as plain text")
            raise InputError("its reader crashed; save its text as plain text")
        if "error" in told:
            raise InputError(told["error"])
        return Extract(**{**told, "notes": tuple(told["notes"])})

    @staticmethod
    def _stop(process: "subprocess.Popen[bytes]", late: threading.Event) -> None:
        late.set()
        process.kill()

    @staticmethod
    def _asked(process: "subprocess.Popen[bytes]", asked: dict[str, Any], content: bytes) -> dict[str, Any] | None:
        """The answer; None from a process that has ended."""
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.write(content)
            process.stdin.flush()
        except OSError:
            return None
        line = process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            import subprocess  # not needed for plain text

            # -P: a file called lxml.py in the working folder is none of ours.
            words = [sys.executable, "-P", "-m", "allonym.news.documents.child"]
            self._process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process
