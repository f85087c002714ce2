"""Sums of money as three languages tell them."""

import pytest

from allonym.news.amounts import amounts
from allonym.news.reading import Amount

CASES = {
    "a $50 million reward": Amount(50e6, "USD"),
    "US$ 15 millones": Amount(15e6, "USD"),
    "R$ 2 milhões": Amount(2e6, "BRL"),
    "€40m": Amount(40e6, "EUR"),
    "£3bn": Amount(3e9, "GBP"),
    "half a million dollars": Amount(5e5, "USD"),
    "dos millones de dólares": Amount(2e6, "USD"),
    "1,4 millones de euros": Amount(1.4e6, "EUR"),
    "R$ 300,000": Amount(3e5, "BRL"),
    "50 mil euros": Amount(5e4, "EUR"),
}


@pytest.mark.parametrize("told", CASES)
def test_sum(told: str) -> None:
    assert [amount for _, amount in amounts(told)] == [CASES[told]]


def test_no_currency_no_sum() -> None:
    assert amounts("29 members, 15 million people, room 40m") == []
