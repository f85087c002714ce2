"""/api/v1/read: texts and documents."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import allonym
from tests.api.serving import refused, running

TEXT = "The United States designated the Cartel of the Suns as a terrorist group, officials said on Friday."


@pytest.fixture(scope="module")
def client(new_folder: Path) -> Iterator[httpx.Client]:
    with running(new_folder, most_seconds=30) as server:
        yield server.client


def test_a_reading_is_that_of_python(client: httpx.Client, new_folder: Path) -> None:
    answer = client.post("/api/v1/read", json={"text": TEXT, "date": "2025-08-08"})
    assert answer.status_code == 200, answer.text
    with allonym.open(new_folder) as lists:
        assert answer.json() == allonym.read(TEXT, lists, date="2025-08-08").to_dict()


def test_a_document_says_what_it_is(client: httpx.Client) -> None:
    answer = client.post(
        "/api/v1/read/document", files={"file": ("<b>note</b>.txt", TEXT.encode())}, data={"lang": "en"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["source"]["file"] == "<b>note</b>.txt"
    assert answer.json()["mentions"]


def zip_of_zips() -> bytes:
    content = b"x" * 1_000
    for _ in range(5):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", content)
        content = file.getvalue()
    return content


@pytest.mark.parametrize(
    "content", [b"", b"  \n", zip_of_zips(), b"\xd0\xcf\x11\xe0" + b"x" * 100, b"{\\rtf1 x}", b"%PDF-1.7 broken"]
)
def test_what_cannot_be_read_is_a_problem(client: httpx.Client, content: bytes) -> None:
    told = refused(client.post("/api/v1/read/document", files={"file": ("x", content)}), 422, "unusable")
    assert told["detail"].startswith("x: ")


@pytest.mark.parametrize(
    "asked",
    [{}, {"text": ""}, {"text": "x" * 200_001}, {"text": "x", "lang": "de"}, {"text": "x", "date": "now"}, {"text": 1}],
)
def test_what_is_no_text_is_a_problem(client: httpx.Client, asked: dict) -> None:
    refused(client.post("/api/v1/read", json=asked), 422, "invalid")


def test_a_day_that_is_none_is_a_problem(client: httpx.Client) -> None:
    refused(client.post("/api/v1/read", json={"text": "x", "date": "2025-02-30"}), 422, "unusable")
    refused(client.post("/api/v1/read/document", data={"lang": "en"}), 422, "invalid")


def test_the_limit_is_that_of_the_reader() -> None:
    from allonym.api.v1 import read as door
    from allonym.news import read as reader

    assert door.LONGEST == reader.LONGEST


def test_the_server_starts_without_what_loading_and_reading_need() -> None:
    code = "import sys, allonym.api.app; print(*{'followthemoney', 'spacy', 'lxml', 'pyarrow'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.split() == []
