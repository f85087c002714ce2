"""The style sheet and the script, at addresses that name their content.

Takes nothing; gives addresses and their content. What is asked by another hash than today's is not there: a page never
gets the style or script of another version. Must not serve anything else.
"""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from allonym.api.problem import ProblemError

FILES = {"pages.css": "text/css; charset=utf-8", "pages.js": "text/javascript; charset=utf-8",
         "icon.svg": "image/svg+xml"}  # fmt: skip


@cache
def content(name: str) -> bytes:
    """The content of a file."""
    return files("allonym.web").joinpath("static", name).read_bytes()


@cache
def address(name: str) -> str:
    """Where a file is served: with the beginning of its SHA-256."""
    return f"/static/{hashlib.sha256(content(name)).hexdigest()[:16]}/{name}"


def router() -> APIRouter:
    """The route."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/static/{digest}/{name}")
    async def static_file(digest: str, name: str) -> Response:
        """A file, to be kept for a year."""
        if name not in FILES or address(name) != f"/static/{digest}/{name}":
            raise ProblemError("not-found", "no such file")
        kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return Response(content(name), 200, kept, FILES[name])

    return routes
