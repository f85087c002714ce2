"""The application: all routes of the server in one place.

Takes settings; gives a FastAPI application: our own API, yente's, the pages. What is common to all (security, limits,
logs, metrics) is middleware. Must not hold a route itself.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from fastapi import FastAPI
from starlette.routing import Mount

from allonym import __version__
from allonym.api import middleware
from allonym.api.served import Served
from allonym.api.settings import Settings
from allonym.api.traces import NATIVE_OFF
from allonym.api.v1 import application as v1
from allonym.api.work import Work
from allonym.api.yente.door import door, stopped


def create(settings: Settings) -> FastAPI:
    """The application for one worker process."""
    served = Served(settings)
    work = Work(served)
    yente, keeper = door(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        keeper.start()
        yield
        await work.close()
        await stopped(keeper)
        served.close()

    app = FastAPI(
        title="Allonym",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=NATIVE_OFF,
    )
    app.state.work, app.state.keeper = work, keeper
    app.router.routes.append(v1.mounted(served, work))
    middleware.add(app, settings)
    # The pages stand above this folder: they are looked up when an application is made.
    import_module("allonym.web.door").add(app, served, work)
    # Last of all: yente's routes stand at the root, and what no other door takes is theirs to refuse.
    app.router.routes.append(Mount("", yente))
    return app
