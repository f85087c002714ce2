"""Pages that say what went wrong, and how to go on.

Takes errors of routes (`PageRoute`), and refusals of anything around them (`Readable`); gives a page to a browser.
Programs get what they got before. Must not tell anything of this machine.
"""

import logging
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allonym.api.problem import KINDS, ProblemError, of_error, of_os_error
from allonym.api.work import GoneError
from allonym.errors import AllonymError
from allonym.web.pages import page

log = logging.getLogger("allonym.web")
TITLES = {400: "That cannot be read", 401: "Sign in first", 403: "That may not be done", 404: "There is no such page",
          405: "That is not done here", 422: "What was entered cannot be used"}  # fmt: skip
#: Words of other doors that mean little on a page.
ADVICE = {"cross-site": "Load the page again, and send the form from there.",
          "not-allowed": "Ask somebody with that role, or sign in with another key."}  # fmt: skip
LARGEST = 100_000


def as_problem(error: Exception) -> ProblemError:
    """What a route raised, as a problem."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, AllonymError):
        return of_error(error)
    if isinstance(error, OSError):
        return of_os_error(error)
    if isinstance(error, RequestValidationError):
        told = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()[:5])
        return ProblemError("invalid", told)
    return ProblemError("timeout", "nobody waits for it any more")


def told(request: Request, error: ProblemError) -> Response:
    """The page of a problem; who has to sign in is led there."""
    kind = KINDS[error.kind]
    if error.kind == "key-needed" and request.method in ("GET", "HEAD"):
        return RedirectResponse(f"/login?then={quote(request.scope['path'])}", 303)
    answer = page(
        request, "error.html", kind.status, title=kind.title, detail=error.detail,
        advice=ADVICE.get(error.kind, kind.advice), candidates=error.members.get("candidates", []),
        request_id=request.scope.get("state", {}).get("request_id"),
    )  # fmt: skip
    answer.headers.update(error.headers)
    return answer


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors told."""
        plain = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await plain(request)
            except (ProblemError, AllonymError, RequestValidationError, OSError, GoneError) as error:
                return told(request, as_problem(error))
            except HTTPException:
                raise
            except Exception as error:  # the type, not the text, which may hold names
                log.error("a page failed: %s", type(error).__name__, exc_info=error)
                return told(request, ProblemError("defect", f"{type(error).__name__} in {self.path}"))
            finally:
                await request.close()  # files of a form that was looked into

        return handler


class Readable:
    """Middleware, the outermost: what is refused in JSON becomes a page for a browser that asks for one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and look at refusals."""
        if scope["type"] != "http" or scope["path"].startswith("/api/") or not _browses(scope):
            return await self.app(scope, receive, send)
        held: list[Message] = []

        async def looking(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_refusal(message):
                held.append(message)
            elif held and message["type"] == "http.response.body":
                held.append(message)
                if not message.get("more_body"):
                    await self._answer(scope, receive, send, held)
            else:
                await send(message)

        return await self.app(scope, receive, looking)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, held: list[Message]) -> None:
        status = held[0]["status"]
        body = b"".join(part.get("body", b"") for part in held[1:])[:LARGEST]
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError:
            given = {}
        given = given if isinstance(given, dict) else {}
        request = Request(scope, receive)
        if status == 401 and scope["method"] in ("GET", "HEAD"):
            return await RedirectResponse(f"/login?then={quote(scope['path'])}", 303)(scope, receive, send)
        kind = str(given.get("type", "")).rpartition("/")[2]
        detail = given.get("detail")
        title = str(given.get("title") or TITLES.get(status, "Something went wrong"))
        advice = ADVICE.get(kind) or (KINDS[kind].advice if kind in KINDS else "Check the address, or begin anew.")
        answer = page(request, "error.html", status, title=title, detail=detail if isinstance(detail, str) else "",
                      advice=advice, candidates=[], request_id=given.get("request_id"))  # fmt: skip
        for name, value in held[0]["headers"]:
            if name.lower() in (b"retry-after", b"x-request-id", b"connection", b"allow"):
                answer.headers[name.decode("latin-1")] = value.decode("latin-1")
        return await answer(scope, receive, send)


def _browses(scope: Scope) -> bool:
    accept = next((value for key, value in scope["headers"] if key == b"accept"), b"")
    return b"text/html" in accept


def _is_refusal(message: Message) -> bool:
    kind = next((value for key, value in message["headers"] if key.lower() == b"content-type"), b"")
    return message["status"] >= 400 and b"json" in kind
