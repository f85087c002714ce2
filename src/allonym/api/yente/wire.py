"""What is common to all answers: trace headers, the limit of an address's length, one way to give JSON and errors.

Takes and gives ASGI messages. Must not know a route.
"""

import re
import secrets
from typing import Any

import orjson
from fastapi import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_URL = 60_000
TRACE = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
STATE = re.compile(rb"[\x20-\x7e]{1,2048}")
TOO_LONG = orjson.dumps({"detail": "Request URI too long"})


class Json(Response):
    """JSON by orjson; bytes are taken for JSON already written."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The body."""
        return content if isinstance(content, bytes) else orjson.dumps(content)


class Wire:
    """Middleware: trace headers on every answer, 414 for an address that is too long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        traced = _trace(scope["headers"])

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *traced]
            await send(message)

        if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > LONGEST_URL:
            await Response(TOO_LONG, 414, media_type="application/json")(scope, receive, told)
            return
        await self.app(scope, receive, told)


def _trace(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    parent = state = b""
    for name, value in headers:
        if name == b"traceparent":
            parent = value.strip()
        elif name == b"tracestate":
            state = value.strip()
    span = secrets.token_hex(8).encode()
    match = TRACE.fullmatch(parent)
    valid = match is not None and match[1].strip(b"0") and match[2].strip(b"0")
    trace, flags = (match[1], match[3]) if match and valid else (secrets.token_hex(16).encode(), b"00")
    others = b"," + state if state and STATE.fullmatch(state) else b""
    return [(b"traceparent", b"00-%s-%s-%s" % (trace, span, flags)), (b"tracestate", b"yente=%s%s" % (span, others))]


def refused(status: int, detail: str) -> HTTPException:
    """An error in yente's form, to be raised."""
    return HTTPException(status, detail)


async def body_of(receive: Receive, most: int) -> bytes:
    """The body of a request. Raises HTTPException 413 for one of more than `most` bytes, before it is all read."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "The client went away.")
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise HTTPException(413, f"Request body too large (limit: {most} bytes)")
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)
