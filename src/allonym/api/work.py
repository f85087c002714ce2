"""Work that blocks, away from the event loop: in threads what is short, in processes that can be ended what is long.

Takes functions and the request they are for; gives their results. A client that goes away stops its work: a thread is
told by `Stop`, a process is ended. Must not let more wait than can be answered in time.
"""

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fastapi import Request

from allonym.api.children import Children
from allonym.api.problem import ProblemError
from allonym.api.served import Served
from allonym.lists import Lists

QUICK, LONG = 2, 1  # threads for one name or one dossier, and for batches
WAITING = 64  # more than this at once are refused
LOOKED = 0.2  # seconds between looks whether the client is there
Result = TypeVar("Result")


class Stop(threading.Event):
    """Set when nobody waits for the result any more."""

    def check(self) -> None:
        """Raises GoneError when it is set."""
        if self.is_set():
            raise GoneError


class GoneError(Exception):
    """Nobody waits for the result."""


class Work:
    """The threads and processes of one worker process."""

    def __init__(self, served: Served) -> None:
        self.served = served
        # -P: a file called lxml.py in the working folder is none of ours.
        self.children = Children([sys.executable, "-P", "-m", "allonym.api.child", str(served.settings.data)])
        self._pools = {
            long: ThreadPoolExecutor(size, thread_name_prefix="long" if long else "quick")
            for long, size in ((False, QUICK), (True, LONG))
        }
        self._waiting = 0

    async def ask(
        self, request: Request, function: Callable[[Lists, Stop], Result], *, long: bool = False
    ) -> Result:  # fmt: skip
        """What the function gives, on the lists of a thread. Raises what it raises, ProblemError when too many wait."""
        if self._waiting >= WAITING:
            raise ProblemError("busy", "more is asked than can be answered", headers={"Retry-After": "2"})
        stop = Stop()

        def asked() -> Result:
            stop.check()
            return function(self.served.lists(), stop)

        self._waiting += 1
        try:
            future = asyncio.get_running_loop().run_in_executor(self._pools[long], asked)
            return await while_there(request, future)
        finally:
            stop.set()
            self._waiting -= 1

    async def apart(self, request: Request, task: str, asked: dict[str, object], content: bytes = b"") -> bytes:
        """What a task of `child` gives, in a process that ends when nobody waits."""
        return await while_there(request, asyncio.ensure_future(self.children.ask(task, asked, content)))

    async def close(self) -> None:
        """Wait for what is being done, and end the processes."""
        for pool in self._pools.values():
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)
        await self.children.close()


async def while_there(request: Request, future: "asyncio.Future[Result]") -> Result:
    """The future's result; it is cancelled when the client goes away, or the request is."""
    try:
        while True:
            done, _ = await asyncio.wait({future}, timeout=LOOKED)
            if done:
                return future.result()
            if await request.is_disconnected():
                raise GoneError
    finally:
        if not future.done():
            future.cancel()
