"""An HTTP server on the loopback that serves small files and misbehaves, each path in its own way."""

import gzip
import os
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LIST = b'<?xml version="1.0"?><list><entry>Joaqu\xc3\xadn</entry></list>\n'
BIG = os.urandom(300_000)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.hits[self.path] += 1
        site.requests.append((self.path, dict(self.headers)))
        getattr(self, "get_" + self.path.strip("/").split("/")[0].replace("-", "_"))()

    def log_message(self, *args: Any) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hit(self) -> int:
        return self.server.site.hits[self.path]  # type: ignore[attr-defined, no-any-return]

    def get_list(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(304, ETag='"v1"')
        else:
            self.answer(200, LIST, ETag='"v1"', Last_Modified="Mon, 02 Jan 2023 00:00:00 GMT")

    def get_dated(self) -> None:
        if self.headers.get("If-Modified-Since"):
            self.answer(304)
        else:
            self.answer(200, LIST, Last_Modified="Mon, 02 Jan 2023 00:00:00 GMT")

    def get_big(self) -> None:
        self.answer(200, BIG)

    def get_moved(self) -> None:
        self.answer(302, Location="/list")

    def get_elsewhere(self) -> None:
        self.answer(302, Location=self.server.site.other + "/list")  # type: ignore[attr-defined]

    def get_loop(self) -> None:
        self.answer(301, Location="/loop")

    def get_to_file(self) -> None:
        self.answer(302, Location="file:///etc/passwd")

    def get_forbidden(self) -> None:
        self.answer(403, b"no")

    def get_not_asked(self) -> None:
        self.answer(304)

    def get_busy(self) -> None:
        self.answer(429, Retry_After="0") if self.hit() == 1 else self.answer(200, LIST)

    def get_patient(self) -> None:
        self.answer(503, Retry_After="86400") if self.hit() == 1 else self.answer(200, LIST)

    def get_broken(self) -> None:
        self.answer(500) if self.hit() == 1 else self.answer(200, LIST)

    def get_always_broken(self) -> None:
        self.answer(500)

    def get_cut(self) -> None:
        self.answer(200, LIST[:20], Content_Length=str(len(LIST)))
        self.close_connection = True

    def get_cut_once(self) -> None:
        self.get_cut() if self.hit() == 1 else self.answer(200, LIST)

    def get_cut_chunk(self) -> None:
        self.answer(200, b"14\r\n" + LIST[:20] + b"\r\n", Transfer_Encoding="chunked")
        self.close_connection = True

    def get_chunked(self) -> None:
        body = b"".join(b"%x\r\n%s\r\n" % (1, LIST[i : i + 1]) for i in range(len(LIST)))
        self.answer(200, body + b"0\r\n\r\n", Transfer_Encoding="chunked")

    def get_hang_up(self) -> None:
        self.close_connection = True

    def get_html(self) -> None:
        self.answer(200, b"\n<!DOCTYPE html>\n<html><title>Sorry</title></html>", Content_Type="text/xml")

    def get_xhtml(self) -> None:
        self.answer(200, b'<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="http://www.w3.org/1999/xhtml"></html>')

    def get_empty(self) -> None:
        self.answer(200)

    def get_gzipped(self) -> None:
        self.answer(200, gzip.compress(LIST), Content_Encoding="gzip")

    def get_half_gzip(self) -> None:
        self.answer(200, gzip.compress(BIG)[:1000], Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self.answer(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def get_brotli(self) -> None:
        self.answer(200, LIST, Content_Encoding="br")

    def get_silent(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.server.site.closing.wait(2)  # type: ignore[attr-defined]

    def get_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            while not self.server.site.closing.wait(0.05):  # type: ignore[attr-defined]
                self.wfile.write(b"x")
        except OSError:
            self.close_connection = True

    def get_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.site.closing.is_set():  # type: ignore[attr-defined]
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True


class Site:
    """A server with what it was asked."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        self.other = ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.site = self  # type: ignore[attr-defined]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
