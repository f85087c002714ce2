"""nomenklatura's algorithms under their own names: a stand-in for what the server does with them, and the library
itself, in environments of its own, for what they give."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from allonym.api.app import create
from allonym.api.settings import Settings
from allonym.api.yente.peer_offer import described
from allonym.errors import InputError
from tests.command import command

ROOT = Path(__file__).parents[2]
#: The last nomenklatura that is to be had in wheels, and a later one, as `make nomenklatura` and `make bench` install.
PYTHONS = {"3": ROOT / ".venv-nomenklatura/bin/python", "4": ROOT / ".venv-peers/bin/python"}
DIRECT = Path(__file__).with_name("nomenklatura_direct.py")
VORNIK = {"schema": "Person", "properties": {"name": ["Zoltan Vornik"], "birthDate": ["1961"], "country": ["Russia"]}}
BRENNER = {"schema": "Company", "properties": {"name": ["Brenner GmbH"], "idNumber": ["HRB 123456"]}}
PARTS = {"schema": "Person", "properties": {"firstName": ["Gustaf"], "lastName": ["Brenner"], "birthDate": ["1950"]}}
SPOON = {"schema": "Vessel", "properties": {"name": ["Crooked Spoon"], "imoNumber": ["9187629"]}}
QUERIES = {"vornik": VORNIK, "brenner": BRENNER, "parts": PARTS, "spoon": SPOON}

METADATA = "Metadata-Version: 2.1\nName: nomenklatura\nVersion: 0.1\n"
STAND_IN = '''
import os
from pydantic import BaseModel


class Result(BaseModel):
    score: float
    features: dict[str, float]


class LogicV1:
    """Says how many letters a name has."""

    NAME = "logic-v1"

    @classmethod
    def explain(cls):
        return {"letters": Result(score=1.0, features={})}

    @classmethod
    def compare(cls, query, result, weights):
        if weights.get("die"):
            os._exit(3)
        print("nothing that a library prints is an answer")
        name = max(result.get("name"), default="")
        score = len(name) / 100 * weights.get("letters", 1.0)
        return Result(score=score, features={"letters": score})


ALGORITHMS = [LogicV1]
'''


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python with a nomenklatura of one small algorithm."""
    place = tmp_path_factory.mktemp("stand-in")
    (place / "nomenklatura").mkdir()
    (place / "nomenklatura/__init__.py").touch()
    (place / "nomenklatura/matching.py").write_text(STAND_IN)
    (place / "nomenklatura-0.1.dist-info").mkdir()
    (place / "nomenklatura-0.1.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: nomenklatura\nVersion: 0.1\n"
    )
    python = place / "python"
    python.write_text(f'#!/bin/sh\nshift\nPYTHONPATH="{place}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return str(python)


def client(settings: Settings, python: str, **more: Any) -> TestClient:
    told = replace(settings, nomenklatura=described(python), **more)
    return TestClient(create(Settings.from_json(told.to_json())), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def standing_in(yente_settings: Settings, stand_in: str) -> Iterator[TestClient]:
    with client(yente_settings, stand_in, hidden=("allonym",)) as one:
        yield one


def matched(server: TestClient, algorithm: str, query: Any = VORNIK, **more: Any) -> Any:
    body = {"queries": {"a": query}, **{key: more.pop(key) for key in ("weights", "config") if key in more}}
    return server.post("/match/1_everything", params={"algorithm": algorithm, **more}, json=body)


def test_scores_and_explanations_are_theirs(standing_in: TestClient) -> None:
    answer = matched(standing_in, " Logic-V1 ", cutoff=0.01, threshold=0.12).json()["responses"]["a"]
    scores = {row["id"]: row["score"] for row in answer["results"]}
    assert scores == {"bl-vornik": 0.13, "bl-wife": 0.13} and answer["total"] == {"value": 2, "relation": "eq"}
    nothing = {"detail": None, "query": None, "candidate": None}
    assert answer["results"][0]["explanations"] == {"letters": {**nothing, "score": 0.13}}
    assert answer["results"][0]["match"] and set(answer["results"][0]) > {"caption", "properties", "first_seen"}


def test_weights_threshold_cutoff_limit_and_filters(standing_in: TestClient) -> None:
    def scores(**options: Any) -> dict[str, float]:
        rows = matched(standing_in, "logic-v1", **options).json()["responses"]["a"]["results"]
        return {row["id"]: row["score"] for row in rows}

    assert scores() == {}  # the default cutoff is 0.7
    assert scores(weights={"letters": 6.0}) == {"bl-vornik": 0.78, "bl-wife": 0.78}
    assert scores(cutoff=0.13) == {}
    assert len(scores(cutoff=0.1, limit=1)) == 1
    assert scores(cutoff=0.1, topics="crime").keys() == {"bl-vornik"}
    assert scores(cutoff=0.1, exclude_entity_ids="old-vornik").keys() == {"bl-wife"}
    assert scores(cutoff=0.1, include_dataset="donations") == {}
    answer = matched(standing_in, "logic-v1", limit=0, cutoff=0.1, threshold=0.1).json()["responses"]["a"]
    assert (answer["results"], answer["total"]["value"]) == ([], 2)


def test_what_is_refused(standing_in: TestClient, yente: TestClient) -> None:
    answer = matched(standing_in, "logic-v1", config={"nm_extra": 1})
    detail = "Invalid configuration parameter: nm_extra for algorithm logic-v1"
    assert (answer.status_code, answer.json()) == (400, {"detail": detail})
    answer = matched(standing_in, "logic-v2")
    assert (answer.status_code, answer.json()["detail"]) == (
        400, "Invalid algorithm: logic-v2; nomenklatura 0.1 has none of that name")  # fmt: skip
    for ask in (
        matched(yente, "logic-v1"),
        yente.post("/reconcile/blocklist?algorithm=logic-v1", data={"queries": "{}"}),
    ):
        assert ask.status_code == 400
        assert ask.json()["detail"].startswith(
            "Invalid algorithm: logic-v1; it is offered where the server was started"
        )


def test_a_process_that_dies_costs_one_answer(standing_in: TestClient) -> None:
    answer = matched(standing_in, "logic-v1", weights={"die": 1.0})
    assert answer.status_code == 503 and "ended while it compared" in answer.json()["detail"]
    assert matched(standing_in, "logic-v1").status_code == 200


def test_hidden_ones_are_not_shown_and_can_be_asked_for(standing_in: TestClient) -> None:
    found = standing_in.get("/algorithms").json()
    (row,) = found["algorithms"]
    assert (row["name"], found["default"], found["best"]) == ("logic-v1", "best", "allonym")
    assert "(nomenklatura 0.1)" in row["description"]
    assert matched(standing_in, "allonym").json()["responses"]["a"]["results"][0]["id"] == "bl-vornik"


def test_reconciliation(standing_in: TestClient) -> None:
    queries = {"a": {"query": "Zoltan Vornik", "type": "Person", "limit": 1}, "b": {"query": "bl-wife"}}
    for answer in (
        standing_in.post("/reconcile/blocklist?algorithm=logic-v1", data={"queries": json.dumps(queries)}),
        standing_in.get("/reconcile/blocklist", params={"algorithm": "logic-v1", "queries": json.dumps(queries)}),
    ):
        found = answer.json()
        assert [(row["id"], row["score"], row["match"]) for row in found["a"]["result"]] == [("bl-vornik", 0.13, False)]
        assert [(row["id"], row["score"]) for row in found["b"]["result"]] == [("bl-wife", 1.0)]


@pytest.mark.parametrize("python", ["/nowhere/python", sys.executable, "/bin/true"])
def test_a_python_without_it_is_named(python: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give --nomenklatura the Python of an environment"):
        described(python)
    ran = command("serve", "--nomenklatura", python, "--data", tmp_path)
    assert python in ran.complaint()


@pytest.fixture(scope="session", params=PYTHONS)
def library(request: pytest.FixtureRequest, yente_settings: Settings) -> Iterator[tuple[str, TestClient]]:
    """A real nomenklatura, and a server that offers it."""
    python = PYTHONS[request.param]
    if not python.exists():
        pytest.skip(f"no nomenklatura {request.param}; `make nomenklatura` or `make bench` installs it")
    with client(yente_settings, str(python)) as one:
        yield str(python), one


def direct(python: str, algorithm: str, answer: Any, **options: Any) -> list[float]:
    query = {key: answer["query"][key] for key in ("schema", "properties")}
    if first := query["properties"].get("firstName"):
        query["properties"]["name"] = [f"{first[0]} {query['properties']['lastName'][0]}"]
    asked = {
        "algorithm": algorithm,
        "weights": {},
        "config": {},
        "query": query,
        "entities": answer["results"],
        **options,
    }
    ran = subprocess.run(
        [python, DIRECT], input=json.dumps(asked | options), capture_output=True, text=True, check=True
    )
    scores: list[float] = json.loads(ran.stdout)
    return scores


def test_scores_are_those_of_the_library(library: tuple[str, TestClient]) -> None:
    python, server = library
    names = [row["name"] for row in server.get("/algorithms").json()["algorithms"]]
    assert {"allonym", "logic-v1", "name-based", "name-qualified", "regression-v1"} <= set(names)
    for name in names[1:]:
        answer = server.post(
            f"/match/1_everything?algorithm={name}&cutoff=-1&limit=50", json={"queries": QUERIES}
        ).json()
        for key, one in answer["responses"].items():
            scores = [row["score"] for row in one["results"]]
            assert scores == direct(python, name, one) == sorted(scores, reverse=True), (name, key)
            assert scores and max(scores) > 0.5, (name, key)
            assert one["results"][0]["explanations"], (name, key)


def test_weights_and_config_reach_the_library(library: tuple[str, TestClient]) -> None:
    python, server = library
    weights = {"name_literal_match": 0.2, "person_name_jaro_winkler": 0.1, "nonsense": 3.0}
    answer = matched(server, "logic-v1", cutoff=-1, weights=weights).json()["responses"]["a"]
    scores = [row["score"] for row in answer["results"]]
    assert scores == direct(python, "logic-v1", answer, weights=weights) and 0 < max(scores) < 1
    assert matched(server, "logic-v1", config={"nm_extra_query_name": 1}).status_code == 400
    names = [row["name"] for row in server.get("/algorithms").json()["algorithms"]]
    if "logic-v2" in names:
        config = {"nm_extra_query_name": 0.1}
        longer = {"schema": "Person", "properties": {"name": ["Zoltan Ferdinand Vornik"]}}
        answer = matched(server, "logic-v2", longer, cutoff=-1, config=config).json()["responses"]["a"]
        scores = [row["score"] for row in answer["results"]]
        assert scores == direct(python, "logic-v2", answer, config=config)
        plain = matched(server, "logic-v2", longer, cutoff=-1).json()["responses"]["a"]
        assert scores != [row["score"] for row in plain["results"]]
        wrong = matched(server, "logic-v2", longer, cutoff=-1, config={"nm_extra_query_name": "much"})
        assert wrong.status_code == 400 and "Invalid weights or configuration" in wrong.json()["detail"]


def test_the_order_and_the_descriptions_are_theirs(library: tuple[str, TestClient]) -> None:
    rows = library[1].get("/algorithms").json()["algorithms"][1:]
    order = ["logic-v2", "ofac", "name-based", "name-qualified", "logic-v1", "regression-v1"]
    assert [row["name"] for row in rows] == [name for name in order if name in {row["name"] for row in rows}]
    for row in rows:
        assert set(row) == {"name", "description", "features", "docs"} and row["docs"]["name"] == row["name"]
        assert row["features"] and all(
            set(one) == {"description", "coefficient", "url"} for one in row["features"].values()
        )
