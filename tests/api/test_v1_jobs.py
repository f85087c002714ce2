"""/api/v1/screen/jobs: files of customers, screened in the background."""

import csv
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from allonym.api import jobs
from allonym.screening.record import Record
from tests.api.serving import Running, ended, key, refused, running
from tests.api.test_v1_read import zip_of_zips
from tests.command import copied

AT = "/api/v1/screen/jobs"
CUSTOMERS = "id,name,born\n1,cartel of the suns,\n2,Ilse Vandermeulen,1961-04-02\n3,Zyxwv Qwrtplk,\n4,...,\n"


@pytest.fixture(scope="module")
def server(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copied(history, tmp_path_factory.mktemp("jobs") / "data"), most_bytes=3_000_000) as server:
        yield server


@pytest.fixture(scope="module")
def client(server: Running) -> httpx.Client:
    return server.client


def upload(client: httpx.Client, content: str | bytes = CUSTOMERS, name: str = "c.csv", **form: str) -> httpx.Response:
    return client.post(
        AT, files={"file": (name, content if isinstance(content, bytes) else content.encode())}, data=form
    )


def test_a_file_is_screened_and_its_results_fetched(server: Running, client: httpx.Client) -> None:
    answer = upload(client)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    where = answer.headers["location"]
    job = ended(client, where)
    assert (job["state"], job["queries"], job["matched"], job["rejects"], job["fraction"]) == ("done", 3, 2, 1, 1.0)
    results = client.get(job["results"])
    assert results.headers["content-type"].startswith("text/csv")
    assert "attachment" in results.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(results.text)))
    assert [row["query_id"] for row in rows] == ["1", "2", "3"]
    assert client.get(f"{where}/rejects").text.count("\n") == 2
    assert where.rpartition("/")[2] in [found["id"] for found in client.get(AT).json()["jobs"]]
    record = Record.read(server.settings.data / "records" / f"{job['record']}.json")
    assert record.queries == 3


def test_each_format_and_option_is_that_of_the_command(client: httpx.Client) -> None:
    lines = '{"id": "1", "name": "Ilse Vandermeulen"}\n'
    answer = upload(client, lines, "c.jsonl", format="jsonl", limit="1", sources="people", threshold="0.5",
                    merged="false", as_of="2024-06-01")  # fmt: skip
    job = ended(client, answer.headers["location"])
    assert job["state"] == "done", job
    (row,) = [json.loads(line) for line in client.get(job["results"]).text.splitlines()]
    assert (row["entity_id"], row["snapshots"]) == ("p-ilse", ["people@2024-01-31"])
    answer = upload(client, "who,x\ncartel of the suns,1\n", map="who=name\n", format="parquet")
    job = ended(client, answer.headers["location"])
    assert job["state"] == "done", job
    assert client.get(job["results"]).content.startswith(b"PAR1")


def test_formulas_come_back_defused(client: httpx.Client) -> None:
    cells = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\tx=1", "<script>alert(1)</script>"]
    text = io.StringIO()
    csv.writer(text).writerows([["id", "name"], *([cell, f"cartel of the suns {cell}"] for cell in cells),
                                *([f"={n}", "=HYPERLINK(1)"] for n in range(500))])  # fmt: skip
    job = ended(client, upload(client, text.getvalue()).headers["location"])
    rows = list(csv.reader(io.StringIO(client.get(job["results"]).text)))
    assert len(rows) > 500
    texts = [cell for row in rows for cell in row[1:3]]
    assert not [cell for cell in texts if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "c.csv"), (zip_of_zips(), "c.csv"), (b"PK\x03\x04xx", "c.jsonl"), (b"a,b\n1,2\n", "c.csv"),
     (b"not parquet", "c.parquet"), (b"name\n...\n", "c.csv"), (b"\x00" * 1000, "c.csv")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_fails_and_says_why(client: httpx.Client, content: bytes, name: str) -> None:
    answer = upload(client, content, name)
    job = ended(client, answer.headers["location"])
    assert (job["state"], job["problem"]["status"]) == ("failed", 422), job
    assert str(Path.home()) not in job["problem"]["detail"] and "/" not in job["problem"]["detail"].partition(":")[0]
    refused(client.get(f"{answer.headers['location']}/results"), 409, "conflict")


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [("c.xlsx", {}, "unusable"), ("c", {}, "unusable"), ("c.csv", {"limit": "0"}, "invalid"),
     ("c.csv", {"format": "xml"}, "invalid"), ("c.csv", {"schema": "Nothing"}, "unusable"),
     ("c.csv", {"as_of": "now"}, "invalid"), ("c.csv", {"sources": ","}, "unusable")],
)  # fmt: skip
def test_a_form_that_is_wrong_is_refused_at_once(client: httpx.Client, name: str, form: dict, kind: str) -> None:
    refused(upload(client, name=name, **form), 422, kind)


def test_an_upload_without_a_file_is_refused(client: httpx.Client) -> None:
    refused(client.post(AT, data={"format": "csv"}), 422, "invalid")
    refused(client.post(AT, content=b"name\nx\n", headers={"Content-Type": "text/csv"}), 422, "invalid")
    broken = client.post(AT, content=b"--x\r\nnonsense", headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert broken.status_code in (400, 422)


def test_a_list_that_is_not_loaded_fails(client: httpx.Client) -> None:
    job = ended(client, upload(client, sources="nowhere").headers["location"])
    assert (job["state"], job["problem"]["type"]) == ("failed", "/api/v1/problems/unusable")


def many(count: int) -> str:
    return "id,name\n" + "".join(f"{n},Person {n} Vandermeulen of Suns\n" for n in range(count))


def test_a_job_is_cancelled_and_removed(client: httpx.Client) -> None:
    where = upload(client, many(60_000)).headers["location"]
    until = time.monotonic() + 30
    while client.get(where).json()["queries"] == 0 and time.monotonic() < until:
        time.sleep(0.05)
    told = client.get(where).json()
    assert told["state"] == "running" and 0 < told["fraction"] < 1
    assert client.delete(where).status_code == 200
    assert ended(client, where)["state"] == "cancelled"
    assert client.delete(where).status_code == 200
    refused(client.get(where), 404, "not-found")


def test_any_process_answers_and_a_job_outlives_the_server(history: Path, tmp_path: Path) -> None:
    data = copied(history, tmp_path / "data")
    with running(data) as first:
        where = upload(first.client, many(5_000)).headers["location"]
    with running(data) as second:
        assert ended(second.client, where)["state"] == "done"
        folder = data / "jobs" / where.rpartition("/")[2]
        day_ago = time.time() - jobs.KEPT - 10
        os.utime(folder, (day_ago, day_ago))
        upload(second.client)
        refused(second.client.get(where), 404, "not-found")


def test_a_job_whose_process_died_has_failed(server: Running, client: httpx.Client) -> None:
    where = upload(client).headers["location"]
    assert ended(client, where)["state"] == "done"
    folder = server.settings.data / "jobs" / where.rpartition("/")[2]
    status = json.loads((folder / "status.json").read_bytes())
    (folder / "status.json").write_text(json.dumps({**status, "state": "running"}))
    os.utime(folder / "asked.json", (1, 1))
    job = client.get(where).json()
    assert (job["state"], job["problem"]["type"]) == ("failed", "/api/v1/problems/busy")


def test_a_key_sees_its_own_jobs(history: Path, tmp_path: Path) -> None:
    data = copied(history, tmp_path / "data")
    one, other, admin = key(data, "analyst", "one"), key(data, "analyst", "other"), key(data, "admin")
    with running(data) as server:
        client = server.client
        answer = client.post(AT, files={"file": ("c.csv", CUSTOMERS.encode())}, headers=one)
        where = answer.headers["location"]
        assert ended(client, where, headers=one)["state"] == "done"
        refused(client.get(where, headers=other), 404, "not-found")
        refused(client.delete(where, headers=other), 404, "not-found")
        assert client.get(AT, headers=other).json() == {"jobs": []}
        assert client.get(where, headers=admin).status_code == 200


def test_no_more_than_so_many_wait(server: Running, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST", 0)
    assert refused(upload(client), 503, "busy") and upload(client).headers["retry-after"] == "60"


@pytest.mark.parametrize("number", ["0" * 24, "x", "%2e%2e%2fkeys.json"])
def test_a_job_that_is_not_there(client: httpx.Client, number: str) -> None:
    answer = client.get(f"{AT}/{number}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
