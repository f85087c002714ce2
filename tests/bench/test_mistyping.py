import random
from datetime import date

from bench.mistyping import misdated, mistyped
from hypothesis import given
from hypothesis import strategies as st


def test_a_name_is_mistyped_by_a_letter_or_two_or_turned() -> None:
    chance = random.Random(1)
    told = {mistyped("Gulmurod Khalimov", chance) for _ in range(200)}
    assert "Gulmurod Khalimov" not in told and len(told) > 50
    assert "Khalimov, Gulmurod" in told
    assert all(abs(len(name) - len("Gulmurod Khalimov")) <= 2 for name in told)


def test_the_same_seed_mistypes_alike() -> None:
    once, again = ([mistyped("Ali Hassan", random.Random(7)) for _ in range(3)] for _ in range(2))
    assert once == again


@given(st.text(min_size=1), st.integers())
def test_no_text_is_too_odd_to_be_mistyped(name: str, seed: int) -> None:
    assert isinstance(mistyped(name, random.Random(seed)), str)


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers())
def test_a_mistyped_date_is_another_day_that_exists(day: date, seed: int) -> None:
    typed = misdated(day.isoformat(), random.Random(seed))
    assert date.fromisoformat(typed) != day


def test_a_year_is_mistyped_by_one() -> None:
    assert {misdated("1960", random.Random(seed)) for seed in range(20)} == {"1959", "1961"}
