"""Every page: what it says, its headers, its errors; and texts that are meant to break it."""

import re
from pathlib import Path

import pytest

from allonym.api.keys import Keys, Role
from allonym.web.pages import lines
from allonym.web.quality import figures
from allonym.web.statics import FILES, address
from bench import quality
from tests.command import PEOPLE_2024, PEOPLE_2025, copied, load
from tests.web.conftest import Browser, opened

PAGES = ("/", "/?q=maduro", "/entity/reg-cjng", "/lists", "/lists/register", "/screening", "/reader", "/alerts",
         "/same", "/audit", "/quality", "/help", "/login")  # fmt: skip
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_what_every_page_has(reading: Browser, path: str) -> None:
    answer = reading.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert len(answer.headers.get_list("content-security-policy")) == 1
    text = answer.text
    assert text.count("<h1>") == 1 and 'class="skip" href="#main"' in text and '<html lang="en">' in text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", text), "something inline"
    assert not re.findall(r'(?:src|href)="https?:[^"]*\.(?:css|js)', text)


@pytest.mark.parametrize("path", [*PAGES[:-1], "/entity/reg-nicolas-maduro"])
def test_every_field_has_a_label_and_every_id_is_there_once(reading: Browser, path: str) -> None:
    text = reading.get(path).text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    labels = set(re.findall(r'<label for="([^"]+)"', text))
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", text):
        if 'type="hidden"' in tag or "aria-label" in tag:
            continue
        found = re.search(r'\sid="([^"]+)"', tag)
        assert found and (found[1] in labels or f'<label><input type="checkbox" id="{found[1]}"' in text), tag


def test_hits_have_score_lists_programs_and_reasons(reading: Browser) -> None:
    text = reading.get("/?q=cartel of the suns").text
    assert "/entity/reg-cartel-de-los-soles" in text and "register@" in text
    assert "all parts of both names agree" in text and "sum, a score of" in text


def test_a_fragment_is_the_hits_alone(reading: Browser) -> None:
    answer = reading.get("/", params={"q": "maduro", "part": "1"})
    assert "<html" not in answer.text and "reg-nicolas-maduro" in answer.text


def test_nothing_found_shows_who_is_near(reading: Browser) -> None:
    text = reading.get("/?q=madurro pereira").text
    assert "Nothing from a score of" in text and "below the threshold" in text


@pytest.mark.parametrize("query", ["q=...", "q=" + "x" * 2_000, "q=a&schema=Nonsense", "q=a&as_of=soon"])
def test_a_question_that_cannot_be_asked_is_told(reading: Browser, query: str) -> None:
    answer = reading.get(f"/?{query}")
    assert answer.status_code == 422 and 'class="wrong" role="alert"' in answer.text


@pytest.mark.parametrize("path", ["/nothing", "/entity/nobody-at-all-xyz", "/lists/none", "/screening/" + "0" * 24,
                                  "/screening/upload/x", "/alerts/999", "/static/0/pages.css"])  # fmt: skip
def test_what_is_not_there_is_a_page_with_a_way_back(reading: Browser, path: str) -> None:
    answer = reading.get(path)
    assert answer.status_code == 404 and 'href="/" id="back"' in answer.text
    assert "Traceback" not in answer.text


def test_programs_still_get_what_they_understand(reading: Browser) -> None:
    assert (
        reading.get("/nothing", headers={"Accept": "application/json"})
        .headers["content-type"]
        .startswith("application/json")
    )
    assert reading.get("/api/v1/nothing").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "text", [SCRIPT, '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "a\u202eb\x1b[31m\x00c", "\ud800"]
)
def test_hostile_texts_come_back_as_text(reading: Browser, text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    for path in ("/", "/entity/" + "".join(f"%{b:02X}" for b in raw)):
        answer = reading.get(path, params={"q": raw}) if path == "/" else reading.get(path)
        assert answer.status_code in (200, 404, 422)
        assert "<script>alert" not in answer.text and "<img" not in answer.text
        assert "\u202e" not in answer.text and "\x1b" not in answer.text and "\x00" not in answer.text


def test_lists_texts_are_escaped(tmp_path: Path, new_folder: Path) -> None:
    folder = copied(new_folder, tmp_path / "data")
    file = tmp_path / "evil.jsonl"
    file.write_text(
        '{"id":"evil-1","schema":"Person","properties":{"name":["Mallory <script>alert(1)</script> Zzyzx"],'
        '"notes":["a\\u202eb"],"website":["javascript:alert(1)"]}}\n'
    )
    load(folder, file, "evil", "2026-01-01")
    with opened(folder) as client:
        for path in ("/?q=mallory zzyzx", "/entity/evil-1", "/lists/evil"):
            text = client.get(path).text
            assert SCRIPT not in text and "\u202e" not in text and 'href="javascript' not in text


def test_the_figures_are_those_that_were_measured() -> None:
    measured = quality.figures(quality.MEASURED.read_text("utf-8"))
    assert figures() == measured, "run `python -m bench.quality`"
    assert len(measured["headline"]) > 20 and all("allonym" in row for row in measured["groups"].values())


def test_lines_are_kept_and_nothing_else() -> None:
    assert lines("a\n<b>\u202e") == "a\n&lt;b&gt;\\u202e"


def test_a_dossier_stands_on_any_day_and_can_be_kept(reading: Browser) -> None:
    then = reading.get("/entity/reg-cartel-de-los-soles?as_of=2025-08-01")
    assert "As of 2025-08-01" in then.text and "<svg" in then.text
    assert "<html" not in reading.get("/entity/reg-cartel-de-los-soles?as_of=2025-08-01&part=1").text
    assert reading.get("/entity/reg-cjng?as_of=tomorrow").status_code == 422
    kept = reading.get("/entity/reg-cjng?file=html")
    assert "attachment" in kept.headers["content-disposition"] and "SHA-256 of this page" in kept.text
    assert reading.get("/entity/reg-cjng?file=csv").text.startswith("dossier,caption")
    assert reading.get("/entity/reg-cjng?file=exe").status_code == 404


def test_several_who_bear_a_name_are_offered(tmp_path: Path, new_folder: Path) -> None:
    folder = copied(new_folder, tmp_path / "data")
    file = tmp_path / "two.jsonl"
    row = '{"id":"two-%d","schema":"Person","properties":{"name":["Quintus Abernathy Vole"],"birthDate":["19%d0"]}}'
    rows = [row % (n, n) for n in (3, 7)]
    file.write_text("\n".join(rows) + "\n")
    load(folder, file, "two", "2026-01-01")
    with opened(folder) as client:
        answer = client.get("/entity/Quintus Abernathy Vole")
        assert answer.status_code == 409 and "/entity/two-3" in answer.text and "/entity/two-7" in answer.text


def test_a_list_tells_its_changes(history: Path) -> None:
    assert PEOPLE_2024.exists() and PEOPLE_2025.exists()
    with opened(history) as client:
        text = client.get("/lists/people").text
        assert "from 2024-01-31 to 2025-01-31" in text and "Snapshots" in text
        assert client.get("/lists/people?old=2020-01-01").status_code in (404, 422)


@pytest.mark.parametrize("name", FILES)
def test_files_are_served_by_their_hash(reading: Browser, name: str) -> None:
    answer = reading.get(address(name))
    assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]


def test_where_keys_are_needed_one_signs_in(data: Path) -> None:
    secret = Keys(data).add("ana", Role.READER)[1]
    with opened(data) as client:
        asked = client.get("/lists")
        assert asked.url.path == "/login" and asked.url.params["then"] == "/lists"
        assert "not known here" in client.post("/login", data={"key": "alo_wrong"}).text
        assert client.post("/login", data={"key": secret, "then": "/lists"}).url.path == "/lists"
        assert "ana (reader)" in client.get("/help").text
        assert client.get("/alerts").status_code == 403
        assert client.post("/login", data={"key": secret, "then": "//evil.example"}).url.path == "/"
        client.submit("/logout", at="/help")
        assert client.get("/lists").url.path == "/login"


@pytest.mark.parametrize("path", ["/screening", "/reader", "/alerts", "/alerts/1", "/same", "/logout"])
def test_a_form_without_its_token_is_refused(reading: Browser, path: str) -> None:
    for token in ({}, {"csrf_token": "wrong"}):
        answer = reading.post(
            path, data={"act": "close", "text": "x", **token}, files={"file": ("a.csv", b"name\nx\n")}
        )
        assert answer.status_code == 403 and 'id="back"' in answer.text
    crossing = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert reading.post(path, data={"text": "x"}, headers=crossing).status_code == 403
