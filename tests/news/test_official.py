"""What is reported beside the official record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import allonym
from allonym.lists import Lists
from allonym.news.official import CONFIRMED, CONTRADICTED, NONE, compared
from allonym.news.reading import Amount, Measure, Mention, Span
from allonym.pipeline import activate
from allonym.resolution.resolve import Resolver
from allonym.store import Store
from tests.command import copied
from tests.store.lists import entry, load, sanction

MADURO = Mention(Span(0, 1), "person", "Nicolás Maduro", "reg-nicolas-maduro")
SOLES = Mention(Span(0, 1), "designated_group", "Cartel of the Suns", "reg-cartel-de-los-soles")


def reward(value: float, iso: str | None = None, authority: str | None = None) -> Measure:
    return Measure("reward_offer", Span(0, 1), authority, ("Nicolás Maduro",), Amount(value, "USD"), iso=iso)


def test_a_reward_with_its_amount_and_day_is_confirmed() -> None:
    (found,) = compared([reward(50e6, "2025-08-07")], [MADURO], None, "2025-08-08")
    assert found.verdict == CONFIRMED
    assert found.record is not None and found.record.record_id == "us-state-reward-nicolas-maduro-2025-08-07"
    assert found.snapshots[0][0] == "register"


def test_another_amount_is_a_contradiction_that_says_which() -> None:
    (found,) = compared([reward(40e6)], [MADURO], None, "2025-08-08")
    assert found.verdict == CONTRADICTED
    assert "amount on record is" in found.reasons[0]


def test_a_measure_that_is_on_record_only_later_is_contradicted() -> None:
    told = Measure("terrorist_designation", Span(0, 1), "State Department", ("Cartel of the Suns",))
    (found,) = compared([told], [SOLES], None, "2025-08-08")
    assert found.verdict == CONTRADICTED and "after the text" in found.reasons[0]
    (later,) = compared([told], [SOLES], None, "2025-12-01")
    assert later.verdict == CONFIRMED


@pytest.mark.parametrize("authority", ["Treasury Department", "Office of Foreign Assets Control", "United States"])
def test_an_office_its_parent_and_its_state_may_be_meant(authority: str) -> None:
    told = Measure("terrorist_designation", Span(0, 1), authority, ("Cartel of the Suns",))
    (found,) = compared([told], [SOLES], None, "2025-08-08")
    assert found.record is not None and found.record.record_id == "us-ofac-sdgt-cartel-de-los-soles-2025-07-25"


def test_another_state_has_no_record() -> None:
    told = Measure("terrorist_designation", Span(0, 1), "Japan", ("Cartel of the Suns",))
    (found,) = compared([told], [SOLES], None, "2025-12-01")
    assert (found.verdict, found.record) == (NONE, None)


def test_nobody_named_has_no_record_and_the_reason_is_given() -> None:
    told = Measure("sanctions", Span(0, 1), "Canada", ("three businessmen",))
    (found,) = compared([told], [], None, None)
    assert found.verdict == NONE and found.reasons
    assert found.to_dict()["snapshots"]


def test_what_is_only_threatened_is_not_compared() -> None:
    told = Measure("terrorist_designation", Span(0, 1), None, ("Cartel of the Suns",), status="threatened")
    (found,) = compared([told], [SOLES], None, "2025-12-01")
    assert found.verdict == NONE and "not compared" in found.reasons[0]


@pytest.fixture
def listed(tmp_path: Path, new_folder: Path) -> Iterator[Lists]:
    """One person on OFAC's list, which states no date, and on the EU's, which does; taken for one actor."""
    born = {"birthDate": "1961-03-07", "nationality": "xk"}
    folder = copied(new_folder, tmp_path / "data")
    with Store.open(folder) as store:
        ofac = [*entry("ofac-7", name="Valdrin Ostremba KASTRATI", **born), *sanction("ofac-7", "SDGT")]
        eu = [*entry("eu-3", name="Valdrin Ostremba Kastrati", **born),
              *sanction("eu-3", "TERR", listingDate="2024-03-01")]  # fmt: skip
        load(store, "2026-01-02", ofac, source="us_ofac_sdn")
        load(store, "2026-01-03", eu, source="eu_fsf")
        with store.loading() as loading:
            Resolver(store, folder).after_update(loading, activate(loading, store, folder))
    with allonym.open(folder) as lists:
        yield lists


def verdict(lists: Lists, text: str, date: str) -> tuple[str, str | None, str]:
    (measure,) = allonym.read(text, lists=lists, lang="en", date=date).to_dict()["measures"]
    found = measure["record"]
    official = found["official"]
    return found["verdict"], official and official["id"], "; ".join(found["reasons"])


def test_entries_of_lists_are_on_record(listed: Lists) -> None:
    text = "BRUSSELS, {} - {} on Friday sanctioned Valdrin Ostremba Kastrati."
    ours = verdict(listed, text.format("March 5", "The Treasury Department"), "2026-03-05")
    assert ours[:2] == ("confirmed", "us_ofac_sdn/ofac-7") and "the list states no date" in ours[2]
    same = verdict(listed, text.format("March 1", "The European Union"), "2024-03-01")
    assert same[:2] == ("confirmed", "eu_fsf/eu-3")
    other = verdict(listed, text.format("March 5", "The European Union"), "2026-03-05")
    assert other[:2] == ("contradicted", "eu_fsf/eu-3") and "on record since 2024-03-01" in other[2]


def test_a_program_for_terrorists_is_a_designation_on_record(listed: Lists) -> None:
    text = "The State Department designated Valdrin Ostremba Kastrati as a global terrorist."
    assert verdict(listed, text, "2026-03-05")[:2] == ("confirmed", "us_ofac_sdn/ofac-7")
