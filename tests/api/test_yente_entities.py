"""GET /entities/{id} and below."""

from typing import Any

import pytest
from starlette.testclient import TestClient


def entity(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/entities/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_flat(yente: TestClient) -> None:
    found = entity(yente, "bl-vornik", nested="false")
    assert found["properties"]["addressEntity"] == ["bl-address"]
    assert not {"sanctions", "ownershipOwner", "familyPerson"} & set(found["properties"])


def test_nested(yente: TestClient) -> None:
    properties = entity(yente, "bl-vornik")["properties"]
    assert [one["id"] for one in properties["addressEntity"]] == ["bl-address"]
    assert [one["id"] for one in properties["sanctions"]] == ["bl-sanction", "bl-sanction-2"], "in the file's order"
    assert properties["sanctions"][0]["properties"]["entity"] == ["bl-vornik"], "nothing nested: the ids stay"
    (owns,) = properties["ownershipOwner"]
    (asset,) = owns["properties"]["asset"]
    assert asset["id"] == "bl-harbour" and asset["caption"] == "Vornik Harbour Logistics"
    assert owns["properties"]["owner"] == ["bl-vornik"]
    (family,) = properties["familyPerson"]
    assert family["properties"]["relative"][0]["id"] == "bl-wife"


def test_one_hop_from_an_edge_and_no_further(yente: TestClient) -> None:
    (owns,) = entity(yente, "bl-harbour")["properties"]["ownershipAsset"]
    (owner,) = owns["properties"]["owner"]
    assert owner["id"] == "bl-vornik" and owner["properties"]["addressEntity"] == ["bl-address"]
    assert "sanctions" not in owner["properties"]


def test_an_edge_as_the_root(yente: TestClient) -> None:
    properties = entity(yente, "bl-owns")["properties"]
    assert properties["owner"][0]["id"] == "bl-vornik" and properties["asset"][0]["id"] == "bl-harbour"
    lost = entity(yente, "do-lost")["properties"]
    assert lost["payer"] == ["nobody-here"] and lost["beneficiary"][0]["id"] == "do-party"


def test_a_referent_leads_to_its_entity(yente: TestClient) -> None:
    for path in ("old-vornik", "old-vornik/adjacent?limit=3", "old-vornik/adjacent/sanctions"):
        answer = yente.get(f"/entities/{path}")
        assert (answer.status_code, answer.headers["location"], answer.content) == (308, "/entities/bl-vornik", b"")


@pytest.mark.parametrize("path", ["none", "none/adjacent", "none/adjacent/sanctions", "%00", "a%20b", "x" * 2_000])
def test_unknown(yente: TestClient, path: str) -> None:
    answer = yente.get(f"/entities/{path}")
    assert (answer.status_code, answer.json()) == (404, {"detail": "No such entity!"})


def test_adjacent(yente: TestClient) -> None:
    found = entity(yente, "do-giver/adjacent")
    assert found["entity"]["id"] == "do-giver" and set(found) == {"entity", "adjacent"}
    assert list(found["adjacent"]) == ["paymentPayer"]
    page = found["adjacent"]["paymentPayer"]
    assert (page["total"], page["limit"], page["offset"]) == ({"value": 15, "relation": "eq"}, 10, 0)
    assert [one["id"] for one in page["results"]] == [f"do-pay-{n:02}" for n in range(1, 11)], "in the file's order"
    payment = page["results"][0]["properties"]
    assert payment["beneficiary"][0]["id"] == "do-party" and payment["payer"] == ["do-giver"]


def test_adjacent_in_pages_and_order(yente: TestClient) -> None:
    rest = entity(yente, "do-giver/adjacent", limit=4, offset=12)["adjacent"]["paymentPayer"]
    assert [one["id"] for one in rest["results"]] == ["do-pay-13", "do-pay-14", "do-pay-15"]
    turned = entity(yente, "do-giver/adjacent/paymentPayer", sort="properties.date:asc", limit=1)
    assert turned["results"][0]["id"] == "do-pay-15"
    assert entity(yente, "do-giver/adjacent/paymentPayer", limit=0)["results"] == []
    assert yente.get("/entities/do-giver/adjacent?limit=501").status_code == 422


def test_adjacent_at_one_property(yente: TestClient) -> None:
    page = entity(yente, "bl-vornik/adjacent/sanctions")
    assert set(page) == {"limit", "offset", "total", "results"} and page["total"]["value"] == 2
    assert entity(yente, "bl-vornik/adjacent/addressEntity")["results"][0]["id"] == "bl-address"
    empty = entity(yente, "bl-vornik/adjacent/paymentPayer")
    assert empty["total"]["value"] == 0 and empty["results"] == []
    for prop in ("name", "nonsense"):
        answer = yente.get(f"/entities/bl-vornik/adjacent/{prop}")
        assert (answer.status_code, answer.json()) == (404, {"detail": "No such property!"})


def test_captions(yente: TestClient) -> None:
    assert entity(yente, "bl-wife")["caption"] == "Mirela Vornik", "no stored one: the name"
    assert entity(yente, "bl-sanction")["caption"] != "" and entity(yente, "bl-nobody")["caption"] == "Person"
