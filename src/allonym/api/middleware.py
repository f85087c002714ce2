"""All middleware in its order, from the outside: watched, let in, bounded.

Takes an application and the settings; changes the application. Must not be called twice on one.
"""

from fastapi import FastAPI

from allonym.api.guard import Guard
from allonym.api.limits import Limits
from allonym.api.metrics import Metrics
from allonym.api.observed import Observed
from allonym.api.settings import Settings


def add(app: FastAPI, settings: Settings) -> None:
    """Put it around the application; the route /metrics comes with it."""
    metrics = Metrics(settings)
    # What is added last is outermost.
    app.add_middleware(Limits, settings=settings)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Observed, metrics=metrics)
    for router in metrics.routers():
        app.include_router(router)
