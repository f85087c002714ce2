"""Whatever is asked of the described paths, the server does not fail."""

import contextlib
import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from starlette.testclient import TestClient

from allonym.api.app import create
from allonym.api.settings import Settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def described(yente_settings: Settings) -> Any:
    """The described API of an application of its own: every call starts and stops it."""
    return schemathesis.openapi.from_asgi("/openapi.json", create(yente_settings))


def test_no_described_path_fails(described: Any) -> None:
    """Each operation with what its description allows, and with what it does not."""
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 11
    for operation in operations:
        for mode in schemathesis.GenerationMode:

            @QUIET
            @given(operation.as_strategy(generation_mode=mode))
            def fails_not(case: schemathesis.Case) -> None:
                assert case.call().status_code < 500

            with contextlib.suppress(Unsatisfiable):
                fails_not()


@QUIET
@given(st.dictionaries(st.sampled_from(["queries", "extend"]), JSON.map(json.dumps) | st.text(), max_size=2))
def test_no_form_fails(yente: TestClient, fields: dict[str, str]) -> None:
    fields = {name: text.encode("utf-8", "replace").decode() for name, text in fields.items()}
    assert yente.post("/reconcile/blocklist", data=fields).status_code in (200, 400)


@QUIET
@given(
    st.fixed_dictionaries(
        {
            "query": st.text(max_size=40),
            "properties": st.lists(st.fixed_dictionaries({"pid": st.text() | st.just("name"), "v": JSON}), max_size=3),
        }
    )
)
def test_no_cell_fails(yente: TestClient, query: dict[str, Any]) -> None:
    text = json.dumps({"q": query}).encode("utf-8", "replace").decode()
    assert yente.post("/reconcile/blocklist", data={"queries": text}).status_code in (200, 400)


@QUIET
@given(st.dictionaries(st.sampled_from(["name", "birthDate", "country", "email", "phone"]), JSON, max_size=4))
def test_no_example_fails(yente: TestClient, properties: dict[str, Any]) -> None:
    body = json.dumps({"queries": {"a": {"schema": "Person", "properties": properties}}})
    answer = yente.post("/match/blocklist?cutoff=0", content=body.encode("utf-8", "replace"))
    assert answer.status_code in (200, 400, 422)


@QUIET
@given(st.text(alphabet=st.sampled_from('abo *?~^"():/\\[]{}+-!&|ANDORT1\u0661é'), max_size=30), st.booleans())
def test_no_query_text_fails(yente: TestClient, text: str, fuzzy: bool) -> None:
    answer = yente.get("/search/blocklist", params={"q": text, "fuzzy": fuzzy})
    assert answer.status_code in (200, 400)
    assert yente.get("/search/blocklist", params={"q": text, "simple": "true"}).status_code == 200


@QUIET
@given(st.text(max_size=30))
def test_no_prefix_fails(yente: TestClient, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for kind in ("entity", "property", "type"):
        assert yente.get(f"/reconcile/blocklist/suggest/{kind}", params={"prefix": text}).status_code == 200
