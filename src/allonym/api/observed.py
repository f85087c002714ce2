"""The outermost middleware: a request's id, strict headers, one log line, metrics, and an answer to every defect.

Takes every request; gives it on with `state["request_id"]`. Logs are JSON without names or query text: the path is
told as its route, a defect by its type and where it was raised, never by its message. Must not let an exception reach
the server, which would log it in full.
"""

import asyncio
import logging
import re
import sys
import time
import traceback
import uuid
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allonym.api.limits import Cut
from allonym.api.metrics import Metrics
from allonym.api.problem import ProblemError, of_os_error, problem
from allonym.api.security import for_any_origin
from allonym.api.traces import Traces

LOG = logging.getLogger("allonym.http")
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
UNMATCHED = "unmatched"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
#: What keeps an answer out of other sites' pages.
ALONE = ((b"x-frame-options", b"DENY"), (b"cross-origin-resource-policy", b"same-origin"))
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
#: What a page may load: its own files only, and no script that stands in the page.
CSP_PAGE = (
    b"content-security-policy",
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
)
#: What a page may load that other sites show in a frame, as OpenRefine does with a preview: no script at all.
CSP_FRAMED = (
    b"content-security-policy",
    b"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'; "
    b"frame-ancestors *",
)
#: What anything else may load should a browser show it: nothing.
CSP_DATA = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox")


class Observed:
    """The middleware."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics, self.traces = app, metrics, Traces()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, watched."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = _request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        answer = _Answer(scope, send, request_id)
        began = time.perf_counter()
        with self.metrics.in_flight(), self.traces.request(scope) as end:
            try:
                await self.app(scope, receive, answer.send)
            except Cut:
                await answer.cut()
            except asyncio.CancelledError:
                answer.gone = True
                raise
            except Exception as error:  # every defect: the server would log its message
                _tell_defect(error, request_id)
                if not answer.status:
                    told = of_os_error(error) if isinstance(error, OSError) else ProblemError("defect", "see the log")
                    await problem(scope, told)(scope, receive, answer.send)
                else:
                    await answer.cut()
            finally:
                seconds = time.perf_counter() - began
                method = scope["method"] if scope["method"] in METHODS else "OTHER"
                end(_route(scope), answer.code)
                self.metrics.told(method, _route(scope), answer.code, seconds)
                _tell(scope, answer, seconds)


class _Answer:
    """The answer as it goes by."""

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self._scope, self._send, self._id = scope, send, request_id
        self.status = self.bytes = 0
        self.gone = False

    @property
    def code(self) -> int:
        """The status for logs; 499, as nginx has it, for a client that went away before there was any."""
        return self.status or 499

    async def send(self, message: Message) -> None:
        """Part of the answer, its headers completed."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message.get("headers", ())]
            there = {name.lower() for name, _ in headers}
            extra = [*HEADERS, *_policies(self._scope["path"], headers)]
            if self._scope.get("scheme") == "https":
                extra.append(HSTS)
            extra.append((b"x-request-id", self._id.encode()))
            message = {**message, "headers": [*headers, *(pair for pair in extra if pair[0] not in there)]}
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)

    async def cut(self) -> None:
        """End an answer in the middle: a server that gets no last part closes the connection."""
        self.gone = True


def _policies(path: str, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Who may show an answer, and what it may load."""
    content_type = next((value for name, value in headers if name.lower() == b"content-type"), b"")
    is_page = content_type.startswith(b"text/html")
    if for_any_origin(path):
        return [CSP_FRAMED if is_page else CSP_DATA]
    return [*ALONE, CSP_PAGE if is_page else CSP_DATA]


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value.decode())
    return uuid.uuid4().hex


def _route(scope: Scope) -> str:
    """The path as its route has it, without what was put in it."""
    path = getattr(scope.get("route"), "path", None)
    return UNMATCHED if path is None else f"{scope.get('root_path', '')}{path}"


def _tell(scope: Scope, answer: _Answer, seconds: float) -> None:
    caller = scope.get("state", {}).get("caller")
    told: dict[str, Any] = {
        "id": scope["state"]["request_id"], "method": scope["method"], "route": _route(scope), "status": answer.code,
        "ms": round(seconds * 1000, 2), "bytes": answer.bytes, "key": getattr(caller, "key_id", None),
    }  # fmt: skip
    if answer.gone:
        told["cut"] = True
    if LOG.isEnabledFor(logging.DEBUG):
        told |= {"path": scope["path"], "query": scope.get("query_string", b"").decode("latin-1")}
    LOG.info("request", extra={"told": told})


def _tell_defect(error: Exception, request_id: str) -> None:
    frames = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
              for frame in traceback.extract_tb(error.__traceback__)[-12:]]  # fmt: skip
    told: dict[str, Any] = {"id": request_id, "error": type(error).__name__, "at": frames}
    if LOG.isEnabledFor(logging.DEBUG):
        told["text"] = str(error)
    LOG.error("defect", extra={"told": told})


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC, ISO), level, logger, event, and what is told."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. What other libraries say is told by its template alone, since arguments may be names."""
        told = getattr(record, "told", None)
        event = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
        line = {"time": at, "level": record.levelname.lower(), "logger": record.name, "event": event, **(told or {})}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return orjson.dumps(line, default=str).decode()


def log_to_stderr(level: int = logging.INFO) -> None:
    """Let Allonym's own log, and the server's, go to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("allonym", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = ([handler] if name != "uvicorn.error" else []), name == "uvicorn.error"
        logger.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = True  # it would log paths
