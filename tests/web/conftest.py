"""The pages as a browser without script meets them: a server on a data folder, and a client with cookies."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.serving import running

CUSTOMERS = Path(__file__).parents[2] / "examples" / "customers.csv"


class Browser(httpx.Client):
    """A client that asks for pages and sends back the token of the page it was on."""

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found is not None, path
        return found[1]

    def submit(self, path: str, at: str | None = None, **fields: Any) -> httpx.Response:
        """Send the form of a page (`at`, else the path itself)."""
        files = fields.pop("files", None)
        return self.post(path, data={"csrf_token": self.token(at or path), **fields}, files=files)


def browsing(port: int) -> Browser:
    """A browser of its own."""
    return Browser(
        base_url=f"http://127.0.0.1:{port}", headers={"Accept": "text/html,*/*"}, timeout=60, follow_redirects=True
    )


@contextmanager
def opened(data: Path, **options: Any) -> Iterator[Browser]:
    """A browser at a server on that data folder."""
    with running(data, **options) as server, browsing(server.port) as client:
        yield client


@pytest.fixture
def browser(data: Path) -> Iterator[Browser]:
    with opened(data) as client:
        yield client


@pytest.fixture(scope="session")
def _reading(new_folder: Path) -> Iterator[Browser]:
    with opened(new_folder) as client:
        yield client


@pytest.fixture
def reading(_reading: Browser) -> Browser:
    """A client on the built-in register, for tests that change nothing."""
    return _reading
