"""Who asks, and whether they may.

Takes an ASGI scope and the settings; gives a `Caller`, or a `ProblemError`. On loopback, as long as no key was ever
made, everybody is admin; else a key or a session is needed for everything but `OPEN`. Must not answer a request.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Scope

from allonym.api.keys import Keys, Role
from allonym.api.problem import ProblemError
from allonym.api.sessions import COOKIE, LOCAL, TOKEN_FIELD, TOKEN_HEADER, Session, Sessions, token_matches
from allonym.api.settings import Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")
#: What must be reachable without a key: whether the server lives, the page to sign in, and what it looks like.
OPEN = ("/healthz", "/readyz", "/health", "/login", "/static/")
#: yente's doors and OpenRefine's: they change nothing and tell what is public, and pages of any site may ask them, as
#: they may ask yente. With keys they need one like everything else.
ANY_ORIGIN = ("/", "/match/", "/search/", "/entities/", "/reconcile/", "/catalog", "/manifest", "/algorithms",
              "/openapi.json", "/healthz", "/readyz", "/updatez")  # fmt: skip
PROXIED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
SAFE = ("GET", "HEAD", "OPTIONS")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="allonym"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the key's id and name, the role, and the session where there is one."""

    key_id: str
    name: str
    role: Role
    session: Session | None = None


class Security:
    """What a worker process needs to tell who asks."""

    def __init__(self, settings: Settings) -> None:
        self.keys, self.sessions = Keys(settings.data), Sessions(settings.data)
        self._loopback = settings.host in LOOPBACK
        self._open = self._loopback or settings.open_to_all

    def caller(self, scope: Scope) -> Caller | None:
        """Who asks; None for somebody who may only see what is open. Raises ProblemError for a key or session that is
        no good, and for requests that another site makes."""
        headers = _Headers(scope)
        authorization = headers.get(b"authorization")
        if authorization:
            return self._by_key(authorization)
        local = self._open and not self.keys.any and not (self._loopback and _is_proxied(headers))
        cookie = _cookie(headers.get(b"cookie"))
        session = self.sessions.read(cookie) if cookie else None
        if (local or session is not None) and not for_any_origin(scope["path"]):
            self._own_site(scope, headers, local=local)
        if local:
            # One who opened the server to all addresses made everybody a reader there, and nobody an admin.
            role = Role.ADMIN if self._loopback else Role.READER
            return Caller(LOCAL, LOCAL, role, session if session and session.key_id == LOCAL else None)
        key = self.keys.get(session.key_id) if session else None
        if session is None or key is None:
            return None
        return Caller(key.key_id, key.name, Role.named(key.role), session)

    def _by_key(self, authorization: str) -> Caller:
        scheme, _, text = authorization.partition(" ")
        key = self.keys.check(text.strip()) if scheme.lower() in ("bearer", "apikey") else None
        if key is None:
            raise ProblemError("key-needed", "the key is not known, has ended or was revoked", headers=CHALLENGE)
        return Caller(key.key_id, key.name, Role.named(key.role))

    def _own_site(self, scope: Scope, headers: "_Headers", *, local: bool) -> None:
        """A browser sends cookies, and reaches loopback, for every site it shows: only our own pages may do so."""
        host = headers.get(b"host") or ""
        if local and self._loopback and _hostname(host) not in LOOPBACK:
            raise ProblemError("wrong-host", "without keys this server answers to localhost and 127.0.0.1 only")
        if scope["method"] in SAFE:
            return
        origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
        if site in ("cross-site", "same-site") or (origin is not None and origin.partition("://")[2] != host):
            raise ProblemError("cross-site", "another site may not change anything here")


def needs(role: Role) -> Callable[[Request], Awaitable[Caller]]:
    """A dependency for routes: the caller, when the role is enough, and the token is there where a session changes
    something. Raises ProblemError."""

    async def allowed(request: Request) -> Caller:
        caller: Caller | None = request.scope.get("state", {}).get("caller")
        if caller is None:
            raise ProblemError("key-needed", "send a key: Authorization: Bearer KEY", headers=CHALLENGE)
        if caller.role < role:
            raise ProblemError("not-allowed", f"it needs the role {role.name.lower()}, "
                               f"and this key's is {caller.role.name.lower()}")  # fmt: skip
        if caller.session is not None and request.method not in SAFE:
            given: object = request.headers.get(TOKEN_HEADER)
            if given is None and "form" in request.headers.get("content-type", ""):
                given = (await request.form()).get(TOKEN_FIELD)
            if not token_matches(caller.session, given if isinstance(given, str) else None):
                raise ProblemError("cross-site", "the page's token is missing or old; load the page again")
        return caller

    return allowed


#: The caller of a route, in at least that role.
Reader = Annotated[Caller, Depends(needs(Role.READER))]
Analyst = Annotated[Caller, Depends(needs(Role.ANALYST))]
Reviewer = Annotated[Caller, Depends(needs(Role.REVIEWER))]
Admin = Annotated[Caller, Depends(needs(Role.ADMIN))]


def is_open(scope: Scope) -> bool:
    """Whether a request needs no key; one by which a browser asks whether it may ask cannot have one."""
    path = scope["path"]
    return _is_one_of(path, OPEN) or (scope["method"] == "OPTIONS" and for_any_origin(path))


def for_any_origin(path: str) -> bool:
    """Whether pages of any site may ask, and show what they get in a frame."""
    return _is_one_of(path, ANY_ORIGIN)


def _is_one_of(path: str, paths: tuple[str, ...]) -> bool:
    return any(path == known or (len(known) > 1 and known[-1] == "/" and path.startswith(known)) for known in paths)


def _is_proxied(headers: "_Headers") -> bool:
    """Whether a program on this machine passes on what others ask: then it is not loopback that asks."""
    return any(headers.get(name) is not None for name in PROXIED)


class _Headers:
    """Headers of a scope by name; of one that is sent twice, the first."""

    def __init__(self, scope: Scope) -> None:
        self._all = scope["headers"]

    def get(self, name: bytes) -> str | None:
        """The value, or None."""
        return next((value.decode("latin-1") for key, value in self._all if key == name), None)


def _cookie(header: str | None) -> str | None:
    for part in (header or "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return None


def _hostname(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
