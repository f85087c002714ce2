"""Spans of a server that OpenTelemetry's own program starts, as a collector on loopback gets them."""

import importlib.util
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

INSTRUMENT = Path(sys.executable).parent / "opentelemetry-instrument"
OTLP = importlib.util.find_spec("opentelemetry") is not None and INSTRUMENT.exists()
NAME = "Oxenthorpe Quillfeather"


class Collector(ThreadingHTTPServer):
    """Takes what is sent to /v1/traces, as bytes of protobuf."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.bodies: list[bytes] = []

    def spans(self) -> list[Any]:
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [span for one in sent for of in one.resource_spans for scope in of.scope_spans for span in scope.spans]


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Collector)
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/traces":
            self.server.bodies.append(body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.mark.skipif(not OTLP, reason="OpenTelemetry is not installed; the extra `telemetry` has it")
def test_a_collector_gets_a_span_of_each_request_in_the_callers_trace_and_no_name(new_folder: Path) -> None:
    collector = Collector()
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    env = {
        **os.environ, "PYTHONWARNINGS": "", "OTEL_SERVICE_NAME": "allonym", "OTEL_TRACES_EXPORTER": "otlp",
        "OTEL_METRICS_EXPORTER": "none", "OTEL_LOGS_EXPORTER": "none", "OTEL_BSP_SCHEDULE_DELAY": "200",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_port}",
    }  # fmt: skip
    words = [INSTRUMENT, sys.executable, "-m", "allonym", "serve", "--port", "0", "--data", new_folder]
    with subprocess.Popen([*map(str, words)], stderr=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            address = next(found[1] for line in lines if (found := re.search(r"serving on (http://\S+)", line)))
            threading.Thread(target=process.stderr.read, daemon=True).start()
            query = urllib.parse.quote(NAME)
            headers = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
            request = urllib.request.Request(f"{address}/api/v1/dossier?entity={query}", headers=headers)
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(request, timeout=30)
            until = time.monotonic() + 20
            while not (found := [s for s in collector.spans() if s.trace_id == bytes.fromhex("ab" * 16)]):
                assert time.monotonic() < until, "no span came"
                time.sleep(0.1)
        finally:
            process.terminate()
            process.wait(30)
            collector.shutdown()
            collector.server_close()
    (span,) = found
    told = {a.key: a.value.string_value or a.value.int_value for a in span.attributes}
    assert span.name == "GET /api/v1/dossier" and span.parent_span_id == bytes.fromhex("cd" * 8)
    assert told == {"http.request.method": "GET", "http.route": "/api/v1/dossier", "http.response.status_code": 404}
    assert not any(part.encode() in body for part in (NAME, query, *NAME.split()) for body in collector.bodies)
