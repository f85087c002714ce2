"""GET /search/{dataset}."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from allonym.api.yente import shelf


def search(client: TestClient, dataset: str = "1_everything", **params: Any) -> Any:
    answer = client.get(f"/search/{dataset}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(client: TestClient, dataset: str = "1_everything", **params: Any) -> list[str]:
    return [one["id"] for one in search(client, dataset, **params)["results"]]


def test_an_answer_in_full(yente: TestClient) -> None:
    found = search(yente, q="vornik logistics")
    assert set(found) == {"limit", "offset", "total", "results", "facets"}
    assert (found["limit"], found["offset"], found["total"]) == (10, 0, {"value": 1, "relation": "eq"})
    (one,) = found["results"]
    assert set(one) == {"id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen",
                        "last_seen", "last_change"}  # fmt: skip
    assert list(found["facets"]) == ["countries", "topics", "datasets"]


def test_query_text(yente: TestClient) -> None:
    asked = {
        "vornik": {"bl-vornik", "bl-wife", "bl-harbour"},
        "VORNIK mirela": {"bl-wife"},
        "vornik AND NOT mirela": {"bl-vornik", "bl-harbour"},
        "vornik -mirela -logistics": {"bl-vornik"},
        "mirela OR brenner": {"bl-wife", "do-giver", "do-brenner"},
        '"vornik harbour"': {"bl-harbour"},
        "(mirela OR zoltan) AND vornik": {"bl-wife", "bl-vornik"},
        "vorn*": {"bl-vornik", "bl-wife", "bl-harbour"},
        "v?rnik": {"bl-vornik", "bl-wife", "bl-harbour"},
        "ворник": {"bl-vornik"},
        "properties.birthDate:1965": {"bl-wife"},
        "birthDate:[1960 TO 1965]": {"bl-vornik", "bl-wife"},
        "birthDate:{1961-04-12 TO 1965}": set(),
        "countries:pa": {"odd-1"},
        "name:zoltan": {"bl-vornik"},
        "gender:*": {"bl-vornik", "bl-wife"},
        "nosuchfield:x": set(),
        "vornik^3 +zoltan": {"bl-vornik"},
        "Russia vornik": {"bl-vornik", "bl-wife"},
        "vornyk": set(),
        "vornyk~": set(),
    }
    assert {q: set(ids(yente, q=q)) for q in asked} == asked


def test_slips(yente: TestClient) -> None:
    assert set(ids(yente, q="vornyk~", fuzzy="true")) == {"bl-vornik", "bl-wife", "bl-harbour"}
    assert ids(yente, q="vornyk", fuzzy="true") == []


@pytest.mark.parametrize(
    "query",
    [
        "invalid/query",
        "(",
        "a AND",
        "foo:",
        "[1 TO",
        '"open',
        "(" * 300 + "a" + ")" * 300,
        "/a.*/",
        "[1 TO 2]",
        " OR ".join(["*a"] * 21),
    ],
)
def test_malformed_text(yente: TestClient, query: str) -> None:
    answer = yente.get("/search/blocklist", params={"q": query})
    assert answer.status_code == 400 and answer.json()["detail"].startswith("Invalid query")
    assert yente.get("/search/blocklist", params={"q": query, "simple": "true"}).status_code == 200


def test_forgiving_text(yente: TestClient) -> None:
    assert set(ids(yente, q="vornik -mirela", simple="1")) == {"bl-vornik", "bl-harbour"}
    assert set(ids(yente, q="mirela | zoltan", simple="1")) == {"bl-wife", "bl-vornik"}
    assert set(ids(yente, q='"harbour logistics"', simple="1")) == {"bl-harbour"}
    assert set(ids(yente, q="mir*", simple="1")) == {"bl-wife"}


def test_hostile_text(yente: TestClient) -> None:
    for text in ("'; DROP TABLE doc; --", 'x" OR "1"="1', "\x00", "NEAR(a b)", "{", "names:", "a" * 9_000, "^", "𝓩"):
        for simple in ("true", "false"):
            assert yente.get("/search/blocklist", params={"q": text, "simple": simple}).status_code in (200, 400)
    assert yente.get("/search/blocklist", params={"q": " ".join(["x"] * 5_000)}).status_code == 400
    assert ids(yente, q="quandary") == ["bl-script"]
    assert yente.get("/search/blocklist", params={"q": "quandary"}).headers["content-type"] == "application/json"


def test_schemata(yente: TestClient) -> None:
    assert "bl-vornik" in ids(yente, schema="Person") and "bl-harbour" not in ids(yente, schema="Person")
    assert set(ids(yente, schema="Company")) == {"bl-harbour", "do-giver", "do-party"}
    assert len(ids(yente, schema="Interval", limit=100)) == 20
    assert ids(yente, schema="Sanction") == []
    assert "bl-sanction" not in ids(yente, limit=100)
    wrong = yente.get("/search/blocklist?schema=Banana")
    assert (wrong.status_code, wrong.json()) == (400, {"detail": "Invalid schema"})


def test_filters(yente: TestClient) -> None:
    assert set(ids(yente, countries="ru")) == {"bl-vornik", "bl-wife", "bl-address"}
    assert set(ids(yente, countries=["cy", "pa"])) == {"bl-harbour", "odd-1"}
    assert ids(yente, topics="crime") == ["bl-vornik"]
    assert set(ids(yente, topics=["crime", "sanction.linked"])) == {"bl-vornik", "bl-harbour"}
    assert ids(yente, topics=["crime", "sanction"], filter_op="AND") == ["bl-vornik"]
    assert ids(yente, topics=["crime", "sanction.linked"], filter_op="AND") == []
    assert ids(yente, topics=["crime", "sanction.linked"], countries="ru") == ["bl-vornik"], "fields are ANDed"
    assert ids(yente, datasets="us_ofac_sdn") == ["odd-1"]
    assert ids(yente, filter="properties.birthDate:1965") == ["bl-wife"]
    assert ids(yente, filter="identifiers:RV4456120") == ["bl-vornik"]
    assert ids(yente, filter="dates:1961-04-12") == ["bl-vornik"]
    assert ids(yente, filter="nosuch:thing") == []
    assert yente.get("/search/blocklist?filter=nocolon").json() == {"detail": "Invalid filter: 'nocolon'"}
    assert yente.get("/search/blocklist?filter_op=XOR").status_code == 422
    assert set(ids(yente, target="true")) == {"bl-vornik", "bl-harbour", "bl-wife"}
    assert "do-giver" in ids(yente, target="false")


def test_scope_and_change(yente: TestClient) -> None:
    assert search(yente, "some")["total"] == search(yente, "blocklist")["total"]
    assert ids(yente, include_dataset="us_ofac_sdn") == ["odd-1"]
    assert not set(ids(yente, exclude_dataset="blocklist", limit=100)) & {"bl-vornik", "bl-wife"}
    assert ids(yente, exclude_schema=["Person", "Address"], dataset="blocklist") == ["bl-harbour"]
    assert set(ids(yente, changed_since="2024-03-05")) == {"bl-harbour", "bl-vornik"}
    assert ids(yente, changed_since="2024-03-05T10:30") == ["bl-harbour"]
    assert ids(yente, changed_since="2024-03-05T11") == ["bl-harbour"]
    assert yente.get("/search/blocklist?changed_since=2024").status_code == 422


def test_pages(yente: TestClient) -> None:
    every = ids(yente, schema="Interval", limit=500)
    assert ids(yente, schema="Interval", limit=7) + ids(yente, schema="Interval", limit=50, offset=7) == every
    none = search(yente, limit=0)
    assert none["results"] == [] and none["total"]["value"] > 0 and none["facets"]["countries"]["values"]
    assert search(yente, limit=-5)["limit"] == 0 and search(yente, offset=-5)["offset"] == 0
    for params in ("limit=501", "offset=9500", "limit=x"):
        assert yente.get(f"/search/blocklist?{params}").status_code == 422


def test_order(yente: TestClient) -> None:
    assert ids(yente, sort="properties.birthDate", topics=["crime", "role.rca"]) == ["bl-vornik", "bl-wife"]
    assert ids(yente, sort="properties.birthDate:desc", topics=["crime", "role.rca"]) == ["bl-wife", "bl-vornik"]
    missing = ids(yente, sort="birthDate:desc", schema="Person")
    assert missing[-1] == "bl-script", "those without a value come last"
    assert ids(yente, sort=["nosuch:asc", "caption"], schema="Company")[0] == "do-giver"
    assert ids(yente, q="vornik")[0] == "bl-vornik", "those of which more is known come first"


def test_facets(yente: TestClient) -> None:
    found = search(yente, facets=["datasets", "schema", "countries", "identifiers", "topics", "genders"])["facets"]
    assert {name: one["label"] for name, one in found.items()} == {
        "datasets": "Data sources", "schema": "Entity types", "countries": "Countries", "identifiers": "Identifiers",
        "topics": "Topics", "genders": "Genders"}  # fmt: skip
    assert {"name": "ru", "label": "Russia", "count": 3} in found["countries"]["values"]
    assert {"name": "blocklist", "label": "Harbour blocklist", "count": 6} in found["datasets"]["values"]
    assert {"name": "Person", "label": "People", "count": 5} in found["schema"]["values"]
    assert {"name": "crime", "label": "Crime", "count": 1} in found["topics"]["values"]
    counts = [one["count"] for one in found["countries"]["values"]]
    assert counts == sorted(counts, reverse=True)
    only = search(yente, "us_ofac_sdn", facets="topics")["facets"]
    assert only == {"topics": {"label": "topics", "values": []}}
    assert yente.get("/search/blocklist?facets=shoes").status_code == 422


def test_a_query_that_takes_too_long_is_stopped(yente: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_SECONDS", -1.0)
    monkeypatch.setattr(shelf, "STEPS", 1)
    path = yente.app.state.keeper.standing.shelf.path  # type: ignore[attr-defined]
    with pytest.raises(shelf.TooLongError):
        shelf.Shelf(path)
