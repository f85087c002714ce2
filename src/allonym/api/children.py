"""Processes that read documents and work out changes: kept for the next task, ended in the middle of one if need be.

Takes a task's name, what is asked, and bytes; gives bytes. The task runs in a program (`child`, or another that speaks
as it does), which can take all the time or memory it likes, or crash: that costs it, and not this process. Must not
run more than `most` at once.
"""

import asyncio
import contextlib
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence

import orjson

from allonym.api.problem import ProblemError

MOST = 2
HEAD = 8  # bytes of a length


class Children:
    """The processes; each serves one task at a time, and they start when they are first needed."""

    def __init__(self, command: Sequence[str], *, most: int = MOST) -> None:
        self._command = command
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._places = asyncio.Semaphore(most)

    async def ask(self, task: str, asked: dict[str, object], content: bytes) -> bytes:
        """The task's answer. Raises ProblemError for what it refuses and when it dies."""
        async with self._places:
            process = self._idle.pop() if self._idle else await self._started()
            self._busy.add(process)
            answered = False
            try:
                kind, answer = await _exchange(process, orjson.dumps({"task": task, **asked}), content)
                answered = True
            except (OSError, EOFError):
                raise ProblemError("unusable", "its reader crashed, perhaps for want of memory") from None
            finally:
                self._busy.discard(process)
                if answered and process.returncode is None:
                    self._idle.append(process)
                else:
                    _end(process)
        if kind == b"problem":
            refused = orjson.loads(answer)
            raise ProblemError(refused["kind"], refused["detail"], members=refused["members"],
                               headers=refused["headers"])  # fmt: skip
        return answer

    async def _started(self) -> Process:
        # A session of its own: a Ctrl-C is not for it.
        return await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )

    async def close(self) -> None:
        """End all of them."""
        there = [*self._idle, *self._busy]
        self._idle.clear()
        for process in there:
            _end(process)
        await asyncio.gather(*(process.communicate() for process in there), return_exceptions=True)


def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()


async def _exchange(process: Process, head: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Send a task, and read `answer` or `problem` with what it says."""
    assert process.stdin and process.stdout
    for part in (head, content):
        process.stdin.write(len(part).to_bytes(HEAD, "big"))
        process.stdin.write(part)
    await process.stdin.drain()
    parts = []
    for _ in range(2):
        length = int.from_bytes(await process.stdout.readexactly(HEAD), "big")
        parts.append(await process.stdout.readexactly(length))
    return parts[0], parts[1]
