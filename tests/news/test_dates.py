"""Dates found in the text and what they mean."""

import pytest

from allonym.news.dates import dates, iso, near


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", "On Thursday, it said", "Thursday"),
        ("en", "on February 20, 2025 it", "February 20, 2025"),
        ("en", "It was done last week.", "last week"),
        ("es", "el 3 de mayo se supo", "3 de mayo"),
        ("pt", "entregou ontem o suspeito", "ontem"),
    ],
)
def test_found(lang: str, text: str, told: str) -> None:
    assert [text[span.start : span.end] for span in dates(text, lang)] == [told]


def test_may_is_no_month() -> None:
    assert dates("It may be so", "en") == []


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("Thursday", "2025-08-07"),
        ("ontem", "2025-08-07"),
        ("3 de mayo", "2025-05-03"),
        ("12 September", "2024-09-12"),
        ("February 20, 2025", "2025-02-20"),
        ("julio de 2024", "2024-07"),
        ("last spring", None),
    ],
)
def test_iso(told: str, meant: str | None) -> None:
    assert iso(told, "2025-08-08") == meant


def test_weekday_without_a_day_of_the_article() -> None:
    assert iso("Friday", None) is None


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("2025-05-31", "2025-06-01", True),
        ("2024-12-30", "2025-01-02", True),
        ("2024-12-30", "2025-01-03", False),
        ("2025-05", "2025-05-31", True),
        ("2025", "2025-05", True),
        ("2025-05", "2025-06", False),
        ("2025-05", "2025-06-01", False),
    ],
)
def test_near(one: str, other: str, is_near: bool) -> None:
    assert near(one, other, 3) is near(other, one, 3) is is_near
