"""The page of the figures: what was measured beside the peers, and alerts on unlisted people by group of names.

Takes `quality.json`, which the benchmark's figures were put into; gives tables with plots. Must not measure.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from allonym.api.security import Reader
from allonym.web.failing import PageRoute
from allonym.web.pages import page

WIDE = 300  # px
#: The share at the right end of the plot, percent; intervals that go on beyond it are cut there.
MOST = 4.0


def router() -> APIRouter:
    """The route."""
    routes = APIRouter(route_class=PageRoute, include_in_schema=False)

    @routes.get("/quality")
    async def quality(request: Request, caller: Reader) -> Response:
        """The figures."""
        told = figures()
        return page(request, "quality.html", systems=told["systems"], headline=told["headline"],
                    groups=told["groups"], place=place, most=MOST)  # fmt: skip

    return routes


@cache
def figures() -> dict[str, Any]:
    """What `python -m bench.quality` wrote."""
    found: dict[str, Any] = json.loads(files("allonym.web").joinpath("quality.json").read_text("utf-8"))
    return found


def place(share: float) -> float:
    """Where a share (percent) stands on the plot (px)."""
    return round(5 + min(share, MOST) / MOST * (WIDE - 10), 1)
