"""Prometheus metrics of the server, across its worker processes.

Takes what happened; gives the text that Prometheus reads at /metrics. With several workers the figures lie in files of
the data folder's `metrics`, one set a process, and every worker can answer for all. Must not label by what a caller
chose: routes, methods and statuses only.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import APIRouter, Response

from allonym.api.figures import FOLDER
from allonym.api.settings import Settings

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one worker process."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data / FOLDER if settings.workers > 1 else None
        if self._folder is not None:
            # The library looks at this once, when it is imported.
            self._folder.mkdir(parents=True, exist_ok=True)
            os.environ[VARIABLE] = str(self._folder)
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self._registry = CollectorRegistry()
        self._requests = Counter("allonym_http_requests", "Requests answered.", ("method", "route", "status"),
                                 registry=self._registry)  # fmt: skip
        self._seconds = Histogram("allonym_http_request_seconds", "Seconds a request took.", ("method", "route"),
                                  buckets=SECONDS, registry=self._registry)  # fmt: skip
        self._in_flight = Gauge("allonym_http_requests_in_flight", "Requests being answered.",
                                registry=self._registry, multiprocess_mode="livesum")  # fmt: skip

    def told(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """While a request is answered."""
        self._in_flight.inc()
        try:
            yield
        finally:
            self._in_flight.dec()

    def text(self) -> bytes:
        """All figures, of all processes."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        if self._folder is None:
            return generate_latest(self._registry)
        for file in self._folder.glob("gauge_live*_*.db"):
            _drop_of_dead(file)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self._folder))  # type: ignore[no-untyped-call]
        return generate_latest(registry)

    def routers(self) -> list[APIRouter]:
        """The route /metrics."""
        router = APIRouter()

        @router.get("/metrics", include_in_schema=False)
        async def metrics() -> Response:
            from prometheus_client import CONTENT_TYPE_LATEST

            return Response(self.text(), media_type=CONTENT_TYPE_LATEST)

        return [router]


def _drop_of_dead(file: Path) -> None:
    """Remove what a worker that was killed left in flight."""
    number = file.stem.rpartition("_")[2]
    try:
        if os.name == "posix" and number.isdigit():  # elsewhere the question would end the process
            os.kill(int(number), 0)
    except ProcessLookupError:
        file.unlink(missing_ok=True)
    except OSError:
        return
