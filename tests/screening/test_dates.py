"""Dates in customers' files."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.screening.dates import DateOrder, customer_date


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("1960-05-17", None, ("1960-05-17", None)),
        ("1960-05-17 00:00:00", None, ("1960-05-17", None)),
        ("1960/05/17", None, ("1960-05-17", None)),
        ("19600517", None, ("1960-05-17", None)),
        ("1960", None, ("1960", None)),
        ("17/05/1960", None, ("1960-05-17", None)),
        ("05/17/1960", None, ("1960-05-17", None)),
        ("03/04/1960", None, ("1960", "ambiguous")),
        ("03-04-1960", True, ("1960-04-03", None)),
        ("03.04.1960", False, ("1960-03-04", None)),
        ("03/03/1960", None, ("1960-03-03", None)),
        ("17/05/1960 10:30 PM", None, ("1960-05-17", None)),
        ("17 de mayo de 1960", None, ("1960-05-17", None)),
        ("1 março 1960", None, ("1960-03-01", None)),
        ("17 August 1960", None, ("1960-08-17", None)),
        ("17/05/60", True, (None, "two-digit year")),
        ("17-may-60", True, (None, "two-digit year")),
        ("31/02/1960", True, (None, "not understood")),
        ("22053", None, (None, "not understood")),
        ("soon", None, (None, "not understood")),
        ("1" * 1000, None, (None, "not understood")),
    ],
)
def test_cells(text: str, day_first: bool | None, expected: tuple[str | None, str | None]) -> None:
    assert customer_date(text, day_first) == expected


@pytest.mark.parametrize(
    ("column", "hint", "expected"),
    [
        (["03/04/1960", "17/05/1960"], None, True),
        (["03/04/1960", "05/17/1960"], None, False),
        (["03/04/1960"], None, None),
        (["03/04/1960"], True, True),
        (["05/17/1960"], True, False),
        (["05/17/1960", "17/05/1960"], True, None),
        (["1960-05-17", "x"], None, None),
    ],
)
def test_a_column_settles_its_order(column: list[str], hint: bool | None, expected: bool | None) -> None:
    order = DateOrder(hint)
    for text in column:
        order.see(text)
    assert order.day_first is expected


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from("/.-"))
def test_both_orders_come_back(date: datetime.date, joint: str) -> None:
    assert customer_date(date.strftime(f"%d{joint}%m{joint}%Y"), True) == (date.isoformat(), None)
    assert customer_date(date.strftime(f"%m{joint}%d{joint}%Y"), False) == (date.isoformat(), None)
    value, _ = customer_date(date.strftime(f"%d{joint}%m{joint}%Y"), None)
    assert value in (date.isoformat(), str(date.year))


@given(st.text(max_size=80), st.sampled_from([None, True, False]))
def test_any_text(text: str, day_first: bool | None) -> None:
    value, wrong = customer_date(text, day_first)
    assert value or wrong
