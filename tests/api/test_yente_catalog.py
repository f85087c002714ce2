"""Health, catalogue, algorithms, updates, manifests."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from allonym.api.app import create
from allonym.api.settings import Settings
from allonym.api.yente import manifest
from allonym.api.yente.load import main, refresh
from allonym.errors import InputError
from tests.api import yente_files
from tests.api.conftest import TOKEN
from tests.command import copied

ROW = {"name", "title", "license", "summary", "description", "url", "updated_at", "last_export", "entity_count",
       "thing_count", "version", "category", "tags", "publisher", "coverage", "resources", "children", "deprecation",
       "deprecated", "load", "entities_url", "delta_url", "namespace", "index_version", "index_current"}  # fmt: skip


def test_health(yente: TestClient, new_folder: Path, tmp_path: Path) -> None:
    assert yente.get("/healthz").json() == {"status": "ok"} == yente.get("/readyz").json()
    with TestClient(create(Settings(copied(new_folder, tmp_path / "data")))) as fresh:
        assert fresh.get("/healthz").status_code == 200
        answer = fresh.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"detail": "Index not ready."})
        body = {"queries": {"a": {"schema": "Person", "properties": {"name": "Zoltan Vornik"}}}}
        assert fresh.post("/match/default", json=body).status_code == 503, "nobody is told that there is no hit"
        assert fresh.get("/search/default").status_code == 503 == fresh.get("/reconcile/default").status_code


def test_the_catalogue(yente: TestClient) -> None:
    found = yente.get("/catalog").json()
    assert found == yente.get("/manifest").json()
    assert set(found) == {"datasets", "current", "outdated", "index_stale"}
    assert found["current"] == ["blocklist", "donations", "us_ofac_sdn"] and found["outdated"] == []
    rows = {row["name"]: row for row in found["datasets"]}
    assert list(rows) == ["blocklist", "donations", "us_ofac_sdn", "1_everything", "some"]
    assert all(set(row) == ROW for row in rows.values())
    listed = rows["blocklist"]
    assert (listed["version"], listed["index_version"], listed["index_current"]) == ("2026112401", "2026112401", True)
    assert (listed["entity_count"], listed["thing_count"], listed["license"]) == (10, 6, "CC0")
    assert len(rows["donations"]["version"]) == 14
    assert rows["1_everything"]["load"] is False and rows["some"]["children"] == ["blocklist"]
    assert rows["1_everything"]["entity_count"] == 30


def test_the_catalogue_is_not_sent_twice(yente: TestClient) -> None:
    first = yente.get("/catalog")
    tag = first.headers["etag"]
    assert tag.startswith('"') and first.headers["cache-control"] == "public, max-age=300"
    for known in (tag, f'"other", {tag}', "*"):
        again = yente.get("/catalog", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (tag, "public, max-age=300")
    assert yente.get("/catalog", headers={"if-none-match": '"other"'}).status_code == 200


def test_algorithms(yente: TestClient) -> None:
    found = yente.get("/algorithms").json()
    assert (found["default"], found["best"]) == ("best", "allonym")
    (ours,) = found["algorithms"]
    assert set(ours) == {"name", "description", "features", "docs"}
    assert set(ours["docs"]) == {"name", "description", "config", "features"}
    assert all(set(one) == {"description", "coefficient", "url"} for one in ours["features"].values())
    body = {"queries": {"a": {"schema": "Person", "properties": {"name": "Zoltan Vornik", "birthDate": "1961"}}}}
    answer = yente.post("/match/blocklist?algorithm=allonym", json=body).json()
    assert set(answer["responses"]["a"]["results"][0]["explanations"]) <= set(ours["features"])


def test_an_update_needs_the_token(yente: TestClient, yente_settings: Settings) -> None:
    for params in ({}, {"token": ""}, {"token": "wrong"}, {"token": "ü"}):
        answer = yente.post("/updatez", params=params)
        assert (answer.status_code, answer.json()) == (403, {"detail": "Invalid token."})
    with TestClient(create(Settings(yente_settings.data, yente_settings.manifest))) as closed:
        assert closed.post("/updatez?token=").status_code == 403


def test_an_update_brings_what_changed(new_folder: Path, tmp_path: Path) -> None:
    path = yente_files.write(tmp_path)
    settings = Settings(copied(new_folder, tmp_path / "data"), path, update_token=TOKEN)
    refresh(settings.data, path)
    new: dict[str, Any] = yente_files.entity("bl-new", "Person", {"name": ["Ophelia Krantz"]})
    with TestClient(create(settings)) as client:
        assert client.get("/entities/bl-new").status_code == 404
        yente_files.write_list(tmp_path / "blocklist.ftm.json", [*yente_files.BLOCKLIST[1:], new])
        assert client.post("/updatez", params={"token": TOKEN, "sync": "true"}).json() == {"status": "ok"}
        assert client.get("/entities/bl-new").json()["caption"] == "Ophelia Krantz"
        assert client.get("/entities/bl-vornik").status_code == 404
        body = {"queries": {"a": {"schema": "Person", "properties": {"name": "Ophelia Krantz", "birthDate": "1970"}}}}
        assert client.post("/match/blocklist?cutoff=0.3", json=body).json()["responses"]["a"]["results"]
        # what was there before comes back, though it is older than what is loaded
        yente_files.write_list(tmp_path / "blocklist.ftm.json", yente_files.BLOCKLIST)
        client.post("/updatez", params={"token": TOKEN, "sync": "true"})
        assert client.get("/entities/bl-vornik").json()["caption"] == "Zoltan VORNIK"
        assert client.get("/entities/bl-new").status_code == 404


def test_a_broken_file_leaves_the_old_lists(new_folder: Path, tmp_path: Path) -> None:
    path = yente_files.write(tmp_path)
    settings = Settings(copied(new_folder, tmp_path / "data"), path, update_token=TOKEN)
    refresh(settings.data, path)
    (tmp_path / "odd.ftm.json").write_text("{broken\n")
    with pytest.raises(InputError, match="us_ofac_sdn"):
        refresh(settings.data, path)
    with TestClient(create(settings)) as client:
        assert client.get("/entities/odd-1").status_code == 200


def test_what_cannot_be_written_is_told_in_one_line(
    new_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    data = copied(new_folder, tmp_path / "data")
    (data / "served").write_text("in the way")
    assert main([str(data)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("allonym: ") and "cannot be written" in line
    assert main([str(data), str(tmp_path / "none.yml")]) == 2


def test_without_a_manifest_the_lists_are_served(history: Path, tmp_path: Path) -> None:
    data = copied(history, tmp_path / "data")
    refresh(data, None)
    with TestClient(create(Settings(data))) as client:
        names = [row["name"] for row in client.get("/catalog").json()["datasets"]]
        assert names == ["default", "people", "register"]
        body = {"queries": {"a": {"schema": "Thing", "properties": {"name": "Cartel de los Soles"}}}}
        found = client.post("/match/default", json=body).json()["responses"]["a"]["results"]
        assert found[0]["id"] == "reg-cartel-de-los-soles"


WRONG = [
    ("datasets: []", "no `datasets`"),
    ("- a", "a manifest is an object"),
    ("datasets: [{name: A B, path: x}]", "small letters"),
    ("datasets: [{name: a}]", "neither"),
    ("datasets: [{name: a, path: nowhere.json}]", "no such file"),
    ("datasets: [{name: a, entities_url: 'https://x.example/a.json'}]", "addresses are not fetched"),
    ("datasets: [{name: a, children: [b]}]", "names what is not there: b"),
    ("datasets: [{name: a, children: [a]}, {name: a, children: [a]}]", "there twice"),
    ("datasets: [{name: a, path: m.yml, namespace: true}]", "`namespace` is not supported"),
    ("catalogs: [{url: 'https://x.example'}]\ndatasets: [{name: a, children: [a]}]", "`catalogs` are addresses"),
    ("{", "no valid YAML"),
    ("a: &a [*a, *a]", "no `datasets`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_wrong_manifests_are_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "m.yml").write_text(text)
    with pytest.raises(InputError, match=told):
        manifest.read(tmp_path / "m.yml")


def test_a_manifest_in_json(tmp_path: Path) -> None:
    (tmp_path / "a.ftm.json").write_text("")
    (tmp_path / "m.json").write_text('{"datasets": [{"name": "a", "path": "a.ftm.json", "last_export": "2026-01-02"}]}')
    found = manifest.read(tmp_path / "m.json")
    assert found.datasets["a"].version == "20260102" and found.scope("a") == {"a"}


def test_names_of_other_characters_become_names_of_lists() -> None:
    for name in ("1_everything", "us_ofac_sdn", "register", "ftm", "x_extract", "z" * 90):
        assert manifest.SOURCE.fullmatch(manifest.source_name(name)) and manifest.source_name(name) != name
    assert manifest.source_name("mine") == "mine"
