"""The pages to sign in, to sign out, and that tell the keys of the keyboard.

Takes a key; gives a session. A key is never told again. Must not say whether a key is unknown, revoked or ended.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from allonym.api.keys import Keys
from allonym.api.security import Reader
from allonym.api.sessions import Sessions
from allonym.web.access import ReaderSends
from allonym.web.failing import PageRoute
from allonym.web.pages import page

Field = Annotated[str, Form(max_length=2_000)]
WRONG = "That key is not known here, or is no longer good."


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/login")
    async def login(request: Request, then: Annotated[str, Query(max_length=2_000)] = "/") -> Response:
        """The form."""
        return page(request, "login.html", then=_own(then), wrong="")

    @routes.post("/login")
    async def signed_in(
        request: Request, key: Field, then: Field = "/"
    ) -> Response:  # fmt: skip
        """A session for a key that is good. Another site gains nothing by sending this: it has no key."""
        keys: Keys = request.scope["state"]["keys"]
        sessions: Sessions = request.scope["state"]["sessions"]
        found = await run_in_threadpool(keys.check, key.strip())
        if found is None:
            return page(request, "login.html", 403, then=_own(then), wrong=WRONG)
        answer = RedirectResponse(_own(then), 303)
        answer.headers["Set-Cookie"] = Sessions.cookie(sessions.begin(found.key_id), https=_https(request))
        return answer

    @routes.post("/logout")
    async def signed_out(request: Request, caller: ReaderSends) -> Response:
        """The session is forgotten."""
        answer = RedirectResponse("/login", 303)
        answer.headers["Set-Cookie"] = Sessions.cookie("", https=_https(request))
        return answer

    @routes.get("/help")
    async def help_page(request: Request, caller: Reader) -> Response:
        """What the pages can do, and the keys of the keyboard."""
        return page(request, "help.html")

    return routes


def _own(then: str) -> str:
    """A path of ours; anything else is the first page."""
    plain = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return then if plain and "\\" not in then else "/"


def _https(request: Request) -> bool:
    return request.url.scheme == "https"
