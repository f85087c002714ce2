"""Traces by OpenTelemetry, where its API is installed: a span a request, in the trace its caller began.

Takes a request's scope; gives a span with method, route and status, and no name or query text. Where spans go is for
OpenTelemetry's own programs to say (`opentelemetry-instrument`): without them there are none. Must not send anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.types import Scope

#: FastAPI's own telemetry tells query texts and messages of exceptions, and can send them by itself: it is off. (A
#: FastAPI that has none takes this and does nothing with it.)
NATIVE_OFF: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
#: What is told at the end of a request: its route and its status.
End = Callable[[str, int], None]


class Traces:
    """Begins spans; without OpenTelemetry, nothing."""

    def __init__(self) -> None:
        self._tracer: Any = None
        self._extract: Any = None
        try:
            from opentelemetry import propagate, trace
        except ImportError:
            return
        self._tracer, self._extract = trace.get_tracer("allonym"), propagate.extract

    @contextmanager
    def request(self, scope: Scope) -> Iterator[End]:
        """The span of a request."""
        if self._tracer is None:
            yield _nothing
            return
        from opentelemetry.trace import SpanKind, Status, StatusCode

        carrier = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
                   if name in (b"traceparent", b"tracestate")}  # fmt: skip
        context = self._extract(carrier) if carrier else None
        with self._tracer.start_as_current_span(
            scope["method"], context=context, kind=SpanKind.SERVER, record_exception=False
        ) as span:

            def end(route: str, status: int) -> None:
                span.update_name(f"{scope['method']} {route}")
                span.set_attribute("http.request.method", scope["method"])
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                if status >= 500:
                    span.set_status(Status(StatusCode.ERROR))

            yield end


def _nothing(_: str, __: int) -> None:
    """There is no span."""
