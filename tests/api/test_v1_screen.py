"""/api/v1/screen: one query, and batches."""

import math
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.serving import refused, running

SOLES = "reg-cartel-de-los-soles"


@pytest.fixture(scope="module")
def client(history: Path) -> Iterator[httpx.Client]:
    with running(history) as server:
        yield server.client


def hits(answer: httpx.Response) -> list[list[dict]]:
    assert answer.status_code == 200, answer.text
    return [result["hits"] for result in answer.json()["results"]]


def test_a_name_is_found_with_reasons_and_snapshots(client: httpx.Client) -> None:
    answer = client.post("/api/v1/screen", json={"query": "cartel of the suns"})
    ((hit, *_),) = hits(answer)
    assert (hit["id"], hit["match"], hit["schema"]) == (SOLES, True, "Organization")
    assert hit["reasons"] and set(answer.json()["lists"]) == {"people", "register"}
    total = sum(reason["weight"] for reason in hit["evidence"])
    assert hit["score"] == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)


def test_an_entity_is_asked_as_ftm_has_it(client: httpx.Client) -> None:
    entity = {"id": "c-1", "schema": "Person", "properties": {"name": "Ilse Vandermeulen", "birthDate": ["1961-04-02"]}}
    answer = client.post("/api/v1/screen", json={"query": entity, "explain": False})
    ((hit, *_),) = hits(answer)
    assert (hit["id"], answer.json()["results"][0]["id"]) == ("p-ilse", "c-1")
    assert "evidence" not in hit


def test_nobody_is_an_empty_list(client: httpx.Client) -> None:
    assert hits(client.post("/api/v1/screen", json={"query": "Zyxwv Qwrtplk"})) == [[]]


def test_what_is_not_understood_is_left_out_and_told(client: httpx.Client) -> None:
    entity = {"schema": "Person", "properties": {"name": ["Ilse Vandermeulen"], "birthDate": ["soon"], "wings": "2"}}
    answer = client.post("/api/v1/screen", json={"query": entity})
    assert hits(answer)[0][0]["id"] == "p-ilse"
    assert len(answer.json()["results"][0]["notes"]) == 2


def test_lists_of_a_day_answer(client: httpx.Client) -> None:
    asked = {"query": "Ilse Vandermeulen", "as_of": "2024-06-01", "sources": ["people"]}
    answer = client.post("/api/v1/screen", json=asked)
    assert answer.json()["lists"]["people"] == "2024-01-31"


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ({}, 422, "invalid"),
        ({"query": ""}, 422, "invalid"),
        ({"query": "x" * 1_001}, 422, "invalid"),
        ({"query": "---"}, 422, "unusable"),
        ({"query": "a", "threshold": 2}, 422, "invalid"),
        ({"query": "a", "limit": 0}, 422, "invalid"),
        ({"query": "a", "as_of": "yesterday"}, 422, "invalid"),
        ({"query": "a", "as_of": "2025-13-45"}, 422, "unusable"),
        ({"query": "a", "as_of": "1900-01-01"}, 404, "not-found"),
        ({"query": "a", "sources": ["nowhere"]}, 422, "unusable"),
        ({"query": "a", "wrong": 1}, 422, "invalid"),
        ({"query": {"schema": "Nothing", "properties": {"name": ["a"]}}}, 422, "unusable"),
        ({"query": {"schema": "Person", "properties": {"birthDate": ["1961"]}}}, 422, "unusable"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(client: httpx.Client, asked: dict, status: int, kind: str) -> None:
    refused(client.post("/api/v1/screen", json=asked), status, kind)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"query": "\\ud800"}', b'{"query": 1e999}'])
def test_a_body_that_is_none_is_a_problem(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/api/v1/screen", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    refused(answer, answer.status_code, "malformed" if answer.status_code == 400 else "invalid")


def test_names_that_are_script_tags_come_back_as_data(client: httpx.Client) -> None:
    name = "<script>alert(1)</script> cartel of the suns"
    answer = client.post("/api/v1/screen", json={"query": {"id": name, "properties": {"name": [name]}}})
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.json()["results"][0]["id"] == name


def test_a_batch_keeps_its_order(client: httpx.Client) -> None:
    queries = ["Ilse Vandermeulen", {"id": "7", "properties": {"name": ["cartel of the suns"]}}, "Zyxwv Qwrtplk"]
    answer = client.post("/api/v1/screen/batch", json={"queries": queries, "limit": 1})
    assert [[hit["id"] for hit in found] for found in hits(answer)] == [["p-ilse"], [SOLES], []]
    assert [(r["query"], r["id"]) for r in answer.json()["results"]] == [(0, None), (1, "7"), (2, None)]


def test_a_batch_says_which_queries_are_wrong(client: httpx.Client) -> None:
    told = refused(client.post("/api/v1/screen/batch", json={"queries": ["a", "--", "b", "!!"]}), 422, "unusable")
    assert [wrong["at"] for wrong in told["errors"]] == ["body/queries/1", "body/queries/3"]


def test_ten_thousand_queries_are_answered_and_one_more_is_refused(client: httpx.Client) -> None:
    queries = [f"Person {number} Vandermeulen" for number in range(10_000)]
    began = time.monotonic()
    answer = client.post("/api/v1/screen/batch", json={"queries": queries, "limit": 1})
    assert len(hits(answer)) == 10_000
    assert time.monotonic() - began < 50
    told = refused(client.post("/api/v1/screen/batch", json={"queries": [*queries, "x"]}), 413, "too-large")
    assert "10,001 queries" in told["detail"] and "10,000" in told["detail"]


def test_paths_and_methods_that_are_not_there_are_problems(client: httpx.Client) -> None:
    refused(client.get("/api/v1/nowhere"), 404, "not-found")
    refused(client.get("/api/v1/screen"), 405, "method-not-allowed")
    refused(client.post("/api/v1/screen", content=b"query=x", headers={"Content-Type": "text/plain"}), 422, "invalid")


def test_every_type_of_problem_is_described(client: httpx.Client) -> None:
    from allonym.api.problem import KINDS

    for kind, known in KINDS.items():
        told = client.get(f"/api/v1/problems/{kind}").json()
        assert (told["status"], told["title"]) == (known.status, known.title)
    refused(client.get("/api/v1/problems/other"), 404, "not-found")
