"""The reconciliation API: in yente's form, and in the form OpenRefine needs."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

BASE = "/reconcile/1_everything"


def reconcile(client: TestClient, queries: dict[str, Any], **params: Any) -> Any:
    answer = client.post(BASE, data={"queries": json.dumps(queries)}, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def extend(client: TestClient, ids: list[str], *properties: dict[str, Any]) -> Any:
    answer = client.post(BASE, data={"extend": json.dumps({"ids": ids, "properties": properties})})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_service(yente: TestClient) -> None:
    found = yente.get(f"{BASE}?api_key=secret").json()
    assert found["versions"] == ["0.2"] and found["name"] == "Everything (yente)" and found["batchSize"] == 3
    assert found["identifierSpace"].startswith("https://www.opensanctions.org")
    assert found["preview"]["width"] == 430 and found["preview"]["height"] == 600
    assert "{{id}}" in found["view"]["url"] and found["documentation"].startswith("http://127.0.0.1:8000")
    for kind in ("entity", "type", "property"):
        told = found["suggest"][kind]
        address = f"http://127.0.0.1:8000{BASE}"
        assert told == {"service_url": address, "service_path": f"/suggest/{kind}?api_key=secret"}
    proposed = found["extend"]["propose_properties"]
    assert proposed["service_path"] == "/extend/property?api_key=secret"
    assert [one["name"] for one in found["extend"]["propose_settings"]] == ["limit", "render"]
    assert found["extend"]["property_settings"] == found["extend"]["propose_settings"], "what OpenRefine reads"
    kinds = {one["id"] for one in found["defaultTypes"]}
    assert {"Person", "Company", "Organization", "LegalEntity", "Vessel", "Thing"} <= kinds and "Payment" not in kinds
    assert yente.get("/reconcile/nowhere").json() == {"detail": "No such dataset."}


def test_queries(yente: TestClient) -> None:
    answer = yente.post(BASE, data={"queries": json.dumps({"q0": {"query": "Zoltan Vornik", "type": "Person"}})})
    assert answer.headers["x-batch-size"] == "1"
    best = answer.json()["q0"]["result"][0]
    assert set(best) == {"id", "name", "description", "type", "score", "match"}
    assert (best["id"], best["name"], best["description"]) == ("bl-vornik", "Zoltan VORNIK", "Person")
    assert best["type"] == [{"id": "Person", "name": "People", "description": best["type"][0]["description"]}]
    assert 0 < best["score"] <= 1 and best["match"] is (best["score"] >= 0.7)


def test_properties_of_queries(yente: TestClient) -> None:
    def score(*properties: dict[str, Any]) -> float:
        query = {"query": "Zoltan Vornik", "type": ["Person", "Company"], "properties": list(properties)}
        return float(reconcile(yente, {"q": query})["q"]["result"][0]["score"])

    plain = score()
    assert score({"pid": "Person:birthDate", "v": "1961-04-12"}) > plain
    assert score({"pid": "birthDate", "v": 1961}) > plain, "a number, and a name without its schema"
    assert score({"pid": "Person:nationality", "v": {"id": "ru", "name": "Russia"}}) > plain, "a cell that was matched"
    assert score({"pid": "Person:birthDate", "v": ["1961-04-12", None]}) > plain
    assert score({"pid": "Person:nosuch", "v": "x"}) == plain == score({"pid": "nosuch", "v": "x"})


def test_an_id_is_found(yente: TestClient) -> None:
    (found,) = reconcile(yente, {"q": {"query": "bl-harbour"}})["q"]["result"]
    assert (found["id"], found["score"], found["match"]) == ("bl-harbour", 1.0, True)


def test_limit_and_change(yente: TestClient) -> None:
    assert len(reconcile(yente, {"q": {"query": "Gustav Brenner", "limit": 1}})["q"]["result"]) == 1
    assert reconcile(yente, {"q": {"query": "Zoltan Vornik"}}, changed_since="2025-06-01")["q"]["result"] == []


def test_by_get(yente: TestClient) -> None:
    queries = json.dumps({"q": {"query": "bl-harbour"}})
    assert yente.get(BASE, params={"queries": queries}).json()["q"]["result"][0]["id"] == "bl-harbour"
    columns = json.dumps({"ids": ["bl-harbour"], "properties": [{"id": "jurisdiction"}]})
    assert yente.get(BASE, params={"extend": columns}).json()["rows"]["bl-harbour"] == {
        "jurisdiction": [{"str": "Cyprus"}]}  # fmt: skip


def test_extend(yente: TestClient) -> None:
    asked = ({"id": "nationality"}, {"id": "Thing:name", "settings": {"limit": 1}}, {"id": "addressEntity"},
             {"id": "nosuch"})  # fmt: skip
    found = extend(yente, ["bl-vornik", "unknown"], *asked)
    assert found["meta"] == [{"id": "nationality", "name": "Nationality"}, {"id": "Thing:name", "name": "Name"},
                             {"id": "addressEntity", "name": "Address"}]  # fmt: skip
    assert found["rows"] == {
        "bl-vornik": {"nationality": [{"str": "Russia"}], "Thing:name": [{"str": "Zoltan Vornik"}],
                      "addressEntity": [{"str": "1 Harbour Road, Sevastopol"}]},
        "unknown": {},
    }  # fmt: skip
    raw = extend(yente, ["bl-vornik"], {"id": "nationality", "settings": {"render": "raw"}})
    assert raw["rows"]["bl-vornik"] == {"nationality": [{"str": "ru"}]}


def test_a_multipart_form(yente: TestClient) -> None:
    files = {"queries": (None, json.dumps({"q": {"query": "bl-harbour"}}))}
    assert yente.post(BASE, files=files).json()["q"]["result"][0]["id"] == "bl-harbour"
    uploaded = {"queries": ("x.txt", b"{}")}
    assert yente.post(BASE, files=uploaded).status_code == 400


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({}, "No queries or extend request provided."),
        ({"queries": "{"}, "ReconcileQueries"),
        ({"queries": '{"q": 3}'}, "ReconcileQueries"),
        ({"extend": "[]"}, "ReconcileExtend"),
        ({"extend": '{"ids": 3, "properties": []}'}, "ReconcileExtend"),
        ({"queries": '{"q": {"query": "x", "type": "Banana"}}'}, "Invalid type: 'Banana'"),
        ({"queries": "[" * 100_000}, "ReconcileQueries"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(101)})},
         "Too many queries in one batch (limit: 100)"),
    ],
)  # fmt: skip
def test_what_is_refused(yente: TestClient, fields: dict[str, str], detail: str) -> None:
    answer = yente.post(BASE, data=fields)
    assert answer.status_code == 400 and answer.json()["detail"] == detail
    assert ("errors" in answer.json()) is detail.startswith("Reconcile")


def test_a_referent_cannot_be_extended(yente: TestClient) -> None:
    columns = json.dumps({"ids": ["old-vornik"], "properties": [{"id": "name"}]})
    assert yente.post(BASE, data={"extend": columns}).status_code == 400


def test_suggest_entities(yente: TestClient) -> None:
    found = yente.get(f"{BASE}/suggest/entity", params={"prefix": "zoltan vor"}).json()
    assert {key: found[key] for key in ("code", "status", "prefix")} == {
        "code": "/api/status/ok", "status": "200 OK", "prefix": "zoltan vor"}  # fmt: skip
    (one,) = found["result"]
    assert set(one) == {"id", "name", "description", "type"} and one["id"] == "bl-vornik"
    assert one["name"] == "Zoltan Vornik", "FtM's pick, not the stored caption"

    def ids(prefix: str, **params: Any) -> list[str]:
        rows = yente.get(f"{BASE}/suggest/entity", params={"prefix": prefix, **params}).json()["result"]
        return [row["id"] for row in rows]

    assert ids("") == [] == ids("  ") == ids("?!")
    assert ids("bl-harbour") == ["bl-harbour"], "an id"
    assert len(ids("vornik", limit=2)) == 2 and ids("vornik", limit=0) == []
    assert ids('vor" OR names') == []


def test_suggest_properties_and_types(yente: TestClient) -> None:
    props = yente.get(f"{BASE}/suggest/property", params={"prefix": "birth"}).json()["result"]
    assert 0 < len(props) <= 5 and {"id", "name", "description"} == set(props[0])
    assert "Person:birthDate" in {one["id"] for one in props}
    assert yente.get(f"{BASE}/suggest/property", params={"prefix": "addressEntity"}).json()["result"] == []
    types = yente.get(f"{BASE}/suggest/type", params={"prefix": "per"}).json()["result"]
    assert [(one["id"], one["name"]) for one in types] == [("Person", "People")]
    assert len(yente.get(f"{BASE}/suggest/type").json()["result"]) <= 5


def test_proposed_columns(yente: TestClient) -> None:
    found = yente.get(f"{BASE}/extend/property", params={"type": "Person", "limit": 3}).json()
    assert (found["limit"], found["type"]) == (3, "Person")
    assert {one["id"] for one in found["properties"]} == {"name", "nationality", "birthDate"}
    every = yente.get(f"{BASE}/extend/property").json()["properties"]
    assert [one["name"] for one in every] == sorted(one["name"] for one in every) and len(every) > 10
    assert yente.get(f"{BASE}/extend/property?type=Banana").status_code == 400


def test_the_preview_lets_no_script_through(yente: TestClient) -> None:
    page = yente.get(f"{BASE}/preview?id=bl-script")
    assert page.status_code == 200 and "<script" not in page.text and "&lt;script&gt;" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "Zoltan VORNIK" in yente.get(f"{BASE}/preview?id=old-vornik").text
    assert yente.get(f"{BASE}/preview?id=none").status_code == 404
