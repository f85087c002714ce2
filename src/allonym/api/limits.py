"""Middleware that bounds a request: the size of its body, the time it takes to come, to be answered and to be sent.

Takes the settings; gives 413 before a body is read that says how large it is, 408 for one that comes too slowly, 503
for an answer that takes too long. An answer that has begun is cut when its reader stands still. Must not buffer.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allonym.api.problem import ProblemError, problem
from allonym.api.settings import Settings

_OF_BODIES = (b"content-length", b"transfer-encoding")


class Limits:
    """The middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.most_bytes, self.most_seconds = settings.most_bytes, settings.most_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, within bounds."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        passing = _Passing(self, receive, send)
        passing.complete = not any(name in _OF_BODIES for name, _ in scope["headers"])
        try:
            stated = _stated(scope)
            if stated > self.most_bytes:
                raise ProblemError("too-large", f"the body has {stated:,} bytes; {self.most_bytes:,} are read")
            async with asyncio.timeout(self.most_seconds) as passing.timer:
                await self.app(scope, passing.receive, passing.send)
            return None
        except TimeoutError:
            if passing.started:
                raise Cut from None
            error = ProblemError("timeout", f"it took longer than {self.most_seconds:g} seconds",
                                 headers={"Retry-After": "10"})  # fmt: skip
            if not passing.complete:
                error = ProblemError("too-slow", f"the body did not arrive within {self.most_seconds:g} seconds")
        except ProblemError as refused:
            if passing.started:
                raise Cut from None
            error = refused
        except Exception:
            if passing.refused is None or passing.started:
                raise
            error = passing.refused  # the frameworks above a parser have made something else of it
        if not passing.complete:
            # Its rest is not read: the connection is of no further use.
            error.headers["Connection"] = "close"
        return await problem(scope, error)(scope, receive, send)


class Cut(Exception):  # noqa: N818 (nothing is wrong here: it tells the outermost middleware to close)
    """An answer that had begun was cut: the connection has to be closed."""


class _Passing:
    """One request as it goes by."""

    def __init__(self, limits: Limits, receive: Receive, send: Send) -> None:
        self._limits, self._receive, self._send = limits, receive, send
        self._bytes = 0
        self.complete = self.started = False
        self.timer: asyncio.Timeout | None = None
        self.refused: ProblemError | None = None

    async def receive(self) -> Message:
        """The next part of the body."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._bytes += len(message.get("body", b""))
            self.complete = not message.get("more_body", False)
            if self._bytes > self._limits.most_bytes:
                self.complete = False
                self.refused = ProblemError("too-large", f"the body has more than {self._limits.most_bytes:,} bytes")
                raise self.refused
        return message

    async def send(self, message: Message) -> None:
        """Part of the answer: from its beginning on, each has its own time."""
        if self.refused is not None:  # a parser took it for a broken body, and wants to say so
            raise self.refused
        if message["type"] == "http.response.start":
            self.started = True
        if self.timer is not None:
            self.timer.reschedule(asyncio.get_running_loop().time() + self._limits.most_seconds)
        await self._send(message)


def _stated(scope: Scope) -> int:
    """The length that the headers state; 0 for none. Raises ProblemError for one that is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit():
                raise ProblemError("malformed", "Content-Length is no number")
            return int(value)
    return 0
