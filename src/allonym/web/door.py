"""The door of the pages: all their routes, and the middleware that makes refusals readable.

Takes the open lists and the work of a process; gives routers. Must not hold a route itself.
"""

from fastapi import APIRouter, FastAPI

from allonym.api.served import Served
from allonym.api.work import Work
from allonym.web import alerts, audit, dossier, lists, quality, reader, same, screening, search, signing, statics
from allonym.web.failing import Readable


def add(app: FastAPI, served: Served, work: Work) -> None:
    """Put the pages into the application. Call it after all other middleware was added.

    They come before what is there already: a door that answers for every path, as yente's does, leaves them theirs.
    """
    before = len(app.router.routes)
    for router in routers(served, work):
        app.include_router(router)
    app.router.routes[:] = [*app.router.routes[before:], *app.router.routes[:before]]
    app.add_middleware(Readable)


def routers(served: Served, work: Work) -> list[APIRouter]:
    """The routes of each part."""
    return [statics.router(), signing.router(), search.router(work), dossier.router(work), lists.router(work),
            screening.router(served, work), reader.router(work), alerts.router(work),
            same.router(work), audit.router(work), quality.router()]  # fmt: skip
