"""Sums of money as three languages tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.news.amounts import amounts
from allonym.news.reading import Amount
from allonym.news.sums import value
from tests.news.amount_cases import f1, phrases

CASES = {
    "a $50 million reward": Amount(50e6, "USD"), "US$ 15 millones": Amount(15e6, "USD"), "R$ 2 milhões": Amount(2e6,
    "BRL"),
    "€40m": Amount(40e6, "EUR"), "£3bn": Amount(3e9, "GBP"), "half a million dollars": Amount(5e5, "USD"),
    "dos millones de dólares": Amount(2e6, "USD"), "1,4 millones de euros": Amount(1.4e6, "EUR"),
    "R$ 300,000": Amount(3e5, "BRL"), "50 mil euros": Amount(5e4, "EUR"), "$1.2 billion": Amount(1.2e9, "USD"),
    "a ten-million-dollar bounty": Amount(1e7, "USD"), "two and a half million euros": Amount(2.5e6, "EUR"),
    "a million dollars": Amount(1e6, "USD"), "twenty-five million dollars": Amount(25e6, "USD"),
    "3.000 millones de pesos colombianos": Amount(3e9, "COP"), "dos millones y medio de euros": Amount(2.5e6, "EUR"),
    "medio millón de dólares": Amount(5e5, "USD"), "mil millones de dólares": Amount(1e9, "USD"),
    "2.500 euros": Amount(2500, "EUR"), "150.000 quetzales": Amount(150_000, "GTQ"), "R$ 1,2 bilhão": Amount(1.2e9,
    "BRL"),
    "€ 9,5 milhões": Amount(9.5e6, "EUR"), "meio milhão de dólares": Amount(5e5, "USD"), "US$ 10 mil": Amount(1e4,
    "USD"),
    "USD 5 million": Amount(5e6, "USD"), "5 million USD": Amount(5e6, "USD"), "$50,000,000": Amount(5e7, "USD"),
    "Rs 10 lakh": Amount(1e6, "INR"), "C$30 billion": Amount(3e10, "CAD"), "$47.60 a barrel": Amount(47.6, "USD"),
    "£465,000": Amount(465_000, "GBP"), "300 mil euros": Amount(3e5, "EUR"), "quinientos mil dólares": Amount(5e5,
    "USD"),
    "um milhão e meio de reais": Amount(1.5e6, "BRL"), "10 million Swiss francs": Amount(1e7, "CHF"),
    "500,000 Canadian dollars": Amount(5e5, "CAD"), "200 million roubles": Amount(2e8, "RUB"),
    "USD 1.5bn": Amount(1.5e9, "USD"), "cinco milhões de dólares": Amount(5e6, "USD"),
    "$5-million reward": Amount(5e6, "USD"),
}  # fmt: skip


@pytest.mark.parametrize("told", CASES)
def test_sum(told: str) -> None:
    assert [amount for _, amount in amounts(told)] == [CASES[told]]


@pytest.mark.parametrize("told", [
    "29 members, 15 million people, room 40m", "a reward in dollars", "Cartel de los Soles", "5 per cent",
    "the dollar fell",
    "two pesos", "500 millones de pesos", "in 2025, 30 % more",
])  # fmt: skip
def test_no_currency_no_sum(told: str) -> None:
    assert amounts(told) == []


def test_pesos_are_those_of_the_country_that_the_text_is_about() -> None:
    assert [a for _, a in amounts("La policía de Colombia ofrece 500 millones de pesos.")] == [Amount(5e8, "COP")]
    assert [a for _, a in amounts("México ofrece dos millones de pesos.")] == [Amount(2e6, "MXN")]


def test_two_sums_are_two() -> None:
    told = "between $5 million and €10 million"
    assert [(told[s.start : s.end], a.value) for s, a in amounts(told)] == [("$5 million", 5e6), ("€10 million", 1e7)]


@given(st.text(alphabet="0123456789.,$€ millonesmilhõesdehalfa-", max_size=40))
def test_any_text_gives_sums_within_it(text: str) -> None:
    for span, amount in amounts(text):
        assert 0 <= span.start < span.end <= len(text) and amount.value >= 0


@pytest.mark.parametrize(
    ("told", "worth"), [("a", None), ("one hundred thousand", 1e5), ("", None), ("1.250 million", 1.25e6)]
)
def test_numbers(told: str, worth: float | None) -> None:
    assert value(told) == worth


@pytest.mark.parametrize("lang", ["en", "es", "pt"])
def test_phrases_that_were_not_seen_are_read(lang: str) -> None:
    assert f1(lang) >= 0.95


def test_there_are_a_hundred_phrases_and_some_without_a_sum() -> None:
    told = phrases()
    assert len({text for _, text, _ in told}) == len(told) >= 100
    assert all(sum(not sums for of, _, sums in told if of == lang) >= 5 for lang in ("en", "es", "pt"))
