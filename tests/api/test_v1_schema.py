"""The schema of /api/v1: true of what is answered, with examples that work; nothing drawn from it gives a 5xx."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.api.serving import Running, running
from tests.command import copied

EXAMPLES, SEED = 25, 20261124


@pytest.fixture(scope="module")
def server(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With three alerts, for requests that are about one."""
    with running(copied(history, tmp_path_factory.mktemp("schema") / "data"), most_seconds=20) as server:
        for name in ("I. Vandermeulen", "Ilse V.", "Ilse Meulen"):
            asked = {"customer": {"properties": {"name": [name]}}, "entity": "p-ilse"}
            assert server.client.post("/api/v1/cases", json=asked).status_code == 201
        yield server


@pytest.fixture(scope="module")
def document(server: Running) -> dict:
    found: dict = server.client.get("/api/v1/openapi.json").json()
    return found


def operations(document: dict) -> Iterator[tuple[str, str, dict]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def test_it_is_openapi_3_1_with_words_for_everything(document: dict) -> None:
    assert document["openapi"].startswith("3.1")
    names = [operation["operationId"] for *_, operation in operations(document)]
    assert len(names) == len(set(names)) == 42
    for method, path, operation in operations(document):
        assert operation["summary"] and operation["description"], (method, path)
        assert operation["tags"]


def test_every_error_is_a_problem(document: dict) -> None:
    for method, path, operation in operations(document):
        wrong = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"401", "403", "422", "429", "503"} <= wrong.keys(), (method, path)
        assert all(list(answer["content"]) == ["application/problem+json"] for answer in wrong.values()), (method, path)


def test_the_examples_work(server: Running, document: dict) -> None:
    tried = 0
    for method, path, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body is None or path.startswith("/cases"):  # what alerts need for it is in test_v1_cases
            continue
        name = body["schema"]["$ref"].rpartition("/")[2]
        for example in document["components"]["schemas"][name]["examples"]:
            answer = server.client.request(method, f"/api/v1{path}", json=example)
            assert answer.status_code == 200, (path, example, answer.text)
            tried += 1
    assert tried >= 4


def test_each_operation_takes_a_request_with_an_example(document: dict) -> None:
    for method, path, operation in operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content["schema"], (method, path)


def test_nothing_drawn_from_the_schema_breaks_it(server: Running) -> None:
    """Schemathesis, with a seed: requests within the schema and outside it, against a server on a socket."""
    url = str(server.client.base_url)
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json")
    checked = 0
    for found, mode in product(schema.get_all_operations(), GenerationMode):

        @seed(SEED)
        @settings(max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=found.ok().as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case) -> None:
            nonlocal checked
            checked += 1
            answer = case.call(base_url=f"{url}/api/v1")
            # That no name may be all signs, and no date 2025-02-30, is more than a schema can say; a field of a form
            # that is left empty is one that is not filled in.
            is_form = case.media_type == "multipart/form-data"
            excluded = [positive_data_acceptance, *([negative_data_rejection] if is_form else [])]
            case.validate_response(answer, excluded_checks=excluded)

        with suppress(Unsatisfiable):  # an operation that takes nothing cannot be asked wrongly
            check()
    assert checked > 100


def test_what_is_no_request_is_a_problem(server: Running) -> None:
    for method, path in (("PATCH", "/api/v1/screen"), ("TRACE", "/api/v1/lists"), ("GET", "/api/v1/lists/%00/issues"),
                         ("GET", "/api/v1/%ff"), ("GET", "/api/v1/lists?as_of=%00")):  # fmt: skip
        answer = httpx.request(method, f"{server.client.base_url}{path}")
        assert 400 <= answer.status_code < 500, (method, path)
        assert answer.headers["content-type"] == "application/problem+json"
