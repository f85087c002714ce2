"""Dates of the two Islamic calendars."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.sources.islamic_calendar import islamic_dates


def values(*args: int, solar: bool = False) -> list[tuple[str, str | None]]:
    return [(date.value, date.qualifier) for date in islamic_dates(*args, solar=solar)]


def test_a_full_lunar_date_is_a_day() -> None:
    assert values(1402, 6, 24) == [("1982-04-18", None)]


def test_a_lunar_year_is_a_range_of_years() -> None:
    assert values(1402) == [("1981", "range:1981/1982"), ("1982", "range:1981/1982")]


def test_a_lunar_month_is_a_range_of_days() -> None:
    assert [date.value for date in islamic_dates(1402, 6)] == ["1982-03-26", "1982-04-23"]


def test_the_same_year_of_the_solar_calendar_is_forty_years_later() -> None:
    assert values(1343, solar=True) == [("1964", "range:1964/1965"), ("1965", "range:1964/1965")]
    assert values(1343) == [("1924", "range:1924/1925"), ("1925", "range:1924/1925")]


@pytest.mark.parametrize("date", [(1339,), (1501,), (1402, 13), (1402, 6, 31), (0,)])
def test_no_such_date(date: tuple[int, ...]) -> None:
    assert islamic_dates(*date) == ()


def test_a_solar_year_out_of_range() -> None:
    assert islamic_dates(1964, solar=True) == ()


@given(st.integers(1343, 1499), st.integers(1, 12), st.integers(1, 29))
def test_a_day_lies_within_its_month_and_year(year: int, month: int, day: int) -> None:
    (date,) = islamic_dates(year, month, day)
    first, last = islamic_dates(year, month)
    assert first.value <= date.value <= last.value
    assert datetime.date.fromisoformat(date.value)
    assert date.value[:4] in {end.value for end in islamic_dates(year)}
