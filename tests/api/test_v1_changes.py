"""/api/v1/watches: files that are watched, and what changed."""

from pathlib import Path

import httpx
import pytest

from allonym.lists import Lists
from allonym.watching import Watching
from tests.api.serving import refused, running
from tests.command import PEOPLE_2024, PEOPLE_2025, load

AT = "/api/v1/watches"
CUSTOMERS = "id,name,born\n1,Ilse Vandermeulen,1961-04-02\n2,Norrland Tidewater Shipping AB,\n3,...,\n"


def watch(client: httpx.Client, name: str = "vendors", content: str = CUSTOMERS, **form: str) -> httpx.Response:
    return client.post(AT, files={"file": ("c.csv", content.encode())}, data={"name": name, **form})


def test_a_file_is_watched_and_its_changes_told(data: Path) -> None:
    load(data, PEOPLE_2024, "people", "2024-01-31")
    with running(data) as server:
        client = server.client
        added = watch(client)
        assert (added.status_code, added.headers["location"]) == (201, f"{AT}/vendors"), added.text
        assert (added.json()["customers"], added.json()["rejects"]) == (2, 1)
        assert [w["name"] for w in client.get(AT).json()["watches"]] == ["vendors"]
        assert client.get(f"{AT}/vendors").json()["view"] == added.json()["view"]
        assert client.get(f"{AT}/vendors/changes").json()["events"] == []

        load(data, PEOPLE_2025, "people", "2025-01-31")
        seen = client.get(f"{AT}/vendors/changes").json()
        assert seen["events"] and seen["from"]["people"] == "2024-01-31" and seen["to"]["people"] == "2025-01-31"
        assert client.get(f"{AT}/vendors/changes").json() == seen
        assert client.post(f"{AT}/vendors/changes").json()["events"] == seen["events"]
        assert client.get(f"{AT}/vendors/changes").json()["events"] == []
        again = client.get(f"{AT}/vendors/changes", params={"since": "2024-06-01", "all": "true"}).json()
        assert len(again["events"]) >= len(seen["events"])
        assert client.get(f"{AT}/vendors/changes", params={"since": added.json()["view"]}).json()["events"]
        assert client.delete(f"{AT}/vendors").status_code == 204
        refused(client.get(f"{AT}/vendors"), 404, "not-found")
        assert not list((data / "watches" / "files").iterdir())


@pytest.mark.parametrize(
    ("content", "form", "kind"),
    [
        ("", {}, "unusable"),
        ("name\n...\n", {}, "unusable"),
        ("id,name\n1,a\n1,b\n", {}, "unusable"),
        (CUSTOMERS, {"name": "../x"}, "invalid"),
        (CUSTOMERS, {"sources": "nowhere"}, "unusable"),
        (CUSTOMERS, {"schema": "Nothing"}, "unusable"),
        (CUSTOMERS, {"threshold": "7"}, "invalid"),
    ],
)
def test_what_cannot_be_watched_is_refused(data: Path, content: str, form: dict, kind: str) -> None:
    with running(data) as server:
        refused(watch(server.client, content=content, **form), 422, kind)
        assert server.client.get(AT).json() == {"watches": []}
        folder = data / "watches" / "files"
        assert not folder.exists() or not list(folder.iterdir())


def test_a_name_that_is_taken_and_a_watch_that_is_busy(data: Path) -> None:
    with running(data) as server:
        client = server.client
        assert watch(client).status_code == 201
        refused(watch(client), 409, "conflict")
        with Lists.open(data) as lists, Watching(lists).held():
            refused(client.post(f"{AT}/vendors/changes"), 503, "busy")
            refused(client.delete(f"{AT}/vendors"), 503, "busy")
        for path in (f"{AT}/other/changes", f"{AT}/other"):
            refused(client.get(path), 404, "not-found")
        refused(client.get(f"{AT}/vendors/changes", params={"since": "whenever"}), 422, "invalid")
        refused(client.get(f"{AT}/vendors/changes", params={"since": "0123456789abcdef"}), 422, "unusable")
