"""The webhook against a real server on the loopback."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from allonym.errors import InputError, UsageError
from allonym.screening.changes import NEW, Event
from allonym.screening.report import Report
from allonym.screening.watch import Told
from allonym.screening.webhook import DELIVERY, SECRET, SIGNATURE, TIMESTAMP, Message, Webhook, webhook
from allonym.store.view import View

KEY = b"a secret of some length"
HIT = Told("x-1", "Ilse", "Ilse", "Person", 0.9, ("why",), ("Cheese",), ("xx",), ("x-1",))
REPORT = Report("customers", View((("xx", "2024-01-01"),)), View((("xx", "2024-02-01"),)), 3, 1,
                (Event(NEW, True, HIT, "7", "Ilse"),))  # fmt: skip


class Receiver:
    """Answers with the statuses it is given, then 204; keeps what came."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                status = receiver.statuses.pop(0) if receiver.statuses else 204
                self.send_response(status)
                if status in (302, 307):
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815 - the server's name for it

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receivers() -> Iterator[list[Receiver]]:
    made: list[Receiver] = []
    yield made
    for receiver in made:
        receiver.server.shutdown()
        receiver.server.server_close()


def sent(receiver: Receiver, tries: int = 4) -> tuple[str | None, list[float]]:
    waits: list[float] = []
    return Webhook(receiver.url, KEY, tries, waits.append).send(Message.of([REPORT])), waits


def test_what_is_sent_is_signed_and_dated(receivers: list[Receiver]) -> None:
    receivers.append(Receiver())
    assert sent(receivers[0]) == (None, [])
    ((path, headers, body),) = receivers[0].got
    assert path == "/hook"
    assert headers[SIGNATURE] == "sha256=" + hmac.new(KEY, body, hashlib.sha256).hexdigest()
    document = json.loads(body)
    assert (headers[TIMESTAMP], headers[DELIVERY]) == (document["sent_at"], document["delivery"])
    (event,) = document["reports"][0]["events"]
    assert (event["kind"], event["customer_id"], event["entity_id"]) == ("new", "7", "x-1")


def test_a_server_that_fails_for_a_while_is_tried_again_with_longer_waits(receivers: list[Receiver]) -> None:
    receivers.append(Receiver(503, 500, 429))
    assert sent(receivers[0]) == (None, [1.0, 2.0, 4.0])
    assert len({body for _, _, body in receivers[0].got}) == 1


@pytest.mark.parametrize(
    ("statuses", "trouble", "asked"),
    [
        ((302,), "answered 302", 1),
        ((307,), "answered 307", 1),
        ((400,), "answered 400", 1),
        ((500,) * 9, "answered 500", 4),
    ],
)
def test_what_is_not_taken_is_not_followed_elsewhere(
    receivers: list[Receiver], statuses: tuple[int, ...], trouble: str, asked: int
) -> None:
    receivers.append(Receiver(*statuses))
    assert sent(receivers[0])[0] == trouble
    assert [path for path, _, _ in receivers[0].got] == ["/hook"] * asked


def test_nobody_there_is_told() -> None:
    receiver = Receiver()
    receiver.server.server_close()
    trouble, waits = sent(receiver, tries=2)
    assert trouble is not None and "Connection" in trouble and waits == [1.0]


@pytest.mark.parametrize("url", ["ftp://example.org/", "file:///etc/passwd", "example.org", "http://", "http://u:p@h/",
                                 "http://[::1", "http://h:99999/"])  # fmt: skip
def test_other_addresses_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, KEY.decode())
    with pytest.raises(UsageError, match="--webhook"):
        webhook(url, None)


def test_the_secret_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_bytes(KEY + b"\n")
    assert webhook("https://h/", str(file)).secret == KEY
    monkeypatch.setenv(SECRET, "another secret, in the environment")
    assert webhook("https://h/", None).secret == b"another secret, in the environment"
    file.write_bytes(b"short")
    with pytest.raises(UsageError, match="no secret"):
        webhook("https://h/", str(file))
    with pytest.raises(InputError, match="cannot be read"):
        webhook("https://h/", str(tmp_path / "none"))
    monkeypatch.delenv(SECRET)
    with pytest.raises(UsageError, match="no secret"):
        webhook("https://h/", None)


def test_what_does_not_arrive_is_kept_as_it_was_to_be_sent(tmp_path: Path) -> None:
    message = Message.of([REPORT])
    path = message.keep(tmp_path / "dead", "http://h/", "answered 500")
    document = json.loads(path.read_bytes())
    assert document["body"].encode() == message.body
    assert (document["url"], document["trouble"]) == ("http://h/", "answered 500")
    assert list(path.parent.iterdir()) == [path]
