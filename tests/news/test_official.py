"""What is reported beside the official record."""

import pytest

from allonym.news.official import CONFIRMED, CONTRADICTED, NONE, compared
from allonym.news.reading import Amount, Measure, Mention, Span

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
