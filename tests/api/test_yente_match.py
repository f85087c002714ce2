"""POST /match/{dataset}."""

from typing import Any

import pytest
from starlette.testclient import TestClient

KEYS = {"id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen",
        "last_change"}  # fmt: skip
VORNIK = {"schema": "Person", "properties": {"name": ["Zoltan Vornik"], "birthDate": "1961-04-12"}}


def match(client: TestClient, *queries: dict[str, Any], dataset: str = "1_everything", **params: Any) -> Any:
    body = {"queries": {f"q{number}": one for number, one in enumerate(queries)}}
    answer = client.post(f"/match/{dataset}", json=body, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(client: TestClient, query: dict[str, Any], **params: Any) -> list[str]:
    return [one["id"] for one in match(client, query, **params)["responses"]["q0"]["results"]]


def test_an_answer_in_full(yente: TestClient) -> None:
    query = {**VORNIK, "id": "mine"}
    answer = yente.post("/match/blocklist", json={"queries": {"a": query}})
    assert answer.headers["x-batch-size"] == "1"
    found = answer.json()
    assert found["limit"] == 5 and set(found) == {"responses", "limit"}
    one = found["responses"]["a"]
    assert one["status"] == 200 and one["total"] == {"value": 1, "relation": "eq"}
    assert one["query"] == {"id": "mine", "schema": "Person",
                            "properties": {"name": ["Zoltan Vornik"], "birthDate": ["1961-04-12"]}}  # fmt: skip
    best = one["results"][0]
    assert set(best) == KEYS | {"score", "match", "explanations"}
    assert best["id"] == "bl-vornik" and best["match"] is True and 0.9 < best["score"] <= 1
    for told in best["explanations"].values():
        assert set(told) == {"detail", "score", "query", "candidate"}
    assert {"prior", "name_part_exact", "birth_date"} <= set(best["explanations"])


def test_the_entity_is_as_the_file_says(yente: TestClient) -> None:
    best = match(yente, VORNIK)["responses"]["q0"]["results"][0]
    assert best["caption"] == "Zoltan VORNIK" and best["referents"] == ["old-vornik"]
    assert (best["first_seen"], best["last_seen"], best["last_change"]) == (
        "2023-01-10T08:00:00", "2024-06-01T08:00:00", "2024-03-05T10:30:00")  # fmt: skip
    assert best["target"] is True, "recomputed, whatever the file says"
    assert best["datasets"] == ["blocklist"], "cut to what is served"
    assert best["properties"]["name"] == ["Zoltan Vornik", "Золтан Ворник"]
    other = match(yente, {"schema": "Company", "properties": {"name": "Gustav Brenner GmbH"}})
    found = other["responses"]["q0"]["results"][0]
    assert found["first_seen"] is None and found["target"] is False and found["datasets"] == ["donations"]


def test_scores_are_those_of_screening(yente: TestClient) -> None:
    import allonym

    listed = {"schema": "Person", "properties": {"name": ["Mirela Vornik"], "birthDate": ["1965"], "country": ["ru"],
                                                 "gender": ["female"]}}  # fmt: skip
    asked = {"schema": "Person", "properties": {"name": ["Mirella Vornik"], "birthDate": ["1965"]}}
    (best, *_) = match(yente, asked)["responses"]["q0"]["results"]
    compared = allonym.compare(asked, listed)
    assert best["score"] == pytest.approx(compared.score, abs=1e-6)
    assert sum(one["score"] for one in best["explanations"].values()) == pytest.approx(
        sum(one.weight for one in compared.evidence), abs=0.01)  # fmt: skip


def test_values_are_cleaned_and_echoed(yente: TestClient) -> None:
    query = {"schema": "Person", "properties": {"name": "Zoltan Vornik", "nationality": "Russia", "birthDate": 1961,
                                                "imoNumber": ["9"], "nonsense": ["x"], "gender": None}}  # fmt: skip
    echo = match(yente, query)["responses"]["q0"]["query"]
    assert echo == {"id": None, "schema": "Person", "properties": {"name": ["Zoltan Vornik"], "nationality": ["ru"],
                                                                   "birthDate": ["1961"]}}  # fmt: skip


def test_names_of_parts_and_identifiers_alone(yente: TestClient) -> None:
    parts = {"schema": "Person", "properties": {"firstName": ["Gustav"], "lastName": ["Brenner"]}}
    assert ids(yente, parts, cutoff=0.3)[0] == "do-brenner"
    assert "bl-vornik" in ids(yente, {"schema": "Person", "properties": {"passportNumber": "RV 4456120"}}, cutoff=0.1)


def test_limits_of_score(yente: TestClient) -> None:
    near = {"schema": "Person", "properties": {"name": ["Zoltan Vornyk"], "birthDate": ["1975"]}}
    all_of_them = match(yente, near, cutoff=0, threshold=0.99)["responses"]["q0"]
    assert all_of_them["results"] and all_of_them["total"]["value"] == 0
    scores = [one["score"] for one in all_of_them["results"]]
    assert scores == sorted(scores, reverse=True) and not any(one["match"] for one in all_of_them["results"])
    # a cutoff above the threshold counts for the threshold
    assert match(yente, VORNIK, cutoff=1, threshold=0.5)["responses"]["q0"]["results"]


def test_no_results_wanted_but_a_total(yente: TestClient) -> None:
    one = match(yente, VORNIK, limit=0)["responses"]["q0"]
    assert one["results"] == [] and one["total"]["value"] == 1


def test_scope_and_filters(yente: TestClient) -> None:
    assert ids(yente, VORNIK, dataset="some") == ["bl-vornik"]
    assert ids(yente, VORNIK, dataset="donations") == []
    assert ids(yente, VORNIK, include_dataset="blocklist") == ["bl-vornik"]
    assert ids(yente, VORNIK, include_dataset="donations") == []
    assert ids(yente, VORNIK, exclude_dataset=["blocklist", "nowhere"]) == []
    assert ids(yente, VORNIK, exclude_dataset="1_everything") == []
    assert ids(yente, VORNIK, exclude_schema="Person") == []
    assert ids(yente, VORNIK, topics=["crime", "gov"]) == ["bl-vornik"]
    assert ids(yente, VORNIK, topics="gov") == []
    assert ids(yente, VORNIK, changed_since="2024-03-04") == ["bl-vornik"]
    assert ids(yente, VORNIK, changed_since="2024-03-05T10:30:00") == [], "strictly later"
    brenner = {"schema": "Person", "properties": {"name": ["Gustav Brenner"], "birthDate": "1950-02-03"}}
    assert ids(yente, brenner) == ["do-brenner"]
    assert ids(yente, brenner, changed_since="1900-01-01") == [], "what does not say when it changed is out"
    assert ids(yente, VORNIK, exclude_entity_ids="bl-vornik") == []
    assert ids(yente, VORNIK, exclude_entity_ids=["x", "old-vornik"]) == [], "by referent too"


def test_schemata_fit(yente: TestClient) -> None:
    name = {"name": ["Vornik Harbour Logistics LLC"]}
    for schema in ("Company", "Organization", "LegalEntity", "Thing"):
        expected = ["bl-harbour"] if schema in ("Company", "Thing") else None
        found = ids(yente, {"schema": schema, "properties": name})
        assert expected is None or found == expected
    assert ids(yente, {"schema": "Person", "properties": name}, cutoff=0.1) != ["bl-harbour"]
    assert ids(yente, {"schema": "Vessel", "properties": {"imoNumber": "9187629", "name": "Crooked Spoon"}}) == [
        "odd-1"
    ]


def test_unknown_parameters_and_weights_are_ignored(yente: TestClient) -> None:
    body = {"queries": {"a": VORNIK}, "weights": {"nonsense": 3}}
    assert yente.post("/match/blocklist?fuzzy=false", json=body).status_code == 200
    assert ids(yente, VORNIK, algorithm=" BEST ") == ["bl-vornik"]


def test_a_body_without_a_type_is_json(yente: TestClient) -> None:
    content = b'{"queries": {"a": {"schema": "Person", "properties": {"name": "Zoltan Vornik"}}}}'
    assert yente.post("/match/blocklist", content=content).status_code == 200
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert yente.post("/match/blocklist", content=content, headers=kind).status_code == 422


def test_a_large_batch_is_answered_by_key(yente: TestClient) -> None:
    queries = {f"k{number}": VORNIK for number in range(100)}
    found = yente.post("/match/blocklist", json={"queries": queries}).json()["responses"]
    assert list(found) == list(queries) and all(one["results"][0]["id"] == "bl-vornik" for one in found.values())


BAD_REQUESTS = [
    ({"queries": {}}, "No queries provided."),
    ({"queries": {str(n): VORNIK for n in range(101)}}, "Too many queries in one batch (limit: 100)"),
    ({"queries": {"a": VORNIK, "b": {"schema": "X", "properties": {}}}},
     "Cannot parse example entity: Unknown schema: 'X'"),
    ({"queries": {"a": {"schema": "Sanction", "properties": {}}}},
     "Cannot parse example entity: Non-matchable schema for query: Sanction"),
    ({"queries": {"a": VORNIK}, "config": {"k": 1}}, "Invalid configuration parameter: k for algorithm best"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "detail"), BAD_REQUESTS)
def test_what_is_refused(yente: TestClient, body: dict[str, Any], detail: str) -> None:
    answer = yente.post("/match/blocklist", json=body)
    assert (answer.status_code, answer.json()) == (400, {"detail": detail})


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["body", "queries"]),
        ({"queries": {"a": None}}, ["body", "queries", "a"]),
        ({"queries": {"a": {"properties": {}}}}, ["body", "queries", "a", "schema"]),
        ({"queries": {"a": {"schema": "Person"}}}, ["body", "queries", "a", "properties"]),
        ([], ["body"]),
    ],
)
def test_what_has_the_wrong_shape(yente: TestClient, body: Any, where: list[str]) -> None:
    answer = yente.post("/match/blocklist", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == where


def test_wrong_parameters(yente: TestClient) -> None:
    body = {"queries": {"a": VORNIK}}
    for params in ("limit=501", "limit=x", "changed_since=yesterday", "&".join(["exclude_entity_ids=a"] * 51)):
        assert yente.post(f"/match/blocklist?{params}", json=body).status_code == 422
    unknown = yente.post("/match/blocklist?algorithm=logic-x", json=body)
    assert (unknown.status_code, unknown.json()) == (400, {"detail": "Invalid algorithm: logic-x"})
    assert yente.post("/match/nowhere", json=body).json() == {"detail": "No such dataset."}


def test_hostile_bodies(yente: TestClient) -> None:
    broken = yente.post("/match/blocklist", content=b'{"queries": ')
    assert broken.status_code == 422 and broken.json()["detail"][0]["type"] == "json_invalid"
    deep = b'{"queries": {"a": {"schema": "Person", "properties": {"name": ' + b"[" * 100_000
    assert yente.post("/match/blocklist", content=deep).status_code == 422
    nested: Any = "x"
    for _ in range(200):
        nested = [nested]
    inside = {"queries": {"a": {"schema": "Person", "properties": {"name": nested}}}}
    assert yente.post("/match/blocklist", json=inside).status_code == 200
    huge = {"queries": {"a": {"schema": "Person", "properties": {"name": "x" * 20_000_001}}}}
    assert yente.post("/match/blocklist", json=huge).status_code == 413
    long = {"queries": {"a": {"schema": "Person", "properties": {"name": "x" * 20_000}}}}
    assert yente.post("/match/blocklist", json=long).status_code == 400
    odd = {"schema": "Person", "properties": {"name": ["<script>alert(1)</script>", "\u0000", "𝓩oltan", "؟", ""]}}
    assert match(yente, odd)["responses"]["q0"]["status"] == 200
