"""Middleware: what is bounded, told in headers, logged, counted; slow, rude and large clients."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import Request
from starlette.responses import StreamingResponse

from allonym.api.app import create
from allonym.api.figures import begin
from allonym.api.keys import Keys, Role
from allonym.api.metrics import Metrics
from allonym.api.observed import JsonLines
from allonym.api.rate import MOST_CLIENTS, Rate
from allonym.api.settings import Settings
from tests.api.serving import Running, key, refused, running

SCREEN = "/api/v1/screen"
ASKED = {"query": "cartel of the suns"}
HEADERS = {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer"}


@pytest.fixture(scope="module")
def server(new_folder: Path) -> Iterator[Running]:
    with running(new_folder, most_bytes=100_000, most_seconds=2.0) as server:
        yield server


def answered(connection: socket.socket) -> bytes:
    """Everything that comes until the server closes."""
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def test_an_upload_of_200_mb_is_refused_before_it_is_read(server: Running) -> None:
    with server.raw() as connection:
        began = time.monotonic()
        head = (
            f"POST {SCREEN} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 200000000"
        )
        connection.sendall(head.encode() + b"\r\n\r\n" + b"x" * 1_000)
        told = answered(connection)
        assert time.monotonic() - began < 1.5
    assert b" 413 " in told.partition(b"\r\n")[0] and b"application/problem+json" in told
    assert b"200,000,000" in told and b"connection: close" in told.lower()


def test_a_body_of_unknown_length_is_cut_at_the_limit(server: Running) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 50_000_000:
            sent += 10_000
            yield b" " * 10_000

    try:
        answer = server.client.post(SCREEN, content=endless(), headers={"Content-Type": "application/json"})
    except (httpx.WriteError, httpx.RemoteProtocolError):  # it stopped listening while we went on
        pass
    else:
        refused(answer, 413, "too-large")
    assert sent < 20_000_000


def test_a_length_that_is_none_is_refused(server: Running) -> None:
    for length in ("-1", "1e3", "x"):
        with server.raw() as connection:
            head = f"POST {SCREEN} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
            connection.sendall(head.encode())
            assert b" 400 " in answered(connection).partition(b"\r\n")[0]


def test_a_client_that_sends_slowly_is_sent_away(server: Running) -> None:
    with server.raw() as connection:
        head = f"POST {SCREEN} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000"
        connection.sendall(head.encode() + b"\r\n\r\n{")
        began = time.monotonic()
        told = answered(connection)
        assert 1.5 < time.monotonic() - began < 5
    assert b" 408 " in told.partition(b"\r\n")[0] and b"/api/v1/problems/too-slow" in told


def slow(data: Path, seconds: float = 2.0, **options: object) -> tuple[object, threading.Event]:
    """The server with a route that takes its time, and whether it was stopped before its end."""
    app = create(Settings(data=data, most_seconds=seconds, **options))
    stopped = threading.Event()

    @app.get("/slow/{rest}")
    async def route(rest: float) -> dict[str, float]:
        import asyncio

        try:
            await asyncio.sleep(rest)
        except asyncio.CancelledError:
            stopped.set()
            raise
        return {"rest": rest}

    @app.get("/broken/{name}")
    async def broken(name: str) -> None:
        raise RuntimeError(f"no {name}")

    return app, stopped


def test_an_answer_that_takes_too_long_is_cut(new_folder: Path) -> None:
    app, stopped = slow(new_folder, 0.5)
    with running(new_folder, app=app) as server:
        answer = server.client.get("/slow/20")
        refused(answer, 503, "timeout")
        assert answer.headers["retry-after"] == "10"
        assert stopped.wait(2)
        assert server.client.get("/slow/0").json() == {"rest": 0.0}


def test_a_client_that_goes_away_stops_its_work(new_folder: Path) -> None:
    with running(new_folder, most_seconds=50) as server:
        queries = [f"Person {n} of the Cartel of Suns and Stars {n}" for n in range(10_000)]
        body = json.dumps({"queries": queries}).encode()
        with server.raw() as connection:
            head = f"POST {SCREEN}/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            connection.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            time.sleep(0.3)
        until = time.monotonic() + 10
        gone = 'allonym_http_requests_total{method="POST",route="/api/v1/screen/batch",status="499"} 1.0'
        while gone not in server.client.get("/metrics").text:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert server.client.post(SCREEN, json=ASKED).status_code == 200


def test_work_in_a_thread_is_told_when_nobody_waits(new_folder: Path) -> None:
    app = create(Settings(data=new_folder, most_seconds=50))
    told = list[bool]()

    @app.get("/waits")
    async def waits(request: Request) -> None:
        await app.state.work.ask(request, lambda _, stop: told.append(stop.wait(20)))

    with running(new_folder, app=app) as server:
        began = time.monotonic()
        with server.raw() as connection:
            connection.sendall(b"GET /waits HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            time.sleep(0.3)
        while not told:
            time.sleep(0.02)
        assert told == [True] and time.monotonic() - began < 5


def test_a_reading_ends_with_its_time_and_the_next_is_answered(new_folder: Path) -> None:
    text = "The United States designated the Cartel of the Suns as a terrorist group on Friday. " * 2_000
    with running(new_folder, most_seconds=0.5) as server:
        refused(server.client.post("/api/v1/read", json={"text": text}), 503, "timeout")
    with running(new_folder, most_seconds=30) as server:
        assert server.client.post("/api/v1/read", json={"text": text[:200]}).status_code == 200


def test_a_client_may_ask_so_often(new_folder: Path) -> None:
    with running(new_folder, most_a_second=2.0) as server:
        answers = [server.client.get("/api/v1/problems/busy") for _ in range(8)]
        assert [a.status_code for a in answers[:4]] == [200] * 4
        assert int(answers[-1].headers["retry-after"]) >= 1
        refused(answers[-1], 429, "too-many")
        time.sleep(1.1)
        assert server.client.get("/api/v1/problems/busy").status_code == 200


def test_each_key_has_a_rate_of_its_own_and_no_key_has_the_addresss(data: Path) -> None:
    one, other = key(data, "reader", "one"), key(data, "reader", "other")
    with running(data, most_a_second=1.0) as server:
        codes = [server.client.get("/api/v1/lists", headers=one).status_code for _ in range(4)]
        assert codes[0] == 200 and codes[-1] == 429
        assert server.client.get("/api/v1/lists", headers=other).status_code == 200
        assert [server.client.get("/api/v1/lists").status_code for _ in range(4)][-1] == 429


def test_the_bucket_fills_steadily_and_clients_are_forgotten() -> None:
    now = [0.0]
    rate = Rate(10.0, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(20)] == [0.0] * 20
    assert rate.wait("a") == pytest.approx(0.1)
    now[0] += 0.1
    assert rate.wait("a") == 0.0 and rate.wait("b") == 0.0
    for number in range(MOST_CLIENTS + 10):
        rate.wait(str(number))
    assert len(rate._left) == MOST_CLIENTS


def test_every_answer_has_strict_headers(server: Running) -> None:
    looked = [server.client.get(path) for path in ("/api/v1/lists", "/nowhere", "/metrics", "/api/v1/nowhere")]
    for answer in (*looked, server.client.post(SCREEN, content=b"x" * 200_000)):
        assert HEADERS.items() <= dict(answer.headers).items(), answer.url
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["permissions-policy"] and len(answer.headers["x-request-id"]) == 32
        assert "strict-transport-security" not in answer.headers


def test_a_page_may_load_its_own_files_only_and_https_stays(new_folder: Path) -> None:
    app = create(Settings(data=new_folder))

    @app.get("/page")
    async def page() -> object:
        from starlette.responses import HTMLResponse

        return HTMLResponse("<p>hello")

    with running(new_folder, app=app) as server:
        policy = server.client.get("/page").headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        answer = server.client.get("/page", headers={"X-Forwarded-Proto": "https"})  # from a proxy on loopback
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_a_request_id_is_taken_over_when_it_is_harmless(server: Running) -> None:
    answer = server.client.get("/api/v1/lists", headers={"X-Request-ID": "order-66.b"})
    assert answer.headers["x-request-id"] == "order-66.b"
    answer = server.client.get("/api/v1/lists", headers={"X-Request-ID": "a b<script>"})
    assert len(answer.headers["x-request-id"]) == 32


def lines(caplog: pytest.LogCaptureFixture) -> list[dict]:
    return [json.loads(JsonLines().format(r)) for r in caplog.records if r.name.startswith("allonym")]


def test_logs_are_json_without_names(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    app, _ = slow(data)
    caplog.set_level(logging.INFO)
    with running(data, app=app) as server:
        server.client.post(SCREEN, json={"query": "Quinby Oxenthorpe"})
        server.client.get("/api/v1/dossier", params={"entity": "Quinby Oxenthorpe"})
        server.client.get("/api/v1/Oxenthorpe")
        server.client.get("/Oxenthorpe?name=Oxenthorpe")
        refused(server.client.get("/broken/Oxenthorpe"), 500, "defect")
    told = lines(caplog)
    assert "xenthorpe" not in "".join(r.getMessage() for r in caplog.records if not r.name.startswith("httpx"))
    assert "xenthorpe" not in json.dumps(told)
    asked = [line for line in told if line["event"] == "request"]
    assert [line["route"] for line in asked] == [SCREEN, "/api/v1/dossier", "unmatched", "unmatched", "/broken/{name}"]
    assert [line["status"] for line in asked] == [200, 404, 404, 404, 500]
    assert all(line["ms"] >= 0 and len(line["id"]) == 32 and line["level"] == "info" for line in asked)
    (defect,) = [line for line in told if line["event"] == "defect"]
    assert defect["error"] == "RuntimeError" and any("broken" in frame for frame in defect["at"])


def test_at_debug_level_logs_say_what_was_asked(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="allonym")
    with running(data) as server:
        server.client.get("/api/v1/dossier", params={"entity": "Oxenthorpe"})
    assert "Oxenthorpe" in next(line for line in lines(caplog) if line["event"] == "request")["query"]


def test_what_libraries_log_is_told_without_its_arguments() -> None:
    record = logging.LogRecord("uvicorn.error", logging.INFO, "x.py", 1, "%s - %s", ("127.0.0.1", "Oxenthorpe"), None)
    assert "Oxenthorpe" not in JsonLines().format(record)


def test_metrics_count_by_route(server: Running) -> None:
    server.client.post(SCREEN, json=ASKED)
    server.client.get("/nowhere/at/all")
    told = server.client.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain")
    assert 'allonym_http_requests_total{method="POST",route="/api/v1/screen",status="200"}' in told.text
    assert 'route="unmatched",status="404"' in told.text and "nowhere" not in told.text
    assert 'allonym_http_request_seconds_bucket{le="0.005",method="POST",route="/api/v1/screen"}' in told.text


WORKER = """
import sys, time
from pathlib import Path
from allonym.api.metrics import Metrics
from allonym.api.settings import Settings
metrics = Metrics(Settings(data=Path(sys.argv[1]), workers=2))
metrics.told("GET", "/x", 200, 0.01)
if sys.argv[2] == "die":
    metrics._in_flight.inc()
if sys.argv[2] == "tell":
    print(metrics.text().decode())
"""


def test_metrics_are_those_of_all_workers(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, workers=2)
    begin(settings)

    def worker(what: str) -> str:
        words = [sys.executable, "-c", WORKER, str(tmp_path), what]
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout

    worker("die")
    told = worker("tell")
    assert 'allonym_http_requests_total{method="GET",route="/x",status="200"} 2.0' in told
    assert "allonym_http_requests_in_flight 1.0" not in told
    begin(settings)
    assert not list((tmp_path / "metrics").iterdir())
    assert Metrics(Settings(data=tmp_path)).text()


SERVER = """
import asyncio, sys
from pathlib import Path
import uvicorn
from allonym.api.app import create
from allonym.api.observed import log_to_stderr
from allonym.api.settings import Settings
app = create(Settings(data=Path(sys.argv[1])))
@app.get("/slow")
async def slow():
    print("asked", flush=True)
    await asyncio.sleep(1.5)
    return "whole"
app.router.routes.sort(key=lambda route: getattr(route, "path", None) == "")  # before what takes all that is left
log_to_stderr()
with __import__("socket").create_server(("127.0.0.1", 0)) as sock:
    print(sock.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run([sock])
"""


@pytest.mark.skipif(os.name != "posix", reason="stops a process by a signal")
def test_a_server_that_is_stopped_answers_what_it_began(data: Path) -> None:
    words = [sys.executable, "-c", SERVER, str(data)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        port = int(process.stdout.readline())
        found = list[httpx.Response]()
        thread = threading.Thread(target=lambda: found.append(httpx.get(f"http://127.0.0.1:{port}/slow", timeout=20)))
        thread.start()
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGTERM)
        thread.join()
        errors = process.stderr.read()
    assert found[0].json() == "whole"
    assert all(json.loads(line) for line in errors.splitlines())
    assert '"route":"/slow","status":200' in errors


def test_a_full_disk_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import shutil

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with running(data) as server:
        monkeypatch.setattr(shutil, "copyfileobj", full)
        refused(server.client.post("/api/v1/screen/jobs", files={"file": ("c.csv", b"name\nx\n")}), 507, "disk-full")
        assert not [path for path in (data / "jobs").iterdir() if path.is_dir()]


def test_more_than_can_be_answered_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allonym.api.work.WAITING", 0)
    with running(data) as server:
        answer = server.client.post(SCREEN, json=ASKED)
        refused(answer, 503, "busy")
        assert answer.headers["retry-after"] == "2"


def test_names_of_keys_stay_out_of_logs(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    made, text = Keys(data).add("anna", Role.READER)
    caplog.set_level(logging.INFO)
    with running(data) as server:
        server.client.get("/api/v1/lists", headers={"Authorization": f"Bearer {text}"})
    (line,) = [line for line in lines(caplog) if line["event"] == "request"]
    assert line["key"] == made.key_id and "anna" not in json.dumps(line)


def test_a_client_that_does_not_take_its_answer_is_cut(new_folder: Path) -> None:
    app = create(Settings(data=new_folder, most_seconds=1.0))

    @app.get("/large")
    async def large() -> StreamingResponse:
        return StreamingResponse((b"x" * 100_000 for _ in range(1_000)), media_type="text/plain")

    with running(new_folder, app=app) as server, server.raw() as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(2.0)
        assert "allonym_http_requests_in_flight 1.0" in server.client.get("/metrics").text  # the question itself
        assert len(answered(connection)) < 100_000_000
