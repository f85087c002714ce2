"""/api/v1/dossier, /measures and /lists: what is known, by day."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest

import allonym
from allonym.dossier.assemble import build
from tests.api.serving import refused, running
from tests.command import command, copied, load

SOLES = "reg-cartel-de-los-soles"
TWINS = (
    {"id": "t-1", "schema": "Person", "properties": {"name": ["Osric Fennimore"], "birthDate": ["1950-01-01"]}},
    {"id": "t-2", "schema": "Person", "properties": {"name": ["Osric Fennimore"], "birthDate": ["1980-01-01"]}},
    {"id": "t-3", "schema": "Person", "properties": {"name": ["Ilse Vandermeulen"], "birthDate": ["1961-04-02"]}},
)  # fmt: skip


@pytest.fixture(scope="module")
def data(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    found = copied(history, folder / "data")
    file = folder / "twins.jsonl"
    file.write_bytes(b"".join(orjson.dumps(twin) + b"\n" for twin in TWINS))
    load(found, file, "twins", "2025-02-01")
    return found


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    with running(data) as server:
        yield server.client


def dossier(client: httpx.Client, entity: str, **asked: str) -> httpx.Response:
    return client.get("/api/v1/dossier", params={"entity": entity, **asked})


def test_a_dossier_by_id_is_that_of_the_command(client: httpx.Client, data: Path) -> None:
    told = dossier(client, SOLES).json()
    with allonym.open(data) as lists:
        made = build(lists, SOLES)
    assert (told["id"], told["caption"], told["found_by"]) == (made.entity_id, made.caption, "id")
    assert [n["text"] for n in told["names"]] == [n.text for n in made.names]
    assert [[m["measure"]["measure_id"] for m in g["measures"]] for g in told["groups"]] == [
        [s.measure.measure_id for s in g.measures] for g in made.groups
    ]
    assert set(told["facts"]) == {prop for prop, _ in made.facts}


def test_a_dossier_by_name(client: httpx.Client) -> None:
    answer = dossier(client, "cartel of the suns", network="true")
    assert (answer.json()["id"], answer.json()["found_by"]) == (SOLES, "name")
    assert answer.headers["content-location"] == f"/api/v1/dossier?entity={SOLES}"
    assert answer.json()["network"]["nodes"][0]["entity_id"] == SOLES
    refused(dossier(client, "cartel of the suns", by="id"), 404, "not-found")
    refused(dossier(client, SOLES, by="name"), 404, "not-found")


def test_a_dossier_of_a_day(client: httpx.Client) -> None:
    before, after = (dossier(client, SOLES, as_of=day).json() for day in ("2020-01-01", "2026-01-01"))
    count = [sum(len(group["measures"]) for group in told["groups"]) for told in (before, after)]
    assert count[0] < count[1] and before["later"] > 0
    refused(dossier(client, SOLES, known_at="2020-01-01"), 404, "not-found")


def test_two_actors_of_one_name_are_candidates(client: httpx.Client) -> None:
    told = refused(dossier(client, "Osric Fennimore"), 409, "several")
    assert {candidate["id"] for candidate in told["candidates"]} == {"t-1", "t-2"}


def test_a_merged_id_leads_to_its_actor(data: Path, tmp_path: Path) -> None:
    folder = copied(data, tmp_path / "data")
    with running(folder) as server:
        assert dossier(server.client, "t-3").json()["asked_id"] is None
        assert command("merge", "p-ilse", "t-3", "--reason", "the same person", data=folder).status == 0
        told = [dossier(server.client, entity).json() for entity in ("p-ilse", "t-3")]
        assert told[0]["id"] == told[1]["id"] and told[0]["found_by"] == told[1]["found_by"] == "id"
        assert {"p-ilse", "t-3"} <= {s["entity_id"] for s in told[0]["stated"]}
        assert [t["asked_id"] for t in told if t["asked_id"]]


def test_what_is_no_actor_is_a_problem(client: httpx.Client) -> None:
    refused(dossier(client, "Zyxwv Qwrtplk"), 404, "not-found")
    refused(dossier(client, "..."), 422, "unusable")
    refused(dossier(client, ""), 422, "invalid")
    refused(dossier(client, SOLES, as_of="2025-02-31"), 422, "unusable")
    refused(client.get("/api/v1/dossier"), 422, "invalid")


def measures(client: httpx.Client, **asked: str | int) -> list[dict]:
    answer = client.get("/api/v1/measures", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["measures"]


def test_measures_by_authority_type_state_and_target(client: httpx.Client) -> None:
    every = measures(client, limit=1_000)
    of_ofac = measures(client, authority="us-ofac", limit=1_000)
    assert 0 < len(of_ofac) < len(every)
    assert {m["measure"]["authority"] for m in of_ofac} == {"us-ofac"}
    of_type = measures(client, type="terrorist_designation", limit=1_000)
    assert {m["measure"]["type"] for m in of_type} == {"terrorist_designation"}
    assert {m["state"] for m in measures(client, state="ended", limit=1_000)} == {"ended"}
    upon = measures(client, target="cartel of the suns")
    assert upon and all(SOLES in m["measure"]["targets"] for m in upon)
    assert not measures(client, authority="nobody")


def test_measures_of_a_day_and_in_parts(client: httpx.Client) -> None:
    then = measures(client, as_of="2000-01-01", limit=1_000)
    assert all((m["begun"] or "") <= "2000-01-01" for m in then)
    every = measures(client, limit=1_000)
    assert [*measures(client, limit=7), *measures(client, limit=5, offset=7)] == every[:12]
    refused(client.get("/api/v1/measures", params={"target": "Osric Fennimore"}), 409, "several")
    refused(client.get("/api/v1/measures", params={"limit": 0}), 422, "invalid")
    refused(client.get("/api/v1/measures", params={"state": "odd"}), 422, "invalid")


def test_lists_are_those_of_the_command(client: httpx.Client, data: Path) -> None:
    told = client.get("/api/v1/lists").json()
    rows = command("sources", "--format", "json", data=data).json
    assert [(s["source"], s["snapshot"], s["checksum"]) for s in told["lists"]] == [
        (row["source"], row["snapshot"], row["checksum"]) for row in rows
    ]
    then = client.get("/api/v1/lists", params={"as_of": "2024-06-01"}).json()["lists"]
    assert ("people", "2024-01-31") in [(s["source"], s["snapshot"]) for s in then]
    refused(client.get("/api/v1/lists", params={"as_of": "1900-01-01"}), 404, "not-found")


def test_the_snapshots_and_issues_of_a_list(client: httpx.Client) -> None:
    told = client.get("/api/v1/lists/people/snapshots").json()["lists"]
    assert [s["snapshot"] for s in told] == ["2024-01-31", "2025-01-31"]
    issues = client.get("/api/v1/lists/people/issues", params={"snapshot": "2024-01-31"}).json()
    assert issues["snapshot"] == "2024-01-31" and issues["total"] == sum(issues["codes"].values())
    refused(client.get("/api/v1/lists/nowhere/snapshots"), 404, "not-found")
    refused(client.get("/api/v1/lists/people/issues", params={"snapshot": "1999-01-01"}), 404, "not-found")


def test_a_new_snapshot_is_there_at_the_next_request(history: Path, data: Path, tmp_path: Path) -> None:
    folder = copied(history, tmp_path / "data")
    with running(folder) as server:
        asked = {"query": "Osric Fennimore"}
        assert server.client.post("/api/v1/screen", json=asked).json()["results"][0]["hits"] == []
        load(folder, data.parent / "twins.jsonl", "twins", "2025-02-01")
        answer = server.client.post("/api/v1/screen", json=asked).json()
        assert answer["results"][0]["hits"] and answer["lists"]["twins"] == "2025-02-01"
