"""Alerts from screening, from changes and by hand: what they keep, and that there is one a customer and entity."""

import json
from pathlib import Path

import pytest

import allonym
from allonym.cases import Cases, Closing, Filters, Opened, Origin, Person, Role, State
from allonym.errors import ConflictError, NotFoundError, RefusedError, UsageError
from allonym.lists import Lists
from allonym.matching.weights import weights
from allonym.screening.query import Query
from tests.command import command

from .conftest import ASKED, OTHER, PERSON, asked, publish, screen

ANOTHER = {"id": "4712", "schema": "Person", "properties": {"name": ["Wulfric Penhallow"]}}


def test_what_an_alert_keeps(lists: Lists, cases: Cases) -> None:
    alert = cases.alert(1)
    assert (alert.customer.id, alert.customer.properties) == ("4711", asked().properties)
    assert alert.listed.properties == PERSON and alert.listed.snapshots == (("people", "2024-01-01"),)
    assert alert.listed.weights == weights().version and alert.origin is Origin.SCREENING
    (hits,) = lists.screen([ASKED], threshold=0.3)
    assert (alert.listed.score, alert.listed.evidence) == (hits[0].score, hits[0].evidence)
    (opened,) = cases.show(1).history
    assert opened.content is not None and opened.by == "Ana"
    assert opened.content["before"] == {} and opened.content["after"]["listed"]["properties"] == PERSON
    assert ["people", "2024-01-01"] in opened.content["snapshots"]
    assert set(opened.content["versions"]) == {"allonym", "weights", "policy"}


def test_one_alert_a_customer_and_entity(lists: Lists, cases: Cases) -> None:
    assert screen(lists, asked(), Query.from_dict(ANOTHER)) == Opened(new=(2,), as_before=1)
    assert screen(lists, asked(), Query.from_dict(ANOTHER)) == Opened(as_before=2)
    assert [line.customer_id for line in cases.list(order="number").lines] == ["4711", "4712"]


def test_by_hand(lists: Lists, cases: Cases) -> None:
    alert = cases.open(Query.from_dict(ANOTHER), "one", by="Ana", text="a tip")
    assert (alert.number, alert.origin, alert.listed.entity_id) == (2, Origin.HAND, "one")
    assert 0 <= alert.listed.score < 0.5 and alert.listed.properties == PERSON
    assert cases.show(2).history[0].text == "a tip"
    with pytest.raises(ConflictError, match="alert 2 is about both already, open"):
        cases.open(Query.from_dict(ANOTHER), "one", by="Ana")
    with pytest.raises(NotFoundError, match="no entity 'nobody'"):
        cases.open(Query.from_dict(ANOTHER), "nobody", by="Ana")
    with pytest.raises(RefusedError, match="may not open alerts"):
        cases.open(Query.from_dict(ANOTHER), "two", by=Person("Rae", Role.READER))
    by_name = cases.open(Query.from_name("Wulfric Penhallow"), "two", by="Ana")
    assert by_name.customer.id is None and by_name.customer.key
    assert cases.list(Filters(origin=Origin.HAND)).total == 2


def test_new_alerts_are_due(folder: Path) -> None:
    (folder / "cases.toml").write_text("[due]\ndays = 5\n")
    with allonym.open(folder) as lists:
        screen(lists, asked())
        alert = Cases(lists).alert(1)
        assert alert.due > alert.opened_at[:10]


def test_lists_and_filters(lists: Lists, cases: Cases) -> None:
    screen(lists, Query.from_dict(ANOTHER))
    cases.assign(2, "Bo", by="Ana")
    cases.set_due(2, "2026-12-01", by="Ana")
    cases.close(1, Closing(State.FALSE_ALARM, "name_only"), by="Ana")

    def numbers(**chosen: object) -> list[int]:
        return [line.number for line in cases.list(Filters(**chosen)).lines]  # type: ignore[arg-type]

    assert numbers() == [2, 1]
    assert numbers(states=(State.OPEN,)) == [2] and numbers(states=(State.FALSE_ALARM,)) == [1]
    assert numbers(assignee="Bo") == [2] and numbers(assignee="") == [1]
    assert numbers(source="people") == [2, 1] and numbers(source="peopl_") == [] and numbers(source="%") == []
    assert numbers(due_by="2026-12-01") == [2] and numbers(due_by="2026-11-30") == []
    assert numbers(customer="4711") == [1] and numbers(customer="471") == []
    assert numbers(least=1.0) == [] and numbers(most=1.0) == [2, 1]
    assert numbers(origin=Origin.CHANGES) == [] and numbers(waiting=True) == []
    page = cases.list(offset=1, limit=1)
    assert (page.total, len(page.lines)) == (2, 1)
    for wrong in ({"limit": 0}, {"limit": 1_001}, {"offset": -1}, {"order": "name"}):
        with pytest.raises(UsageError):
            cases.list(**wrong)  # type: ignore[arg-type]


def test_screening_a_file_opens_alerts(folder: Path, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("id,name,birth date\n1,Quinby Oxenthorpe,1961-03-04\n2,Nobody Atall,\n3,Wulfric Penhallow,\n")
    words = ["screen", "--input", customers, "--output", tmp_path / "hits.csv", "--alerts", "--by", "Ana"]
    ran = command(*words, data=folder)
    assert ran.status == 0 and "alerts: 2 new, 0 opened again, 0 refreshed, 0 as before" in ran.err
    ran = command(*words, "--restart", data=folder)
    assert "alerts: 0 new, 0 opened again, 0 refreshed, 2 as before" in ran.err
    assert command("cases", "close", 1, "--as", "false_alarm", "--reason", "name_only", data=folder).status == 0
    customers.write_text("id,name,birth date\n1,Oxen Thorpe Esq,1984\n3,Wulfric Penhallow,\n")
    ran = command(*words, "--sources", "people", data=folder)  # no hit any more: the customer is another one
    assert "0 new, 1 opened again, 0 refreshed, 1 as before" in ran.err
    for more in (["--as-of", "2024-01-01"], ["--known-at", "2030-01-01"]):
        assert "--alerts is of today's lists" in command(*words, *more, data=folder).complaint(2)


def test_changes_open_alerts(folder: Path, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("id,name\n1,Quinby Oxenthorpe\n2,Wulfric Penhallow\n,Aldous Oates\n")
    assert command("watch", customers, data=folder).status == 0
    assert command("changes", "--alerts", data=folder).status == 0
    publish(folder, "2024-02-01", two={**OTHER, "birthDate": ["1971"]}, three={"name": ["Aldous Oates"]})
    ran = command("changes", "--alerts", "--by", "Ana", data=folder)
    assert ran.status == 1 and "customers: alerts: 2 new, 0 opened again" in ran.err
    rows = command("cases", "list", "--format", "json", "--order", "number", data=folder).json["lines"]
    assert sorted((row["customer_id"], row["entity_id"], row["origin"]) for row in rows if row["customer_id"]) == [
        ("2", "two", "changes")
    ]
    assert [row["entity_id"] for row in rows if not row["customer_id"]] == ["three"]
    numbers = [row["number"] for row in rows]
    ran = command(
        "cases", "close", *numbers, "--as", "false_alarm", "--reason", "name_only", "--text", "x", data=folder
    )
    assert ran.status == 0 and "closed: 2" in ran.text
    publish(folder, "2024-03-01", three={})
    ran = command("changes", "--alerts", data=folder)
    assert ran.status == 1
    opened = command("cases", "list", "--format", "json", data=folder).json["lines"]
    assert [row["entity_id"] for row in opened] == ["two", "three"] or len(opened) == 2
    assert json.loads(command("audit", "verify", "--format", "json", data=folder).text)["whole"]
    assert "leave out --since" in command("changes", "--alerts", "--since", "2024-01-01", data=folder).complaint(2)
