"""Middleware that lets a request in: the rate of its client, then who it is.

Takes a request before anything of its body was read; gives it on with `state["caller"]`, or answers with a problem.
Every path but the open ones needs a caller, so that a route which asks for no role is closed all the same. Must not
read the body.
"""

import math

from starlette.types import ASGIApp, Receive, Scope, Send

from allonym.api.problem import ProblemError, of_error, problem
from allonym.api.rate import Rate
from allonym.api.security import CHALLENGE, Caller, Security, is_open
from allonym.api.settings import Settings
from allonym.errors import AllonymError


class Guard:
    """The middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.security = Security(settings)
        self.rate = Rate(settings.most_a_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or refuse it."""
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["state"] = {**scope.get("state", {}), "sessions": self.security.sessions, "keys": self.security.keys}
        try:
            scope["state"]["caller"] = self._let_in(scope)
        except ProblemError as error:
            return await problem(scope, error)(scope, receive, send)
        except AllonymError as error:
            return await problem(scope, of_error(error))(scope, receive, send)
        return await self.app(scope, receive, send)

    def _let_in(self, scope: Scope) -> Caller | None:
        address = (scope.get("client") or ("unknown",))[0]
        refused: ProblemError | None = None
        caller: Caller | None = None
        try:
            caller = self.security.caller(scope)
        except ProblemError as error:
            refused = error
        wait = self.rate.wait(address if caller is None else f"{caller.key_id} {address}")
        if wait:
            raise ProblemError("too-many", "this client asks more often than it may",
                               headers={"Retry-After": str(math.ceil(wait))})  # fmt: skip
        if is_open(scope):
            return caller
        if refused is not None:
            raise refused
        if caller is None:
            raise ProblemError("key-needed", "send a key: Authorization: Bearer KEY", headers=CHALLENGE)
        return caller
