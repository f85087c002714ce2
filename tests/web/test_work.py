"""What analysts do on pages: a file from upload to export, an article, alerts to their decision, the audit log."""

import csv
import io
import time
from pathlib import Path

import httpx
import pytest

from allonym.api.keys import Keys, Role
from tests.web.conftest import CUSTOMERS, Browser, opened


def uploaded(browser: Browser, name: str, content: bytes) -> httpx.Response:
    return browser.submit("/screening", files={"file": (name, content)})


def ended(browser: Browser, path: str) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        text = browser.get(path).text
        if "data-ended" in text:
            return text
        assert 'http-equiv="refresh"' in text, "without script the page has to load itself again"
        time.sleep(0.2)
    raise AssertionError("the job did not end")


def screened(browser: Browser, name: str, content: bytes, **fields: object) -> str:
    """The path of a job that is done."""
    at = uploaded(browser, name, content).url.path
    path = browser.submit(at, act="start", **fields).url.path
    ended(browser, path)
    return path


def test_a_file_from_upload_to_export(browser: Browser) -> None:
    looked = uploaded(browser, "customers.csv", CUSTOMERS.read_bytes())
    assert "separated by commas" in looked.text and '<option value="name" selected>' in looked.text
    path = browser.submit(looked.url.path, act="start").url.path
    text = ended(browser, path)
    assert "customers.csv" in text and "/entity/reg-nicolas-maduro" in text and "all parts of both names agree" in text
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{path}/results.csv").text)))
    assert len({row["query_row"] for row in rows}) == 40
    page = browser.get(f"{path}/evidence.html")
    assert "SHA-256 of this page" in page.text and "customers.csv" in page.text and "/jobs/" not in page.text
    assert browser.get(f"{path}/rejects.csv").status_code == 404
    assert "no hit" in browser.get(f"{path}?every=1").text
    assert browser.get(looked.url.path).status_code == 404, "the upload is gone"
    assert browser.submit(path, act="remove").url.path == "/screening"
    assert browser.get(path).status_code == 404


def test_columns_can_be_corrected(browser: Browser) -> None:
    looked = uploaded(browser, "unclear.csv", b"Wer,Was\nNicolas Maduro Moros,x\n")
    assert looked.status_code == 200 and "no column is recognised as the name" in looked.text
    path = browser.submit(looked.url.path, act="start", column0="name", column1="").url.path
    assert "/entity/reg-nicolas-maduro" in ended(browser, path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.csv", b""),
        ("a.csv", b"PK\x03\x04zip"),
        ("a.jsonl", b"not json\n"),
        ("a.parquet", b"PAR1xx"),
        ("a", b"name\nx\n"),
    ],
)
def test_files_that_cannot_be_used(browser: Browser, name: str, content: bytes) -> None:
    answer = uploaded(browser, name, content)
    assert answer.status_code == 422 and 'class="wrong"' in answer.text and "Traceback" not in answer.text


def test_a_file_that_is_too_large(data: Path) -> None:
    with opened(data, most_bytes=10_000) as client:
        answer = uploaded(client, "a.csv", b"name\n" + b"x\n" * 20_000)
        assert answer.status_code == 413 and 'id="back"' in answer.text


def test_formulas_and_scripts_are_harmless(browser: Browser) -> None:
    path = screened(
        browser, "a.csv", b'id,name\n=cmd,"=HYPERLINK(""x"") Maduro Moros Nicolas"\n2,<script>alert(1)</script> Ng\n'
    )
    text = browser.get(f"{path}?every=1").text
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    cells = [cell for row in csv.reader(io.StringIO(browser.get(f"{path}/results.csv").text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_a_run_without_a_usable_row_says_so(browser: Browser) -> None:
    at = uploaded(browser, "a.csv", b"name,id\n,1\n").url.path
    assert "no row that can be screened" in ended(browser, browser.submit(at, act="start").url.path)


def test_jsonl_of_entities(browser: Browser) -> None:
    entity = b'{"id":"1","schema":"Person","properties":{"name":["Nicolas Maduro Moros"]}}\n'
    assert "FollowTheMoney entities" in uploaded(browser, "e.jsonl", entity).text


ARTICLE = """The Treasury Department said on Thursday that it had sanctioned the Cartel of the Suns.

The State Department offered a reward of $50 million for Nicolas Maduro, Reuters reported. <script>x</script>
"""


def test_an_article_is_read(browser: Browser) -> None:
    answer = browser.submit("/reader", text=ARTICLE, date="2025-08-08", files={"file": ("", b"")})
    assert answer.status_code == 200 and '<mark class="designated_group"' in answer.text
    assert "<script>x" not in answer.text and "/entity/reg-cartel-de-los-soles" in answer.text
    assert "Who is named" in answer.text
    again = browser.submit("/reader", files={"file": ("article.txt", ARTICLE.encode())})
    assert "article.txt" in again.text


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"text": "x", "date": "8 August"}, {"text": "x", "lang": "tlh"}, {"text": "x" * 200_001}]
)
def test_an_article_that_cannot_be_read(browser: Browser, fields: dict[str, str]) -> None:
    answer = browser.submit("/reader", files={"file": ("", b"")}, **fields)
    assert answer.status_code == 422 and 'class="wrong"' in answer.text and '<textarea id="text"' in answer.text


def test_alerts_from_their_opening_to_the_log(browser: Browser) -> None:
    path = screened(browser, "customers.csv", CUSTOMERS.read_bytes())
    assert "alerts: 22 new" in browser.submit(path, act="alerts").text
    queue = browser.get("/alerts").text
    assert "22 alerts" in queue and "22 alerts" not in browser.get("/alerts?least=0.999").text
    alert = browser.get("/alerts/1").text
    assert "birth date <span" in alert and "1962-11-23" in alert and "sum, a score of" in alert
    version = {"seen": "1"}
    wrong = browser.submit("/alerts/1", act="close", outcome="false_alarm", code="", text="", **version)
    assert wrong.status_code == 422 and "gives no reason" in wrong.text
    done = browser.submit(
        "/alerts/1", act="close", outcome="true_match", code="confirmed_facts", text="seen", **version
    )
    assert "closed as true match" in done.text
    late = browser.submit("/alerts/1", act="close", outcome="false_alarm", code="name_only", text="", **version)
    assert late.status_code == 409 and "true match" in late.text, "who comes second is told"
    for act, fields in (("note", {"text": "a <b>note</b>"}), ("assign", {"assignee": "Ana"}), ("escalate", {})):
        assert browser.submit("/alerts/2", act=act, seen=_version(browser, 2), **fields).status_code == 200
    assert "a &lt;b&gt;note" in browser.get("/alerts/2").text
    files = {"file": ("<b>.txt", b"proof")}
    kept = browser.submit("/alerts/2", act="attach", seen=_version(browser, 2), files=files)
    assert kept.status_code == 200, kept.text
    bulk = browser.submit("/alerts", number=["3", "4"], outcome="false_alarm", code="name_only", text="all of one kind")
    assert "2 closed, 0 wait" in bulk.text
    none = browser.submit("/alerts", number=["5"], outcome="false_alarm", code="name_only", text=" ")
    assert none.status_code == 422 and "in words" in none.text
    assert browser.submit("/alerts/1", act="reopen", seen=_version(browser, 1), text="new facts").status_code == 200
    log = browser.get("/audit").text
    assert "As it was written" in log and "reopen" in log
    assert browser.get("/audit/export").text.count("\n") > 22


def _version(browser: Browser, number: int) -> str:
    return browser.get(f"/alerts/{number}").text.partition('name="seen" value="')[2].partition('"')[0]


def test_four_eyes(data: Path) -> None:
    (data / "cases.toml").write_text("[four_eyes]\nfalse_alarm = 0.0\n")
    with opened(data) as client:
        path = screened(client, "customers.csv", CUSTOMERS.read_bytes())
        client.submit(path, act="alerts")
    secret = {name: Keys(data).add(name, role)[1] for name, role in (("ana", Role.ANALYST), ("rui", Role.REVIEWER))}
    with opened(data) as ana, opened(data) as rui:
        ana.post("/login", data={"key": secret["ana"]})
        rui.post("/login", data={"key": secret["rui"]})
        assert "two people" in ana.get("/alerts/1").text
        made = ana.submit("/alerts/1", act="close", outcome="false_alarm", code="name_only", text="", seen="1")
        assert "waits for a second person" in made.text and ana.get("/audit").status_code == 403
        own = ana.submit("/alerts/1", act="approve", seen=_version(ana, 1))
        assert own.status_code == 403
        done = rui.submit("/alerts/1", act="approve", seen=_version(rui, 1))
        assert "approved by rui" in done.text
