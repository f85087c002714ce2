"""What is common to all of yente's answers: headers, errors, limits."""

import re

import pytest
from starlette.testclient import TestClient

TRACE = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/search/blocklist?limit=501", "/entities/none"])
def test_every_answer_has_trace_headers(yente: TestClient, path: str) -> None:
    answer = yente.get(path)
    match = TRACE.fullmatch(answer.headers["traceparent"])
    assert match is not None and match[3] == "00"
    assert answer.headers["tracestate"] == f"yente={match[2]}"


def test_a_trace_is_carried_on(yente: TestClient) -> None:
    parent = f"00-{'a1' * 16}-{'b2' * 8}-01"
    answer = yente.get("/healthz", headers={"traceparent": parent, "tracestate": "other=1,more=2"})
    match = TRACE.fullmatch(answer.headers["traceparent"])
    assert match is not None and (match[1], match[3]) == ("a1" * 16, "01") and match[2] != "b2" * 8
    assert answer.headers["tracestate"] == f"yente={match[2]},other=1,more=2"


@pytest.mark.parametrize("parent", ["nonsense", f"00-{'0' * 32}-{'b2' * 8}-01", f"01-{'a1' * 16}-{'b2' * 8}-01"])
def test_an_invalid_trace_is_replaced(yente: TestClient, parent: str) -> None:
    found = yente.get("/healthz", headers={"traceparent": parent}).headers["traceparent"]
    assert TRACE.fullmatch(found) and found.endswith("-00") and "a1a1" not in found


def test_an_address_that_is_too_long(yente: TestClient) -> None:
    answer = yente.get("/nowhere", params={"q": "x" * 60_000})
    assert (answer.status_code, answer.json()) == (414, {"detail": "Request URI too long"})
    assert "traceparent" in answer.headers


def test_any_origin_may_ask(yente: TestClient) -> None:
    asked = {"origin": "https://example.net", "access-control-request-method": "POST",
             "access-control-request-headers": "x-one"}  # fmt: skip
    answer = yente.options("/match/blocklist", headers=asked)
    assert (answer.status_code, answer.text) == (200, "OK")
    assert answer.headers["access-control-allow-origin"] == "https://example.net"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["access-control-max-age"] == "600"
    assert "POST" in answer.headers["access-control-allow-methods"]
    plain = yente.get("/healthz", headers={"origin": "https://example.net", "cookie": "a=b"})
    assert plain.headers["access-control-allow-origin"] == "https://example.net"


def test_long_answers_are_compressed_if_accepted(yente: TestClient) -> None:
    assert yente.get("/catalog", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in yente.get("/catalog", headers={"accept-encoding": "identity"}).headers
    assert "content-encoding" not in yente.get("/healthz", headers={"accept-encoding": "gzip"}).headers


def test_slashes_heads_and_wrong_methods(yente: TestClient) -> None:
    answer = yente.get("/healthz/")
    assert answer.status_code == 307 and answer.headers["location"].endswith("/healthz")
    assert yente.head("/healthz").status_code == 405
    assert yente.get("/match/blocklist").status_code == 405
    assert yente.get("/updatez").status_code == 405


def test_other_addresses(yente: TestClient) -> None:
    for path in ("/docs", "/redoc", "/statements", "/wp-login.php"):
        answer = yente.get(path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
    assert yente.get("/").headers["content-type"].startswith("text/html")


def test_parameters_are_checked_before_the_dataset(yente: TestClient) -> None:
    answer = yente.get("/search/nowhere", params={"offset": 9999})
    assert answer.status_code == 422
    (wrong,) = answer.json()["detail"]
    assert wrong["loc"] == ["query", "offset"] and {"type", "msg", "input", "ctx"} <= set(wrong)
    assert yente.get("/search/nowhere").json() == {"detail": "No such dataset."}


def test_truth_values(yente: TestClient) -> None:
    for value in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        assert yente.get("/search/blocklist", params={"simple": value}).status_code == 200
    assert yente.get("/search/blocklist", params={"simple": "maybe"}).status_code == 422


def test_the_description_names_the_paths(yente: TestClient) -> None:
    told = yente.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {
        "/match/{dataset}", "/healthz", "/readyz", "/algorithms", "/catalog", "/updatez", "/search/{dataset}",
        "/entities/{entity_id}", "/entities/{entity_id}/adjacent", "/entities/{entity_id}/adjacent/{prop}",
        "/reconcile/{dataset}",
    }  # fmt: skip
    assert list(told["paths"]["/reconcile/{dataset}"]) == ["get"]
