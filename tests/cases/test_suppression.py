"""A false alarm stays closed while customer and entity are what they were, and opens again when either changes."""

import pytest

import allonym
from allonym.cases import Cases, Closing, Opened, State
from allonym.lists import Lists

from .conftest import PERSON, asked, publish, screen

FALSE = Closing(State.FALSE_ALARM, "other_birth_date")


def look(cases: Cases) -> Opened:
    return Cases(cases.lists).refresh()


def published(lists: Lists, day: str, *, looked: bool = True, **entries: dict[str, list[str]]) -> None:
    publish(lists.folder, day, looked=looked, **entries)


def test_it_stays_closed_when_the_same_is_screened_again(lists: Lists, cases: Cases) -> None:
    cases.close(1, FALSE, by="Ana")
    for _ in range(3):
        assert screen(lists, asked()) == Opened(as_before=1)
    assert cases.alert(1).state is State.FALSE_ALARM and cases.list().total == 1


@pytest.mark.parametrize("again", ["screen", "look"])
def test_an_immaterial_change_leaves_it_closed(again: str, lists: Lists, cases: Cases) -> None:
    cases.close(1, FALSE, by="Ana")
    published(lists, "2024-02-01", looked=False, one={**PERSON, "notes": ["a shipowner of old"], "address": ["1 Quay"]})
    with allonym.open(lists.folder) as newer:
        found = screen(newer, asked()) if again == "screen" else look(Cases(newer))
        assert found == Opened(as_before=1)
        assert Cases(newer).alert(1).state is State.FALSE_ALARM


CHANGES = {
    "alias": {"alias": ["Quinby the Younger"]},
    "birthDate": {"birthDate": ["1984"]},
    "nationality": {"nationality": ["gb", "ie"]},
    "passportNumber": {"passportNumber": ["ZZ7654321"]},
}


@pytest.mark.parametrize("again", ["screen", "look"])
@pytest.mark.parametrize("prop", CHANGES)
def test_a_material_change_of_the_entity_opens_it(prop: str, again: str, lists: Lists, cases: Cases) -> None:
    cases.close(1, FALSE, by="Ana")
    published(lists, "2024-02-01", looked=again == "look", one={**PERSON, **CHANGES[prop]})
    with allonym.open(lists.folder) as newer:
        now = Cases(newer)
        if again == "screen":
            assert screen(newer, asked()).reopened == (1,)
        else:  # loading the list did it by itself
            assert look(now) == Opened()
        case = now.show(1)
        assert (case.alert.state, case.alert.decision) == (State.OPEN, None)
        told = case.history[-1]
        assert told.action == "reopen" and told.content is not None
        assert f"{prop} (people): " in told.text and CHANGES[prop][prop][-1] in told.text
        assert [fact["prop"] for fact in told.content["changes"] if fact["material"]] == [prop]
        assert told.content["before"]["decision"]["by"] == "Ana"
        assert case.alert.listed.properties[prop] == CHANGES[prop][prop]
        assert now.verify().whole
        now.close(1, FALSE, by="Ana")  # decided on the new facts: closed until the next change
        assert screen(newer, asked()) == Opened(as_before=1)


def test_a_change_that_was_taken_back_before_anybody_looked_is_none(lists: Lists, cases: Cases) -> None:
    cases.close(1, FALSE, by="Ana")
    before = cases.alert(1)
    published(lists, "2024-02-01", one={**PERSON, "birthDate": ["1961"]})
    assert Cases(lists).alert(1).state is State.OPEN  # the load looked
    cases.close(1, FALSE, by="Ana")
    published(lists, "2024-03-01")
    assert cases.alert(1).state is State.OPEN
    assert cases.alert(1).listed.properties == before.listed.properties


def test_a_delisting_opens_it_once_and_a_new_listing_again(lists: Lists, cases: Cases) -> None:
    cases.close(1, FALSE, by="Ana")
    published(lists, "2024-02-01", one={})
    assert "no longer listed" in cases.show(1).history[-1].text and cases.alert(1).listed.gone
    cases.close(1, Closing(State.FALSE_ALARM, "delisted"), by="Ana")
    published(lists, "2024-03-01", one={}, three={"name": ["Somebody Else"]})
    with allonym.open(lists.folder) as newer:
        assert screen(newer, asked()) == Opened(as_before=1)
        assert Cases(newer).alert(1).state is State.FALSE_ALARM
    published(lists, "2024-04-01")
    assert cases.alert(1).state is State.OPEN and cases.show(1).history[-1].text == "listed again"
    assert not cases.alert(1).listed.gone


@pytest.mark.parametrize(
    ("changed", "opens"),
    [
        ({"birthDate": ["1961"]}, True),
        ({"name": ["Quinby Oxenthorpe", "Q. Oxenthorpe"]}, True),
        ({"nationality": ["gb"]}, True),
        ({"address": ["2 Quay"]}, False),
    ],
)
def test_a_change_of_the_customer(changed: dict[str, list[str]], opens: bool, lists: Lists, cases: Cases) -> None:
    cases.close(1, FALSE, by="Ana")
    found = screen(lists, asked(**changed))
    assert found == (Opened(reopened=(1,)) if opens else Opened(as_before=1))
    if opens:
        assert "(customer)" in cases.show(1).history[-1].text
        assert cases.alert(1).customer.properties == asked(**changed).properties


def test_the_same_notion_of_programs(lists: Lists, cases: Cases) -> None:
    """A sanction that comes to stand on an entity is material."""
    cases.close(1, FALSE, by="Ana")
    path = lists.folder.parent / "with-sanction.jsonl"
    import json

    from tests.command import load

    rows = [{"id": "one", "schema": "Person", "properties": PERSON},
            {"id": "s", "schema": "Sanction", "properties": {"entity": ["one"], "program": ["SDGT"]}}]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    load(lists.folder, path, "people", "2024-02-01")
    assert cases.alert(1).state is State.OPEN
    assert "SDGT" in cases.show(1).history[-1].text
    assert cases.alert(1).listed.programs == ("SDGT",)


def test_an_open_alert_is_refreshed_and_a_proposal_falls(lists: Lists, cases: Cases) -> None:
    (lists.folder / "cases.toml").write_text("[four_eyes]\nfalse_alarm = true\n")
    cases.close(1, FALSE, by="Ana")
    assert cases.alert(1).proposal
    published(lists, "2024-02-01", one={**PERSON, "birthDate": ["1984"]})
    alert = cases.alert(1)
    assert (alert.state, alert.proposal, alert.listed.properties["birthDate"]) == (State.OPEN, None, ["1984"])
    assert cases.show(1).history[-1].action == "change"


def test_a_true_match_opens_again_too(lists: Lists, cases: Cases) -> None:
    cases.close(1, Closing(State.TRUE_MATCH, "confirmed_identifier"), by="Ana")
    published(lists, "2024-02-01", one={})
    assert cases.alert(1).state is State.OPEN


def test_two_entries_judged_one_actor_are_a_change(lists: Lists, cases: Cases) -> None:
    from allonym.judging import Judging

    published(lists, "2024-02-01", two={"name": ["Quinby Oxenthorpe"], "nationality": ["fr"]})
    with allonym.open(lists.folder) as newer:
        assert screen(newer, asked()) == Opened(new=(2,), as_before=1)
        for number in (1, 2):
            Cases(newer).close(number, FALSE, by="Ana")
        assert screen(newer, asked()) == Opened(as_before=2)
    with allonym.open(lists.folder) as judged:
        Judging(judged).same(["one", "two"], by="Bo")
    with allonym.open(lists.folder) as newer:
        now = Cases(newer)
        assert look(now).reopened == (1, 2)
        assert set(now.alert(1).listed.referents) == {"one", "two"}
        assert [now.alert(number).listed.entity_id for number in (1, 2)] == ["one", "two"]
        assert "listed: nothing became two" in now.show(1).history[-1].text
        assert look(now) == Opened() and now.verify().whole
