"""/api/v1/cases and /api/v1/audit: alerts of real customers on the register, worked on by people with keys."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from sqlalchemy import Engine, event

from allonym.cases import Cases, attachments
from allonym.lists import Lists
from tests.api.serving import Running, key, refused, running
from tests.cases.conftest import ASKED, PERSON, publish
from tests.command import command, copied

AT, LOG = "/api/v1/cases", "/api/v1/audit"
CUSTOMERS = Path(__file__).parents[2] / "examples" / "customers.csv"
FALSE = {"outcome": "false_alarm", "code": "other_birth_date", "text": "1961 against 1984"}
PEOPLE = (("ana", "analyst"), ("bo", "analyst"), ("rui", "reviewer"), ("lee", "reader"), ("cy", "admin"))
LISTED = 22  # alerts that the example customers give


@pytest.fixture(scope="session")
def alerts(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register, with alerts for the hits of the example customers. Not to be changed."""
    folder = copied(new_folder, tmp_path_factory.mktemp("alerts") / "data")
    ran = command("screen", "--input", CUSTOMERS, "--alerts", "--output", folder.parent / "hits.csv", data=folder)
    assert f"alerts: {LISTED} new" in ran.err
    return folder


@pytest.fixture
def folder(alerts: Path, tmp_path: Path) -> Path:
    return copied(alerts, tmp_path / "data")


@pytest.fixture
def server(folder: Path) -> Iterator[Running]:
    """A server on them, on loopback without keys."""
    with running(folder) as found:
        yield found


@pytest.fixture
def people(folder: Path) -> dict[str, dict[str, str]]:
    """The header of each person's key."""
    return {name: key(folder, role, name) for name, role in PEOPLE}


def act(client: httpx.Client, number: int, what: str, who: dict[str, str] | None = None, **said: Any) -> httpx.Response:
    """Something done to the alert as it stands, unless `version` says another."""
    if what not in ("notes", "erase") and "version" not in said:
        said["version"] = client.get(f"{AT}/{number}", headers=who).json()["version"]
    return client.post(f"{AT}/{number}/{what}", json=said, headers=who)


def test_the_list_is_filtered_ordered_and_paged(server: Running) -> None:
    client = server.client
    found = client.get(AT).json()
    assert (found["total"], found["offset"], len(found["alerts"])) == (LISTED, 0, LISTED)
    first = found["alerts"][0]
    assert first["state"] == "open" and first["assignee"] is None and first["due"] is None and first["version"] == 1
    assert client.get(AT, params={"customer": "C001"}).json()["alerts"][0]["customer"] == "Nicolas Maduro Moros"
    strong = client.get(AT, params={"least": 0.999, "order": "score"}).json()
    assert 0 < strong["total"] < LISTED
    assert client.get(AT, params={"most": 0.999}).json()["total"] + strong["total"] >= LISTED
    assert act(client, 3, "assign", assignee="Ana").json()["assignee"] == "Ana"
    assert act(client, 4, "due", due="2026-12-01").json()["due"] == "2026-12-01"
    assert act(client, 5, "close", **FALSE).json()["state"] == "false_alarm"
    assert act(client, 6, "escalate", text="nearly").json()["state"] == "escalated"
    numbers = {
        told: [a["number"] for a in client.get(AT, params=asked).json()["alerts"]]
        for told, asked in {
            "hers": {"assignee": "Ana"}, "due": {"due_by": "2026-12-31"}, "closed": {"state": "closed"},
            "up": {"state": "escalated"}, "two": {"state": ["escalated", "false_alarm"], "order": "number"},
            "waiting": {"state": "waiting"},
        }.items()
    }  # fmt: skip
    assert numbers == {"hers": [3], "due": [4], "closed": [5], "up": [6], "two": [5, 6], "waiting": []}
    assert client.get(AT).json()["alerts"][0]["number"] == 4, "what is due comes first"
    assert client.get(AT, params={"assignee": ""}).json()["total"] == LISTED - 2
    assert (
        client.get(AT, params={"source": "register", "origin": "screening", "state": "all"}).json()["total"] == LISTED
    )
    assert client.get(AT, params={"source": "un_sc"}).json()["total"] == 0


def test_pages_are_stable(server: Running) -> None:
    """Every alert once, whatever the order; by number also when somebody decides between two pages."""
    client = server.client

    def pages(order: str, between: bool = False) -> list[int]:
        found = list[int]()
        for offset in range(0, LISTED, 5):
            asked = {"order": order, "offset": offset, "limit": 5, "state": "all"}
            page = client.get(AT, params=asked).json()
            assert page["total"] == LISTED and page["offset"] == offset
            found += [a["number"] for a in page["alerts"]]
            if between:
                assert act(client, found[0], "notes", text="x").status_code == 200
                assert act(client, found[-1], "close", **FALSE).status_code == 200
        return found

    for order in ("due", "score", "number", "newest"):
        once = pages(order)
        assert sorted(once) == list(range(1, LISTED + 1)) and pages(order) == once
    assert pages("number", between=True) == list(range(1, LISTED + 1))
    assert client.get(AT, params={"offset": 500}).json()["alerts"] == []
    for wrong in ({"limit": 0}, {"limit": 5_000}, {"offset": -1}, {"order": "name"}, {"state": "shut"}, {"least": 7}):
        refused(client.get(AT, params=wrong), 422, "invalid")


def test_one_alert_has_everything(server: Running) -> None:
    client = server.client
    alert = client.get(f"{AT}/1").json()
    assert (alert["customer"]["id"], alert["customer"]["properties"]["birthDate"]) == ("C001", ["1962-11-23"])
    listed = alert["listed"]
    assert listed["id"] == "reg-nicolas-maduro" and listed["properties"]["birthDate"] == ["1962-11-23"]
    assert listed["snapshots"].keys() == {"register"} and len(listed["evidence"]) > 4
    assert alert["steps"][0]["key"] == "list" and alert["four_eyes"] == {}
    (opened,) = alert["history"]
    assert (opened["action"], opened["changes"], opened["erased"]) == ("open", [], False)
    act(client, 1, "notes", text="asked the <branch>")
    path = [{"step": "list", "verdict": "sanctions"}, {"step": "kind", "verdict": "other", "text": "a ship"}]
    said = {"outcome": "false_alarm", "code": "other_kind", "steps": path}
    closed = act(client, 1, "close", **said).json()
    assert closed["decision"]["steps"][1] == {"step": "kind", "verdict": "other", "text": "a ship"}
    assert closed["version"] == 3 and closed["proposal"] is None
    history = client.get(f"{AT}/1").json()["history"]
    assert [entry["action"] for entry in history] == ["open", "note", "close"]
    assert history[1]["text"] == "asked the <branch>" and history[2]["role"] == "admin"
    refused(client.get(f"{AT}/999"), 404, "not-found")
    refused(client.get(f"{AT}/{10**18}"), 422, "invalid")
    codes = {r["code"]: r for r in client.get(f"{AT}/reasons").json()["reasons"]}
    assert codes["not_enough"] == {**codes["not_enough"], "outcomes": ["undecided"], "text": True}


def test_one_is_opened_by_hand_once(server: Running) -> None:
    client = server.client
    asked = {"customer": {"id": "4711", "schema": "Person", "properties": {"name": ["N. Maduro"]}},
             "entity": "reg-nicolas-maduro", "text": "the branch asked"}  # fmt: skip
    made = client.post(AT, json=asked)
    assert (made.status_code, made.headers["location"]) == (201, f"{AT}/{LISTED + 1}"), made.text
    assert (made.json()["origin"], made.json()["customer"]["id"]) == ("hand", "4711")
    again = refused(client.post(AT, json=asked), 409, "conflict")
    assert again["alert"] == LISTED + 1 and "by" not in again
    refused(client.post(AT, json={**asked, "entity": "nobody"}), 404, "not-found")
    for wrong in ({"name": ["..."]}, {"alias": []}, {"birthDate": ["soon"]}):
        customer = {"id": "1", "properties": wrong}
        refused(client.post(AT, json={**asked, "customer": customer}), 422, "unusable")
    refused(client.post(AT, json={"entity": "x"}), 422, "invalid")


@pytest.mark.parametrize(
    ("what", "said", "kind"),
    [
        ("close", {"outcome": "false_alarm", "code": "confirmed_facts"}, "unusable"),
        ("close", {"outcome": "undecided", "code": "not_enough"}, "unusable"),
        ("close", {**FALSE, "steps": [{"step": "kind", "verdict": "other"}]}, "unusable"),
        ("close", {"outcome": "open", "code": "name_only"}, "invalid"),
        ("close", {**FALSE, "by": "Bo"}, "invalid"),
        ("due", {"due": "soon"}, "invalid"),
        ("due", {"due": "2026-02-30"}, "unusable"),
        ("assign", {"assignee": "a\x07b"}, "unusable"),
        ("notes", {"text": "  "}, "unusable"),
        ("notes", {"text": "x" * 10_001}, "invalid"),
        ("reopen", {"text": ""}, "invalid"),
    ],
)
def test_what_cannot_be_done_changes_nothing(server: Running, what: str, said: dict, kind: str) -> None:
    before = server.client.get(f"{AT}/1").json()
    refused(act(server.client, 1, what, **said), 422, kind)
    assert server.client.get(f"{AT}/1").json() == before


def test_acts_that_do_not_fit_the_state(server: Running) -> None:
    client = server.client
    for what, said in (("approve", {}), ("reject", {"text": "no"}), ("reopen", {"text": "why"})):
        refused(act(client, 1, what, **said), 409, "conflict")
    assert act(client, 1, "close", **FALSE).status_code == 200
    for what, said in (("escalate", {}), ("due", {"due": None}), ("assign", {"assignee": None}), ("close", FALSE)):
        told = refused(act(client, 1, what, **said), 409, "conflict")
        assert told["what"] == "false_alarm" and told["by"] and told["at"].startswith("20")
    opened = act(client, 1, "reopen", text="another passport").json()
    assert (opened["state"], opened["decision"]) == ("open", None)


def test_without_the_version_nothing_is_decided(server: Running) -> None:
    told = refused(server.client.post(f"{AT}/1/close", json=FALSE), 422, "invalid")
    assert told["errors"][0]["at"] == "body/version"


def test_who_comes_second_is_told(folder: Path, people: dict[str, dict[str, str]]) -> None:
    """Both looked at one version and decide at the same moment: one decision stands, the other learns whose."""
    with running(folder) as server:
        ready, told = threading.Barrier(2), dict[str, httpx.Response]()

        def decide(name: str, outcome: str, code: str) -> None:
            said = {"version": 1, "outcome": outcome, "code": code}
            ready.wait()
            told[name] = httpx.post(
                f"{server.client.base_url}{AT}/1/close", json=said, headers=people[name], timeout=60
            )

        both = ("ana", "false_alarm", "name_only"), ("bo", "true_match", "confirmed_facts")
        threads = [threading.Thread(target=decide, args=given) for given in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        first = next(name for name, answer in told.items() if answer.status_code == 200)
        second = "bo" if first == "ana" else "ana"
        late = refused(told[second], 409, "conflict")
        decision = server.client.get(f"{AT}/1", headers=people["ana"]).json()["decision"]
        assert (late["by"], decision["by"]) == (first, first)
        assert late["at"] == decision["at"] and first in late["detail"] and "Look again" in late["detail"]
        assert server.client.get(f"{AT}/1", headers=people["ana"]).json()["version"] == 2
        for what, said in (("assign", {"assignee": "bo"}), ("reopen", {"text": "why"}), ("close", FALSE)):
            stale = refused(act(server.client, 1, what, people["bo"], version=1, **said), 409, "conflict")
            assert stale["by"] == first and stale["what"] == "close"


def test_each_role_may_what_it_may(folder: Path, people: dict[str, dict[str, str]]) -> None:
    with running(folder) as server:
        client = server.client
        opening = {"customer": {"properties": {"name": ["N. Maduro"]}}, "entity": "reg-nicolas-maduro"}
        for method, path, said in (
            ("GET", "", None), ("GET", "/1", None), ("GET", "/reasons", None), ("POST", "", opening),
            ("POST", "/1/notes", {"text": "x"}), ("POST", "/1/close", {"version": 1, **FALSE}),
            ("POST", "/refresh", None),
            ("POST", "/close", {"numbers": [1], **FALSE}), ("GET", f"/1/attachments/{'0' * 64}", None),
        ):  # fmt: skip
            refused(client.request(method, f"{AT}{path}", json=said), 401, "key-needed")
            told = refused(client.request(method, f"{AT}{path}", json=said, headers=people["lee"]), 403, "not-allowed")
            assert "analyst" in told["detail"]
        for path in (f"{AT}/export", LOG, f"{LOG}/export"):
            refused(client.get(path, headers=people["ana"]), 403, "not-allowed")
            assert client.get(path, headers=people["rui"]).status_code == 200
        refused(act(client, 1, "approve", people["ana"], version=1), 403, "not-allowed")
        refused(act(client, 1, "erase", people["rui"], text="a request"), 403, "not-allowed")
        told = refused(act(client, 1, "erase", people["cy"], text="a request"), 403, "not-allowed")
        assert "has not been kept for 10 years" in told["detail"]
        assert client.get(f"{AT}/1", headers=people["ana"]).json()["version"] == 1


def test_four_eyes(folder: Path, people: dict[str, dict[str, str]]) -> None:
    (folder / "cases.toml").write_text("[four_eyes]\nfalse_alarm = 0.5\n[due]\ndays = 5\n")
    with running(folder) as server:
        client, ana, bo, rui = server.client, people["ana"], people["bo"], people["rui"]
        assert "from 0.5 on" in client.get(f"{AT}/1", headers=ana).json()["four_eyes"]["false_alarm"]
        made = act(client, 1, "close", ana, **FALSE).json()
        assert (made["state"], made["waiting"], made["proposal"]["by"]) == ("open", True, "ana")
        assert client.get(AT, params={"state": "waiting"}, headers=bo).json()["total"] == 1
        waits = refused(act(client, 1, "close", bo, **FALSE), 409, "conflict")
        assert (waits["by"], waits["what"]) == ("ana", "false_alarm")
        refused(act(client, 1, "approve", bo), 403, "not-allowed")
        refused(act(client, 1, "reject", bo, text="no"), 403, "not-allowed")
        assert act(client, 1, "reject", rui, text="look at the alias").json()["proposal"] is None
        act(client, 1, "close", rui, **FALSE)
        own = refused(act(client, 1, "approve", rui), 403, "not-allowed")
        assert "another person" in own["detail"]
        assert act(client, 1, "reject", rui, text="taken back").json()["waiting"] is False
        act(client, 1, "close", ana, **FALSE)
        decided = act(client, 1, "approve", rui, text="seen").json()
        assert (decided["state"], decided["decision"]["by"]) == ("false_alarm", "ana")
        assert decided["decision"]["approved_by"] == "rui"
        many = {"numbers": [1, 2, 3, 999], "outcome": "false_alarm", "code": "name_only", "text": "the surname only"}
        bulk = client.post(f"{AT}/close", json=many, headers=ana).json()
        assert (bulk["closed"], bulk["waiting"]) == ([], [2, 3]) and [r["number"] for r in bulk["refused"]] == [1, 999]
        assert "ana closed it as false alarm" in bulk["refused"][0]["detail"]
        refused(client.post(f"{AT}/close", json={**many, "text": " "}, headers=ana), 422, "unusable")


def test_the_person_is_the_key_s_and_without_keys_the_policy_s(folder: Path) -> None:
    (folder / "cases.toml").write_text('[people]\nAna = "analyst"\n')
    with running(folder) as server:
        told = refused(act(server.client, 1, "notes", text="x"), 403, "not-allowed")
        assert "has no role" in told["detail"]
        header = key(folder, "analyst", "ana")
        assert act(server.client, 1, "notes", header, text="x").status_code == 200


def test_a_policy_file_that_is_wrong_is_no_fault_of_the_request(folder: Path, server: Running) -> None:
    (folder / "cases.toml").write_text("[four_eyes]\nfalse_alarm = 7\n")
    told = refused(act(server.client, 1, "notes", text="x"), 503, "unavailable")
    assert told["detail"].startswith("cases.toml, line 2: false_alarm = 7") and str(folder) not in told["detail"]


def test_it_opens_again_when_the_entity_changes_and_says_what(data: Path) -> None:
    publish(data, "2024-01-01")
    with running(data) as server:
        client = server.client
        made = client.post(AT, json={"customer": ASKED, "entity": "one"})
        number = made.json()["number"]
        assert act(client, number, "close", **FALSE).json()["state"] == "false_alarm"
        publish(data, "2024-02-01", looked=False, one={**PERSON, "notes": ["a shipowner of old"]})
        assert client.get(AT).json()["total"] == 0, "nothing material changed"
        publish(data, "2024-03-01", looked=False, one={**PERSON, "birthDate": ["1984"]})
        assert [a["number"] for a in client.get(AT).json()["alerts"]] == [number], "the list looks first"
        alert = client.get(f"{AT}/{number}").json()
        assert (alert["state"], alert["decision"], alert["listed"]["properties"]["birthDate"]) == (
            "open",
            None,
            ["1984"],
        )
        told = alert["history"][-1]
        assert (told["action"], told["by"]) == ("reopen", "allonym") and "birthDate (people)" in told["text"]
        (fact,) = [fact for fact in told["changes"] if fact["material"]]
        assert (fact["prop"], fact["after"]) == ("birthDate", ["1984"])
        late = refused(act(client, number, "reopen", version=2, text="x"), 409, "conflict")
        assert (late["by"], late["what"]) == ("allonym", "reopen")
        assert client.post(f"{AT}/refresh").json() == {"reopened": [], "refreshed": []}


SHARED = Path(__file__).parents[3] / "shared" / "lists" / "un_sc"


@pytest.mark.shared
def test_a_delisting_by_the_un_opens_it_again(data: Path) -> None:
    """Anas Hasan Khattab, whom the UN took off its list between these days."""
    if not SHARED.is_dir():
        pytest.skip("../shared/lists/un_sc is not here")
    command("update", "--from", SHARED / "un_consolidated_2024-05-15.xml", data=data)
    with running(data) as server:
        customer = {"id": "9", "schema": "Person", "properties": {"name": ["Anas Hasan Khattab"]}}
        made = server.client.post(AT, json={"customer": customer, "entity": "un-6908416"}).json()
        assert "un_sc" in made["listed"]["sources"] and made["listed"]["score"] > 0.5
        said = {"outcome": "true_match", "code": "confirmed_facts"}
        assert act(server.client, 1, "close", **said).json()["state"] == "true_match"
        command("update", "--from", SHARED / "un_consolidated_2026-02-27.xml", data=data)
        alert = server.client.get(f"{AT}/1").json()
        assert (alert["state"], alert["listed"]["gone"]) == ("open", True)
        assert "no longer listed" in alert["history"][-1]["text"]


def attach(client: httpx.Client, name: str, content: bytes, number: int = 1, **form: str) -> httpx.Response:
    return client.post(f"{AT}/{number}/attachments", files={"file": (name, content)}, data=form)


def test_a_file_is_kept_and_fetched(server: Running) -> None:
    client, content = server.client, b"%PDF-1.7 <script>"
    made = attach(client, "паспорт copy.pdf", content, text="from the branch")
    assert made.status_code == 201, made.text
    file = made.json()
    assert (file["name"], file["type"], file["size"]) == ("паспорт copy.pdf", "application/pdf", len(content))
    fetched = client.get(made.headers["location"])
    assert fetched.content == content and fetched.headers["content-type"] == "application/octet-stream"
    named = fetched.headers["content-disposition"]
    assert named.startswith("attachment;") and unquote(named.partition("UTF-8''")[2]) == "паспорт copy.pdf"
    assert fetched.headers["x-content-type-options"] == "nosniff"
    alert = client.get(f"{AT}/1").json()
    assert alert["attachments"] == [file] and alert["history"][-1]["attachment"] == file["sha256"]
    assert alert["history"][-1]["text"] == "from the branch"
    refused(client.get(f"{AT}/2/attachments/{file['sha256']}"), 404, "not-found")
    for digest in ("../../keys.json", "%2e%2e%2f%2e%2e%2fkeys.json", "A" * 64, "0" * 63):
        answer = client.get(f"{AT}/1/attachments/{digest}")
        assert answer.status_code in (404, 422) and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name",
    ["../../keys.json", "/etc/passwd", "a\\b.txt", "..", ".hidden", "C:x", "invoice\u202efdp.exe", "x" * 300, " a"],
)
def test_names_that_are_paths_or_hide_something(folder: Path, server: Running, name: str) -> None:
    refused(attach(server.client, name, b"x"), 422, "unusable")
    assert not (folder / "attachments").exists() and server.client.get(f"{AT}/1").json()["version"] == 1


def test_files_that_are_not_kept(folder: Path) -> None:
    (folder / "cases.toml").write_text("[attachments]\nmegabytes = 1\n")
    with running(folder, most_bytes=2_000_000) as server:
        client = server.client
        refused(attach(client, "large.bin", b"x" * 1_000_001), 422, "unusable")
        refused(attach(client, "larger.bin", b"x" * 2_000_001), 413, "too-large")
        refused(attach(client, "empty.txt", b""), 422, "unusable")
        refused(attach(client, "invoice.pdf", b"MZ\x90"), 422, "unusable")
        refused(attach(client, "a.txt", b"x", number=999), 404, "not-found")
        refused(client.post(f"{AT}/1/attachments", data={"text": "x"}), 422, "invalid")
        assert attach(client, "large.bin", b"x" * 1_000_000).status_code == 201
        assert len([p for p in (folder / "attachments").rglob("*") if p.is_file()]) == 1


def test_a_file_that_is_not_what_was_attached(folder: Path, server: Running) -> None:
    made = attach(server.client, "a.txt", b"proof")
    path = next(p for p in (folder / "attachments").rglob("*") if p.is_file())
    path.write_bytes(b"other")
    told = refused(server.client.get(made.headers["location"]), 503, "unavailable")
    assert str(folder) not in told["detail"] and "is not what was attached" in told["detail"]
    report = server.client.get(LOG).json()
    assert not report["whole"] and report["problems"][0]["kind"] == "attachment"


def test_a_full_disk_is_told_and_nothing_is_half_written(
    folder: Path, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = server.client
    before, head = client.get(f"{AT}/1").json(), client.get(LOG).json()["head"]

    def full(connection: Any, *_: Any) -> None:
        """The database may not grow by a page."""
        if isinstance(connection, sqlite3.Connection):
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", full)
    try:
        with running(folder) as other:  # its connections are made with this limit
            text = "x" * 9_000
            for what, said in (("close", {**FALSE, "text": text}), ("notes", {"text": text})):
                told = refused(act(other.client, 1, what, **said), 507, "disk-full")
                assert "nothing was changed" in told["detail"] and str(folder) not in told["detail"]
    finally:
        event.remove(Engine, "connect", full)

    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(attachments.os, "fsync", no_space)
    told = refused(attach(client, "a.txt", b"proof"), 507, "disk-full")
    assert str(folder) not in told["detail"]
    assert [p for p in (folder / "attachments").rglob("*") if p.is_file()] == []
    monkeypatch.undo()
    assert client.get(f"{AT}/1").json() == before and client.get(LOG).json()["head"] == head
    assert act(client, 1, "close", **FALSE).status_code == 200


def test_evidence_goes_with_the_report_and_the_log_verifies(folder: Path, server: Running) -> None:
    client = server.client
    act(client, 1, "close", **FALSE)
    lines = [json.loads(line) for line in client.get(f"{AT}/export").text.splitlines()]
    assert [line["alert"]["alert"]["number"] for line in lines[:-1]] == list(range(1, LISTED + 1))
    assert lines[-1]["whole"] and lines[-1]["report"]["entries"] == LISTED + 1
    two = client.get(f"{AT}/export", params={"number": [1, 2]})
    assert two.text.count("\n") == 3 and "attachment" in two.headers["content-disposition"]
    assert command("cases", "export", "1", "2", data=folder).text == two.text
    refused(client.get(f"{AT}/export", params={"number": [1, 999]}), 404, "not-found")
    report = client.get(LOG).json()
    assert report["whole"] and (report["entries"], report["alerts"]) == (LISTED + 1, LISTED)
    act(client, 1, "reopen", text="another passport")
    again = client.get(LOG, params={"head": report["head"]}).json()
    assert again["whole"] and again["compared"] == [report["head"]]
    assert not client.get(LOG, params={"head": f"3:{'0' * 64}"}).json()["whole"]
    refused(client.get(LOG, params={"head": "3"}), 422, "invalid")
    entries = client.get(f"{LOG}/export").text.splitlines()
    assert json.loads(entries[-1])["whole"] and len(entries) == LISTED + 3
    assert len(client.get(f"{LOG}/export", params={"since": LISTED}).text.splitlines()) == 3
    with Lists.open(folder) as lists:
        assert Cases(lists).verify().whole


def test_an_alert_is_erased_where_the_policy_lets(folder: Path, server: Running) -> None:
    (folder / "cases.toml").write_text("[retention]\nearly = true\n")
    kept = attach(server.client, "a.txt", b"proof").headers["location"]
    assert act(server.client, 1, "erase", text="request of the customer").json() == {"entries": 2}
    refused(server.client.get(f"{AT}/1"), 404, "not-found")
    refused(server.client.get(kept), 404, "not-found")
    report = server.client.get(LOG).json()
    assert report["whole"] and (report["erased"], report["alerts"]) == (2, LISTED - 1)


def test_the_examples_of_the_schema_work(server: Running) -> None:
    """Each example of a body, on an alert in a state that it fits; its version is that of the alert."""
    client = server.client
    document = client.get("/api/v1/openapi.json").json()
    ready = {"approve": [("close", FALSE)], "reject": [("close", FALSE)], "reopen": [("close", FALSE)]}
    policy = server.settings.data / "cases.toml"
    tried = 0
    for path, item in document["paths"].items():
        body = item.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if not path.startswith("/cases") or body is None:
            continue
        what, (example,) = path.rpartition("/")[2], _examples(document, body)
        tried += 1
        policy.write_text("[four_eyes]\nfalse_alarm = true\n" if what in ("approve", "reject") else "")
        for done, said in ready.get(what, []):
            assert act(client, tried, done, **said).status_code == 200
        if "version" in example:
            example["version"] = client.get(f"{AT}/{tried}").json()["version"]
        if what == "erase":
            policy.write_text("[retention]\nearly = true\n")
        answer = client.post(f"/api/v1{path.replace('{number}', str(tried))}", json=example)
        wanted = (403,) if what == "approve" else (200, 201)  # without keys there is one person
        assert answer.status_code in wanted, (path, example, answer.text)
    assert tried == 11


def _examples(document: dict, body: dict) -> list[dict]:
    found: list[dict] = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]["examples"]
    return found
